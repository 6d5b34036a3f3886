"""How much the disk of the data folder has left; and the ballast, a file that is given up when nothing is left.

SQLite needs space even to delete. Reading therefore stops well before the disk is full, and when others have filled it,
the ballast makes the room in which documents can still be removed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from core.errors import DiskFull

MEGABYTE = 10**6
BALLAST_BYTES = 32 * MEGABYTE
BALLAST = "ballast"
_BLOCK = bytes(1 << 20)


def free_bytes(folder: Path) -> int:
    """Return how much a user may still write on the disk of `folder`, which need not exist yet."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    return shutil.disk_usage(there).free


class DiskSpace:
    """The space that is left on the disk of a data folder.

    Attributes:
        free: Tells how many bytes are left on the disk of a folder.
    """

    def __init__(
        self,
        folder: Path,
        floor: int,
        free: Callable[[Path], int] = free_bytes,
        ballast: int = BALLAST_BYTES,
    ) -> None:
        """
        Args:
            folder: The data folder.
            floor: Bytes that stay free: below them nothing is read in.
            free: Tells how many bytes are left on the disk of a folder.
            ballast: Bytes of the ballast.
        """
        self._folder = folder
        self._floor = floor
        self.free = free
        self._bytes = ballast
        self._ballast = folder / BALLAST

    def missing(self, job: int = 0) -> int:
        """Return how many bytes must be freed before `job` bytes of files can be read in; 0 where there is room.

        Twice the job is asked for, and never less than the floor: what is made of a file takes about its size again.
        """
        return max(0, max(self._floor, 2 * job) - self.free(self._folder))

    def require(self, job: int, what: str) -> None:
        """Raise `DiskFull` where `missing` says so."""
        if missing := self.missing(job):
            free = self.free(self._folder)
            raise DiskFull(what, free + missing, free)

    def make_room(self) -> None:
        """Before a deletion: give the ballast up where it may be needed."""
        if self.free(self._folder) < self._bytes:
            self.release()

    def release(self) -> bool:
        """Give the ballast up; return whether there was any."""
        try:
            self._ballast.unlink()
        except FileNotFoundError:
            return False
        return True

    def restore(self) -> None:
        """Make the ballast again where that takes nothing from the floor; called now and then."""
        if self._ballast.exists() or self.free(self._folder) < self._floor + 2 * self._bytes:
            return
        unfinished = self._folder / f"{BALLAST}.tmp"
        try:
            with unfinished.open("wb") as file:
                _fill(file.fileno(), self._bytes)
            unfinished.replace(self._ballast)
        except OSError:
            # The disk filled up meanwhile, and the ballast is the last that should be in the way.
            unfinished.unlink(missing_ok=True)


def _fill(descriptor: int, size: int) -> None:
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(descriptor, 0, size)
        return
    for _ in range(0, size, len(_BLOCK)):
        os.write(descriptor, _BLOCK)
