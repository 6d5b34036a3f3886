"""The graph of a map: which documents are near each other, and how much that binds them.

The weights are those of UMAP (McInnes, Healy and Melville, 2018, sections 3.1 and 3.2): a document is bound to its
nearest neighbour with 1 and to others the less the farther they are, measured by how crowded it is around it; a bond
that both ends have counts for more than one that only one has.
"""

from __future__ import annotations

import math
import os
import threading
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.maps.stopping import check

Points = NDArray[np.float32]
Ids = NDArray[np.int64]

EXACT_UP_TO = 6_000
"""So many points are compared with each other in less time than it takes to sort them into cells."""
_CELLS = 1.5  # times the root of the number of points
_CELLS_LOOKED_AT = 8  # finds 90 of 100 neighbours among 50,000 points
_LEARNT_FROM = 64  # points of each cell
_ROUNDS = 8
_ASKED_AT_ONCE = 4_096
_HALVINGS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Bonds, sorted by their first end; each stands in both directions.

    Attributes:
        begins: Where the bonds of each point begin, `(n,)`; every point has at least one.
        heads: First ends, `(m,)`.
        tails: Second ends, `(m,)`.
        weights: How much each binds, 0 to 1, `(m,)`.
    """

    begins: Ids
    heads: Ids
    tails: Ids
    weights: Points


def neighbour_graph(points: Points, neighbours: int, stop: threading.Event | None = None) -> Graph:
    """Bind every point to about its nearest `neighbours`.

    Args:
        points: `(n, axes)`, at least two.
        neighbours: How many; fewer where there are fewer.
        stop: Breaks it off when it is set.

    Raises:
        Stopped: If it was broken off.
    """
    count, neighbours = len(points), min(neighbours, len(points) - 1)
    distances, found = _nearest(points, neighbours, stop)
    heads = np.repeat(np.arange(count), neighbours)
    tails = found.ravel()
    weights = _weights(distances).ravel()
    check(stop)
    # Each bond in both directions under the same key; where both ends have it, two entries follow each other.
    keys = np.concatenate([heads * count + tails, tails * count + heads])
    order = np.argsort(keys, kind="stable")
    check(stop)
    keys, weights = keys[order], np.concatenate([weights, weights])[order]
    first = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    last = np.concatenate([first[1:], [len(keys)]]) - 1
    one, other = weights[first], np.where(last > first, weights[last], 0)
    keys = keys[first]
    heads, tails = keys // count, keys % count
    begins = np.searchsorted(heads, np.arange(count))
    return Graph(begins, heads, tails, (one + other - one * other).astype(np.float32))


def _nearest(points: Points, neighbours: int, stop: threading.Event | None) -> tuple[Points, Ids]:
    """Return the distances to the nearest of each point and which they are, `(n, neighbours)`, without itself."""
    import faiss  # takes 70 ms to load, which a program that draws no map need not wait for

    count = len(points)
    faiss.omp_set_num_threads(max(1, (os.cpu_count() or 1) - 1))  # of this thread of ours
    index = _index(points)
    check(stop)
    index.add(points)
    found, distances = np.empty((count, neighbours), np.int64), np.empty((count, neighbours), np.float32)
    for begin in range(0, count, _ASKED_AT_ONCE):
        check(stop)
        part = slice(begin, begin + _ASKED_AT_ONCE)
        far, near = index.search(points[part], neighbours + 1)
        own = np.arange(count)[part, np.newaxis]
        # Itself is left out; where many are the same, it may not be among those found, and the last one goes.
        left_out = near == own
        left_out[~left_out.any(axis=1), -1] = True
        near, far = near[~left_out].reshape(-1, neighbours), far[~left_out].reshape(-1, neighbours)
        # Where a cell had too few, a point is bound to itself, which moves nothing.
        missing = near < 0
        found[part] = np.where(missing, own, near)
        distances[part] = np.sqrt(np.maximum(np.where(missing, 0, far), 0))
    return distances, found


def _index(points: Points) -> Any:
    import faiss

    count, axes = points.shape
    if count <= EXACT_UP_TO:
        return faiss.IndexFlatL2(axes)
    cells = int(_CELLS * math.sqrt(count))
    centres = faiss.IndexFlatL2(axes)
    index = faiss.IndexIVFFlat(centres, axes, cells)
    index.cp.niter, index.cp.max_points_per_centroid = _ROUNDS, _LEARNT_FROM
    index.train(points)
    index.nprobe = _CELLS_LOOKED_AT
    return index


def _weights(distances: Points) -> Points:
    """Return exp(-(distance - nearest) / width), with the width at which those of a point add up to log2 of their
    number.
    """
    beyond = distances - distances.min(axis=1, keepdims=True)
    wanted = math.log2(max(distances.shape[1], 2))
    least, most = np.zeros(len(beyond), np.float32), np.full(len(beyond), np.inf, np.float32)
    width = np.maximum(beyond.mean(axis=1), 1e-6).astype(np.float32)
    for _ in range(_HALVINGS):
        too_wide = np.exp(-beyond / width[:, np.newaxis]).sum(axis=1) > wanted
        most, least = np.where(too_wide, width, most), np.where(too_wide, least, width)
        width = np.where(np.isinf(most), np.minimum(2 * width, 1e6), (least + most) / 2).astype(np.float32)
    weights: Points = np.exp(-beyond / np.maximum(width, 1e-9)[:, np.newaxis])
    return weights
