"""What the user can set: declared once with type, default, range and words, kept in `settings.toml`."""

from core.settings.file import SettingsFile
from core.settings.options import (
    AppearanceSettings,
    IndexingSettings,
    LifetimeSettings,
    Option,
    SearchSettings,
    Settings,
    Value,
    WorkspaceSettings,
    options,
)

__all__ = [
    "AppearanceSettings",
    "IndexingSettings",
    "LifetimeSettings",
    "Option",
    "SearchSettings",
    "Settings",
    "SettingsFile",
    "Value",
    "WorkspaceSettings",
    "options",
]
