"""Time, passed in so that tests can move it."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, Protocol


class Clock(Protocol):
    """Tells the time.

    `wall` can jump (the user sets the clock); the others can't. All are seconds. `monotonic` stands still while the
    computer sleeps, where the system has a clock that does; `elapsed` goes on.
    """

    def wall(self) -> float: ...

    def monotonic(self) -> float: ...

    def elapsed(self) -> float: ...


class SystemClock:
    """The computer's own clocks."""

    def wall(self) -> float:
        return time.time()

    def monotonic(self) -> float:
        return time.monotonic()

    def elapsed(self) -> float:
        if sys.platform == "linux":
            return time.clock_gettime(time.CLOCK_BOOTTIME)
        if sys.platform == "darwin":
            # Python's own monotonic clock sleeps with the computer there.
            return time.clock_gettime(time.CLOCK_MONOTONIC)
        return time.monotonic()


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """Why deletion does not trust the clock.

    Attributes:
        direction: Whether the clock seems to be `ahead` of the real time, or `behind`.
        expected: The time that it should show, as far as that can be known (UTC).
        shown: The time that it shows (UTC).
    """

    direction: Literal["ahead", "behind"]
    expected: datetime
    shown: datetime

    @property
    def message(self) -> str:
        """Return it as one sentence."""
        return (
            f"The computer's clock shows {self.shown:%Y-%m-%d %H:%M}, but {self.expected:%Y-%m-%d %H:%M} or later was"
            " expected; what has expired is hidden, but not deleted."
        )


def moment(seconds: float) -> datetime:
    """Return the UTC time of `seconds` since 1970."""
    return datetime.fromtimestamp(seconds, UTC)


def optional_moment(seconds: float | None) -> datetime | None:
    """Return the UTC time of `seconds` since 1970, or None."""
    return None if seconds is None else moment(seconds)
