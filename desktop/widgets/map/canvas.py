"""The picture of a workspace: points that can be pointed at, opened, gone through by keys, and drawn around."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.domain.document_map import DocumentMap
from core.domain.plain_text import one_line
from desktop.theme import Theme
from desktop.theme.theme import GRID
from desktop.widgets.map.colouring import Colouring
from desktop.widgets.map.overlay import Overlay
from desktop.widgets.map.picture import picture
from desktop.widgets.map.reach import inside, nearest, next_towards
from desktop.widgets.map.shades import shades
from desktop.widgets.map.view import MapView

_FEW = 60
"""Points in sight up to which their names are written beside them."""
_CLOSE = 14.0
"""Pixels between the pointer and a point that it means."""
_STILL = 4.0
"""Pixels that a hand moves in a click."""
_LINE_STEP = 6.0
_SMALLEST, _LARGEST, _SHARE = 1.3, 6.0, 0.25
"""Radius of a point in pixels, and as a share of the side of the square that it has for itself."""
_ZOOM_STEP = 1.25
_WHEEL_STEP = 120
_KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_EMPTY = DocumentMap((), np.zeros((0, 2), np.float32), (), 0, 0)


class MapCanvas(QWidget):
    """Draws a map.

    Attributes:
        chosen: A document is to be shown: its id.
        surrounded: A line was drawn around documents: their ids; empty where the choice was let go.
        lasso: Whether dragging draws a line instead of moving the map; the shift key does the same.
        shown: The map that is drawn.
    """

    chosen = Signal(int)
    surrounded = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.lasso = False
        self.shown = _EMPTY
        self.view = MapView()
        self._colouring: Colouring | None = None
        self._standing_out: int | None = None
        self._selected = np.zeros(0, bool)
        self._current: int | None = None
        self._hovered: int | None = None
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._moved = False
        self._line: list[QPointF] | None = None
        self._drawn: QImage | None = None
        self._in_sight: list[int] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Map of the documents"))
        theme.changed.connect(self._redraw)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def show_map(self, shown: DocumentMap) -> None:
        """Show another map; documents that are on both stay chosen, and one looks where one did."""
        new = not len(self.shown.documents)
        chosen, current = self.selected(), self.current_id()
        self.shown = shown
        self._colouring = None
        self._hovered = None
        ids = np.fromiter((each.id for each in shown.documents), np.int64, len(shown.documents))
        self._selected = np.isin(ids, chosen)
        self._current = next(iter(np.flatnonzero(ids == current).tolist()), None)
        self.view.hold(shown.places)
        if new:
            self.view.show_all()
        self._describe()
        self._redraw()

    def clear(self) -> None:
        """Show nothing."""
        self.show_map(_EMPTY)

    def colour(self, colouring: Colouring) -> None:
        """Colour the points of the map that is shown."""
        self._colouring, self._standing_out = colouring, None
        self._redraw()

    def stand_out(self, group: int | None) -> None:
        """Show one group alone in its colour; None for all."""
        self._standing_out = group
        self._redraw()

    def zoom(self, factor: float) -> None:
        """Look more closely, or less: at the current point, else at the middle."""
        at = None if self._current is None else self.view.pixels(self.shown.places[[self._current]])[0]
        if at is None or not self.rect().contains(QPointF(*at).toPoint()):
            at = np.array([self.width() / 2, self.height() / 2])
        self.view.zoom_at(factor, *at.tolist())
        self._redraw()

    def show_all(self) -> None:
        """Look at the whole map."""
        self.view.show_all()
        self._redraw()

    def selected(self) -> list[int]:
        """Return the ids of the documents that a line was drawn around."""
        return [self.shown.documents[row].id for row in np.flatnonzero(self._selected).tolist()]

    def select(self, rows: Sequence[int] | NDArray[np.int64]) -> None:
        """Choose the documents of some points."""
        self._selected = np.zeros(len(self.shown.documents), bool)
        self._selected[rows] = True
        self._describe()
        self._redraw()
        self.surrounded.emit(self.selected())

    def current_id(self) -> int | None:
        """Return the document of the point that keys go on from."""
        return None if self._current is None else self.shown.documents[self._current].id

    def pixels(self) -> NDArray[np.float64]:
        """Return where each point is drawn."""
        return self.view.pixels(self.shown.places)

    def radius(self) -> float:
        """Return the radius of a point: the less room each has, the smaller, and the larger the closer one looks."""
        room = (self.width() * self.height() / max(len(self.shown.documents), 1)) ** 0.5
        return float(min(_LARGEST, max(_SMALLEST, _SHARE * room) * self.view.zoom**0.4))

    def _describe(self) -> None:
        count, chosen = len(self.shown.documents), int(self._selected.sum())
        said = [self.tr("%n document(s); those that are alike stand together", "", count)]
        if chosen:
            said.append(self.tr("%n chosen", "", chosen))
        if self._current is not None:
            said.append(one_line(self.shown.documents[self._current].name))
        said.append(self.tr("arrow keys go from point to point, Enter shows the document, plus and minus zoom"))
        self.setAccessibleDescription("; ".join(said))

    # -- drawing ------------------------------------------------------------------------------------------------------

    def _redraw(self) -> None:
        self._drawn = None
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw points, names of places, and what is pointed at."""
        if self._drawn is None:
            self._drawn = self._points()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(self._theme.colours.base))
        painter.drawImage(0, 0, self._drawn)
        above = Overlay(painter, self._theme.colours, self.font(), QRectF(self.rect()))
        above.landmarks([(" · ".join(each.words), self._where(each.x, each.y)) for each in self.shown.landmarks])
        above.names([(self.shown.documents[row].name, self._middle(row)) for row in self._in_sight], self.radius())
        for row in {self._current, self._hovered}:
            if row is not None:
                above.ring(self._middle(row), self.radius())
        named = self._current if self._hovered is None and self.hasFocus() else self._hovered
        if named is not None:
            above.name(self.shown.documents[named].name, self._middle(named), self.radius())
        if self._line is not None:
            above.line(self._line)
        if self.hasFocus():
            above.frame()

    def _points(self) -> QImage:
        ratio, pixels = self.devicePixelRatioF(), self.pixels()
        rows = np.flatnonzero(((pixels >= 0) & (pixels < [self.width(), self.height()])).all(axis=1))
        self._in_sight = rows.tolist() if len(rows) <= _FEW else []
        colours, order = shades(self._colouring, self._pale(), self._theme.colours)
        drawn = picture(
            round(self.width() * ratio),
            round(self.height() * ratio),
            (pixels * ratio)[order],
            colours[order],
            self.radius() * ratio,
        )
        drawn.setDevicePixelRatio(ratio)
        return drawn

    def _pale(self) -> NDArray[np.bool_]:
        if self._selected.any():
            return ~self._selected
        if self._standing_out is not None and self._colouring is not None:
            return np.asarray(self._colouring.groups != self._standing_out)
        return np.zeros(len(self.shown.documents), bool)

    def _where(self, x: float, y: float) -> QPointF:
        return QPointF(*self.view.pixels(np.array([[x, y]], np.float32))[0].tolist())

    def _middle(self, row: int) -> QPointF:
        return self._where(*self.shown.places[row].tolist())

    # -- mouse --------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to move the map, or to draw a line."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = self._last = event.position()
        self._moved = False
        drawing = self.lasso or bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._line = [event.position()] if drawing else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go on with that; else show what is under the pointer."""
        here = event.position()
        if self._pressed is None:
            self._hover(here)
            return
        self._moved = self._moved or (here - self._pressed).manhattanLength() > _STILL
        if not self._moved:
            return
        self._hover(None)
        if self._line is None:
            step = here - self._last
            self._last = here
            self.view.move(step.x(), step.y())
            self._redraw()
        elif (here - self._line[-1]).manhattanLength() >= _LINE_STEP:
            self._line.append(here)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """End that; a click chooses the point under the pointer."""
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        line, self._line, self._pressed = self._line, None, None
        if line is not None and self._moved:
            self.select(inside(self.pixels(), [(each.x(), each.y()) for each in line]))
        elif not self._moved and (row := self._at(event.position())) is not None:
            self._choose(row)
        elif not self._moved and self._selected.any():
            self.select([])
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom at the pointer."""
        turned = event.angleDelta().y() / _WHEEL_STEP
        self.view.zoom_at(_ZOOM_STEP**turned, event.position().x(), event.position().y())
        self._hover(event.position())
        self._redraw()
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Point at nothing."""
        super().leaveEvent(event)
        self._hover(None)

    def _at(self, here: QPointF) -> int | None:
        return nearest(self.pixels(), here.x(), here.y(), _CLOSE)

    def _hover(self, here: QPointF | None) -> None:
        row = None if here is None else self._at(here)
        if row == self._hovered:
            return
        self._hovered = row
        self.setCursor(Qt.CursorShape.ArrowCursor if row is None else Qt.CursorShape.PointingHandCursor)
        self.update()

    def _choose(self, row: int) -> None:
        self._go_to(row)
        self.chosen.emit(self.shown.documents[row].id)

    # -- keys ---------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go from point to point, show a document, zoom."""
        key = Qt.Key(event.key())
        if key in _KEYS and len(self.shown.documents):
            self._step(*_KEYS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._current is not None:
            self.chosen.emit(self.shown.documents[self._current].id)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_ZOOM_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / _ZOOM_STEP)
        elif key == Qt.Key.Key_0:
            self.show_all()
        elif key == Qt.Key.Key_Escape and self._selected.any():
            self.select([])
        else:
            super().keyPressEvent(event)

    def _step(self, x: int, y: int) -> None:
        pixels = self.pixels()
        if self._current is None:
            row = nearest(pixels, self.width() / 2, self.height() / 2)
        else:
            row = next_towards(pixels, self._current, x, y)
        if row is not None:
            self._go_to(row)

    def _go_to(self, row: int) -> None:
        self._current = row
        x, y = self.view.pixels(self.shown.places[[row]])[0].tolist()
        margin = 3 * GRID
        aside = min(max(x, margin), self.width() - margin) - x, min(max(y, margin), self.height() - margin) - y
        if aside != (0, 0):
            self.view.move(*aside)
            self._redraw()
        self._describe()
        self.update()

    # -- size ---------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size in which a map can be read."""
        return QSize(60 * GRID, 50 * GRID)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the map to the room."""
        super().resizeEvent(event)
        self.view.resize(self.width(), self.height())
        self._redraw()
