"""Our own icons: SVG files drawn with one line, in the colour that the theme gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).parents[2] / "resources" / "icons"


class Icons:
    """Gives icons by the names of their files."""

    def __init__(self, colour: Callable[[], str]) -> None:
        """`colour` tells the colour of icons at the moment when they are drawn, so that they follow the theme."""
        self._colour = colour

    def __call__(self, name: str, colour: str | None = None) -> QIcon:
        """Return an icon.

        Args:
            name: The name of the file, without its ending.
            colour: A colour that it keeps, instead of that of the theme.

        Raises:
            OSError: If there is no such icon.
        """
        drawing = (FOLDER / f"{name}.svg").read_text("utf-8")
        return QIcon(_Engine(drawing, self._colour if colour is None else lambda: colour))


class _Engine(QIconEngine):
    def __init__(self, drawing: str, colour: Callable[[], str]) -> None:
        super().__init__()
        self._drawing = drawing
        self._colour = colour

    def paint(self, painter: QPainter, rect: object, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Draw, as Qt asks."""
        coloured = self._drawing.replace("currentColor", self._colour())
        if mode == QIcon.Mode.Disabled:
            painter.setOpacity(0.45)
        QSvgRenderer(QByteArray(coloured.encode())).render(painter, QRectF(rect))  # type: ignore[call-overload] # a QRect

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return a picture of that size, in pixels of the screen."""
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, drawn.rect(), mode, state)
        painter.end()
        return drawn

    def clone(self) -> QIconEngine:
        """Return the same again, as Qt asks."""
        return _Engine(self._drawing, self._colour)
