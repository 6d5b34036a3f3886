"""Saved searches and the history of a workspace: between the list at the left, the search box and the engine."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog, QWidget

from core.domain.saved_search import SavedSearch
from core.domain.workspace import Workspace
from desktop.context import Context
from desktop.widgets.query_bar import QueryBar
from desktop.widgets.saved_searches import SavedSearches

_RECENT = 20


class Searching(QObject):
    """Keeps, removes and offers searches."""

    def __init__(self, context: Context, saved: SavedSearches, bar: QueryBar, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._saved = saved
        self._bar = bar
        self._window = window
        self._workspace: Workspace | None = None
        saved.chosen.connect(bar.ask)
        saved.wants_saving.connect(self.save)
        saved.wants_removal.connect(self._remove)
        saved.wants_clearing.connect(self._clear)

    def open(self, workspace: Workspace) -> None:
        """Offer the searches of this workspace."""
        self._workspace = workspace
        self.refresh()

    def refresh(self) -> None:
        """Read them again."""
        workspace, kb = self._workspace, self._context.kb
        if workspace is not None:
            self._context.tasks.run(
                self,
                lambda: (kb.searches.all(workspace), kb.searches.recent(workspace, _RECENT)),
                lambda found: self._saved.show_searches(*found),
            )

    def save(self) -> None:
        """Ask for a name and keep what stands in the search box."""
        workspace, query = self._workspace, self._bar.text().strip()
        if workspace is None:
            return
        if not query:
            self._context.notices.say(self.tr("There is nothing to keep yet."), self.tr("Search for something first."))
            return
        name, given = QInputDialog.getText(self._window, self.tr("Keep this search"), self.tr("Name:"), text=query[:60])
        if given:
            kb = self._context.kb
            self._context.tasks.run(self, lambda: kb.searches.save(workspace, name, query), lambda _: self.refresh())

    def _remove(self, search: SavedSearch) -> None:
        workspace, kb = self._workspace, self._context.kb
        if workspace is not None:
            self._context.tasks.run(self, lambda: kb.searches.remove(workspace, search.id), lambda _: self.refresh())

    def _clear(self) -> None:
        workspace, kb = self._workspace, self._context.kb
        if workspace is not None:
            self._context.tasks.run(self, lambda: kb.searches.clear_history(workspace), lambda _: self.refresh())
