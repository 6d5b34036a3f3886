"""A label that is cut with “…” where there is no room, and says the whole in its tip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.words import tip


class ElidedLabel(QLabel):
    """One line of plain text; it takes what room there is and asks for none. A screen reader reads the whole.

    Attributes:
        whole: The text that was given; `text` is what of it is shown.
    """

    def __init__(self, cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight, parent: QWidget | None = None) -> None:
        """`cut` is where it is cut: a path in the middle, so that its beginning and its name are seen."""
        super().__init__(parent)
        self._cut = cut
        self.whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, text: str) -> None:
        """Show a text."""
        self.whole = text
        self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of the whole, on one line."""
        return QSize(self.fontMetrics().horizontalAdvance(self.whole), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a line without width."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Cut it anew."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Cut it anew where the letters have another size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self.whole, self._cut, self.contentsRect().width())
        self.setText(shown)
        self.setAccessibleName(self.whole)
        self.setToolTip(tip(self.whole) if shown != self.whole else "")
