"""The coverage ledger as a small picture: how many documents stand in each state; each part filters."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from core.domain.document import State
from desktop.theme import Theme
from desktop.theme.colours import Colours
from desktop.theme.theme import GRID
from desktop.widgets.dot import dot
from desktop.widgets.flow_layout import FlowLayout
from desktop.words import number, state_name

_ORDER = (State.MEANING, State.WORDS, State.PARTIAL, State.STALE, State.PENDING, State.FAILED, State.SKIPPED)
_LEAST = 3.0


class CoverageBar(QWidget):
    """A stacked bar with a legend; what is empty is left out.

    Attributes:
        chosen: A state was chosen, or (None) the one that was chosen is let go.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bar = _Stack(theme)
        self._bar.clicked.connect(self._choose)
        self._legend = FlowLayout(GRID // 2)
        self._legend.setContentsMargins(-GRID, 0, 0, 0)  # the dots stand below the beginning of the bar
        self.buttons: dict[State, QPushButton] = {}
        for state in _ORDER:
            button = QPushButton()
            button.setProperty("flat", True)
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, state=state: self._choose(state))
            button.hide()
            self._legend.addWidget(button)
            self.buttons[state] = button
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self._bar)
        layout.addLayout(self._legend)
        self._current: State | None = None
        theme.changed.connect(self._draw)
        self._draw()

    def show_counts(self, counts: Mapping[State, int]) -> None:
        """Show how many documents stand in each state."""
        self._bar.show_counts(counts)
        for state, button in self.buttons.items():
            button.setText(f"{number(counts.get(state, 0))} {state_name(state)}")
            button.setVisible(counts.get(state, 0) > 0 or state is self._current)

    def mark(self, state: State | None) -> None:
        """Show which state the table is filtered by."""
        self._current = state
        for each, button in self.buttons.items():
            button.setChecked(each is state)
        self._bar.mark(state)

    def _choose(self, state: State) -> None:
        self.chosen.emit(None if state is self._current else state)

    def _draw(self) -> None:
        for state, button in self.buttons.items():
            button.setIcon(dot(_colour(self._theme.colours, state), 10, 2))


class _Stack(QWidget):
    """The bar itself."""

    clicked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._counts: Mapping[State, int] = {}
        self._current: State | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("States of all documents"))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of the bar."""
        return QSize(40 * GRID, GRID + GRID // 2)

    def show_counts(self, counts: Mapping[State, int]) -> None:
        """Draw these counts."""
        self._counts = counts
        said = [f"{counts[state]} {state_name(state)}" for state in _ORDER if counts.get(state)]
        self.setAccessibleDescription(", ".join(said))
        self.update()

    def mark(self, state: State | None) -> None:
        """Draw the others paler."""
        self._current = state
        self.update()

    def parts(self) -> list[tuple[State, QRectF]]:
        """Return where each state is drawn; even one document of many can be seen and clicked."""
        shown = [(state, self._counts[state]) for state in _ORDER if self._counts.get(state)]
        whole = sum(count for _, count in shown)
        room = self.width() - _LEAST * len(shown)
        parts, left = [], 0.0
        for state, count in shown:
            wide = _LEAST + room * count / whole
            parts.append((state, QRectF(left, 0, wide, self.height())))
            left += wide
        return parts

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the state under the pointer."""
        for state, rect in self.parts():
            if rect.contains(QPointF(event.position().x(), 1)):
                self.clicked.emit(state)
                return

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for state, rect in self.parts():
            colour = _colour(self._theme.colours, state)
            if self._current not in (None, state):
                colour.setAlphaF(0.25)
            painter.setBrush(colour)
            painter.drawRoundedRect(rect.adjusted(0, 1, -1, -1), 2, 2)


def _colour(colours: Colours, state: State) -> QColor:
    colour = QColor(
        {
            State.MEANING: colours.accent,
            State.WORDS: colours.accent,
            State.PARTIAL: colours.warning,
            State.STALE: colours.warning,
            State.PENDING: colours.muted,
            State.FAILED: colours.bad,
            State.SKIPPED: colours.border,
        }[state]
    )
    if state in (State.WORDS, State.STALE):
        colour.setAlphaF(0.5)
    return colour
