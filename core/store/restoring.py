"""Brings a backup back: into a new folder, which then takes the place of the one in use."""

from __future__ import annotations

import shutil
from pathlib import Path

from core.domain.backup import Backup
from core.store import swap
from core.store.backups import Backups
from core.store.database import Database
from core.store.facts import Facts
from core.store.files import sync
from core.store.schema import WORKSPACE_MIGRATIONS


def restore(folder: Path, backups: Backups, backup: Backup) -> None:
    """Put the database of a backup in the place of the one in the workspace's folder, which nobody has open.

    What was there stays in `quarantine`. The indices are made anew when the workspace opens.

    Raises:
        BackupFailed: If the backup is damaged; nothing is changed.
        StorageFailed: If there is no room; nothing is changed.
    """
    new = swap.begin(folder)
    try:
        backups.unpack(backup, new / swap.DATABASE)
        adopt(new / swap.DATABASE)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    swap.take_place(folder)


def adopt(path: Path) -> None:
    """Bring the database at `path` to our schema, begin a new line of history in it, and make it durable."""
    database = Database(path, WORKSPACE_MIGRATIONS)
    try:
        Facts(database).begin_epoch()
    finally:
        database.close()
    sync(path)
    sync(path.parent)
