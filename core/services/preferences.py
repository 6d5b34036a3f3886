"""`kb.preferences`: changes what the user has set."""

from __future__ import annotations

from core.settings import Settings, SettingsFile, Value


class PreferencesService:
    """Changes settings; what there is to set is in `core.settings.options`, what holds now in `kb.settings`.

    A change holds at once, and for all workspaces, unless its `Option.restart` says from the next start.
    """

    def __init__(self, file: SettingsFile) -> None:
        self._file = file

    def set(self, section: str, name: str, value: Value) -> Settings:
        """Set one setting and return all of them.

        Raises:
            InvalidInput: If there is no such setting, the value does not fit, or the settings file can't be read.
            StorageFailed: If the file can't be written; nothing is changed then.
        """
        return self._file.set(section, name, value)

    def reset(self, section: str, name: str) -> Settings:
        """Give one setting its default again, and return all of them.

        Raises:
            InvalidInput: If there is no such setting, or the settings file can't be read.
            StorageFailed: If the file can't be written; nothing is changed then.
        """
        return self._file.reset(section, name)
