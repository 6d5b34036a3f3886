"""How long reading some files will take, from how long others took on this machine."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from core.domain.source import KindCount
from core.store.paces import Paces, ReadFiles

LEAST_FILES = 5
"""Files of a kind from which something can be said of it."""
LEAST_SHARE = 0.8
"""Share of the files that must be of kinds of which something can be said."""
_NONE = ReadFiles(0, 0, 0.0)


class Estimate:
    """Sums up what the readers took, and tells what other files will take."""

    def __init__(self, paces: Paces, readers: int) -> None:
        """`readers` is how many files are read at the same time."""
        self._paces = paces
        self._readers = readers
        self._lock = threading.Lock()
        self._new: dict[str, ReadFiles] = {}
        # The first files wait for the start of the readers.
        self._ignored = 2 * readers

    def read(self, kind: str, size: int, seconds: float) -> None:
        """Note that one file was read."""
        with self._lock:
            if self._ignored:
                self._ignored -= 1
                return
            self._new[kind] = self._new.get(kind, _NONE).plus(ReadFiles(1, size, seconds))

    def keep(self) -> None:
        """Store what was noted.

        Raises:
            StorageFailed: If it can't be stored; it is noted still.
        """
        with self._lock:
            if self._new:
                self._paces.add(self._new)
                self._new = {}

    def seconds(self, kinds: Mapping[str, KindCount]) -> float | None:
        """Return how long reading these files will take, or None where too little is known of such files.

        A file takes as long as those of its kind took in the mean; longer where the files are larger than those, but
        never less: what is small has its costs, too.
        """
        with self._lock:
            stored, new = self._paces.all(), dict(self._new)
        sums = {kind: stored.get(kind, _NONE).plus(new.get(kind, _NONE)) for kind in kinds}
        known = {kind: each for kind, each in sums.items() if each.files >= LEAST_FILES}
        files = sum(count.files for count in kinds.values())
        of_known = sum(count.files for kind, count in kinds.items() if kind in known)
        if not files or of_known < LEAST_SHARE * files:
            return None
        seconds = sum(_seconds(count, known[kind]) for kind, count in kinds.items() if kind in known)
        return seconds * files / of_known / self._readers


def _seconds(count: KindCount, known: ReadFiles) -> float:
    larger = (count.bytes / max(1, count.files)) / max(1.0, known.bytes / known.files)
    return count.files * known.seconds / known.files * max(1.0, larger)
