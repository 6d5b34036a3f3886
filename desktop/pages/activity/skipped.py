"""What was left out, by rule; a rule that is opened shows its files."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem, QVBoxLayout, QWidget

from core.domain.listing import DocumentPage
from core.domain.plain_text import one_line
from core.domain.workspace import Workspace
from desktop.context import Context
from desktop.outside import show_in_folder
from desktop.pages.activity.rows import MOST, below, button, chosen, groups, note, tree
from desktop.tasks import Latest
from desktop.words import folder_of, number, rule_name, tip

_RULE = Qt.ItemDataRole.UserRole
_PATH = Qt.ItemDataRole.UserRole + 1


class SkippedTab(QWidget):
    """The rules that leave something out of one workspace."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._latest = Latest(context.tasks, self)
        self._workspace: Workspace | None = None
        self._shown: dict[str, int] | None = None
        self.rows = tree(context.theme, self.tr("Skipped"), [self.tr("Rule and file"), self.tr("Files")])
        self.rows.itemExpanded.connect(self._open_rule)
        self.rows.currentItemChanged.connect(lambda *_: self._offer())
        self.text = note()
        self.show_file = button(self.tr("Show in folder"))
        self.show_file.clicked.connect(self._show_in_folder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rows, 1)
        layout.addLayout(below(self.text, self.show_file))

    def open(self, workspace: Workspace) -> None:
        """Show another workspace."""
        self._workspace = workspace
        self._shown = None
        self._latest.drop()
        self.rows.clear()
        self.refresh()

    def refresh(self) -> None:
        """Count again; where the numbers are the same, nothing moves."""
        kb, workspace = self._context.kb, self._workspace
        if workspace is not None:
            self._latest.run(lambda: kb.documents.skipped(workspace), self._show)

    def _show(self, rules: Mapping[str, int]) -> None:
        if rules == self._shown:
            return
        self._shown = dict(rules)
        self.rows.clear()
        for rule, count in rules.items():
            item = QTreeWidgetItem([rule_name(rule), number(count)])
            item.setData(0, _RULE, rule)
            item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
            self.rows.addTopLevelItem(item)
        total = sum(rules.values())
        self.text.setText(
            self.tr("%n file(s) are left out by rules.", "", total) if total else self.tr("Nothing is left out.")
        )
        self._offer()

    def _open_rule(self, item: QTreeWidgetItem) -> None:
        kb, workspace, rule = self._context.kb, self._workspace, item.data(0, _RULE)
        if workspace is None or item.childCount():
            return
        self._context.tasks.run(
            self,
            lambda: kb.documents.list(workspace, states=["skipped"], reasons=[rule], limit=MOST),
            lambda page: self._fill(rule, page),
        )

    def _fill(self, rule: str, page: DocumentPage) -> None:
        """Show the files of a rule, if it still stands there."""
        item = next((each for each in groups(self.rows) if each.data(0, _RULE) == rule), None)
        if item is None or item.childCount():
            return
        for document in page.documents:
            row = QTreeWidgetItem([one_line(document.name), ""])
            row.setData(0, _PATH, document.path)
            row.setToolTip(0, tip(folder_of(document.path)))
            item.addChild(row)
        if page.total > MOST:
            item.addChild(QTreeWidgetItem([self.tr("and %n more", "", page.total - MOST), ""]))

    def _offer(self) -> None:
        self.show_file.setEnabled(chosen(self.rows, _PATH) is not None)

    def _show_in_folder(self) -> None:
        if not show_in_folder(str(chosen(self.rows, _PATH))):
            self._context.notices.say(self.tr("No program could show the folder."))
