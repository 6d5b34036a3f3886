"""The store that looks at every vector: perfect recall, nothing to build, right for most people's collections."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.concurrency.rwlock import ReadWriteLock
from core.vector_stores.base import Labels, Scores, Vectors, best, checked, loaded
from core.vector_stores.label_rows import LabelRows, grown

_DEAD_SHARE = 0.2
_GATHER_SHARE = 8


class ExactStore:
    """A matrix of float32 rows; a search is one product of matrix and vector."""

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self._lock = ReadWriteLock()
        self._rows = LabelRows()
        self._matrix: Vectors = np.empty((0, dimension), dtype=np.float32)

    @classmethod
    def load(cls, folder: Path, mapped: bool = False) -> ExactStore:
        """Return the store that was saved in `folder`; `mapped`, as `HnswStore.load`.

        Raises:
            OSError, ValueError: If the files are not those of a store.
        """
        matrix, labels = loaded(folder, "vectors", mapped), loaded(folder, "labels", mapped)
        if matrix.ndim != 2 or matrix.dtype != np.float32 or labels.shape != (len(matrix),):
            raise ValueError("vectors and labels do not fit each other")
        store = cls(matrix.shape[1])
        store._rows = LabelRows.restore(labels, loaded(folder, "living", mapped))
        store._matrix = matrix
        return store

    def add(self, labels: Labels, vectors: Vectors) -> None:
        """As `VectorStore`."""
        labels, vectors = checked(labels, vectors, self.dimension)
        with self._lock.write():
            new = self._rows.unknown(labels)
            extra = int(new.sum())
            self._matrix = grown(self._matrix, self._rows.used, extra)
            self._matrix[self._rows.used : self._rows.used + extra] = vectors[new]
            self._rows.append(labels[new])

    def delete(self, labels: Labels) -> int:
        """As `VectorStore`."""
        with self._lock.write():
            rows = self._rows.rows(np.unique(labels))
            rows = rows[rows >= 0]
            self._rows.kill(rows)
            self._matrix[rows] = 0  # so that nothing of it is written to disk any more
            if self._rows.used - self._rows.alive > _DEAD_SHARE * self._rows.used:
                self._compact()
            return len(rows)

    def search(self, vector: Vectors, k: int, allowed: Labels | None = None) -> tuple[Labels, Scores]:
        """As `VectorStore`."""
        with self._lock.read():
            if allowed is None:
                scores = self._matrix[: self._rows.used].dot(vector)
                if self._rows.alive < self._rows.used:
                    scores[~self._rows.living] = -np.inf
                return best(self._rows.labels, scores, min(k, self._rows.alive))
            rows = self._rows.rows(allowed)
            rows = rows[rows >= 0]
            if len(rows) * _GATHER_SHARE < self._rows.used:
                scores = self._matrix.take(rows, axis=0).dot(vector)
            else:  # measured: gathering costs eight times as much a row as multiplying them all where they stand
                scores = self._matrix[: self._rows.used].dot(vector).take(rows)
            return best(self._rows.labels.take(rows), scores, k)

    def scores(self, vector: Vectors, labels: Labels) -> Scores:
        """As `VectorStore`."""
        scores: Scores = self.vectors(labels).dot(vector)
        return scores

    def vectors(self, labels: Labels) -> Vectors:
        """As `VectorStore`."""
        with self._lock.read():
            rows = self._rows.rows(labels)
            if not self._rows.used:
                return np.full((len(labels), self.dimension), np.nan, dtype=np.float32)
            vectors = self._matrix.take(rows, axis=0, mode="clip")
        vectors[rows < 0] = np.nan
        return vectors

    def labels(self) -> Labels:
        """As `VectorStore`."""
        with self._lock.read():
            return self._rows.sorted_labels()

    def count(self) -> int:
        """As `VectorStore`."""
        return self._rows.alive

    def freeze(self, folder: Path) -> Mapping[str, NDArray[Any]]:  # noqa: ARG002 - a graph needs it
        """As `HnswStore.freeze`; writes nothing."""
        with self._lock.read():
            # Copies, since what is deleted while they are written is zeroed in place.
            vectors = self._matrix[: self._rows.used].copy()
            return {"labels": self._rows.labels, "living": self._rows.living.copy(), "vectors": vectors}

    def close(self) -> None:
        """As `VectorStore`."""
        with self._lock.write():
            self._rows = LabelRows()
            self._matrix = np.empty((0, self.dimension), dtype=np.float32)

    def _compact(self) -> None:
        living = self._rows.living
        self._matrix = self._matrix[: self._rows.used][living]
        labels = self._rows.labels[living]
        self._rows = LabelRows()
        self._rows.append(labels)
