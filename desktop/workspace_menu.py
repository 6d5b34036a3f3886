"""What can be done with workspaces, below their list in the menu: make, rename, colour, delete."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from core.domain.change import Receipt
from core.domain.plain_text import one_line
from core.domain.workspace import COLOURS, Workspace
from core.knowledge_base import KnowledgeBase
from desktop.context import Context
from desktop.dialogs.delete_workspace_dialog import DeleteWorkspaceDialog
from desktop.dialogs.name_dialog import NameDialog
from desktop.remembered import Remembered
from desktop.theme.colours import WORKSPACE_COLOURS
from desktop.widgets.dot import dot
from desktop.words import receipt_lines

DEFAULT_WORKSPACE = "My documents"


class WorkspaceMenu(QObject):
    """Asks and has it done; the window shows what comes of it.

    Attributes:
        wanted: A workspace is to be shown.
        changed: The one that is shown has another name or colour: as it is now.
        leaving: The one that is shown is being deleted; nobody may ask for it any more.
    """

    wanted = Signal(object)
    changed = Signal(object)
    leaving = Signal()

    def __init__(self, context: Context, menu: QMenu, remembered: Remembered, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._remembered = remembered
        self._window = window
        self._workspace: Workspace | None = None
        menu.addSeparator()
        self.create = menu.addAction(self.tr("New workspace…"), self.ask_for_new)
        self.rename = menu.addAction(self.tr("Rename…"), self.ask_for_name)
        self.colours = menu.addMenu(self.tr("Colour"))
        names = {
            "red": self.tr("Red"),
            "orange": self.tr("Orange"),
            "yellow": self.tr("Yellow"),
            "green": self.tr("Green"),
            "teal": self.tr("Teal"),
            "blue": self.tr("Blue"),
            "violet": self.tr("Violet"),
            "grey": self.tr("Grey"),
        }
        for colour in COLOURS:
            action = self.colours.addAction(dot(WORKSPACE_COLOURS[colour]), names[colour])
            action.setCheckable(True)
            action.setData(colour)
            action.triggered.connect(partial(self._recolour, colour))
        self.delete = menu.addAction(self.tr("Delete…"), self.ask_for_deletion)

    def show_current(self, workspace: Workspace) -> None:
        """Say which workspace is shown."""
        self._workspace = workspace
        action: QAction
        for action in self.colours.actions():
            action.setChecked(action.data() == workspace.colour)

    def ask_for_new(self) -> None:
        """Ask for a name and make a workspace."""
        kb = self._context.kb
        dialog = NameDialog(
            self._context, self.tr("New workspace"), self.tr("Create"), kb.workspaces.create, parent=self._window
        )
        dialog.given.connect(self.wanted.emit)
        dialog.open()

    def ask_for_name(self) -> None:
        """Ask for another name of the workspace that is shown."""
        kb, workspace = self._context.kb, self._workspace
        if workspace is None:
            return
        dialog = NameDialog(
            self._context,
            self.tr("Rename workspace"),
            self.tr("Rename"),
            lambda name: kb.workspaces.rename(workspace, name),
            workspace.name,
            self._window,
        )
        dialog.given.connect(self.changed.emit)
        dialog.open()

    def _recolour(self, colour: str) -> None:
        kb, workspace = self._context.kb, self._workspace
        if workspace is not None:
            self._context.tasks.run(self, lambda: kb.workspaces.recolour(workspace, colour), self.changed.emit)

    def ask_for_deletion(self) -> None:
        """Have the deletion of the workspace that is shown confirmed."""
        workspace = self._workspace
        if workspace is None:
            return
        dialog = DeleteWorkspaceDialog(self._context, workspace, self._window)
        dialog.began.connect(self.leaving.emit)
        dialog.kept.connect(lambda: self.wanted.emit(workspace))
        dialog.deleted.connect(lambda receipt: self._go_on(workspace, receipt))
        dialog.open()

    def _go_on(self, gone: Workspace, receipt: Receipt) -> None:
        self._remembered.forget(gone.id)
        sentence = self.tr("“{name}” was deleted.").format(name=one_line(gone.name))
        self._context.notices.say(sentence, " · ".join(receipt_lines(receipt)))
        kb = self._context.kb
        self._context.tasks.run(self, lambda: _another(kb), self.wanted.emit)


def _another(kb: KnowledgeBase) -> Workspace:
    """Return a workspace to show, made if there is none."""
    every = kb.workspaces.all()
    return every[0] if every else kb.workspaces.get_or_create(DEFAULT_WORKSPACE)
