"""The shape of small dialogs: as wide as is good to read, and always as high as what stands in them needs.

Qt by itself makes no window higher than two thirds of the screen, and then cuts lines off.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLayout, QSizePolicy, QWidget


def wrapped(text: str = "") -> QLabel:
    """Return a label of plain text that is broken into lines by the width of its dialog."""
    label = QLabel(text, wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


def shape(layout: QLayout, widest: QWidget, width: int) -> None:
    """Let a dialog follow what stands in its layout; `widest` is a part of it, and gets at least that width."""
    widest.setMinimumWidth(width)
    layout.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
