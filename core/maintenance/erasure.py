"""Erasure: after a deletion, nothing of the text is left in any file of the workspace; not only hidden or marked.

Five places keep what was deleted: segments of the keyword index keep its words until they are merged, the older
snapshot of the vector index keeps the tokens of its passages, and so does the cache those of passages that were
replaced before, or whose removal broke off; the database's log keeps pages as they were, and free pages stay in the
file. Backups are not touched: they are kept for their time.

Writing whole segments and snapshots anew costs as much as the workspace is large. So it is done when nothing else is
to do, once for many deletions, and then not again for a while, unless somebody waits for it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from core.domain.clock import Clock
from core.store.database import Database
from core.store.deletion import Deletion, Owed

REST = 20
"""A pause is so many times as long as the work before it: at most a twentieth of the time goes into this."""
LONGEST_REST = 3600.0
BETWEEN_BATCHES = 2
"""The same between two batches of the keyword index, which compete with searches for the interpreter."""


class Erasure:
    """Erases what deletions have left; the threads that follow the change log call it when they have nothing to do."""

    def __init__(
        self,
        deletion: Deletion,
        databases: Sequence[Database],
        erase_words: Callable[[], bool],
        snapshot: Callable[[], int],
        erase_embeddings: Callable[[], None],
        clock: Clock,
    ) -> None:
        """
        Args:
            deletion: Knows what is owed.
            databases: All databases of the workspace.
            erase_words: Does a part of the work in the keyword index; returns False when nothing is left there.
            snapshot: Writes the vector index; returns the sequence that its older snapshot has.
            erase_embeddings: Takes out of the cache what no passage uses.
            clock: Tells the time.
        """
        self._deletion = deletion
        self._databases = databases
        self._erase_words = erase_words
        self._snapshot = snapshot
        self._erase_embeddings = erase_embeddings
        self._clock = clock
        self._words_erased = -1
        self._worked = 0.0
        self._rests_until = 0.0
        self._hurried = 0
        self._lock = threading.Lock()  # guards the number of those who wait

    def owed(self) -> Owed | None:
        """Return what is still to be erased, or None."""
        return self._deletion.owed()

    @contextmanager
    def hurry(self) -> Iterator[None]:
        """Work without pauses until the end of the context, because somebody waits."""
        with self._lock:
            self._hurried += 1
        try:
            yield
        finally:
            with self._lock:
                self._hurried -= 1

    def step_words(self, applied: int) -> float | None:
        """Do a part of the work in the keyword index; return the seconds until the next, or None if none is left.

        Args:
            applied: How far the keyword index has followed the change log.
        """
        owed = self.owed()
        if owed is None or owed.sequence > applied or self._words_erased >= owed.sequence:
            return None
        rest = self._rest()
        if rest:
            return rest
        began = self._clock.monotonic()
        more = self._erase_words()
        seconds = self._clock.monotonic() - began
        self._worked += seconds
        if not more:
            self._words_erased = owed.sequence
            return None
        return 0.0 if self._hurried else BETWEEN_BATCHES * seconds

    def step_rest(self, applied: int) -> float | None:
        """Do the rest, when the keyword index is done; return the seconds until the next try, or None.

        Args:
            applied: How far the vector index has followed the change log.
        """
        owed = self.owed()
        if owed is None or owed.sequence > min(applied, self._words_erased):
            return None
        began = self._clock.monotonic()
        if owed.passages:
            for _ in range(2):
                if self._snapshot() >= owed.passages:
                    break
            # By the thread that fills the cache, and behind the deletion in the log: nothing is on its way there.
            self._erase_embeddings()
        done = [database.vacuum() for database in self._databases]
        if all(done):
            self._deletion.erased(owed)
        now = self._clock.monotonic()
        self._worked += now - began
        self._rests_until = now + min(LONGEST_REST, REST * self._worked)
        self._worked = 0.0
        return None if all(done) else 1.0

    def _rest(self) -> float:
        return 0.0 if self._hurried or self._worked else max(0.0, self._rests_until - self._clock.monotonic())
