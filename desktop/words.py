"""How things are written for a person: names on one line, numbers, sizes, dates, and kinds of files."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path, PurePath

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from core.domain.change import Receipt
from core.domain.document import State
from core.domain.media import KINDS
from core.domain.plain_text import one_line
from core.domain.source import Source

_ICONS = {
    "document": "text",
    "slides": "slides",
    "table": "table",
    "web": "web",
    "book": "book",
    "text": "text",
    "data": "code",
    "mail": "mail",
    "code": "code",
}


def folder_of(path: str | None) -> str:
    """Return the folder of a path, with `~` for the person's home."""
    if path is None:
        return ""
    parent = PurePath(path).parent
    home = Path.home()
    return one_line(str("~" / parent.relative_to(home) if parent.is_relative_to(home) else parent))


def source_path(source: Source) -> str:
    """Return where a source stands, undecodable bytes escaped; empty for texts that a program gives."""
    return "" if source.path is None else one_line(source.path.decode(sys.getfilesystemencoding(), "backslashreplace"))


def number(value: int) -> str:
    """Return a whole number with the separators of the person's language."""
    return QLocale().toString(value)


def size(count: int) -> str:
    """Return a number of bytes in kB, MB or GB."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def icon_of(kind: str) -> str:
    """Return the name of the icon for a kind of document, such as `pdf`."""
    if kind == "pdf":
        return "pdf"
    return _ICONS[KINDS[kind].family] if kind in KINDS else "file"


def day(at: datetime | None) -> str:
    """Return a date as the person's language writes it; empty for None."""
    if at is None:
        return ""
    there = at.astimezone()
    return QLocale().toString(QDate(there.year, there.month, there.day), QLocale.FormatType.ShortFormat)


def span(seconds: float) -> str:
    """Return a span of time in the unit that says most."""
    if seconds < 90:
        return QCoreApplication.translate("words", "%n second(s)", "", max(1, round(seconds)))
    if seconds < 90 * 60:
        return QCoreApplication.translate("words", "%n minute(s)", "", round(seconds / 60))
    return QCoreApplication.translate("words", "%n hour(s)", "", round(seconds / 3600))


def state_name(state: State) -> str:
    """Return a state of the coverage ledger in a word or two."""
    say = QCoreApplication.translate
    return {
        State.PENDING: say("words", "waiting"),
        State.WORDS: say("words", "words"),
        State.MEANING: say("words", "words and meaning"),
        State.PARTIAL: say("words", "partial"),
        State.SKIPPED: say("words", "skipped"),
        State.FAILED: say("words", "failed"),
        State.STALE: say("words", "out of date"),
    }[state]


def receipt_lines(receipt: Receipt) -> list[str]:
    """Return what a deletion removed, a line for each kind of thing; nothing for what was not there."""
    say = QCoreApplication.translate
    counts = [
        (receipt.documents, say("words", "%n document(s)", "", receipt.documents)),
        (receipt.keyword_entries, say("words", "%n entries of the keyword index", "", receipt.keyword_entries)),
        (receipt.vectors, say("words", "%n vector(s)", "", receipt.vectors)),
        (receipt.cached_embeddings, say("words", "%n stored embedding(s)", "", receipt.cached_embeddings)),
        (receipt.rows, say("words", "%n row(s) of the database", "", receipt.rows)),
        (receipt.bytes, size(receipt.bytes)),
    ]
    return [line for count, line in counts if count]


def qt_length(text: str) -> int:
    """Return how many of Qt's characters a text takes: two for each one beyond U+FFFF."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
