"""What lies over the window while files are dragged across it: it names where they would go."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from core.domain.plain_text import one_line
from desktop.theme import Theme
from desktop.theme.theme import GRID, sized

_ICON = 56


class DropOverlay(QWidget):
    """Covers its parent; what is dropped reaches the widgets below."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._theme = theme
        self._sentence = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def name_target(self, workspace: str) -> None:
        """Show that a drop would add to this workspace."""
        self._sentence = self.tr("Add to “{workspace}”").format(workspace=one_line(workspace))
        self.setAccessibleName(self._sentence)
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw a frame, a picture and the sentence."""
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(colours.window)
        veil.setAlphaF(0.92)
        painter.fillRect(self.rect(), veil)
        frame = self.rect().adjusted(2 * GRID, 2 * GRID, -2 * GRID, -2 * GRID)
        painter.setPen(QPen(QColor(colours.accent), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(frame, GRID, GRID)
        middle = frame.center()
        icon = QRect(middle.x() - _ICON // 2, middle.y() - _ICON - GRID, _ICON, _ICON)
        self._theme.icons("drop", colours.accent).paint(painter, icon)
        font = sized(self.font(), 1.6, bold=True)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        words = QRect(frame.left(), middle.y() + GRID, frame.width(), 6 * GRID)
        room = words.width() - 4 * GRID
        sentence = painter.fontMetrics().elidedText(self._sentence, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, sentence)
