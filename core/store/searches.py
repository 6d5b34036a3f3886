"""Saved searches, what was searched for lately, and marks of documents that a query finds."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

from core.domain.clock import moment
from core.domain.document import Scalar
from core.domain.name import name_key
from core.domain.saved_search import Mark, SavedSearch
from core.domain.search import Mode
from core.errors import DatabaseDamaged, SearchExists
from core.store.database import Database
from core.store.deletion import owe_searches
from core.store.sqlite_errors import MALFORMED

KEPT = 500
"""Searches that the history keeps."""


class Searches:
    """Rows of `saved_search`, `recent_search` and `mark`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # -- saved --------------------------------------------------------------------------------------------------------

    def save(self, name: str, query: str, mode: Mode, filters: Mapping[str, Scalar], now: float) -> SavedSearch:
        """Save a search.

        Raises:
            SearchExists: If the name is taken.
        """
        packed = json.dumps(dict(filters), ensure_ascii=False)
        try:
            with self._database.transaction() as connection:
                cursor = connection.execute(
                    "INSERT INTO saved_search (name, name_key, query, mode, filters, created_at)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    (name, name_key(name), query, mode, packed, now),
                )
        except sqlite3.IntegrityError as error:
            raise SearchExists(name) from error
        return SavedSearch(cursor.lastrowid or 0, name, query, mode, dict(filters), moment(now))

    def get(self, search_id: int) -> SavedSearch | None:
        """Return the saved search with that id, or None."""
        with self._database.read() as connection:
            row = connection.execute("SELECT * FROM saved_search WHERE id = ?", (search_id,)).fetchone()
        return _saved(row) if row else None

    def all(self) -> list[SavedSearch]:
        """Return all saved searches, by name."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT * FROM saved_search ORDER BY name_key").fetchall()
        return [_saved(row) for row in rows]

    def rename(self, search_id: int, name: str) -> None:
        """Give a saved search another name.

        Raises:
            SearchExists: If the name is taken.
        """
        try:
            with self._database.transaction() as connection:
                connection.execute(
                    "UPDATE saved_search SET name = ?, name_key = ? WHERE id = ?", (name, name_key(name), search_id)
                )
        except sqlite3.IntegrityError as error:
            raise SearchExists(name) from error

    def remove(self, search_id: int) -> None:
        """Remove a saved search."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM saved_search WHERE id = ?", (search_id,))
            owe_searches(connection)

    # -- history ------------------------------------------------------------------------------------------------------

    def record(self, query: str, now: float) -> None:
        """Note what was searched for, as the latest; the oldest goes when there are too many."""
        with self._database.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO recent_search (query, at) VALUES (?, ?)", (query, now))
            connection.execute(
                "DELETE FROM recent_search WHERE id <="
                " (SELECT id FROM recent_search ORDER BY id DESC LIMIT 1 OFFSET ?)",
                (KEPT,),
            )

    def recent(self, limit: int) -> list[str]:
        """Return what was searched for, the latest first."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT query FROM recent_search ORDER BY id DESC LIMIT ?", (limit,))
            return [row["query"] for row in rows]

    def clear_history(self) -> None:
        """Forget what was searched for."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM recent_search")
            owe_searches(connection)

    # -- marks --------------------------------------------------------------------------------------------------------

    def mark(self, query: str, document_id: int, mark: Mark | None, now: float) -> bool:
        """Mark a document among those that a query finds; None takes the mark away. Return whether there is such a
        document.
        """
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM mark WHERE query = ? AND document_id = ?", (query, document_id))
            if mark is None:
                owe_searches(connection)
            else:
                connection.execute(
                    "INSERT INTO mark (query, document_id, mark, at) SELECT ?, id, ?, ? FROM document WHERE id = ?",
                    (query, mark, now, document_id),
                )
            return connection.execute("SELECT 1 FROM document WHERE id = ?", (document_id,)).fetchone() is not None

    def marks(self, query: str) -> dict[int, Mark]:
        """Return the marks of documents among those that a query finds, by document."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT document_id, mark FROM mark WHERE query = ?", (query,)).fetchall()
        return {row["document_id"]: Mark(row["mark"]) for row in rows}


def _saved(row: sqlite3.Row) -> SavedSearch:
    try:
        filters = json.loads(row["filters"])
        return SavedSearch(row["id"], row["name"], row["query"], Mode(row["mode"]), filters, moment(row["created_at"]))
    except MALFORMED as error:
        raise DatabaseDamaged("workspace.db", "a saved search can't be read") from error
