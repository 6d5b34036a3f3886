"""The protocol of a vector store: labelled unit vectors, searched by inner product."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Labels = NDArray[np.int64]
Scores = NDArray[np.float32]
Rows = NDArray[np.int64]


class VectorStore(Protocol):
    """Keeps unit vectors under labels and finds the nearest.

    Labels are chunk ids: not negative, and never used twice. Safe for concurrent use: many threads may search while
    another adds or deletes.

    Attributes:
        dimension: Number of components of each vector.
    """

    dimension: int

    def add(self, labels: Labels, vectors: Vectors) -> None:
        """Add `vectors` `(n, dimension)` under `labels` `(n,)`; a label that is there already is left as it is.

        Raises:
            ValueError: If the shapes do not fit, a vector is not finite or a label is negative.
        """
        ...

    def delete(self, labels: Labels) -> int:
        """Delete the labels that are there; return how many were."""
        ...

    def search(self, vector: Vectors, k: int, allowed: Labels | None = None) -> tuple[Labels, Scores]:
        """Return the best min(k, alive) labels and their cosines, best first.

        `allowed`, if given, is a sorted array of the only labels that may be returned, each once.
        """
        ...

    def scores(self, vector: Vectors, labels: Labels) -> Scores:
        """Return the cosine of `vector` with each of `labels`; NaN where a label is not there."""
        ...

    def vectors(self, labels: Labels) -> Vectors:
        """Return the vectors of `labels`, `(n, dimension)`, as exact as they are kept; NaN where one is not there."""
        ...

    def labels(self) -> Labels:
        """Return all labels that are alive, sorted."""
        ...

    def count(self) -> int:
        """Return the number of vectors alive."""
        ...

    def close(self) -> None:
        """Release memory; the store is empty afterwards."""
        ...


def write_arrays(folder: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write `arrays`, by name, into `folder`.

    Raises:
        OSError: If one could not be written completely.
    """
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)


def loaded(folder: Path, name: str, mapped: bool = False) -> NDArray[Any]:
    """Return what `write_arrays` wrote; `mapped`, only what is looked at is read, and it can't be changed.

    Raises:
        OSError, ValueError: If it is not there or not an array.
    """
    load = partial(np.load, folder / f"{name}.npy", mmap_mode="r" if mapped else None, allow_pickle=False)
    try:
        array: NDArray[Any] = load()
    except SystemError:
        # WORKAROUND https://github.com/python/cpython/issues/106905 (up to 3.11.7): NumPy parses the header as Python,
        # which now and then fails where another thread does so too.
        array = load()
    return array


def checked(labels: Labels, vectors: Vectors, dimension: int) -> tuple[Labels, Vectors]:
    """Return what was given to `add` as contiguous arrays of the right types.

    Raises:
        ValueError: As `VectorStore.add`.
    """
    labels = np.ascontiguousarray(labels, dtype=np.int64)
    vectors = np.ascontiguousarray(vectors, dtype=np.float32)
    if labels.ndim != 1 or vectors.shape != (len(labels), dimension):
        raise ValueError(f"{labels.shape} labels do not fit {vectors.shape} vectors of dimension {dimension}")
    if len(labels) and labels.min() < 0:
        raise ValueError("a label is negative")
    if not np.isfinite(vectors).all():
        raise ValueError("a vector is not finite")
    return labels, vectors


def best(labels: Labels, scores: Scores, k: int) -> tuple[Labels, Scores]:
    """Return the `k` labels of the highest scores, best first, and those scores; fewer if there are fewer."""
    if k <= 0:
        return labels[:0], scores[:0]
    if k < len(scores):
        top = scores.argpartition(len(scores) - k)[len(scores) - k :]
        labels, scores = labels.take(top), scores.take(top)
    order = scores.argsort()[::-1]
    return labels.take(order), scores.take(order)
