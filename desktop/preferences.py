"""What the person sets: between the settings dialog, the engine, and what in the window follows at once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from core.domain.workspace import Workspace
from core.errors import DatabaseDamaged, DiskFull, StorageReadOnly
from core.settings import Settings
from desktop.context import Context
from desktop.dialogs.settings import SettingsDialog
from desktop.shortcuts import Shortcuts


class Preferences(QObject):
    """Opens the settings, and applies those of the window."""

    def __init__(self, context: Context, shortcuts: Shortcuts, data_folder: Path, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._shortcuts = shortcuts
        self._data_folder = data_folder
        self._window = window
        self._workspace: Workspace | None = None
        self.dialog: SettingsDialog | None = None
        notices = context.notices
        for kind in (DiskFull, StorageReadOnly):
            notices.offer(kind, self.tr("Show the data folder"), self._show_data_folder)
        notices.offer(DatabaseDamaged, self.tr("Check it"), lambda: self.show_page("about"))
        self._apply(context.kb.settings)

    def open(self, workspace: Workspace) -> None:
        """Another workspace is shown: it is the one that a check looks at."""
        self._workspace = workspace
        if self.dialog is not None:
            self.dialog.about.open(workspace)

    def rename(self, workspace: Workspace) -> None:
        """It has another name."""
        self.open(workspace)

    def show_page(self, name: str = "appearance") -> None:
        """Show a page of the settings: a section of them, `data`, `shortcuts` or `about`."""
        self._shown().show_page(name)

    def show_option(self, name: str) -> None:
        """Show one setting."""
        self._shown().show_option(name)

    def _shown(self) -> SettingsDialog:
        if self.dialog is None:
            self.dialog = SettingsDialog(self._context, self._shortcuts, self._data_folder, self._window)
            self.dialog.changed.connect(self._apply)
            if self._workspace is not None:
                self.dialog.about.open(self._workspace)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        return self.dialog

    def _apply(self, settings: Settings) -> None:
        look = settings.appearance
        self._context.theme.choose(look.theme, look.text_percent)

    def _show_data_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._data_folder)))
