"""Sources that are looked at before a file counts as gone from another one, because it may have moved there."""

from __future__ import annotations

from core.domain.source import Source
from core.store.sources import Sources


class Siblings:
    """Knows which looks are still awaited; used under the lock of the scans."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._awaited: dict[int, set[int]] = {}

    def must_come_first(self, source: Source, lost: bool, fresh: bool) -> set[int]:
        """Return the sources to be looked at before what was lost from `source` is judged.

        Args:
            source: The source.
            lost: Whether anything is gone from it.
            fresh: Whether some of that was still there at the look before; then all others are looked at once more.
        """
        awaited = self._awaited.pop(source.id, None)
        if not lost:
            return set()
        watched = {
            each.id
            for each in self._sources.all()
            if each.id != source.id and each.scope == source.scope and each.watch and each.state == "active"
        }
        left = watched if awaited is None or fresh else awaited & watched
        if left:
            self._awaited[source.id] = left
        return left

    def awaited(self, source_id: int) -> bool:
        """Tell whether others are to be looked at before a source is judged."""
        return bool(self._awaited.get(source_id))

    def looked_at(self, source_id: int) -> list[int]:
        """Take note of a look at a whole source; return those that waited for it alone and can be judged now."""
        ready = []
        for waiting, awaited in self._awaited.items():
            if source_id in awaited:
                awaited.discard(source_id)
                if not awaited:
                    ready.append(waiting)
        return ready
