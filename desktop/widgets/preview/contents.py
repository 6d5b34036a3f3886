"""What the preview shows of a document, gathered beside the event loop: its stored text, and its file where it is."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from PySide6.QtGui import QImage

from core.domain.document import Document
from core.domain.extracted import Extracted
from core.domain.search import Hit
from core.domain.workspace import Workspace
from core.errors import InvalidQuery
from core.knowledge_base import KnowledgeBase
from desktop.widgets.preview.picture_view import read_picture

PICTURES = ("png", "jpg", "jpeg", "gif", "bmp", "webp", "tif", "tiff")
MOST_BYTES = 256_000_000
"""A larger file is not held in memory to show it; its stored text is."""
_SLACK = 2.0
"""Seconds by which two times of one file may differ: FAT counts in twos."""


class Standing(Enum):
    """How the file stands to what Carrel has read of it."""

    SAME = auto()
    CHANGED = auto()
    GONE = auto()
    NO_FILE = auto()  # a text that a program gave


@dataclass(frozen=True, slots=True)
class Contents:
    """One document to show.

    Attributes:
        document: The document.
        extracted: Its stored text.
        places: Where the query's words stand in that, as `(start, end)`.
        standing: How its file stands.
        pdf: The bytes of a PDF; None for other kinds, and where the file is not to be shown.
        picture: The picture; None as above.
    """

    document: Document
    extracted: Extracted
    places: list[tuple[int, int]]
    standing: Standing
    pdf: bytes | None
    picture: QImage | None

    @classmethod
    def of(cls, kb: KnowledgeBase, workspace: Workspace, document: Document, hit: Hit | None, query: str) -> Contents:
        """Gather them; reads the disk.

        Raises:
            DocumentNotFound: If the document has gone.
        """
        extracted = kb.documents.text(workspace, document.id)
        standing = standing_of(document)
        data = None
        if document.path is not None and standing is Standing.SAME and _shown_as_it_is(document):
            data = _read(document.path)
        places = _places(kb, workspace, hit, query) if hit else []
        if document.kind == "pdf":
            return cls(document, extracted, places, standing, data, None)
        return cls(document, extracted, places, standing, None, read_picture(data) if data else None)


def standing_of(document: Document) -> Standing:
    """Return how the file of a document stands; reads the disk."""
    if document.path is None:
        return Standing.NO_FILE
    try:
        found = os.stat(real_path(document.path))  # noqa: PTH116 - the path may be bytes
    except (OSError, ValueError):
        return Standing.GONE
    if document.modified_at is None:
        return Standing.SAME  # a file that a rule leaves out: nothing of it was read that could differ
    moved_on = abs(document.modified_at.timestamp() - found.st_mtime) > _SLACK
    return Standing.CHANGED if moved_on or found.st_size != document.size else Standing.SAME


def real_path(shown: str) -> str | bytes:
    """Return the path for the system: bytes that are no text are escaped as `\\xNN` where a path is shown."""
    if "\\x" not in shown or Path(shown).exists():
        return shown
    return re.sub(rb"\\x([0-9a-f]{2})", lambda found: bytes.fromhex(found[1].decode()), os.fsencode(shown))


def is_picture(document: Document) -> bool:
    """Whether a document is a picture that can be drawn."""
    return document.name.rpartition(".")[2].lower() in PICTURES


def _shown_as_it_is(document: Document) -> bool:
    return document.kind == "pdf" or is_picture(document)


def _read(path: str) -> bytes | None:
    try:
        with open(real_path(path), "rb") as file:  # noqa: PTH123 - the path may be bytes
            return file.read() if os.fstat(file.fileno()).st_size <= MOST_BYTES else None
    except OSError:
        return None  # gone since it was looked at: the stored text is shown


def _places(kb: KnowledgeBase, workspace: Workspace, hit: Hit, query: str) -> list[tuple[int, int]]:
    """Return where the words of the query stand; where it has none of them, those that the snippet marks (the search
    may have looked for other words instead).
    """
    instead = " ".join(dict.fromkeys(f'"{hit.snippet[start:end]}"' for start, end in hit.matches))
    for asked, unfinished in ((query, False), (query, True), (instead, False)):
        try:
            found = kb.search.occurrences(workspace, hit.document.id, asked, as_you_type=unfinished)
        except InvalidQuery:
            continue
        if found:
            return found
    return []
