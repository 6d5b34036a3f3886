"""The vectors of one kind of scope in one workspace: in memory, with snapshots on disk, small or large.

A partition begins with an exact store and changes over to a graph when the collection has grown; who uses it does not
notice. It is derived data: a snapshot says up to which entry of the change log it has come, the rest is replayed from
there.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.vector_stores.base import Labels, Scores, Vectors, write_arrays
from core.vector_stores.disk import Disk
from core.vector_stores.exact import ExactStore
from core.vector_stores.generations import Generations, Identity, Saved
from core.vector_stores.shortening import Shortening
from core.vector_stores.windows import WindowStore

if TYPE_CHECKING:
    from core.vector_stores.hnsw import HnswStore

    Store = ExactStore | HnswStore

SPACE = "cosine"
_EXACT_COMPONENTS = 5_120_000
_EXACT_LEAST = 5_000
_DEAD_SHARE = 0.2
_VARIANCE_LEAST = 0.75
_TAKEN_AT_ONCE = 4_096
_PROBES = 20
_PROBED = 10


def default_exact_limit(dimension: int) -> int:
    """Return up to how many vectors of `dimension` components exact search is the better one.

    Measured (`tests.benchmarks.vectors`, on a busy machine): among 10,000 of 256 components the 200 nearest, about what
    a hybrid search asks for, take 0.15 ms exactly and 0.24 ms by the graph; among 20,000 0.50 and 0.33 ms, which
    nothing to build and perfect recall are worth; among 40,000 1.4 and 0.55 ms.
    """
    return max(_EXACT_LEAST, _EXACT_COMPONENTS // dimension)


class VectorPartition:
    """A `VectorStore` that grows, with the windows of its passages beside it. `open` it before use.

    Attributes:
        dimension: Number of components.
        windows: The windows of the passages; filled by the caller, emptied by `delete`, saved with the vectors.
        problems: What `open` found wrong, a sentence each, for the log.
    """

    def __init__(
        self,
        folder: Path,
        dimension: int,
        model_id: str,
        workspace_id: str,
        exact_limit: int | None = None,
        disk: Disk | None = None,
    ) -> None:
        """
        Args:
            folder: Where its generations lie; made when the first is written.
            dimension: Number of components.
            model_id: Embedding model of the vectors.
            workspace_id: Workspace that they belong to.
            exact_limit: Number of vectors above which a graph is built; None for `default_exact_limit`.
            disk: The file system.
        """
        self.dimension = dimension
        self.windows = WindowStore()
        self._exact_limit = default_exact_limit(dimension) if exact_limit is None else exact_limit
        identity = Identity(workspace_id, model_id, dimension, SPACE)
        self._generations = Generations(folder, identity, disk or Disk())
        self._store: Store = ExactStore(dimension)
        self._next: Store | None = None  # what is being built to take its place
        self._judged = 0  # number of vectors when it was last looked at whether the graph fits them
        self._opened = False
        self._changing = threading.Lock()  # one change at a time, so that none is lost at the change-over
        self._growing = threading.Lock()
        self._saving = threading.Lock()

    @property
    def problems(self) -> list[str]:
        """What was wrong with generations that `open` passed over, a sentence each, for the log."""
        return self._generations.problems

    @property
    def oldest_sequence(self) -> int:
        """The entry of the change log from which the older of the two kept generations would go on.

        Entries up to it are no longer needed; 0 while there are not two generations.
        """
        return self._generations.oldest_sequence

    def open(self) -> int:
        """Load the newest generation that is whole and ours; return the last entry of the change log that is in it.

        0 and an empty partition if there is none. What was wrong with others is in `problems`; nothing is raised.
        """
        self._opened = True
        for folder, manifest in self._generations.candidates():
            try:
                self._store, self.windows = self._load(folder, manifest.kind, manifest.count)
            except (OSError, ValueError) as error:
                self._generations.reject(folder, error)
                continue
            self._generations.accept(folder, manifest)
            return manifest.sequence
        return 0

    def add(self, labels: Labels, vectors: Vectors) -> None:
        """As `VectorStore`."""
        with self._changing:
            self._store.add(labels, vectors)

    def delete(self, labels: Labels) -> int:
        """As `VectorStore`; deletes the windows, too."""
        with self._changing:
            self.windows.delete(labels)
            return self._store.delete(labels)

    def search(self, vector: Vectors, k: int, allowed: Labels | None = None) -> tuple[Labels, Scores]:
        """As `VectorStore`."""
        return self._store.search(vector, k, allowed)

    def scores(self, vector: Vectors, labels: Labels) -> Scores:
        """As `VectorStore`."""
        return self._store.scores(vector, labels)

    def vectors(self, labels: Labels) -> Vectors:
        """As `VectorStore`."""
        return self._store.vectors(labels)

    def labels(self) -> Labels:
        """As `VectorStore`."""
        return self._store.labels()

    def count(self) -> int:
        """As `VectorStore`."""
        return self._store.count()

    @property
    def outgrown(self) -> bool:
        """Whether the store is too small or too worn for what it holds, so that `grow` has work to do."""
        return self._next is not None or self._worn(self._store)

    def grow(self, at_most: int | None = None) -> bool:
        """Build the graph, if the collection has outgrown exact search, or a new one, if the old one is worn out.

        Searches and changes go on with the old store until the new one is ready. Cheap when there is nothing to do.

        Args:
            at_most: How many vectors to take over in this call (4,096 take about a second); None for all.

        Returns:
            Whether another call is needed to finish.
        """
        with self._growing:
            store = self._store
            if self._next is None:
                self._next = self._successor(store)
            if self._next is None:
                return False
            missing = _difference(store, self._next)
            now = missing[:at_most]
            for begin in range(0, len(now), _TAKEN_AT_ONCE):
                _take_over(self._next, store, now[begin : begin + _TAKEN_AT_ONCE])
            if len(now) < len(missing):
                return True
            with self._changing:
                _take_over(self._next, store, _difference(store, self._next))
                self._next.delete(_difference(self._next, store))
                self._store, self._next, self._judged = self._next, None, store.count()
            return False

    def snapshot(self, sequence: int) -> None:
        """Write a new generation. Searches go on; changes wait only while the store's files are written.

        Args:
            sequence: The last entry of the change log that has been applied.

        Raises:
            SnapshotFailed: If it could not be written; the generations before it are untouched.
            RuntimeError: If the partition is not open.
        """
        with self._saving:
            if not self._opened:
                raise RuntimeError("only an open partition can be saved")
            self._generations.write(sequence, self._save)

    def close(self) -> None:
        """As `VectorStore`; what is in no snapshot is replayed from the change log next time."""
        with self._saving, self._growing, self._changing:
            self._opened = False
            self._next = None
            self._store.close()
            self.windows.close()

    def _successor(self, store: Store) -> Store | None:
        """Return the empty store that should take the place of `store`, or None while it serves well."""
        if not (self._worn(store) or (not isinstance(store, ExactStore) and self._unfit(store))):
            return None
        if store.count() <= self._exact_limit // 2:
            return ExactStore(self.dimension)
        return _graphs().fit(_there(store, _spread(store, Shortening.sample_size(self.dimension)))[1])

    def _worn(self, store: Store) -> bool:
        if isinstance(store, ExactStore):
            return store.count() > self._exact_limit
        return store.dead > _DEAD_SHARE * (store.count() + store.dead)

    def _unfit(self, store: HnswStore) -> bool:
        # Vectors of another kind may have come since the graph was made; looked at each time their number has doubled.
        if store.count() < 2 * self._judged:
            return False
        self._judged = store.count()
        return store.kept_variance(_spread(store, Shortening.sample_size(self.dimension))) < _VARIANCE_LEAST

    def _save(self, folder: Path) -> Saved:
        with self._changing:
            store = self._store
            arrays = {**store.freeze(folder), **self.windows.freeze()}
            kind, count, dead = ("exact", store.count(), 0)
            if not isinstance(store, ExactStore):
                kind, dead = "hnsw", store.dead
            probes = _spread(store, _PROBES)
            answers = _answers(store, probes)
        write_arrays(folder, arrays)

        def check(folder: Path) -> None:
            # Mapped, or a large index would take twice its memory for as long as that lasts.
            again, _ = self._load(folder, kind, count, mapped=True)
            if not np.allclose(_answers(again, probes), answers, atol=1e-4):
                raise ValueError("read back, it answers otherwise")

        return Saved(kind, count, dead, check)

    def _load(self, folder: Path, kind: str, count: int, mapped: bool = False) -> tuple[Store, WindowStore]:
        if kind not in ("exact", "hnsw"):
            raise ValueError(f"a store of kind {kind} is not known")
        store = (ExactStore if kind == "exact" else _graphs()).load(folder, mapped)
        if store.dimension != self.dimension or store.count() != count:
            raise ValueError(f"{store.count()} vectors of dimension {store.dimension} instead of {count}")
        return store, WindowStore.load(folder, mapped)


def _graphs() -> type[HnswStore]:
    """Return the class of stores with a graph, whose library takes 70 ms to load that most workspaces never need."""
    from core.vector_stores.hnsw import HnswStore

    return HnswStore


def _difference(store: Store, other: Store) -> Labels:
    """Return the labels that are in `store` and not in `other`."""
    return np.setdiff1d(store.labels(), other.labels(), assume_unique=True)


def _take_over(into: Store, store: Store, labels: Labels) -> None:
    labels, vectors = _there(store, labels)
    if isinstance(into, ExactStore):
        into.add(labels, vectors)
    else:
        into.fill(labels, vectors)


def _there(store: Store, labels: Labels) -> tuple[Labels, Vectors]:
    """Return those of `labels` that are still there, since others may delete meanwhile, and their vectors."""
    vectors = store.vectors(labels)
    there = ~np.isnan(vectors[:, 0])
    return labels[there], vectors[there]


def _spread(store: Store, size: int) -> Labels:
    """Return about `size` labels from everywhere in `store`."""
    labels = store.labels()
    return labels[:: max(1, len(labels) // size)]


def _answers(store: Store, probes: Labels) -> Scores:
    """Return the scores that `store` finds for its own vectors `probes`, one after the other."""
    found = [store.search(vector, _PROBED)[1] for vector in store.vectors(probes)]
    return np.concatenate([np.empty(0, dtype=np.float32), *found])
