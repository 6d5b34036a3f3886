"""What the window remembers of itself: sizes, panes, the last workspace. What the person set stands in the settings."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings


class Remembered:
    """Kept in `window.ini` of the data folder, apart for each workspace."""

    def __init__(self, data_folder: Path) -> None:
        self._file = QSettings(str(data_folder / "window.ini"), QSettings.Format.IniFormat)

    @property
    def workspace(self) -> str:
        """The id of the workspace that was shown last, or an empty string."""
        return str(self._file.value("workspace", ""))

    @workspace.setter
    def workspace(self, workspace_id: str) -> None:
        self._file.setValue("workspace", workspace_id)

    def state(self, workspace_id: str, name: str) -> QByteArray:
        """Return what was kept under a name, empty if nothing was."""
        kept = self._file.value(f"{workspace_id}/{name}")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    def keep(self, workspace_id: str, name: str, state: QByteArray) -> None:
        """Keep what a widget's `saveState` or `saveGeometry` gave."""
        self._file.setValue(f"{workspace_id}/{name}", state)

    def forget(self, workspace_id: str) -> None:
        """Drop what was kept for a workspace."""
        self._file.remove(workspace_id)
