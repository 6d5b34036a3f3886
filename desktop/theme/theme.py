"""The theme in use: applied to the whole program, changed while it runs."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from desktop.theme.colours import DARK, LIGHT, Colours, palette
from desktop.theme.icons import Icons
from desktop.theme.style import sheet

GRID = 8
"""All distances are multiples of this, or half of it; in pixels."""


class Theme(QObject):
    """Light, dark, or what the system says.

    Attributes:
        changed: The colours or the size of text have changed.
        icons: Icons in the colours of the theme.
    """

    changed = Signal()

    def __init__(self, application: QApplication, choice: str = "system", text_percent: int = 100) -> None:
        super().__init__(application)
        self._application = application
        self._font = QFont(application.font())
        self._choice = choice
        self._percent = text_percent
        self.colours = LIGHT
        self.icons = Icons(lambda: self.colours.text)
        application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self.apply)
        self.apply()

    def choose(self, choice: str, text_percent: int) -> None:
        """Change it: `system`, `light` or `dark`, and the size of text in percent of the system's."""
        if (choice, text_percent) != (self._choice, self._percent):
            larger = text_percent / self._percent
            self._choice, self._percent = choice, text_percent
            self.apply()
            if larger != 1:
                self._resize_own_fonts(larger)

    def _resize_own_fonts(self, factor: float) -> None:
        """Resize the fonts of headings and the like, which do not follow that of the program."""
        for widget in self._application.allWidgets():
            if widget.testAttribute(Qt.WidgetAttribute.WA_SetFont):
                widget.setFont(sized(widget.font(), factor))

    @property
    def dark(self) -> bool:
        """Whether the dark colours are in use."""
        return self.colours is DARK

    def apply(self) -> None:
        """Draw the whole program by the choices made."""
        self.colours = self._colours()
        font = QFont(self._font)
        font.setPointSizeF(self._font.pointSizeF() * self._percent / 100)
        self._application.setFont(font)
        self._application.setPalette(palette(self.colours))
        self._application.setStyleSheet(sheet(self.colours))
        self.icons.refresh()
        self.changed.emit()

    def _colours(self) -> Colours:
        if self._choice == "system":
            dark = self._application.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if self._choice == "dark" else LIGHT


def sized(font: QFont, factor: float, *, bold: bool = False) -> QFont:
    """Return a font larger or smaller by a factor."""
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * factor)
    made.setWeight(QFont.Weight.DemiBold if bold else font.weight())
    return made
