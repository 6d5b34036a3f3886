"""What is shown outside Carrel: the folder of a file, in the person's own file manager."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def show_in_folder(path: str) -> bool:
    """Show the folder of a file, or the nearest one that is still there; return whether a program took it."""
    folder = next((each for each in Path(path).parents if each.is_dir()), None)
    return folder is not None and QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
