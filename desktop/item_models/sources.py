"""The sources of a workspace as a list: how many documents each has, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.domain.document import State
from core.domain.plain_text import one_line
from core.domain.source import Source, WatchState
from desktop.words import clock, day, number, source_path, tip

ROW = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source.

    Attributes:
        source: Its record.
        watch: How it is being watched, or None where it is not.
        counts: How many of its documents stand in each state.
    """

    source: Source
    watch: WatchState | None
    counts: Mapping[State, int]

    @property
    def documents(self) -> int:
        """Return how many files and texts it has, without those that a rule leaves out."""
        return sum(self.counts.values()) - self.counts.get(State.SKIPPED, 0)

    @property
    def icon(self) -> str:
        """Return the name of its icon."""
        if self.source.state == "offline":
            return "folder-off"
        return {"folder": "folder", "texts": "text"}.get(self.source.kind, "file")

    @property
    def bad(self) -> bool:
        """Whether somebody should look at it."""
        return bool(self.source.missing) or self.source.state == "offline"

    def standing(self) -> str:
        """Return how it stands, in a few words."""
        translate = QCoreApplication.translate
        source, waiting = self.source, self.counts.get(State.PENDING, 0)
        if source.missing:
            return translate("sources", "{count} vanished: decide…").format(count=number(source.missing))
        if source.state == "offline":
            if source.scanned_at is None:
                return translate("sources", "not reachable")
            seen = source.scanned_at.astimezone()
            when = day(seen) if seen.date() != datetime.now().astimezone().date() else clock(seen)
            return translate("sources", "not reachable since {time}").format(time=when)
        if source.state == "paused":
            return translate("sources", "paused")
        if waiting:
            return translate("sources", "reading, {count} to go").format(count=number(waiting))
        if source.kind == "texts":
            return translate("sources", "given texts")
        if self.watch is None:
            return translate("sources", "not watched")
        return {
            "starting": translate("sources", "beginning to watch"),
            "native": translate("sources", "✓ live"),
            "polling": translate("sources", "looked at now and then"),
            "offline": translate("sources", "not reachable"),
        }[self.watch.kind]

    def notes(self) -> str:
        """Return all that is known of it, a line each."""
        where = source_path(self.source) or QCoreApplication.translate("sources", "Texts given by programs, or pasted")
        watch = [self.watch.reason, self.watch.hint] if self.watch else []
        notes = [where, self.standing(), self.source.reason, self.source.question, *watch]
        return "\n".join(one_line(note) for note in notes if note)


class SourcesModel(QAbstractListModel):
    """Sources, oldest first; what is chosen stays chosen while counts change."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[SourceRow] = []

    def show(self, rows: Sequence[SourceRow]) -> None:
        """Show these sources."""
        if [each.source.id for each in rows] != [each.source.id for each in self._rows]:
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
        elif rows:
            self._rows = list(rows)
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def row(self, place: int) -> SourceRow:
        """Return a row."""
        return self._rows[place]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Return the number of sources."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row itself, or its name and notes."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(row.source.name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            documents = self.tr("%n document(s)", "", row.documents)
            return ", ".join((one_line(row.source.name), documents, row.standing()))
        return tip(row.notes()) if role == Qt.ItemDataRole.ToolTipRole else None
