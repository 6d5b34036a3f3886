"""Golden queries with how the last run of each went."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.domain.golden import GoldenQuery, Miss
from core.domain.plain_text import one_line
from desktop.theme import Theme
from desktop.words import day, tip

_Index = QModelIndex | QPersistentModelIndex


class GoldenModel(QAbstractTableModel):
    """Columns: found or not, the search, what it must find, how it went, when."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._queries: Sequence[GoldenQuery] = ()
        self._titles = ("", self.tr("Search"), self.tr("Must find"), self.tr("Result"), self.tr("Looked"))
        self._reasons = {
            Miss.GONE: self.tr("the document has been removed"),
            Miss.EXPIRED: self.tr("the document has expired"),
            Miss.PENDING: self.tr("the document is not read yet"),
            Miss.FAILED: self.tr("the document could not be read"),
            Miss.SKIPPED: self.tr("a rule leaves the document out"),
            Miss.CHANGED: self.tr("the passage is no longer in the document"),
            Miss.FILTERED: self.tr("a filter of the search leaves it out"),
            Miss.OUTRANKED: self.tr("not among the first hundred"),
        }

    def show(self, queries: Sequence[GoldenQuery]) -> None:
        """Show these; where they are those that are shown already, what is chosen stays."""
        same = [each.id for each in queries] == [each.id for each in self._queries]
        if not same:
            self.beginResetModel()
        self._queries = queries
        if not same:
            self.endResetModel()
        elif queries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(queries) - 1, len(self._titles) - 1))

    def golden(self, row: int) -> GoldenQuery:
        """Return the golden query of a row."""
        return self._queries[row]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Return the number of golden queries."""
        return 0 if parent.isValid() else len(self._queries)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: N802 - Qt's name
        """Return the title of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._titles[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        golden, column = self._queries[index.row()], index.column()
        if role == Qt.ItemDataRole.DecorationRole and column == 0 and golden.ran_at is not None:
            colours = self._theme.colours
            return self._theme.icons(*(("check", colours.good) if golden.found else ("clear", colours.bad)))
        if role == Qt.ItemDataRole.AccessibleTextRole and column == 0:
            return self._sign(golden)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(golden, column)
        return tip(self._whole(golden, column)) if role == Qt.ItemDataRole.ToolTipRole else None

    def _sign(self, golden: GoldenQuery) -> str:
        if golden.ran_at is None:
            return self.tr("not looked for yet")
        return self.tr("found") if golden.found else self.tr("not found")

    def _text(self, golden: GoldenQuery, column: int) -> str:
        match column:
            case 1:
                return one_line(golden.query)
            case 2:
                title = one_line(golden.title)
                return self.tr("a passage of {title}").format(title=title) if golden.passage else title
            case 3:
                return self._result(golden)
            case 4:
                return day(golden.ran_at)
            case _:
                return ""

    def _result(self, golden: GoldenQuery) -> str:
        if golden.ran_at is None:
            return self._sign(golden)
        if golden.miss is None:
            return self.tr("place {place}").format(place=golden.place)
        if golden.miss is Miss.LOWER:
            said = self.tr("place {place}, not among the first {within}")
            return said.format(place=golden.place, within=golden.within)
        return self._reasons[golden.miss]

    def _whole(self, golden: GoldenQuery, column: int) -> str:
        return one_line(golden.passage) if column == 2 and golden.passage else self._text(golden, column)
