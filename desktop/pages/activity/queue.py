"""What is read now and what waits, by source; each source can be paused, resumed and cancelled."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidgetItem, QVBoxLayout, QWidget

from core.domain.change import Change, Progress
from core.domain.plain_text import one_line
from core.domain.queue import QueueEntry
from core.domain.source import Source
from core.domain.workspace import Workspace
from desktop.context import Context
from desktop.pages.activity.rows import MOST, below, button, chosen, groups, note, tree
from desktop.tasks import Latest
from desktop.words import clock, number, tip

_SOURCE = Qt.ItemDataRole.UserRole


class QueueTab(QWidget):
    """The queue of one workspace.

    Attributes:
        changed: A source was paused, resumed or cancelled.
    """

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._latest = Latest(context.tasks, self)
        self._workspace: Workspace | None = None
        self._sources: dict[int, Source] = {}
        self.rows = tree(
            context.theme, self.tr("Queue"), [self.tr("Source and file"), self.tr("State"), self.tr("Since")]
        )
        self.rows.currentItemChanged.connect(lambda *_: self._offer())
        self.text = note()
        self.pause = button(self.tr("Pause"))
        self.resume = button(self.tr("Resume"))
        self.cancel = button(self.tr("Cancel what waits"))
        self.cancel.setToolTip(self.tr("Drop what waits of this source; it can be read again from “Failed”."))
        sources = context.kb.sources
        for each, call in ((self.pause, sources.pause), (self.resume, sources.resume), (self.cancel, sources.cancel)):
            each.clicked.connect(lambda _=False, call=call: self._do(call))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rows, 1)
        layout.addLayout(below(self.text, self.pause, self.resume, self.cancel))

    def open(self, workspace: Workspace) -> None:
        """Show another workspace."""
        self._workspace = workspace
        self._latest.drop()
        self.rows.clear()
        self.refresh()

    def refresh(self) -> None:
        """Read the queue again."""
        kb, workspace = self._context.kb, self._workspace
        if workspace is not None:
            self._latest.run(
                lambda: (
                    kb.documents.queue(workspace, MOST),
                    kb.documents.progress(workspace),
                    kb.sources.all(workspace),
                ),
                lambda found: self._show(*found),
            )

    def _show(self, entries: Sequence[QueueEntry], progress: Progress, sources: Sequence[Source]) -> None:
        self._sources = {each.id: each for each in sources}
        before = chosen(self.rows, _SOURCE)
        folded = {item.data(0, _SOURCE) for item in groups(self.rows) if not item.isExpanded()}
        self.rows.clear()
        by_source: dict[int, list[QueueEntry]] = {each.id: [] for each in sources if each.state == "paused"}
        for entry in entries:
            by_source.setdefault(entry.source_id, []).append(entry)
        for source_id, waiting in by_source.items():
            source = self._sources.get(source_id)
            name = source.name if source else waiting[0].source
            state = self.tr("paused") if source and source.state == "paused" else ""
            group = _row(one_line(name), state, "", source_id)
            self.rows.addTopLevelItem(group)
            group.setExpanded(source_id not in folded)
            for entry in waiting:
                name = self.tr("Look at all files") if entry.kind == "scan" else one_line(entry.name)
                group.addChild(_row(name, self._state(entry), clock(entry.since), source_id))
            if source_id == before:
                self.rows.setCurrentItem(group)
        left = max(progress.queued + progress.running, len(entries))  # the first does not count what is paused
        more = self.tr("{count} in all; the first {shown} are shown.").format(count=number(left), shown=MOST)
        quiet = self.tr("Nothing waits to be read.") if not left else self.tr("%n file(s) to read", "", left)
        self.text.setText(more if left > MOST else quiet)
        self._offer()

    def _state(self, entry: QueueEntry) -> str:
        states = {"running": self.tr("being read"), "queued": self.tr("waits"), "paused": self.tr("paused")}
        again = self.tr(" · attempt {count}").format(count=entry.attempts) if entry.attempts > 1 else ""
        return states[entry.state] + again

    def _offer(self) -> None:
        found = chosen(self.rows, _SOURCE)
        source = self._sources.get(found) if isinstance(found, int) else None
        self.pause.setEnabled(source is not None and source.state == "active")
        self.resume.setEnabled(source is not None and source.state == "paused")
        self.cancel.setEnabled(source is not None)

    def _do(self, call: Callable[[Workspace, int], Change]) -> None:
        workspace, source_id = self._workspace, chosen(self.rows, _SOURCE)
        if workspace is not None and isinstance(source_id, int):
            self._context.tasks.run(self, lambda: call(workspace, source_id), lambda _: self.changed.emit())


def _row(name: str, state: str, since: str, source_id: int) -> QTreeWidgetItem:
    row = QTreeWidgetItem([name, state, since])
    row.setData(0, _SOURCE, source_id)
    row.setToolTip(0, tip(name))
    return row
