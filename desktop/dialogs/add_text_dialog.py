"""Asks before a pasted text is kept as a document."""

from __future__ import annotations

import hashlib

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from core.domain.document import Text
from core.domain.plain_text import one_line
from core.domain.workspace import Workspace
from desktop.context import Context
from desktop.dialogs.buttons import accept_or_leave
from desktop.dialogs.shape import shape, wrapped
from desktop.theme.theme import GRID, sized
from desktop.words import number

_TITLE_WORDS = 8
_TITLE_LENGTH = 80
_SHOWN = 400


class AddTextDialog(QDialog):
    """Shows how the text begins, and asks for its title."""

    def __init__(self, context: Context, workspace: Workspace, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Add a text"))
        self._context = context
        self._workspace = workspace
        self._text = text
        heading = wrapped(self.tr("Add this text to “{workspace}”").format(workspace=one_line(workspace.name)))
        heading.setFont(sized(self.font(), 1.25, bold=True))
        self.title = QLineEdit(first_words(text))
        self.title.setAccessibleName(self.tr("Title"))
        begins = " ".join(text[:_SHOWN].split())
        excerpt = wrapped(one_line(begins) + ("…" if len(text) > _SHOWN else ""))
        excerpt.setProperty("muted", True)
        length = wrapped(self.tr("{count} characters").format(count=number(len(text))))
        length.setProperty("muted", True)
        buttons = accept_or_leave(self, self.tr("Add"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        for each in (heading, self.title, excerpt, length):
            layout.addWidget(each)
        layout.addSpacing(GRID)
        layout.addWidget(buttons)
        shape(layout, self.title, 58 * GRID)

    def accept(self) -> None:
        """Keep the text. The same text pasted again is the same document."""
        kb, workspace, text = self._context.kb, self._workspace, self._text
        title = self.title.text().strip() or first_words(text)

        def add() -> None:
            digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
            kb.documents.add_texts(workspace, [Text(f"pasted-{digest[:16]}", text, title)])

        # This dialog is gone before the text is stored; an error is told in the window.
        self._context.tasks.run(self._context.tasks, add)
        super().accept()


def first_words(text: str) -> str:
    """Return the first words of a text, as its title."""
    words = text.strip()[:_SHOWN].split()
    return one_line(" ".join(words[:_TITLE_WORDS]))[:_TITLE_LENGTH]
