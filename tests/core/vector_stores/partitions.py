"""Partitions that several tests fill, and what they must then hold."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from core.domain.window import WindowTokens
from core.vector_stores import VectorPartition
from core.vector_stores.base import Labels
from core.vector_stores.disk import Disk
from tests.core.vector_stores.oracle import Plain, clustered

DIMENSION = 48
LARGE = 100  # a limit that makes graphs of the tests' collections
VECTORS = clustered(2_000, DIMENSION)
TABLE = clustered(50, DIMENSION, 7)


def partition(folder: Path, limit: int = 10_000, disk: Disk | None = None, **other: str) -> VectorPartition:
    identity = {"model_id": "model", "workspace_id": "workspace"} | other
    return VectorPartition(folder, dimension=DIMENSION, exact_limit=limit, disk=disk, **identity)


def fill(store: VectorPartition, begin: int, end: int) -> Labels:
    """Add vectors and windows `begin` to `end`."""
    labels = np.arange(begin, end)
    store.add(labels, VECTORS[begin:end])
    store.windows.add(labels, [tokens(label) for label in labels.tolist()])
    return labels


def tokens(label: int) -> WindowTokens:
    return WindowTokens(np.full(5, label % 50, dtype=np.uint16), 0, np.array([5], dtype=np.float16))


def plain(*spans: tuple[int, int]) -> Plain:
    made = Plain()
    for begin, end in spans:
        made.add(np.arange(begin, end), VECTORS[begin:end])
    return made


def holds(store: VectorPartition, wanted: Plain) -> None:
    """Assert that vectors and windows are those of `wanted`."""
    assert store.labels().tolist() == wanted.labels() == store.windows.labels().tolist()
    for query in clustered(3, DIMENSION, 5):
        wanted.holds(store, query, 12)
    asked = np.array(wanted.labels()[:20], dtype=np.int64)
    np.testing.assert_allclose(store.windows.best(TABLE[0], TABLE, asked), TABLE[asked % 50] @ TABLE[0], atol=2e-3)


def two_generations(folder: Path, limit: int) -> None:
    """Write generation 1 with 300 vectors at sequence 7 and generation 2 with 400 at sequence 9."""
    store = partition(folder, limit)
    assert store.open() == 0
    fill(store, 0, 300)
    store.grow()
    store.snapshot(7)
    fill(store, 300, 400)
    store.snapshot(9)
