"""What can be done with a source: look again, pause, cancel, remove, find it on the disk, decide about lost files."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from core.domain.change import Receipt
from core.domain.document import State
from core.domain.plain_text import one_line
from core.domain.source import Source
from core.domain.workspace import Workspace
from desktop.context import Context
from desktop.dialogs.removal_question import RemovalQuestion
from desktop.dialogs.vanished_dialog import VanishedDialog
from desktop.item_models.sources import SourceRow
from desktop.words import receipt_lines


class SourceMenu(QObject):
    """Serves the sources of one workspace at a time."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._workspace: Workspace | None = None
        self._asked: set[tuple[str, int, int]] = set()

    def open(self, workspace: Workspace) -> None:
        """Serve this workspace from now on."""
        self._workspace = workspace

    def offer(self, row: SourceRow, place: QPoint) -> QMenu:
        """Show the menu of a source at a place of the screen."""
        source, sources = row.source, self._context.kb.sources
        menu = QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        if source.missing:
            menu.addAction(self.tr("Decide about vanished files…"), lambda: self.decide(source))
            menu.addSeparator()
        if source.path is not None:
            menu.addAction(self.tr("Look again"), lambda: self._run(sources.rescan, source))
        if source.state == "paused":
            menu.addAction(self.tr("Resume"), lambda: self._run(sources.resume, source))
        else:
            menu.addAction(self.tr("Pause"), lambda: self._run(sources.pause, source))
        waits = menu.addAction(self.tr("Cancel what waits"), lambda: self._run(sources.cancel, source))
        waits.setEnabled(row.counts.get(State.PENDING, 0) > 0)
        menu.addSeparator()
        if source.path is not None:
            path = os.fsdecode(source.path)
            menu.addAction(self.tr("Show in folder"), lambda: show_in_folder(path, source.kind == "folder"))
            menu.addAction(self.tr("Copy path"), lambda: QGuiApplication.clipboard().setText(path))
            menu.addSeparator()
        menu.addAction(self.tr("Remove…"), lambda: self.remove(row))
        menu.popup(place)
        return menu

    def remove(self, row: SourceRow) -> None:
        """Ask, remove the source, and show the receipt."""
        name = one_line(row.source.name)
        question = RemovalQuestion(
            self.tr("Remove “{source}” from Carrel?").format(source=name),
            self.tr(
                "%n document(s) can't be searched any more. The files themselves are not touched.", "", row.documents
            ),
            self._window,
        )
        question.accepted.connect(lambda: self._remove(row.source))
        question.open()

    def _remove(self, source: Source) -> None:
        workspace, sources = self._workspace, self._context.kb.sources
        if workspace is not None:
            self._context.tasks.run(self, lambda: sources.remove(workspace, source.id), self._tell)

    def _tell(self, receipt: Receipt) -> None:
        self._context.notices.say(self.tr("Removed from Carrel:"), ", ".join(receipt_lines(receipt)))

    def decide(self, source: Source) -> None:
        """Ask what is to become of documents whose files are gone."""
        if self._workspace is not None:
            VanishedDialog(self._context, self._workspace, source, self._window).open()

    def tell_of_vanished(self, sources: list[Source]) -> None:
        """Ask in a notice about files that have vanished, once for each number of them."""
        for source in sources:
            key = (self._workspace.id if self._workspace else "", source.id, source.missing)
            if source.missing and key not in self._asked:
                self._asked.add(key)
                self._context.notices.say(
                    self.tr("%n file(s) vanished. Remove them?", "", source.missing),
                    one_line(source.name),
                    self.tr("Decide…"),
                    partial(self.decide, source),
                )

    def _run(self, work: Callable[[Workspace, int], object], source: Source) -> None:
        workspace = self._workspace
        if workspace is not None:
            self._context.tasks.run(self, lambda: work(workspace, source.id))


def show_in_folder(path: str, folder: bool = False) -> None:
    """Open a folder, or the folder of a file, in the system's own program."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(path if folder else str(Path(path).parent)))
