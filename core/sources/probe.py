"""Questions to a disk that may never answer, such as a network folder whose server is gone.

Such a call can't be broken off. So it is made on a thread of its own, which is left behind; while it waits, no second
one is made for the same place.
"""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")
PATIENCE = 10.0


class Probe(Generic[Answer]):
    """Asks one question about places. Safe for concurrent use."""

    def __init__(self, question: Callable[[bytes], Answer], patience: float = PATIENCE) -> None:
        """`patience` is how many seconds an answer may take."""
        self._question = question
        self._patience = patience
        self._lock = threading.Lock()
        self._asked: dict[bytes, _Asked[Answer]] = {}

    def ask(self, place: bytes) -> Answer:
        """Return the answer for a place.

        Raises:
            OSError: The question raised it; with ETIMEDOUT, there is no answer, or an earlier question still waits.
        """
        with self._lock:
            asked = self._asked.get(place)
            patience = 0.0
            if asked is None:
                asked = self._asked[place] = _Asked()
                patience = self._patience
                threading.Thread(target=self._answer, args=(place, asked), name="probe", daemon=True).start()
        if not asked.done.wait(patience):
            raise OSError(errno.ETIMEDOUT, "it does not answer")
        with self._lock:
            if self._asked.get(place) is asked:
                del self._asked[place]
        if asked.error is not None:
            raise asked.error
        return asked.answers[0]

    def _answer(self, place: bytes, asked: _Asked[Answer]) -> None:
        try:
            asked.answers.append(self._question(place))
        except OSError as error:
            asked.error = error
        asked.done.set()


class _Asked(Generic[Answer]):
    def __init__(self) -> None:
        self.done = threading.Event()
        self.answers: list[Answer] = []
        self.error: OSError | None = None
