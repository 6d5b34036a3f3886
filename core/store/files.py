"""Steps by which files become durable, are told apart, and folders take each other's place."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def sync(path: Path) -> None:
    """Return when the file, or the folder's list of names, is on the disk and not only on its way there."""
    if path.is_dir() and os.name == "nt":
        return  # Windows can't open a folder; its file system keeps the order of renames by itself
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def rename(old: Path, new: Path) -> None:
    """Rename at once and whole, in place of what has that name; the name is on the disk when this returns."""
    old.replace(new)
    sync(new.parent)
    if old.parent != new.parent:
        sync(old.parent)


def sha256(path: Path) -> str:
    """Return the checksum of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
