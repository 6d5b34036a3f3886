"""Cuts at sentence ends only: as many whole sentences as fit, whatever paragraph they stand in."""

from __future__ import annotations

from core.chunkers.base import TokenCounter
from core.chunkers.boundaries import paragraphs, sentences
from core.chunkers.splitter import Boundaries, Level, Splitter
from core.chunkers.tokenized import TokenizedText
from core.domain.chunk import Span
from core.domain.extracted import Extracted


class SentenceChunker:
    """Cuts prose; a sentence that is too long is cut at a word."""

    def __init__(self, counter: TokenCounter, size: int, overlap: int) -> None:
        """Set the limits, in tokens; see `Splitter`."""
        self._counter = counter
        self._splitter = Splitter(size, overlap)

    def chunk(self, extracted: Extracted) -> list[Span]:
        """Return the spans of the document, each with its page, heading path and token count."""
        text = TokenizedText(extracted, self._counter)
        ends = sorted({*sentences(text.text), *paragraphs(text.text)})  # a heading or a list item ends without a stop
        pieces = self._splitter.split(text, 0, len(text.text), Boundaries([Level(ends, 0)], ends))
        return [text.span(start, end) for start, end in pieces]
