"""Asks for a name. What the engine says against it stands below the field, and the dialog stays."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from core.errors import CarrelError
from desktop.context import Context
from desktop.dialogs.shape import shape, wrapped
from desktop.theme.theme import GRID

_WIDTH = 50 * GRID


class NameDialog(QDialog):
    """One field and a button.

    Attributes:
        given: What the engine made of the name.
    """

    given = Signal(object)

    def __init__(
        self,
        context: Context,
        title: str,
        button: str,
        submit: Callable[[str], object],
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`submit` is the call that uses the name; it runs beside the window."""
        super().__init__(parent)
        self._context = context
        self._submit = submit
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        label = QLabel(self.tr("Name"))
        self.field = QLineEdit(name)
        self.field.setAccessibleName(self.tr("Name"))
        self.field.selectAll()
        label.setBuddy(self.field)
        self.refusal = wrapped()
        self.refusal.setProperty("bad", True)
        self.refusal.hide()
        self.field.textEdited.connect(self.refusal.hide)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.accept_button = buttons.addButton(button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setProperty("primary", True)
        self.accept_button.setDefault(True)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        for each in (label, self.field, self.refusal):
            layout.addWidget(each)
        layout.addSpacing(GRID)
        layout.addWidget(buttons)
        shape(layout, self.field, _WIDTH)

    def _give(self) -> None:
        name = self.field.text()
        self.accept_button.setEnabled(False)
        self._context.tasks.run(self, lambda: self._submit(name), self._take, self._refuse)

    def _take(self, made: object) -> None:
        self.given.emit(made)
        self.accept()

    def _refuse(self, error: BaseException) -> None:
        self.accept_button.setEnabled(True)
        if isinstance(error, CarrelError):
            self.refusal.setText(str(error))
            self.refusal.show()
            self.field.setFocus()
        else:
            self._context.notices.error(error)
