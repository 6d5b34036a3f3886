"""Golden queries: searches with what each must find, and whether it does."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core.domain.golden import GoldenQuery, GoldenRun
from core.domain.workspace import Workspace
from core.errors import DocumentNotFound
from desktop.context import Context
from desktop.item_models.golden import GoldenModel
from desktop.tasks import Latest
from desktop.theme.theme import GRID, sized
from desktop.widgets.empty_state import EmptyState


class GoldenPage(QWidget):
    """A table.

    Attributes:
        chosen: A document was chosen: its record, and None where it is gone.
        wants_query: A query is to be searched for.
        left: The person goes back to the results.
    """

    chosen = Signal(object)
    wants_query = Signal(str)
    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("paper", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context = context
        self._workspace: Workspace | None = None
        self._latest = Latest(context.tasks, self)
        self._title = QLabel(wordWrap=True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setFont(sized(self.font(), 1.15, bold=True))
        self._model = GoldenModel(context.theme, self)
        self.table = self._make_table()
        self.run_all = QPushButton(self.tr("Run all"))
        self.run_all.setProperty("primary", True)
        self.run_all.clicked.connect(self.run)
        self.remove = QPushButton(self.tr("Remove"))
        self.remove.setToolTip(self.tr("Pin the chosen ones no longer; the documents stay"))
        self.remove.clicked.connect(self._remove)
        self._empty = EmptyState(context.theme)
        self._empty.say(
            "star",
            self.tr("No search is pinned to what it must find."),
            [self.tr("Search, and pin the right result from its menu. Carrel then tells when it is found no more.")],
            [(self.tr("Go to the results"), self.left.emit)],
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        head.setSpacing(GRID)
        head.addWidget(self._title, 1)
        head.addWidget(self.remove)
        head.addWidget(self.run_all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self._model)
        table.setAccessibleName(self.tr("Golden queries"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(4 * GRID)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for column in (1, 2, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column, width in ((0, 4 * GRID), (4, 12 * GRID)):
            table.setColumnWidth(column, width)
        table.selectionModel().currentChanged.connect(self._choose)
        table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        table.activated.connect(lambda index: self.wants_query.emit(self._model.golden(index.row()).query))
        remove = QShortcut(QKeySequence.StandardKey.Delete, table)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)
        remove.activated.connect(self._remove)
        return table

    def open(self, workspace: Workspace) -> None:
        """Show those of another workspace."""
        self._workspace = workspace
        self._latest.drop()
        self._show([])
        self.refresh()

    def refresh(self) -> None:
        """Read them again."""
        workspace, kb = self._workspace, self._context.kb
        if workspace is not None and self.isVisible():
            self._latest.run(lambda: kb.golden.all(workspace), self._show)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read them again: while the page was not seen, it was not kept up."""
        super().showEvent(event)
        self.refresh()

    def run(self) -> None:
        """Search for all of them."""
        workspace, kb = self._workspace, self._context.kb
        if workspace is None:
            return
        self.run_all.setEnabled(False)
        self._title.setText(self.tr("Searching…"))
        self._latest.run(lambda: kb.golden.run(workspace), self._ran, self._failed)

    def _ran(self, run: GoldenRun) -> None:
        self._show(run.queries)

    def _failed(self, error: BaseException) -> None:
        self._context.notices.error(error)
        self._title.clear()
        self.refresh()

    def _show(self, queries: Sequence[GoldenQuery]) -> None:
        self._model.show(queries)
        self._stack.setCurrentWidget(self.table if queries else self._empty)
        parts = [self.tr("Golden queries: {count}").format(count=len(queries))]
        ran = [each for each in queries if each.ran_at is not None]
        if ran:
            found = sum(each.found for each in ran)
            parts.append(self.tr("{count} found").format(count=found))
            if found < len(ran):
                parts.append(self.tr("{count} not found").format(count=len(ran) - found))
        self._title.setText(" · ".join(parts) if queries else "")
        self._enable()

    def _enable(self) -> None:
        self.run_all.setEnabled(self._model.rowCount() > 0)
        self.remove.setEnabled(self.table.selectionModel().hasSelection())

    def _remove(self) -> None:
        workspace, kb = self._workspace, self._context.kb
        ids = [self._model.golden(index.row()).id for index in self.table.selectionModel().selectedRows()]
        if ids and workspace is not None:
            self._context.tasks.run(self, lambda: kb.golden.unpin(workspace, ids), lambda _: self.refresh())

    def _choose(self, now: QModelIndex, _before: QModelIndex) -> None:
        workspace, kb = self._workspace, self._context.kb
        document = self._model.golden(now.row()).document_id if now.isValid() else None
        if document is None or workspace is None:
            self.chosen.emit(None)
            return
        self._context.tasks.run(self, lambda: kb.documents.get(workspace, document), self.chosen.emit, self._lost)

    def _lost(self, error: BaseException) -> None:
        self.chosen.emit(None)
        if not isinstance(error, DocumentNotFound):
            self._context.notices.error(error)
