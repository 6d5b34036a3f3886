"""Asks before files and folders are added: what would be read, what would be left out, and by which rules."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QProgressBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.domain.plain_text import one_line
from core.domain.source import Preview, Rules
from core.domain.workspace import Workspace
from core.errors import CarrelError
from desktop.context import Context
from desktop.dialogs.shape import shape, wrapped
from desktop.tasks import Latest
from desktop.theme.theme import GRID, sized
from desktop.widgets.rules_form import RulesForm
from desktop.words import number, rule_name, size, span

_NAMED = 4


class AddDialog(QDialog):
    """Counts in the background what a start would do."""

    def __init__(
        self, context: Context, workspace: Workspace, paths: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Add documents"))
        self._context = context
        self._workspace = workspace
        self._paths = list(paths)
        self._latest = Latest(context.tasks, self)
        self._stop = threading.Event()
        self._title = wrapped(self._what())
        self._title.setFont(sized(self.font(), 1.25, bold=True))
        self._where = wrapped(self.tr("to “{workspace}”").format(workspace=one_line(workspace.name)))
        self._where.setProperty("muted", True)
        self._counting = QProgressBar()
        self._counting.setRange(0, 0)
        self._counting.setTextVisible(False)
        self._counting.setAccessibleName(self.tr("Counting"))
        self._found = wrapped("")
        self._skipped = wrapped("")
        self._skipped.setProperty("muted", True)
        self._problem = wrapped("")
        self._problem.setProperty("bad", True)
        self.watch = QCheckBox(self.tr("Watch for changes: what is new, changed or gone is followed"))
        self.watch.setChecked(True)
        self.more = QToolButton()
        self.more.setText(self.tr("Rules"))
        self.more.setCheckable(True)
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.toggled.connect(self._unfold)
        self.rules = RulesForm(Rules(max_bytes=context.kb.settings.indexing.max_file_mb * 2**20))
        self.rules.changed.connect(self._count)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.start = self.buttons.addButton(self.tr("Start"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.start.setProperty("primary", True)
        self.start.setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        # A count of a whole disk would go on in its thread, and the program could not end.
        if (application := QApplication.instance()) is not None:
            application.aboutToQuit.connect(self._break_off)
        self._lay_out()
        self._unfold(False)
        self._count()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        shape(layout, self._title, 60 * GRID)
        for each in (self._title, self._where):
            layout.addWidget(each)
        layout.addSpacing(GRID)
        layout.addWidget(self._counting)
        for each in (self._found, self._skipped, self._problem):
            layout.addWidget(each)
        layout.addSpacing(GRID)
        layout.addWidget(self.watch)
        layout.addWidget(self.more)
        layout.addWidget(self.rules)
        layout.addSpacing(GRID)
        layout.addWidget(self.buttons)

    def _what(self) -> str:
        names = [one_line(PurePath(path).name or path) for path in self._paths]
        named = ", ".join(names[:_NAMED])
        if (left := len(names) - _NAMED) > 0:
            named = self.tr("{names} and %n more", "", left).format(names=named)
        return self.tr("Add {names}").format(names=named)

    def _unfold(self, shown: bool) -> None:
        self.rules.setVisible(shown)
        self._context.theme.icons.put(self.more, "down" if shown else "right")

    # -- counting -----------------------------------------------------------------------------------------------------

    def _count(self) -> None:
        self._stop.set()  # what is being counted by other rules
        try:
            rules = self.rules.rules()
        except CarrelError as error:
            self._refuse(error)
            return
        stop = self._stop = threading.Event()
        preview, paths = self._context.kb.documents.preview, self._paths
        self._counting.show()
        self._found.setText(self.tr("Counting…"))
        self._problem.hide()
        self.start.setEnabled(True)
        self._latest.run(lambda: preview(paths, rules, stop), self._show, self._refuse)

    def _show(self, preview: Preview) -> None:
        self._counting.hide()
        readable = self.tr("%n readable", "", preview.readable)
        if preview.kinds:
            kinds = [f"{number(count.files)} {kind}" for kind, count in list(preview.kinds.items())[:_NAMED]]
            readable += " (" + ", ".join(kinds) + (", …)" if len(preview.kinds) > _NAMED else ")")
        parts = [readable, size(preview.bytes)]
        if preview.seconds is not None:
            parts.append(self.tr("about {span}").format(span=span(preview.seconds)))
        self._found.setText(" · ".join(parts) if preview.readable else self.tr("Nothing here that Carrel can read."))
        skipped = sum(preview.skipped.values())
        rules = [rule_name(rule) for rule in list(preview.skipped)[:_NAMED]]
        self._skipped.setText(
            self.tr("%n skipped ({rules})", "", skipped).format(
                rules=", ".join(rules) + (", …" if len(preview.skipped) > _NAMED else "")
            )
        )
        self._skipped.setVisible(skipped > 0)
        self._problem.setText("\n".join(one_line(each.message) for each in preview.problems[:_NAMED]))
        self._problem.setVisible(bool(preview.problems))
        self.start.setEnabled(preview.readable > 0 or not preview.problems)

    def _refuse(self, error: BaseException) -> None:
        self._counting.hide()
        self._skipped.hide()
        self.start.setEnabled(False)
        if isinstance(error, CarrelError):
            self._found.clear()
            self._problem.setText(f"{one_line(error.message)} {error.hint}".strip())
            self._problem.show()
        else:
            self._context.notices.error(error)
            self.reject()

    # -- the end ------------------------------------------------------------------------------------------------------

    def accept(self) -> None:
        """Add the paths by the rules that stand there."""
        try:
            rules = self.rules.rules()
        except CarrelError as error:
            self._refuse(error)
            return
        add, workspace, paths, watch = (
            self._context.kb.documents.add,
            self._workspace,
            self._paths,
            self.watch.isChecked(),
        )
        # This dialog is gone before the paths are added; an error is told in the window.
        self._context.tasks.run(self._context.tasks, lambda: add(workspace, paths, watch=watch, rules=rules))
        super().accept()

    def done(self, result: int) -> None:
        """Stop counting."""
        self._break_off()
        super().done(result)

    def _break_off(self) -> None:
        self._stop.set()
