"""All documents of a workspace as a table: sorted and filtered by the engine, read a window of rows at a time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QIcon

from core.domain.document import Document, State
from core.domain.listing import DocumentPage, Sort
from core.domain.plain_text import one_line
from desktop.theme import Theme
from desktop.words import day, folder_of, icon_of, number, reason, size, state_name, tip

WINDOW = 200
"""Rows that are read at once."""
_MOST_KEPT = 20 * WINDOW
_Index = QModelIndex | QPersistentModelIndex
COLUMNS = (
    Sort.NAME,
    Sort.TYPE,
    Sort.STATE,
    Sort.PAGES,
    Sort.WORDS,
    Sort.SIZE,
    Sort.MODIFIED,
    Sort.EXPIRES,
    Sort.TAGS,
)
"""What each column shows, and is sorted by."""
_NUMBERS = (Sort.PAGES, Sort.WORDS, Sort.SIZE)


class DocumentsModel(QAbstractTableModel):
    """Knows the ids of all rows, and the documents of those that somebody has looked at lately.

    Attributes:
        wanted: Documents that are looked at and not known: their ids. `fill` brings them.
    """

    wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ids: tuple[int, ...] = ()
        self._known: dict[int, Document] = {}
        self._asked: set[int] = set()
        self._icons: dict[str, QIcon] = {}
        self._titles = {
            Sort.NAME: self.tr("Name"),
            Sort.TYPE: self.tr("Type"),
            Sort.STATE: self.tr("State"),
            Sort.PAGES: self.tr("Pages"),
            Sort.WORDS: self.tr("Words"),
            Sort.SIZE: self.tr("Size"),
            Sort.MODIFIED: self.tr("Modified"),
            Sort.EXPIRES: self.tr("Expires"),
            Sort.TAGS: self.tr("Tags"),
        }
        theme.changed.connect(self._icons.clear)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def show(self, page: DocumentPage) -> None:
        """Show this list; rows keep what is chosen in them where it is the same list as before."""
        same = page.ids == self._ids
        if not same:
            self.beginResetModel()
        self._ids = page.ids
        self._known = {each.id: each for each in page.documents}
        self._asked.clear()
        if not same:
            self.endResetModel()
        else:
            self._changed(0, len(self._ids) - 1)

    def fill(self, documents: Sequence[Document], first: int) -> None:
        """Take documents that were wanted; `first` is the row where their window begins.

        What has gone meanwhile is not asked for again; the next list is without it.
        """
        if len(self._known) > _MOST_KEPT:
            self._known.clear()
            self._asked = {first // WINDOW}
        self._known.update((each.id, each) for each in documents)
        self._changed(first, min(first + WINDOW, len(self._ids)) - 1)

    def _changed(self, first: int, last: int) -> None:
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    def window(self, first: int) -> tuple[int, ...]:
        """Return the ids of the rows from `first` on, as many as are read at once."""
        return self._ids[first : first + WINDOW]

    def ids(self, rows: Sequence[int]) -> list[int]:
        """Return the ids of some rows."""
        return [self._ids[row] for row in rows]

    def rows(self, ids: Sequence[int]) -> list[int]:
        """Return the rows of those of the documents that are shown."""
        wanted = set(ids)
        return [row for row, each in enumerate(self._ids) if each in wanted] if wanted else []

    def document(self, row: int) -> Document | None:
        """Return the document of a row, or None while it is being read."""
        found = self._known.get(self._ids[row])
        if found is None and (window := row // WINDOW) not in self._asked:
            self._asked.add(window)
            self.wanted.emit(window * WINDOW)
        return found

    # -- what Qt asks -------------------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Return the number of documents."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: N802 - Qt's name
        """Return the title of a column, which stands above its texts or numbers."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[COLUMNS[section]]
        return _alignment(COLUMNS[section]) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role not in _SHOWN:
            return None
        document = self.document(index.row())
        if document is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole and column is Sort.NAME else None
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(document, column)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(document.kind) if column is Sort.NAME else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(_notes(document))
        return self._brush(document.state, column)

    def _icon(self, kind: str) -> QIcon:
        name = icon_of(kind)
        if name not in self._icons:
            self._icons[name] = self._theme.icons(name, self._theme.colours.muted)
        return self._icons[name]

    def _brush(self, state: State, column: Sort) -> QBrush | None:
        colours = self._theme.colours
        if column is Sort.STATE and state is State.FAILED:
            return QBrush(QColor(colours.bad))
        if column is Sort.STATE and state in (State.PARTIAL, State.STALE):
            return QBrush(QColor(colours.warning))
        return None if column is Sort.NAME else QBrush(QColor(colours.muted))


_SHOWN = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.DecorationRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.ForegroundRole,
)


def _alignment(column: Sort) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def _text(document: Document, column: Sort) -> str:
    match column:
        case Sort.NAME:
            return one_line(document.name if document.path is not None else document.title)
        case Sort.TYPE:
            return document.kind
        case Sort.STATE:
            return state_name(document.state)
        case Sort.PAGES:
            return "" if document.pages is None else number(document.pages)
        case Sort.WORDS:
            return "" if document.words is None else number(document.words)
        case Sort.SIZE:
            return "" if document.state is State.SKIPPED and not document.size else size(document.size)
        case Sort.MODIFIED:
            return day(document.modified_at)
        case Sort.EXPIRES:
            return day(document.expires_at)
        case _:
            return one_line(", ".join(document.tags))


def _notes(document: Document) -> str:
    lines = (document.title, folder_of(document.path), reason(document), ", ".join(document.tags))
    return "\n".join(one_line(line) for line in lines if line)
