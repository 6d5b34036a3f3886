"""SQLite's codes become errors that a person can act upon."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from core.errors import DatabaseBusy, DatabaseDamaged, DiskFailed, DiskFull, StorageFailed, StorageReadOnly
from core.store import sqlite_errors
from core.store.sqlite_errors import translated


def _error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("SQLite's own words")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_FULL, DiskFull),
        (sqlite3.SQLITE_IOERR_READ, DiskFailed),
        (sqlite3.SQLITE_READONLY_CANTLOCK, StorageReadOnly),
        (sqlite3.SQLITE_CANTOPEN, StorageReadOnly),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, DatabaseBusy),
        (sqlite3.SQLITE_CORRUPT_VTAB, DatabaseDamaged),
        (sqlite3.SQLITE_NOTADB, DatabaseDamaged),
    ],
)
def test_every_code_has_a_sentence_and_a_hint(tmp_path: Path, code: int, kind: type[StorageFailed]) -> None:
    with pytest.raises(kind) as caught, translated(tmp_path / "workspace.db"):
        raise _error(code)
    assert "SQLite" not in str(caught.value)
    assert "workspace.db" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("error", [_error(sqlite3.SQLITE_CONSTRAINT), _error(sqlite3.SQLITE_ERROR), OSError(9999, "?")])
def test_what_is_our_own_fault_is_not_dressed_up(tmp_path: Path, error: Exception) -> None:
    with pytest.raises(type(error)) as caught, translated(tmp_path / "workspace.db"):
        raise error
    assert caught.value is error


def test_an_error_of_the_disk_on_a_full_one_means_that_it_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_errors, "free_bytes", lambda _: 1000)
    with pytest.raises(DiskFull), translated(tmp_path / "workspace.db"):
        raise _error(sqlite3.SQLITE_IOERR_SHMSIZE)
