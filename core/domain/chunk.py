"""A chunk: a slice of a document's text that is indexed and found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A slice `text[start:end]` that a chunker chose.

    Attributes:
        start: First character.
        end: One past the last character.
        page: Page or slide number at `start`; None where there are no pages.
        heading: Heading path at `start`; None where there is none.
        tokens: Number of tokens of the slice.
    """

    start: int
    end: int
    page: int | None = None
    heading: str | None = None
    tokens: int = 0


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stored slice of the current version of a document.

    Attributes:
        id: Never used again after deletion; it is the label in both indices.
        document_id: The document.
        ordinal: Position among the document's chunks, from 0.
        start: First character in the document's text.
        end: One past the last character.
        page: Page or slide number, or None.
        heading: Heading path, or None.
        text: The slice itself.
        tokens: Number of tokens.
    """

    id: int
    document_id: int
    ordinal: int
    start: int
    end: int
    page: int | None
    heading: str | None
    text: str
    tokens: int


def embedding_prefix(title: str, heading: str | None) -> str:
    """Return what is embedded in front of a passage, so that it carries what its page does not repeat."""
    if not heading or heading == title:
        return title
    # In a document that begins with its title as a heading, the path begins with it, too.
    return heading if heading.startswith(f"{title} › ") else f"{title} › {heading}"
