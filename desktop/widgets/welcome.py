"""What a workspace without documents shows: three equal ways to begin, and that nothing leaves this computer."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from core.domain.plain_text import one_line
from desktop.theme import Theme
from desktop.theme.theme import GRID, sized
from desktop.widgets.scrolled import fill

_ICON = 40
_WIDEST = 30 * GRID


class Welcome(QWidget):
    """Three choices.

    Attributes:
        wants_folder: Add a folder.
        wants_files: Add files.
        wants_sample: Add the sample library.
    """

    wants_folder = Signal()
    wants_files = Signal()
    wants_sample = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("paper", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = _label(sized(self.font(), 1.5, bold=True))
        privacy = _label(self.font(), self.tr("Files stay where they are. Nothing leaves this computer."))
        privacy.setProperty("muted", True)
        self.choices = (
            _Choice(theme, "folder-add", self.tr("Add a folder…"), self.tr("Carrel reads it and follows its changes.")),
            _Choice(
                theme, "drop", self.tr("Drop files or folders here"), self.tr("Anywhere on this window, at any time.")
            ),
            _Choice(
                theme, "sample", self.tr("Try the sample"), self.tr("A small library of letters, reports and mail.")
            ),
        )
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addStretch(1)
        for choice, chosen in zip(self.choices, (self.wants_folder, self.wants_files, self.wants_sample), strict=True):
            choice.clicked.connect(lambda _checked=False, chosen=chosen: chosen.emit())
            row.addWidget(choice, 4)
        row.addStretch(1)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(2 * GRID, 4 * GRID, 2 * GRID, 4 * GRID)
        layout.setSpacing(4 * GRID)
        layout.addStretch(2)
        layout.addWidget(self._title)
        layout.addLayout(row)
        layout.addWidget(privacy)
        layout.addStretch(3)
        fill(self, inside)

    def greet(self, workspace: str) -> None:
        """Name the workspace that has no documents yet."""
        self._title.setText(self.tr("No documents in “{workspace}” yet").format(workspace=one_line(workspace)))


class _Choice(QPushButton):
    """A card: picture, what it does, one line about it."""

    def __init__(self, theme: Theme, icon: str, title: str, about: str) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self.setProperty("card", True)
        self.setAccessibleName(title)
        self.setAccessibleDescription(about)
        self.setAutoDefault(True)  # Enter chooses, as Space does
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        name = _label(sized(self.font(), 1.1, bold=True), title)
        words = _label(self.font(), about)
        words.setProperty("muted", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, 4 * GRID, GRID, 4 * GRID)
        layout.setSpacing(GRID)
        for each in (self._picture, name, words):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(each)
        layout.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setMaximumWidth(_WIDEST)
        theme.changed.connect(self._draw)
        self._draw()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the usual size; the labels ask for the height that they need."""
        return QSize(_WIDEST, 20 * GRID)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return what three of them need in the narrowest window."""
        return QSize(18 * GRID, 18 * GRID)

    def _draw(self) -> None:
        picture = self._theme.icons(self._icon, self._theme.colours.accent)
        self._picture.setPixmap(picture.pixmap(QSize(_ICON, _ICON)))


def _label(font: QFont, text: str = "") -> QLabel:
    label = QLabel(text, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(font)
    return label
