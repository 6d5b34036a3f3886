"""The pane at the left: the pages, and below them sections such as the sources."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QStyle, QToolButton, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.theme.theme import GRID
from desktop.widgets.scrolled import fill


class SidePane(QWidget):
    """Pages above, sections below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._pages = QVBoxLayout()
        self._pages.setSpacing(2)
        line = QFrame()
        line.setProperty("line", True)
        self._sections = QVBoxLayout()
        self._sections.setSpacing(GRID)
        self._inside = inside = QWidget()
        inside.setProperty("bar", True)
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID)
        layout.addLayout(self._pages)
        layout.addWidget(line)
        layout.addLayout(self._sections, 1)
        fill(self, inside)  # in a low window, with the dock open, there is less room than this takes

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the width that everything needs, beside a bar to scroll by."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return QSize(self._inside.minimumSizeHint().width() + bar, 0)

    def add_section(self, section: QWidget, stretch: int = 0) -> None:
        """Add a section below those that are there; `stretch` is its share of the room that is left."""
        self._sections.addWidget(section, stretch)

    def add_page(self, action: QAction, icon: str) -> None:
        """Offer a page; the action shows it, and is checked while it is shown."""
        action.setCheckable(True)
        self._theme.icons.put(action, icon)
        button = QToolButton()
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(20, 20))
        button.setMinimumHeight(4 * GRID)
        policy = button.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        button.setSizePolicy(policy)
        self._pages.addWidget(button)
