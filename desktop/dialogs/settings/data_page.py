"""Where Carrel keeps its data, and how much that is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.domain.plain_text import one_line
from desktop.context import Context
from desktop.theme.theme import GRID
from desktop.words import size


class DataPage(QWidget):
    """The data folder, its size, and what endangers it."""

    def __init__(self, context: Context, data_folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.place = _plain(one_line(str(data_folder)))
        self.place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.amount = _plain(self.tr("Counting…"))
        self.amount.setProperty("muted", True)
        about = _plain(
            self.tr(
                "Texts, indices, backups and settings stand here, and nowhere else. Your own files are never changed."
            )
        )
        about.setProperty("muted", True)
        self.warnings = _plain("")
        self.warnings.setProperty("bad", True)
        self.open_button = QPushButton(self.tr("Open the folder"))
        self.open_button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(data_folder))))
        row = QHBoxLayout()
        row.addWidget(self.open_button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, 0)
        layout.setSpacing(GRID)
        for each in (self.place, self.amount, about, self.warnings):
            layout.addWidget(each)
        layout.addLayout(row)
        layout.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Count when it is looked at."""
        super().showEvent(event)
        upkeep = self._context.kb.upkeep
        self._context.tasks.run(
            self,
            lambda: (int(upkeep.facts()["data_bytes"]), [*upkeep.warnings(), *upkeep.settings_problems()]),
            lambda found: self._show(*found),
        )

    def _show(self, count: int, warnings: list[str]) -> None:
        self.amount.setText(self.tr("{size} are stored there.").format(size=size(count)))
        self.warnings.setText("\n".join(one_line(each) for each in warnings))
        self.warnings.setVisible(bool(warnings))


def _plain(text: str) -> QLabel:
    label = QLabel(text, wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
