"""What is drawn over the points of a map: names of places, what is pointed at, and a line around points."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from core.domain.plain_text import one_line
from desktop.theme.colours import Colours
from desktop.theme.theme import GRID, sized

_NAME_WIDTH = 48.0 * GRID
_SHORT_WIDTH = 20.0 * GRID
_HALO = 5.0


class Overlay:
    """Draws on one painter, within one room."""

    def __init__(self, painter: QPainter, colours: Colours, font: QFont, room: QRectF) -> None:
        self._painter = painter
        self._colours = colours
        self._font = font
        self._room = room
        self._taken: list[QRectF] = []

    def landmarks(self, named: Sequence[tuple[str, QPointF]]) -> None:
        """Write words at their places; what would cover others, which came before it, is left out."""
        font = sized(self._font, 0.95, bold=True)
        metrics = QFontMetricsF(font)
        for name, where in named:
            text = one_line(name)
            room = metrics.boundingRect(text).adjusted(-GRID, -GRID / 2, GRID, GRID / 2)
            room.moveCenter(where)
            room.moveLeft(min(max(room.left(), 0.0), max(0.0, self._room.width() - room.width())))
            room.moveTop(min(max(room.top(), 0.0), max(0.0, self._room.height() - room.height())))
            if self._room.contains(where) and self._takes(room):
                at = QPointF(room.left() + GRID, room.bottom() - GRID / 2 - metrics.descent())
                self._write(text, font, at, self._colours.text)

    def names(self, named: Sequence[tuple[str, QPointF]], radius: float) -> None:
        """Write the names of points beside them, else below or above, where there is room."""
        font = sized(self._font, 0.85)
        metrics = QFontMetricsF(font)
        for name, middle in named:
            text = metrics.elidedText(one_line(name), Qt.TextElideMode.ElideMiddle, _SHORT_WIDTH)
            room = QRectF(0, 0, metrics.horizontalAdvance(text), metrics.height())
            aside, upright = radius + GRID / 2 + room.width() / 2, radius + room.height() / 2
            for x, y in ((aside, 0.0), (-aside, 0.0), (0.0, upright), (0.0, -upright)):
                room.moveCenter(middle + QPointF(x, y))
                if self._room.contains(room) and self._takes(room):
                    self._write(text, font, room.topLeft() + QPointF(0, metrics.ascent()), self._colours.muted)
                    break

    def _takes(self, room: QRectF) -> bool:
        """Take a place, unless it is taken."""
        if any(room.intersects(each) for each in self._taken):
            return False
        self._taken.append(room)
        return True

    def _write(self, text: str, font: QFont, at: QPointF, colour: str) -> None:
        """Write with a halo, so that it can be read over points of any colour."""
        outline = QPainterPath()
        outline.addText(at, font, text)
        halo = QColor(self._colours.base)
        halo.setAlphaF(0.9)
        pen = QPen(halo, _HALO, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        self._painter.strokePath(outline, pen)
        self._painter.fillPath(outline, QColor(colour))

    def ring(self, middle: QPointF, radius: float) -> None:
        """Draw a ring around a point."""
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((self._colours.base, 4.0), (self._colours.text, 2.0)):
            self._painter.setPen(QPen(QColor(colour), width))
            self._painter.drawEllipse(middle, radius + 3, radius + 3)

    def name(self, name: str, middle: QPointF, radius: float) -> None:
        """Write the name of a point above it, or below where there is no room."""
        metrics = QFontMetricsF(self._font)
        widest = min(_NAME_WIDTH, self._room.width() - 4 * GRID)
        text = metrics.elidedText(one_line(name), Qt.TextElideMode.ElideMiddle, widest)
        room = QRectF(0, 0, metrics.horizontalAdvance(text) + 2 * GRID, metrics.height() + GRID)
        room.moveCenter(QPointF(middle.x(), middle.y() - radius - GRID - room.height() / 2))
        if room.top() < GRID / 2:
            room.moveTop(middle.y() + radius + GRID)
        room.moveLeft(max(GRID / 2, min(room.left(), self._room.width() - room.width() - GRID / 2)))
        self._painter.setPen(QPen(QColor(self._colours.border), 1))
        self._painter.setBrush(QColor(self._colours.raised))
        self._painter.drawRoundedRect(room, 4, 4)
        self._painter.setFont(self._font)
        self._painter.setPen(QColor(self._colours.text))
        self._painter.drawText(room.adjusted(GRID, 0, -GRID, 0), int(Qt.AlignmentFlag.AlignVCenter), text)

    def line(self, line: Sequence[QPointF]) -> None:
        """Draw a closed line."""
        fill = QColor(self._colours.accent)
        self._painter.setPen(QPen(fill, 1.5, Qt.PenStyle.DashLine))
        fill.setAlphaF(0.12)
        self._painter.setBrush(fill)
        self._painter.drawPolygon(line)

    def frame(self) -> None:
        """Draw the frame of what has the keyboard."""
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(QColor(self._colours.accent), 1))
        self._painter.drawRect(self._room.adjusted(0.5, 0.5, -0.5, -0.5))
