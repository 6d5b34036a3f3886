"""How fast documents are read, measured, for an honest time left."""

from __future__ import annotations

import threading
from collections import deque

from core.domain.clock import Clock

WINDOW_SECONDS = 60.0
LEAST_SECONDS = 2.0


class Pace:
    """Counts documents over the last minute."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._begun: float | None = None
        self._finished: deque[tuple[float, int]] = deque()

    def done(self, documents: int) -> None:
        """Record that so many documents were finished now."""
        now = self._clock.monotonic()
        with self._lock:
            if self._begun is None or (self._finished and now - self._finished[-1][0] > WINDOW_SECONDS):
                # A new batch of work after a rest: the rest says nothing about the speed.
                self._begun = now
                self._finished.clear()
            self._finished.append((now, documents))

    def seconds_left(self, waiting: int) -> float | None:
        """Return the estimate for `waiting` documents, or None where too little was measured."""
        now = self._clock.monotonic()
        with self._lock:
            while self._finished and now - self._finished[0][0] > WINDOW_SECONDS:
                self._begun = self._finished.popleft()[0]
            if self._begun is None or now - self._begun < LEAST_SECONDS:
                return None
            finished = sum(number for _, number in self._finished)
            return waiting * (now - self._begun) / finished if finished else None
