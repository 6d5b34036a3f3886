"""What happened since the window was opened, line by line."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QTime
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from core.domain.change import Receipt
from core.domain.plain_text import one_line
from desktop.changes import News
from desktop.context import Context
from desktop.words import receipt_lines

_MOST = 1000


class LogTab(QWidget):
    """The last lines; they can be selected and copied."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = QPlainTextEdit(readOnly=True)
        self.lines.setAccessibleName(self.tr("Log"))
        self.lines.setMaximumBlockCount(_MOST)
        self.lines.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.lines)
        context.changes.news.connect(self._hear)
        context.notices.said.connect(lambda sentence, hint, *_: self.add(f"{sentence} {hint}".strip()))
        context.notices.fault.connect(self._hear_of_fault)

    def add(self, line: str) -> None:
        """Write a line, with the time."""
        now = QLocale().toString(QTime.currentTime(), "HH:mm:ss")
        self.lines.appendPlainText(f"{now}  {one_line(line)}")

    def _hear_of_fault(self, error: BaseException) -> None:
        self.add(self.tr("A fault of Carrel: {kind}").format(kind=type(error).__name__))

    def _hear(self, news: News) -> None:
        for receipt in news.receipts:
            self.add(_sentence(receipt))


def _sentence(receipt: Receipt) -> str:
    reasons = {
        "removed": QCoreApplication.translate("LogTab", "Removed"),
        "expired": QCoreApplication.translate("LogTab", "Expired and deleted"),
        "gone": QCoreApplication.translate("LogTab", "Removed, because the file is gone"),
    }
    return f"{reasons.get(receipt.reason, receipt.reason)}: {', '.join(receipt_lines(receipt))}"
