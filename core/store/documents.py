"""Documents: one row per file or text, with its place in the coverage ledger."""
# Paths are raw bytes, because not every file name is text; pathlib takes text only.
# ruff: noqa: PTH119

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from core.domain.clock import moment, optional_moment
from core.domain.document import Document, Failure, Ledger, State, Text
from core.domain.listing import listing_key
from core.domain.source import KEPT, MISSING, FoundFile
from core.errors import DatabaseDamaged
from core.store.changes import log
from core.store.database import Database
from core.store.sqlite_errors import MALFORMED

_COLUMNS = (
    "id, source_id, path, external_id, title, kind, scope, state, reason, size, language, tags, metadata,"
    " created_at, updated_at, event_time, expires_at, attempts, reason_code, pages, words, mtime_ns"
)
_READING = (
    "id, source_id, scope, path, path_key, external_id, title, kind, content_hash, current_version_id, attempts,"
    " mtime_ns"
)
_ABSENT = f"('{MISSING}', '{KEPT}')"
_PURGED_AT = "(expires_at + CASE WHEN scope = 'session' OR scope LIKE 'session:%' THEN 0 ELSE :delay END)"
VISIBLE = "hidden_at IS NULL AND (expires_at IS NULL OR expires_at > :now)"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reading job needs to know of its document."""

    document_id: int
    source_id: int
    scope: str
    path: bytes | None
    key: str | None
    external_id: str | None
    title: str
    kind: str
    content_hash: str | None
    current_version_id: int | None
    attempts: int
    mtime_ns: int


class Documents:
    """Rows of `document`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # -- reading ------------------------------------------------------------------------------------------------------

    def get(self, document_ids: Sequence[int]) -> dict[int, Document]:
        """Return the documents with these ids, by id; unknown ids are left out."""
        with self._database.read() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM document WHERE id IN ({','.join('?' * len(document_ids))})", document_ids
            ).fetchall()
        return {row["id"]: document(row) for row in rows}

    def reading(self, document_ids: Sequence[int]) -> list[Reading]:
        """Return what reading these documents needs, in the order of their ids."""
        with self._database.read() as connection:
            rows = connection.execute(
                f"SELECT {_READING} FROM document WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
                (json.dumps(list(document_ids)),),
            ).fetchall()
        return [Reading(*row) for row in rows]

    def with_hash(self, content_hash: str, scope: str) -> list[Reading]:
        """Return the files of a scope that hold this content."""
        with self._database.read() as connection:
            rows = connection.execute(
                f"SELECT {_READING} FROM document WHERE content_hash = ? AND scope = ? AND path IS NOT NULL",
                (content_hash, scope),
            ).fetchall()
        return [Reading(*row) for row in rows]

    def expired(self, now: float, limit: int, delay: float = 0.0) -> list[int]:
        """Return the ids of up to `limit` documents whose time has run out, `delay` seconds ago or before; that of
        sessions, at all.
        """
        with self._database.read() as connection:
            rows = connection.execute(
                f"SELECT id FROM document WHERE expires_at <= :now AND {_PURGED_AT} <= :now"
                " ORDER BY expires_at LIMIT :limit",
                {"now": now, "limit": limit, "delay": delay},
            )
            return [row["id"] for row in rows]

    def hidden(self, now: float, scopes: Iterable[str]) -> NDArray[np.int64]:
        """Return the ids of the documents of these scopes that have expired, sorted."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT id FROM document WHERE scope IN (SELECT value FROM json_each(?)) AND expires_at <= ?",
                (json.dumps(sorted(scopes)), now),
            ).fetchall()
        return np.sort(np.array([row[0] for row in rows], dtype=np.int64))

    def next_purge(self, delay: float) -> float | None:
        """Return when the next document is to be purged, or should have been already; None where none ever is."""
        with self._database.read() as connection:
            row: sqlite3.Row = connection.execute(
                f"SELECT min({_PURGED_AT}) AS next FROM document WHERE expires_at IS NOT NULL", {"delay": delay}
            ).fetchone()
        return None if row["next"] is None else float(row["next"])

    def next_expiry(self) -> float | None:
        """Return when the next document expires, or has expired already; None where none ever does."""
        with self._database.read() as connection:
            row: sqlite3.Row = connection.execute("SELECT min(expires_at) AS next FROM document").fetchone()
        return None if row["next"] is None else float(row["next"])

    def under(self, source_id: int) -> list[int]:
        """Return the ids of all documents of a source."""
        with self._database.read() as connection:
            return [
                row["id"] for row in connection.execute("SELECT id FROM document WHERE source_id = ?", (source_id,))
            ]

    def ledger(self, *, files: bool = True) -> Ledger:
        """Return the coverage ledger; `files=False` leaves the rows out."""
        with self._database.read() as connection:
            connection.execute("BEGIN")
            try:
                counts = dict(connection.execute("SELECT state, count(*) FROM document GROUP BY state").fetchall())
                documents = connection.execute(
                    "SELECT count(*) FROM document WHERE current_version_id IS NOT NULL"
                ).fetchone()[0]
                chunks = connection.execute("SELECT count(*) FROM chunk").fetchone()[0]
                rows = connection.execute(f"SELECT {_COLUMNS} FROM document ORDER BY id").fetchall() if files else []
            finally:
                connection.execute("COMMIT")
        return Ledger(
            {state: counts.get(state, 0) for state in State}, documents, chunks, tuple(document(row) for row in rows)
        )

    def coverage(self, now: float) -> dict[int, dict[State, int]]:
        """Return how many documents of each source stand in each state, without those that have expired."""
        counts: dict[int, dict[State, int]] = {}
        with self._database.read() as connection:
            rows = connection.execute(
                f"SELECT source_id, state, count(*) FROM document WHERE {VISIBLE} GROUP BY source_id, state",
                {"now": now},
            ).fetchall()
        for source, state, count in rows:
            counts.setdefault(source, dict.fromkeys(State, 0))[State(state)] = count
        return counts

    def failures(self) -> list[Failure]:
        """Return every document that could not be read, grouped by reason."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT id, path, external_id, stage, reason_code, reason, attempts FROM document"
                f" WHERE state IN ('failed', 'stale') AND reason_code <> '' AND reason_code NOT IN {_ABSENT}"
                " ORDER BY reason_code, id"
            ).fetchall()
        return [
            Failure(
                row["id"],
                display_path(row["path"]) or row["external_id"] or "",
                row["stage"],
                row["reason_code"],
                row["reason"],
                row["attempts"],
            )
            for row in rows
        ]

    def skipped(self) -> dict[str, int]:
        """Return how many documents each rule leaves out, the most first."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT reason, count(*) AS number FROM document WHERE state = 'skipped' GROUP BY reason"
                " ORDER BY number DESC, reason"
            ).fetchall()
        return {row["reason"]: row["number"] for row in rows}

    def to_retry(self) -> list[int]:
        """Return the ids of the documents whose reading failed or was cancelled."""
        with self._database.read() as connection:
            rows = connection.execute(
                f"SELECT id FROM document WHERE (state IN ('failed', 'stale') AND reason_code <> ''"
                f" AND reason_code NOT IN {_ABSENT}) OR (state IN ('pending', 'stale') AND reason_code = 'cancelled')"
                " ORDER BY id"
            )
            return [row["id"] for row in rows]

    # -- writing ------------------------------------------------------------------------------------------------------

    def add_files(
        self, source_id: int, scope: str, files: Iterable[FoundFile], now: float, ttl: float | None
    ) -> list[int]:
        """Record files that were found; return the ids of those that wait to be read: none if the source has gone."""
        waiting: list[int] = []
        with self._database.transaction() as connection:
            if connection.execute("SELECT 1 FROM source WHERE id = ?", (source_id,)).fetchone() is None:
                return []
            for file in files:
                state = State.PENDING if file.rule is None else State.SKIPPED
                cursor = connection.execute(
                    "INSERT OR IGNORE INTO document (source_id, path, path_key, scope, title, kind, size, mtime_ns,"
                    " inode,"
                    " device, state, reason_code, reason, created_at, updated_at, event_time, expires_at, listed_as)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        source_id,
                        file.path,
                        file.key,
                        scope,
                        display_name(file.path),
                        file.kind or "",
                        file.size,
                        file.mtime_ns,
                        file.inode,
                        file.device,
                        state,
                        "rule" if file.rule else "",
                        file.rule or "",
                        now,
                        now,
                        file.mtime_ns / 1e9,
                        None if ttl is None else now + ttl,
                        listed_as(file.path, None, display_name(file.path)),
                    ),
                )
                if cursor.rowcount and file.rule is None and cursor.lastrowid is not None:
                    waiting.append(cursor.lastrowid)
        return waiting

    def mark_changed(
        self, source_id: int, files: Iterable[tuple[int, FoundFile]], expires_at: float | None = None
    ) -> list[int]:
        """Record that files of a source look different on disk; return the ids of those that wait to be read again.

        A file that a rule now skips keeps no text: the caller deletes its text first. What was expired lives anew,
        until `expires_at`.
        """
        waiting: list[int] = []
        with self._database.transaction() as connection:
            for document_id, file in files:
                connection.execute(
                    "UPDATE document SET source_id = ?, path = ?, path_key = ?, size = ?, mtime_ns = ?, inode = ?,"
                    " device = ?, kind = ?, expires_at = CASE reason_code WHEN 'expired' THEN ? ELSE expires_at END,"
                    " reason_code = ?, reason = ?, attempts = 0,"
                    " state = CASE WHEN ? THEN 'skipped' WHEN current_version_id IS NULL THEN 'pending'"
                    " ELSE 'stale' END WHERE id = ?",
                    (
                        source_id,
                        file.path,
                        file.key,
                        file.size,
                        file.mtime_ns,
                        file.inode,
                        file.device,
                        file.kind or "",
                        expires_at,
                        "rule" if file.rule else "",
                        file.rule or "",
                        file.rule is not None,
                        document_id,
                    ),
                )
                list_anew(connection, document_id)
                if file.rule is None:
                    waiting.append(document_id)
        return waiting

    def move(self, files: Sequence[tuple[int, FoundFile]], source_id: int) -> None:
        """Record that files stand at other places; their texts, passages and vectors stay as they are."""
        with self._database.transaction() as connection:
            connection.executemany(
                "UPDATE document SET source_id = ?, path = ?, path_key = ?, size = ?, mtime_ns = ?, inode = ?,"
                " device = ?"
                " WHERE id = ?",
                [
                    (source_id, file.path, file.key, file.size, file.mtime_ns, file.inode, file.device, document_id)
                    for document_id, file in files
                ],
            )
            for document_id, _ in files:
                list_anew(connection, document_id)
            log(connection, [("document", document_id, None) for document_id, _ in files])

    def confirm(self, document_id: int) -> None:
        """Record that a file that was touched holds the same content as before."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE document SET reason_code = '', reason = '', stage = '', state = CASE"
                " WHEN state <> 'stale' THEN state WHEN (SELECT partial FROM version WHERE version.id ="
                " current_version_id)"
                " THEN 'partial' ELSE 'words' END WHERE id = ?",
                (document_id,),
            )
            log(connection, [("document", document_id, None)])

    def fail(self, document_id: int, stage: str, code: str, reason: str) -> None:
        """Record why a document could not be read; a text that is stored already stays searchable as stale."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE document SET state = CASE WHEN current_version_id IS NULL THEN 'failed' ELSE 'stale' END,"
                " stage = ?,"
                " reason_code = ?, reason = ?, attempts = attempts + 1 WHERE id = ?",
                (stage, code, reason, document_id),
            )

    def skip(self, document_id: int, reason: str) -> None:
        """Record that a document without text is left out by a rule."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE document SET state = 'skipped', stage = '', reason_code = 'unsupported', reason = ? WHERE"
                " id = ?",
                (reason, document_id),
            )

    def mark_meaning(self, document_ids: Iterable[int]) -> None:
        """Record that all passages of these documents are searchable by meaning."""
        with self._database.transaction() as connection:
            connection.executemany(
                "UPDATE document SET state = 'meaning' WHERE id = ? AND state = 'words'",
                [(each,) for each in document_ids],
            )

    def set_tags(self, document_id: int, tags: Iterable[str]) -> None:
        """Replace a document's tags."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE document SET tags = ? WHERE id = ?",
                (json.dumps(sorted(set(tags)), ensure_ascii=False), document_id),
            )
            log(connection, [("document", document_id, None)])

    def set_expiry(self, document_ids: Sequence[int], expires_at: float | None) -> None:
        """Set when documents expire; None for never."""
        with self._database.transaction() as connection:
            connection.executemany(
                "UPDATE document SET expires_at = ?, hidden_at = NULL WHERE id = ?",
                [(expires_at, each) for each in document_ids],
            )

    def put_text(self, source_id: int, scope: str, text: Text, expires_at: float | None, now: float) -> int:
        """Record a text that a program gives, in place of an earlier one with the same id; return the document's id."""
        row = (
            text.title or text.id,
            len(text.text.encode("utf-8", "replace")),
            json.dumps(dict(text.metadata), ensure_ascii=False),
            json.dumps(sorted(set(text.tags)), ensure_ascii=False),
            None if text.event_time is None else text.event_time.timestamp(),
            expires_at,
            listed_as(None, text.id, text.title or text.id),
        )
        with self._database.transaction() as connection:
            return int(
                connection.execute(
                    "INSERT INTO document (source_id, external_id, scope, title, size, metadata, tags, event_time,"
                    " expires_at, listed_as,"
                    " kind, mtime_ns, inode, device, state, created_at, updated_at)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'text', 0, 0, 0, 'pending', ?, ?)"
                    " ON CONFLICT (scope, external_id) WHERE external_id IS NOT NULL DO UPDATE SET title ="
                    " excluded.title,"
                    " size = excluded.size, metadata = excluded.metadata, tags = excluded.tags, reason = '',"
                    " reason_code = '',"
                    " event_time = excluded.event_time, expires_at = excluded.expires_at, attempts = 0,"
                    " listed_as = excluded.listed_as,"
                    # What has expired does not come back with its old text while the new one is being cut.
                    " hidden_at = CASE WHEN document.expires_at <= excluded.updated_at THEN excluded.updated_at"
                    " ELSE hidden_at END,"
                    " state = CASE WHEN current_version_id IS NULL THEN 'pending' ELSE 'stale' END RETURNING id",
                    (source_id, text.id, scope, *row, now, now),
                ).fetchone()[0]
            )


def document(row: sqlite3.Row) -> Document:
    """Return the record of a row of `document`."""
    try:
        metadata: Mapping[str, str] = json.loads(row["metadata"])
        return Document(
            id=row["id"],
            source_id=row["source_id"],
            path=display_path(row["path"]),
            external_id=row["external_id"],
            title=row["title"],
            kind=row["kind"],
            scope=row["scope"],
            state=State(row["state"]),
            reason=row["reason"],
            size=row["size"],
            language=row["language"],
            tags=tuple(json.loads(row["tags"])),
            metadata=metadata,
            created_at=moment(row["created_at"]),
            updated_at=moment(row["updated_at"]),
            event_time=optional_moment(row["event_time"]),
            expires_at=optional_moment(row["expires_at"]),
            attempts=row["attempts"],
            reason_code=row["reason_code"],
            pages=row["pages"],
            words=row["words"],
            modified_at=_modified(row),
        )
    except MALFORMED as error:
        raise DatabaseDamaged("workspace.db", "a document can't be read") from error


def _modified(row: sqlite3.Row) -> datetime | None:
    if row["path"] is None:
        return optional_moment(row["updated_at"] if row["event_time"] is None else row["event_time"])
    return moment(row["mtime_ns"] / 1e9) if row["mtime_ns"] else None


def listed_as(path: bytes | None, external_id: str | None, title: str) -> str:
    """Return what a list sorts and filters a document by."""
    name = display_name(path) if path is not None else external_id or ""
    return listing_key(name, title, display_path(path) or "")


def list_anew(connection: sqlite3.Connection, document_id: int) -> None:
    """Note what a list sorts and filters a document by, after its path or title has changed; it may have gone."""
    row = connection.execute("SELECT path, external_id, title FROM document WHERE id = ?", (document_id,)).fetchone()
    if row is not None:
        connection.execute("UPDATE document SET listed_as = ? WHERE id = ?", (listed_as(*row), document_id))


def fill_listing(connection: sqlite3.Connection) -> None:
    """Note what a list sorts and filters by for all documents of which that is not known."""
    ids = [row[0] for row in connection.execute("SELECT id FROM document WHERE listed_as = ''").fetchall()]
    for each in ids:
        list_anew(connection, each)


def display_path(path: bytes | None) -> str | None:
    """Return a path for people; bytes that are no text are escaped as \\xNN."""
    if path is None:
        return None
    return os.fsdecode(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def display_name(path: bytes) -> str:
    """Return a file's name for people."""
    return (display_path(os.path.basename(path)) or "").strip() or "?"
