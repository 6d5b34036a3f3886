"""Cuts at headings: a passage is a section; small ones are joined, large ones are cut like any text."""

from __future__ import annotations

from core.chunkers.base import TokenCounter
from core.chunkers.recursive import prose_boundaries
from core.chunkers.sections import SECTION_KINDS, joined_sections
from core.chunkers.splitter import Splitter
from core.chunkers.tokenized import TokenizedText
from core.domain.chunk import Span
from core.domain.extracted import Extracted


class HeadingChunker:
    """Cuts documents with headings, sheets, slides or messages; others like `RecursiveChunker`."""

    def __init__(self, counter: TokenCounter, size: int, overlap: int) -> None:
        """Set the limits, in tokens; see `Splitter`."""
        self._counter = counter
        self._splitter = Splitter(size, overlap)

    def chunk(self, extracted: Extracted) -> list[Span]:
        """Return the spans of the document, each with its page, heading path and token count."""
        text = TokenizedText(extracted, self._counter)
        boundaries = prose_boundaries(text, extracted.anchors)
        sections = joined_sections(text, extracted.anchors, SECTION_KINDS, self._splitter.size)
        return [
            text.span(start, end)
            for section in sections
            for start, end in self._splitter.split(text, *section, boundaries)
        ]
