"""The pane at the right: the document of the chosen hit, with the passage marked."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from core.domain.plain_text import one_line
from core.domain.search import Hit
from core.domain.workspace import Workspace
from desktop.context import Context
from desktop.theme.theme import GRID


class PreviewPane(QWidget):
    """Shows one document at a time."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._workspace: Workspace | None = None
        self._hit: Hit | None = None
        self._title = QLabel()
        self._text = QPlainTextEdit(readOnly=True)
        self._text.setAccessibleName(self.tr("Text of the document"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.addWidget(self._title)
        layout.addWidget(self._text, 1)

    def open(self, workspace: Workspace) -> None:
        """Show nothing of the workspace before."""
        self._workspace = workspace
        self.show_hit(None, "")

    def show_hit(self, hit: Hit | None, _query: str) -> None:
        """Show the passage of a hit in its document."""
        self._hit = hit
        self._title.setText(one_line(hit.document.title) if hit else "")
        self._text.setPlainText(hit.text if hit else "")

    def step(self, places: int) -> None:
        """Go to the next place in the document where the query's words stand, or the one before."""

    def open_outside(self) -> None:
        """Open the file in the program that it belongs to."""
        if self._hit is not None and self._hit.document.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._hit.document.path))

    def show_in_folder(self) -> None:
        """Show the file's folder."""

    def copy_citation(self) -> None:
        """Copy the passage with where it stands."""
        if self._hit is not None:
            QGuiApplication.clipboard().setText(f"“{self._hit.text}”\n{one_line(self._hit.document.title)}")
