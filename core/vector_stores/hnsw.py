"""The store for large collections: a graph proposes candidates, their whole vectors decide.

hnswlib holds shortened float32 vectors (`shortening`) and walks them; the whole vectors lie beside it as int8 rows
(`int8_rows`), which give every score, answer filters whatever they let through, and can be read back. At 256 dimensions
that is 1.3 kB a vector, as much as a graph over whole vectors alone, which could not be read back at a bearable price
(`get_items`: 15 µs a vector). The graph's own labels are row numbers, so that its answer leads straight to the rows.

Rules that keep hnswlib from harm, each the answer to a fault seen in 0.8.0: it is never searched while it is changed
or resized (segmentation faults), never asked for more than is alive (exceptions), a deleted slot is never used again
(double labels), a file is never loaded without a checksum (`generations`).
"""

from __future__ import annotations

import errno
import math
import os
from collections.abc import Callable
from pathlib import Path

import hnswlib
import numpy as np
from numpy.typing import NDArray

from core.concurrency.rwlock import ReadWriteLock
from core.vector_stores.base import Labels, Rows, Scores, Vectors, best, checked
from core.vector_stores.int8_rows import Int8Rows
from core.vector_stores.label_rows import LabelRows
from core.vector_stores.shortening import Shortening

LINKS = 24
EF_CONSTRUCTION = 300
SEED = 100
_FIRST_CAPACITY = 1_024
_ADDED_AT_ONCE = 8
_DELETED_AT_ONCE = 1_000
_ROWS_A_CANDIDATE = 150  # how many rows are sifted in the time in which the graph gives one candidate
# Of how many rows the scores are taken when signs sift them: at least so many, and one in so many. Measured for a
# recall of 0.99 in the worst case, a filter by topic and questions from outside it: 2,400 of 50,000, 1,400 of 10,000;
# of 500,000 it is 0.97 with 21,500 and needs more.
_SIFTED_LEAST = 1_500
_SIFTED_SHARE = 16
_PROBED = 24
_CANDIDATES_FOR = 10
_CANDIDATES = ((4, 112), (5, 208), (6, 320))  # for 10**4, 10**5 and 10**6 vectors

Candidates = Callable[[int, int], int]


def candidates(count: int, k: int) -> int:
    """Return how many candidates the graph must give so that the best `k` of `count` vectors are nearly all among them.

    Measured for a recall of 0.98 of the ten nearest to real questions among real passages, which is harder than the
    synthetic collection of `tests.benchmarks.vectors`; for a million, on that one.
    """
    magnitude = min(max(math.log10(max(count, 1)), 4.0), 5.999)
    (low, least), (_, most) = _CANDIDATES[int(magnitude) - 4 : int(magnitude) - 2]
    return int(least + (most - least) * (magnitude - low)) + 2 * max(k - _CANDIDATES_FOR, 0)


class HnswStore:
    """Approximate nearest neighbours by a hierarchical navigable small world (Malkov and Yashunin, 2016)."""

    def __init__(self, shortening: Shortening, candidates: Candidates = candidates) -> None:
        """
        Args:
            shortening: Made from vectors like those that will come.
            candidates: How many candidates to take from the graph, by number alive and k.
        """
        self.dimension = shortening.dimension
        self._shortening = shortening
        self._candidates = candidates
        self._lock = ReadWriteLock()
        self._rows = LabelRows()
        self._codes = Int8Rows(self.dimension)
        self._graph = hnswlib.Index(space="l2", dim=shortening.length)
        self._graph.init_index(_FIRST_CAPACITY, ef_construction=EF_CONSTRUCTION, M=LINKS, random_seed=SEED)

    @classmethod
    def load(cls, folder: Path) -> HnswStore:
        """Return the store that was saved in `folder`. Only for files whose checksum is right: hnswlib trusts them.

        Raises:
            OSError, ValueError, RuntimeError: If the files are not those of a store.
        """
        axes = np.load(folder / "axes.npy", allow_pickle=False)
        if axes.ndim != 2 or axes.dtype != np.float32:
            raise ValueError("axes are not a matrix")
        store = cls(Shortening(axes))
        store._codes = Int8Rows.load(folder)
        labels = np.load(folder / "labels.npy", allow_pickle=False)
        store._rows = LabelRows.restore(labels, np.load(folder / "living.npy", allow_pickle=False))
        store._graph = hnswlib.Index(space="l2", dim=store._shortening.length)
        store._graph.load_index(str(folder / "graph.hnsw"))
        if not len(labels) == len(store._codes) == store._graph.get_current_count():
            raise ValueError("labels, codes and graph are not of the same length")
        if store._codes.dimension != store.dimension:
            raise ValueError("codes and axes are not of the same dimension")
        return store

    def add(self, labels: Labels, vectors: Vectors) -> None:
        """As `VectorStore`. In small slices: a search waits for a few milliseconds at most."""
        labels, vectors = checked(labels, vectors, self.dimension)
        for begin in range(0, len(labels), _ADDED_AT_ONCE):
            with self._lock.write():
                self._append(labels[begin : begin + _ADDED_AT_ONCE], vectors[begin : begin + _ADDED_AT_ONCE], 1)

    def fill(self, labels: Labels, vectors: Vectors) -> None:
        """Add many at once, on all processors but one; searches wait until it is done."""
        labels, vectors = checked(labels, vectors, self.dimension)
        with self._lock.write():
            self._append(labels, vectors, max(1, (os.cpu_count() or 1) - 1))

    def delete(self, labels: Labels) -> int:
        """As `VectorStore`. The vectors stay as dead nodes of the graph until `VectorPartition.grow` makes another."""
        labels, deleted = np.unique(labels), 0
        for begin in range(0, len(labels), _DELETED_AT_ONCE):
            with self._lock.write():
                rows = self._rows.rows(labels[begin : begin + _DELETED_AT_ONCE])
                rows = rows[rows >= 0]
                for row in rows.tolist():
                    self._graph.mark_deleted(row)
                self._rows.kill(rows)
                deleted += len(rows)
        return deleted

    def search(self, vector: Vectors, k: int, allowed: Labels | None = None) -> tuple[Labels, Scores]:
        """As `VectorStore`; nearly the best labels, with scores as exact as int8 rows are."""
        with self._lock.read():
            alive = self._rows.alive
            k = min(k, alive)
            width = self._candidates(alive, k)
            if allowed is not None:
                return self._search_among(vector, k, allowed, width)
            if width * _ROWS_A_CANDIDATE < alive:
                rows = self._propose(vector, width)
                if rows is not None:
                    return self._decide(vector, k, rows)
            return self._sift(vector, k, np.flatnonzero(self._rows.living) if self.dead else None)

    def scores(self, vector: Vectors, labels: Labels) -> Scores:
        """As `VectorStore`."""
        with self._lock.read():
            rows = self._rows.rows(labels)
            scores = np.full(len(labels), np.nan, dtype=np.float32)
            there = rows >= 0
            scores[there] = self._codes.dot(vector, rows[there])
            return scores

    def vectors(self, labels: Labels) -> Vectors:
        """As `VectorStore`."""
        with self._lock.read():
            rows = self._rows.rows(labels)
            vectors = np.full((len(labels), self.dimension), np.nan, dtype=np.float32)
            there = rows >= 0
            vectors[there] = self._codes.vectors(rows[there])
            return vectors

    def labels(self) -> Labels:
        """As `VectorStore`."""
        with self._lock.read():
            return self._rows.sorted_labels()

    def count(self) -> int:
        """As `VectorStore`."""
        return self._rows.alive

    @property
    def dead(self) -> int:
        """Number of deleted vectors that are still nodes of the graph."""
        return self._rows.used - self._rows.alive

    def kept_variance(self, labels: Labels) -> float:
        """Return how much of the variance of these vectors the graph sees; far below 0.85, it was made for others."""
        return self._shortening.kept_variance(self.vectors(labels))

    def save(self, folder: Path) -> None:
        """Write the store's files into `folder`; changes wait.

        Searches go on, but for the time in which hnswlib writes its file, for which it holds the interpreter lock: 60
        ms at 100,000 vectors of 256 components.

        Raises:
            OSError: If a file could not be written completely.
        """
        with self._lock.read():
            self._graph.save_index(str(folder / "graph.hnsw"))
            # WORKAROUND hnswlib: a disk that is full, or a path that can't be written, is no error.
            if (folder / "graph.hnsw").stat().st_size != self._graph.index_file_size():
                raise OSError(errno.ENOSPC, "the graph was not written completely")
            self._codes.save(folder)
            np.save(folder / "labels.npy", self._rows.labels, allow_pickle=False)
            np.save(folder / "living.npy", self._rows.living, allow_pickle=False)
        np.save(folder / "axes.npy", self._shortening.axes, allow_pickle=False)

    def close(self) -> None:
        """As `VectorStore`."""
        with self._lock.write():
            self._rows = LabelRows()
            self._codes = Int8Rows(self.dimension)
            self._graph = hnswlib.Index(space="l2", dim=self._shortening.length)
            self._graph.init_index(1)

    def _append(self, labels: Labels, vectors: Vectors, threads: int) -> None:
        new = self._rows.unknown(labels)
        labels, vectors = labels[new], vectors[new]
        needed = self._rows.used + len(labels)
        if needed > self._graph.get_max_elements():
            self._graph.resize_index(max(needed, self._graph.get_max_elements() * 3 // 2))
        self._graph.add_items(self._shortening.shorten(vectors), np.arange(self._rows.used, needed), threads)
        self._codes.append(vectors)
        self._rows.append(labels)

    def _propose(self, vector: Vectors, width: int) -> Rows | None:
        try:
            # The search list (ef) is as long as what is asked for, so nothing is set that another search would see.
            found, _ = self._graph.knn_query(self._shortening.axes.dot(vector), width, 1)
        except RuntimeError:
            # WORKAROUND hnswlib "Cannot return the results in a contiguous 2D array": it found fewer than asked for.
            return None
        rows: Rows = found[0].view(np.int64)
        return rows

    def _decide(self, vector: Vectors, k: int, rows: Rows) -> tuple[Labels, Scores]:
        rows, scores = best(rows, self._codes.dot(vector, rows), k)
        return self._rows.labels.take(rows), scores

    def _search_among(self, vector: Vectors, k: int, allowed: Labels, width: int) -> tuple[Labels, Scores]:
        # If chance had chosen the permitted, so many more candidates would hold as many of them as are needed.
        width = width * self._rows.alive // max(len(allowed), 1)
        if width * _ROWS_A_CANDIDATE < len(allowed) and width < self._rows.alive:
            # But a filter goes by folder or by date, and few of a question's neighbours may pass it: a look at some.
            _, permitted = self._propose_among(vector, _PROBED, allowed)
            if 2 * np.count_nonzero(permitted) * self._rows.alive >= _PROBED * len(allowed):
                rows, permitted = self._propose_among(vector, width, allowed)
                # If the nearer half of the candidates holds enough of them, the last candidate cuts none off.
                if np.count_nonzero(permitted[: width // 2]) >= k:
                    return self._decide(vector, k, rows[permitted])
        rows = self._rows.rows(allowed)
        return self._sift(vector, k, rows[rows >= 0])

    def _propose_among(self, vector: Vectors, width: int, allowed: Labels) -> tuple[Rows, NDArray[np.bool_]]:
        """Return candidates, nearest first, and which of them are allowed."""
        rows = self._propose(vector, width)
        if rows is None:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.bool_)
        labels = self._rows.labels.take(rows)
        return rows, allowed.take(allowed.searchsorted(labels), mode="clip") == labels

    def _sift(self, vector: Vectors, k: int, among: Rows | None) -> tuple[Labels, Scores]:
        count = self._rows.used if among is None else len(among)
        size = _SIFTED_LEAST + count // _SIFTED_SHARE + 4 * k
        if count > 2 * size:
            among = self._codes.likely(vector, size, among)
        elif among is None:
            among = np.arange(count)
        return self._decide(vector, k, among)
