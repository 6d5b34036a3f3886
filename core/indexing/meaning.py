"""Keeps the vector index in step with the change log: embeds what is new, through the cache."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.concurrency.precedence import Precedence
from core.domain.document import scope_kind
from core.domain.window import WindowTokens
from core.embedders.base import Embedder, WindowedEmbedder
from core.store.changes import Changes
from core.store.documents import Documents
from core.store.embeddings import CachedEmbedding, Embeddings
from core.store.versions import Embeddable, Versions
from core.vector_stores import VectorPartition

logger = logging.getLogger(__name__)
BATCH = 256
EMBEDDED_AT_ONCE = 16
"""Texts of a static model, some milliseconds of work, between which searches come first."""
GROWN_AT_ONCE = 2048
DOCUMENT = "document"
LOAD_SECONDS = 60.0
"""How long a deletion waits for the vectors; what it does not find there is taken out with the log later."""


class MeaningFollower:
    """Applies the log to the vector partitions of one workspace.

    The partitions are loaded by the first step, since a large one takes seconds, in which words can answer.

    Attributes:
        applied: The last sequence of the log that is searchable by meaning; 0 until the partitions are loaded.
        made_anew: How often they have been made anew from the truth.
    """

    def __init__(
        self,
        folder: Path,
        workspace_id: str,
        epoch: str,
        embedder: Embedder,
        changes: Changes,
        versions: Versions,
        documents: Documents,
        embeddings: Embeddings,
        removing: threading.RLock,
        precedence: Precedence,
    ) -> None:
        """`epoch` names the line of history that the log belongs to; snapshots of another one are not used.

        `removing` is held where passages are removed and counted, which the log tells of, too; `precedence` lets
        searches come first.
        """
        self._folder = folder
        self._workspace_id = workspace_id
        self._epoch = epoch
        self._embedder = embedder
        self._changes = changes
        self._versions = versions
        self._documents = documents
        self._embeddings = embeddings
        self._removing = removing
        self._precedence = precedence
        self._lock = threading.Lock()
        self._partitions: dict[str, VectorPartition] = {}
        self._snapshot_at = 0
        self._loaded = threading.Event()
        self._doubted = False
        self.applied = self.made_anew = 0
        if not self._kinds():
            self._loaded.set()

    def _kinds(self) -> list[str]:
        return sorted(path.name for path in self._folder.iterdir() if path.is_dir()) if self._folder.is_dir() else []

    def _load(self) -> None:
        with self._lock:
            sequences = [self._open(kind) for kind in self._kinds()]
            # An index that is ahead of the log knows things that the truth has lost.
            self._doubted = self._doubted or max(sequences) > self._changes.last()
            self.applied = self._snapshot_at = 0 if self._doubted else min(sequences)
        self._loaded.set()

    def loaded(self, seconds: float) -> bool:
        """Wait, at most so many seconds, until what is on disk is loaded; return whether it is."""
        return self._loaded.wait(seconds)

    def _open(self, kind: str) -> int:
        partition = VectorPartition(
            self._folder / kind,
            dimension=self._embedder.dimension,
            model_id=self._embedder.model_id,
            workspace_id=f"{self._workspace_id}:{self._epoch}",
        )
        sequence = partition.open()
        for problem in partition.problems:
            logger.warning("workspace %s, vectors of scope kind %s: %s", self._workspace_id, kind, problem)
        self._partitions[kind] = partition
        return sequence

    def partition(self, kind: str) -> VectorPartition | None:
        """Return the partition of a kind of scope, or None where nothing of that kind was ever stored."""
        return self._partitions.get(kind)

    def step(self) -> float | None:
        """Apply the next batch; return 0 if there may be more, else None."""
        if not self._loaded.is_set():
            self._load()
        if self._doubted or self._changes.first() > self.applied + 1:
            self._rebuild()
            self._doubted = False
        entries = self._changes.after(self.applied, BATCH)
        if not entries:
            # A part at a time, so that a new entry of the log, or the end of the program, need not wait.
            growing = [partition.grow(GROWN_AT_ONCE) for partition in self._partitions.values()]
            return 0.0 if any(growing) else None
        self._add([entry.chunk_id for entry in entries if entry.operation == "add" and entry.chunk_id is not None])
        gone = [entry.chunk_id for entry in entries if entry.operation == "delete" and entry.chunk_id is not None]
        if gone:
            with self._removing:
                self.forget(gone)
        # A document's own entry comes behind those of its passages.
        self._documents.mark_meaning({entry.document_id for entry in entries if entry.operation == "document"})
        self.applied = entries[-1].sequence
        return 0.0

    def doubt(self) -> None:
        """Have the index made anew from the truth and the cache by the next step."""
        self._doubted, self.applied = True, 0

    def forget(self, chunk_ids: Sequence[int]) -> tuple[int, int]:
        """Take passages out at once; return how many vectors were there, and their bytes."""
        labels = np.array(sorted(chunk_ids), dtype=np.int64)
        self._loaded.wait(LOAD_SECONDS)
        with self._lock:
            removed = sum(partition.delete(labels) for partition in self._partitions.values())
        return removed, removed * self._embedder.dimension * 4

    def labels(self) -> NDArray[np.int64]:
        """Return the ids of all passages that have a vector; to compare with the database."""
        found = [partition.labels() for partition in self._partitions.values()]
        return np.concatenate([np.empty(0, dtype=np.int64), *found])

    def missing(self, hashes: Sequence[bytes]) -> int:
        """Return how many of these texts have no embedding in the cache."""
        return self._embeddings.missing(self._embedder.model_id, DOCUMENT, hashes, self._embedder.dimension)

    def finds(self, passage: Embeddable, likeness: float) -> bool:
        """Tell whether a passage is found by its own vector, if the cache has that."""
        cached = self._embeddings.get(self._embedder.model_id, DOCUMENT, [passage.embedding_hash])
        if passage.embedding_hash not in cached:
            return True
        vector = cached[passage.embedding_hash][0]
        partition = self._partitions.get(scope_kind(passage.scope))
        if partition is None:
            return False
        own = float(partition.scores(vector, np.array([passage.chunk_id], dtype=np.int64))[0])
        _, scores = partition.search(vector, 1)
        return own >= likeness and bool(len(scores)) and float(scores[0]) >= likeness

    def snapshot(self) -> int:
        """Write every partition to disk; return the sequence up to which the log is no longer needed.

        Changes go on meanwhile. One at a time.

        Raises:
            SnapshotFailed: If one could not be written.
        """
        sequence = self.applied
        partitions = list(self._partitions.values())
        for partition in partitions:
            partition.snapshot(sequence)
        self._snapshot_at = sequence
        return min((partition.oldest_sequence for partition in partitions), default=sequence)

    @property
    def building(self) -> bool:
        """Whether a faster index is being built behind the searches, or will be as soon as nothing else waits."""
        return any(partition.outgrown for partition in self._partitions.values())

    @property
    def unsaved(self) -> int:
        """How far the index has gone on since it was last written to disk."""
        return 0 if self._doubted else self.applied - self._snapshot_at

    def count(self) -> int:
        """Return the number of vectors."""
        return sum(partition.count() for partition in self._partitions.values())

    def close(self) -> None:
        """Release the partitions; what is not in a snapshot is replayed from the log."""
        for partition in self._partitions.values():
            partition.close()

    def _rebuild(self) -> None:
        last = self._changes.last()
        position = 0
        while document_ids := self._versions.documents_after(position, BATCH):
            self._add([chunk.id for each in document_ids for chunk in self._versions.chunks(each)])
            self._documents.mark_meaning(document_ids)
            position = document_ids[-1]
        # What the log no longer tells: vectors of passages that have gone.
        with self._lock:
            for partition in self._partitions.values():
                partition.delete(np.setdiff1d(partition.labels(), self._versions.chunk_ids()))
        self.applied = last
        self.made_anew += 1

    def _add(self, chunk_ids: Sequence[int]) -> None:
        for begin in self._precedence.paced(range(0, len(chunk_ids), BATCH)):
            passages = self._versions.to_embed(chunk_ids[begin : begin + BATCH])
            by_kind: dict[str, list[Embeddable]] = {}
            for passage in passages:
                by_kind.setdefault(scope_kind(passage.scope), []).append(passage)
            embedded = self._embed(passages)
            for kind, group in by_kind.items():
                self._store(kind, group, embedded)

    def _store(self, kind: str, group: Sequence[Embeddable], embedded: dict[bytes, CachedEmbedding]) -> None:
        labels = np.array([passage.chunk_id for passage in group], dtype=np.int64)
        vectors = np.stack([embedded[passage.embedding_hash][0] for passage in group])
        windows = [embedded[passage.embedding_hash][1] for passage in group]
        with self._lock:
            if kind not in self._partitions:
                (self._folder / kind).mkdir(parents=True, mode=0o700)
                self._open(kind)
            partition = self._partitions[kind]
            partition.add(labels, vectors)
            if isinstance(self._embedder, WindowedEmbedder):
                partition.windows.add(labels, [each for each in windows if each is not None])

    def _embed(self, passages: Sequence[Embeddable]) -> dict[bytes, CachedEmbedding]:
        model = self._embedder.model_id
        wanted = {passage.embedding_hash: passage for passage in passages}
        cached = self._embeddings.get(model, DOCUMENT, list(wanted))
        missing = [passage for text_hash, passage in wanted.items() if text_hash not in cached]
        if missing:
            made = dict(zip((each.embedding_hash for each in missing), self._compute(missing), strict=True))
            self._embeddings.put(model, DOCUMENT, made)
            # As the cache holds them, so that a rebuild gives the same numbers.
            cached |= {key: (_halved(vector), tokens) for key, (vector, tokens) in made.items()}
        return cached

    def _compute(self, passages: Sequence[Embeddable]) -> list[tuple[NDArray[np.float32], WindowTokens | None]]:
        texts, prefixes = [each.text for each in passages], [each.prefix for each in passages]
        if isinstance(self._embedder, WindowedEmbedder):
            made: list[tuple[NDArray[np.float32], WindowTokens | None]] = []
            for begin in self._precedence.paced(range(0, len(texts), EMBEDDED_AT_ONCE)):
                part = slice(begin, begin + EMBEDDED_AT_ONCE)
                made += zip(*self._embedder.embed_with_windows(texts[part], prefixes[part]), strict=True)
            return made
        vectors = self._embedder.embed_documents(
            [f"{prefix}\n{text}" for prefix, text in zip(prefixes, texts, strict=True)]
        )
        return [(vector, None) for vector in vectors]


def _halved(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    return vector.astype(np.float16).astype(np.float32)
