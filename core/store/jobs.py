"""The queue of work: scans of sources and readings of documents; it outlives the process."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.domain.clock import moment
from core.domain.queue import QueueEntry
from core.store.database import Database
from core.store.documents import display_name, display_path

MOST_ATTEMPTS = 3
_QUEUE = (
    "SELECT job.kind, job.state, job.document_id, job.source_id, job.attempts, job.created_at, job.started_at,"
    " coalesce(document.path, CASE WHEN job.document_id IS NULL THEN source.path END) AS path, document.external_id,"
    " source.name AS source, source.state AS source_state FROM job JOIN source ON source.id = job.source_id"
    " LEFT JOIN document ON document.id = job.document_id"
)
BATCH_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work that was claimed.

    Attributes:
        id: Number of the job.
        kind: `scan` (look at a source again) or `read` (read a document).
        source_id: The source.
        document_id: The document to read; None for a scan.
        attempts: How often it was begun, this time included.
    """

    id: int
    kind: str
    source_id: int
    document_id: int | None
    attempts: int


class Jobs:
    """Rows of `job`."""

    def __init__(self, database: Database, boot: str) -> None:
        """`boot` names this run of the program: a job left running by another run is queued again."""
        self._database = database
        self._boot = boot

    def recover(self) -> None:
        """Queue again what an earlier run left running; what it began three times is put aside as quarantined."""
        with self._database.transaction() as connection:
            worn = connection.execute(
                "SELECT id FROM job WHERE state = 'running' AND boot <> ? AND attempts >= ?",
                (self._boot, MOST_ATTEMPTS),
            ).fetchall()
            self._quarantine(connection, [row["id"] for row in worn], "Carrel stopped three times while reading it.")
            connection.execute(
                "UPDATE OR REPLACE job SET state = 'queued' WHERE state = 'running' AND boot <> ?", (self._boot,)
            )

    def _quarantine(self, connection: sqlite3.Connection, job_ids: Sequence[int], reason: str) -> None:
        for job_id in job_ids:
            connection.execute("UPDATE job SET state = 'quarantined', reason = ? WHERE id = ?", (reason, job_id))
            connection.execute(
                "UPDATE document SET state = CASE WHEN current_version_id IS NULL THEN 'failed' ELSE 'stale' END,"
                " stage = 'extract', reason_code = 'crashed', reason = ? WHERE id = (SELECT document_id FROM job"
                " WHERE id = ?)",
                (reason, job_id),
            )

    def queue_scan(self, source_id: int, now: float) -> int:
        """Queue a scan of the source, unless one waits already; return how many jobs were added."""
        return self._queue([("scan", source_id, None, float("inf"), now)])

    def queue_reads(self, documents: Iterable[tuple[int, int, float]], now: float) -> int:
        """Queue readings, given as (source, document, priority); return how many were added."""
        return self._queue([("read", source, document, priority, now) for source, document, priority in documents])

    def queue_documents(self, document_ids: Sequence[int], now: float) -> None:
        """Queue readings of files, the newest first: what a person worked on last is most likely what they look for."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO job (kind, source_id, document_id, state, priority, created_at)"
                " SELECT 'read', source_id, id, 'queued', mtime_ns / 1e9, ? FROM document"
                " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
                (now, json.dumps(list(document_ids))),
            )

    def _queue(self, rows: Sequence[tuple[str, int, int | None, float, float]]) -> int:
        with self._database.transaction() as connection:
            # A source, or a document, that was removed since somebody looked has nothing to be done for it.
            cursor = connection.executemany(
                "INSERT OR IGNORE INTO job (kind, source_id, document_id, state, priority, created_at)"
                " SELECT :kind, :source, :document, 'queued', :priority, :now"
                " WHERE EXISTS (SELECT 1 FROM source WHERE id = :source)"
                " AND (:document IS NULL OR EXISTS (SELECT 1 FROM document WHERE id = :document))",
                [dict(zip(("kind", "source", "document", "priority", "now"), row, strict=True)) for row in rows],
            )
            return cursor.rowcount

    def claim(self, now: float, most: int = 1) -> list[Job]:
        """Take up to `most` jobs of the highest priority, skipping sources that are paused.

        Several jobs are given at once only where all are readings of texts, and together these are not large.
        """
        with self._database.transaction() as connection:
            rows = connection.execute(
                "SELECT job.id, job.kind, job.source_id, job.document_id, job.attempts + 1 AS attempts,"
                " source.kind = 'texts' AS is_text, coalesce(document.size, 0) AS size FROM job"
                " JOIN source ON source.id = job.source_id LEFT JOIN document ON document.id = job.document_id"
                " WHERE job.state = 'queued' AND source.state <> 'paused' AND job.not_before <= ?"
                " ORDER BY job.priority DESC, job.id LIMIT ?",
                (now, most),
            ).fetchall()
            if not rows:
                return []
            rows = _together(rows) if rows[0]["is_text"] else rows[:1]
            connection.executemany(
                "UPDATE job SET state = 'running', attempts = attempts + 1, boot = ?, started_at = ? WHERE id = ?",
                [(self._boot, now, row["id"]) for row in rows],
            )
            return [Job(row["id"], row["kind"], row["source_id"], row["document_id"], row["attempts"]) for row in rows]

    def finish(self, jobs: Sequence[Job]) -> None:
        """Drop jobs whose work is done; what they did stands in the rows they wrote."""
        with self._database.transaction() as connection:
            connection.executemany("DELETE FROM job WHERE id = ?", [(job.id,) for job in jobs])

    def postpone(self, job: Job, until: float) -> None:
        """Put a job back into the queue, not to be claimed before `until`."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE OR REPLACE job SET state = 'queued', not_before = ?, attempts = attempts - 1 WHERE id = ?",
                (until, job.id),
            )

    def give_back(self, jobs: Sequence[Job], until: float) -> None:
        """Put jobs that broke down back into the queue; what broke down three times is put aside as quarantined."""
        with self._database.transaction() as connection:
            for job in jobs:
                if job.attempts < MOST_ATTEMPTS:
                    connection.execute(
                        "UPDATE OR REPLACE job SET state = 'queued', not_before = ? WHERE id = ?", (until, job.id)
                    )
                else:
                    self._quarantine(connection, [job.id], "Carrel failed three times to store it.")

    def cancel(self, source_id: int, now: float) -> int:
        """Cancel what is queued for a source; return how many jobs."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE document SET reason_code = 'cancelled', reason = 'Reading it was cancelled.' WHERE id IN"
                " (SELECT document_id FROM job WHERE state = 'queued' AND source_id = ?)",
                (source_id,),
            )
            return connection.execute(
                "UPDATE job SET state = 'cancelled', finished_at = ? WHERE state = 'queued' AND source_id = ?",
                (now, source_id),
            ).rowcount

    def retry(self, document_ids: Sequence[int], now: float) -> int:
        """Queue failed and cancelled readings again; return how many."""
        with self._database.transaction() as connection:
            ids = (json.dumps(list(document_ids)),)
            connection.execute(
                "DELETE FROM job WHERE state IN ('failed', 'quarantined', 'cancelled')"
                " AND document_id IN (SELECT value FROM json_each(?))",
                ids,
            )
            rows = connection.execute(
                "SELECT source_id, id FROM document WHERE id IN (SELECT value FROM json_each(?))", ids
            ).fetchall()
            return self.queue_reads([(row["source_id"], row["id"], 0.0) for row in rows], now)

    def counts(self) -> Mapping[str, int]:
        """Return the number of jobs in each state; `paused` counts queued ones of paused sources."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT CASE WHEN job.state = 'queued' AND source.state = 'paused' THEN 'paused' ELSE job.state END"
                " AS counted, count(*) AS number FROM job JOIN source ON source.id = job.source_id GROUP BY counted"
            ).fetchall()
        return {row["counted"]: row["number"] for row in rows}

    def queue(self, limit: int) -> list[QueueEntry]:
        """Return up to `limit` jobs: those being done, then those that wait, in the order in which they are claimed."""
        with self._database.read() as connection:
            running = connection.execute(f"{_QUEUE} WHERE job.state = 'running' ORDER BY job.id LIMIT ?", (limit,))
            rows = running.fetchall()
            rows += connection.execute(
                f"{_QUEUE} WHERE job.state = 'queued' ORDER BY job.priority DESC, job.id LIMIT ?", (limit - len(rows),)
            ).fetchall()
        return [_entry(row) for row in rows]

    def next_due(self) -> float | None:
        """Return the earliest time at which a postponed job may be claimed, or None."""
        with self._database.read() as connection:
            row: sqlite3.Row = connection.execute(
                "SELECT min(job.not_before) AS due FROM job JOIN source ON source.id = job.source_id"
                " WHERE job.state = 'queued' AND source.state <> 'paused'"
            ).fetchone()
        return None if row["due"] is None else float(row["due"])


def _entry(row: sqlite3.Row) -> QueueEntry:
    path = display_path(row["path"])
    name = row["source"] if row["document_id"] is None else row["external_id"] or display_name(row["path"])
    running = row["state"] == "running"
    return QueueEntry(
        kind=row["kind"],
        state="paused" if not running and row["source_state"] == "paused" else row["state"],
        document_id=row["document_id"],
        name=name,
        path=path,
        source_id=row["source_id"],
        source=row["source"],
        since=moment(row["started_at"] if running and row["started_at"] is not None else row["created_at"]),
        attempts=row["attempts"],
    )


def _together(rows: Sequence[sqlite3.Row]) -> list[sqlite3.Row]:
    """Return the texts among the rows that are read in one go: at least one, and not more than a megabyte or so."""
    chosen: list[sqlite3.Row] = []
    size = 0
    for row in rows:
        if row["is_text"]:
            size += row["size"]
            if chosen and size > BATCH_BYTES:
                break
            chosen.append(row)
    return chosen
