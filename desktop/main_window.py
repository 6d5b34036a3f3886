"""The window: shown at once, filled when the engine is open."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QMainWindow

from core.domain.plain_text import one_line
from core.domain.workspace import Workspace
from core.errors import DataFolderLocked
from core.knowledge_base import KnowledgeBase
from desktop import menus
from desktop.actions import Actions
from desktop.changes import Changes
from desktop.context import Context
from desktop.desk import Desk
from desktop.dialogs.fault_dialog import FaultDialog
from desktop.engine import Engine
from desktop.frame import Frame
from desktop.notices import Notices
from desktop.remembered import Remembered
from desktop.shortcuts import Shortcuts
from desktop.tasks import Tasks
from desktop.theme import Theme
from desktop.widgets.empty_state import EmptyState

_SIZE = (1280, 800)
_LEAST = (640, 480)


class MainWindow(QMainWindow):
    """Frame, menus and sizes.

    Attributes:
        actions_: What keys and menus do.
        frame: Bars and panes.
        desk: The pages; None until the engine is open.
        closed: It was closed, and so the program is to end.
    """

    closed = Signal()

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
        self.actions_ = Actions(self)
        self._shortcuts = Shortcuts(self.actions_, remembered)
        self.frame = Frame(theme, self.actions_)
        self.desk: Desk | None = None
        self._faults = FaultDialog(self)
        self._opening = EmptyState(theme)
        self._opening.say("library", self.tr("Opening your library…"))
        self.frame.pages.addWidget(self._opening)
        self.frame.top.setEnabled(False)
        self.frame.side.add_page(self.actions_.show_search, "search")
        self.frame.side.add_page(self.actions_.show_library, "library")
        self.frame.side.add_page(self.actions_.show_map, "map")
        self.frame.side.add_page(self.actions_.show_usage, "usage")
        self.setCentralWidget(self.frame)
        self.setWindowTitle("Carrel")
        self.setMinimumSize(*_LEAST)
        if not self.restoreGeometry(remembered.state("window", "geometry")):
            self.resize(*_SIZE)
        menus.fill(self.menuBar(), self.actions_)
        self.addActions(list(self.actions_.all()))  # their keys hold also where no menu shows them
        self.actions_.quit.triggered.connect(self.close)
        engine.opened.connect(self._opened)
        engine.failed.connect(self._not_opened)
        notices.said.connect(self.frame.notice.say)
        notices.fault.connect(self._faults.tell)
        theme.changed.connect(self.update)

    def _opened(self, kb: KnowledgeBase) -> None:
        context = Context(kb, self._tasks, self._changes, self._notices, self._theme)
        self.desk = Desk(
            context, self.frame, self.actions_, self._shortcuts, self._remembered, self._engine.data_folder, self
        )
        self.desk.named.connect(self._name)
        self.frame.top.setEnabled(True)
        self.frame.top.query.setFocus()
        self.desk.begin(self._wanted)

    def _name(self, workspace: Workspace) -> None:
        self.setWindowTitle(f"{one_line(workspace.name)} – Carrel")

    def _not_opened(self, error: BaseException) -> None:
        message = getattr(error, "message", "") or self.tr("Carrel could not be opened.")
        hint = getattr(error, "hint", "")
        if isinstance(error, DataFolderLocked):
            hint = self.tr("Another Carrel is at work with these documents; wait until it has finished.")
        self._opening.say("lock", message, [hint], [(self.tr("Try again"), self._try_again)])

    def _try_again(self) -> None:
        self._opening.say("library", self.tr("Opening your library…"))
        self._engine.open()

    def come_to_front(self) -> None:
        """Show the window above all others."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave panes out where there is no room for them."""
        super().resizeEvent(event)
        self.frame.fit()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember sizes, and take all dialogs along; the engine is closed when the event loop has ended."""
        if self.desk is not None:
            self.desk.keep()
        self._remembered.keep("window", "geometry", QByteArray(self.saveGeometry()))
        for dialog in self.findChildren(QDialog):
            dialog.hide()
        super().closeEvent(event)
        self.closed.emit()
