"""A clock for the flats: when is the next low water, and may a group still go out?

The hanging clock in the porter's room runs on this module. It knows only the two strongest parts of the tide at Tarnwick,
the pull of the moon (M2) and that of the sun (S2). That is good to about twelve minutes and ten centimetres in quiet
weather. Wind from the north-west holds the water back for up to forty minutes; no formula here knows of it, so the porter
looks out of the window as well.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

# Hours between two high waters, for the moon's and the sun's part.
MOON_PERIOD = 12.4206012
SUN_PERIOD = 12.0

# From a least-squares fit to the gauge at the ferry pier, 1 January 2022 to 31 December 2024, in metres above chart zero.
MEAN_LEVEL = 1.42
MOON_HEIGHT = 0.98
SUN_HEIGHT = 0.31

# A high water at which moon and sun pulled together: a spring tide that the fit was anchored to.
SPRING_TIDE = datetime(2024, 3, 11, 13, 24, tzinfo=timezone.utc)

# The rule of the Station: out two hours before low water, home by low water.
DEPARTURE = timedelta(hours=2)


@dataclass(frozen=True)
class LowWater:
    """A low water: when it comes and how high the sea still stands, in metres."""

    time: datetime
    height: float


def height(moment: datetime) -> float:
    """Return the height of the sea at `moment`, in metres above chart zero."""
    hours = (moment - SPRING_TIDE).total_seconds() / 3600
    moon = MOON_HEIGHT * math.cos(2 * math.pi * hours / MOON_PERIOD)
    sun = SUN_HEIGHT * math.cos(2 * math.pi * hours / SUN_PERIOD)
    return MEAN_LEVEL + moon + sun


def next_low_water(after: datetime) -> LowWater:
    """Return the first low water later than `after`, found to the minute by walking down the curve."""
    minute = timedelta(minutes=1)
    moment = after
    falling = height(moment + minute) < height(moment)
    while True:
        moment += minute
        now_falling = height(moment + minute) < height(moment)
        if falling and not now_falling:
            return LowWater(moment, round(height(moment), 2))
        falling = now_falling


def may_go_out(now: datetime) -> bool:
    """Say whether a group may leave for the flats now: within the last two hours before low water, never after it."""
    low = next_low_water(now)
    return low.time - DEPARTURE <= now < low.time


def is_spring_tide(day: datetime) -> bool:
    """Say whether the range of the tide on `day` is within a tenth of the greatest that moon and sun can make."""
    levels = [height(day + timedelta(minutes=10 * step)) for step in range(150)]
    return max(levels) - min(levels) > 0.9 * 2 * (MOON_HEIGHT + SUN_HEIGHT)


def porter_sentence(now: datetime) -> str:
    """Return the sentence that the clock shows below its hands."""
    low = next_low_water(now)
    wait = low.time - now
    hours, minutes = divmod(int(wait.total_seconds()) // 60, 60)
    advice = "You may go out." if may_go_out(now) else "Stay ashore, or have a coffee."
    return f"Low water in {hours} h {minutes} min, at {low.height:.2f} m. {advice}"
