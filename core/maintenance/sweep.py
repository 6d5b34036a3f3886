"""The sweep: purges what has expired. A search hides it at the very moment; this gives the space back.

What a chat was given goes at once: it was a copy for a day, and whoever gave it expects it to be gone. What was added
to a workspace with a time to live waits a while longer, so that a mistake in that time can be mended.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from core.domain.change import Receipt
from core.maintenance.removal import Removal
from core.maintenance.trusted_time import TrustedTime
from core.store.documents import Documents

AT_ONCE = 2000
REST = 2.0
"""The sweep rests so many times as long as it worked, because searches share the interpreter with it."""


class Sweep:
    """Looks for expired documents when it is told to."""

    def __init__(
        self,
        documents: Documents,
        removal: Removal,
        trusted: TrustedTime,
        delay: Callable[[], float],
        tell: Callable[[Receipt], None],
    ) -> None:
        """`delay` gives how many seconds a document of the workspace is kept after it has expired."""
        self._documents = documents
        self._removal = removal
        self._trusted = trusted
        self._delay = delay
        self._tell = tell

    def step(self) -> float | None:
        """Purge one batch; return the seconds until the next while there may be more, else None.

        Nothing is purged while the clock is in doubt.
        """
        began = time.perf_counter()
        receipt = self._purge(self._delay())
        if receipt is None:
            return None
        self._tell(receipt)
        return REST * (time.perf_counter() - began)

    def run(self, *, at_once: bool) -> list[Receipt]:
        """Purge everything that is due, or at once everything that has expired by now, and return the receipts."""
        receipts = []
        while receipt := self._purge(0.0 if at_once else self._delay()):
            receipts.append(receipt)
            self._tell(receipt)
        return receipts

    def next_due(self) -> float | None:
        """Return when there is something to purge next (seconds since 1970), or None where nothing ever expires."""
        return self._documents.next_purge(self._delay())

    def _purge(self, delay: float) -> Receipt | None:
        if self._documents.next_expiry() is None:
            return None  # nothing is written where nothing ever expires
        now = self._trusted.now()
        if now is None:
            return None
        expired = self._documents.expired(now, AT_ONCE, delay)
        return self._removal.expire(expired, now) if expired else None
