"""Keeps count of how workspaces are used. A search only adds one in memory; it is written when there is time."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta

from core.domain.clock import Clock
from core.domain.usage import Holdings, UsageDay
from core.store.usage import UsageRows

EVERY_SECONDS = 3600.0


class Usage:
    """Counts searches, and notes what workspaces hold, at most once an hour unless it is asked for.

    What is not written when the program is killed is lost: some searches of the last minutes.
    """

    def __init__(self, rows: UsageRows, clock: Clock) -> None:
        self._rows = rows
        self._clock = clock
        self._lock = threading.Lock()
        self._writing = threading.Lock()  # so that whoever asks waits for what another thread has taken to write
        self._searches: Counter[tuple[str, date]] = Counter()
        self._last: dict[str, str] = {}

    def searched(self, workspace_id: str, query: str) -> None:
        """Count a search. The same query again is none: a window looks again while documents are read."""
        query = " ".join(query.split())
        with self._lock:
            if self._last.get(workspace_id) != query:
                self._last[workspace_id] = query
                self._searches[workspace_id, self._today()] += 1

    def write(self) -> None:
        """Write what was counted.

        Raises:
            StorageFailed: If it can't be written; it is kept for the next time.
        """
        with self._writing:
            with self._lock:
                counted, self._searches = self._searches, Counter()
            if not counted:
                return
            try:
                self._rows.add_searches(counted)
            except BaseException:
                with self._lock:
                    self._searches.update(counted)
                raise

    def note(self, workspace_id: str, holdings: Holdings) -> None:
        """Note what a workspace holds today."""
        self._rows.note(workspace_id, self._today(), holdings, self._clock.wall())

    def note_if_due(self, workspace_id: str, holdings: Callable[[], Holdings]) -> None:
        """Note it if that was not done for an hour."""
        if abs(self._clock.wall() - self._rows.looked_at(workspace_id)) >= EVERY_SECONDS:
            self.note(workspace_id, holdings())

    def days(self, workspace_id: str, days: int) -> list[UsageDay]:
        """Return the last days, today's last, of which anything is known."""
        self.write()
        return self._rows.days(workspace_id, self._today() - timedelta(days=days - 1))

    def _today(self) -> date:
        # The day begins where the person is.
        return datetime.fromtimestamp(self._clock.wall()).astimezone().date()
