"""What a search may see, worked out from filters and scopes, and kept for the next keystroke."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain.query import Filter
from core.store.filters import Filters

KEPT = 16
Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """What a search may see.

    Attributes:
        scopes: The scopes; at least one.
        documents: Sorted ids of the only documents allowed, or None for all of the scopes.
        chunks: Sorted ids of the passages of `documents`, or None with it.
    """

    scopes: tuple[str, ...]
    documents: Ids | None = None
    chunks: Ids | None = None


class Reaches:
    """Works out reaches; the last few are kept as long as nothing changed in the workspace."""

    def __init__(self, filters: Filters, sequence: Callable[[], int]) -> None:
        """`sequence` gives the last sequence of the change log."""
        self._filters = filters
        self._sequence = sequence
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[int, tuple[Filter, ...], tuple[str, ...]], Reach] = OrderedDict()

    def of(self, filters: Sequence[Filter], scopes: Sequence[str]) -> Reach:
        """Return the reach of a search.

        Raises:
            InvalidQuery: If a filter can't be understood.
        """
        # A partition of the vector index holds all scopes of a kind, so sessions are told apart by their documents.
        whole = all(":" not in scope for scope in scopes)
        if not filters and whole:
            return Reach(tuple(scopes))
        key = (self._sequence(), tuple(filters), tuple(scopes))
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        documents = self._filters.documents(filters, scopes)
        reach = Reach(tuple(scopes), documents, self._filters.chunks(documents))
        with self._lock:
            self._kept[key] = reach
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return reach
