"""One writer, many readers, numbered migrations."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from core.errors import DataFolderUnusable, NewerSchema
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
    with pytest.raises(sqlite3.OperationalError, match="readonly"), database.read() as connection:
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
    with pytest.raises(DataFolderUnusable):
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


def test_a_file_that_is_no_database_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"this is not a database at all" * 100)
    with pytest.raises(DataFolderUnusable, match="can't be used as a database"):
        Database(tmp_path / "a.db", [_add_table])


def test_the_file_is_private(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.db", [_add_table])
    assert (tmp_path / "a.db").stat().st_mode & 0o777 == 0o600
    database.close()
