"""Saves what can still be read of a damaged database into a new one, and accounts for the rest.

Rows are read in ranges that are halved where reading fails, so that one bad page costs the rows on it. Texts are kept
only if their checksums hold. The change log is not saved: the indices are made anew.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from core.domain.health import Salvaged
from core.store import swap
from core.store.audit import DANGLING, sound_text
from core.store.database import Database
from core.store.documents import fill_listing
from core.store.facts import Facts
from core.store.files import sync
from core.store.schema import WORKSPACE_MIGRATIONS

TABLES = (
    *("fact", "source", "document", "version", "chunk", "receipt"),
    *("saved_search", "recent_search", "mark", "golden_query"),
)
_RANGE = 512
_UNKNOWN_END = 1 << 24


def salvage(folder: Path) -> Salvaged:
    """Put what can be saved of the workspace's database in its place; the damaged one stays in `quarantine`.

    Nobody may have it open. Where not even the list of tables can be read, the workspace is empty afterwards.

    Raises:
        StorageFailed: If the new one can't be written; nothing is changed then.
    """
    new = swap.begin(folder)
    try:
        database = Database(new / swap.DATABASE, WORKSPACE_MIGRATIONS)
        try:
            saved = _save(folder / swap.DATABASE, database)
            Facts(database).begin_epoch()
        finally:
            database.close()
        sync(new / swap.DATABASE)
        sync(new)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    swap.take_place(folder)
    return saved


def _save(damaged: Path, database: Database) -> Salvaged:
    rows: dict[str, int] = {}
    with database.transaction() as target:
        target.execute("PRAGMA defer_foreign_keys = ON")
        if damaged.exists():
            # Not under its own name: SQLite would write into it, to recover its log.
            copy = database.path.with_name("damaged.db")
            for suffix in ("", "-wal"):
                if (source := damaged.with_name(f"{damaged.name}{suffix}")).exists():
                    shutil.copyfile(source, copy.with_name(f"{copy.name}{suffix}"))
            with closing(sqlite3.connect(copy, isolation_level=None)) as source_connection:
                source_connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
                rows = {table: _copy(source_connection, target, table) for table in TABLES}
            for path in database.path.parent.glob("damaged.db*"):
                path.unlink()
        lost, again = _tidy(target)
        documents = target.execute("SELECT count(*) FROM document WHERE current_version_id IS NOT NULL").fetchone()[0]
        # A log that begins behind what an empty index has applied, so that the indices are made from the rows.
        target.execute("INSERT INTO change (operation, document_id) VALUES ('document', 0)")
        target.execute("DELETE FROM change")
    return Salvaged(documents, again, tuple(lost), {table: number for table, number in rows.items() if number})


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> int:
    """Copy the rows of a table that can be read and fit; return how many seem to be lost."""
    wanted = [row[1] for row in target.execute(f"PRAGMA table_info({table})")]
    try:
        there = {row[1] for row in source.execute(f"PRAGMA table_info({table})")}
        end = _end(source, table)
    except sqlite3.DatabaseError:
        return 0
    columns = [each for each in wanted if each in there]
    if not columns:
        return 0
    into = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    lost = 0
    for part in _rows(source, f"SELECT {', '.join(columns)} FROM {table}", 1, end):
        if isinstance(part, int):
            lost += part
            continue
        for row in part:
            try:
                target.execute(into, row)
            except sqlite3.IntegrityError:
                lost += 1
    return lost


def _end(source: sqlite3.Connection, table: str) -> int:
    for query in (
        f"SELECT max(rowid) FROM {table}",
        f"SELECT max(seq) FROM sqlite_sequence WHERE name = '{table}'",
    ):
        try:
            found = source.execute(query).fetchone()[0]
        except sqlite3.DatabaseError:
            continue
        return int(found or 0)
    return _UNKNOWN_END


def _rows(
    source: sqlite3.Connection, select: str, first: int, last: int
) -> Iterator[Sequence[tuple[object, ...]] | int]:
    """Give the rows of a range of row ids, and the number of ids whose rows can't be read."""
    waiting = [(begin, min(begin + _RANGE - 1, last)) for begin in range(first, last + 1, _RANGE)][::-1]
    while waiting:
        begin, end = waiting.pop()
        try:
            yield source.execute(f"{select} WHERE rowid BETWEEN ? AND ?", (begin, end)).fetchall()
        except (sqlite3.DatabaseError, OverflowError):
            if begin == end:
                yield 1
            else:
                middle = (begin + end) // 2
                waiting += [(middle + 1, end), (begin, middle)]


def _tidy(connection: sqlite3.Connection) -> tuple[list[str], int]:
    """Take out what is not whole; return the titles of what is lost, and how many files are read again."""
    connection.execute("DELETE FROM version WHERE document_id NOT IN (SELECT id FROM document)")
    connection.execute(
        "DELETE FROM chunk WHERE version_id NOT IN (SELECT id FROM version)"
        " OR document_id NOT IN (SELECT id FROM document)"
    )
    lost = [
        row[0]
        for row in connection.execute("SELECT title FROM document WHERE source_id NOT IN (SELECT id FROM source)")
    ]
    connection.execute("DELETE FROM document WHERE source_id NOT IN (SELECT id FROM source)")
    bad = {row[0] for query in DANGLING if query[0] == "document" for row in connection.execute(query[1])}
    versions = connection.execute(
        "SELECT document.id, version.id AS version, version.text, version.anchors, version.characters FROM document"
        " JOIN version ON version.id = document.current_version_id"
    ).fetchall()
    bad |= {row["id"] for row in versions if not sound_text(connection, row) or not _complete(connection, row)}
    again = 0
    for document_id in bad:
        connection.execute("DELETE FROM version WHERE document_id = ?", (document_id,))
        row = connection.execute("SELECT title, path, source_id FROM document WHERE id = ?", (document_id,)).fetchone()
        if row["path"] is None:
            lost.append(row["title"])
            connection.execute("DELETE FROM document WHERE id = ?", (document_id,))
            continue
        again += 1
        connection.execute(
            "UPDATE document SET current_version_id = NULL, content_hash = NULL, state = 'pending' WHERE id = ?",
            (document_id,),
        )
        connection.execute(
            "INSERT OR IGNORE INTO job (kind, source_id, document_id, state, created_at) VALUES ('read', ?, ?,"
            " 'queued', ?)",
            (row["source_id"], document_id, time.time()),
        )
    connection.execute("DELETE FROM mark WHERE document_id NOT IN (SELECT id FROM document)")
    connection.execute(
        "UPDATE golden_query SET document_id = NULL, passage = ''"
        " WHERE document_id IS NULL OR document_id NOT IN (SELECT id FROM document)"
    )
    fill_listing(connection)  # a database of an earlier schema has none
    return lost, again


def _complete(connection: sqlite3.Connection, version: sqlite3.Row) -> bool:
    """Tell whether the passages of a version are numbered without a gap, and go to the end of its text."""
    row = connection.execute(
        "SELECT count(*) AS number, coalesce(max(ordinal), -1) AS last FROM chunk WHERE version_id = ?",
        (version["version"],),
    ).fetchone()
    return bool(row["number"] == row["last"] + 1)
