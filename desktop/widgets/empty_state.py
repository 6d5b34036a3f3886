"""What is shown where there is nothing to show: a picture, why, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.theme.theme import GRID, sized
from desktop.widgets.scrolled import fill

Offer = tuple[str, Callable[[], None]]
_ICON = 48


class EmptyState(QWidget):
    """A sentence in the middle, with buttons."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("paper", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setFont(sized(self.font(), 1.25, bold=True))
        self._reasons = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._reasons.setTextFormat(Qt.TextFormat.PlainText)
        self._reasons.setProperty("muted", True)
        self._buttons = QHBoxLayout()
        self._buttons.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._icon = ""
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addStretch(2)
        for each in (self._picture, self._title, self._reasons):
            layout.addWidget(each)
        layout.addLayout(self._buttons)
        layout.addStretch(3)
        fill(self, inside)
        theme.changed.connect(self._draw)

    def say(
        self, icon: str, title: str, reasons: Sequence[str] = (), offers: Sequence[Offer] = (), *, usual: bool = True
    ) -> None:
        """Show a sentence, its reasons, and buttons that do something about it; the first of them is `usual`."""
        self._icon = icon
        self._title.setText(title)
        self._reasons.setText("\n".join(reasons))
        self._reasons.setVisible(bool(reasons))
        while (item := self._buttons.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for place, (label, do) in enumerate(offers):
            button = QPushButton(label)
            button.setProperty("primary", usual and place == 0)
            button.clicked.connect(lambda _checked=False, do=do: do())
            self._buttons.addWidget(button)
        self._draw()

    def _draw(self) -> None:
        if self._icon:
            colour = self._theme.colours.muted
            self._picture.setPixmap(self._theme.icons(self._icon, colour).pixmap(QSize(_ICON, _ICON)))
