"""The steps by which files become durable, in one place, so that a test can make each of them fail."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from core.store import files

_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)


class Disk:
    """The file system."""

    def __init__(self, sleep: Callable[[float], None] = time.sleep) -> None:
        """`sleep` waits so many seconds between two tries."""
        self._sleep = sleep

    def make_folder(self, path: Path) -> None:
        """Make `path` and what is missing above it, for this user alone."""
        path.mkdir(mode=0o700, parents=True)

    def write(self, path: Path, text: str) -> None:
        """Write a small text file."""
        path.write_text(text, "utf-8")

    def sync(self, path: Path) -> None:
        """Return when the file, or the folder's list of names, is on the disk and not only on its way there."""
        files.sync(path)

    def rename(self, old: Path, new: Path) -> None:
        """Rename at once and whole; tried for a while, since a virus scanner on Windows may hold a file a moment."""
        for pause in _PAUSES:
            try:
                old.replace(new)
            except PermissionError:
                self._sleep(pause)
            else:
                return
        old.replace(new)

    def remove(self, path: Path) -> None:
        """Remove a folder with everything in it; what can't be removed now is removed another time."""
        shutil.rmtree(path, ignore_errors=True)

    def sha256(self, path: Path) -> str:
        """Return the checksum of a file."""
        return files.sha256(path)
