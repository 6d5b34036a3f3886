"""The files of one open workspace: the truth, the cache of embeddings and the backups.

What is derived mends itself: a damaged cache is set aside and made anew. What is the truth is never made anew while
there is any sign that it was there before.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from core.domain.backup import Backup
from core.domain.clock import Clock
from core.domain.workspace import Workspace
from core.errors import DatabaseDamaged
from core.store.backups import Backups
from core.store.database import Database
from core.store.facts import Facts
from core.store.files import rename
from core.store.schema import EMBEDDINGS_MIGRATIONS, WORKSPACE_MIGRATIONS
from core.store.swap import DATABASE, QUARANTINE

CACHE = "embeddings.db"
RUNNING = "running"


class WorkspaceFiles:
    """The databases of a workspace, open until `close`.

    Attributes:
        folder: Where they are.
        database: The truth.
        cache: The embeddings.
        facts: What the truth says of itself.
        backups: Its backups.
        cache_is_new: Whether the cache was made at this opening, because it was missing or damaged.
        unclean: Whether the workspace was not closed the last time, and has not been looked at since.
    """

    def __init__(self, folder: Path, record: Workspace, clock: Clock, free: Callable[[Path], int]) -> None:
        """Open the databases in `folder`, made if they are not there.

        Raises:
            StorageFailed: If the truth can't be read or written; `DatabaseDamaged` also where it is missing.
        """
        self.folder = folder
        self.backups = Backups(folder / "backups", clock, free)
        self.backups.clean()
        path = folder / DATABASE
        if (folder / CACHE).exists() and not (path.exists() and path.stat().st_size):
            raise DatabaseDamaged(f"{folder.name}/{DATABASE}", "it is missing or empty")
        self.database = Database(
            path, WORKSPACE_MIGRATIONS, before_migration=partial(self.backups.make, path, "migration")
        )
        try:
            self.facts = Facts(self.database)
            self.facts.describe(record)
            self.cache = self._open_cache()
        except BaseException:
            self.database.close()
            raise
        self.unclean = (folder / RUNNING).exists()
        (folder / RUNNING).touch(mode=0o600)

    def _open_cache(self) -> Database:
        path = self.folder / CACHE
        doubtful = self.folder / f"{CACHE}.damaged"
        self.cache_is_new = not path.exists()
        try:
            if doubtful.exists():
                raise DatabaseDamaged(CACHE)
            return Database(path, EMBEDDINGS_MIGRATIONS, durable=False)
        except DatabaseDamaged:
            set_aside(self.folder, CACHE)
            self.cache_is_new = True
            doubtful.unlink(missing_ok=True)
            return Database(path, EMBEDDINGS_MIGRATIONS, durable=False)

    def doubt_cache(self) -> None:
        """Have the cache set aside at the next opening."""
        (self.folder / f"{CACHE}.damaged").touch(mode=0o600)

    def is_small(self, most: int) -> bool:
        """Tell whether the truth has at most so many bytes."""
        return self.database.path.stat().st_size <= most

    def back_up(self, reason: str, stop: threading.Event | None = None) -> Backup:
        """Make a backup; see `Backups.make`."""
        self.database.refuse_replaced()
        return self.backups.make(self.database.path, reason, stop)

    def back_up_if_due(self, stop: threading.Event, largest: int | None) -> Backup | None:
        """Make a backup if it is time for one and the database has at most `largest` bytes; return it."""
        path = self.database.path
        if (largest is not None and not self.is_small(largest)) or not self.backups.due(path):
            return None
        # What is small is done sooner than a program takes to end.
        return self.back_up("changed", None if largest else stop)

    def empty_quarantine(self) -> None:
        """Remove what was set aside."""
        shutil.rmtree(self.folder / QUARANTINE, ignore_errors=True)

    def close(self) -> None:
        """Close the databases."""
        self.cache.close()
        self.database.close()
        if not self.unclean:
            (self.folder / RUNNING).unlink(missing_ok=True)


def describe_new(folder: Path, record: Workspace) -> None:
    """Make the database of a new workspace, so that its name stands in its own folder from the beginning."""
    database = Database(folder / DATABASE, WORKSPACE_MIGRATIONS)
    try:
        Facts(database).describe(record)
    finally:
        database.close()


def set_aside(folder: Path, name: str) -> None:
    """Move a database with its log into `quarantine`, which keeps one at most."""
    (folder / QUARANTINE).mkdir(mode=0o700, exist_ok=True)
    for suffix in ("", "-wal"):
        if (folder / f"{name}{suffix}").exists():
            rename(folder / f"{name}{suffix}", folder / QUARANTINE / f"{name}{suffix}")
    (folder / f"{name}-shm").unlink(missing_ok=True)
