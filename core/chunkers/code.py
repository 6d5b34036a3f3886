"""Cuts program text at its symbols: small functions and classes are joined, large ones cut at lines."""

from __future__ import annotations

from core.chunkers.base import TokenCounter
from core.chunkers.boundaries import code_lines, paragraphs
from core.chunkers.sections import joined_sections
from core.chunkers.splitter import Boundaries, Level, Splitter
from core.chunkers.tokenized import TokenizedText
from core.domain.chunk import Span
from core.domain.extracted import Extracted

_BLANK_LINE_FILL = 0.5


class CodeChunker:
    """Cuts program text; without symbols it is cut at blank lines, then lines."""

    def __init__(self, counter: TokenCounter, size: int, overlap: int) -> None:
        """Set the limits, in tokens; see `Splitter`."""
        self._counter = counter
        self._splitter = Splitter(size, overlap)

    def chunk(self, extracted: Extracted) -> list[Span]:
        """Return the spans of the document, each with its page, heading path (symbols) and token count."""
        text = TokenizedText(extracted, self._counter)
        lines = code_lines(text.text)
        boundaries = Boundaries([Level(paragraphs(text.text), _BLANK_LINE_FILL), Level(lines, 0)], lines)
        sections = joined_sections(text, extracted.anchors, ("symbol",), self._splitter.size)
        return [
            text.span(start, end)
            for section in sections
            for start, end in self._splitter.split(text, *section, boundaries)
        ]
