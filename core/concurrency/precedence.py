"""Who comes first: work behind the scenes gives way while somebody waits for an answer.

Python's interpreter lock goes from thread to thread every 5 ms. A search lets it go a dozen times, and beside a thread
that is busy in Python it waits up to 5 ms each time to get it back. So work that can wait stands still meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
LONGEST_SECONDS = 0.05
"""However many searches follow each other, work goes on after so long."""


class Precedence:
    """Searches come first, for as long as they take; work goes on between them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._searches = 0
        self._nobody = threading.Event()
        self._nobody.set()

    @contextmanager
    def first(self) -> Iterator[None]:
        """Let work stand still until the end of the context."""
        with self._lock:
            self._searches += 1
            self._nobody.clear()
        try:
            yield
        finally:
            with self._lock:
                self._searches -= 1
                if not self._searches:
                    self._nobody.set()

    def give_way(self) -> None:
        """Wait while a search is under way, but not for ever; costs nothing otherwise.

        To be called between small pieces of work, by a thread that holds nothing that a search needs.
        """
        if self._searches:
            self._nobody.wait(LONGEST_SECONDS)

    def paced(self, pieces: Iterable[T]) -> Iterator[T]:
        """Give the pieces one after the other, and way before each."""
        for piece in pieces:
            self.give_way()
            yield piece
