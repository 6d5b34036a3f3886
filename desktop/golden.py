"""Golden queries: between the results, from which they are pinned, their page, and the engine that runs them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core.domain.golden import GoldenQuery, GoldenRun
from core.domain.plain_text import one_line
from core.domain.search import Hit
from core.domain.workspace import Workspace
from desktop.context import Context
from desktop.pages.golden_page import GoldenPage


class Golden(QObject):
    """Pins, runs again where the ranking may have changed, and tells once of what is found no more.

    Attributes:
        wanted: The page is to be shown.
    """

    wanted = Signal()

    def __init__(self, context: Context, page: GoldenPage, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._page = page
        self._workspace: Workspace | None = None

    def open(self, workspace: Workspace) -> None:
        """Serve this workspace from now on."""
        self._workspace = workspace

    def pin(self, hit: Hit, query: str, passage: bool) -> None:
        """Pin what a query must find: the document of a hit, or its passage; and look at once whether it does."""
        workspace, kb = self._workspace, self._context.kb
        if workspace is None:
            return

        def work() -> GoldenQuery:
            text = hit.text if passage else ""
            pinned = kb.golden.pin(workspace, query, hit.document.id, passage=text)
            return kb.golden.run(workspace, [pinned.id]).queries[0]

        self._context.tasks.run(self, work, self._pinned)

    def _pinned(self, golden: GoldenQuery) -> None:
        self._page.refresh()
        said = self.tr("Pinned: “{query}” must find “{title}” among the first {within}.").format(
            query=one_line(golden.query), title=one_line(golden.title), within=golden.within
        )
        hint = "" if golden.found else self.tr("It does not now.")
        self._context.notices.say(said, hint, self.tr("Show all"), self.wanted.emit)

    def check(self) -> None:
        """Run them if the ranking may have changed since; the engine knows."""
        workspace, kb = self._workspace, self._context.kb
        if workspace is not None:
            self._context.tasks.run(self, lambda: kb.golden.run_if_changed(workspace), self._checked)

    def _checked(self, run: GoldenRun | None) -> None:
        if run is None:
            return
        self._page.refresh()
        if not run.lost:
            return
        if len(run.lost) == 1:
            [lost] = run.lost
            said = self.tr("“{query}” no longer finds what it must find.").format(query=one_line(lost.query))
        else:
            said = self.tr("%n searches no longer find what they must find.", "", len(run.lost))
        self._context.notices.say(said, "", self.tr("Show them"), self.wanted.emit)
