"""Gathers many hints that something changed into one request to look, once it is quiet or has waited long enough."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass


@dataclass(slots=True)
class _Dirty:
    first: float
    last: float
    folder: bytes | None


class Debouncer:
    """Knows which sources are dirty, and when they are due; it has no thread and no clock of its own.

    All sides of a move fall into one request, because what is asked for is the deepest folder that holds every change.
    """

    def __init__(self, quiet: float, longest: float) -> None:
        """A source is due `quiet` seconds after the last hint, and at the latest `longest` after the first."""
        self._quiet = quiet
        self._longest = longest
        self._dirty: dict[int, _Dirty] = {}

    def mark(self, source_id: int, folder: bytes | None, now: float) -> bool:
        """Take note of a change in a folder, or None for anywhere; return whether the source was clean before."""
        dirty = self._dirty.get(source_id)
        if dirty is None:
            self._dirty[source_id] = _Dirty(now, now, folder)
            return True
        dirty.last = now
        if dirty.folder is not None:
            dirty.folder = None if folder is None else os.path.commonpath((dirty.folder, folder))
        return False

    def forget(self, source_id: int) -> None:
        """Drop what is known of a source."""
        self._dirty.pop(source_id, None)

    def take(self, now: float) -> list[tuple[int, bytes | None]]:
        """Return the sources that are due, with the folder to look at or None for all of it; they are clean then."""
        due = [(source_id, dirty.folder) for source_id, dirty in self._dirty.items() if self._due(dirty) <= now]
        for source_id, _ in due:
            del self._dirty[source_id]
        return due

    def next_due(self) -> float:
        """Return when the next source is due, if nothing else happens; infinity if all are clean."""
        return min((self._due(dirty) for dirty in self._dirty.values()), default=math.inf)

    def _due(self, dirty: _Dirty) -> float:
        return min(dirty.last + self._quiet, dirty.first + self._longest)
