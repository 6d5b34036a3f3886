"""A button that is an icon, and says by words what it does where one points at it or listens."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton

from desktop.theme import Theme


def icon_button(theme: Theme, icon: str, tip: str) -> QToolButton:
    """Return such a button; its icon follows the theme."""
    button = QToolButton()
    theme.icons.put(button, icon)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    return button
