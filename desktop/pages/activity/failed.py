"""What could not be read, grouped by the reason, with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidgetItem, QVBoxLayout, QWidget

from core.domain.document import Failure
from core.domain.plain_text import one_line
from core.domain.workspace import Workspace
from desktop.context import Context
from desktop.outside import show_in_folder
from desktop.pages.activity.rows import MOST, below, button, chosen, groups, note, tree
from desktop.tasks import Latest
from desktop.words import folder_of, number, tip

_FAILURES = Qt.ItemDataRole.UserRole
_CODE = Qt.ItemDataRole.UserRole + 1
_SETTINGS = {"timeout": "timeout_seconds", "memory": "memory_mb"}
"""Reasons that a setting can mend, and its name."""


class FailedTab(QWidget):
    """The failures of one workspace.

    Attributes:
        wants_setting: The person wants to change a setting: its name.
        changed: Files are read again.
    """

    changed = Signal()
    wants_setting = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._latest = Latest(context.tasks, self)
        self._workspace: Workspace | None = None
        self._shown: tuple[Failure, ...] | None = None
        self.rows = tree(
            context.theme, self.tr("Failed"), [self.tr("Reason and file"), self.tr("Why"), self.tr("Tries")], widest=1
        )
        self.rows.currentItemChanged.connect(lambda *_: self._offer())
        self.text = note()
        self.mend = button(self.tr("Change the setting…"))
        self.mend.clicked.connect(lambda: self.wants_setting.emit(_SETTINGS[str(chosen(self.rows, _CODE))]))
        self.show_file = button(self.tr("Show in folder"))
        self.show_file.clicked.connect(self._show_in_folder)
        self.retry = button(self.tr("Retry"))
        self.retry.clicked.connect(lambda: self._retry([each.document_id for each in self._chosen()]))
        self.retry_all = button(self.tr("Retry all"))
        self.retry_all.clicked.connect(lambda: self._retry(None))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rows, 1)
        layout.addLayout(below(self.text, self.mend, self.show_file, self.retry, self.retry_all))

    def open(self, workspace: Workspace) -> None:
        """Show another workspace."""
        self._workspace = workspace
        self._shown = None
        self._latest.drop()
        self.rows.clear()
        self.refresh()

    def refresh(self) -> None:
        """Read the failures again; where they are the same, nothing moves."""
        kb, workspace = self._context.kb, self._workspace
        if workspace is not None:
            self._latest.run(lambda: tuple(kb.documents.failures(workspace)), self._show)

    def _show(self, failures: tuple[Failure, ...]) -> None:
        if failures == self._shown:
            return
        self._shown = failures
        folded = {item.data(0, _CODE) for item in groups(self.rows) if not item.isExpanded()}
        self.rows.clear()
        by_code: dict[str, list[Failure]] = {}
        for each in failures:
            by_code.setdefault(each.code, []).append(each)
        for code, group in sorted(by_code.items(), key=lambda pair: -len(pair[1])):
            title = self.tr("{reason} ({count})").format(reason=self._title(code), count=number(len(group)))
            item = _row(title, "", "", code, group)
            self.rows.addTopLevelItem(item)
            item.setExpanded(code not in folded and len(by_code) < 8)
            for each in group[:MOST]:
                row = _row(
                    one_line(PurePath(each.name).name), one_line(each.reason), number(each.attempts), code, [each]
                )
                row.setToolTip(0, tip(folder_of(each.name)))
                item.addChild(row)
            if (more := len(group) - MOST) > 0:
                item.addChild(_row(self.tr("and %n more", "", more), "", "", code, group[MOST:]))
        self.retry_all.setEnabled(bool(failures))
        self._offer()

    def _chosen(self) -> Sequence[Failure]:
        item = self.rows.currentItem()
        return [] if item is None else item.data(0, _FAILURES)

    def _offer(self) -> None:
        failures, code = self._chosen(), str(chosen(self.rows, _CODE) or "")
        self.retry.setEnabled(bool(failures))
        self.show_file.setEnabled(len(failures) == 1 and PurePath(failures[0].name).is_absolute())
        self.mend.setVisible(code in _SETTINGS)
        self.mend.setEnabled(code in _SETTINGS)
        nothing = self.tr("Everything could be read.") if not self._shown else ""
        self.text.setText(self._remedy(code) if failures else nothing)

    def _retry(self, ids: list[int] | None) -> None:
        kb, workspace = self._context.kb, self._workspace
        if workspace is not None:
            self._context.tasks.run(self, lambda: kb.documents.retry(workspace, ids), lambda _: self.changed.emit())

    def _show_in_folder(self) -> None:
        if not show_in_folder(self._chosen()[0].name):
            self._context.notices.say(self.tr("No program could show the folder."))

    def _title(self, code: str) -> str:
        titles = {
            "encrypted": self.tr("Protected by a password"),
            "damaged": self.tr("Damaged"),
            "empty": self.tr("Empty"),
            "too_large": self.tr("Too large"),
            "timeout": self.tr("Took too long"),
            "memory": self.tr("Needs too much memory"),
            "crashed": self.tr("Reading it failed"),
            "unreadable": self.tr("No right to read it, or a bad disk"),
            "vanished": self.tr("Gone from its place"),
            "not_a_file": self.tr("Not a file"),
            "unsupported": self.tr("Of a type that Carrel does not read"),
            "changed": self.tr("Changed while it was read"),
            "cancelled": self.tr("Cancelled"),
        }
        return titles.get(code, code.replace("_", " ").capitalize())

    def _remedy(self, code: str) -> str:
        remedies = {
            "encrypted": self.tr("Save a copy without a password, and add that."),
            "damaged": self.tr("Open it in its program, save it again, then retry."),
            "empty": self.tr("It may not have been copied completely; copy it again."),
            "too_large": self.tr("Split it into smaller files."),
            "timeout": self.tr("Give files more time in the settings, then retry."),
            "memory": self.tr("Give readers more memory in the settings, or split the file."),
            "crashed": self.tr("Open it in its program, save it again, then retry."),
            "unreadable": self.tr("Check who may read it and whether its disk is sound, then retry."),
            "vanished": self.tr("Put it back, or press F5 to look at all sources again."),
            "changed": self.tr("Close the program that writes it, then retry."),
        }
        return remedies.get(code, "")


def _row(name: str, why: str, tries: str, code: str, failures: list[Failure]) -> QTreeWidgetItem:
    row = QTreeWidgetItem([name, why, tries])
    row.setData(0, _FAILURES, failures)
    row.setData(0, _CODE, code)
    return row
