"""What can be done with documents: tags, expiry, reading them again, removing them, finding them on the disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from core.domain.change import Receipt
from core.domain.document import Document
from core.domain.workspace import Workspace
from desktop.context import Context
from desktop.dialogs.expiry_dialog import ExpiryDialog
from desktop.dialogs.removal_question import RemovalQuestion
from desktop.dialogs.source_menu import show_in_folder
from desktop.dialogs.tags_dialog import TagsDialog
from desktop.words import receipt_lines

_MOST_TAGGED = 1000


class DocumentMenu(QObject):
    """Serves the documents of one workspace at a time."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._workspace: Workspace | None = None

    def open(self, workspace: Workspace) -> None:
        """Serve this workspace from now on."""
        self._workspace = workspace

    def offer(self, ids: Sequence[int], current: Document | None, place: QPoint) -> QMenu:
        """Show the menu of some documents at a place of the screen; `current` is the one whose place is shown."""
        menu = QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        tags = menu.addAction(self.tr("Tags…"), lambda: self.ask_for_tags(ids))
        tags.setEnabled(len(ids) <= _MOST_TAGGED)
        menu.addAction(self.tr("Expiry…"), lambda: self.ask_for_expiry(ids))
        menu.addAction(self.tr("Read again"), lambda: self._read_again(ids))
        menu.addSeparator()
        if current is not None and current.path is not None:
            path = current.path
            menu.addAction(self.tr("Show in folder"), lambda: show_in_folder(path))
            menu.addAction(self.tr("Copy path"), lambda: QGuiApplication.clipboard().setText(path))
            menu.addSeparator()
        menu.addAction(self.tr("Remove…"), lambda: self.remove(ids))
        menu.popup(place)
        return menu

    # -- tags and expiry ----------------------------------------------------------------------------------------------

    def ask_for_tags(self, ids: Sequence[int]) -> None:
        """Read the tags that are there, then ask for others."""
        workspace, listed = self._workspace, self._context.kb.documents.list
        if workspace is not None:
            self._context.tasks.run(self, lambda: listed(workspace, ids=ids, limit=len(ids)).documents, self._show_tags)

    def _show_tags(self, documents: Sequence[Document]) -> None:
        if documents:
            dialog = TagsDialog(documents, self._window)
            dialog.decided.connect(self._tag)
            dialog.open()

    def _tag(self, tags: Mapping[int, Sequence[str]]) -> None:
        workspace, tag = self._workspace, self._context.kb.documents.tag
        if workspace is not None:
            self._context.tasks.run(self, lambda: [tag(workspace, each, given) for each, given in tags.items()])

    def ask_for_expiry(self, ids: Sequence[int]) -> None:
        """Ask when documents expire."""
        dialog = ExpiryDialog(len(ids), datetime.now().astimezone(), self._window)
        dialog.decided.connect(lambda at: self._expire(ids, at))
        dialog.open()

    def _expire(self, ids: Sequence[int], at: datetime | None) -> None:
        workspace, expire = self._workspace, self._context.kb.documents.expire
        if workspace is not None:
            self._context.tasks.run(self, lambda: expire(workspace, ids, at))

    # -- reading and removing -----------------------------------------------------------------------------------------

    def _read_again(self, ids: Sequence[int]) -> None:
        workspace, retry = self._workspace, self._context.kb.documents.retry
        if workspace is not None:
            self._context.tasks.run(self, lambda: retry(workspace, ids))

    def remove(self, ids: Sequence[int]) -> None:
        """Ask, remove documents, and show the receipt."""
        question = RemovalQuestion(
            self.tr("Remove %n document(s) from Carrel?", "", len(ids)),
            self.tr(
                "The files themselves are not touched. A file that stands in a watched folder comes back with the next"
                " look at it."
            ),
            self._window,
        )
        question.accepted.connect(lambda: self._remove(ids))
        question.open()

    def _remove(self, ids: Sequence[int]) -> None:
        workspace, remove = self._workspace, self._context.kb.documents.remove
        if workspace is not None:
            self._context.tasks.run(self, lambda: remove(workspace, ids), self._tell)

    def _tell(self, receipt: Receipt) -> None:
        self._context.notices.say(self.tr("Removed from Carrel:"), ", ".join(receipt_lines(receipt)))
