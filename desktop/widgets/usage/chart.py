"""A chart of bars: what a bar says is shown where one points, or goes with the arrow keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme import Theme
from desktop.theme.theme import GRID, sized
from desktop.widgets.usage.bars import Bar
from desktop.widgets.usage.scale import marks

_HEIGHT = 17 * GRID
_SIDE = 8 * GRID
"""Room for the scale, so that charts above each other stand in line; more where its numbers need it."""
_WIDEST = 4 * GRID
_ROUND = 2.0
_LEAST = 2.0
"""Pixels of a bar that is not nothing."""


class Chart(QWidget):
    """Draws bars with a scale at the left and dates below."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bars: Sequence[Bar] = ()
        self._written: Callable[[float], str] = str
        self._dated: Callable[[Bar], str] = str
        self._said: Callable[[Bar], str] = str
        self._whole = True
        self._current: int | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_bars(
        self,
        bars: Sequence[Bar],
        *,
        written: Callable[[float], str],
        dated: Callable[[Bar], str],
        said: Callable[[Bar], str],
        whole: bool = True,
    ) -> None:
        """Draw these.

        Args:
            bars: The bars, in order.
            written: Writes a number of the scale.
            dated: Writes the date of a bar, for below.
            said: Says all that a bar shows.
            whole: Whether the scale has no parts of one.
        """
        self._bars, self._written, self._dated, self._said, self._whole = bars, written, dated, said, whole
        self._current = None
        self._describe()
        self.update()

    @property
    def current(self) -> int | None:
        """The bar that is looked at."""
        return self._current

    def _describe(self) -> None:
        bar = self._bars[self._current if self._current is not None else -1] if self._bars else None
        self.setAccessibleDescription("" if bar is None else self._said(bar))

    def colour(self, part: int) -> QColor:
        """Return the colour of a part of a bar."""
        series = self._theme.colours.series
        return QColor(series[part % len(series)])

    # -- where things are ---------------------------------------------------------------------------------------------

    def _plot(self) -> QRectF:
        metrics = QFontMetricsF(self._small())
        widest = max(metrics.horizontalAdvance(self._written(each)) for each in self._marks())
        return QRectF(self.rect()).adjusted(max(_SIDE, widest + GRID), GRID, -1, -metrics.height() - GRID)

    def _small(self) -> QFont:
        return sized(self.font(), 0.9)

    def _marks(self) -> list[float]:
        return marks(max((bar.height for bar in self._bars), default=0.0), whole=self._whole)

    def column(self, number: int) -> QRectF:
        """Return the column in which a bar stands, from top to bottom."""
        plot = self._plot()
        wide = plot.width() / max(len(self._bars), 1)
        return QRectF(plot.left() + number * wide, plot.top(), wide, plot.height())

    def parts(self, number: int) -> list[QRectF]:
        """Return where the parts of a bar are drawn, from below."""
        column, highest = self.column(number), self._marks()[-1]
        wide = max(1.0, min(_WIDEST, column.width() * 0.7))
        drawn, bottom = [], column.bottom()
        for part in self._bars[number].parts:
            tall = max(_LEAST, part / highest * column.height()) if part > 0 else 0.0
            drawn.append(QRectF(column.center().x() - wide / 2, bottom - tall, wide, tall))
            bottom -= tall
        return drawn

    # -- drawing ------------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw scale, bars, dates, and what the current bar says."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._small())
        self._draw_scale(painter)
        painter.setPen(Qt.PenStyle.NoPen)
        for number in range(len(self._bars)):
            if number == self._current:
                painter.setBrush(QColor(self._theme.colours.raised))
                painter.drawRect(self.column(number))
            for part, rect in enumerate(self.parts(number)):
                painter.setBrush(self.colour(part))
                painter.drawRoundedRect(rect, min(_ROUND, rect.height() / 2), min(_ROUND, rect.height() / 2))
        self._draw_dates(painter)
        if self._current is not None:
            self._draw_said(painter, self._current)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.colours.accent), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _draw_scale(self, painter: QPainter) -> None:
        plot, every = self._plot(), self._marks()
        metrics = QFontMetricsF(painter.font())
        for each in every:
            y = plot.bottom() - each / every[-1] * plot.height()
            painter.setPen(QPen(QColor(self._theme.colours.border), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(self._theme.colours.muted))
            text = self._written(each)
            painter.drawText(
                QPointF(plot.left() - GRID - metrics.horizontalAdvance(text), y + metrics.ascent() / 2 - 1), text
            )

    def _draw_dates(self, painter: QPainter) -> None:
        if not self._bars:
            return
        metrics = QFontMetricsF(painter.font())
        painter.setPen(QColor(self._theme.colours.muted))
        widest = max(metrics.horizontalAdvance(self._dated(bar)) for bar in self._bars) + 2 * GRID
        apart = max(1, -(-int(widest) // max(1, int(self.column(0).width()))))
        # Counted from the last one, which is today.
        for number in range(len(self._bars) - 1, -1, -apart):
            text, column = self._dated(self._bars[number]), self.column(number)
            wide = metrics.horizontalAdvance(text)
            x = min(max(column.center().x() - wide / 2, 0.0), self.width() - wide - 1)
            painter.drawText(QPointF(x, column.bottom() + GRID / 2 + metrics.ascent()), text)

    def _draw_said(self, painter: QPainter, number: int) -> None:
        metrics, lines = QFontMetricsF(painter.font()), self._said(self._bars[number]).split("\n")
        wide = max(metrics.horizontalAdvance(line) for line in lines) + 2 * GRID
        room = QRectF(0, 0, wide, metrics.height() * len(lines) + GRID)
        column = self.column(number)
        room.moveTopLeft(QPointF(column.right() + GRID / 2, column.top()))
        if room.right() > self.width():
            room.moveRight(column.left() - GRID / 2)
        room.moveLeft(max(0.0, room.left()))
        colours = self._theme.colours
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.setBrush(QColor(colours.raised))
        painter.drawRoundedRect(room, 4, 4)
        painter.setPen(QColor(colours.text))
        for place, line in enumerate(lines):
            painter.drawText(
                QPointF(room.left() + GRID, room.top() + GRID / 2 + metrics.ascent() + place * metrics.height()), line
            )

    # -- looking at a bar ---------------------------------------------------------------------------------------------

    def look_at(self, number: int | None) -> None:
        """Show what a bar says, or nothing."""
        if number != self._current:
            self._current = number
            self._describe()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Look at the bar under the pointer."""
        x = event.position().x()
        inside = (
            number for number in range(len(self._bars)) if self.column(number).left() <= x < self.column(number).right()
        )
        self.look_at(next(inside, None))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Look at none."""
        super().leaveEvent(event)
        self.look_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go from bar to bar."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key in steps and self._bars:
            last = len(self._bars) - 1
            self.look_at(last if self._current is None else min(last, max(0, self._current + steps[key])))
        elif key == Qt.Key.Key_Escape and self._current is not None:
            self.look_at(None)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a calm size."""
        return QSize(40 * GRID, _HEIGHT)
