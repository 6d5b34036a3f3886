"""A line above the page: an error with its hint, or short news. It goes when it is closed or replaced."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from desktop.theme import Theme
from desktop.theme.theme import GRID

_NEWS_MS = 8000


class NoticeBar(QWidget):
    """Shows one notice at a time; errors stay until they are closed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("notice", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._icon = QLabel()
        self._text = QLabel(wordWrap=True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton()
        self._button.clicked.connect(self._act)
        self._do: Callable[[], None] = lambda: None
        close = QToolButton()
        theme.icons.put(close, "clear")
        close.setAccessibleName(self.tr("Close this notice"))
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._button)
        layout.addWidget(close)
        self._timer = QTimer(self, singleShot=True, interval=_NEWS_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, sentence: str, hint: str, bad: bool, action: str | None, do: Callable[[], None] | None) -> None:
        """Show a notice."""
        colours = self._theme.colours
        icon = self._theme.icons("warning", colours.bad) if bad else self._theme.icons("info", colours.accent)
        self._icon.setPixmap(icon.pixmap(18, 18))
        self._text.setText(f"{sentence} {hint}".strip())
        self._button.setVisible(action is not None)
        self._button.setText(action or "")
        self._do = do or (lambda: None)
        self.show()
        if bad or action is not None:
            self._timer.stop()
        else:
            self._timer.start()

    def _act(self) -> None:
        self.hide()
        self._do()
