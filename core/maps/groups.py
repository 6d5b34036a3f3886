"""Groups of documents that stand together on a map, to be named."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from core.maps.graph import Points

_FEWEST = 40  # documents of a map; of fewer, their own names say more
_LEAST = 8  # documents of a group; fewer have no words in common by more than chance
_MOST_GROUPS = 14  # more names than that are no help
_ROUNDS = 12
_SEED = 7


def groups(places: Points) -> list[NDArray[np.int64]]:
    """Return the rows of each group, those nearest to its middle first; the largest group comes first.

    Args:
        places: `(n, 2)`.
    """
    if len(places) < _FEWEST:
        return []
    import faiss  # as for the graph

    count = min(_MOST_GROUPS, int(math.sqrt(len(places) / 2)))
    clusters = faiss.Kmeans(2, count, niter=_ROUNDS, seed=_SEED, min_points_per_centroid=1)
    clusters.train(np.ascontiguousarray(places))
    distances, nearest = clusters.index.search(places, 1)
    found = []
    for group in range(count):
        rows = np.flatnonzero(nearest[:, 0] == group)
        if len(rows) >= _LEAST:
            found.append(rows[np.argsort(distances[rows, 0], kind="stable")])
    return sorted(found, key=len, reverse=True)
