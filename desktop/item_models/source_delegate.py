"""Draws a source: its name and number of documents, and below them how it stands."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.domain.plain_text import one_line
from desktop.item_models.sources import ROW, SourceRow
from desktop.theme import Theme
from desktop.theme.theme import GRID, sized
from desktop.words import number

_ICON = 18
_SMALL = 0.88


class SourceDelegate(QStyledItemDelegate):
    """Two lines for each source."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of a row."""
        lines = QFontMetrics(option.font).lineSpacing() + QFontMetrics(sized(option.font, _SMALL)).lineSpacing()
        return QSize(0, lines + GRID)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one source."""
        row: SourceRow = index.data(ROW)
        colours = self._theme.colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.chosen if chosen else colours.raised))
            painter.drawRoundedRect(rect, 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(colours.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), 6, 6)
        inner = rect.adjusted(GRID, GRID // 2, -GRID, -GRID // 2)
        line = QFontMetrics(option.font).lineSpacing()
        icon = QRect(inner.left(), inner.top() + (line - _ICON) // 2, _ICON, _ICON)
        self._theme.icons(row.icon, colours.bad if row.bad else colours.muted).paint(painter, icon)

        small = sized(option.font, _SMALL)
        count = number(row.documents)
        wide = QFontMetrics(small).horizontalAdvance(count)
        name = QRect(inner.left() + _ICON + GRID, inner.top(), inner.width() - _ICON - 2 * GRID - wide, line)
        painter.setFont(option.font)
        painter.setPen(QColor(colours.text))
        painter.drawText(
            name,
            Qt.AlignmentFlag.AlignVCenter,
            QFontMetrics(option.font).elidedText(one_line(row.source.name), Qt.TextElideMode.ElideMiddle, name.width()),
        )
        painter.setFont(small)
        painter.setPen(QColor(colours.muted))
        painter.drawText(QRect(inner.right() - wide, inner.top(), wide + 1, line), Qt.AlignmentFlag.AlignVCenter, count)
        painter.setPen(QColor(colours.bad if row.bad else colours.muted))
        below = QRect(name.left(), name.bottom() + 1, inner.right() - name.left(), inner.bottom() - name.bottom())
        standing = QFontMetrics(small).elidedText(row.standing(), Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, standing)
        painter.restore()
