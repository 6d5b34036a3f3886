"""Golden queries, with how the last run of each went."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping

from core.domain.clock import moment, optional_moment
from core.domain.golden import GoldenQuery, Miss
from core.errors import DatabaseDamaged
from core.store.database import Database
from core.store.deletion import owe_searches
from core.store.sqlite_errors import MALFORMED

_SELECT = (
    "SELECT golden_query.*, CASE WHEN document.expires_at IS NULL OR document.expires_at > :now THEN document.title"
    " END AS title FROM golden_query LEFT JOIN document ON document.id = golden_query.document_id"
)


class GoldenQueries:
    """Rows of `golden_query`.

    A row outlives its document, so that a run can say that it is gone; what it keeps of the document, the words of a
    passage, goes with the document's text.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def pin(self, query: str, document_id: int, passage: str, within: int, now: float) -> int:
        """Note what a query must find, and return its number; the same again begins anew, with another `within`."""
        with self._database.transaction() as connection:
            row = connection.execute(
                "INSERT INTO golden_query (query, document_id, passage, within, created_at) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (query, document_id, passage) DO UPDATE SET within = excluded.within, place = NULL,"
                " miss = '', ran_at = NULL RETURNING id",
                (query, document_id, passage, within, now),
            ).fetchone()
        return int(row["id"])

    def all(self, now: float, ids: Collection[int] | None = None) -> list[GoldenQuery]:
        """Return the golden queries, or those among `ids`, in the order in which they were pinned."""
        chosen = "" if ids is None else " WHERE golden_query.id IN (SELECT value FROM json_each(:ids))"
        with self._database.read() as connection:
            rows = connection.execute(
                f"{_SELECT}{chosen} ORDER BY golden_query.id", {"now": now, "ids": json.dumps(list(ids or ()))}
            ).fetchall()
        return [_golden(row) for row in rows]

    def any(self) -> bool:
        """Tell whether anything is pinned."""
        with self._database.read() as connection:
            return connection.execute("SELECT 1 FROM golden_query LIMIT 1").fetchone() is not None

    def unpin(self, ids: Collection[int]) -> None:
        """Remove golden queries; those that are not there are left out."""
        with self._database.transaction() as connection:
            connection.executemany("DELETE FROM golden_query WHERE id = ?", [(each,) for each in ids])
            owe_searches(connection)

    def record(self, results: Mapping[int, tuple[int | None, Miss | None]], now: float) -> None:
        """Note place and miss of each that was run."""
        with self._database.transaction() as connection:
            connection.executemany(
                "UPDATE golden_query SET place = ?, miss = ?, ran_at = ? WHERE id = ?",
                [(place, miss or "", now, each) for each, (place, miss) in results.items()],
            )


def _golden(row: sqlite3.Row) -> GoldenQuery:
    try:
        return GoldenQuery(
            id=row["id"],
            query=row["query"],
            document_id=row["document_id"],
            title=row["title"] or "",
            passage=row["passage"],
            within=row["within"],
            created_at=moment(row["created_at"]),
            place=row["place"],
            miss=Miss(row["miss"]) if row["miss"] else None,
            ran_at=optional_moment(row["ran_at"]),
        )
    except MALFORMED as error:
        raise DatabaseDamaged("workspace.db", "a golden query can't be read") from error
