"""Vector stores: exact and approximate search by meaning, and the partitions that the engine keeps its vectors in."""

from __future__ import annotations

from core.vector_stores.base import VectorStore
from core.vector_stores.generations import SnapshotFailed
from core.vector_stores.partition import VectorPartition
from core.vector_stores.windows import WindowStore

__all__ = ["SnapshotFailed", "VectorPartition", "VectorStore", "WindowStore"]
