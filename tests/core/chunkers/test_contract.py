"""What every chunker keeps, whatever the text: exact slices, in order, of bounded size, and nothing lost."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.chunkers import CHUNKERS, chunker
from core.chunkers.base import Chunker, TokenCounter
from core.chunkers.tokens import EstimatedTokens
from core.domain.chunk import Span
from core.domain.extracted import Anchor, Extracted, Places
from core.errors import InvalidInput
from tests.core.chunkers.texts import MODEL, CharacterCounter, WordCounter, documents

COUNTERS: dict[str, TokenCounter] = {"model": MODEL, "estimate": EstimatedTokens(), "words": WordCounter()}
limits = st.integers(16, 64).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size // 2)))


def tokens_between(starts: list[int], start: int, end: int) -> int:
    return sum(start <= each < end for each in starts)


@pytest.mark.parametrize("name", sorted(CHUNKERS))
class TestContract:
    def make(self, name: str, size: int = 32, overlap: int = 8, counter: TokenCounter = MODEL) -> Chunker:
        return chunker(name, counter, size, overlap)

    @pytest.mark.parametrize("counter", sorted(COUNTERS))
    @given(document=documents(), limit=limits)
    @settings(max_examples=60, deadline=None)
    def test_spans_are_ordered_slices_of_bounded_size_that_lose_nothing(
        self, name: str, counter: str, document: Extracted, limit: tuple[int, int]
    ) -> None:
        size, overlap = limit
        spans = self.make(name, size, overlap, COUNTERS[counter]).chunk(document)
        starts = COUNTERS[counter].starts(document.text)
        self.assert_exact_slices(document.text, spans)
        self.assert_nothing_lost(document.text, spans)
        for span in spans:
            assert span.tokens == tokens_between(starts, span.start, span.end)
            assert span.tokens <= size
        for before, after in pairwise(spans):
            assert before.start < after.start
            assert before.end < after.end
            assert tokens_between(starts, after.start, before.end) <= overlap

    @given(document=documents())
    @settings(max_examples=40, deadline=None)
    def test_page_and_heading_are_those_of_the_first_character(self, name: str, document: Extracted) -> None:
        places = Places(document.anchors)
        for span in self.make(name).chunk(document):
            assert span.page == places.page(span.start)
            assert span.heading == places.heading(span.start)

    @pytest.mark.parametrize(
        ("letter", "marks"), [("e", "\u0301"), ("ก", "\u0e31\u0e49"), ("👩", "\u200d👧"), ("न", "\u093f")]
    )
    def test_a_letter_is_not_parted_from_its_marks(self, name: str, letter: str, marks: str) -> None:
        text = (letter + marks) * 300
        for overlap in range(9):
            for span in self.make(name, 17, overlap, CharacterCounter()).chunk(Extracted(text)):
                assert text[span.start] == letter
                assert text[span.start : span.end].endswith(marks)

    @pytest.mark.parametrize("text", ["", " ", "\n\n\t \u3000\n"])
    def test_a_text_without_characters_has_no_spans(self, name: str, text: str) -> None:
        assert self.make(name).chunk(Extracted(text)) == []

    def test_a_short_text_is_one_span(self, name: str) -> None:
        assert self.make(name).chunk(Extracted("\n  One short sentence. \n", (Anchor("page", 0, "7"),))) == [
            Span(3, 22, 7, None, 4)
        ]

    def test_the_same_text_is_cut_alike_every_time(self, name: str) -> None:
        document = Extracted("A sentence of some words. Another one, longer than that!\n\nA paragraph. " * 40)
        made = self.make(name)
        assert made.chunk(document) == made.chunk(document) == self.make(name).chunk(document)

    @pytest.mark.parametrize(
        "unit", ["x", " ", "\n", ".", "。", "日", "\u0301", "👩\u200d", "a ", "a\n", '."', "\x00", "?\n\n"]
    )
    def test_two_hundred_kilobytes_of_one_character_is_cut_in_bounded_time(self, name: str, unit: str) -> None:
        text = unit * (200_000 // len(unit))
        began = time.process_time()
        spans = self.make(name, 256, 64).chunk(Extracted(text))
        assert time.process_time() - began < 5  # a tenth of a second; quadratic time would be minutes
        self.assert_exact_slices(text, spans)
        self.assert_nothing_lost(text, spans)

    @pytest.mark.parametrize(("size", "overlap"), [(15, 0), (0, 0), (64, 33), (64, -1)])
    def test_useless_limits_are_refused_with_what_to_choose(self, name: str, size: int, overlap: int) -> None:
        with pytest.raises(InvalidInput) as raised:
            self.make(name, size, overlap)
        assert raised.value.hint

    def assert_exact_slices(self, text: str, spans: list[Span]) -> None:
        for span in spans:
            piece = text[span.start : span.end]
            assert piece
            assert piece == piece.strip()

    def assert_nothing_lost(self, text: str, spans: list[Span]) -> None:
        reached = 0
        for span in spans:
            assert not text[reached : span.start].strip()
            reached = max(reached, span.end)
        assert not text[reached:].strip()


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(InvalidInput, match="no chunker named “pages”"):
        chunker("pages", MODEL, 256, 64)
