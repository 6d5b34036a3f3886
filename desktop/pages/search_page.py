"""Search: the results of a query, while it is typed and after; and honest reasons where there are none."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.domain.document import Ledger, State
from core.domain.search import Results
from core.domain.workspace import Workspace
from core.errors import InvalidQuery
from desktop.context import Context
from desktop.dialogs.hit_menu import HitMenu
from desktop.item_models.hit_delegate import HitDelegate
from desktop.item_models.hits import HitsModel
from desktop.tasks import Latest
from desktop.theme.theme import GRID
from desktop.widgets.empty_state import EmptyState, Offer
from desktop.widgets.facet_menu import FacetMenu
from desktop.widgets.query_chips import QueryChips, without
from desktop.widgets.result_account import ResultAccount
from desktop.widgets.welcome import Welcome

LIMIT = 100
_AGAIN_MS = 400
"""After which an answer that was not complete is asked for again."""


class SearchPage(QWidget):
    """Results of one query in one workspace.

    Attributes:
        menu: What can be done with a result.
        account: How much was found.
        chosen: A hit was chosen, with the query; None for no hit.
        opened: A hit is to be opened in the program that its file belongs to.
        wants_query: The person asks for another query: its text.
        wants_folder: The person wants to add a folder.
        wants_files: The person wants to add files.
        wants_sample: The person wants to try the sample library.
        wants_failures: The person wants to see what could not be read.
        recorded: A query stands in the history.
        wants_all: All documents with the words of this query are to be shown.
    """

    chosen = Signal(object, str)
    opened = Signal(object)
    wants_query = Signal(str)
    wants_folder = Signal()
    wants_files = Signal()
    wants_sample = Signal()
    wants_failures = Signal()
    recorded = Signal()
    wants_all = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._workspace: Workspace | None = None
        self._query = self._shown = self._recorded = ""
        self._latest = Latest(context.tasks, self)
        self._counting = Latest(context.tasks, self)
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(lambda: self._ask(merge=True))
        self.account = ResultAccount()
        self._per_passage = self._switch(self.tr("Passages"), self.tr("Every passage that was found"))
        self._per_document = self._switch(self.tr("Documents"), self.tr("Each document once, with its best passage"))
        self._per_passage.setChecked(True)
        group = QButtonGroup(self)
        for each in (self._per_passage, self._per_document):
            group.addButton(each)
        group.buttonToggled.connect(lambda _, on: self._ask() if on else None)

        self._model = HitsModel(self)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(HitDelegate(context.theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Results"))
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.list.activated.connect(lambda index: self.opened.emit(self._model.hit(index.row())))
        self.menu = HitMenu(self)
        self.menu.wants_open.connect(self.opened)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._offer)
        self._empty = EmptyState(context.theme)
        self._welcome = Welcome(context.theme)
        self._welcome.wants_folder.connect(self.wants_folder)
        self._welcome.wants_files.connect(self.wants_files)
        self._welcome.wants_sample.connect(self.wants_sample)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._welcome)

        self._chips = QueryChips()
        self._chips.removed.connect(lambda part: self.wants_query.emit(without(self._query, part)))
        self._facets = FacetMenu(self)
        self._facets.aboutToShow.connect(self._count_facets)
        self._facets.narrowed.connect(lambda part: self.wants_query.emit(f"{self._query.strip()} {part}"))
        self.narrow = QToolButton()
        self.narrow.setText(self.tr("Narrow ▾"))
        self.narrow.setToolTip(self.tr("Only one type, source, tag or year"))
        self.narrow.setMenu(self._facets)
        self.narrow.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

        self._all = QToolButton()
        self._all.setText(self.tr("All matches"))
        self._all.setToolTip(self.tr("Every document with all of these words, counted exactly"))
        self._all.clicked.connect(lambda: self.wants_all.emit(self._query))
        self._all.setEnabled(False)
        head = QHBoxLayout()
        head.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        head.addWidget(self._per_passage)
        head.addWidget(self._per_document)
        head.addStretch(1)
        head.addWidget(self._all)
        head.addWidget(self.narrow)
        self.account.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID // 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.account)
        layout.addWidget(self._chips)
        layout.addWidget(self._stack, 1)

    def _switch(self, label: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(label)
        button.setToolTip(tip)
        button.setCheckable(True)
        return button

    def open(self, workspace: Workspace) -> None:
        """Show a workspace; what was searched in another one has gone."""
        self._workspace = workspace
        self._latest.drop()
        self._counting.drop()
        self._query = self._shown = self._recorded = ""
        self._model.show([])
        self.refresh()

    def rename(self, workspace: Workspace) -> None:
        """The workspace has another name or colour; what is shown of it stays."""
        self._workspace = workspace

    def search(self, query: str, *, finished: bool) -> None:
        """Search, while a query is typed or (`finished`) when it is entered."""
        if query.strip() == self._query.strip() and not finished:
            return
        self._query = query
        self._ask(typing=not finished)
        if finished:
            self._record()

    def _record(self) -> None:
        """Note a search that was meant: it was entered, or one of its results is looked at."""
        kb, workspace, query = self._context.kb, self._workspace, self._query.strip()
        if query and query != self._recorded and workspace is not None:
            self._recorded = query
            self._context.tasks.run(self, lambda: kb.searches.record(workspace, query), lambda _: self.recorded.emit())

    def refresh(self) -> None:
        """Look again: something has changed in the workspace. Rows that are there stay where they are."""
        if self._query.strip():
            self._ask(merge=True)
        else:
            self._say_what_can_be_done()

    def step(self, rows: int) -> None:
        """Choose the next result, or the one before."""
        row = self.list.currentIndex().row() + rows
        if 0 <= row < self._model.rowCount():
            self.list.setCurrentIndex(self._model.index(row))

    def focus_results(self) -> None:
        """Put the keyboard into the list, on the first hit if none is chosen."""
        if self._model.rowCount():
            self.list.setFocus()
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self._model.index(0))

    # -- asking -------------------------------------------------------------------------------------------------------

    def _ask(self, *, typing: bool = False, merge: bool = False) -> None:
        workspace, query = self._workspace, self._query
        if workspace is None:
            return
        self._again.stop()
        self._all.setEnabled(bool(query.strip()))
        self._chips.show_parts(self._context.kb.search.operators(query))
        if not query.strip():
            self._latest.drop()
            self._counting.drop()
            self._model.show([])
            self.account.setText("")
            self.chosen.emit(None, "")
            self._say_what_can_be_done()
            return
        search = self._context.kb.search
        find = search.documents if self._per_document.isChecked() else search.query
        self._latest.run(
            lambda: find(workspace, query, limit=LIMIT, as_you_type=typing, patience=0.0),
            lambda results: self._show(results, merge, typing),
            self._refused,
        )

    def _show(self, results: Results, merge: bool, typing: bool) -> None:
        if merge and results.query == self._shown:
            self._model.merge(results.hits, all_=results.complete and len(results.hits) < LIMIT)
        else:
            self._model.show(results.hits)
            self._shown = results.query
            self.list.scrollToTop()
            self.chosen.emit(None, results.query)
            if self.list.hasFocus():
                self.focus_results()  # somebody went down to the results before the last letter was answered
        if not results.complete:
            self._again.start()
        if self._model.rowCount():
            self._stack.setCurrentWidget(self.list)
            self._count(results, typing)
        elif results.complete:
            self._explain_nothing(results)

    def _count(self, results: Results, typing: bool) -> None:
        """Count what holds the words, behind the results, which do not wait for that."""
        workspace, count = self._workspace, self._context.kb.search.count
        if workspace is not None:
            self._counting.run(
                lambda: count(workspace, results.query, as_you_type=typing),
                lambda holding: self.account.tell(results, holding, documents=self._per_document.isChecked()),
            )

    def _count_facets(self) -> None:
        workspace, query = self._workspace, self._query
        if workspace is not None:
            self._facets.wait()
            self._context.tasks.run(
                self, lambda: self._context.kb.search.facets(workspace, query), self._facets.show_facets
            )

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, InvalidQuery):
            self._context.notices.error(error)
            return
        self._model.show([])
        self.account.setText("")
        self._empty.say("search", error.message, [error.hint])
        self._stack.setCurrentWidget(self._empty)

    def _choose(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self._record()
            self.chosen.emit(self._model.hit(now.row()), self._query)

    def _offer(self, place: QPoint) -> None:
        if (index := self.list.currentIndex()).isValid():
            self.menu.offer(self._model.hit(index.row()), self._shown, self.list.viewport().mapToGlobal(place))

    # -- nothing to show ----------------------------------------------------------------------------------------------

    def _explain_nothing(self, results: Results) -> None:
        workspace = self._workspace
        if workspace is not None:
            self._context.tasks.run(
                self,
                lambda: self._context.kb.documents.ledger(workspace, files=False).counts,
                lambda counts: self._say_nothing(results.query, counts),
            )

    def _say_nothing(self, query: str, counts: Mapping[State, int]) -> None:
        reasons = []
        if failed := counts[State.FAILED]:
            reasons.append(self.tr("%n file(s) could not be read", "", failed))
        if pending := counts[State.PENDING]:
            reasons.append(self.tr("%n file(s) are not read yet", "", pending))
        offers: list[Offer] = []
        if failed:
            offers.append((self.tr("Show what failed"), self.wants_failures.emit))
        self.account.setText("")
        self._empty.say("search", self.tr("Nothing for “{query}”.").format(query=query), reasons, offers)
        self._stack.setCurrentWidget(self._empty)

    def _say_what_can_be_done(self) -> None:
        workspace = self._workspace
        if workspace is None:
            return
        kb = self._context.kb
        self._context.tasks.run(
            self,
            lambda: (kb.documents.ledger(workspace, files=False), kb.search.examples(workspace)),
            lambda found: self._invite(workspace, *found),
        )

    def _invite(self, workspace: Workspace, ledger: Ledger, examples: list[str]) -> None:
        if self._query.strip() or workspace is not self._workspace:
            return
        self.account.setText("")
        if not ledger.total:
            self._welcome.greet(workspace.name)
            self._stack.setCurrentWidget(self._welcome)
            return
        offers: list[Offer] = [(each, partial(self.wants_query.emit, each)) for each in examples]
        title = self.tr("%n document(s) can be searched.", "", ledger.documents)
        reasons = [self.tr("Type what you look for; or try one of these:")] if offers else []
        self._empty.say("search", title, reasons, offers, usual=False)
        self._stack.setCurrentWidget(self._empty)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Space shows the preview of the current hit."""
        if event.key() == Qt.Key.Key_Space and self.list.currentIndex().isValid():
            self._choose(self.list.currentIndex(), QModelIndex())
        else:
            super().keyPressEvent(event)
