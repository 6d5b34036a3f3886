"""What the window remembers of itself: sizes, panes, the last workspace. What the person set stands in the settings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

_SHORTCUTS = "shortcuts"
_COLUMNS = "columns"


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

    def columns(self, table: str) -> list[str] | None:
        """Return the columns that were chosen for a table; None if none were."""
        kept = self._file.value(f"{_COLUMNS}/{table}")
        return None if kept is None else [each for each in str(kept).split(" ") if each]

    def keep_columns(self, table: str, columns: Sequence[str] | None) -> None:
        """Keep the columns that were chosen for a table; None for a choice by the room."""
        if columns is None:
            self._file.remove(f"{_COLUMNS}/{table}")
        else:
            self._file.setValue(f"{_COLUMNS}/{table}", " ".join(columns))

    def keys(self, action: str) -> str | None:
        """Return the keys that were kept for an action, empty for none at all; None if nothing was kept."""
        kept = self._file.value(f"{_SHORTCUTS}/{action}")
        return None if kept is None else str(kept)

    def keep_keys(self, action: str, keys: str | None) -> None:
        """Keep the keys of an action; None for those that it has by itself."""
        if keys is None:
            self._file.remove(f"{_SHORTCUTS}/{action}")
        else:
            self._file.setValue(f"{_SHORTCUTS}/{action}", keys)

    def forget(self, workspace_id: str) -> None:
        """Drop what was kept for a workspace."""
        self._file.remove(workspace_id)
