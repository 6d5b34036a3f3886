"""One vector for each document: the mean of those of its passages."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]


def mean_vectors(owners: Ids, passages: Ids, vectors: Callable[[Ids], Vectors]) -> tuple[Ids, Vectors]:
    """Return the documents of which at least one passage has a vector, sorted, and the unit vector of each.

    Args:
        owners: The document of each passage, sorted.
        passages: The passages.
        vectors: Gives the vectors of passages; NaN where there is none.
    """
    found = vectors(passages)
    there = ~np.isnan(found[:, 0])
    owners, found = owners[there], found[there]
    if not len(owners):
        return owners, found
    begins = np.flatnonzero(np.concatenate([[True], owners[1:] != owners[:-1]]))
    sums = np.add.reduceat(found, begins, axis=0)
    sums /= np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    return owners[begins], sums
