"""The settings, made from what the engine says of each; the data folder; the keys; and what Carrel is made of."""

from desktop.dialogs.settings.dialog import SettingsDialog

__all__ = ["SettingsDialog"]
