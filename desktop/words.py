"""How things are written for a person: names on one line, numbers, sizes, dates, and kinds of files."""

from __future__ import annotations

import sys
from datetime import datetime
from html import escape
from pathlib import Path, PurePath

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QObject, QTime
from PySide6.QtGui import Qt

from core.domain.change import Receipt
from core.domain.document import Document, State
from core.domain.health import Connections
from core.domain.media import KINDS
from core.domain.plain_text import one_line
from core.domain.source import (
    HIDDEN,
    LINK_BROKEN,
    LINK_INSIDE,
    LINK_OUTSIDE,
    NOT_INCLUDED,
    NOT_REGULAR,
    TOO_LARGE,
    UNREADABLE,
    Source,
)

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


class _Numbered(QObject):
    """Sentences with a form for one and for many, which Qt's tools find in `tr` alone."""

    def seconds(self, count: int) -> str:
        return self.tr("%n second(s)", "", count)

    def minutes(self, count: int) -> str:
        return self.tr("%n minute(s)", "", count)

    def hours(self, count: int) -> str:
        return self.tr("%n hour(s)", "", count)

    def documents(self, count: int) -> str:
        return self.tr("%n document(s)", "", count)

    def entries(self, count: int) -> str:
        return self.tr("%n entries of the keyword index", "", count)

    def vectors(self, count: int) -> str:
        return self.tr("%n vector(s)", "", count)

    def embeddings(self, count: int) -> str:
        return self.tr("%n stored embedding(s)", "", count)

    def connections(self, count: int) -> str:
        return self.tr("%n connection(s) to other computers", "", count)

    def connections_here(self, count: int) -> str:
        return self.tr("%n connection(s) within this computer", "", count)

    def processes(self, count: int) -> str:
        return self.tr("counted now in Carrel and %n program(s) that it has started", "", count)

    def processes_unseen(self, count: int) -> str:
        return self.tr("%n more program(s) could not be looked at", "", count)

    def rows(self, count: int) -> str:
        return self.tr("%n row(s) of the database", "", count)


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


def tip(text: str) -> str:
    """Return foreign text for a tool tip.

    Qt takes a tip that looks like HTML for HTML, and opens the pictures that it names: files of this disk, or, by paths
    of Windows, of other computers.
    """
    return f"<qt>{escape(text)}</qt>".replace("\n", "<br>") if Qt.mightBeRichText(text) else text


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
    """Return a date with the name of its month in the person's language; empty for None."""
    if at is None:
        return ""
    there = at.astimezone()
    # The short form has two digits for the year, or the month first, where it depends on the reader what is meant.
    form = QCoreApplication.translate("words", "d MMM yyyy")
    return QLocale().toString(QDate(there.year, there.month, there.day), form)


def clock(at: datetime) -> str:
    """Return the time of a day as the person's language writes it."""
    there = at.astimezone()
    return QLocale().toString(QTime(there.hour, there.minute), QLocale.FormatType.ShortFormat)


def percent(share: float) -> str:
    """Return a share, 0 to 1, in percent."""
    return QCoreApplication.translate("words", "{share}%").format(share=f"{share * 100:.0f}")


def span(seconds: float) -> str:
    """Return a span of time in the unit that says most."""
    if seconds < 90:
        return _Numbered().seconds(max(1, round(seconds)))
    if seconds < 90 * 60:
        return _Numbered().minutes(round(seconds / 60))
    return _Numbered().hours(round(seconds / 3600))


def state_name(state: State) -> str:
    """Return a state of the coverage ledger in a word or two."""
    translate = QCoreApplication.translate
    return {
        State.PENDING: translate("words", "waiting"),
        State.WORDS: translate("words", "words"),
        State.MEANING: translate("words", "words and meaning"),
        State.PARTIAL: translate("words", "partial"),
        State.SKIPPED: translate("words", "skipped"),
        State.FAILED: translate("words", "failed"),
        State.STALE: translate("words", "out of date"),
    }[state]


def rule_name(rule: str) -> str:
    """Return a rule that leaves files out, such as `hidden`, `excluded: *.log` or `type: .xyz`."""
    translate = QCoreApplication.translate
    names = {
        HIDDEN: translate("words", "hidden"),
        NOT_INCLUDED: translate("words", "not included"),
        NOT_REGULAR: translate("words", "not a regular file"),
        LINK_INSIDE: translate("words", "symlink inside"),
        LINK_OUTSIDE: translate("words", "symlink outside"),
        LINK_BROKEN: translate("words", "symlink broken"),
        TOO_LARGE: translate("words", "too large"),
        UNREADABLE: translate("words", "unreadable"),
        "expired": translate("words", "expired"),
        "type: none": translate("words", "type: none"),
        "type: other": translate("words", "type: other"),
        "type": translate("words", "type"),
        "excluded": translate("words", "excluded"),
    }
    kind, colon, what = rule.partition(": ")
    return names.get(rule) or one_line(names.get(kind, kind) + colon + what)


def reason(document: Document) -> str:
    """Return why a document stands in its state: a rule by its name, or what the engine says."""
    return rule_name(document.reason) if document.state is State.SKIPPED else one_line(document.reason)


def receipt_lines(receipt: Receipt) -> list[str]:
    """Return what a deletion removed, a line for each kind of thing; nothing for what was not there."""
    counts = [
        (receipt.documents, _Numbered().documents(receipt.documents)),
        (receipt.keyword_entries, _Numbered().entries(receipt.keyword_entries)),
        (receipt.vectors, _Numbered().vectors(receipt.vectors)),
        (receipt.cached_embeddings, _Numbered().embeddings(receipt.cached_embeddings)),
        (receipt.rows, _Numbered().rows(receipt.rows)),
        (receipt.bytes, size(receipt.bytes)),
    ]
    return [line for count, line in counts if count]


def connections_account(found: Connections) -> str:
    """Return in a sentence which connections are open, and where they were counted."""
    parts = [_Numbered().connections(found.elsewhere)]
    parts += [_Numbered().connections_here(found.here)] if found.here else []
    parts += [_Numbered().processes(found.processes - 1)]
    parts += [_Numbered().processes_unseen(found.unseen)] if found.unseen else []
    return ", ".join(parts) + "."


def qt_length(text: str) -> int:
    """Return how many of Qt's characters a text takes: two for each one beyond U+FFFF."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
