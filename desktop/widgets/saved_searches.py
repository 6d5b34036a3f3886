"""Searches that a person keeps, and the latest ones, at the left."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.domain.plain_text import one_line
from core.domain.saved_search import SavedSearch
from desktop.theme import Theme
from desktop.theme.theme import GRID, sized
from desktop.widgets.icon_button import icon_button
from desktop.words import tip

_SEARCH = Qt.ItemDataRole.UserRole
_MOST_ROWS = 6


class SavedSearches(QWidget):
    """A short list; the menu of the clock offers the latest searches.

    Attributes:
        chosen: A query is to be searched for.
        wants_saving: The current search is to be kept.
        wants_removal: A saved search is to go.
        wants_clearing: The history is to be cleared.
    """

    chosen = Signal(str)
    wants_saving = Signal()
    wants_removal = Signal(object)
    wants_clearing = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        title = QLabel(self.tr("Saved searches"))
        title.setProperty("muted", True)
        title.setFont(sized(self.font(), 0.9, bold=True))
        self._recent = QMenu(self)
        recent = icon_button(self._theme, "history", self.tr("Latest searches"))
        recent.setMenu(self._recent)
        recent.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        add = icon_button(self._theme, "add", self.tr("Keep this search"))
        add.clicked.connect(self.wants_saving.emit)
        head = QHBoxLayout()
        head.setContentsMargins(GRID, 0, 0, 0)
        head.addWidget(title, 1)
        head.addWidget(recent)
        head.addWidget(add)
        self._list = QListWidget()
        self._list.setProperty("side", True)
        self._list.setAccessibleName(self.tr("Saved searches"))
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.customContextMenuRequested.connect(self._offer)
        self._list.itemActivated.connect(self._choose)
        self._list.itemClicked.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addLayout(head)
        layout.addWidget(self._list)

    def show_searches(self, saved: Sequence[SavedSearch], recent: Sequence[str]) -> None:
        """Show what is saved, and offer the latest searches."""
        self._list.clear()
        for each in saved:
            item = QListWidgetItem(self._theme.icons("saved"), one_line(each.name))
            item.setToolTip(tip(one_line(each.query)))
            item.setData(_SEARCH, each)
            self._list.addItem(item)
        rows = min(len(saved), _MOST_ROWS)
        self._list.setVisible(bool(saved))
        row = max(self._list.sizeHintForRow(0), 3 * GRID)
        self._list.setMinimumHeight(row)
        self._list.setMaximumHeight(max(1, rows) * row + GRID // 2)
        self._recent.clear()
        for query in recent:
            self._recent.addAction(one_line(query).replace("&", "&&"), partial(self.chosen.emit, query))
        if recent:
            self._recent.addSeparator()
            self._recent.addAction(self.tr("Forget these"), self.wants_clearing.emit)
        else:
            self._recent.addAction(self.tr("Nothing was searched for yet")).setEnabled(False)

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_SEARCH).query)

    def _offer(self, place: QPoint) -> None:
        if (item := self._list.itemAt(place)) is not None:
            menu = QMenu(self)
            menu.addAction(self.tr("Remove"), lambda: self.wants_removal.emit(item.data(_SEARCH)))
            menu.popup(self._list.viewport().mapToGlobal(place))
