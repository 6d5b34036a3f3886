"""Deletion of documents, with the account that becomes a receipt."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.change import Receipt
from core.domain.clock import moment
from core.store.changes import log
from core.store.database import Database
from core.store.documents import display_name, list_anew

OWED = "erasure"
OWED_PASSAGES = "erasure of passages"
OWED_SEARCHES = "erasure of searches"


@dataclass(frozen=True, slots=True)
class Deleted:
    """What a deletion took out of the truth; the indices and the cache follow.

    Attributes:
        documents: Ids of the documents.
        chunks: Ids of their passages.
        unused: Hashes of embedded texts that no passage uses any more.
        rows: Number of rows.
        bytes: Bytes of text.
    """

    documents: tuple[int, ...]
    chunks: tuple[int, ...]
    unused: tuple[bytes, ...]
    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Owed:
    """Deletions after which something may be left in files: words in segments, rows in logs, older snapshots.

    Attributes:
        sequence: The last entry of the change log that tells of one.
        passages: The last one that tells of a passage; 0 if there were none.
        searches: How often searches and marks were deleted, of which the log does not tell.
    """

    sequence: int
    passages: int
    searches: int = 0


class Deletion:
    """Deletes documents, and writes receipts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def delete(self, document_ids: Sequence[int]) -> Deleted:
        """Delete documents with their versions, passages and jobs in one transaction; unknown ids are left out."""
        marks = ",".join("?" * len(document_ids))
        with self._database.transaction() as connection:
            known = tuple(
                row[0] for row in connection.execute(f"SELECT id FROM document WHERE id IN ({marks})", document_ids)
            )
            marks = ",".join("?" * len(known))
            deleted = self._drop_text(connection, known)
            _owe(connection, bool(deleted.chunks))
            jobs = connection.execute(f"DELETE FROM job WHERE document_id IN ({marks})", known).rowcount
            documents = connection.execute(f"DELETE FROM document WHERE id IN ({marks})", known).rowcount
            return Deleted(known, deleted.chunks, deleted.unused, deleted.rows + jobs + documents, deleted.bytes)

    def delete_text(self, document_ids: Sequence[int]) -> Deleted:
        """Delete the versions and passages of documents whose rows stay, because a rule skips them now."""
        with self._database.transaction() as connection:
            deleted = self._drop_text(connection, tuple(document_ids))
            _owe(connection, bool(deleted.chunks))
            return deleted

    def expire(self, document_ids: Sequence[int], now: float) -> Deleted:
        """Delete texts that have expired, and the text of files; a file that is still there must not come back with
        the next look, so its place in the ledger stays, as skipped.

        What was given again, or more time, since somebody looked for what has expired, is left as it is.
        """
        marks = ",".join("?" * len(document_ids))
        with self._database.transaction() as connection:
            rows = connection.execute(
                f"SELECT id, path FROM document WHERE id IN ({marks}) AND expires_at <= ?", (*document_ids, now)
            ).fetchall()
            texts = self.delete([row["id"] for row in rows if row["path"] is None])
            files = self.delete_text([row["id"] for row in rows if row["path"] is not None])
            connection.executemany("DELETE FROM job WHERE document_id = ?", [(each,) for each in files.documents])
            connection.executemany(
                "UPDATE document SET state = 'skipped', stage = '', reason_code = 'expired', reason = 'expired',"
                " title = ?, metadata = '{}', tags = '[]', language = '', content_hash = NULL, expires_at = NULL"
                " WHERE id = ?",
                [(display_name(row["path"]), row["id"]) for row in rows if row["path"] is not None],
            )
            for each in files.documents:
                list_anew(connection, each)
            return Deleted(
                texts.documents + files.documents,
                texts.chunks + files.chunks,
                texts.unused + files.unused,
                texts.rows + files.rows,
                texts.bytes + files.bytes,
            )

    def owed(self) -> Owed | None:
        """Return what is still to be erased from the files of the workspace, or None."""
        with self._database.read() as connection:
            names = (OWED, OWED_PASSAGES, OWED_SEARCHES)
            found = dict(connection.execute("SELECT name, value FROM fact WHERE name IN (?, ?, ?)", names))
        return Owed(*(int(found.get(name, 0)) for name in names)) if found else None

    def erased(self, owed: Owed) -> None:
        """Record that nothing is left of what was deleted up to then."""
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM fact WHERE name IN (?, ?) AND CAST(value AS INTEGER) <= ?",
                (OWED, OWED_PASSAGES, owed.sequence),
            )
            connection.execute(
                "DELETE FROM fact WHERE name = ? AND CAST(value AS INTEGER) <= ?", (OWED_SEARCHES, owed.searches)
            )

    def _drop_text(self, connection: sqlite3.Connection, documents: tuple[int, ...]) -> Deleted:
        marks = ",".join("?" * len(documents))
        chunks = connection.execute(
            "SELECT id, document_id, embedding_hash, length(CAST(text AS BLOB)) AS size FROM chunk WHERE"
            f" document_id IN ({marks})",
            documents,
        ).fetchall()
        log(connection, [("delete", row["document_id"], row["id"]) for row in chunks])
        log(connection, [("document", each, None) for each in documents])
        sizes = connection.execute(
            f"SELECT length(text) + length(anchors) FROM version WHERE document_id IN ({marks})", documents
        ).fetchall()
        # Versions take their passages with them; the rows were counted above.
        connection.execute(f"DELETE FROM version WHERE document_id IN ({marks})", documents)
        connection.execute(
            f"UPDATE document SET current_version_id = NULL, pages = NULL, words = NULL WHERE id IN ({marks})",
            documents,
        )
        marks_dropped = connection.execute(f"DELETE FROM mark WHERE document_id IN ({marks})", documents).rowcount
        # A golden query stays and tells that its document is gone; the words of a passage do not.
        connection.execute(f"UPDATE OR REPLACE golden_query SET passage = '' WHERE document_id IN ({marks})", documents)
        unused = []
        for text_hash in {row["embedding_hash"] for row in chunks}:
            used = connection.execute("SELECT 1 FROM chunk WHERE embedding_hash = ? LIMIT 1", (text_hash,)).fetchone()
            if used is None:
                unused.append(text_hash)
        size = sum(row["size"] for row in chunks) + sum(row[0] for row in sizes)
        rows = len(chunks) + len(sizes) + marks_dropped
        return Deleted(documents, tuple(row["id"] for row in chunks), tuple(unused), rows, size)

    def write_receipt(self, receipt: Receipt) -> Receipt:
        """Store a receipt and return it with its number."""
        counts = (receipt.documents, receipt.rows, receipt.keyword_entries, receipt.vectors, receipt.cached_embeddings)
        with self._database.transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO receipt (at, reason, documents, rows, keyword_entries, vectors, cached_embeddings, bytes)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (receipt.at.timestamp(), receipt.reason, *counts, receipt.bytes),
            )
        return Receipt(cursor.lastrowid or 0, receipt.at, receipt.reason, *counts, receipt.bytes)

    def receipts(self, limit: int) -> list[Receipt]:
        """Return the newest receipts, newest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT id, at, reason, documents, rows, keyword_entries, vectors, cached_embeddings, bytes FROM"
                " receipt"
                " ORDER BY id DESC LIMIT ?",
                (limit,),
            ).fetchall()
        return [Receipt(row["id"], moment(row["at"]), *tuple(row)[2:]) for row in rows]


def owe_searches(connection: sqlite3.Connection) -> None:
    """Note, in the transaction that deletes searches or marks, that their traces are to be erased."""
    connection.execute(
        "INSERT INTO fact (name, value) VALUES (?, '1')"
        " ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)",
        (OWED_SEARCHES,),
    )


def _owe(connection: sqlite3.Connection, passages: bool) -> None:
    """Note, in the transaction of a deletion, that its traces are to be erased; this outlives the process."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'change'").fetchone()
    for name in (OWED, OWED_PASSAGES) if passages else (OWED,):
        connection.execute("INSERT OR REPLACE INTO fact (name, value) VALUES (?, ?)", (name, str(row[0] if row else 0)))
