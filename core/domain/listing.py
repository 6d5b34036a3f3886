"""Documents as a table shows them: sorted, filtered, a window of rows at a time."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from core.domain.document import Document

_ACCENTS = re.compile("[\u0300-\u036f]")


class Sort(StrEnum):
    """What a list of documents is sorted by; equals come by name, and what is unknown comes last."""

    NAME = "name"
    TYPE = "type"
    STATE = "state"  # in the order of `State`
    PAGES = "pages"
    WORDS = "words"
    MODIFIED = "modified"
    EXPIRES = "expires"
    SIZE = "size"
    ADDED = "added"
    TAGS = "tags"


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A window of a sorted and filtered list of documents.

    Attributes:
        ids: All documents in the list, in order.
        documents: Those in the window, in order.
    """

    ids: tuple[int, ...]
    documents: tuple[Document, ...]

    @property
    def total(self) -> int:
        """Return the number of documents in the whole list."""
        return len(self.ids)


def listing_key(*parts: str) -> str:
    """Return what a list sorts and filters by, made of a document's name, title and path: without case and accents."""
    return "\n".join(_folded(part) for part in parts)


def _folded(text: str) -> str:
    text = text.replace("\n", " ")
    if text.isascii():
        return text.lower()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold()
