"""Tells of faults of ours, beside the window, with a report that can be copied. The window goes on behind it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.fault_report import fault_report
from desktop.theme.theme import GRID, sized

_MOST = 20


class FaultDialog(QDialog):
    """One dialog for all faults: those that come while it is open are added, and the same ones are counted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._counts: dict[str, int] = {}
        self.setModal(False)
        self.setWindowTitle(self.tr("A fault of Carrel"))
        title = QLabel(self.tr("Carrel made a mistake, and goes on."))
        title.setFont(sized(self.font(), 1.15, bold=True))
        about = QLabel(
            self.tr(
                "What was stored stays stored. If you tell us of it, add this report: it says where in Carrel it"
                " happened and which versions you have. It holds nothing of your documents, queries, paths or keys."
            ),
            wordWrap=True,
        )
        about.setTextFormat(Qt.TextFormat.PlainText)
        self.report = QPlainTextEdit(readOnly=True)
        self.report.setAccessibleName(self.tr("Report"))
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = buttons.addButton(self.tr("Copy the report"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.setProperty("primary", True)
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report.toPlainText()))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        for each in (title, about):
            layout.addWidget(each)
        layout.addWidget(self.report, 1)
        layout.addWidget(buttons)
        self.resize(76 * GRID, 48 * GRID)

    def tell(self, error: BaseException) -> None:
        """Add a fault, and show the dialog if it is not shown already."""
        report = fault_report(error)
        if not self.isVisible():
            self._counts.clear()
        if report in self._counts or len(self._counts) < _MOST:
            self._counts[report] = self._counts.get(report, 0) + 1
        parts = [each if count == 1 else f"{count} ×\n{each}" for each, count in self._counts.items()]
        self.report.setPlainText("\n\n".join(parts))
        self.show()
