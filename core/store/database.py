"""One SQLite file: a single writer, many readers, numbered migrations.

The rules come from SQLite's own list of ways to corrupt a file: one process, one connection that writes and
checkpoints, write transactions that begin as such (a read that turns into a write fails at once when another has
written in between), a full sync at each commit of the truth, and no write beside a file that was put in its place.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from queue import Empty, LifoQueue

from core.errors import Closing, DatabaseDamaged, DatabaseReplaced, NewerSchema
from core.store.sqlite_errors import translated

Migration = Callable[[sqlite3.Connection], None]
SQLITE_VERSION = sqlite3.sqlite_version
PAGE_CACHE_KIB = 16_384
VACUUM_PAGES = 2_000
WAL_LIMIT_BYTES = 64 * 1024 * 1024


class Database:
    """A database file that this process alone has open.

    Safe to use from many threads: writers wait for each other, readers do not wait.

    Attributes:
        path: The file.
        journal: `wal`; another word where the file system does not allow that.
    """

    def __init__(
        self,
        path: Path,
        migrations: Sequence[Migration],
        *,
        durable: bool = True,
        before_migration: Callable[[], object] | None = None,
    ) -> None:
        """Open or make the file and bring its schema up to date.

        Args:
            path: The file.
            migrations: The n-th function takes the schema from n to n + 1.
            durable: Whether a commit must survive a loss of power; a derived file can do without.
            before_migration: Called before a file that has been in use is migrated, to make a backup of it; what it
                raises ends the opening, with the file as it was.

        Raises:
            NewerSchema: If the file was written by a newer program; it is left untouched.
            StorageFailed: If the file can't be opened, is damaged, or is no database of Carrel's.
        """
        self.path = path
        self._name = f"{path.parent.name}/{path.name}"
        self._readers: LifoQueue[sqlite3.Connection] = LifoQueue()
        self._lock = threading.RLock()
        self._depth = 0
        self._closed = False
        with translated(path):
            self._refuse_newer(len(migrations))
            path.touch(mode=0o600)
            self._identity = _identity(path)
            self._writer = self._connect()
            try:
                self._prepare(durable)
                self._migrate(migrations, before_migration)
                self._refuse_other_schema(migrations)
            except BaseException:
                self._writer.close()
                raise

    def _refuse_newer(self, known: int) -> None:
        if not self.path.exists() or self.path.stat().st_size == 0:
            return
        # A kill while the file was being made leaves a journal, which only a connection that may write can roll back.
        mode = "rw" if self.path.with_name(f"{self.path.name}-journal").exists() else "ro"
        connection = sqlite3.connect(f"{self.path.as_uri()}?mode={mode}", uri=True)
        try:
            found = connection.execute("PRAGMA user_version").fetchone()[0]
        finally:
            connection.close()
        if found > known:
            raise NewerSchema(self.path.name, found, known)

    def _connect(self) -> sqlite3.Connection:
        # Autocommit mode: transactions are begun by hand, so that each begins as a write transaction.
        connection = sqlite3.connect(self.path, timeout=5, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        # Else large sorts are written into the system's folder for temporary files.
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA cache_size = -{PAGE_CACHE_KIB}")
        # SQLite's own lower() knows only ASCII.
        connection.create_function("casefold", 1, lambda value: str(value).casefold(), deterministic=True)
        return connection

    def _prepare(self, durable: bool) -> None:
        # Before the first table: pages can be given back later without rewriting the file.
        self._writer.execute("PRAGMA auto_vacuum = INCREMENTAL")
        # A deleted text must not stand on in free pages.
        self._writer.execute("PRAGMA secure_delete = ON")
        self.journal: str = self._writer.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        # Where a file system has no shared memory, SQLite keeps its rollback journal, which needs every sync.
        durable = durable or self.journal != "wal"
        self._writer.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        self._writer.execute(f"PRAGMA journal_size_limit = {WAL_LIMIT_BYTES}")
        self._writer.execute("PRAGMA foreign_keys = ON")

    def _migrate(self, migrations: Sequence[Migration], before: Callable[[], object] | None) -> None:
        version: int = self._writer.execute("PRAGMA user_version").fetchone()[0]
        if 0 < version < len(migrations) and before is not None:
            before()
        for number, migrate in enumerate(migrations[version:], start=version + 1):
            with self.transaction() as connection:
                migrate(connection)
                connection.execute(f"PRAGMA user_version = {number}")

    def _refuse_other_schema(self, migrations: Sequence[Migration]) -> None:
        # A flipped bit in the list of tables would show up later as a fault in our own statements.
        if schema(self._writer) != expected_schema(tuple(migrations)):
            raise DatabaseDamaged(self._name, "its list of tables is not Carrel's")

    def in_place(self) -> bool:
        """Tell whether the file that was opened is still the one at its path."""
        try:
            return _identity(self.path) == self._identity
        except OSError:
            return False

    def refuse_replaced(self) -> None:
        """Raise `DatabaseReplaced` where the file that was opened is no longer the one at its path."""
        if not self.in_place():
            raise DatabaseReplaced(self._name)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give the writing connection inside a transaction that is committed at the end, or rolled back on an
        exception.

        A transaction inside another of the same thread is part of it.

        Raises:
            StorageFailed: If it could not be stored; nothing of it is.
            Closing: If it is closed.
        """
        with self._lock:
            if self._depth:
                yield self._writer
                return
            with self._unless_closed(), translated(self.path):
                # Looked at before, so that no log is left beside a file that it does not belong to; and behind, since
                # what went into a file that has gone must not be acknowledged.
                self.refuse_replaced()
                self._writer.execute("BEGIN IMMEDIATE")
                self._depth = 1
                try:
                    yield self._writer
                    self._writer.execute("COMMIT")
                except BaseException:
                    # SQLite ends the transaction itself on some errors (a full disk).
                    if self._writer.in_transaction:
                        self._writer.execute("ROLLBACK")
                    raise
                finally:
                    self._depth = 0
                self.refuse_replaced()

    @contextmanager
    def _unless_closed(self) -> Iterator[None]:
        """Refuse what comes after `close`, and what that has caught in the middle."""
        if self._closed:
            raise Closing
        try:
            yield
        except sqlite3.ProgrammingError as error:
            if self._closed:
                raise Closing from error
            raise

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Give a connection that can only read.

        Raises:
            StorageFailed: If the file can't be read.
            Closing: If it is closed.
        """
        with self._unless_closed(), translated(self.path):
            try:
                connection = self._readers.get_nowait()
            except Empty:
                connection = self._new_reader()
            try:
                yield connection
            finally:
                if self._closed:
                    connection.close()
                else:
                    self._readers.put(connection)

    def _new_reader(self) -> sqlite3.Connection:
        # The connections that are open read on in the file that was; a new one would read in another.
        self.refuse_replaced()
        connection = self._connect()
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        return connection

    def check(self, *, thorough: bool = False) -> None:
        """Read the whole file and compare its tables with each other and, if `thorough`, with their indices.

        Raises:
            DatabaseDamaged: If they are not as they should be.
        """
        with self.read() as connection:
            pragma = "integrity_check" if thorough else "quick_check"
            found = connection.execute(f"PRAGMA {pragma}(1)").fetchone()[0]
            if found != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
                raise DatabaseDamaged(self._name)

    def vacuum(self) -> bool:
        """Give free pages back to the file system, and empty the log file; writers get their turn in between.

        Returns:
            Whether the log file is empty now; a long read can prevent that.
        """
        with self.read() as connection:
            free: int = connection.execute("PRAGMA freelist_count").fetchone()[0]
        for _ in range(0, free, VACUUM_PAGES):
            with self._lock, translated(self.path):
                self.refuse_replaced()
                # Each page is a row of the result: without fetching them, one page alone is given back.
                self._writer.execute(f"PRAGMA incremental_vacuum({VACUUM_PAGES})").fetchall()
        with self._lock, translated(self.path):
            self.refuse_replaced()
            busy: int = self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return not busy

    def close(self) -> None:
        """Close all connections; the log file is folded into the database."""
        with self._lock:
            self._closed = True
            while True:
                try:
                    self._readers.get_nowait().close()
                except Empty:
                    break
            self._writer.close()


def schema(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    """Return the tables and indices with the statements that made them, sorted."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    return [tuple(row) for row in rows]


@cache
def expected_schema(migrations: tuple[Migration, ...]) -> list[tuple[object, ...]]:
    """Return what `schema` gives for a file that these migrations have made."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for migrate in migrations:
            migrate(connection)
        return schema(connection)
    finally:
        connection.close()


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino
