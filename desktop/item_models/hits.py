"""The hits of a search as a list, best first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.domain.plain_text import one_line
from core.domain.search import Hit
from desktop.words import folder_of, tip

HIT = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class HitsModel(QAbstractListModel):
    """Hits by rank. A later answer to the same query may be merged in without moving a row that somebody looks at."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: list[Hit] = []

    def show(self, hits: Sequence[Hit]) -> None:
        """Show these hits in place of what was there."""
        self.beginResetModel()
        self._hits = list(hits)
        self.endResetModel()

    def merge(self, hits: Sequence[Hit], *, all_: bool) -> None:
        """Add those of the hits that are not there yet, below the others.

        Where these are all that there are, rows of passages that have gone are taken out.
        """
        if all_:
            left = {hit.chunk_id for hit in hits}
            for row in reversed([row for row, hit in enumerate(self._hits) if hit.chunk_id not in left]):
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._hits[row]
                self.endRemoveRows()
        known = {hit.chunk_id for hit in self._hits}
        new = [hit for hit in hits if hit.chunk_id not in known]
        if new:
            self.beginInsertRows(QModelIndex(), len(self._hits), len(self._hits) + len(new) - 1)
            self._hits += new
            self.endInsertRows()

    def hit(self, row: int) -> Hit:
        """Return the hit of a row."""
        return self._hits[row]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Return the number of hits."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the hit itself, or what a screen reader says of it."""
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        if role == HIT:
            return hit
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(hit.document.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            page = self.tr("page %n", "", hit.page) if hit.page else ""
            parts = (one_line(hit.document.title), page, one_line(hit.heading or ""), one_line(hit.snippet))
            return ", ".join(filter(None, parts))
        if role == Qt.ItemDataRole.ToolTipRole:
            path = hit.document.path
            return None if path is None else tip(f"{folder_of(path)}/{one_line(hit.document.name)}")
        return None
