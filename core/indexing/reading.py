"""Works off the queue: scans sources, reads files and texts, and stores what was read."""
# Paths are raw bytes, because not every file name is text; pathlib takes text only.
# ruff: noqa: PTH119

from __future__ import annotations

import logging
import os
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import PurePath

from core.concurrency.precedence import Precedence
from core.domain.change import Receipt
from core.domain.clock import Clock
from core.domain.extracted import Extracted
from core.domain.source import VANISHED, FoundFile
from core.errors import ExtractionFailed, StorageFailed
from core.indexing.answer import Read
from core.indexing.scanning import Scanning
from core.indexing.worker_pool import Readers
from core.keyword_index.errors import IndexNotWritten
from core.settings import IndexingSettings
from core.sources.read import ChangedWhileRead, Fingerprint, fingerprint
from core.store.disk_space import DiskSpace
from core.store.documents import Documents, Reading, display_path
from core.store.jobs import Job, Jobs
from core.store.versions import NewVersion, Versions

logger = logging.getLogger(__name__)
TEXT_BATCH = 256
CHANGED_DELAY = 2.0
RETRY_DELAY = 5.0
SPACE_DELAY = 5.0
EXTRACTION_REVISION = 1


def pipeline(settings: IndexingSettings) -> str:
    """Name everything that shapes text and passages, so that a change of it is noticed."""
    return f"{EXTRACTION_REVISION}:{settings.chunker}:{settings.chunk_tokens}:{settings.overlap_tokens}"


class QueueReader:
    """Takes one job, or a batch of small ones, at a time; several threads may run `step`."""

    def __init__(
        self,
        jobs: Jobs,
        documents: Documents,
        versions: Versions,
        scanning: Scanning,
        readers: Readers,
        settings: IndexingSettings,
        clock: Clock,
        tell: Callable[[Sequence[int]], None],
        tell_scanned: Callable[[Sequence[int], Receipt | None], None],
        took: Callable[[str, int, float], None],
        space: DiskSpace,
        precedence: Precedence,
    ) -> None:
        """`tell` is called with the documents that were read, `tell_scanned` with those that a look at a source has
        changed, and with what it has removed; `took` with kind, size and seconds of each file; `precedence` lets
        searches come first.
        """
        self._jobs = jobs
        self._documents = documents
        self._versions = versions
        self._scanning = scanning
        self._readers = readers
        self._pipeline = pipeline(settings)
        self._clock = clock
        self._tell = tell
        self._tell_scanned = tell_scanned
        self._took = took
        self._space = space
        self._precedence = precedence
        self._held: deque[Job] = deque()  # claimed, but the disk failed before they could be done or given back

    def step(self) -> float | None:
        """Do the next job; return 0 if there was one, else the seconds until one is due, or None.

        Nothing is begun while the disk has less left than it should. A failure of the disk is no failure of the job: it
        is done again when the disk works.

        Raises:
            StorageFailed, IndexNotWritten: If a database or the keyword index can't be read or written.
        """
        now = self._clock.wall()
        if self._space.missing() and self._jobs.next_due() is not None:
            return SPACE_DELAY
        while self._held:
            self._jobs.postpone(self._held[0], now)
            self._held.popleft()
        self._precedence.give_way()
        jobs = self._jobs.claim(now, TEXT_BATCH)
        if not jobs:
            due = self._jobs.next_due()
            return None if due is None else max(0.05, due - now)
        try:
            self._do(jobs)
        except (StorageFailed, IndexNotWritten):  # a scan takes out of the index what has gone
            self._held.extend(jobs)
            raise
        except Exception as error:  # noqa: BLE001 - one bad file must not stop the others; it is logged and counted
            # A bug: the work goes back into the queue, and is put aside after a few tries.
            self._jobs.give_back(jobs, self._clock.wall() + RETRY_DELAY)
            self._tell([])
            place = traceback.extract_tb(error.__traceback__)[-1]
            logger.error(
                "job %d (%s) failed: %s at %s:%s",
                jobs[0].id,
                jobs[0].kind,
                type(error).__name__,
                place.name,
                place.lineno,
            )
        return 0.0

    def _do(self, jobs: Sequence[Job]) -> None:
        job = jobs[0]
        if job.kind == "scan":
            changed, receipt = self._scanning.scan(job.source_id)
            if self._scanning.stopped:
                self._jobs.postpone(job, 0.0)  # it may have been broken off: it is done at the next opening
            else:
                self._jobs.finish(jobs)
            # Told when nothing runs any more: what is left for quiet moments begins then.
            self._tell_scanned(changed, receipt)
            return
        readings = self._documents.reading([each.document_id for each in jobs if each.document_id is not None])
        texts = [reading for reading in readings if reading.path is None]
        for reading in readings:
            if reading.path is not None and not self._read_file(job, reading, reading.path):
                return
        if texts and not self._read_texts(jobs, texts):
            return
        self._jobs.finish(jobs)
        self._tell([reading.document_id for reading in readings])

    def _read_file(self, job: Job, reading: Reading, path: bytes) -> bool:
        """Read one file; return False if the job went back into the queue."""
        try:
            before = fingerprint(path)
            if reading.current_version_id is not None and reading.content_hash == before.sha256:
                self._documents.confirm(reading.document_id)
                return True
            if self._moved_here(reading, path, before):
                return True
            if self._space.missing(before.size):
                self._jobs.postpone(job, self._clock.wall() + SPACE_DELAY)
                return False
            began = self._clock.monotonic()
            read = self._readers.read_file(path, reading.kind, before)
            self._took(reading.kind, before.size, self._clock.monotonic() - began)
        except ChangedWhileRead:
            self._jobs.postpone(job, self._clock.wall() + CHANGED_DELAY)
            return False
        except ExtractionFailed as failure:
            if failure.code == "cancelled":
                self._jobs.postpone(job, 0.0)
                return False
            self._record(reading, failure)
            return True
        version = self._version(reading, read, before)
        self._precedence.give_way()
        self._versions.store([version], self._clock.wall(), [job.id])
        return True

    def _record(self, reading: Reading, failure: ExtractionFailed) -> None:
        if failure.code == "unsupported" and reading.current_version_id is None:
            self._documents.skip(reading.document_id, failure.message)
        else:
            self._documents.fail(reading.document_id, "extract", failure.code, str(failure))
        if failure.code == VANISHED:
            # Behind the record: the look must see it, since the file may only have moved while it was waiting.
            self._scanning.request(reading.source_id)

    def _moved_here(self, reading: Reading, path: bytes, found: Fingerprint) -> bool:
        """Tell whether this is a known document whose file has gone from its old place; if so, it moves here."""
        for other in self._documents.with_hash(found.sha256, reading.scope):
            if other.document_id == reading.document_id or other.path is None or os.path.lexists(other.path):
                continue
            file = FoundFile(
                path, reading.key or "", found.size, found.mtime_ns, found.inode, found.device, reading.kind, None
            )
            self._scanning.adopt(other.document_id, reading.document_id, reading.source_id, file)
            return True
        return False

    def _read_texts(self, jobs: Sequence[Job], readings: Sequence[Reading]) -> bool:
        """Cut texts; return False if the jobs went back into the queue."""
        drafts = self._versions.drafts([reading.document_id for reading in readings])
        waiting = [reading for reading in readings if reading.document_id in drafts]
        try:
            reads = self._readers.read_texts([drafts[reading.document_id][2] for reading in waiting])
        except ExtractionFailed as failure:
            if failure.code == "cancelled":
                for job in jobs:
                    self._jobs.postpone(job, 0.0)
                return False
            for reading in waiting:
                self._documents.fail(reading.document_id, "chunk", failure.code, str(failure))
            return True
        versions = []
        for reading, read in self._precedence.paced(zip(waiting, reads, strict=True)):
            content_hash, title, text = drafts[reading.document_id]
            size = len(text.encode("utf-8", "replace"))
            versions.append(
                NewVersion(
                    reading.document_id,
                    content_hash,
                    self._pipeline,
                    "text",
                    title,
                    read.language,
                    read.extracted,
                    read.spans,
                    size,
                    0,
                    words=read.words,
                )
            )
        self._versions.store(self._precedence.paced(versions), self._clock.wall(), [job.id for job in jobs])
        return True

    def _version(self, reading: Reading, read: Read, found: Fingerprint) -> NewVersion:
        return NewVersion(
            document_id=reading.document_id,
            content_hash=found.sha256,
            pipeline=self._pipeline,
            kind=read.kind,
            title=_title(read.extracted, display_path(os.path.basename(reading.path or b"")) or reading.title),
            language=read.language,
            extracted=read.extracted,
            spans=read.spans,
            size=found.size,
            mtime_ns=found.mtime_ns,
            event_time=_created(read.extracted) or found.mtime_ns / 1e9,
            words=read.words,
        )


def _title(extracted: Extracted, name: str) -> str:
    title = str(extracted.metadata.get("title", "")).strip()
    return title or PurePath(name).stem or name


def _created(extracted: Extracted) -> float | None:
    try:
        return datetime.fromisoformat(str(extracted.metadata["created"])).timestamp()
    except (KeyError, ValueError, OverflowError, OSError):
        return None
