"""Days of a workspace as bars: one for each day or each month, with gaps where nothing is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from core.domain.health import Part
from core.domain.usage import UsageDay

PARTS = (Part.TRUTH, Part.WORDS, Part.VECTORS, Part.CACHE, Part.BACKUPS)
"""In the order in which they are stacked, from below."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One day or month.

    Attributes:
        first: Its first day.
        parts: What is stacked, from below; empty where nothing is known.
    """

    first: date
    parts: tuple[float, ...]

    @property
    def height(self) -> float:
        """Return the sum of its parts."""
        return sum(self.parts)


Figure = Callable[[Sequence[UsageDay]], tuple[float, ...]]


def searches(days: Sequence[UsageDay]) -> tuple[float, ...]:
    """Return how often was searched on some days."""
    return (float(sum(day.searches for day in days)),) if days else ()


def documents(days: Sequence[UsageDay]) -> tuple[float, ...]:
    """Return how many documents there were at the end of some days."""
    held = _last_known(days)
    return () if held is None or held.holdings is None else (float(held.holdings.documents),)


def passages(days: Sequence[UsageDay]) -> tuple[float, ...]:
    """Return how many passages there were at the end of some days."""
    held = _last_known(days)
    return () if held is None or held.holdings is None else (float(held.holdings.passages),)


def storage(days: Sequence[UsageDay]) -> tuple[float, ...]:
    """Return how much room the parts took at the end of some days."""
    held = _last_known(days)
    return () if held is None or held.holdings is None else tuple(float(held.holdings.bytes[part]) for part in PARTS)


def _last_known(days: Sequence[UsageDay]) -> UsageDay | None:
    return next((day for day in reversed(days) if day.holdings is not None), None)


def by_day(days: Sequence[UsageDay], figure: Figure, today: date, count: int) -> list[Bar]:
    """Return a bar for each of the last `count` days."""
    known = {day.day: day for day in days}
    every = [today - timedelta(days=count - 1 - number) for number in range(count)]
    return [Bar(day, figure([known[day]] if day in known else [])) for day in every]


def by_month(days: Sequence[UsageDay], figure: Figure, today: date, count: int) -> list[Bar]:
    """Return a bar for each of the last `count` months, the current one last."""
    known = {first: list(group) for first, group in groupby(days, key=lambda day: day.day.replace(day=1))}
    number = today.year * 12 + today.month - count
    firsts = [date(each // 12, each % 12 + 1, 1) for each in range(number, number + count)]
    return [Bar(first, figure(known.get(first, []))) for first in firsts]
