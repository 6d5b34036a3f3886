"""Documents as a map needs them: what their points stand for, and which passages they are made of."""

from __future__ import annotations

import json

import numpy as np
from numpy.typing import NDArray

from core.domain.clock import optional_moment
from core.domain.document import State
from core.domain.document_map import PlacedDocument
from core.store.database import Database
from core.store.documents import VISIBLE, display_name

Ids = NDArray[np.int64]


class Placeable:
    """Rows of `document` and `chunk`, of one scope at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def documents(self, scope: str, now: float) -> list[PlacedDocument]:
        """Return the documents with passages that may be shown now, by id."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT document.id, document.path, document.title, document.kind, source.name AS source,"
                " document.tags, document.event_time FROM document JOIN source ON source.id = document.source_id"
                f" WHERE document.scope = :scope AND {VISIBLE} AND EXISTS (SELECT 1 FROM chunk WHERE"
                " chunk.document_id = document.id AND chunk.version_id = document.current_version_id)"
                " ORDER BY document.id",
                {"scope": scope, "now": now},
            )
            return [
                PlacedDocument(
                    row["id"],
                    row["title"] if row["path"] is None else display_name(row["path"]),
                    row["kind"],
                    row["source"],
                    () if row["tags"] == "[]" else tuple(json.loads(row["tags"])),
                    None if (at := optional_moment(row["event_time"])) is None else at.year,
                )
                for row in rows
            ]

    def pending(self, scope: str, now: float) -> int:
        """Return how many documents wait to be read for the first time."""
        with self._database.read() as connection:
            found = connection.execute(
                f"SELECT count(*) FROM document WHERE scope = :scope AND {VISIBLE} AND state = :state"
                " AND current_version_id IS NULL",
                {"scope": scope, "now": now, "state": State.PENDING},
            ).fetchone()
        return int(found[0])

    def passages(self, first: int, last: int, scope: str) -> tuple[Ids, Ids]:
        """Return the passages of the documents from id `first` to `last`: their documents, sorted, and their ids."""
        with self._database.read() as connection:
            # Two texts instead of a row per id: most of the time goes into making Python objects.
            row = connection.execute(
                "SELECT group_concat(document_id), group_concat(id) FROM (SELECT chunk.document_id, chunk.id FROM"
                " document JOIN chunk ON chunk.document_id = document.id WHERE document.id BETWEEN ? AND ?"
                " AND document.scope = ? AND chunk.version_id = document.current_version_id ORDER BY document.id)",
                (first, last, scope),
            ).fetchone()
        return _ids(row[0]), _ids(row[1])


def _ids(joined: str | None) -> Ids:
    return np.empty(0, np.int64) if joined is None else np.fromstring(joined, dtype=np.int64, sep=",")
