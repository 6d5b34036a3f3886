"""When the vector index is written to disk, and how much of the change log is still needed.

A snapshot writes the whole index, and what is in none is replayed from the log when the workspace opens. Measured with
256 components: writing costs 5 to 7 µs a vector, replaying 0.3 to 1 ms a change, behind searches that go on. So a
snapshot is worth its while when more than one in a hundred vectors has changed.
"""

from __future__ import annotations

import threading

from core.domain.clock import Clock
from core.indexing.meaning import MeaningFollower
from core.indexing.words import WordsFollower
from core.store.changes import Changes

AFTER_CHANGES = 5_000
AFTER_SHARE = 1 / 8  # of the vectors: filling an index of any size writes nine times its size in all
WORTHWHILE_SHARE = 1 / 100
IDLE_SECONDS = 600.0
RETRY_SECONDS = 600.0


class Snapshots:
    """Writes the vector index of one workspace, and trims the log, when it is time."""

    def __init__(self, meaning: MeaningFollower, words: WordsFollower, changes: Changes, clock: Clock) -> None:
        self._meaning = meaning
        self._words = words
        self._changes = changes
        self._clock = clock
        self._writing = threading.Lock()
        self._seen = meaning.applied  # when it was last looked at, and at what time it was first found there
        self._since = clock.monotonic()
        self._not_before = self._since

    def step(self) -> float | None:
        """Write if much has changed, or if nothing more has for ten minutes.

        Returns:
            The seconds after which to look again; None if there is nothing to wait for.

        Raises:
            SnapshotFailed: If it was time and could not be done; it is tried again after ten minutes.
        """
        now = self._clock.monotonic()
        if self._meaning.applied != self._seen:
            self._seen, self._since = self._meaning.applied, now
        if not self._worthwhile():
            return None
        due = max(self._not_before, self._since + IDLE_SECONDS)
        if self._meaning.unsaved >= max(AFTER_CHANGES, self._meaning.count() * AFTER_SHARE):
            due = self._not_before
        if now < due:
            return due - now
        self.write()
        return None

    def write_if_worthwhile(self) -> None:
        """Write unless so little has changed that replaying it is quicker.

        Raises:
            SnapshotFailed: As `write`.
        """
        if self._worthwhile():
            self.write()

    def write(self) -> int:
        """Write, and trim the log; return the sequence that the older of the two snapshots has.

        Raises:
            SnapshotFailed: If it could not be done; what was written before is untouched.
        """
        with self._writing:
            self._not_before = self._clock.monotonic() + RETRY_SECONDS
            oldest = self._meaning.snapshot()
            self._not_before = self._clock.monotonic()
            self._changes.trim(min(oldest, self._words.applied))
            return oldest

    def _worthwhile(self) -> bool:
        return self._meaning.unsaved > self._meaning.count() * WORTHWHILE_SHARE
