"""A workspace's folder is replaced whole: a crash at any moment leaves the old one or the new one.

The new folder is made under another name with the database alone. Then the old one is moved aside, the new one takes
its name, and what is still good moves over: backups and the cache of embeddings. Indices are made anew. What was
replaced stays in `quarantine`, one at a time, since it may have been the only copy of something.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from core.store.files import rename

NEW = ".new"
OLD = ".old"
DATABASE = "workspace.db"
QUARANTINE = "quarantine"
_KEPT = ("backups", "embeddings.db", "embeddings.db-wal", "embeddings.db-shm")
_REPLACED = (DATABASE, f"{DATABASE}-wal")


def begin(folder: Path) -> Path:
    """Return an empty folder in which the new database is to be made, durable when it is done."""
    new = folder.with_name(f"{folder.name}{NEW}")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    return new


def take_place(folder: Path) -> None:
    """Put the new folder in the place of the one in use, which nobody has open."""
    rename(folder, folder.with_name(f"{folder.name}{OLD}"))
    finish(folder)


def finish(folder: Path) -> None:
    """Finish a replacement that was begun; `folder` is what the workspace's folder is called."""
    new, old = folder.with_name(f"{folder.name}{NEW}"), folder.with_name(f"{folder.name}{OLD}")
    if not folder.exists() and old.exists():
        rename(new, folder)
    shutil.rmtree(new, ignore_errors=True)
    if not old.exists():
        return
    for name in _KEPT:
        if (old / name).exists() and not (folder / name).exists():
            rename(old / name, folder / name)
    quarantine = folder / QUARANTINE
    quarantine.mkdir(mode=0o700, exist_ok=True)
    for name in _REPLACED:
        if (old / name).exists():
            rename(old / name, quarantine / name)
    shutil.rmtree(old)


def finish_all(workspaces: Path) -> None:
    """Finish, or take back, every replacement that was interrupted."""
    for path in (*workspaces.glob(f"*{NEW}"), *workspaces.glob(f"*{OLD}")):
        finish(path.with_name(path.name.rpartition(".")[0]))
