"""Asks for the tags of one or more documents."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget

from core.domain.document import Document
from desktop.dialogs.buttons import accept_or_leave
from desktop.dialogs.shape import shape, wrapped
from desktop.theme.theme import GRID, sized


class TagsDialog(QDialog):
    """Tags that all of them have can be changed; those of single ones stay.

    Attributes:
        decided: The tags of each document: a dictionary by its id.
    """

    decided = Signal(object)

    def __init__(self, documents: Sequence[Document], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Tags"))
        self._documents = documents
        self._common = set.intersection(*(set(each.tags) for each in documents)) if documents else set()
        title = QLabel(self.tr("Tags of %n document(s)", "", len(documents)))
        title.setFont(sized(self.font(), 1.25, bold=True))
        self.field = QLineEdit(", ".join(sorted(self._common)))
        self.field.setAccessibleName(self.tr("Tags"))
        self.field.setPlaceholderText(self.tr("such as urgent, 2024"))
        hint = wrapped(self.tr("Separated by commas. A search finds them by tag:NAME."))
        hint.setProperty("muted", True)
        buttons = accept_or_leave(self, self.tr("Save"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        for each in (title, self.field, hint):
            layout.addWidget(each)
        layout.addSpacing(GRID)
        layout.addWidget(buttons)
        shape(layout, self.field, 50 * GRID)

    def accept(self) -> None:
        """Tell of the tags that stand there, for those documents whose tags change."""
        entered = {tag.strip() for tag in self.field.text().split(",") if tag.strip()}
        tags = {each.id: sorted((set(each.tags) - self._common) | entered) for each in self._documents}
        self.decided.emit({each.id: tags[each.id] for each in self._documents if list(each.tags) != tags[each.id]})
        super().accept()
