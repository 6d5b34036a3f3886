"""How many network connections are open, as they were counted last."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from core.domain.health import Connections
from desktop.words import connections_account


class NetworkLabel(QLabel):
    """A few words, with what was counted in the tip; nothing before the first count."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("muted", True)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def tell(self, found: Connections) -> None:
        """Tell what was counted."""
        if found.elsewhere:
            self.setText(self.tr("%n connection(s)", "", found.elsewhere))
        else:
            self.setText(self.tr("Offline · 0 connections"))
        self.setToolTip(connections_account(found))
