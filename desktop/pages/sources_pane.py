"""The sources of the workspace, at the left: how many documents each has, and how it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QToolButton, QVBoxLayout, QWidget

from core.domain.workspace import Workspace
from desktop.context import Context
from desktop.dialogs.source_menu import SourceMenu
from desktop.item_models.source_delegate import SourceDelegate
from desktop.item_models.sources import SourceRow, SourcesModel
from desktop.theme.theme import GRID, sized


class SourcesPane(QWidget):
    """A list.

    Attributes:
        wants_folder: The person wants to add a folder.
        chosen: The documents of a source are to be shown: its record.
    """

    wants_folder = Signal()
    chosen = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.menu = SourceMenu(context, self)
        title = QLabel(self.tr("Sources"))
        title.setProperty("muted", True)
        title.setFont(sized(self.font(), 0.9, bold=True))
        add = QToolButton()
        context.theme.icons.put(add, "add")
        add.setToolTip(self.tr("Add a folder…"))
        add.setAccessibleName(self.tr("Add a folder"))
        add.clicked.connect(self.wants_folder.emit)
        head = QHBoxLayout()
        head.setContentsMargins(GRID, 0, 0, 0)
        head.addWidget(title, 1)
        head.addWidget(add)
        self._model = SourcesModel(self)
        self.list = QListView()
        self.list.setProperty("side", True)
        self.list.setModel(self._model)
        self.list.setItemDelegate(SourceDelegate(context.theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMinimumHeight(6 * GRID)  # a row; Qt asks for more than a low window has
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Sources"))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._offer)
        self.list.clicked.connect(self._choose)
        for key, do in (
            (QKeySequence(QKeySequence.StandardKey.Delete), self.menu.remove),
            (QKeySequence(Qt.Key.Key_Return), self._choose_row),
            (QKeySequence(Qt.Key.Key_Enter), self._choose_row),
        ):
            shortcut = QShortcut(key, self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda do=do: self._with_current(do))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)

    def open(self, workspace: Workspace) -> None:
        """Show nothing of the workspace before."""
        self.menu.open(workspace)
        self._model.show([])

    def show_sources(self, rows: Sequence[SourceRow]) -> None:
        """Show the sources as they are now, and ask about files that have vanished."""
        self._model.show(rows)
        self.menu.tell_of_vanished([row.source for row in rows])

    def _choose(self, index: QModelIndex) -> None:
        self._choose_row(self._model.row(index.row()))

    def _choose_row(self, row: SourceRow) -> None:
        self.chosen.emit(row.source)
        if row.source.missing:
            self.menu.decide(row.source)

    def _with_current(self, do: Callable[[SourceRow], None]) -> None:
        if (index := self.list.currentIndex()).isValid():
            do(self._model.row(index.row()))

    def _offer(self, place: QPoint) -> None:
        if (index := self.list.indexAt(place)).isValid():
            self.menu.offer(self._model.row(index.row()), self.list.viewport().mapToGlobal(place))
