"""The protocols of chunking: text becomes spans, and tokens are counted."""

from __future__ import annotations

from typing import Protocol

from core.domain.chunk import Span
from core.domain.extracted import Extracted


class TokenCounter(Protocol):
    """Counts tokens as the embedding model sees them."""

    def starts(self, text: str) -> list[int]:
        """Return the character offset at which each token of `text` begins, in order."""
        ...


class Chunker(Protocol):
    """Cuts a document into spans: ordered, inside the text, none over the size limit, nothing lost but white space."""

    def chunk(self, extracted: Extracted) -> list[Span]:
        """Return the spans of the document, each with its page, heading path and token count."""
        ...
