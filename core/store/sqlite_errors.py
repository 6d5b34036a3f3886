"""What SQLite reports, as errors that a person can act upon.

Decided by SQLite's codes, since its wording changes from version to version.
"""

from __future__ import annotations

import errno
import sqlite3
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DiskFailed,
    DiskFull,
    StorageFailed,
    StorageReadOnly,
)
from core.store.disk_space import free_bytes

MALFORMED = (ValueError, TypeError, KeyError, OverflowError, zlib.error, struct.error)
"""What decoding a row raises that was stored whole and is not any more; SQLite has no checksum over its pages."""
_PRIMARY = 0xFF
_NO_SPACE = 1_000_000
_ERRORS: dict[int, type[StorageFailed]] = {
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_IOERR: DiskFailed,
    sqlite3.SQLITE_READONLY: StorageReadOnly,
    sqlite3.SQLITE_CANTOPEN: StorageReadOnly,
    sqlite3.SQLITE_PERM: StorageReadOnly,
    sqlite3.SQLITE_BUSY: DatabaseBusy,
    sqlite3.SQLITE_LOCKED: DatabaseBusy,
    sqlite3.SQLITE_CORRUPT: DatabaseDamaged,
    sqlite3.SQLITE_NOTADB: DatabaseDamaged,
    sqlite3.SQLITE_FORMAT: DatabaseDamaged,
}
_SYSTEM_ERRORS: dict[int | None, type[StorageFailed]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EIO: DiskFailed,
    errno.EROFS: StorageReadOnly,
    errno.EACCES: StorageReadOnly,
    errno.EPERM: StorageReadOnly,
}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise our errors in the place of SQLite's and the file system's about the database at `path`.

    A violated constraint and a mistake in a statement stay what they are: the caller expects the one, and the other is
    a fault of ours.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        found = _of_sqlite(error, path)
        if found is None:
            raise
        raise found(f"{path.parent.name}/{path.name}") from error
    except UnicodeDecodeError as error:
        # Names in a damaged list of tables stand in SQLite's message, which Python then can't read.
        raise DatabaseDamaged(f"{path.parent.name}/{path.name}") from error
    except OSError as error:
        found = _SYSTEM_ERRORS.get(error.errno)
        if found is None:
            raise
        raise found(f"{path.parent.name}/{path.name}") from error


def _of_sqlite(error: sqlite3.DatabaseError, path: Path) -> type[StorageFailed] | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # Python's own complaint of a text that is not UTF-8, which we never store.
        return DatabaseDamaged if str(error).startswith("Could not decode") else None
    found = _ERRORS.get(code & _PRIMARY)
    if found is DiskFailed and free_bytes(path.parent) < _NO_SPACE:
        return DiskFull  # growing the shared memory of the log fails as an error of the disk
    return found
