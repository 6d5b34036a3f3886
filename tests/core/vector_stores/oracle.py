"""Collections of vectors for the tests, and the plain answer to a search."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.vector_stores import VectorStore
from core.vector_stores.base import Labels, Vectors, write_arrays
from core.vector_stores.exact import ExactStore
from core.vector_stores.hnsw import HnswStore


def clustered(count: int, dimension: int, seed: int = 0) -> Vectors:
    """Return unit vectors in groups of about twenty."""
    rng = np.random.default_rng(seed)
    centres = rng.standard_normal((max(1, count // 20), dimension))
    vectors = centres[rng.integers(0, len(centres), count)] + 0.7 * rng.standard_normal((count, dimension))
    unit: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit


def graph(dimension: int, seed: int = 0, narrow: bool = False) -> HnswStore:
    """Return an empty graph store; a narrow one takes hardly more candidates than asked for, so that it uses its graph
    from 150 vectors for each on.
    """
    sample = clustered(600, dimension, seed)
    return HnswStore.fit(sample, lambda count, k: k) if narrow else HnswStore.fit(sample)


def save(store: ExactStore | HnswStore, folder: Path) -> None:
    """Write a store's files."""
    write_arrays(folder, store.freeze(folder))


class Plain:
    """The oracle: vectors in a dict."""

    def __init__(self) -> None:
        self.vectors: dict[int, Vectors] = {}

    def add(self, labels: Labels, vectors: Vectors) -> None:
        for label, vector in zip(labels.tolist(), vectors, strict=True):
            self.vectors.setdefault(label, vector)

    def delete(self, labels: Labels) -> int:
        return sum(self.vectors.pop(label, None) is not None for label in set(labels.tolist()))

    def labels(self) -> list[int]:
        return sorted(self.vectors)

    def best_scores(self, vector: Vectors, k: int, allowed: Labels | None = None) -> NDArray[np.float64]:
        """Return the scores of the best `k`, best first."""
        chosen = self.labels() if allowed is None else [each for each in allowed.tolist() if each in self.vectors]
        scores = np.array([self.score(vector, label) for label in chosen], dtype=np.float64)
        return np.sort(scores)[::-1][:k]

    def score(self, vector: Vectors, label: int) -> float:
        return float(self.vectors[label].astype(np.float64) @ vector)

    def tolerance(self, store: object) -> float:
        """Return by how much a score of `store` may be off: five standard deviations of the rounding to int8 codes."""
        inner = getattr(store, "_store", store)
        largest = max((float(np.abs(vector).max()) for vector in self.vectors.values()), default=0.0)
        return 1e-5 if isinstance(inner, ExactStore) else 5 * largest / 127 / np.sqrt(12) + 1e-5

    def holds(self, store: VectorStore, vector: Vectors, k: int, allowed: Labels | None = None) -> None:
        """Assert that `store` finds the best `k`, but for passages that are equally near up to the tolerance."""
        labels, scores = store.search(vector, k, allowed)
        tolerance = self.tolerance(store)
        wanted = self.best_scores(vector, k, allowed)
        assert len(labels) == len(wanted)
        assert len(set(labels.tolist())) == len(labels)
        assert allowed is None or set(labels.tolist()) <= set(allowed.tolist())
        own = np.array([self.score(vector, label) for label in labels.tolist()], dtype=np.float64)
        np.testing.assert_allclose(scores, own, atol=tolerance)
        np.testing.assert_allclose(own, wanted, atol=2 * tolerance)
        assert (np.diff(scores) <= 0).all()
