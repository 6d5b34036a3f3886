"""A small filled mark, by which workspaces and the parts of a picture are told apart."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

_RATIO = 2


def dot(colour: QColor | str, size: int = 12, radius: float = 6) -> QIcon:
    """Return a square with round corners, which with a radius of half its size is a circle; all in pixels."""
    drawn = QPixmap(QSize(size, size) * _RATIO)
    drawn.setDevicePixelRatio(_RATIO)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(QRectF(1, 1, size - 2, size - 2), radius, radius)
    painter.end()
    return QIcon(drawn)
