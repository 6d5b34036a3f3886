"""The box in which a person types what they look for."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.theme import Theme

_PAUSE_MS = 40  # a search takes 5 ms, and only the newest waits; a longer pause would be felt
LONGEST = 4000
"""Characters of a query; what is pasted beyond them is cut off."""


class QueryBar(QLineEdit):
    """One line.

    Attributes:
        typed: What stands there, when a person has paused typing for a moment.
        entered: What stands there, when they press Enter.
        left: They press Down: on to the results.
    """

    typed = Signal(str)
    entered = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setMaxLength(LONGEST)
        self.setClearButtonEnabled(True)
        self.setPlaceholderText(self.tr("Search your documents"))
        self.setAccessibleName(self.tr("Search"))
        self.setMinimumHeight(36)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.typed.emit(self.text()))
        self.textEdited.connect(lambda _: self._pause.start())
        # The button that clears the box edits nothing, in Qt's eyes.
        self.textChanged.connect(lambda text: None if text else self._pause.start())
        self._icon = self.addAction(theme.icons("search", theme.colours.muted), self.ActionPosition.LeadingPosition)
        theme.changed.connect(lambda: self._icon.setIcon(theme.icons("search", theme.colours.muted)))

    def ask(self, query: str) -> None:
        """Put a query into the box and enter it."""
        self.setText(query)
        self._enter()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter searches at once, Down goes to the results."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif event.key() == Qt.Key.Key_Down:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Leave files to the window, which adds them; their paths are no query."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def _enter(self) -> None:
        self._pause.stop()
        self.entered.emit(self.text())
