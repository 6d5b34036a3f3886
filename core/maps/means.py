"""One vector for each document: the mean of those of its passages."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]

SUMMED_AT_ONCE = 1_000
"""Passages that NumPy adds up before it gives back the interpreter: two milliseconds."""


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
    documents, rows = np.unique(owners, return_inverse=True)
    sums = np.zeros((len(documents), found.shape[1]), np.float32)
    for begin in range(0, len(found), SUMMED_AT_ONCE):
        part = slice(begin, begin + SUMMED_AT_ONCE)
        own = rows[part]
        begins = np.flatnonzero(np.concatenate([[True], own[1:] != own[:-1]]))
        sums[own[begins]] += np.add.reduceat(found[part], begins, axis=0)
    sums /= np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    return documents, sums
