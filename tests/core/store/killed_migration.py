"""Migrates a copy of a database again and again, killed at the first statement, the second, and so on.

    python -m tests.core.store.killed_migration TEMPLATE FOLDER

Prints, as JSON, for each copy the version that it has afterwards, whether its schema is that version's, and how many
documents its backup has (null where there is none). A program of its own, since it forks.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from core.domain.clock import SystemClock
from core.store.backups import Backups
from core.store.database import Database, expected_schema, schema
from core.store.schema import WORKSPACE_MIGRATIONS


def next_version(connection: sqlite3.Connection) -> None:
    """Migrate as a later version might: a new table, a new column, rows moved."""
    connection.execute("CREATE TABLE session (id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL) STRICT")
    connection.execute("ALTER TABLE document ADD COLUMN seen_at REAL")
    connection.execute("INSERT INTO session (document_id) SELECT id FROM document")
    connection.execute("UPDATE document SET seen_at = updated_at")
    connection.execute("CREATE INDEX session_by_document ON session (document_id)")


MIGRATIONS = (*WORKSPACE_MIGRATIONS, next_version)


def migrate(path: Path) -> None:
    """Bring a database to the next version, with a backup before."""
    backups = Backups(path.parent / "backups", SystemClock())
    Database(path, MIGRATIONS, before_migration=partial(backups.make, path, "migration")).close()


def _killed_at(number: int, path: Path) -> bool:
    """Migrate in a process that ends without a word when the statement is reached; return whether it was."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] != 0
    left = number
    connect = sqlite3.connect

    def counted(*given: Any, **named: Any) -> sqlite3.Connection:
        connection = connect(*given, **named)
        connection.set_trace_callback(count)
        return connection

    def count(_: str) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os._exit(9)

    sqlite3.connect = counted  # type: ignore[assignment]
    migrate(path)
    os._exit(0)


def _look(path: Path) -> list[object]:
    backups = Backups(path.parent / "backups", SystemClock())
    found = backups.all()
    if found:
        backups.unpack(found[0], path.parent / "back.db")
    with closing(sqlite3.connect(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        whole = sound and schema(connection) == expected_schema(MIGRATIONS[:version])
    return [version, whole, found[0].documents if found else None]


def main() -> None:
    template, folder = Path(sys.argv[1]), Path(sys.argv[2])
    results = []
    killed = True
    while killed:
        path = folder / str(len(results)) / "workspace.db"
        path.parent.mkdir()
        shutil.copy(template, path)
        killed = _killed_at(len(results), path)
        results.append(_look(path))
    print(json.dumps(results))


if __name__ == "__main__":
    main()
