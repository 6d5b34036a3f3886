"""The tree that each tab of the dock shows its rows in, and the row of buttons below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
)

from desktop.theme import Theme
from desktop.theme.theme import GRID

_Index = QModelIndex | QPersistentModelIndex
_ARROW = 16
_NAME = 40 * GRID
MOST = 200
"""Rows of a group that are shown; of the others their number is said."""


class Rows(QTreeWidget):
    """A tree whose arrows follow the theme: a style sheet takes those of Qt away."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def drawBranches(self, painter: QPainter, rect: QRect, index: _Index) -> None:  # noqa: N802 - Qt's name
        """Draw the arrow of a group."""
        colours = self._theme.colours
        picked = self.selectionModel().isSelected(index)
        painter.fillRect(rect, QColor(colours.chosen if picked else colours.base))
        if self.model().hasChildren(index) or self._opens_later(index):
            icon = self._theme.icons("down" if self.isExpanded(index) else "right", colours.muted)
            place = QRect(0, 0, _ARROW, _ARROW)
            place.moveCenter(rect.center())
            icon.paint(painter, place)

    def _opens_later(self, index: _Index) -> bool:
        item = self.itemFromIndex(index)
        return item.childIndicatorPolicy() is QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator


def tree(theme: Theme, name: str, columns: Sequence[str], widest: int = 0) -> QTreeWidget:
    """Return an empty tree; the column `widest` takes the room that the others leave."""
    made = Rows(theme)
    made.setAccessibleName(name)
    made.setHeaderLabels(list(columns))
    made.setUniformRowHeights(True)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    header = made.header()
    header.setStretchLastSection(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(widest, QHeaderView.ResizeMode.Stretch)
    if widest:
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, _NAME)
    return made


def button(label: str) -> QPushButton:
    """Return a button for the row below a tree; it can do nothing until something is chosen."""
    made = QPushButton(label)
    made.setEnabled(False)
    return made


def note() -> QLabel:
    """Return the label beside the buttons: a sentence on what is chosen."""
    made = QLabel(wordWrap=True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("muted", True)
    return made


def below(text: QLabel, *buttons: QPushButton) -> QHBoxLayout:
    """Return the row below a tree."""
    row = QHBoxLayout()
    row.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID)
    row.setSpacing(GRID)
    row.addWidget(text, 1)
    for each in buttons:
        row.addWidget(each)
    return row


def chosen(shown: QTreeWidget, role: int) -> object:
    """Return what the current row carries under a role, or None."""
    item = shown.currentItem()
    return None if item is None else item.data(0, role)


def groups(shown: QTreeWidget) -> Iterator[QTreeWidgetItem]:
    """Yield the rows of the first level."""
    for row in range(shown.topLevelItemCount()):
        if (item := shown.topLevelItem(row)) is not None:
            yield item
