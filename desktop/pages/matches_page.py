"""All matches: every document that holds the words of a query, counted exactly, to review and to take away."""

from __future__ import annotations

from functools import partial
from io import StringIO
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.domain.change import Change
from core.domain.match_table import write_table
from core.domain.plain_text import one_line
from core.domain.saved_search import Mark
from core.domain.search import Matches
from core.domain.workspace import Workspace
from core.errors import StorageFailed
from desktop.context import Context
from desktop.item_models.matches import MatchesModel
from desktop.tasks import Latest
from desktop.theme.theme import GRID, sized
from desktop.widgets.flow_layout import FlowLayout
from desktop.widgets.icon_button import icon_button


class MatchesPage(QWidget):
    """A table with marks.

    Attributes:
        chosen: A document was chosen: its record, and the query.
        left: The person goes back to the results.
    """

    chosen = Signal(object, str)
    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._workspace: Workspace | None = None
        self._query = ""
        self._latest = Latest(context.tasks, self)
        self._title = QLabel(wordWrap=True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setFont(sized(self.font(), 1.15, bold=True))
        self._model = MatchesModel(context.theme, self)
        self.table = QTableView()
        self.table.setModel(self._model)
        self.table.setAccessibleName(self.tr("All matches"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(4 * GRID)
        self.table.setWordWrap(False)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for column, width in ((0, 4 * GRID), (2, 8 * GRID), (3, 12 * GRID), (4, 24 * GRID)):
            self.table.setColumnWidth(column, width)
        self.table.selectionModel().currentChanged.connect(self._choose)
        back = icon_button(context.theme, "left", self.tr("Back to the results"))
        back.clicked.connect(self.left.emit)
        self._export = QPushButton(self.tr("Save as a table…"))
        self._export.clicked.connect(self._ask_where)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(GRID, GRID, 2 * GRID, 0)
        head.addWidget(back)
        head.addWidget(self._title, 1)
        marking = FlowLayout(GRID // 2)
        marking.setContentsMargins(GRID, 0, 2 * GRID, GRID)
        for mark, label in (
            (Mark.RELEVANT, self.tr("Relevant")),
            (Mark.IRRELEVANT, self.tr("Not relevant")),
            (None, self.tr("No mark")),
        ):
            button = QToolButton()
            button.setText(label)
            button.clicked.connect(partial(self._mark, mark))
            marking.addWidget(button)
        marking.addWidget(self._export)
        layout.addLayout(head)
        layout.addLayout(marking)
        layout.addWidget(self.table, 1)

    def open(self, workspace: Workspace) -> None:
        """Show nothing of the workspace before."""
        self._workspace = workspace
        self._latest.drop()
        self._model.show((), {})

    def show_matches(self, query: str) -> None:
        """Count and show all documents that hold these words."""
        workspace, kb = self._workspace, self._context.kb
        if workspace is None:
            return
        self._query = query
        self._title.setText(self.tr("Counting…"))
        self._model.show((), {})
        self._export.setEnabled(False)
        self._latest.run(
            lambda: (kb.search.matches(workspace, query), kb.searches.marks(workspace, query)),
            lambda found: self._show(*found),
            self._refused,
        )

    def _show(self, matches: Matches, marks: dict[int, Mark]) -> None:
        self._model.show(matches.documents, marks)
        said = self.tr("%n document(s) with all of these words: {query}", "", matches.total)
        self._title.setText(said.format(query=one_line(matches.query)))
        self._export.setEnabled(bool(matches.documents))
        if matches.documents:
            self.table.setFocus()
            self.table.setCurrentIndex(self._model.index(0, 1))

    def _refused(self, error: BaseException) -> None:
        self._title.clear()
        self._context.notices.error(error)

    def _choose(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self._model.document(now.row()), self._query)

    def _mark(self, mark: Mark | None) -> None:
        workspace, kb, query = self._workspace, self._context.kb, self._query
        rows = {index.row() for index in self.table.selectionModel().selectedRows()}
        if workspace is None:
            return
        for row in rows:
            document = self._model.document(row).id
            self._context.tasks.run(
                self,
                partial(kb.searches.mark, workspace, query, document, mark),
                partial(self._marked, row, mark),
            )

    def _marked(self, row: int, mark: Mark | None, _change: Change) -> None:
        self._model.mark(row, mark)

    def _ask_where(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save as a table"), self.tr("matches") + ".csv", "CSV (*.csv)"
        )
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write what is shown as CSV."""
        text = StringIO()
        write_table(text, [self._model.document(row) for row in range(self._model.rowCount())], self._model.marks())
        self._context.tasks.run(self, lambda: _write(path, text.getvalue()), lambda _: self._tell(path))

    def _tell(self, path: Path) -> None:
        self._context.notices.say(self.tr("Saved: {path}").format(path=one_line(str(path))))


def _write(path: Path, text: str) -> None:
    try:
        # Spreadsheets take a file for UTF-8 only where it says so.
        path.write_text(text, "utf-8-sig")
    except OSError as error:
        translate = QCoreApplication.translate
        raise StorageFailed(
            translate("MatchesPage", "{file} can't be written: {reason}.").format(
                file=path.name, reason=error.strerror
            ),
            translate("MatchesPage", "Choose another place, or free some space."),
        ) from error
