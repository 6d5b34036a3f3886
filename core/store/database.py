"""One SQLite file: a single writer, many readers, numbered migrations.

The rules come from SQLite's own list of ways to corrupt a file: one process, one connection that writes and
checkpoints,
write transactions that begin as such (a read that turns into a write fails at once when another has written in
between),
and a full sync at each commit of the truth.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, LifoQueue

from core.errors import DataFolderUnusable, NewerSchema

Migration = Callable[[sqlite3.Connection], None]
SQLITE_VERSION = sqlite3.sqlite_version
PAGE_CACHE_KIB = 16_384
WAL_LIMIT_BYTES = 64 * 1024 * 1024


class Database:
    """A database file that this process alone has open.

    Safe to use from many threads: writers wait for each other, readers do not wait.
    """

    def __init__(self, path: Path, migrations: Sequence[Migration], *, durable: bool = True) -> None:
        """Open or make the file and bring its schema up to date.

        Args:
            path: The file.
            migrations: The n-th function takes the schema from n to n + 1.
            durable: Whether a commit must survive a loss of power; a derived file can do without.

        Raises:
            NewerSchema: If the file was written by a newer program; it is left untouched.
            DataFolderUnusable: If the file can't be opened or is no database.
        """
        self.path = path
        self._readers: LifoQueue[sqlite3.Connection] = LifoQueue()
        self._lock = threading.RLock()
        self._depth = 0
        self._closed = False
        try:
            self._refuse_newer(len(migrations))
            path.touch(mode=0o600)
            self._writer = self._connect()
        except (sqlite3.DatabaseError, OSError) as error:
            raise _unusable(path, error) from error
        try:
            # Before the first table: pages can be given back later without rewriting the file.
            self._writer.execute("PRAGMA auto_vacuum = INCREMENTAL")
            # A deleted text must not stand on in free pages.
            self._writer.execute("PRAGMA secure_delete = ON")
            self._writer.execute("PRAGMA journal_mode = WAL")
            self._writer.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            self._writer.execute(f"PRAGMA journal_size_limit = {WAL_LIMIT_BYTES}")
            self._writer.execute("PRAGMA foreign_keys = ON")
            self._migrate(migrations)
        except BaseException as error:
            self._writer.close()
            if isinstance(error, sqlite3.DatabaseError | OSError):
                raise _unusable(path, error) from error
            raise

    def _refuse_newer(self, known: int) -> None:
        if not self.path.exists() or self.path.stat().st_size == 0:
            return
        connection = sqlite3.connect(f"file:{self.path.as_posix()}?mode=ro", uri=True)
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
        connection.execute(f"PRAGMA cache_size = -{PAGE_CACHE_KIB}")
        # SQLite's own lower() knows only ASCII.
        connection.create_function("casefold", 1, lambda value: str(value).casefold(), deterministic=True)
        return connection

    def _migrate(self, migrations: Sequence[Migration]) -> None:
        version: int = self._writer.execute("PRAGMA user_version").fetchone()[0]
        for number, migrate in enumerate(migrations[version:], start=version + 1):
            with self.transaction() as connection:
                migrate(connection)
                connection.execute(f"PRAGMA user_version = {number}")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give the writing connection inside a transaction that is committed at the end, or rolled back on an
        exception.

        A transaction inside another of the same thread is part of it.
        """
        with self._lock:
            if self._depth:
                yield self._writer
                return
            self._writer.execute("BEGIN IMMEDIATE")
            self._depth = 1
            try:
                yield self._writer
            except BaseException:
                # SQLite ends the transaction itself on some errors (a full disk).
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise
            else:
                self._writer.execute("COMMIT")
            finally:
                self._depth = 0

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Give a connection that can only read."""
        try:
            connection = self._readers.get_nowait()
        except Empty:
            connection = self._connect()
            connection.execute("PRAGMA query_only = ON")
            connection.execute("PRAGMA wal_autocheckpoint = 0")
        try:
            yield connection
        finally:
            if self._closed:
                connection.close()
            else:
                self._readers.put(connection)

    def vacuum(self) -> None:
        """Give free pages back to the file system, and empty the log file."""
        with self._lock:
            self._writer.execute("PRAGMA incremental_vacuum")
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

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


def _unusable(path: Path, error: Exception) -> DataFolderUnusable:
    return DataFolderUnusable(f"{path} can't be used as a database: {error}.", "Restore it from a backup.")
