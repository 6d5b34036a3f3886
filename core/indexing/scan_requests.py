"""Which sources are to be looked at, and where: one folder if that is enough."""

from __future__ import annotations

import os
import threading


class ScanRequests:
    """Folders that were asked for and not looked at yet, by source; kept in memory only.

    What is not known here is looked at as a whole, so that nothing is missed after a restart. Every request goes
    through here before its job is queued, or a narrow one would be taken for all of them.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._folders: dict[int, bytes | None] = {}

    def add(self, source_id: int, folder: bytes | None) -> None:
        """Ask for a look at a folder, or at the whole source."""
        with self._lock:
            other = self._folders.get(source_id, folder)
            together = None if folder is None or other is None else os.path.commonpath((folder, other))
            self._folders[source_id] = together

    def take(self, source_id: int) -> bytes | None:
        """Return the folder that holds all that was asked for, None for the whole source, and forget it."""
        with self._lock:
            return self._folders.pop(source_id, None)
