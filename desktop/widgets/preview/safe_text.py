"""A field that shows foreign text: as characters, never as HTML, and without ever loading what it names."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QTextEdit, QWidget

# Characters that mean something to QTextDocument (objects, frames, ends of lines and paragraphs) or turn the direction
# of writing of all that follows.
_SPECIAL = str.maketrans(
    dict.fromkeys("\ufffc\ufdd0\ufdd1\r\x0b\x0c\u2028\u2029\u202a\u202b\u202d\u202e\u2066\u2067\u2068", "\ufffd")
)


def as_characters(text: str) -> str:
    """Return a text in which nothing means more than itself to a text document; as long as it was."""
    return text.translate(_SPECIAL)


class SafeText(QTextEdit):
    """To be read, not written. What is put in goes through `as_characters`, by a cursor."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:  # noqa: N802 - Qt's name
        """Load nothing, whatever a text asks for."""
        return None
