"""The bar at the top: which workspace, what is looked for, and that nothing leaves this computer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from core.domain.plain_text import one_line
from core.domain.workspace import Workspace
from desktop.theme import Theme
from desktop.theme.colours import WORKSPACE_COLOURS
from desktop.theme.theme import GRID, sized
from desktop.widgets.dot import dot
from desktop.widgets.network_label import NetworkLabel
from desktop.widgets.query_bar import QueryBar


class TopBar(QWidget):
    """Workspace, search box, search button, and the state of the network.

    Attributes:
        query: The search box.
        network: How many connections are open.
        workspaces: The menu of the workspaces.
        switched: Another workspace was chosen.
    """

    switched = Signal(object)

    def __init__(self, theme: Theme, switches: Sequence[QAction], parent: QWidget | None = None) -> None:
        """`switches` are the actions that switch to the first workspaces of the menu."""
        super().__init__(parent)
        self._switches = switches
        for place, each in enumerate(switches, start=1):
            each.triggered.connect(lambda _checked=False, place=place: self._switch(place))
        self.setProperty("bar", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.query = QueryBar(theme)
        self.workspaces = QMenu(self)
        self._workspace = QToolButton()
        self._workspace.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._workspace.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._workspace.setMenu(self.workspaces)
        self._workspace.setMinimumHeight(36)
        self._workspace.setFont(sized(self.font(), 1.05, bold=True))
        self._workspace.setAccessibleName(self.tr("Workspace"))
        search = QPushButton(self.tr("Search"))
        search.setProperty("primary", True)
        search.clicked.connect(lambda: self.query.entered.emit(self.query.text()))
        self.network = NetworkLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, 2 * GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self._workspace)
        layout.addWidget(self.query, 1)
        layout.addWidget(search)
        layout.addSpacing(GRID)
        layout.addWidget(self.network)

    def show_workspace(self, current: Workspace, others: Sequence[Workspace]) -> None:
        """Name the current workspace, and offer all of them in the menu, above what stands there already."""
        self._workspace.setText(one_line(current.name) + "  ▾")
        self._workspace.setIcon(dot(_colour(current)))
        for action in [each for each in self.workspaces.actions() if each.data() is not None]:
            self.workspaces.removeAction(action)
        below = self.workspaces.actions()
        for place, each in enumerate(others, start=1):
            action = self.workspaces.addAction(
                dot(_colour(each)), one_line(each.name).replace("&", "&&") + self._keys(place)
            )
            action.setData(each.id)
            action.setCheckable(True)
            action.setChecked(each.id == current.id)
            action.triggered.connect(lambda _checked=False, each=each: self.switched.emit(each))
            if below:
                self.workspaces.insertAction(below[0], action)

    def _keys(self, place: int) -> str:
        """Return the keys of a place of the menu, set apart by a tab; they belong to an action of the window."""
        if place > len(self._switches):
            return ""
        return "\t" + self._switches[place - 1].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def _switch(self, place: int) -> None:
        listed = [each for each in self.workspaces.actions() if each.data() is not None]
        if place <= len(listed):
            listed[place - 1].trigger()

    def narrow(self, narrow: bool) -> None:
        """Leave out what has no room in a narrow window."""
        self.network.setVisible(not narrow)


def _colour(workspace: Workspace) -> str:
    return WORKSPACE_COLOURS.get(workspace.colour, WORKSPACE_COLOURS["teal"])
