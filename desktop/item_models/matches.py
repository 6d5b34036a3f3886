"""All documents that hold the words of a query, with what a person thinks of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.domain.document import Document
from core.domain.plain_text import one_line
from core.domain.saved_search import Mark
from desktop.theme import Theme
from desktop.words import day, folder_of, icon_of, tip

_Index = QModelIndex | QPersistentModelIndex
_SIGNS = {Mark.RELEVANT: "check", Mark.IRRELEVANT: "clear"}


class MatchesModel(QAbstractTableModel):
    """Columns: mark, name, type, modified, folder; newest documents first."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._documents: Sequence[Document] = ()
        self._marks: dict[int, Mark] = {}
        self._titles = ("", self.tr("Document"), self.tr("Type"), self.tr("Modified"), self.tr("Folder"))
        self._said = {Mark.RELEVANT: self.tr("relevant"), Mark.IRRELEVANT: self.tr("not relevant")}

    def show(self, documents: Sequence[Document], marks: Mapping[int, Mark]) -> None:
        """Show these documents."""
        self.beginResetModel()
        self._documents, self._marks = documents, dict(marks)
        self.endResetModel()

    def document(self, row: int) -> Document:
        """Return the document of a row."""
        return self._documents[row]

    def marks(self) -> Mapping[int, Mark]:
        """Return the marks by document."""
        return self._marks

    def mark(self, row: int, mark: Mark | None) -> None:
        """Show another mark in a row."""
        document = self._documents[row].id
        if mark is None:
            self._marks.pop(document, None)
        else:
            self._marks[document] = mark
        self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Return the number of documents."""
        return 0 if parent.isValid() else len(self._documents)

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
        document, column = self._documents[index.row()], index.column()
        mark = self._marks.get(document.id)
        if role == Qt.ItemDataRole.DecorationRole:
            if column == 0 and mark is not None:
                colours = self._theme.colours
                return self._theme.icons(_SIGNS[mark], colours.good if mark is Mark.RELEVANT else colours.bad)
            return self._theme.icons(icon_of(document.kind), self._theme.colours.muted) if column == 1 else None
        if role == Qt.ItemDataRole.AccessibleTextRole and column == 0:
            return self._said[mark] if mark else self.tr("not marked")
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(document, column)
        return tip(one_line(document.path or "")) if role == Qt.ItemDataRole.ToolTipRole else None

    def _text(self, document: Document, column: int) -> str:
        if column == 1:
            return one_line(document.title)
        if column == 2:
            return document.kind
        if column == 3:
            return day(document.modified_at)
        return folder_of(document.path) if column == 4 else ""
