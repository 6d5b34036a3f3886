"""What the machine offers: Python, disk space, the kind of disk, and the limits of the system."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from core.command_line.diagnosis.check import Check, Level
from core.command_line.output.quantities import size
from core.store.place import disk_kind, on_network

PYTHONS = ((3, 11), (3, 13))
LITTLE_SPACE = 2 * 10**9
NO_SPACE = 200 * 10**6
FEW_WATCHES = 65_536
FEW_FILES = 1024
INOTIFY = Path("/proc/sys/fs/inotify")


def check_python() -> Check:
    """Look at the version of Python."""
    found = f"{platform.python_version()} on {platform.platform(terse=True)}"
    if PYTHONS[0] <= sys.version_info[:2] <= PYTHONS[1]:
        return Check("Python", Level.OK, found)
    return Check("Python", Level.WARNING, found, "Carrel is tested with Python 3.11 to 3.13.")


def check_disk(folder: Path) -> Iterator[Check]:
    """Look at the disk that `folder` stands on, or would stand on."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    free = shutil.disk_usage(there).free
    if free < LITTLE_SPACE:
        level = Level.PROBLEM if free < NO_SPACE else Level.WARNING
        yield Check("Free space", level, size(free), "Free some, or keep the data elsewhere with --data-dir.")
    else:
        yield Check("Free space", Level.OK, size(free))
    kind = disk_kind(folder)
    if on_network(kind):
        advice = "A database on a network disk gets damaged: keep the data on a local one with --data-dir."
        yield Check("Kind of disk", Level.PROBLEM, kind, advice)


def check_limits(inotify: Path = INOTIFY) -> Iterator[Check]:
    """Look at the limits that following many folders, and having many files open, run into."""
    watches = inotify / "max_user_watches"
    if watches.exists():
        most = int(watches.read_text(encoding="ascii"))
        level = Level.OK if most >= FEW_WATCHES else Level.WARNING
        advice = "" if level is Level.OK else "For more: sudo sysctl fs.inotify.max_user_watches=524288"
        yield Check("Folders that can be followed", level, f"{most:,}", advice)
    if sys.platform != "win32":
        import resource

        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        few = 0 <= soft < FEW_FILES
        advice = "Raise it for this terminal with: ulimit -n 4096" if few else ""
        yield Check(
            "Files open at once", Level.WARNING if few else Level.OK, f"{soft:,}" if soft >= 0 else "any", advice
        )
