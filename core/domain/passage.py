"""What the keyword index is given: the passages (chunks) and the documents, as text with a few facts to filter and
count by.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk as the keyword index sees it.

    Attributes:
        chunk_id: Label of the chunk.
        document_id: Its document.
        scope: `workspace`, `session:<id>`, `agent:<id>`, …
        language: Two-letter code that picks the stemmer; empty when unknown.
        title: The document's title.
        heading: Heading path, may be empty.
        text: The chunk's own text.
    """

    chunk_id: int
    document_id: int
    scope: str
    language: str
    title: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A whole document as the keyword index sees it: for document scores, exact counts and facets.

    Attributes:
        document_id: The document.
        scope: As in `Passage`.
        language: As in `Passage`.
        title: The document's title.
        name: File name, or external id; found by words too.
        text: The whole text.
        kind: Short type such as `pdf` (facet `type`).
        source: Name of the source (facet `source`).
        tags: Tags (facet `tag`).
        year: Year of the document's own date, or None (facet `year`).
    """

    document_id: int
    scope: str
    language: str
    title: str
    name: str
    text: str
    kind: str
    source: str
    tags: tuple[str, ...]
    year: int | None
