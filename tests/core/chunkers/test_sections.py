"""Chunkers by section: headings and the symbols of code."""

from __future__ import annotations

from core.chunkers.code import CodeChunker
from core.chunkers.heading import HeadingChunker
from core.domain.extracted import Anchor, Extracted
from tests.core.chunkers.texts import WordCounter


def document(kind: str, *sections: tuple[str, int, int], below: str = "\n") -> Extracted:
    """Make sections of `(label, level, tokens)`, the label's line included."""
    text, anchors = "", []
    for label, level, tokens in sections:
        anchors.append(Anchor(kind, len(text), label, level))
        text += f"{label}{below}" + " ".join(["word"] * (tokens - 1)) + "\n\n"
    return Extracted(text, tuple(anchors))


def labels(chunker: HeadingChunker | CodeChunker, extracted: Extracted) -> list[str]:
    """Return the first word of each passage."""
    return [extracted.text[span.start : span.end].split()[0] for span in chunker.chunk(extracted)]


class TestHeadingChunker:
    chunker = HeadingChunker(WordCounter(), 40, 0)

    def test_a_section_is_a_passage(self) -> None:
        assert labels(self.chunker, document("heading", ("A", 1, 30), ("B", 1, 30), ("C", 1, 30))) == ["A", "B", "C"]

    def test_small_sections_are_joined(self) -> None:
        sections = [(label, 1, 10) for label in "ABCDEF"]
        assert labels(self.chunker, document("heading", *sections)) == ["A", "C", "E"]

    def test_a_small_section_is_not_joined_with_one_that_does_not_fit(self) -> None:
        assert labels(self.chunker, document("heading", ("A", 1, 10), ("B", 1, 35))) == ["A", "B"]

    def test_the_end_of_a_chapter_is_not_joined_with_the_next(self) -> None:
        sections = [("A", 1, 25), ("A.1", 2, 10), ("B", 1, 10), ("B.1", 2, 10)]
        assert labels(self.chunker, document("heading", *sections)) == ["A", "A.1", "B"]

    def test_a_large_section_is_cut(self) -> None:
        assert labels(self.chunker, document("heading", ("A", 1, 100), ("B", 1, 30))) == ["A", "word", "word", "B"]

    def test_the_text_above_the_first_heading_is_kept(self) -> None:
        extracted = Extracted("Preface " * 30 + "\nA\n" + "word " * 30, (Anchor("heading", 241, "A", 1),))
        assert labels(self.chunker, extracted) == ["Preface", "A"]


class TestCodeChunker:
    chunker = CodeChunker(WordCounter(), 40, 0)

    def test_a_symbol_is_a_passage(self) -> None:
        assert labels(self.chunker, document("symbol", ("f", 1, 30), ("g", 1, 30))) == ["f", "g"]

    def test_small_symbols_are_joined(self) -> None:
        assert labels(self.chunker, document("symbol", ("f", 1, 10), ("g", 1, 12), ("h", 1, 30))) == ["f", "h"]

    def test_a_large_symbol_is_cut_at_lines(self) -> None:
        line = "    call one two three four five six seven\n"
        extracted = Extracted("f\n" + line * 12 + "g\n" + line, (Anchor("symbol", 0, "f"), Anchor("symbol", 518, "g")))
        parts = [extracted.text[span.start : span.end] for span in self.chunker.chunk(extracted)]
        assert all(part.startswith(("call", "f", "g")) for part in parts)
        assert all(part.endswith("seven") for part in parts)

    def test_a_blank_line_is_the_better_place(self) -> None:
        block = "one two three four five\n" * 5
        extracted = Extracted("\n".join([block] * 4))
        parts = [extracted.text[span.start : span.end] for span in self.chunker.chunk(extracted)]
        assert parts == [block.strip()] * 4
