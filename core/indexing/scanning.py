"""Looks at a source and brings the records in line with what is there: the scan is the truth, events are only hints."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable, Sequence
from typing import Literal

from core.domain.change import Receipt
from core.domain.clock import Clock
from core.domain.source import KEPT, MISSING, FoundFile, RecordedFile, Source
from core.errors import DecisionNotPossible, ExtractionFailed
from core.indexing.scan_requests import ScanRequests
from core.indexing.siblings import Siblings
from core.sources.diff import Diff, diff
from core.sources.mass_deletion import Checkouts, is_mass
from core.sources.probe import Probe
from core.sources.read import fingerprint
from core.sources.walk import Scan, walk
from core.store.database import Database
from core.store.documents import Documents, display_path
from core.store.jobs import Jobs
from core.store.recorded_files import RecordedFiles
from core.store.sources import Sources

Remove = Callable[[Sequence[int], str], Receipt]
Decision = Literal["remove", "keep"]


class Scanning:
    """Scans sources; one scan at a time, since two looks at overlapping folders would disagree.

    A document is removed only when its file is certainly gone: its source was looked at as a whole, the root is the one
    that it was, the file has not moved to another watched source, and not too many are gone at once. Where a person has
    to decide, the source says so (`Source.missing`), and everything stays searchable.
    """

    def __init__(
        self,
        database: Database,
        sources: Sources,
        documents: Documents,
        recorded: RecordedFiles,
        jobs: Jobs,
        remove: Remove,
        remove_text: Remove,
        removing: threading.RLock,
        clock: Clock,
        own_folder: bytes,
    ) -> None:
        """`remove` and `remove_text` take documents, or what was made of them, out of everything.

        They hold `removing` and begin transactions in it; who calls them in a transaction must hold it before that.
        """
        self._database = database
        self._sources = sources
        self._documents = documents
        self._recorded = recorded
        self._jobs = jobs
        self._remove = remove
        self._remove_text = remove_text
        self._removing = removing
        self._clock = clock
        self._own_folder = own_folder
        self._requests = ScanRequests()
        self._siblings = Siblings(sources)
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._probe = Probe(os.stat)

    def stop(self) -> None:
        """Break off a scan that is under way; nothing counts as gone for that."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called, so that the last look may not be whole."""
        return self._stop.is_set()

    def request(self, source_id: int, folder: bytes | None = None) -> int:
        """Queue a look at a source, or at one folder in it and deeper; return the number of jobs that were added."""
        self._requests.add(source_id, folder)
        return self._jobs.queue_scan(source_id, self._clock.wall())

    def judge_again(self) -> None:
        """Queue looks at the sources whose missing files an earlier run of the program could not judge to the end."""
        for source_id in self._recorded.with_missing():
            self.request(source_id)

    def scan(self, source_id: int) -> tuple[list[int], Receipt | None]:
        """Look at a source, or at the folder that was asked for; return the documents that changed, and what was
        removed because its file is gone.

        A source that can't be reached becomes `offline` and keeps everything.
        """
        folder = self._requests.take(source_id)
        source = self._sources.get(source_id)
        if source is None or source.path is None or not self._answers(source, source.path):
            return [], None
        with self._lock:
            source = self._sources.get(source_id)
            if source is None:
                return [], None
            if folder is not None and not source.missing:
                changed = self._look_at_part(source, folder)
                if changed is not None:
                    return changed, None
            changed, receipt = self._look(source)
            for waiting in self._siblings.looked_at(source_id):
                self.request(waiting)
            return changed, receipt

    def decide(self, source_id: int, decision: Decision) -> Receipt | None:
        """Remove the documents whose files are gone, or keep them for good; return the receipt of what was removed.

        Raises:
            DecisionNotPossible: If nothing waits, the source can't be reached now, or more is gone than was asked
                about; then the question is asked anew.
        """
        self._requests.take(source_id)
        with self._lock:
            source = self._sources.get(source_id)
            if source is None or source.path is None or not source.missing:
                raise DecisionNotPossible("No files of this source wait for a decision.")
            _, receipt = self._look(source, decision)
            after = self._sources.get(source_id)
            if after is not None and after.missing:
                raise DecisionNotPossible(f"More is gone by now: {after.question}")
            if after is not None and after.state == "offline":
                raise DecisionNotPossible(after.reason)
            return receipt

    def adopt(self, document_id: int, newcomer: int, source_id: int, file: FoundFile) -> None:
        """Record that a known document now stands where `newcomer` was found."""
        # In one piece: a kill in between would leave the file without a document and without a job.
        with self._lock, self._removing, self._database.transaction():
            # The newcomer may have been removed meanwhile, and its source with it.
            if self._remove([newcomer], "moved").documents:
                self._documents.move([(document_id, file)], source_id)
                self._documents.confirm(document_id)

    def _answers(self, source: Source, path: bytes) -> bool:
        """Tell whether the disk of a source answers; one that does not must not hold up the looks at others."""
        try:
            self._probe.ask(path)
        except OSError as error:
            if error.errno != errno.ETIMEDOUT:
                return True  # the look says what is wrong
            self._sources.set_state(source.id, "offline", f"{display_path(path)} does not answer.")
            return False
        return True

    def _walk(self, source: Source, part: bytes | None = None) -> tuple[Scan, list[FoundFile]]:
        nested = [each.path for each in self._sources.nested(source) if each.path is not None]
        scan = walk(
            source.path or b"",
            source.rules,
            self._stop,
            folder=source.kind == "folder",
            leave_out=[self._own_folder, *nested],
            part=part,
        )
        return scan, list(scan)

    def _look_at_part(self, source: Source, folder: bytes) -> list[int] | None:
        """Look at one folder; return None if only a look at the whole source can tell what happened."""
        scan, found = self._walk(source, folder)
        if scan.offline is not None or _identity(scan) != source.root:
            return None
        differences = diff(found, self._recorded.under(source.id, scan.part), scan.unreachable)
        moved = self._moved_by_content(differences)
        gone = _without(differences.gone, moved)
        if any(each.has_text and each.absence != KEPT for each in gone):
            return None
        return self._apply(source, differences, moved, [each for each in gone if not each.has_text])[0]

    def _look(self, source: Source, decision: Decision | None = None) -> tuple[list[int], Receipt | None]:
        """Look at a whole source; return the documents that changed, and what was removed because its file is gone."""
        scan, found = self._walk(source)
        if scan.offline is not None:
            if scan.offline.code != "stopped":
                self._sources.set_state(source.id, "offline", scan.offline.message)
            return [], None
        own = self._recorded.under(source.id)
        elsewhere = self._recorded.missing_elsewhere(source.id, source.scope)
        differences = diff(found, [*own, *elsewhere], scan.unreachable)
        moved = self._moved_by_content(differences)
        ours = {each.document_id for each in own}
        gone = [each for each in _without(differences.gone, moved) if each.document_id in ours and each.absence != KEPT]
        lost = [each for each in gone if each.has_text and _belongs(source, each)]
        texts = sum(each.has_text and each.absence != KEPT for each in own)
        replaced = (
            source.kind == "folder" and bool(lost) and len(lost) == texts and source.root not in ("", _identity(scan))
        )
        if replaced and decision is None and all(file.rule is not None for file in found):
            self._sources.replaced(source.id, "Another folder stands in its place, without its files.", len(lost))
            return [], None
        held = lost if decision == "keep" else self._held(source, lost, texts, decision, replaced=replaced)
        waits = bool(held) and decision != "keep"
        absence = MISSING if waits else KEPT
        self._recorded.mark_absent([each.document_id for each in held if each.absence != absence], absence)
        stay = {each.document_id for each in held}
        changed, receipt = self._apply(
            source, differences, moved, [each for each in gone if each.document_id not in stay]
        )
        asked = len(held) if waits and not self._siblings.awaited(source.id) else 0
        self._sources.scanned(source.id, self._clock.wall(), _identity(scan), asked, texts if asked else 0)
        return changed, receipt

    def _held(
        self, source: Source, lost: Sequence[RecordedFile], texts: int, decision: Decision | None, *, replaced: bool
    ) -> Sequence[RecordedFile]:
        """Return which of the lost files are not removed now: a person is asked, or other sources come first."""
        if decision is not None:
            return lost if len(lost) > source.missing else []
        if source.missing:
            return lost  # asked already: it stays so until the last one is back or the answer is given
        first = self._siblings.must_come_first(source, bool(lost), any(not each.absence for each in lost))
        for sibling in first:
            self.request(sibling)
        if first or replaced:
            return lost
        checkouts = Checkouts(source.scanned_at.timestamp() if source.scanned_at else 0.0)
        doubtful = sum(not checkouts.rewrote(each.path) for each in lost)
        return lost if is_mass(doubtful, texts) else []

    def _apply(
        self,
        source: Source,
        differences: Diff,
        moved: Sequence[tuple[RecordedFile, FoundFile]],
        gone: Sequence[RecordedFile],
    ) -> tuple[list[int], Receipt | None]:
        now = self._clock.wall()
        known = {found.path for _, found in moved}
        self._documents.move(
            [(pair.recorded.document_id, pair.found) for pair in (*differences.moved, *differences.renumbered)]
            + [(recorded.document_id, found) for recorded, found in moved if not recorded.absence],
            source.id,
        )
        removed = [each.document_id for each in gone]
        receipt = self._remove(removed, "gone") if removed else None
        skipped = [pair.recorded.document_id for pair in differences.changed if pair.found.rule is not None]
        if skipped:
            self._remove_text(skipped, "skipped by a rule")
        # In one piece: a file whose look is recorded, but whose reading is not queued, would never be read.
        with self._database.transaction():
            changed = self._documents.mark_changed(
                source.id,
                [(pair.recorded.document_id, pair.found) for pair in differences.changed]
                + [(recorded.document_id, found) for recorded, found in moved if recorded.absence],
                None if source.ttl is None else now + source.ttl,
            )
            added = self._documents.add_files(
                source.id,
                source.scope,
                [found for found in differences.added if found.path not in known],
                now,
                source.ttl,
            )
            self._jobs.queue_documents([*changed, *added], now)
        return [*removed, *skipped, *changed, *added, *(recorded.document_id for recorded, _ in moved)], receipt

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


def _without(gone: Sequence[RecordedFile], moved: Sequence[tuple[RecordedFile, FoundFile]]) -> list[RecordedFile]:
    taken = {recorded.document_id for recorded, _ in moved}
    return [each for each in gone if each.document_id not in taken]


def _identity(scan: Scan) -> str:
    return "" if scan.identity is None else f"{scan.identity[0]}:{scan.identity[1]}"


def _belongs(source: Source, file: RecordedFile) -> bool:
    """Tell whether the rules of the source still reach down to where the file stood."""
    return source.rules.recursive or "/" not in file.key.removeprefix(source.key.rstrip("/") + "/")
