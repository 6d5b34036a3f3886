"""Rows of found passages: what a hit shows, and whether it may be shown now."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.document import Document
from core.store.database import Database
from core.store.documents import VISIBLE, document


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that may be shown, with its document."""

    chunk_id: int
    document: Document
    text: str
    page: int | None
    heading: str | None
    start: int
    end: int
    places: str

    def place(self, offset: int) -> tuple[int | None, str | None]:
        """Return page and heading path at an offset of the passage, which may go over several of them."""
        found = self.page, self.heading
        for begin, page, heading in json.loads(self.places):
            if begin > self.start + offset:
                break
            found = page, heading
        return found


class Hits:
    """Reads the passages and documents of a result list.

    What has expired, is hidden, belongs to another scope or is no longer current is left out here, at the moment of
    the query,
    whatever the indices say.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def passages(self, chunk_ids: Sequence[int], scopes: Sequence[str], now: float) -> dict[int, FoundPassage]:
        """Return the passages among `chunk_ids` that may be shown, by id."""
        with self._database.read() as connection:
            rows = connection.execute(
                # The order of the joins is fixed, so that SQLite begins with the few wanted ids.
                "SELECT chunk.id AS chunk_id, chunk.page, chunk.heading, chunk.places, chunk.start, chunk.end,"
                " chunk.text, document.* FROM json_each(:ids) AS wanted CROSS JOIN chunk ON chunk.id = wanted.value"
                " CROSS JOIN document ON document.id = chunk.document_id"
                f" AND document.current_version_id = chunk.version_id WHERE {VISIBLE}"
                " AND scope IN (SELECT value FROM json_each(:scopes))",
                {"ids": _json(chunk_ids), "now": now, "scopes": json.dumps(list(scopes))},
            ).fetchall()
        documents: dict[int, Document] = {}
        found = {}
        for row in rows:
            if row["id"] not in documents:
                documents[row["id"]] = document(row)
            found[row["chunk_id"]] = FoundPassage(
                row["chunk_id"],
                documents[row["id"]],
                row["text"],
                row["page"],
                row["heading"],
                row["start"],
                row["end"],
                row["places"],
            )
        return found

    def owners(self, chunk_ids: Sequence[int], scopes: Sequence[str], now: float) -> dict[int, int]:
        """Return the document of each passage that may be shown."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT chunk.id, chunk.document_id FROM json_each(:ids) AS wanted CROSS JOIN chunk"
                " ON chunk.id = wanted.value CROSS JOIN document ON document.id = chunk.document_id AND"
                f" document.current_version_id = chunk.version_id WHERE {VISIBLE}"
                " AND scope IN (SELECT value FROM json_each(:scopes))",
                {"ids": _json(chunk_ids), "now": now, "scopes": json.dumps(list(scopes))},
            ).fetchall()
        return {row[0]: row[1] for row in rows}

    def newest(self, document_ids: Sequence[int], scopes: Sequence[str], now: float) -> list[int]:
        """Return the ids of the documents among `document_ids` that may be shown, the one changed last first."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT id FROM document WHERE current_version_id IS NOT NULL"
                f" AND id IN (SELECT value FROM json_each(:ids)) AND {VISIBLE} AND scope IN (SELECT value FROM"
                " json_each(:scopes)) ORDER BY updated_at DESC, id DESC",
                {"ids": _json(document_ids), "now": now, "scopes": json.dumps(list(scopes))},
            ).fetchall()
        return [row[0] for row in rows]

    def documents(self, document_ids: Sequence[int], scopes: Sequence[str], now: float) -> dict[int, Document]:
        """Return the documents among `document_ids` that may be shown, by id."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT * FROM document WHERE current_version_id IS NOT NULL"
                f" AND id IN (SELECT value FROM json_each(:ids)) AND {VISIBLE} AND scope IN (SELECT value FROM"
                " json_each(:scopes))",
                {
                    "ids": _json(document_ids),
                    "now": now,
                    "scopes": json.dumps(list(scopes)),
                },
            ).fetchall()
        return {row["id"]: document(row) for row in rows}


def _json(ids: Sequence[int]) -> str:
    return json.dumps([int(each) for each in ids])
