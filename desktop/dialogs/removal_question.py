"""Asks before something is removed from Carrel."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from desktop.dialogs.shape import shape, wrapped
from desktop.theme.theme import GRID, sized


class RemovalQuestion(QDialog):
    """`accepted` is emitted where the person says yes."""

    def __init__(self, question: str, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Remove"))
        title, words = wrapped(question), wrapped(about)
        title.setFont(sized(self.font(), 1.25, bold=True))
        words.setProperty("muted", True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.remove = buttons.addButton(self.tr("Remove"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.remove.setProperty("danger", True)
        # Enter, pressed too soon, removes nothing.
        keep = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        keep.setDefault(True)
        keep.setFocus()
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        for label in (title, words):
            layout.addWidget(label)
        layout.addSpacing(GRID)
        layout.addWidget(buttons)
        shape(layout, title, 48 * GRID)
