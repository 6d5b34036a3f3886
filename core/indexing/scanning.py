"""Looks at a source and brings the records in line with what is there: the scan is the truth, events are only hints."""
# Paths are raw bytes, because not every file name is text; pathlib takes text only.
# ruff: noqa: PTH119

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence

from core.domain.change import Receipt
from core.domain.clock import Clock
from core.domain.media import kind_of_name
from core.domain.source import FoundFile, RecordedFile, Source
from core.errors import ExtractionFailed
from core.sources.diff import Diff, diff
from core.sources.read import fingerprint
from core.sources.walk import walk
from core.store.documents import Documents, display_path
from core.store.jobs import Jobs
from core.store.sources import Sources

Remove = Callable[[Sequence[int], str], Receipt]


class Scanning:
    """Scans sources; one scan at a time, since two looks at overlapping folders would disagree."""

    def __init__(
        self,
        sources: Sources,
        documents: Documents,
        jobs: Jobs,
        remove: Remove,
        remove_text: Remove,
        clock: Clock,
        own_folder: bytes,
    ) -> None:
        """`remove` and `remove_text` take documents, or what was made of them, out of everything."""
        self._sources = sources
        self._documents = documents
        self._jobs = jobs
        self._remove = remove
        self._remove_text = remove_text
        self._clock = clock
        self._own_folder = own_folder
        self._lock = threading.Lock()
        self._stop = threading.Event()

    def stop(self) -> None:
        """Break off a scan that is under way; nothing counts as gone for that."""
        self._stop.set()

    def scan(self, source_id: int) -> list[int]:
        """Look at a source; return the documents that changed.

        A source that can't be reached becomes `offline` and keeps everything.
        """
        with self._lock:
            source = self._sources.get(source_id)
            if source is None or source.path is None:
                return []
            nested = [each.path for each in self._sources.nested(source) if each.path is not None]
            scan = walk(
                source.path,
                source.rules,
                self._stop,
                folder=source.kind == "folder",
                leave_out=[self._own_folder, *nested],
            )
            found = list(scan)
            if scan.offline is not None:
                if scan.offline.code != "stopped":
                    self._sources.set_state(source_id, "offline", scan.offline.message)
                return []
            differences = diff(found, self._recorded(source_id), scan.unreachable)
            changed = self._apply(source, differences)
            self._sources.scanned(source_id, self._clock.wall())
            return changed

    def adopt(self, document_id: int, newcomer: int, source_id: int, file: FoundFile) -> None:
        """Record that a known document now stands where `newcomer` was found."""
        with self._lock:
            self._remove([newcomer], "moved")
            self._documents.move([(document_id, file)], source_id)

    def _recorded(self, source_id: int) -> list[RecordedFile]:
        return [
            RecordedFile(
                document_id=row["id"],
                path=row["path"],
                key=row["path_key"],
                size=row["size"],
                mtime_ns=row["mtime_ns"],
                inode=row["inode"],
                device=row["device"],
                # What the name promises; what the file turned out to be may be something else.
                kind=None if _unseen(row["reason_code"], row["mtime_ns"]) else kind_of_name(_name(row["path"])),
                rule=row["reason"] if row["reason_code"] == "rule" else None,
                content_hash=row["content_hash"],
            )
            for row in self._documents.files(source_id)
        ]

    def _apply(self, source: Source, differences: Diff) -> list[int]:
        now = self._clock.wall()
        moved = {found.path: recorded for recorded, found in self._moved_by_content(differences)}
        self._documents.move(
            [(pair.recorded.document_id, pair.found) for pair in (*differences.moved, *differences.renumbered)]
            + [(moved[found.path].document_id, found) for found in differences.added if found.path in moved],
            source.id,
        )
        taken = {recorded.document_id for recorded in moved.values()}
        gone = [each.document_id for each in differences.gone if each.document_id not in taken]
        if gone:
            self._remove(gone, "gone")
        skipped = [pair.recorded.document_id for pair in differences.changed if pair.found.rule is not None]
        if skipped:
            self._remove_text(skipped, "skipped by a rule")
        changed = self._documents.mark_changed((pair.recorded.document_id, pair.found) for pair in differences.changed)
        added = self._documents.add_files(
            source.id, source.scope, [found for found in differences.added if found.path not in moved], now, source.ttl
        )
        # Newest first: what a person worked on last is most likely what they look for.
        reads = self._documents.reading([*changed, *added])
        self._jobs.queue_reads([(source.id, each.document_id, each.mtime_ns / 1e9) for each in reads], now)
        return [*gone, *skipped, *changed, *added, *taken]

    def _moved_by_content(self, differences: Diff) -> list[tuple[RecordedFile, FoundFile]]:
        pairs: list[tuple[RecordedFile, FoundFile]] = []
        for candidates in differences.candidates:
            waiting = {each.content_hash: each for each in candidates.gone}
            for found in candidates.added:
                try:
                    recorded = waiting.pop(fingerprint(found.path).sha256, None)
                except ExtractionFailed:
                    continue  # It can't be read now; its own job will say why.
                if recorded is not None:
                    pairs.append((recorded, found))
        return pairs


def _unseen(reason_code: str, mtime_ns: int) -> bool:
    return reason_code == "rule" and mtime_ns == 0


def _name(path: bytes) -> str:
    return display_path(os.path.basename(path)) or ""
