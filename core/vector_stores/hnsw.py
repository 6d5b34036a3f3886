"""The store for large collections: a graph proposes candidates, their whole vectors decide.

faiss holds shortened vectors (`shortening`), a byte a component, and walks them; the whole vectors lie beside it as
int8 rows (`int8_rows`), which give every score, answer filters whatever they let through, and can be read back. At 256
dimensions that is 0.8 kB a vector. The nodes of the graph are numbered as the rows are.

faiss and not hnswlib, because it gives back the interpreter lock while it writes and reads its file: hnswlib stopped
the whole program for 40 ms when it saved 100,000 vectors and for 90 ms when it loaded them. At a million
(`tests.benchmarks.million`, on a busy machine) a 5 ms heartbeat stood still for 1.3 to 2.9 s beside hnswlib, and for
at most 0.2 s beside a snapshot and 0.07 s beside an opening of this store; a snapshot takes 5 s, in which searches wait
for at most 0.06 s and changes for 1.1 s. (It is also no slower at equal recall, takes less than half of the memory, and
needs no compiler.)

Rules that keep it from harm: it is never searched while it is changed, and a file is never loaded without a checksum
(`generations`). It can't delete: a deleted row stays a node, and is left out of what the graph proposes.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from core.concurrency.rwlock import ReadWriteLock
from core.vector_stores.base import Labels, Rows, Scores, Vectors, best, checked, loaded
from core.vector_stores.int8_rows import Int8Rows
from core.vector_stores.label_rows import LabelRows
from core.vector_stores.shortening import Shortening

LINKS = 24
EF_CONSTRUCTION = 300  # with 200, three questions in a thousand end among strangers and find nothing
_GRAPH = "graph.faiss"
_RANGE = 1.5  # of a component, over what was seen in the sample
_ADDED_AT_ONCE = 8
_ROWS_A_CANDIDATE = 150  # how many rows are sifted in the time in which the graph gives one candidate
# Of how many rows the scores are taken when signs sift them: at least so many, and one in so many. Measured for a
# recall of 0.99 in the worst case, a filter by topic and questions from outside it: 2,400 of 50,000, 1,400 of 10,000;
# of 500,000 it is 0.97 with 21,500 and needs more.
_SIFTED_LEAST = 1_500
_SIFTED_SHARE = 16
_PROBED = 24
_ENOUGH = 0.75  # of the candidates wanted; fewer where deleted vectors stand close together
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

    def __init__(self, shortening: Shortening, graph: Any, candidates: Candidates = candidates) -> None:
        """
        Args:
            shortening: From whole vectors to those of the graph.
            graph: A faiss index over such vectors.
            candidates: How many candidates to take from the graph, by number alive and k.
        """
        self.dimension = shortening.dimension
        self._shortening = shortening
        self._candidates = candidates
        self._lock = ReadWriteLock()
        self._rows = LabelRows()
        self._codes = Int8Rows(self.dimension)
        self._graph = graph

    @classmethod
    def fit(cls, sample: Vectors, candidates: Candidates = candidates) -> HnswStore:
        """Return an empty store for vectors like those of `sample` `(n, dimension)`, at least one."""
        shortening = Shortening.fit(sample)
        graph = faiss.IndexHNSWSQ(shortening.length, faiss.ScalarQuantizer.QT_8bit, LINKS)
        graph.hnsw.efConstruction = EF_CONSTRUCTION
        # faiss would take the least and the greatest of the sample as ends of the scale; others may lie beyond.
        largest = _RANGE * np.abs(shortening.shorten(sample)).max(axis=0)
        largest = np.maximum(largest, np.float32(1 / math.sqrt(shortening.length)))
        graph.train(np.stack([-largest, largest]))
        return cls(shortening, graph, candidates)

    @classmethod
    def load(cls, folder: Path, mapped: bool = False) -> HnswStore:
        """Return the store that was saved in `folder`. Only for files whose checksum is right: faiss trusts them.

        Args:
            folder: Where it lies.
            mapped: Read only what is looked at; for a store that is not changed.

        Raises:
            OSError, ValueError: If the files are not those of a store.
        """
        axes = loaded(folder, "axes", mapped)
        if axes.ndim != 2 or axes.dtype != np.float32:
            raise ValueError("axes are not a matrix")
        try:
            graph = faiss.read_index(str(folder / _GRAPH), faiss.IO_FLAG_MMAP_IFC if mapped else 0)
        except RuntimeError as error:
            raise ValueError("the graph can't be read") from error
        store = cls(Shortening(axes), graph)
        store._codes = Int8Rows.load(folder, mapped)
        labels = loaded(folder, "labels", mapped)
        store._rows = LabelRows.restore(labels, loaded(folder, "living", mapped))
        if not len(labels) == len(store._codes) == graph.ntotal:
            raise ValueError("labels, codes and graph are not of the same length")
        if store._codes.dimension != store.dimension or graph.d != len(axes):
            raise ValueError("codes, axes and graph are not of the same dimension")
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
        with self._lock.write():
            rows = self._rows.rows(np.unique(labels))
            rows = rows[rows >= 0]
            self._rows.kill(rows)
            return len(rows)

    def search(self, vector: Vectors, k: int, allowed: Labels | None = None) -> tuple[Labels, Scores]:
        """As `VectorStore`; nearly the best labels, with scores as exact as int8 rows are."""
        with self._lock.read():
            alive = self._rows.alive
            k = min(k, alive)
            width = self._candidates(alive, k)
            if allowed is not None:
                return self._search_among(vector, k, allowed, width)
            wider = width * self._rows.used // max(alive, 1)  # dead nodes are among them
            if wider * _ROWS_A_CANDIDATE < alive:
                rows = self._propose(vector, wider)
                if len(rows) >= max(k, _ENOUGH * width):
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

    def freeze(self, folder: Path) -> Mapping[str, NDArray[Any]]:
        """Write what must stand still for that into `folder`, here the graph; return the rest, for `write_arrays`.

        Changes wait; searches go on, unless a change waits before them. The arrays stay as they are while the store
        goes on.

        Raises:
            OSError: If the graph could not be written completely.
        """
        with self._lock.read():
            try:
                faiss.write_index(self._graph, str(folder / _GRAPH))
            except RuntimeError as error:
                raise OSError("the graph was not written completely") from error
            return {
                "labels": self._rows.labels,
                "living": self._rows.living.copy(),
                "axes": self._shortening.axes,
                **self._codes.arrays(),
            }

    def close(self) -> None:
        """As `VectorStore`."""
        with self._lock.write():
            self._rows = LabelRows()
            self._codes = Int8Rows(self.dimension)
            self._graph.reset()

    def _append(self, labels: Labels, vectors: Vectors, threads: int) -> None:
        new = self._rows.unknown(labels)
        labels, vectors = labels[new], vectors[new]
        if len(labels):
            faiss.omp_set_num_threads(threads)  # of this thread of ours
            self._graph.add(self._shortening.shorten(vectors))
            self._codes.append(vectors)
            self._rows.append(labels)

    def _propose(self, vector: Vectors, width: int) -> Rows:
        """Return about `width` rows that are alive, nearest first; fewer where the graph finds no more."""
        shortened = self._shortening.axes.dot(vector)[np.newaxis]
        _, found = self._graph.search(shortened, width, params=faiss.SearchParametersHNSW(efSearch=width))
        rows: Rows = found[0]
        rows = rows[rows >= 0]
        return rows[self._rows.living.take(rows)] if self.dead else rows

    def _decide(self, vector: Vectors, k: int, rows: Rows) -> tuple[Labels, Scores]:
        rows, scores = best(rows, self._codes.dot(vector, rows), k)
        return self._rows.labels.take(rows), scores

    def _search_among(self, vector: Vectors, k: int, allowed: Labels, width: int) -> tuple[Labels, Scores]:
        # If chance had chosen the permitted, so many more candidates would hold as many of them as are needed.
        width = width * self._rows.used // max(len(allowed), 1)
        if width * _ROWS_A_CANDIDATE < len(allowed) and width < self._rows.alive:
            # But a filter goes by folder or by date, and few of a question's neighbours may pass it: a look at some.
            _, permitted = self._propose_among(vector, _PROBED, allowed)
            if 2 * np.count_nonzero(permitted) * self._rows.used >= _PROBED * len(allowed):
                rows, permitted = self._propose_among(vector, width, allowed)
                # If the nearer half of the candidates holds enough of them, the last candidate cuts none off.
                if np.count_nonzero(permitted[: len(rows) // 2]) >= k:
                    return self._decide(vector, k, rows[permitted])
        rows = self._rows.rows(allowed)
        return self._sift(vector, k, rows[rows >= 0])

    def _propose_among(self, vector: Vectors, width: int, allowed: Labels) -> tuple[Rows, NDArray[np.bool_]]:
        """Return candidates, nearest first, and which of them are allowed."""
        rows = self._propose(vector, width)
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
