"""Draws a hit: title and place, two lines of the passage with the found words marked, and where the file stands."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.domain.plain_text import one_line
from core.domain.search import Hit
from desktop.item_models.hits import HIT
from desktop.theme import Theme
from desktop.theme.theme import GRID, sized
from desktop.words import folder_of, icon_of, qt_length

_LINES = 2
_ICON = 18
_SCORE_WIDTH = 48


class HitDelegate(QStyledItemDelegate):
    """Every row has the same height, so that a list of any length is laid out at once."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of a row."""
        line = QFontMetrics(sized(option.font, 1)).lineSpacing()
        return QSize(0, line * (_LINES + 2) + 3 * GRID + GRID // 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one hit."""
        hit: Hit = index.data(HIT)
        colours = self._theme.colours
        painter.save()
        rect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours.chosen))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(colours.accent))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(colours.raised))
        painter.setPen(QColor(colours.border))
        painter.drawLine(rect.left() + 2 * GRID, rect.bottom(), rect.right() - 2 * GRID, rect.bottom())

        inner = rect.adjusted(2 * GRID, GRID + GRID // 2, -2 * GRID, -GRID)
        line = QFontMetrics(option.font).lineSpacing()
        self._theme.icons(icon_of(hit.document.kind), colours.muted).paint(
            painter, QRect(inner.left(), inner.top() + (line - _ICON) // 2, _ICON, _ICON)
        )
        text = inner.adjusted(_ICON + GRID, 0, 0, 0)
        self._draw_title(painter, option, QRect(text.left(), text.top(), text.width(), line), hit)
        self._draw_snippet(
            painter, option, QRectF(text.left(), text.top() + line + 2, text.width(), line * _LINES), hit
        )
        below = QRect(text.left(), text.top() + line * (_LINES + 1) + GRID // 2, text.width(), line)
        self._draw_place(painter, option, below, hit)
        painter.restore()

    def _draw_title(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, hit: Hit) -> None:
        colours = self._theme.colours
        bold = sized(option.font, 1, bold=True)
        page = self.tr("p. %n", "", hit.page) if hit.page else ""
        place = " · ".join(filter(None, (page, one_line(hit.heading or ""))))
        metrics = QFontMetrics(bold)
        title = metrics.elidedText(one_line(hit.document.title), Qt.TextElideMode.ElideRight, rect.width())
        painter.setFont(bold)
        painter.setPen(QColor(colours.text))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, title)
        used = metrics.horizontalAdvance(title) + GRID
        if place and used < rect.width() - 4 * GRID:
            painter.setFont(option.font)
            painter.setPen(QColor(colours.accent))
            left = rect.adjusted(used, 0, 0, 0)
            shown = QFontMetrics(option.font).elidedText(place, Qt.TextElideMode.ElideRight, left.width())
            painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, shown)

    def _draw_snippet(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRectF, hit: Hit) -> None:
        colours = self._theme.colours
        words = "".join(" " if each in "\n\r\t\u2028\u2029" else each for each in hit.snippet)
        layout = QTextLayout(words, option.font)
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        marked = QTextCharFormat()
        marked.setBackground(QColor(colours.mark))
        marked.setForeground(QColor(colours.on_mark))
        ranges = []
        for start, end in hit.matches:
            each = QTextLayout.FormatRange()
            each.start, each.length, each.format = qt_length(words[:start]), qt_length(words[start:end]), marked
            ranges.append(each)
        layout.setFormats(ranges)
        layout.beginLayout()
        height = 0.0
        for _ in range(_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(rect.width())
            line.setPosition(QPointF(0, height))
            height += QFontMetrics(option.font).lineSpacing()
        layout.endLayout()
        painter.setPen(QColor(colours.text))
        painter.setClipRect(rect.adjusted(-2, -2, 2, 2))
        layout.draw(painter, rect.topLeft())
        painter.setClipping(False)

    def _draw_place(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, hit: Hit) -> None:
        """Draw the folder, and at the right how much of the score came from words and how much from meaning."""
        colours = self._theme.colours
        small = sized(option.font, 0.9)
        painter.setFont(small)
        painter.setPen(QColor(colours.muted))
        room = rect.adjusted(0, 0, -_SCORE_WIDTH - GRID, 0)
        folder = folder_of(hit.document.path)
        where = f"{folder} / {one_line(hit.document.name)}" if folder else one_line(hit.document.name)
        painter.drawText(
            room,
            Qt.AlignmentFlag.AlignVCenter,
            QFontMetrics(small).elidedText(where, Qt.TextElideMode.ElideMiddle, room.width()),
        )
        bar = QRectF(rect.right() - _SCORE_WIDTH, rect.center().y() - 1, _SCORE_WIDTH, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.border))
        painter.drawRoundedRect(bar, 2, 2)
        half = _SCORE_WIDTH / 2
        for share, colour, left in (
            (hit.keyword_score or 0, colours.accent, bar.left()),
            (hit.vector_score or 0, colours.warning, bar.left() + half),
        ):
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(left, bar.top(), max(0.0, min(1.0, share)) * half, 4), 2, 2)
