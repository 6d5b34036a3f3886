"""Asks what is to become of documents whose files are gone all at once: a disk may only be unplugged."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from core.domain.document import Document, State
from core.domain.plain_text import one_line
from core.domain.source import MISSING, Source
from core.domain.workspace import Workspace
from desktop.context import Context
from desktop.theme.theme import GRID, sized
from desktop.words import number, receipt_lines

_LISTED = 1000


class VanishedDialog(QDialog):
    """Keep them, remove them, or decide later; nothing is removed before."""

    def __init__(self, context: Context, workspace: Workspace, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Files vanished"))
        self._context = context
        self._workspace = workspace
        self._source = source
        title = _label(self.tr("%n file(s) vanished. Remove them?", "", source.missing))
        title.setFont(sized(self.font(), 1.25, bold=True))
        about = _label(
            self.tr(
                "{count} of {all} files of “{source}” are not where they were. If their disk or their network folder is"
                " only away, connect it and look again. Until you decide they can be searched as before."
            ).format(count=number(source.missing), all=number(source.missing_of), source=one_line(source.name))
        )
        about.setProperty("muted", True)
        self.names = QPlainTextEdit(readOnly=True)
        self.names.setAccessibleName(self.tr("Files that vanished"))
        self.names.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.names.setTabChangesFocus(True)
        later = QPushButton(self.tr("Decide later"))
        later.clicked.connect(self.reject)
        self.remove = QPushButton(self.tr("Remove"))
        self.remove.setProperty("danger", True)
        self.remove.clicked.connect(self._remove)
        self.keep = QPushButton(self.tr("Keep"))
        self.keep.setProperty("primary", True)
        self.keep.setDefault(True)
        self.keep.clicked.connect(self._keep)
        buttons = QHBoxLayout()
        buttons.addWidget(later)
        buttons.addStretch(1)
        buttons.addWidget(self.remove)
        buttons.addWidget(self.keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(title)
        layout.addWidget(about)
        layout.addWidget(self.names, 1)
        layout.addSpacing(GRID)
        layout.addLayout(buttons)
        self.resize(72 * GRID, 52 * GRID)
        listed = context.kb.documents.list
        context.tasks.run(
            self,
            lambda: listed(workspace, sources=[source.id], states=[State.STALE], limit=_LISTED).documents,
            self._list,
        )

    def _list(self, documents: tuple[Document, ...]) -> None:
        gone = [one_line(each.path or each.name) for each in documents if each.reason_code == MISSING]
        if (more := self._source.missing - len(gone)) > 0:
            gone.append(self.tr("… and %n more", "", more))
        self.names.setPlainText("\n".join(gone))

    # The dialog is gone before the engine has looked again; what became of it is told in the window.

    def _remove(self) -> None:
        sources, workspace, source, notices = (
            self._context.kb.sources,
            self._workspace,
            self._source,
            self._context.notices,
        )
        removed = self.tr("Removed from Carrel:")
        self._context.tasks.run(
            notices,
            lambda: sources.confirm_deletions(workspace, source.id),
            lambda receipt: notices.say(removed, ", ".join(receipt_lines(receipt))),
        )
        self.accept()

    def _keep(self) -> None:
        sources, workspace, source = self._context.kb.sources, self._workspace, self._source
        self._context.tasks.run(self._context.notices, lambda: sources.keep_missing(workspace, source.id))
        self.accept()


def _label(text: str) -> QLabel:
    label = QLabel(text, wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
