"""Time, passed in so that tests can move it."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time.

    `wall` can jump (the user sets the clock); `monotonic` can't. Both are seconds.
    """

    def wall(self) -> float: ...

    def monotonic(self) -> float: ...


class SystemClock:
    """The computer's own clocks."""

    def wall(self) -> float:
        return time.time()

    def monotonic(self) -> float:
        return time.monotonic()


def moment(seconds: float) -> datetime:
    """Return the UTC time of `seconds` since 1970."""
    return datetime.fromtimestamp(seconds, UTC)


def optional_moment(seconds: float | None) -> datetime | None:
    """Return the UTC time of `seconds` since 1970, or None."""
    return None if seconds is None else moment(seconds)
