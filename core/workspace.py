"""One open workspace: its databases, indices, loops and watcher, wired together."""

from __future__ import annotations

import logging
import os
import threading
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.concurrency.loop import Loop
from core.concurrency.precedence import Precedence
from core.domain.change import Change, Progress, Receipt
from core.domain.clock import Clock
from core.domain.document import Text
from core.domain.health import Part
from core.domain.search import Mode
from core.domain.usage import Holdings
from core.domain.workspace import Workspace
from core.embedders.base import Embedder
from core.errors import CarrelError, DatabaseDamaged
from core.indexing.meaning import MeaningFollower
from core.indexing.pace import Pace
from core.indexing.reading import QueueReader
from core.indexing.scanning import Scanning
from core.indexing.snapshots import Snapshots
from core.indexing.texts import TextIntake
from core.indexing.words import WordsFollower
from core.indexing.worker_pool import Readers
from core.maintenance.erasure import Erasure
from core.maintenance.removal import Removal
from core.maintenance.sweep import Sweep
from core.maintenance.trusted_time import TrustedTime
from core.maintenance.verify import Verification
from core.retrievers.base import Retriever
from core.retrievers.hybrid import HybridRetriever
from core.retrievers.keyword import KeywordRetriever
from core.retrievers.reach import Reaches
from core.retrievers.vector import VectorRetriever
from core.settings import IndexingSettings, Settings
from core.sources.watcher import Watcher
from core.store.changes import Changes
from core.store.deletion import Deletion
from core.store.disk_space import DiskSpace
from core.store.documents import Documents
from core.store.embeddings import Embeddings
from core.store.filters import Filters
from core.store.golden import GoldenQueries
from core.store.hits import Hits
from core.store.jobs import Jobs
from core.store.listing import Listing
from core.store.part_sizes import part_sizes
from core.store.placeable import Placeable
from core.store.recorded_files import RecordedFiles
from core.store.searches import Searches
from core.store.sources import Sources
from core.store.versions import Versions
from core.store.workspace_files import CACHE, WorkspaceFiles

logger = logging.getLogger(__name__)
NEW_SECONDS = 50.0
CHECK_SECONDS = 7 * 86_400.0
_CHECKED = "checked_at"
QUICK_BYTES = 64 * 2**20
"""Up to here a backup takes less than a second or two; a program that ends may wait for it."""


class OpenWorkspace:
    """A workspace that this process has open.

    Attributes:
        record: Id, name and model.
        files: Its databases and backups.
        sources, documents, versions, jobs, deletion: Its tables.
        space: What the disk has left.
        needs_reopening: Whether a derived file was found damaged that opening makes anew.
        removal: Removes documents from everywhere.
        scanning: Looks at its sources.
        sweep: Purges what has expired.
        trusted_time: Judges the clock by which it does so.
        verification: Looks whether its files are whole and agree.
        hits: Rows of found passages.
        listing: Documents as a table shows them.
        placeable: Documents as a map needs them.
        searches: Saved searches, history, marks.
        golden: What queries must find.
        reaches: What a search may see.
        retrievers: Find passages, by mode.
        watcher: Follows its watched sources.
    """

    def __init__(
        self,
        record: Workspace,
        folder: Path,
        own_folder: Path,
        indexing: IndexingSettings,
        settings: Callable[[], Settings],
        readers: Readers,
        embedder: Embedder,
        clock: Clock,
        publish: Callable[[Change], None],
        space: DiskSpace,
        took: Callable[[str, int, float], None],
        precedence: Precedence,
    ) -> None:
        """Open the databases and indices in `folder`; `start` begins work on what is queued.

        `own_folder` is the whole data folder, which is never read as a source; `indexing` is what the readers were
        started with, `settings` gives what holds now; `space` is what its disk has left; `took` is told kind, size and
        seconds of each file that was read; `precedence` has its work give way to searches.
        """
        self.record = record
        self._clock = clock
        self._publish = publish
        self._since = clock.monotonic()
        self.space = space
        self._changed = threading.Condition()
        self.files = WorkspaceFiles(folder, record, clock, space.free)
        self._database = self.files.database
        self.sources = Sources(self._database)
        self.documents = Documents(self._database)
        self.versions = Versions(self._database)
        self.deletion = Deletion(self._database)
        self.jobs = Jobs(self._database, boot=uuid.uuid4().hex)
        self._changes = Changes(self._database)
        self._embeddings = Embeddings(self.files.cache)
        removing = threading.RLock()
        epoch = self.files.facts.epoch()
        try:
            self.words = WordsFollower(
                folder / "words",
                epoch,
                self._changes,
                self.versions,
                removing,
                self._hidden,
                precedence,
            )
            self.meaning = MeaningFollower(
                folder / "vectors",
                record.id,
                epoch,
                embedder,
                self._changes,
                self.versions,
                self.documents,
                self._embeddings,
                removing,
                precedence,
            )
            if self.files.cache_is_new and self.versions.count():
                self.meaning.doubt()
        except BaseException:
            self.files.close()
            raise
        self.removal = Removal(
            self.deletion, self._embeddings, self.words.forget, self.meaning.forget, clock, space, removing
        )
        self._snapshots = Snapshots(self.meaning, self.words, self._changes, clock)
        self.trusted_time = TrustedTime(self.files.facts, clock)
        self.sweep = Sweep(
            self.documents,
            self.removal,
            self.trusted_time,
            lambda: settings().lifetimes.purge_days * 86_400,
            self.tell_removed,
        )
        self.erasure = Erasure(
            self.deletion,
            (self._database, self.files.cache),
            self.words.erase,
            self._snapshots.write,
            lambda: self._embeddings.keep_only(self.versions.used_embeddings),
            clock,
        )
        self.scanning = Scanning(
            self._database,
            self.sources,
            self.documents,
            RecordedFiles(self._database),
            self.jobs,
            self.removal.remove,
            self.removal.remove_text,
            removing,
            clock,
            os.fsencode(own_folder),
        )
        self._texts = TextIntake(self._database, self.sources, self.documents, self.versions, self.jobs, clock, space)
        self.verification = Verification(self.files, self._changes, self.versions, self.words, self.meaning)
        self.hits = Hits(self._database)
        self.listing = Listing(self._database)
        self.placeable = Placeable(self._database)
        self.searches = Searches(self._database)
        self.golden = GoldenQueries(self._database)
        self.reaches = Reaches(Filters(self._database), self._changes.last)
        keyword = KeywordRetriever(self.words.index)
        vector = VectorRetriever(self.meaning.partition, embedder, self.words.index)
        self.retrievers: Mapping[Mode, Retriever] = {
            Mode.KEYWORD: keyword,
            Mode.VECTOR: vector,
            Mode.HYBRID: HybridRetriever(keyword, vector, lambda: settings().search),
        }
        self.pace = Pace(clock)
        reader = QueueReader(
            self.jobs,
            self.documents,
            self.versions,
            self.scanning,
            readers,
            indexing,
            clock,
            self._read,
            self._scanned,
            took,
            space,
            precedence,
        )
        self._reading = [Loop(f"reading-{number}", reader.step) for number in range(readers.size)]
        self._words_loop = Loop("words", self._follow_words)
        self._meaning_loop = Loop("meaning", self._follow_meaning)
        self._sweep_loop = Loop("sweep", self.sweep.step)
        self._loops = (*self._reading, self._words_loop, self._meaning_loop, self._sweep_loop)
        self._closing = False
        self.needs_reopening = False
        self.watcher = Watcher(self._dirty, ignore=os.fsencode(own_folder), clock=clock)
        self._watching = False

    def start(self) -> None:
        """Take up the work that waits: queued jobs, changes not yet indexed, watched sources, expired documents."""
        self.jobs.recover()
        for source in self.sources.all():
            if source.watch:
                self.watch(source.id)
                self.scanning.request(source.id)
        self.scanning.judge_again()
        self.wake()
        self.wake_sweep()

    def wake_sweep(self) -> None:
        """Let the sweep look for what has expired."""
        self._sweep_loop.wake()

    def wake(self) -> None:
        """Tell the loops that there may be work."""
        for loop in (*self._reading, self._words_loop, self._meaning_loop):
            loop.wake()

    def watch(self, source_id: int) -> None:
        """Follow a source; the watcher's threads start with the first one."""
        source = self.sources.get(source_id)
        if source is None or source.path is None:
            return
        if not self._watching:
            self._watching = True
            self.watcher.start()
        self.watcher.watch(source.id, source.path, source.rules.recursive, source.rules)

    def look_again(self) -> None:
        """Look at every source again, whether it is watched or not."""
        for source in self.sources.all():
            if source.path is not None:
                self.scanning.request(source.id)
        self.wake()

    def remake(self, parts: Collection[Part]) -> None:
        """Have derived parts made anew, behind a search that works."""
        if Part.WORDS in parts:
            self.words.doubt()
        if {Part.VECTORS, Part.CACHE} & set(parts):
            self.meaning.doubt()
        self.wake()

    def ranking(self) -> tuple[str | int, ...]:
        """Return what ranks passages, apart from settings: where it differs, results may be others."""
        model = self.record.model, self.record.dimension
        return *model, self._changes.last(), self.words.made_anew, self.meaning.made_anew

    def check_words(self) -> None:
        """Have the keyword index checked, because a search could not read it, and made anew if it is damaged."""
        self.words.check()
        self._words_loop.wake()

    def tell_removed(self, receipt: Receipt, sources: Sequence[int] = ()) -> None:
        """Tell whoever listens what a deletion has removed."""
        if receipt.documents or sources:
            removed = receipt if receipt.documents else None
            self._tell(Change(self.record.id, sources=tuple(sources), progress=True, receipt=removed))

    def put_texts(self, texts: Sequence[tuple[Text, str]], scope: str, ttl: float | None) -> list[int]:
        """Store texts, given with their hashes; return their documents."""
        documents = self._texts.put(texts, scope, ttl)
        self.wake()
        return documents

    def counts(self) -> dict[str, int]:
        """Return how much is in the workspace, by the names of a receipt."""
        ledger = self.documents.ledger(files=False)
        return {
            "documents": ledger.total,
            "rows": ledger.total + ledger.documents + ledger.chunks,
            "keyword_entries": self.words.index.count() + self.words.index.document_count(),
            "vectors": self.meaning.count(),
            "cached_embeddings": self._embeddings.count(),
        }

    def holdings(self) -> Holdings:
        """Return how much is in the workspace, and how much room its parts take."""
        ledger = self.documents.ledger(files=False)
        return Holdings(ledger.documents, ledger.chunks, part_sizes(self.files.folder))

    def progress(self) -> Progress:
        """Return how far indexing is."""
        counts = self.jobs.counts()
        chunks = self.versions.count()
        behind = self._changes.last()
        words = chunks if self.words.applied >= behind else min(self.words.index.count(), chunks)
        meaning = chunks if self.meaning.applied >= behind else min(self.meaning.count(), chunks)
        queued = counts.get("queued", 0)
        return Progress(
            queued=queued,
            running=counts.get("running", 0),
            total=self.documents.ledger(files=False).documents + queued,
            words=words,
            meaning=meaning,
            chunks=chunks,
            seconds_left=self.pace.seconds_left(queued),
            paused=bool(counts.get("paused")) and not queued,
            building=self.meaning.building,
            space_missing=self.space.missing() if queued else 0,
        )

    def wait(self, timeout: float | None) -> bool:
        """Wait until nothing is queued, both indices have caught up and nothing is left of what was deleted; return
        False if the time ran out first, or the workspace is to be closed.
        """
        deadline = None if timeout is None else self._clock.monotonic() + timeout
        with self.erasure.hurry(), self._changed:
            self.wake()
            while not self._idle():
                left = None if deadline is None else deadline - self._clock.monotonic()
                if self._closing or (left is not None and left <= 0):
                    return False
                # Woken by each piece of progress; the limit covers a postponed job, which nothing announces.
                self._changed.wait(0.5 if left is None else min(0.5, left))
        return True

    def _idle(self) -> bool:
        counts = self.jobs.counts()
        if counts.get("queued") or counts.get("running"):
            return False
        last = self._changes.last()
        return self.words.applied >= last and self.meaning.applied >= last and self.erasure.owed() is None

    def busy(self) -> bool:
        """Whether there is work that waits or is being done, or a source that is followed."""
        return bool(self.watcher.states()) or self.meaning.building or not self._idle()

    def runs_here(self) -> bool:
        """Whether the calling thread is one of the workspace's own."""
        return any(loop.is_current() for loop in self._loops)

    def end_waiting(self) -> None:
        """Let every `wait` return."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()

    def save(self) -> None:
        """Write the vector index to disk, if much of it has changed; searches and changes go on."""
        self._snapshots.write_if_worthwhile()

    @property
    def new(self) -> bool:
        """Whether it was opened only now, by a program that may end soon."""
        return self._clock.monotonic() - self._since < NEW_SECONDS

    def back_up_if_due(self, stop: threading.Event) -> None:
        """Make a backup if it is time for one; a large one only when the program does not seem to end soon."""
        self.files.back_up_if_due(stop, QUICK_BYTES if self.new else None)

    def check_if_due(self, stop: threading.Event) -> None:
        """Look whether the files are whole, after an end without closing and once a week, when nothing else is to do.

        What is derived and damaged is made anew.
        """
        if (self.new and not self.files.is_small(QUICK_BYTES)) or not self._idle():
            return
        now = self._clock.wall()
        last = float(self.files.facts.get(_CHECKED) or 0)
        if last and abs(now - last) < CHECK_SECONDS and not self.files.unclean:
            return
        if last or self.files.unclean:
            report = self.verification.run(stop=stop)
            for finding in report.findings:
                logger.warning("workspace %s: %s: %s", self.record.id, finding.part, finding.message)
            self.remake({each.part for each in report.findings})
        self.files.unclean = False
        self.files.facts.put(_CHECKED, str(now))

    def close(self) -> None:
        """End all work, write the vector index to disk and close the files; nothing that was acknowledged is lost."""
        self.watcher.stop()
        self.scanning.stop()
        for loop in self._loops:
            loop.stop()
        try:
            self.save()
        except CarrelError as error:
            # Not written is not lost: the next start replays the log.
            logger.warning("workspace %s: vectors not saved (%s)", self.record.id, type(error).__name__)
        self.meaning.close()
        self.words.index.close()
        self.files.close()

    def _hidden(self, scopes: Iterable[str]) -> NDArray[np.int64]:
        """Return the documents of some scopes that have expired, and those that are being removed."""
        expired, leaving = self.documents.hidden(self._clock.wall(), scopes), self.removal.leaving
        return np.union1d(expired, leaving) if len(leaving) else expired

    def _follow_words(self) -> float | None:
        again = self.words.step()
        if again is None and not self.jobs.counts().get("running"):
            again = self.erasure.step_words(self.words.applied)
            if again is None:
                self.words.index.settle()
                self._meaning_loop.wake()
        self._progressed()
        return again

    def _follow_meaning(self) -> float | None:
        try:
            again = self.meaning.step()
            if again is None:
                again = self.erasure.step_rest(self.meaning.applied)
        except DatabaseDamaged as error:
            self.needs_reopening = error.file.endswith(CACHE)
            if self.needs_reopening:
                self.files.doubt_cache()
            raise
        self._progressed()
        look_again = self._snapshots.step()
        return look_again if again is None else again

    def _read(self, document_ids: Sequence[int]) -> None:
        self.pace.done(len(document_ids))
        self._tell(Change(self.record.id, documents=tuple(document_ids), progress=True))

    def _scanned(self, document_ids: Sequence[int], receipt: Receipt | None) -> None:
        self._tell(Change(self.record.id, documents=tuple(document_ids), progress=True, receipt=receipt))

    def _dirty(self, source_id: int, folder: bytes | None) -> None:
        self.scanning.request(source_id, folder)
        self._reading[0].wake()

    def _tell(self, change: Change) -> None:
        # Whatever changed stands in the log, which both indices follow.
        self._words_loop.wake()
        self._meaning_loop.wake()
        self._progressed()
        self._publish(change)

    def _progressed(self) -> None:
        with self._changed:
            self._changed.notify_all()
