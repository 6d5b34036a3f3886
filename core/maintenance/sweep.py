"""The sweep: purges what has expired. A search hides it at the very moment; this gives the space back."""

from __future__ import annotations

from collections.abc import Callable

from core.domain.change import Receipt
from core.domain.clock import Clock
from core.maintenance.removal import BATCH, Removal
from core.store.documents import Documents


class Sweep:
    """Looks for expired documents when it is told to."""

    def __init__(self, documents: Documents, removal: Removal, clock: Clock, tell: Callable[[Receipt], None]) -> None:
        self._documents = documents
        self._removal = removal
        self._clock = clock
        self._tell = tell

    def step(self) -> float | None:
        """Purge one batch; return 0 while there may be more, else None."""
        expired = self._documents.expired(self._clock.wall(), BATCH)
        if not expired:
            return None
        self._tell(self._removal.remove(expired, "expired"))
        return 0.0

    def run(self) -> list[Receipt]:
        """Purge everything that has expired by now, and return the receipts."""
        receipts = []
        while expired := self._documents.expired(self._clock.wall(), BATCH):
            receipts.append(self._removal.remove(expired, "expired"))
            self._tell(receipts[-1])
        return receipts
