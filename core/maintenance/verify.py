"""Verification: whether the files of a workspace are whole and agree with each other.

The quick look compares structure and numbers; the deep one reads every text, asks both indices for passages that must
be found, and brings the newest backup back into a temporary folder. An index is compared with the truth only where it
has caught up, and a difference counts only if it stays: others may write meanwhile.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.domain.health import Finding, Part, Report
from core.domain.query import Query
from core.errors import CarrelError, DatabaseDamaged
from core.keyword_index.errors import IndexDamaged
from core.keyword_index.index import KeywordIndex
from core.store.audit import Audit
from core.store.changes import Changes
from core.store.versions import Embeddable, Versions
from core.store.workspace_files import WorkspaceFiles

Ids = NDArray[np.int64]
Progress = Callable[[str, float], None]
SAMPLE = 100
FOUND_SHARE = 0.98
"""Of passages that are asked for; an approximate index may miss one."""
LIKENESS = 0.95
_ROUNDS = 3
_PATIENCE_SECONDS = 60.0
_LOOK_SECONDS = 0.05
_WORDS_ASKED = 6


class Words(Protocol):
    """The follower of the change log that keeps the words."""

    index: KeywordIndex

    @property
    def applied(self) -> int: ...


class Meaning(Protocol):
    """The follower of the change log that keeps the vectors."""

    applied: int

    def labels(self) -> Ids: ...

    def missing(self, hashes: Sequence[bytes]) -> int: ...

    def finds(self, passage: Embeddable, likeness: float) -> bool: ...


class Verification:
    """Looks at one open workspace."""

    def __init__(
        self,
        files: WorkspaceFiles,
        changes: Changes,
        versions: Versions,
        words: Words,
        meaning: Meaning,
    ) -> None:
        self._files = files
        self._changes = changes
        self._versions = versions
        self._words = words
        self._meaning = meaning
        self._audit = Audit(files.database)
        self._skipped: list[Part] = []
        self._stop = threading.Event()

    def run(
        self, *, deep: bool = False, progress: Progress = lambda *_: None, stop: threading.Event | None = None
    ) -> Report:
        """Look, and return what was found; nothing is changed.

        Args:
            deep: Whether to read every text and to try the newest backup.
            progress: Called with what is being looked at, and how far that is (0 to 1).
            stop: When set, no index that is behind is waited for.
        """
        self._skipped = []
        self._stop = stop or threading.Event()
        findings = list(self._findings(deep, progress))
        return Report(deep, tuple(findings), skipped=tuple(self._skipped))

    def _findings(self, deep: bool, progress: Progress) -> Iterator[Finding]:
        progress("the database", 0.0)
        try:
            self._files.database.check(thorough=deep)
            if count := self._audit.dangling():
                yield Finding(Part.TRUTH, "dangling", f"{count} rows refer to others that are not there.", count)
            if deep:
                yield from self._texts(progress)
        except DatabaseDamaged:
            yield Finding(Part.TRUTH, "structure", "The database is damaged.")
            return
        progress("the embeddings", 0.0)
        try:
            self._files.cache.check(thorough=deep)
        except DatabaseDamaged:
            yield Finding(Part.CACHE, "structure", "The cache of embeddings is damaged.")
            return
        progress("words", 0.0)
        yield from self._in_words(deep)
        progress("meaning", 0.0)
        yield from self._in_vectors(deep)
        if deep:
            progress("the newest backup", 0.0)
            yield from self._in_backups()

    def _texts(self, progress: Progress) -> Iterator[Finding]:
        total, _ = self._audit.sizes()
        bad = 0
        for number, (_, sound) in enumerate(self._audit.texts(), start=1):
            bad += not sound
            if number % SAMPLE == 0:
                progress("texts", min(1.0, number / total))
        if bad:
            yield Finding(Part.TRUTH, "text", f"{bad} documents do not have the text that was stored.", bad)

    def _in_words(self, deep: bool) -> Iterator[Finding]:
        try:
            self._words.index.check()
            passages = self._difference(self._words.index.chunk_ids, self._versions.chunk_ids, self._words_done)
            documents = self._difference(self._words.index.document_ids, self._versions.document_ids, self._words_done)
            if passages is None or documents is None:
                self._skipped.append(Part.WORDS)
                return
            if count := passages + documents:
                yield Finding(Part.WORDS, "entries", f"{count} entries are missing from the words, or too many.", count)
            elif deep and not self._finds_words():
                yield Finding(Part.WORDS, "search", "Passages are not found by their own words.")
        except IndexDamaged as error:
            yield Finding(Part.WORDS, "damaged", error.message)

    def _in_vectors(self, deep: bool) -> Iterator[Finding]:
        count = self._difference(self._meaning.labels, self._versions.chunk_ids, self._meaning_done)
        if count is None:
            self._skipped.append(Part.VECTORS)
            return
        if count:
            yield Finding(Part.VECTORS, "entries", f"{count} vectors are missing, or too many.", count)
        elif deep:
            if not self._finds_vectors():
                yield Finding(Part.VECTORS, "search", "Passages are not found by their own meaning.")
            if missing := self._meaning.missing(self._audit.embedding_hashes()):
                yield Finding(Part.CACHE, "entries", f"{missing} embeddings are missing or damaged.", missing)

    def _in_backups(self) -> Iterator[Finding]:
        backups = self._files.backups.all()
        if not backups:
            return
        with tempfile.TemporaryDirectory(prefix=".verify-", dir=self._files.folder) as folder:
            try:
                self._files.backups.unpack(backups[0], Path(folder) / "workspace.db")
            except CarrelError as error:
                yield Finding(Part.BACKUPS, "damaged", f"The newest backup can't be brought back: {error.message}")

    def _words_done(self) -> bool:
        return self._words.applied >= self._changes.last()

    def _meaning_done(self) -> bool:
        return self._meaning.applied >= self._changes.last()

    def _difference(self, found: Callable[[], Ids], wanted: Callable[[], Ids], done: Callable[[], bool]) -> int | None:
        """Return how many ids are in one and not in the other, and stay so; None if the index is far behind."""
        differing: Ids | None = None
        for _ in range(_ROUNDS):
            if not self._patiently(done):
                return None
            now = np.setxor1d(found(), wanted())
            differing = now if differing is None else np.intersect1d(differing, now)
            if not len(differing):
                return 0
        return 0 if differing is None else len(differing)

    def _patiently(self, done: Callable[[], bool]) -> bool:
        for _ in range(int(_PATIENCE_SECONDS / _LOOK_SECONDS)):
            if done():
                return True
            if self._stop.wait(_LOOK_SECONDS):
                break
        return False

    def _finds_words(self) -> bool:
        asked = missed = 0
        for passage in self._versions.passages(_spread(self._versions.chunk_ids()).tolist()):
            words = {word for word in passage.text.split() if word.isascii() and word.isalpha() and 4 < len(word) < 20}
            if words:
                chosen = tuple(sorted(words, key=len, reverse=True)[:_WORDS_ASKED])
                asked += 1
                found = self._words.index.satisfying(
                    Query("", phrases=tuple((word,) for word in chosen)), [passage.chunk_id], [passage.scope]
                )
                missed += not len(found)
        return missed <= (1 - FOUND_SHARE) * asked

    def _finds_vectors(self) -> bool:
        passages = self._versions.to_embed(_spread(self._versions.chunk_ids()).tolist())
        missed = sum(not self._meaning.finds(passage, LIKENESS) for passage in passages)
        return missed <= (1 - FOUND_SHARE) * len(passages)


def _spread(ids: Ids) -> Ids:
    return ids[:: max(1, len(ids) // SAMPLE)]
