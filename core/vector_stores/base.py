"""The protocol of a vector store: labelled unit vectors, searched by inner product."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Labels = NDArray[np.int64]
Scores = NDArray[np.float32]


class VectorStore(Protocol):
    """Keeps unit vectors under labels (chunk ids, never used twice) and finds the nearest.

    Safe for concurrent use: many threads may search while one adds or deletes.
    """

    dimension: int

    def add(self, labels: Labels, vectors: Vectors) -> None:
        """Add `vectors` `(n, dimension)` under `labels` `(n,)`; a label that is there already is left as it is."""
        ...

    def delete(self, labels: Labels) -> int:
        """Delete the labels that are there; return how many were."""
        ...

    def search(self, vector: Vectors, k: int, allowed: Labels | None = None) -> tuple[Labels, Scores]:
        """Return the best min(k, alive) labels and their cosines, best first.

        `allowed`, if given, is a sorted array of the only labels that may be returned.
        """
        ...

    def scores(self, vector: Vectors, labels: Labels) -> Scores:
        """Return the cosine of `vector` with each of `labels`; NaN where a label is not there."""
        ...

    def labels(self) -> Labels:
        """Return all labels that are alive, sorted."""
        ...

    def count(self) -> int:
        """Return the number of vectors alive."""
        ...

    def save(self, folder: Path) -> None:
        """Write the store's files into an empty folder."""
        ...

    def close(self) -> None:
        """Release memory and files; the store can't be used afterwards."""
        ...
