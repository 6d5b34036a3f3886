"""One writer, many readers, numbered migrations."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from core.errors import Closing, DatabaseBusy, DatabaseDamaged, DatabaseReplaced, DiskFull, NewerSchema, StorageReadOnly
from core.store import database as module
from core.store.database import Database


def _add_table(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE note (text TEXT) STRICT")


def _add_column(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE note ADD COLUMN size INTEGER")


def _fail_half_way(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE note ADD COLUMN size INTEGER")
    raise sqlite3.OperationalError("disk I/O error")


def test_a_transaction_is_rolled_back_when_it_raises(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.db", [_add_table])
    with suppress(RuntimeError), database.transaction() as connection:
        connection.execute("INSERT INTO note VALUES ('lost')")
        raise RuntimeError
    with database.read() as connection:
        assert connection.execute("SELECT count(*) FROM note").fetchone()[0] == 0
    database.close()


def test_an_inner_transaction_is_part_of_the_outer_one(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.db", [_add_table])
    with suppress(RuntimeError), database.transaction():
        with database.transaction() as connection:
            connection.execute("INSERT INTO note VALUES ('inner')")
        raise RuntimeError
    with database.read() as connection:
        assert connection.execute("SELECT count(*) FROM note").fetchone()[0] == 0
    database.close()


def test_a_reader_can_not_write(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.db", [_add_table])
    with pytest.raises(StorageReadOnly), database.read() as connection:
        connection.execute("INSERT INTO note VALUES ('no')")
    database.close()


def test_a_reader_sees_the_old_state_until_the_writer_commits(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.db", [_add_table])
    with database.transaction() as writer:
        writer.execute("INSERT INTO note VALUES ('new')")
        with database.read() as reader:
            assert reader.execute("SELECT count(*) FROM note").fetchone()[0] == 0
    with database.read() as reader:
        assert reader.execute("SELECT count(*) FROM note").fetchone()[0] == 1
    database.close()


def test_many_threads_write_without_an_error(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.db", [_add_table], durable=False)

    def write() -> None:
        for _ in range(100):
            with database.transaction() as connection:
                connection.execute("INSERT INTO note VALUES ('x')")

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as connection:
        assert connection.execute("SELECT count(*) FROM note").fetchone()[0] == 800
    database.close()


def test_migrations_run_once_and_in_order(tmp_path: Path) -> None:
    Database(tmp_path / "a.db", [_add_table]).close()
    database = Database(tmp_path / "a.db", [_add_table, _add_column])
    with database.transaction() as connection:
        connection.execute("INSERT INTO note VALUES ('a', 1)")
    database.close()
    Database(tmp_path / "a.db", [_add_table, _add_column]).close()


def test_a_migration_that_fails_leaves_the_schema_as_it_was(tmp_path: Path) -> None:
    Database(tmp_path / "a.db", [_add_table]).close()
    with pytest.raises(sqlite3.OperationalError):
        Database(tmp_path / "a.db", [_add_table, _fail_half_way])
    database = Database(tmp_path / "a.db", [_add_table])
    with database.read() as connection:
        names = [row[1] for row in connection.execute("PRAGMA table_info(note)")]
    assert names == ["text"]
    database.close()


def test_a_newer_schema_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    Database(path, [_add_table, _add_column]).close()
    before = path.read_bytes()
    with pytest.raises(NewerSchema, match="newer Carrel"):
        Database(path, [_add_table])
    assert path.read_bytes() == before


def test_what_a_kill_left_half_written_while_the_file_was_made_is_rolled_back(tmp_path: Path) -> None:
    killed = sqlite3.connect(tmp_path / "killed.db", isolation_level=None)
    for statement in ("VACUUM", "PRAGMA cache_size = 1", "BEGIN", "CREATE TABLE half (data BLOB)"):
        killed.execute(statement)
    killed.executemany("INSERT INTO half VALUES (zeroblob(4000))", [()] * 100)
    for name in ("", "-journal"):
        shutil.copy(tmp_path / f"killed.db{name}", tmp_path / f"a.db{name}")
    killed.close()
    database = Database(tmp_path / "a.db", [_add_table])
    with database.read() as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall()[0]["name"] == "note"
    database.close()


def test_a_file_that_is_no_database_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"this is not a database at all" * 100)
    with pytest.raises(DatabaseDamaged, match=r"a\.db is damaged"):
        Database(tmp_path / "a.db", [_add_table])


def test_the_file_is_private(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.db", [_add_table])
    assert (tmp_path / "a.db").stat().st_mode & 0o777 == 0o600
    database.close()


def _count(database: Database) -> int:
    with database.read() as connection:
        return int(connection.execute("SELECT count(*) FROM note").fetchone()[0])


def _write(database: Database, text: str = "x") -> None:
    with database.transaction() as connection:
        connection.execute("INSERT INTO note VALUES (?)", (text,))


def test_a_full_disk_is_said_and_nothing_of_the_transaction_stays(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.db", [_add_table])
    _write(database)
    with database.transaction() as connection:
        connection.execute("PRAGMA max_page_count = 4")
    with pytest.raises(DiskFull, match="could not be written"):
        _write(database, "y" * 100_000)
    assert _count(database) == 1
    with database.transaction() as connection:
        connection.execute("PRAGMA max_page_count = 1000000")
    _write(database, "y" * 100_000)
    assert _count(database) == 2
    database.close()


def test_a_commit_that_fails_can_be_tried_again(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.db", [_add_table, _add_child])
    with pytest.raises(sqlite3.IntegrityError), database.transaction() as connection:
        connection.execute("INSERT INTO child VALUES (7)")  # a deferred constraint is looked at by COMMIT
    _write(database)
    assert _count(database) == 1
    database.close()


def _add_child(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT")
    connection.execute("CREATE TABLE child (id INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED) STRICT")


def test_a_file_that_another_program_keeps_locked_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(module.sqlite3, "connect", lambda *a, **named: connect(*a, **{**named, "timeout": 0}))
    database = Database(tmp_path / "a.db", [_add_table])
    other = connect(tmp_path / "a.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseBusy):
        _write(database)
    other.execute("ROLLBACK")
    other.close()
    _write(database)
    database.close()


def _rename(path: Path) -> None:
    path.rename(path.with_suffix(".moved"))


def _replace(path: Path) -> None:
    copy = path.with_suffix(".copy")
    copy.write_bytes(path.read_bytes())
    copy.replace(path)


@pytest.mark.parametrize("harm", [Path.unlink, _rename, _replace])
def test_nothing_is_acknowledged_when_the_file_has_gone(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    path = tmp_path / "a.db"
    database = Database(path, [_add_table])
    _write(database)
    harm(path)
    for _ in range(2):
        with pytest.raises(DatabaseReplaced, match="nothing more is written"):
            _write(database)
    with pytest.raises(DatabaseReplaced):
        database.vacuum()
    with pytest.raises(DatabaseReplaced), database.read():
        pass
    database.close()


def test_a_file_that_goes_during_a_transaction_is_not_acknowledged(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.db", [_add_table])

    def write_while_it_goes() -> None:
        with database.transaction() as connection:
            connection.execute("INSERT INTO note VALUES ('x')")
            (tmp_path / "a.db").unlink()

    with pytest.raises(DatabaseReplaced):
        write_while_it_goes()
    database.close()


def test_where_the_log_is_refused_every_commit_is_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def without_shared_memory(path: object, **named: Any) -> sqlite3.Connection:
        if isinstance(path, Path):
            path, named = f"{path.as_uri()}?vfs=unix-dotfile", {**named, "uri": True}
        return connect(path, **named)  # type: ignore[arg-type,call-overload,no-any-return]

    monkeypatch.setattr(module.sqlite3, "connect", without_shared_memory)
    database = Database(tmp_path / "a.db", [_add_table], durable=False)
    assert database.journal == "delete"
    with database.transaction() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
    _write(database)
    assert _count(database) == 1
    database.close()


def test_a_list_of_tables_that_is_not_ours_is_damage(tmp_path: Path) -> None:
    Database(tmp_path / "a.db", [_add_table]).close()
    other = sqlite3.connect(tmp_path / "a.db")
    other.execute("ALTER TABLE note RENAME TO nota")
    other.close()
    with pytest.raises(DatabaseDamaged, match="list of tables"):
        Database(tmp_path / "a.db", [_add_table])


def test_text_that_is_no_unicode_is_damage(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.db", [_add_table])
    with database.transaction() as connection:
        connection.execute("INSERT INTO note VALUES (CAST(x'ff' AS TEXT))")
    with pytest.raises(DatabaseDamaged), database.read() as connection:
        connection.execute("SELECT text FROM note").fetchall()
    database.close()


def test_a_folder_that_can_not_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(path: Path, mode: int = 0) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "touch", denied)
    with pytest.raises(StorageReadOnly, match="can't be opened for writing") as caught:
        Database(tmp_path / "a.db", [_add_table])
    assert "writable" in caught.value.hint


def test_what_comes_after_the_end_or_meets_it_is_refused(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.db", [_add_table])

    def meet_the_end() -> None:
        with database.read() as connection:
            database.close()
            connection.close()  # as a reader is that came back while it was closed
            connection.execute("SELECT 1")

    with pytest.raises(Closing):
        meet_the_end()
    with pytest.raises(Closing), database.read():
        pass
    with pytest.raises(Closing), database.transaction():
        pass


def test_a_mistake_of_ours_stays_what_it_is(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.db", [_add_table])
    with pytest.raises(sqlite3.ProgrammingError), database.read() as connection:
        connection.execute("SELECT ?", ())
    database.close()
