"""Our own icons: SVG files drawn with one line, in the colour that the theme gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

FOLDER = Path(__file__).parents[2] / "resources" / "icons"
_SIZES = (16, 18, 20, 24, 32, 48)
_RATIOS = (1, 2)


class Icons:
    """Gives icons by the names of their files.

    They are drawn beforehand. WORKAROUND PySide: an icon engine of our own, which would draw them when they are shown,
    ends the program: its clones belong to Python and to Qt.
    """

    def __init__(self, colour: Callable[[], str]) -> None:
        """`colour` tells the colour of icons that are given none."""
        self._colour = colour
        self._drawn: dict[tuple[str, str], QIcon] = {}
        self._put: list[tuple[QAbstractButton | QAction, str]] = []

    def __call__(self, name: str, colour: str | None = None) -> QIcon:
        """Return an icon.

        Args:
            name: The name of the file, without its ending.
            colour: As `#rrggbb`; that of the theme if none is given, as it is now.

        Raises:
            OSError: If there is no such icon.
        """
        key = (name, colour or self._colour())
        if key not in self._drawn:
            self._drawn[key] = _drawn(*key)
        return self._drawn[key]

    def put(self, target: QAbstractButton | QAction, name: str) -> None:
        """Show an icon on a button or an action, in the colour of the theme, whatever that will be."""
        self._put = [each for each in self._put if shiboken6.isValid(each[0]) and each[0] is not target]
        self._put.append((target, name))
        target.setIcon(self(name))

    def refresh(self) -> None:
        """Draw what was put anew: the theme has changed."""
        for target, name in self._put:
            if shiboken6.isValid(target):
                target.setIcon(self(name))


def _drawn(name: str, colour: str) -> QIcon:
    drawing = (FOLDER / f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    icon = QIcon()
    for size in _SIZES:
        for ratio in _RATIOS:
            picture = QPixmap(QSize(size, size) * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            renderer.render(painter, QRectF(0, 0, size, size))
            painter.end()
            icon.addPixmap(picture)
    return icon
