"""What is recorded of the files of a source, as a look at the disk compares it with what it finds."""
# Paths are raw bytes, because not every file name is text; pathlib takes text only.
# ruff: noqa: PTH119

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence

from core.domain.media import kind_of_name
from core.domain.source import KEPT, MISSING, VANISHED, RecordedFile
from core.store.database import Database
from core.store.documents import display_path

_COLUMNS = (
    "id, path, path_key, size, mtime_ns, inode, device, content_hash, reason_code, reason,"
    " current_version_id IS NOT NULL AS has_text"
)


class RecordedFiles:
    """Rows of `document` that are files."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def under(self, source_id: int, folder: str | None = None) -> list[RecordedFile]:
        """Return the files of a source; those in a folder or deeper where its key is given."""
        with self._database.read() as connection:
            # All keys that begin with the folder's key and a slash; 0 follows the slash.
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM document WHERE source_id = :source AND (:folder IS NULL OR"
                " (path_key > :folder || '/' AND path_key < :folder || '0'))",
                {"source": source_id, "folder": folder},
            ).fetchall()
        return [_recorded(row) for row in rows]

    def missing_elsewhere(self, source_id: int, scope: str) -> list[RecordedFile]:
        """Return the files that are missing under the other sources of a scope: they may have moved here."""
        with self._database.read() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM document WHERE state = 'stale' AND reason_code = ? AND scope = ?"
                " AND source_id <> ?",
                (MISSING, scope, source_id),
            ).fetchall()
        return [_recorded(row) for row in rows]

    def with_missing(self) -> list[int]:
        """Return the sources that have missing files."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT DISTINCT source_id FROM document WHERE state = 'stale' AND reason_code = ? ORDER BY source_id",
                (MISSING,),
            ).fetchall()
        return [row["source_id"] for row in rows]

    def mark_absent(self, document_ids: Sequence[int], absence: str) -> None:
        """Record that the files of documents with text are gone; they stay searchable, as stale.

        Args:
            document_ids: The documents.
            absence: `MISSING` or `KEPT`.
        """
        reason = "Its file is gone; the text is kept." if absence == KEPT else "Its file is gone."
        with self._database.transaction() as connection:
            connection.executemany(
                "UPDATE document SET state = 'stale', stage = '', reason_code = ?, reason = ? WHERE id = ?",
                [(absence, reason, each) for each in document_ids],
            )


def _recorded(row: sqlite3.Row) -> RecordedFile:
    skipped, absent = row["reason_code"] == "rule", row["reason_code"] in (MISSING, KEPT, VANISHED)
    # What the name promises; what the file turned out to be may be something else.
    kind = None if skipped and row["mtime_ns"] == 0 else kind_of_name(display_path(os.path.basename(row["path"])) or "")
    return RecordedFile(
        document_id=row["id"],
        path=row["path"],
        key=row["path_key"],
        size=row["size"],
        mtime_ns=row["mtime_ns"],
        inode=row["inode"],
        device=row["device"],
        kind=kind,
        rule=row["reason"] if skipped else None,
        content_hash=row["content_hash"],
        has_text=bool(row["has_text"]),
        absence=row["reason_code"] if absent else "",
    )
