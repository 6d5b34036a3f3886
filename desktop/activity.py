"""What goes on in a workspace: between the strip at the bottom, the dock that it opens, and the engine."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from core.domain.change import Progress
from core.domain.workspace import Workspace
from core.knowledge_base import KnowledgeBase
from desktop.context import Context
from desktop.pages.activity import ActivityDock
from desktop.widgets.activity_strip import ActivityStrip


class Activity(QObject):
    """Pauses and resumes, opens the dock, and says once when a batch has been read.

    Attributes:
        changed: Reading was paused, resumed or cancelled.
    """

    changed = Signal()

    def __init__(
        self, context: Context, strip: ActivityStrip, dock: ActivityDock, show: QAction, window: QWidget
    ) -> None:
        """`show` is the action that shows the dock, checked while it is shown."""
        super().__init__(window)
        self._context = context
        self._strip = strip
        self._dock = dock
        self._show = show
        self._workspace: Workspace | None = None
        self._before: tuple[int, int] | None = None
        self._reading = False
        dock.hide()
        for tab in (dock.queue, dock.failed):
            tab.changed.connect(self.changed.emit)
        dock.closed.connect(lambda: show.setChecked(False))
        show.toggled.connect(dock.setVisible)
        strip.wants_pause.connect(self._pause)
        strip.wants_failures.connect(self.show_failures)

    def open(self, workspace: Workspace) -> None:
        """Show another workspace."""
        self._workspace = workspace
        self._before = None
        self._reading = False
        self._dock.open(workspace)

    def show_standing(self, progress: Progress, searchable: int, failed: int, *, paused: bool) -> None:
        """Show how the workspace stands.

        Args:
            progress: How far reading is.
            searchable: Number of documents that can be searched.
            failed: Number of documents that could not be read.
            paused: Whether no source is read.
        """
        self._strip.show_progress(progress, failed, paused=paused)
        self._dock.refresh()
        left = progress.queued + progress.running
        if self._before is None:
            self._before = (searchable, failed)
        if left and not self._reading:
            self._dock.log.add(self.tr("Reading begins; %n file(s) wait.", "", left))
        reading = left > 0 or progress.paused
        if not reading and (searchable > self._before[0] or failed > self._before[1]):
            self._tell(searchable, failed)
        self._reading = reading
        if not reading:
            self._before = (searchable, failed)

    def _tell(self, searchable: int, failed: int) -> None:
        sentence = self.tr("%Ln document(s) can be searched", "", searchable)
        if failed:
            sentence += self.tr("; %Ln could not be read", "", failed)
            self._context.notices.say(f"{sentence}.", "", self.tr("Show them"), self.show_failures)
        else:
            self._context.notices.say(f"{sentence}.")

    def show_failures(self) -> None:
        """Show what could not be read."""
        self._show.setChecked(True)
        self._dock.show_failures()

    def _pause(self, pause: bool) -> None:
        kb, workspace = self._context.kb, self._workspace
        if workspace is not None:
            self._context.tasks.run(self, lambda: _set_paused(kb, workspace, pause), lambda _: self.changed.emit())


def _set_paused(kb: KnowledgeBase, workspace: Workspace, pause: bool) -> None:
    """Pause all sources that are read, or resume all that are paused."""
    call, state = (kb.sources.pause, "active") if pause else (kb.sources.resume, "paused")
    for source in kb.sources.all(workspace):
        if source.state == state:
            call(workspace, source.id)
