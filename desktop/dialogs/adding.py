"""Every way by which documents come in: chosen, dropped on the window, or pasted; each leads to one small dialog."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from core.domain.plain_text import one_line
from core.domain.workspace import Workspace
from desktop.context import Context
from desktop.dialogs.add_dialog import AddDialog
from desktop.dialogs.add_text_dialog import AddTextDialog
from desktop.widgets.drop_overlay import DropOverlay

MOST_AT_ONCE = 500
"""Files and folders added by one drop: each becomes a source, which is listed and watched by itself."""
SAMPLE = Path(__file__).parents[2] / "resources" / "library"


class Adding(QObject):
    """Adds to one workspace at a time; what is dropped anywhere on the window is added, too."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._workspace: Workspace | None = None
        self._overlay = DropOverlay(context.theme, window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def open(self, workspace: Workspace) -> None:
        """Add to this workspace from now on."""
        self._workspace = workspace

    def rename(self, workspace: Workspace) -> None:
        """It has another name."""
        self._workspace = workspace

    # -- the ways in --------------------------------------------------------------------------------------------------

    def ask_for_folder(self) -> None:
        """Let the person choose a folder."""
        folder = QFileDialog.getExistingDirectory(self._window, self.tr("Add a folder"))
        if folder:
            self.add([folder])

    def ask_for_files(self) -> None:
        """Let the person choose files."""
        files, _ = QFileDialog.getOpenFileNames(self._window, self.tr("Add files"))
        if files:
            self.add(files)

    def paste(self) -> None:
        """Add the files or the text in the clipboard."""
        self.take(QGuiApplication.clipboard().mimeData())

    def try_sample(self) -> None:
        """Add the sample library, at once."""
        workspace, add = self._workspace, self._context.kb.documents.add
        if workspace is not None:
            self._context.tasks.run(self, lambda: add(workspace, [SAMPLE]))

    def take(self, given: QMimeData) -> None:
        """Add what was dropped or pasted: files, or else text."""
        files = [url.toLocalFile() for url in given.urls() if url.isLocalFile()]
        text = "" if given.hasUrls() else given.text()
        if files:
            self.add(files)
        elif text.strip():
            self._ask(lambda workspace: AddTextDialog(self._context, workspace, text, self._window))
        else:
            self._context.notices.say(
                self.tr("There is neither a file nor text to add."),
                self.tr("Copy files in your file manager, or text in any program, and paste again."),
            )

    def add(self, paths: list[str]) -> None:
        """Show what adding these paths would do, and let the person start it."""
        paths = list(dict.fromkeys(paths))
        if len(paths) > MOST_AT_ONCE:
            self._offer_folder(paths)
        else:
            self._ask(lambda workspace: AddDialog(self._context, workspace, paths, self._window))

    def _ask(self, dialog: Callable[[Workspace], QDialog]) -> None:
        if self._workspace is not None:
            dialog(self._workspace).open()  # window-modal: what runs behind goes on

    def _offer_folder(self, paths: list[str]) -> None:
        sentence = self.tr("%n files are too many to add one by one.", "", len(paths))
        folder = _common_folder(paths)
        if folder is None:
            self._context.notices.say(sentence, self.tr("Add the folder that they are in instead."))
        else:
            self._context.notices.say(
                sentence,
                self.tr("Add the folder that they are in instead:"),
                one_line(Path(folder).name).replace("&", "&&"),
                lambda: self.add([folder]),
            )

    # -- dragging -----------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow what is dragged over the window."""
        kind = event.type()
        if watched is self._window and self._workspace is not None:
            if kind == QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
                if event.mimeData().hasUrls() or event.mimeData().hasText():
                    event.acceptProposedAction()
                    self._overlay.name_target(self._workspace.name)
                return True
            if kind == QEvent.Type.DragLeave:
                self._overlay.hide()
                return True
            if kind == QEvent.Type.Drop and isinstance(event, QDropEvent):
                self._overlay.hide()
                event.acceptProposedAction()
                self.take(event.mimeData())
                return True
        return super().eventFilter(watched, event)


def _common_folder(paths: list[str]) -> str | None:
    """Return the folder that all paths stand in, unless it is a whole disk."""
    try:
        folder = os.path.commonpath([os.path.dirname(path) for path in paths])  # noqa: PTH120 - 10,000 texts
    except ValueError:  # they are on several disks
        return None
    return folder if Path(folder).parent != Path(folder) else None
