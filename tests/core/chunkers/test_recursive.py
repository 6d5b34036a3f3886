"""The default chunker cuts at the strongest boundary and keeps what belongs together."""

from __future__ import annotations

from itertools import pairwise

from core.chunkers.recursive import RecursiveChunker
from core.domain.extracted import Anchor, Extracted
from tests.core.chunkers.texts import MODEL, CharacterCounter, WordCounter


def chunks(text: str, size: int, overlap: int = 0, anchors: tuple[Anchor, ...] = ()) -> list[str]:
    """Cut with a token a word (or stop)."""
    spans = RecursiveChunker(WordCounter(), size, overlap).chunk(Extracted(text, anchors))
    return [text[span.start : span.end] for span in spans]


def words(count: int, stem: str = "w") -> str:
    return " ".join(f"{stem}{index}" for index in range(count))


class TestWhereItCuts:
    def test_paragraphs_before_sentences(self) -> None:
        paragraph = f"{words(9)}. {words(9)}."
        assert chunks("\n\n".join([paragraph] * 3), 30) == [paragraph] * 3

    def test_paragraphs_are_joined_as_far_as_they_fit(self) -> None:
        paragraph = f"{words(9)}."
        assert chunks("\n\n".join([paragraph] * 9), 32) == ["\n\n".join([paragraph] * 3)] * 3

    def test_lines_before_sentences(self) -> None:
        line = f"{words(5).capitalize()}. {words(6)}."
        assert chunks("\n".join([line] * 6), 30) == ["\n".join([line] * 2)] * 3

    def test_sentences_before_words(self) -> None:
        text = " ".join([f"{words(9)}."] * 8)
        assert chunks(text, 25) == [f"{words(9)}. {words(9)}."] * 4

    def test_words_where_a_sentence_is_too_long(self) -> None:
        parts = chunks(words(100), 32)
        assert " ".join(parts) == words(100)

    def test_sentences_of_a_script_without_spaces(self) -> None:
        sentence = "今日は" + "晴" * 6 + "。"
        text = sentence * 6
        counter = CharacterCounter()
        spans = RecursiveChunker(counter, 24, 0).chunk(Extracted(text))
        assert [text[span.start : span.end] for span in spans] == [sentence * 2] * 3

    def test_a_comma_in_a_script_without_spaces_or_stops(self) -> None:
        text = ("漢" * 9 + "、") * 6
        spans = RecursiveChunker(CharacterCounter(), 24, 0).chunk(Extracted(text))
        assert [text[span.start : span.end] for span in spans] == [("漢" * 9 + "、") * 2] * 3

    def test_a_strong_boundary_that_would_leave_a_crumb_is_passed_over(self) -> None:
        text = f"{words(3)}\n\n{' '.join([f'{words(9)}.'] * 12)}"
        assert chunks(text, 30)[0] == f"{words(3)}\n\n{words(9)}. {words(9)}."

    def test_the_last_two_are_about_equal(self) -> None:
        text = " ".join([f"{words(4)}."] * 7)  # 35 tokens, for passages of 30
        assert [len(part.split()) for part in chunks(text, 30)] == [12, 16]


class TestOverlap:
    def test_begins_with_a_sentence(self) -> None:
        sentences = [f"{words(9, stem)}." for stem in "abcdefgh"]
        parts = chunks(" ".join(sentences), 30, 12)
        assert parts[0] == " ".join(sentences[:3])
        assert parts[1] == " ".join(sentences[2:5])

    def test_begins_with_a_word_where_no_sentence_fits(self) -> None:
        parts = chunks(words(100), 32, 8)
        assert parts[1].startswith("w24 ")

    def test_is_less_than_the_whole_passage_before(self) -> None:
        first, second = f"{words(20)}.", f"{words(60, 'v')}."
        parts = chunks(f"{first} {second}", 64, 32)
        assert parts[0] == first
        assert parts[1].startswith("w1 ")

    def test_does_not_repeat_a_passage_before_a_long_gap(self) -> None:
        text = f"{words(40)}.{chr(10) * 300}{words(40, 'v')}."
        spans = RecursiveChunker(MODEL, 64, 32).chunk(Extracted(text))
        assert all(after.end > before.end for before, after in pairwise(spans))
        assert sum(text[span.start : span.end].endswith("w39.") for span in spans) == 1

    def test_does_not_reach_into_the_section_before(self) -> None:
        first, second = " ".join([f"{words(9)}."] * 3), f"Title\n{words(25)}."
        text = f"{first}\n{second}"
        heading = Anchor("heading", text.index("Title"), "Title", 1)
        assert chunks(text, 32, 16, (heading,)) == [first, second]


class TestHeadings:
    def document(self, above: int, below: int) -> tuple[str, tuple[Anchor, ...]]:
        text = f"{words(above)}.\n\nThe Title\n\nThe Subtitle\n\n{words(below)}. {words(below)}."
        labels = (("The Title", 1), ("The Subtitle", 2))
        return text, tuple(Anchor("heading", text.index(label), label, level) for label, level in labels)

    def test_stay_with_the_text_below(self) -> None:
        for above in range(1, 40):
            text, anchors = self.document(above, 12)
            for part in chunks(text, 24, 6, anchors):
                assert not part.endswith(("The Title", "The Subtitle"))

    def test_a_passage_tells_its_page_and_path(self) -> None:
        text, anchors = self.document(20, 20)
        pages = (Anchor("page", 0, "1"), Anchor("page", text.index("The Title"), "2"))
        spans = RecursiveChunker(WordCounter(), 30, 0).chunk(
            Extracted(text, tuple(sorted((*anchors, *pages), key=lambda anchor: anchor.start)))
        )
        assert [(span.page, span.heading) for span in spans] == [
            (1, None),
            (2, "The Title"),
            (2, "The Title › The Subtitle"),
        ]
