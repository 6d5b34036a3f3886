"""The change log: what both indices follow, remember the sequence of, and replay when a workspace opens."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from core.store.database import Database


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """An entry of the log.

    Attributes:
        sequence: Rises by at least one from entry to entry; never used again.
        operation: `add` or `delete` (of a chunk), or `document` (its entry in the keyword index is out of date).
        document_id: The document.
        chunk_id: The chunk, or None for `document`.
    """

    sequence: int
    operation: str
    document_id: int
    chunk_id: int | None


def log(connection: sqlite3.Connection, entries: Iterable[tuple[str, int, int | None]]) -> None:
    """Append (operation, document, chunk) entries, in the transaction of the rows that they tell of."""
    connection.executemany("INSERT INTO change (operation, document_id, chunk_id) VALUES (?, ?, ?)", entries)


class Changes:
    """Rows of `change`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self) -> int:
        """Return the last sequence that was given, 0 where there is none."""
        with self._database.read() as connection:
            row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'change'").fetchone()
        return row["seq"] if row else 0

    def first(self) -> int:
        """Return the first sequence that is still in the log; one past the last where the log is empty."""
        with self._database.read() as connection:
            row = connection.execute("SELECT min(sequence) AS first FROM change").fetchone()
        return self.last() + 1 if row["first"] is None else row["first"]

    def after(self, sequence: int, limit: int) -> list[LoggedChange]:
        """Return up to `limit` entries behind `sequence`, in order."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT sequence, operation, document_id, chunk_id FROM change WHERE sequence > ? ORDER BY sequence"
                " LIMIT ?",
                (sequence, limit),
            ).fetchall()
        return [LoggedChange(*row) for row in rows]

    def trim(self, sequence: int) -> int:
        """Drop entries up to and including `sequence`; return how many."""
        with self._database.transaction() as connection:
            return connection.execute("DELETE FROM change WHERE sequence <= ?", (sequence,)).rowcount
