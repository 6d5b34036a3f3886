"""Everything that needs the open engine: the pages, which workspace they show, and what one asks of another."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from core.domain.document import Document
from core.domain.workspace import Workspace
from core.errors import PathNotFound, WorkspaceNotFound
from core.knowledge_base import KnowledgeBase
from desktop.actions import Actions
from desktop.activity import Activity
from desktop.changes import News
from desktop.context import Context
from desktop.dialogs.adding import Adding
from desktop.frame import Frame
from desktop.golden import Golden
from desktop.pages.activity import ActivityDock
from desktop.pages.golden_page import GoldenPage
from desktop.pages.library_page import Filter, LibraryPage
from desktop.pages.map_page import MapPage
from desktop.pages.matches_page import MatchesPage
from desktop.pages.preview_pane import PreviewPane
from desktop.pages.search_page import SearchPage
from desktop.pages.sources_pane import SourcesPane
from desktop.pages.usage_page import UsagePage
from desktop.preferences import Preferences
from desktop.remembered import Remembered
from desktop.searching import Searching
from desktop.shortcuts import Shortcuts
from desktop.standing import Standing
from desktop.widgets.saved_searches import SavedSearches
from desktop.workspace_menu import DEFAULT_WORKSPACE, WorkspaceMenu

_QUIET_MS = 250
_AGAIN_MS = 1000
_COUNT_MS = 20_000


class Desk(QObject):
    """One workspace at a time, on all pages.

    Attributes:
        named: The workspace that is shown, at first and whenever its name or colour has changed.
    """

    named = Signal(object)
    _switched = Signal(object)

    def __init__(
        self,
        context: Context,
        frame: Frame,
        actions: Actions,
        shortcuts: Shortcuts,
        remembered: Remembered,
        data_folder: Path,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._context = context
        self._frame = frame
        self._actions = actions
        self._remembered = remembered
        self._workspace: Workspace | None = None
        self._searchable = False
        self.search = SearchPage(context)
        self.matches = MatchesPage(context)
        self.library = LibraryPage(context)
        self.map = MapPage(context)
        self.usage = UsagePage(context)
        self.golden_page = GoldenPage(context)
        self.preview = PreviewPane(context)
        self.sources = SourcesPane(context)
        self.dock = ActivityDock(context)
        self.saved = SavedSearches(context.theme)
        self._pages = {
            actions.show_search: self.search,
            actions.show_library: self.library,
            actions.show_map: self.map,
            actions.show_usage: self.usage,
            actions.show_golden: self.golden_page,
        }
        for page in (*self._pages.values(), self.matches):
            frame.pages.addWidget(page)
        frame.side.add_section(self.sources, 1)
        frame.side.add_section(self.saved)
        frame.place(self.preview, self.dock, remembered.state("window", "dock"))
        self.workspace_menu = WorkspaceMenu(context, frame.top.workspaces, remembered, window)
        self.activity = Activity(context, frame.strip, self.dock, actions.show_activity, window)
        self.preferences = Preferences(context, shortcuts, data_folder, window)
        self._adding = Adding(context, window)
        self._searching = Searching(context, self.saved, frame.top.query, window)
        self.golden = Golden(context, self.golden_page, window)
        for page in (self.search, self.matches, self.library, self.map, self.usage, self.golden_page):
            self._switched.connect(page.open)
        for part in (self.preview, self.sources, self.activity, self.preferences, self._adding, self._searching):
            self._switched.connect(part.open)
        self._switched.connect(self.golden.open)
        self._refreshing = _timer(self, _QUIET_MS, self.refresh)
        self._looking_again = _timer(self, _AGAIN_MS, self.refresh)
        self._counting = QTimer(self, interval=_COUNT_MS)
        self._counting.timeout.connect(self._count_connections)
        self._counting.start()
        self._count_connections()
        context.changes.news.connect(self._hear)
        context.notices.offer(PathNotFound, self.tr("Look again"), self._rescan)
        self._connect_pages()
        self._connect_actions()

    # -- what one asks of another -------------------------------------------------------------------------------------

    def _connect_pages(self) -> None:
        frame, search, library, preview = self._frame, self.search, self.library, self.preview
        frame.top.switched.connect(self.show)
        frame.top.query.typed.connect(lambda query: self._search(query, finished=False))
        frame.top.query.entered.connect(lambda query: self._search(query, finished=True))
        frame.top.query.left.connect(search.focus_results)
        frame.dock_moved.connect(self._keep_dock)
        search.wants_query.connect(frame.top.query.ask)
        search.chosen.connect(preview.show_hit)
        search.opened.connect(lambda _: preview.open_outside())
        search.wants_failures.connect(self.activity.show_failures)
        search.wants_all.connect(self._show_all)
        search.wants_folder.connect(self._adding.ask_for_folder)
        search.wants_files.connect(self._adding.ask_for_files)
        search.wants_sample.connect(self._adding.try_sample)
        search.recorded.connect(self._searching.refresh)
        self.matches.left.connect(lambda: self._show_page(search))
        self.matches.chosen.connect(lambda document, _query: preview.show_document(document))
        self.golden_page.left.connect(lambda: self._show_page(search))
        self.golden_page.wants_query.connect(frame.top.query.ask)
        self.golden_page.chosen.connect(self._show_document)
        self.golden.wanted.connect(lambda: self._show_page(self.golden_page))
        search.menu.wants_pin.connect(self.golden.pin)
        library.document_chosen.connect(self._show_document)
        library.document_opened.connect(lambda _: preview.open_outside())
        self.map.document_chosen.connect(preview.show_document)
        self.map.wants_list.connect(lambda ids: self._show_library(Filter(ids=tuple(ids))))
        self.sources.chosen.connect(lambda source: self._show_library(Filter(source=source)))
        self.sources.wants_folder.connect(self._adding.ask_for_folder)
        library.columns.choose(self._remembered.columns("library"))
        library.columns.chosen.connect(lambda names: self._remembered.keep_columns("library", names))
        self.activity.changed.connect(self.refresh)
        self.dock.wants_setting.connect(self.preferences.show_option)
        self.workspace_menu.wanted.connect(self.show)
        self.workspace_menu.changed.connect(self._name)
        self.workspace_menu.leaving.connect(self._leave)

    def _connect_actions(self) -> None:
        actions, search, preview = self._actions, self.search, self.preview
        for action, page in self._pages.items():
            action.triggered.connect(lambda _checked=False, page=page: self._show_page(page))
        actions.focus_query.triggered.connect(self._focus_query)
        actions.next_pane.triggered.connect(self._frame.focus_next)
        actions.narrow.triggered.connect(search.narrow.showMenu)
        actions.save_search.triggered.connect(self._searching.save)
        actions.next_result.triggered.connect(lambda: search.step(1))
        actions.previous_result.triggered.connect(lambda: search.step(-1))
        actions.next_hit.triggered.connect(lambda: preview.step(1))
        actions.previous_hit.triggered.connect(lambda: preview.step(-1))
        actions.open_document.triggered.connect(preview.open_outside)
        actions.show_in_folder.triggered.connect(preview.show_in_folder)
        actions.copy_citation.triggered.connect(preview.copy_citation)
        actions.add_folder.triggered.connect(self._adding.ask_for_folder)
        actions.add_files.triggered.connect(self._adding.ask_for_files)
        actions.paste.triggered.connect(self._adding.paste)
        actions.rescan.triggered.connect(self._rescan)
        actions.settings.triggered.connect(lambda: self.preferences.show_page())
        actions.show_shortcuts.triggered.connect(lambda: self.preferences.show_page("shortcuts"))

    def _search(self, query: str, *, finished: bool) -> None:
        if query.strip():
            self._show_page(self.search)
        self.search.search(query, finished=finished)

    def _show_document(self, document: Document | None) -> None:
        if document is None:
            self.preview.show_hit(None, "")
        else:
            self.preview.show_document(document)

    def _show_library(self, wanted: Filter) -> None:
        self._show_page(self.library)
        self.library.show_only(wanted)

    def _show_all(self, query: str) -> None:
        self._show_page(self.matches)
        self.matches.show_matches(query)

    def _show_page(self, page: QWidget) -> None:
        self._frame.pages.setCurrentWidget(page)
        for action, own in self._pages.items():
            action.setChecked(page is own or (own is self.search and page is self.matches))
        self._offer_preview()

    def _offer_preview(self) -> None:
        """Leave the room of the preview to pages that show no documents, and where there are none."""
        self._frame.offer_preview(self._searchable and self._frame.pages.currentWidget() is not self.usage)

    def _focus_query(self) -> None:
        self._show_page(self.search)
        self._frame.top.query.setFocus()
        self._frame.top.query.selectAll()

    def _rescan(self) -> None:
        kb, workspace = self._context.kb, self._workspace
        if workspace is not None:
            self._context.tasks.run(self, lambda: kb.sources.rescan(workspace))

    def _count_connections(self) -> None:
        self._context.tasks.run(self, self._context.kb.upkeep.connections, self._frame.top.network.tell)

    # -- the workspace ------------------------------------------------------------------------------------------------

    def begin(self, name: str | None) -> None:
        """Show a workspace: that of this name, or the one shown last, or the first, made if there is none."""
        kb, last = self._context.kb, self._remembered.workspace

        def failed(error: BaseException) -> None:
            self._context.notices.error(error)
            if name is not None and isinstance(error, WorkspaceNotFound):
                self.begin(None)

        self._context.tasks.run(self, lambda: _chosen(kb, name, last), self.show, failed)

    def show(self, workspace: Workspace) -> None:
        """Show another workspace."""
        self.keep()
        self._workspace = workspace
        self._remembered.workspace = workspace.id
        self._frame.restore_widths(self._remembered.state(workspace.id, "panes"))
        self._frame.top.query.clear()
        self._switched.emit(workspace)
        self._show_page(self.search)
        self._name(workspace)
        self._frame.top.query.setFocus()
        self._context.tasks.run(self, lambda: self._context.kb.resume(workspace))

    def keep(self) -> None:
        """Remember how the panes stand."""
        if self._workspace is not None:
            self._remembered.keep(self._workspace.id, "panes", self._frame.widths())

    def _keep_dock(self) -> None:
        # Now and not at the end: the height of a dock that is hidden then is nothing.
        self._remembered.keep("window", "dock", self._frame.dock_height())

    def _name(self, workspace: Workspace) -> None:
        kb = self._context.kb
        self._workspace = workspace
        self.named.emit(workspace)
        for part in (self.search, self._adding, self.preferences):
            part.rename(workspace)
        self.workspace_menu.show_current(workspace)
        self._context.tasks.run(
            self, lambda: kb.workspaces.all(), lambda every: self._frame.top.show_workspace(workspace, every)
        )
        self.refresh()

    def _leave(self) -> None:
        self.keep()
        self._workspace = None
        # Nobody else deletes workspaces; who is told that it is not there had asked before.
        self._context.notices.hush(WorkspaceNotFound)

    def _hear(self, news: News) -> None:
        if self._workspace is not None and news.workspace_id == self._workspace.id and not self._refreshing.isActive():
            self._refreshing.start()

    def refresh(self) -> None:
        """Ask how the workspace stands, and show it."""
        kb, workspace = self._context.kb, self._workspace
        if workspace is not None:
            self._context.tasks.run(
                self, lambda: Standing.of(kb, workspace), lambda found: self._show_standing(workspace, found)
            )

    def _show_standing(self, workspace: Workspace, standing: Standing) -> None:
        if workspace is not self._workspace:
            return
        self._searchable = standing.searchable > 0
        self._offer_preview()
        self.sources.show_sources(standing.sources)
        self.activity.show_standing(standing.progress, standing.searchable, standing.failed, paused=standing.paused)
        self.search.refresh()
        self.library.refresh()
        self.map.refresh()
        if standing.progress.idle:
            self.golden.check()
        else:
            # Nothing is told of when the index of meaning has been loaded.
            self._looking_again.start()


def _timer(parent: QObject, milliseconds: int, do: object) -> QTimer:
    timer = QTimer(parent, singleShot=True, interval=milliseconds)
    timer.timeout.connect(do)
    return timer


def _chosen(kb: KnowledgeBase, name: str | None, last: str) -> Workspace:
    if name is not None:
        return kb.workspaces.get(name)
    every = kb.workspaces.all()
    shown = next((each for each in every if each.id == last), None)
    return shown or (every[0] if every else kb.workspaces.get_or_create(DEFAULT_WORKSPACE))
