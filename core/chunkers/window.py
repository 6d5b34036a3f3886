"""Cuts every so many tokens, whatever the text: the plainest chunker, and the one to compare the others with."""

from __future__ import annotations

from core.chunkers.base import TokenCounter
from core.chunkers.splitter import Boundaries, Splitter
from core.chunkers.tokenized import TokenizedText
from core.domain.chunk import Span
from core.domain.extracted import Extracted


class WindowChunker:
    """Cuts at tokens."""

    def __init__(self, counter: TokenCounter, size: int, overlap: int) -> None:
        """Set the limits, in tokens; see `Splitter`."""
        self._counter = counter
        self._splitter = Splitter(size, overlap, fixed=True)

    def chunk(self, extracted: Extracted) -> list[Span]:
        """Return the spans of the document, each with its page, heading path and token count."""
        text = TokenizedText(extracted, self._counter)
        return [text.span(*piece) for piece in self._splitter.split(text, 0, len(text.text), Boundaries())]
