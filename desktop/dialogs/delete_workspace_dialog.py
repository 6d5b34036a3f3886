"""Deletes a workspace: says what goes, has its name typed, and shows the receipt."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from core.domain.change import Receipt
from core.domain.plain_text import one_line
from core.domain.workspace import Workspace
from core.errors import CarrelError
from desktop.context import Context
from desktop.dialogs.shape import shape, wrapped
from desktop.theme.theme import GRID, sized
from desktop.words import receipt_lines

_WIDTH = 56 * GRID


class DeleteWorkspaceDialog(QDialog):
    """Nothing is deleted before the name stands in the field.

    Attributes:
        began: The deletion begins; nobody may ask for this workspace from now on.
        deleted: It is gone: its receipt.
        kept: It could not be deleted, and is there still.
    """

    began = Signal()
    deleted = Signal(object)
    kept = Signal()

    def __init__(self, context: Context, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._workspace = workspace
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = one_line(workspace.name)
        self.setWindowTitle(self.tr("Delete “{name}”").format(name=name))
        self.title = wrapped(self.tr("Delete the workspace “{name}”?").format(name=name))
        self.title.setFont(sized(self.font(), 1.15, bold=True))
        self.account = wrapped(self.tr("Counting what is in it…"))
        self.stays = wrapped(
            self.tr("The files on your disk stay where they are. What is deleted here can't be brought back.")
        )
        self.stays.setProperty("muted", True)
        self._ask = wrapped(self.tr("Type the name of the workspace to confirm:"))
        self.field = QLineEdit(placeholderText=workspace.name)
        self.field.setAccessibleName(self.tr("Name of the workspace"))
        self.field.textChanged.connect(self._compare)
        self.refusal = wrapped("")
        self.refusal.setProperty("bad", True)
        self.refusal.hide()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.delete_button = self._buttons.addButton(self.tr("Delete"), QDialogButtonBox.ButtonRole.DestructiveRole)
        self.delete_button.setProperty("danger", True)
        self.delete_button.setEnabled(False)
        self.delete_button.clicked.connect(self._delete)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        for each in (self.title, self.account, self.stays, self._ask, self.field, self.refusal):
            layout.addWidget(each)
        layout.addSpacing(GRID)
        layout.addWidget(self._buttons)
        shape(layout, self.title, _WIDTH)
        kb = context.kb
        self._counting = context.tasks.run(
            self,
            lambda: (kb.documents.ledger(workspace, files=False), len(kb.sources.all(workspace))),
            lambda found: self._say(found[0].total, found[0].chunks, found[1]),
            self._refuse,
        )

    def _compare(self, typed: str) -> None:
        self.delete_button.setEnabled(typed.strip() == self._workspace.name)

    def _say(self, documents: int, passages: int, sources: int) -> None:
        parts = [
            self.tr("%n document(s)", "", documents),
            self.tr("%n passage(s)", "", passages),
            self.tr("%n source(s)", "", sources),
        ]
        self.account.setText(
            self.tr("This deletes from Carrel: {parts}, its saved searches, history and backups.").format(
                parts=", ".join(parts)
            )
        )

    def _delete(self) -> None:
        kb, workspace = self._context.kb, self._workspace
        for each in (self.field, self._buttons):
            each.setEnabled(False)
        self._counting.cancel()  # there is nothing to count any more
        self.began.emit()
        self._context.tasks.run(self, lambda: kb.workspaces.delete(workspace), self._show_receipt, self._not_deleted)

    def _not_deleted(self, error: BaseException) -> None:
        for each in (self.field, self._buttons):
            each.setEnabled(True)
        self.kept.emit()
        self._refuse(error)

    def _refuse(self, error: BaseException) -> None:
        if isinstance(error, CarrelError):
            self.refusal.setText(str(error))
            self.refusal.show()
        else:
            self._context.notices.error(error)

    def _show_receipt(self, receipt: Receipt) -> None:
        self.deleted.emit(receipt)
        self.title.setText(self.tr("“{name}” was deleted").format(name=one_line(self._workspace.name)))
        self.account.setText("\n".join(receipt_lines(receipt)))
        self.stays.setText(self.tr("The files on your disk were not touched."))
        for each in (self._ask, self.field, self.refusal, self.delete_button):
            each.hide()
        self._buttons.setEnabled(True)
        close = self._buttons.button(QDialogButtonBox.StandardButton.Cancel)
        close.setText(self.tr("Close"))
        close.setFocus()

    def reject(self) -> None:
        """Close, but not while something is being deleted."""
        if self._buttons.isEnabled():
            super().reject()
