"""A few things that many threads take in turn: whoever has waited longest is served first."""

from __future__ import annotations

import threading
from collections import deque
from queue import SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")


class FairPool(Generic[T]):
    """Things to be taken and put back.

    A thread that puts a thing back and wants one again at once queues up behind those that wait, so that the work of
    one workspace can't keep the others from the readers. Of several things that lie there, the one used last is given.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._there: list[T] = []
        self._waiting: deque[SimpleQueue[T]] = deque()

    def get(self) -> T:
        """Take a thing; wait until there is one."""
        with self._lock:
            if self._there:
                return self._there.pop()
            mine: SimpleQueue[T] = SimpleQueue()
            self._waiting.append(mine)
        return mine.get()

    def put(self, thing: T) -> None:
        """Put a thing there."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().put(thing)
            else:
                self._there.append(thing)
