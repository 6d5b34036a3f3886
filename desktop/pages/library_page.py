"""The library: every document of the workspace in one table, and how much of it can be searched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core.domain.document import Document, State
from core.domain.listing import DocumentPage, Sort
from core.domain.plain_text import one_line
from core.domain.source import Source
from core.domain.workspace import Workspace
from desktop.context import Context
from desktop.dialogs.document_menu import DocumentMenu
from desktop.item_models.documents import COLUMNS, WINDOW, DocumentsModel
from desktop.tasks import Latest
from desktop.theme.theme import GRID, sized
from desktop.widgets.columns import Columns
from desktop.widgets.coverage_bar import CoverageBar
from desktop.widgets.empty_state import EmptyState

_PAUSE_MS = 150
_MOST_REMEMBERED = 2000
_NAME_WIDTH = 28 * GRID
# The other columns, those that are to be seen soonest first; widths in pixels.
_WIDTHS: dict[str, int] = {
    Sort.STATE: 18 * GRID,
    Sort.MODIFIED: 14 * GRID,
    Sort.PAGES: 8 * GRID,
    Sort.TYPE: 8 * GRID,
    Sort.SIZE: 10 * GRID,
    Sort.WORDS: 10 * GRID,
    Sort.TAGS: 16 * GRID,
    Sort.EXPIRES: 14 * GRID,
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What the table shows: all documents, or those with one state, source, or text in their names, or these alone."""

    text: str = ""
    state: State | None = None
    source: Source | None = None
    ids: tuple[int, ...] | None = None


class LibraryPage(QWidget):
    """A table of documents.

    Attributes:
        document_chosen: A document was chosen; None where none is.
        document_opened: A document is to be opened in its own program.
        columns: Which columns the table shows.
    """

    document_chosen = Signal(object)
    document_opened = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("paper", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context = context
        self._workspace: Workspace | None = None
        self._filter = Filter()
        self._restoring = False
        self._latest = Latest(context.tasks, self)
        self.menu = DocumentMenu(context, self)
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setFont(sized(self.font(), 1.15, bold=True))
        self.chip = QPushButton()
        self.chip.setProperty("chip", True)
        self.chip.clicked.connect(lambda: self.show_only(replace(self._filter, source=None, ids=None)))
        self.chip.hide()
        self.filter_box = QLineEdit()
        self.filter_box.setPlaceholderText(self.tr("Filter by name, title or path"))
        self.filter_box.setAccessibleName(self.tr("Filter by name, title or path"))
        self.filter_box.setClearButtonEnabled(True)
        self.filter_box.setMaximumWidth(36 * GRID)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.show_only(replace(self._filter, text=self.filter_box.text())))
        self.filter_box.textChanged.connect(lambda _: self._pause.start())
        self.coverage = CoverageBar(context.theme)
        self.coverage.chosen.connect(lambda state: self.show_only(replace(self._filter, state=state)))
        self._model = DocumentsModel(context.theme, self)
        self._model.wanted.connect(self._fetch)
        self.table = self._make_table()
        self.columns = Columns(self.table, COLUMNS, _WIDTHS, _NAME_WIDTH)
        self._empty = EmptyState(context.theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self._lay_out()

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self._model)
        table.setAccessibleName(self.tr("Documents"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._offer)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(4 * GRID)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.sortIndicatorChanged.connect(lambda *_: self._ask(0))
        table.selectionModel().currentChanged.connect(self._choose)
        table.activated.connect(self._open_document)
        remove = QShortcut(QKeySequence.StandardKey.Delete, table)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)
        remove.activated.connect(lambda: self.menu.remove(ids) if (ids := self.selected()) else None)
        return table

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        head.setSpacing(GRID)
        head.addWidget(self._title)
        head.addWidget(self.chip)
        head.addStretch(1)
        head.addWidget(self.filter_box, 2)
        below = QHBoxLayout()
        below.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        below.addWidget(self.coverage)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(below)
        layout.addWidget(self._stack, 1)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def open(self, workspace: Workspace) -> None:
        """Show all of a workspace."""
        self._workspace = workspace
        self._latest.drop()
        self.menu.open(workspace)
        self._model.show(DocumentPage((), ()))
        self.show_only(Filter())

    def show_only(self, wanted: Filter) -> None:
        """Filter the table."""
        self._filter = wanted
        if self.filter_box.text().strip() != wanted.text.strip():
            self.filter_box.setText(wanted.text)
        self._pause.stop()
        self.coverage.mark(wanted.state)
        if wanted.source is not None:
            name = one_line(wanted.source.name)
            self.chip.setText(name.replace("&", "&&") + "  ✕")
            self.chip.setAccessibleName(self.tr("Show all sources, not only {source}").format(source=name))
        elif wanted.ids is not None:
            self.chip.setText(self.tr("Chosen on the map") + "  ✕")
            self.chip.setAccessibleName(self.tr("Show all documents, not only those chosen on the map"))
        self.chip.setVisible(wanted.source is not None or wanted.ids is not None)
        # It counts by source, and would tell of documents that are not in the table.
        self.coverage.setVisible(wanted.ids is None)
        self._ask(0)

    def refresh(self) -> None:
        """Look again: something has changed in the workspace. Where the table stands, and what is chosen, stays."""
        if self.isVisible():
            self._ask(max(0, self.table.rowAt(0) - WINDOW // 4))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look again: while it was not seen, it was not kept up."""
        super().showEvent(event)
        self.refresh()

    def selected(self) -> list[int]:
        """Return the ids of the chosen documents."""
        return self._model.ids([index.row() for index in self.table.selectionModel().selectedRows()])

    # -- asking -------------------------------------------------------------------------------------------------------

    def _ask(self, offset: int) -> None:
        workspace, kb, wanted = self._workspace, self._context.kb, self._filter
        if workspace is None:
            return
        header = self.table.horizontalHeader()
        sort = COLUMNS[header.sortIndicatorSection()]
        descending = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder

        def ask() -> tuple[DocumentPage, Mapping[State, int]]:
            page = kb.documents.list(
                workspace,
                sort=sort,
                descending=descending,
                text=wanted.text,
                states=[] if wanted.state is None else [wanted.state],
                sources=[] if wanted.source is None else [wanted.source.id],
                ids=wanted.ids,
                offset=offset,
                limit=WINDOW,
            )
            counts: Counter[State] = Counter()
            for source, each in kb.sources.coverage(workspace).items():
                if wanted.source is None or source == wanted.source.id:
                    counts.update(each)
            return page, counts

        self._latest.run(ask, lambda found: self._show(*found, offset))

    def _show(self, page: DocumentPage, counts: Mapping[State, int], offset: int) -> None:
        selection = self.table.selectionModel()
        current = self.table.currentIndex().row()
        rows = sum(each.height() for each in selection.selection().toList())
        chosen = self.selected() if rows <= _MOST_REMEMBERED else []
        current_id = self._model.ids([current])[0] if current >= 0 else None
        self._restoring = True
        try:
            self._model.show(page)
            if chosen and not selection.hasSelection():
                self._choose_again(chosen, current_id)
        finally:
            self._restoring = False
        if offset == 0:
            self.table.scrollToTop()
        if current >= 0 and not self.table.currentIndex().isValid():
            self.document_chosen.emit(None)
        self._title.setText(self.tr("%n item(s)", "", page.total))
        self.coverage.show_counts(counts)
        if page.total:
            self._stack.setCurrentWidget(self.table)
        else:
            self._say_nothing(sum(counts.values()))

    def _choose_again(self, chosen: list[int], current: int | None) -> None:
        """Choose the same documents in another list; rows that have gone are left out."""
        selection = self.table.selectionModel()
        rows, last = QItemSelection(), len(COLUMNS) - 1
        for row in self._model.rows(chosen):
            rows.select(self._model.index(row, 0), self._model.index(row, last))
        selection.select(rows, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        for row in self._model.rows([] if current is None else [current]):
            selection.setCurrentIndex(self._model.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate)

    def _say_nothing(self, documents: int) -> None:
        if documents:
            offers = [(self.tr("Show all"), lambda: self.show_only(Filter()))]
            self._empty.say("filter", self.tr("No document is like this."), [], offers)
        else:
            self._empty.say(
                "library", self.tr("No documents here yet."), [self.tr("Add a folder, or drop files here.")]
            )
        self._stack.setCurrentWidget(self._empty)

    def _fetch(self, first: int) -> None:
        workspace, listed, ids = self._workspace, self._context.kb.documents.list, self._model.window(first)
        if workspace is not None:
            self._context.tasks.run(
                self,
                lambda: listed(workspace, ids=ids, limit=WINDOW).documents,
                lambda documents: self._model.fill(documents, first),
            )

    # -- what a person does -------------------------------------------------------------------------------------------

    def _choose(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid() and not self._restoring:
            self.document_chosen.emit(self._model.document(now.row()))

    def _open_document(self, index: QModelIndex) -> None:
        if (document := self._model.document(index.row())) is not None:
            self.document_opened.emit(document)

    def _offer(self, place: QPoint) -> None:
        ids = self.selected()
        if ids:
            row = self.table.currentIndex().row()
            current: Document | None = self._model.document(row) if row >= 0 else None
            self.menu.offer(ids, current, self.table.viewport().mapToGlobal(place))
