"""The line below a document: which of the places found is shown, which page, and how large."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from desktop.theme import Theme
from desktop.theme.theme import GRID
from desktop.widgets.icon_button import icon_button
from desktop.words import number


class PlaceBar(QWidget):
    """Says where one is, and asks for another place.

    Attributes:
        stepped: The next place (1) or the one before (-1) is asked for.
        zoomed: Larger (1), smaller (-1), or as wide as the pane (0).
    """

    stepped = Signal(int)
    zoomed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._previous = icon_button(self._theme, "left", self.tr("Previous place in the document (Shift+F3)"))
        self._next = icon_button(self._theme, "right", self.tr("Next place in the document (F3)"))
        self._counter = self._label()
        self._page = self._label()
        self._smaller = icon_button(self._theme, "zoom-out", self.tr("Smaller (Ctrl+wheel)"))
        self._larger = icon_button(self._theme, "zoom-in", self.tr("Larger (Ctrl+wheel)"))
        self._fit = QToolButton()
        self._fit.setText(self.tr("Fit width"))
        self._fit.clicked.connect(lambda: self.zoomed.emit(0))
        self._previous.clicked.connect(lambda: self.stepped.emit(-1))
        self._next.clicked.connect(lambda: self.stepped.emit(1))
        self._smaller.clicked.connect(lambda: self.zoomed.emit(-1))
        self._larger.clicked.connect(lambda: self.zoomed.emit(1))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        layout.setSpacing(GRID // 2)
        for each in (self._previous, self._counter, self._next):
            layout.addWidget(each)
        layout.addStretch(1)
        for each in (self._page, self._smaller, self._larger, self._fit):
            layout.addWidget(each)

    def _label(self) -> QLabel:
        label = QLabel()
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("muted", True)
        return label

    def show_place(self, current: int, count: int) -> None:
        """Say which of so many places is shown, from 0 (-1: none of them); a count of -1 says nothing."""
        for each in (self._previous, self._next):
            each.setVisible(count > 0)
        if count <= 0:
            self._counter.setText("" if count else self.tr("None of the words stands here: found by meaning"))
        elif current < 0:
            self._counter.setText(self.tr("%n place(s)", "", count))
        else:
            self._counter.setText(self.tr("{place} of {count}").format(place=number(current + 1), count=number(count)))

    def show_page(self, page: int | None, count: int) -> None:
        """Say which page is shown, from 1; None where there are no pages to draw."""
        for each in (self._page, self._smaller, self._larger, self._fit):
            each.setVisible(page is not None)
        if page is not None:
            self._page.setText(self.tr("p. {page} of {count}").format(page=number(page), count=number(count)))
