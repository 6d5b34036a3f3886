"""Looks at a database for what must hold in it: structure, references, and that passages are slices of their texts."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator

from core.store.database import Database
from core.store.sqlite_errors import MALFORMED

DANGLING = (
    (
        "document",
        "SELECT id FROM document WHERE current_version_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM version"
        " WHERE version.id = current_version_id AND version.document_id = document.id)",
    ),
    (
        "chunk",
        "SELECT chunk.id FROM chunk JOIN document ON document.id = chunk.document_id"
        " WHERE document.current_version_id IS NOT chunk.version_id",
    ),
    (
        "document",
        "SELECT id FROM document WHERE state NOT IN"
        " ('pending', 'words', 'meaning', 'partial', 'skipped', 'failed', 'stale')",
    ),
)
"""Queries that find rows which contradict others."""


class Audit:
    """Reads; changes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def dangling(self) -> int:
        """Return how many rows contradict others."""
        with self._database.read() as connection:
            return sum(len(connection.execute(query).fetchall()) for _, query in DANGLING)

    def sizes(self) -> tuple[int, int]:
        """Return the number of documents with a text, and of passages."""
        with self._database.read() as connection:
            documents = connection.execute("SELECT count(*) FROM document WHERE current_version_id IS NOT NULL")
            return documents.fetchone()[0], connection.execute("SELECT count(*) FROM chunk").fetchone()[0]

    def texts(self) -> Iterator[tuple[int, bool]]:
        """Look at every document with a text; give its id, and whether text and passages are as they were stored."""
        position = 0
        while True:
            with self._database.read() as connection:
                row = connection.execute(
                    "SELECT document.id, version.id AS version, version.text, version.anchors, version.characters"
                    " FROM document JOIN version ON version.id = document.current_version_id WHERE document.id > ?"
                    " ORDER BY document.id LIMIT 1",
                    (position,),
                ).fetchone()
                if row is None:
                    return
                position = row["id"]
                sound = sound_text(connection, row)
            yield position, sound

    def embedding_hashes(self) -> list[bytes]:
        """Return the hash of each text that is embedded, in the order of passages."""
        with self._database.read() as connection:
            return [row[0] for row in connection.execute("SELECT embedding_hash FROM chunk ORDER BY id").fetchall()]


def sound_text(connection: sqlite3.Connection, version: sqlite3.Row) -> bool:
    """Tell whether a version's text can be read and its passages are exact slices of it.

    `version` has the columns version (the id), text, anchors, characters.
    """
    try:
        text = zlib.decompress(version["text"]).decode()
        zlib.decompress(version["anchors"]).decode()
    except MALFORMED:
        return False
    if len(text) != version["characters"]:
        return False
    chunks = connection.execute(
        "SELECT start, end, text, text_hash FROM chunk WHERE version_id = ? ORDER BY ordinal", (version["version"],)
    ).fetchall()
    try:
        return all(
            each["text"] == text[each["start"] : each["end"]]
            and hashlib.sha256(each["text"].encode()).digest() == each["text_hash"]
            for each in chunks
        )
    except MALFORMED:
        return False
