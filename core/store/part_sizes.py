"""How much room the parts of a workspace take on disk."""

from __future__ import annotations

import os
from pathlib import Path

from core.domain.health import Part
from core.store.swap import QUARANTINE


def part_sizes(folder: Path) -> dict[Part, int]:
    """Return the bytes of each part of the workspace in `folder`; files of databases count with their logs."""
    sizes = dict.fromkeys(Part, 0)
    for path in _entries(folder):
        part = _part(path.name)
        if part is not None:
            sizes[part] += size_of(path)
    return sizes


def size_of(path: Path) -> int:
    """Return the bytes of a file, or of all files in a folder; 0 for what has gone meanwhile.

    A walk passes over folders that go while it looks: an index at work replaces its files.
    """
    if path.is_dir():
        return sum(_bytes(Path(inside, name)) for inside, _, names in os.walk(path) for name in names)
    return _bytes(path)


def _entries(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _part(name: str) -> Part | None:
    if name == QUARANTINE:
        return Part.BACKUPS
    return next((part for part in Part if name == part or name.startswith(f"{part}-")), None)


def _bytes(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0
