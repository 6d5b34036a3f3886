"""The window: it puts the panes together and passes on what one of them asks of another. It does nothing itself."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from core.domain.change import Progress
from core.domain.document import Document, State
from core.domain.plain_text import one_line
from core.domain.search import Hit
from core.domain.workspace import Workspace
from core.errors import DataFolderLocked, PathNotFound
from core.knowledge_base import KnowledgeBase
from desktop.actions import Actions
from desktop.activity import Activity
from desktop.changes import Changes, News
from desktop.context import Context
from desktop.dialogs.adding import Adding
from desktop.dialogs.fault_dialog import FaultDialog
from desktop.engine import Engine
from desktop.item_models.sources import SourceRow
from desktop.notices import Notices
from desktop.pages.activity import ActivityDock
from desktop.pages.library_page import Filter, LibraryPage
from desktop.pages.matches_page import MatchesPage
from desktop.pages.preview_pane import PreviewPane
from desktop.pages.search_page import SearchPage
from desktop.pages.sources_pane import SourcesPane
from desktop.preferences import Preferences
from desktop.remembered import Remembered
from desktop.searching import Searching
from desktop.shortcuts import Shortcuts
from desktop.tasks import Tasks
from desktop.theme import Theme
from desktop.widgets.activity_strip import ActivityStrip
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.notice_bar import NoticeBar
from desktop.widgets.saved_searches import SavedSearches
from desktop.widgets.side_pane import SidePane
from desktop.widgets.top_bar import TopBar
from desktop.workspace_menu import DEFAULT_WORKSPACE, WorkspaceMenu

_ROOM_FOR_PREVIEW = 1100
_ROOM_FOR_SIDE = 800
_QUIET_MS = 250
_AGAIN_MS = 1000


class MainWindow(QMainWindow):
    """Shown before the engine is open; its pages are made when it is."""

    _switched = Signal(object)

    def __init__(
        self,
        engine: Engine,
        tasks: Tasks,
        changes: Changes,
        notices: Notices,
        theme: Theme,
        remembered: Remembered,
        workspace: str | None = None,
    ) -> None:
        """`workspace` is the name of the one to show; None for the one shown last."""
        super().__init__()
        self._engine = engine
        self._tasks = tasks
        self._changes = changes
        self._notices = notices
        self._theme = theme
        self._remembered = remembered
        self._wanted = workspace
        self._kb: KnowledgeBase | None = None
        self._workspace: Workspace | None = None
        self.actions_ = Actions(self)
        self._shortcuts = Shortcuts(self.actions_, remembered)
        self.top = TopBar(theme, self.actions_.workspaces)
        self.side = SidePane(theme)
        self.strip = ActivityStrip(theme, self.actions_.show_activity)
        self._notice = NoticeBar(theme)
        self._faults = FaultDialog(self)
        self._opening = EmptyState(theme)
        self._opening.say("library", self.tr("Opening your library…"))
        self.pages = QStackedWidget()
        self.pages.addWidget(self._opening)
        self.preview: PreviewPane | None = None
        self.search: SearchPage | None = None
        self.workspace_menu: WorkspaceMenu | None = None
        self.matches: MatchesPage | None = None
        self.sources: SourcesPane | None = None
        self.activity: Activity | None = None
        self.library: LibraryPage | None = None
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.side)
        self._splitter.addWidget(self.pages)
        self._splitter.setStretchFactor(1, 1)
        self._upright = QSplitter(Qt.Orientation.Vertical)
        self._upright.setHandleWidth(1)
        self._upright.setChildrenCollapsible(False)
        self._upright.addWidget(self._splitter)
        self._refreshing = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._refreshing.timeout.connect(self._refresh)
        self._looking_again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._looking_again.timeout.connect(self._refresh)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for each in (self.top, self._notice):
            layout.addWidget(each)
        layout.addWidget(self._upright, 1)
        layout.addWidget(self.strip)
        self.setCentralWidget(whole)
        self.setWindowTitle("Carrel")
        self.setMinimumSize(640, 480)
        if not self.restoreGeometry(self._remembered.state("window", "geometry")):
            self.resize(1280, 800)
        self.top.setEnabled(False)
        actions = self.actions_
        file = self.menuBar().addMenu(self.tr("&File"))
        for action in (actions.add_folder, actions.add_files, actions.paste, actions.rescan):
            file.addAction(action)
        file.addSeparator()
        file.addAction(actions.settings)
        file.addAction(actions.quit)
        go = self.menuBar().addMenu(self.tr("&Go"))
        for action in (actions.focus_query, actions.narrow, actions.save_search):
            go.addAction(action)
        go.addSeparator()
        for action in (actions.show_search, actions.show_library, actions.next_pane):
            go.addAction(action)
        go.addSeparator()
        for action in (actions.next_result, actions.previous_result, actions.next_hit, actions.previous_hit):
            go.addAction(action)
        view = self.menuBar().addMenu(self.tr("&View"))
        for action in (actions.show_side, actions.show_preview, actions.show_activity):
            view.addAction(action)
        view.addSeparator()
        view.addAction(actions.show_shortcuts)
        document = self.menuBar().addMenu(self.tr("&Document"))
        for action in (actions.open_document, actions.show_in_folder, actions.copy_citation):
            document.addAction(action)
        self.addActions(list(actions.all()))  # their keys hold also where no menu shows them
        self.side.add_page(actions.show_search, "search")
        self.side.add_page(actions.show_library, "library")
        for action in (actions.show_side, actions.show_preview):
            action.setChecked(True)

    def _connect(self) -> None:
        actions = self.actions_
        self._engine.opened.connect(self._opened)
        self._engine.failed.connect(self._not_opened)
        self._changes.news.connect(self._hear)
        self._notices.said.connect(self._notice.say)
        self._notices.fault.connect(self._faults.tell)
        self._notices.offer(PathNotFound, self.tr("Look again"), self._rescan)
        self._theme.changed.connect(self.update)
        self.top.switched.connect(self.show_workspace)
        actions.quit.triggered.connect(self.close)
        actions.focus_query.triggered.connect(self._focus_query)
        actions.show_side.toggled.connect(self.side.setVisible)

    # -- the engine ---------------------------------------------------------------------------------------------------

    def _opened(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        context = Context(kb, self._tasks, self._changes, self._notices, self._theme)
        self.search = SearchPage(context)
        self.preview = PreviewPane(context)
        self.workspace_menu = WorkspaceMenu(context, self.top.workspaces, self._remembered, self)
        self.workspace_menu.wanted.connect(self.show_workspace)
        self.workspace_menu.changed.connect(self._name_workspace)
        self.workspace_menu.leaving.connect(self._leave_workspace)
        self.matches = MatchesPage(context)
        self.dock = ActivityDock(context)
        self._upright.addWidget(self.dock)
        if not self._upright.restoreState(self._remembered.state("window", "dock")):
            self._upright.setSizes([560, 240])
        self._upright.splitterMoved.connect(self._keep_dock)
        self.activity = Activity(context, self.strip, self.dock, self.actions_.show_activity, self)
        self.activity.changed.connect(self._refresh)
        self._switched.connect(self.activity.open)
        self.preferences = Preferences(context, self._shortcuts, self._engine.data_folder, self)
        self._switched.connect(self.preferences.open)
        self.actions_.settings.triggered.connect(lambda: self.preferences.show_page())
        self.actions_.show_shortcuts.triggered.connect(lambda: self.preferences.show_page("shortcuts"))
        self.dock.wants_setting.connect(self.preferences.show_option)
        self.search.wants_failures.connect(self.activity.show_failures)
        self.pages.addWidget(self.search)
        self.pages.addWidget(self.matches)
        self._switched.connect(self.matches.open)
        self.search.wants_all.connect(self._show_all)
        self.matches.left.connect(lambda: self._show_page(self.search))
        self._splitter.addWidget(self.preview)
        self._splitter.setSizes([220, 520, 540])
        self._fit(self.width())
        adding = Adding(context, self)
        self._switched.connect(adding.open)
        self.sources = SourcesPane(context)
        self.side.add_section(self.sources, 1)
        self._switched.connect(self.sources.open)
        self.library = library = LibraryPage(context)
        self.pages.addWidget(library)
        self._switched.connect(library.open)
        self.sources.chosen.connect(lambda source: self._show_library(Filter(source=source)))
        library.document_chosen.connect(self._show_document)
        library.document_opened.connect(lambda _: self.preview.open_outside() if self.preview else None)
        self.actions_.show_library.triggered.connect(lambda: self._show_page(library))
        self.saved = SavedSearches(self._theme)
        self.side.add_section(self.saved)
        searching = Searching(context, self.saved, self.top.query, self)
        self.search.recorded.connect(searching.refresh)
        self._switched.connect(searching.open)
        self.actions_.save_search.triggered.connect(searching.save)
        self.actions_.narrow.triggered.connect(self.search.narrow.showMenu)
        search, preview, actions = self.search, self.preview, self.actions_
        self.top.query.typed.connect(lambda query: search.search(query, finished=False))
        self.top.query.entered.connect(lambda query: search.search(query, finished=True))
        self.top.query.left.connect(search.focus_results)
        search.wants_query.connect(self.top.query.ask)
        search.chosen.connect(self._show_hit)
        search.opened.connect(lambda _: preview.open_outside())
        actions.show_search.triggered.connect(lambda: self._show_page(search))
        actions.show_preview.toggled.connect(preview.setVisible)
        actions.next_result.triggered.connect(lambda: search.step(1))
        actions.previous_result.triggered.connect(lambda: search.step(-1))
        actions.next_hit.triggered.connect(lambda: preview.step(1))
        actions.previous_hit.triggered.connect(lambda: preview.step(-1))
        actions.open_document.triggered.connect(preview.open_outside)
        actions.show_in_folder.triggered.connect(preview.show_in_folder)
        actions.copy_citation.triggered.connect(preview.copy_citation)
        for wants_folder in (actions.add_folder.triggered, self.sources.wants_folder, search.wants_folder):
            wants_folder.connect(adding.ask_for_folder)
        for wants_files in (actions.add_files.triggered, search.wants_files):
            wants_files.connect(adding.ask_for_files)
        search.wants_sample.connect(adding.try_sample)
        actions.paste.triggered.connect(adding.paste)
        actions.rescan.triggered.connect(self._rescan)
        self.top.setEnabled(True)
        wanted, last = self._wanted, self._remembered.workspace
        self._tasks.run(self, lambda: _workspaces(kb, wanted, last), lambda found: self._show_workspaces(*found))
        self.top.query.setFocus()

    def _not_opened(self, error: BaseException) -> None:
        message = getattr(error, "message", "") or self.tr("Carrel could not be opened.")
        hint = getattr(error, "hint", "")
        if isinstance(error, DataFolderLocked):
            hint = self.tr("Another Carrel is at work with these documents; wait until it has finished.")
        self._opening.say("lock", message, [hint], [(self.tr("Try again"), self._try_again)])

    def _try_again(self) -> None:
        self._opening.say("library", self.tr("Opening your library…"))
        self._engine.open()

    # -- workspaces ---------------------------------------------------------------------------------------------------

    def _show_workspaces(self, current: Workspace, every: list[Workspace]) -> None:
        self.top.show_workspace(current, every)
        self.show_workspace(current)

    def show_workspace(self, workspace: Workspace) -> None:
        """Show another workspace."""
        kb = self._kb
        if kb is None or self.search is None or self.preview is None:
            return
        self._keep()
        self._workspace = workspace
        self._remembered.workspace = workspace.id
        panes = self._remembered.state(workspace.id, "panes")
        if not panes.isEmpty():
            self._splitter.restoreState(panes)
        self.top.query.clear()
        self.preview.open(workspace)
        self.search.open(workspace)
        self._switched.emit(workspace)
        self._show_page(self.search)
        self._name_workspace(workspace)
        self.top.query.setFocus()
        self._tasks.run(self, lambda: kb.resume(workspace))

    def _name_workspace(self, workspace: Workspace) -> None:
        """Show name and colour of the workspace, which may have changed."""
        kb = self._kb
        if kb is None or self.workspace_menu is None:
            return
        self._workspace = workspace
        self.setWindowTitle(f"{one_line(workspace.name)} – Carrel")
        self.workspace_menu.show_current(workspace)
        self._tasks.run(self, lambda: kb.workspaces.all(), lambda every: self.top.show_workspace(workspace, every))
        self._refresh()

    def _leave_workspace(self) -> None:
        self._keep()
        self._workspace = None

    def _hear(self, news: News) -> None:
        if self._workspace is not None and news.workspace_id == self._workspace.id and not self._refreshing.isActive():
            self._refreshing.start()

    def _refresh(self) -> None:
        """Ask for the sources and the progress; the page looks again once all is quiet."""
        kb, workspace = self._kb, self._workspace
        if kb is None or workspace is None:
            return

        self._tasks.run(self, lambda: _Standing.of(kb, workspace), lambda found: self._show_standing(workspace, found))

    def _show_standing(self, workspace: Workspace, standing: _Standing) -> None:
        if workspace is not self._workspace or self.search is None or self.sources is None or self.activity is None:
            return
        self.sources.show_sources(standing.sources)
        states = {each.source.state for each in standing.sources}
        self.activity.show_standing(
            standing.progress,
            standing.searchable,
            standing.failed,
            paused="paused" in states and "active" not in states,
        )
        self.search.refresh()
        if self.library is not None:
            self.library.refresh()
        if not standing.progress.idle:
            # Nothing is told of when the index of meaning has been loaded.
            self._looking_again.start()

    # -- what panes ask for -------------------------------------------------------------------------------------------

    def _rescan(self) -> None:
        kb, workspace = self._kb, self._workspace
        if kb is not None and workspace is not None:
            self._tasks.run(self, lambda: kb.sources.rescan(workspace))

    def _show_hit(self, hit: Hit | None, query: str) -> None:
        if self.preview is not None:
            self.preview.show_hit(hit, query)

    def _show_document(self, document: Document | None) -> None:
        if self.preview is not None:
            if document is None:
                self.preview.show_hit(None, "")
            else:
                self.preview.show_document(document)

    def _show_library(self, wanted: Filter) -> None:
        if self.library is not None:
            self._show_page(self.library)
            self.library.show_only(wanted)

    def _show_all(self, query: str) -> None:
        if self.matches is not None:
            self._show_page(self.matches)
            self.matches.show_matches(query)

    def _show_page(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self.actions_.show_search.setChecked(page in (self.search, self.matches))
        self.actions_.show_library.setChecked(page is self.library)

    def _focus_query(self) -> None:
        if self.search is not None:
            self._show_page(self.search)
        self.top.query.setFocus()
        self.top.query.selectAll()

    def come_to_front(self) -> None:
        """Show the window above all others."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    # -- the window itself --------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave panes out where there is no room for them."""
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        self.top.narrow(width < _ROOM_FOR_SIDE)
        self.side.setVisible(width >= _ROOM_FOR_SIDE and self.actions_.show_side.isChecked())
        if self.preview is not None:
            self.preview.setVisible(width >= _ROOM_FOR_PREVIEW and self.actions_.show_preview.isChecked())

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember sizes; the engine is closed when the event loop has ended."""
        self._keep()
        self._remembered.keep("window", "geometry", QByteArray(self.saveGeometry()))
        super().closeEvent(event)

    def _keep_dock(self) -> None:
        # Now and not at the end: the height of a dock that is hidden then is nothing.
        self._remembered.keep("window", "dock", QByteArray(self._upright.saveState()))

    def _keep(self) -> None:
        if self._workspace is not None:
            self._remembered.keep(self._workspace.id, "panes", QByteArray(self._splitter.saveState()))


@dataclass(frozen=True, slots=True)
class _Standing:
    """How a workspace stands, as the panes around the page show it."""

    sources: list[SourceRow]
    progress: Progress
    searchable: int
    failed: int

    @classmethod
    def of(cls, kb: KnowledgeBase, workspace: Workspace) -> _Standing:
        counts = kb.documents.ledger(workspace, files=False).counts
        coverage, watched = kb.sources.coverage(workspace), kb.sources.watch_states(workspace)
        return cls(
            [SourceRow(each, watched.get(each.id), coverage.get(each.id, {})) for each in kb.sources.all(workspace)],
            kb.documents.progress(workspace),
            sum(counts[each] for each in (State.WORDS, State.MEANING, State.PARTIAL, State.STALE)),
            counts[State.FAILED],
        )


def _workspaces(kb: KnowledgeBase, wanted: str | None, last: str) -> tuple[Workspace, list[Workspace]]:
    """Return the workspace to show, made if there is none, and all of them."""
    if wanted is not None:
        return kb.workspaces.get(wanted), kb.workspaces.all()
    every = kb.workspaces.all()
    shown = next((each for each in every if each.id == last), None)
    return shown or (every[0] if every else kb.workspaces.get_or_create(DEFAULT_WORKSPACE)), kb.workspaces.all()
