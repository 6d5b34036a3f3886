"""The time up to which deletion may trust the clock: a clock that is wrong must not delete what has not expired.

The wall clock is compared with one that nobody can set, and with the last time that this workspace has seen. Where they
disagree by much, nothing is deleted until the clock is right again or a person confirms it. What has expired is hidden
meanwhile: searches ask the wall clock alone.
"""

from __future__ import annotations

import json
import threading
from typing import Literal

from core.domain.clock import Clock, ClockDoubt, moment
from core.store.facts import Facts

DRIFT_SECONDS = 24 * 3600.0
"""A clock that is set right, by hand or from the network, moves by less than a day in a run of the program."""
BACK_SECONDS = 3600.0
AWAY_SECONDS = 30 * 24 * 3600.0
"""A computer that was off for longer asks once; a clock that lost its battery is off by years."""
NOTED_EVERY = 3600.0
_SEEN, _DOUBT = "clock seen", "clock doubt"


class TrustedTime:
    """Judges the clock of one workspace. Safe for concurrent use."""

    def __init__(self, facts: Facts, clock: Clock) -> None:
        self._facts = facts
        self._clock = clock
        self._lock = threading.Lock()
        self._begin: tuple[float, float] | None = None  # wall and elapsed, when they were first believed in this run

    def now(self) -> float | None:
        """Return the time up to which what has expired may be deleted, or None while the clock is in doubt.

        It is the slower of the two clocks, so that no jump forward, however small, deletes early in a run.
        """
        with self._lock:
            wall, elapsed = self._clock.wall(), self._clock.elapsed()
            doubt = self._judge(wall, elapsed)
            if doubt is not None or self._begin is None:
                return None
            trusted = min(wall, self._begin[0] + elapsed - self._begin[1])
            seen = self._seen()
            if seen is None or trusted >= seen + NOTED_EVERY:
                self._facts.put(_SEEN, repr(trusted))
            return trusted

    def doubt(self) -> ClockDoubt | None:
        """Return why nothing is deleted, or None."""
        with self._lock:
            return self._judge(self._clock.wall(), self._clock.elapsed())

    def confirm(self) -> None:
        """Believe the wall clock as it is now, because a person says that it is right."""
        with self._lock:
            wall = self._clock.wall()
            self._begin = wall, self._clock.elapsed()
            self._facts.put(_SEEN, repr(wall))
            self._facts.put(_DOUBT, "")

    def _judge(self, wall: float, elapsed: float) -> ClockDoubt | None:
        """Compare the clocks; what is doubted is recorded, so that a restart does not believe it."""
        seen = self._seen()
        recorded = self._recorded()
        if self._begin is None:
            doubt = self._still(recorded, seen, wall) or self._judge_first(seen, wall)
        else:
            doubt = self._judge_run(self._begin, seen, wall, elapsed)
        if doubt is None:
            if self._begin is None:
                self._begin = wall, elapsed
            if recorded is not None:
                self._facts.put(_DOUBT, "")
        elif recorded is None or recorded[0] != doubt.direction:
            self._facts.put(_DOUBT, json.dumps([doubt.direction, wall]))
        return doubt

    def _still(
        self, recorded: tuple[Literal["ahead", "behind"], float] | None, seen: float | None, wall: float
    ) -> ClockDoubt | None:
        """Return the doubt of an earlier run, unless the clock has obviously been set right since."""
        if recorded is None or seen is None:
            return None
        direction, doubted = recorded
        if direction == "behind" or wall < doubted - BACK_SECONDS:
            return None
        return ClockDoubt(direction, moment(seen), moment(wall))

    def _judge_first(self, seen: float | None, wall: float) -> ClockDoubt | None:
        if seen is not None and wall < seen - BACK_SECONDS:
            return ClockDoubt("behind", moment(seen), moment(wall))
        if seen is not None and wall > seen + AWAY_SECONDS:
            return ClockDoubt("ahead", moment(seen), moment(wall))
        return None

    def _judge_run(
        self, begin: tuple[float, float], seen: float | None, wall: float, elapsed: float
    ) -> ClockDoubt | None:
        expected = begin[0] + elapsed - begin[1]
        if wall - expected > DRIFT_SECONDS:
            return ClockDoubt("ahead", moment(expected), moment(wall))
        if expected - wall > DRIFT_SECONDS or (seen is not None and wall < seen - BACK_SECONDS):
            return ClockDoubt("behind", moment(expected), moment(wall))
        return None

    def _seen(self) -> float | None:
        value = self._facts.get(_SEEN)
        return None if value is None else float(value)

    def _recorded(self) -> tuple[Literal["ahead", "behind"], float] | None:
        value = self._facts.get(_DOUBT)
        if not value:
            return None
        direction, wall = json.loads(value)
        return direction, wall
