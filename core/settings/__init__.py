"""What the user can set: declared once with type, default, range and words, kept in `settings.toml`."""

from core.settings.file import SettingsFile
from core.settings.options import (
    IndexingSettings,
    LifetimeSettings,
    Option,
    SearchSettings,
    Settings,
    WorkspaceSettings,
    options,
)

__all__ = [
    "IndexingSettings",
    "LifetimeSettings",
    "Option",
    "SearchSettings",
    "Settings",
    "SettingsFile",
    "WorkspaceSettings",
    "options",
]
