"""The pane at the left: the pages, and the sources of the workspace with their state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from core.domain.plain_text import one_line
from core.domain.source import Source, WatchState
from desktop.theme import Theme
from desktop.theme.theme import GRID, sized
from desktop.words import source_path

_SOURCE = Qt.ItemDataRole.UserRole


class SidePane(QWidget):
    """Pages above, sources below.

    Attributes:
        wants_folder: The person wants to add a folder.
        source_chosen: A source was chosen: its record.
    """

    wants_folder = Signal()
    source_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._pages = QVBoxLayout()
        self._pages.setSpacing(2)
        title = QLabel(self.tr("Sources"))
        title.setProperty("muted", True)
        title.setFont(sized(self.font(), 0.9, bold=True))
        add = QToolButton()
        add.setIcon(theme.icons("add"))
        add.setToolTip(self.tr("Add a folder…"))
        add.setAccessibleName(self.tr("Add a folder"))
        add.clicked.connect(self.wants_folder.emit)
        head = QHBoxLayout()
        head.setContentsMargins(GRID, 0, 0, 0)
        head.addWidget(title, 1)
        head.addWidget(add)
        self._model = QStandardItemModel(self)
        self._tree = QTreeView()
        self._tree.setProperty("side", True)
        self._tree.setModel(self._model)
        self._tree.setHeaderHidden(True)
        self._tree.setRootIsDecorated(False)
        self._tree.setIndentation(0)
        self._tree.setIconSize(QSize(18, 18))
        self._tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._tree.setAccessibleName(self.tr("Sources"))
        self._tree.clicked.connect(lambda index: self.source_chosen.emit(index.data(_SOURCE)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID)
        layout.addLayout(self._pages)
        line = QFrame()
        line.setProperty("line", True)
        layout.addWidget(line)
        layout.addLayout(head)
        layout.addWidget(self._tree, 1)
        self._sections = QVBoxLayout()
        layout.addLayout(self._sections)

    def add_section(self, section: QWidget) -> None:
        """Add a section below the sources."""
        self._sections.addWidget(section)

    def add_page(self, action: QAction, icon: str) -> None:
        """Offer a page; the action shows it, and is checked while it is shown."""
        action.setCheckable(True)
        action.setIcon(self._theme.icons(icon))
        button = QToolButton()
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(20, 20))
        button.setMinimumHeight(4 * GRID)
        policy = button.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        button.setSizePolicy(policy)
        self._pages.addWidget(button)

    def show_sources(self, sources: Sequence[Source], watched: Mapping[int, WatchState]) -> None:
        """Show the sources of the workspace."""
        self._model.clear()
        for source in sources:
            offline = source.state == "offline"
            item = QStandardItem(self._theme.icons("folder-off" if offline else "folder"), one_line(source.name))
            item.setData(source, _SOURCE)
            where = source_path(source) if source.path else self.tr("Texts given by programs")
            state = watched.get(source.id)
            notes = [where, source.reason, source.question, state.reason if state else ""]
            item.setToolTip("\n".join(filter(None, notes)))
            item.setEnabled(not offline)
            self._model.appendRow(item)
