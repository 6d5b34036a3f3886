"""Chunkers cut a document's text into the passages that are indexed and found."""

from __future__ import annotations

from core.chunkers.base import Chunker, TokenCounter
from core.variants import load_variant

CHUNKERS = {
    "recursive": "core.chunkers.recursive:RecursiveChunker",
    "sentence": "core.chunkers.sentence:SentenceChunker",
    "heading": "core.chunkers.heading:HeadingChunker",
    "window": "core.chunkers.window:WindowChunker",
    "code": "core.chunkers.code:CodeChunker",
}


def chunker(name: str, counter: TokenCounter, size: int, overlap: int) -> Chunker:
    """Return the chunker of that name.

    Args:
        name: One of `CHUNKERS`.
        counter: Counts tokens.
        size: Most tokens of a passage.
        overlap: Most tokens that a passage repeats from the one before; half of the size at most.

    Raises:
        InvalidInput: If there is no such chunker, or the limits are useless.
    """
    made: Chunker = load_variant("chunker", CHUNKERS, name)(counter, size, overlap)
    return made
