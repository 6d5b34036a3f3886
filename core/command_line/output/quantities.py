"""Numbers, sizes, spans and times in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

_SPANS = ((365 * 86_400, "year", "years"), (86_400, "day", "days"), (3600, "h", "h"), (60, "min", "min"))


def count(number: int, noun: str, plural: str = "") -> str:
    """Return `1 file` or `1,204 files`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def size(number: int) -> str:
    """Return bytes as `0 B`, `17 kB`, `2.1 GB` (powers of 1000, as file managers count)."""
    if number < 1000:
        return f"{number} B"
    value = float(number)
    for unit in ("kB", "MB", "GB", "TB"):
        value /= 1000
        if value < 999.5 or unit == "TB":
            break
    return f"{value:.1f} {unit}" if value < 9.95 else f"{value:,.0f} {unit}"


def span(seconds: float) -> str:
    """Return a span in one unit: `3 s`, `14 min`, `2 h`, `5 days`."""
    for length, unit, units in _SPANS:
        if seconds >= 1.5 * length:
            return count(round(seconds / length), unit, units)
    return f"{max(1, round(seconds))} s"


def when(moment: datetime | None) -> str:
    """Return a time as the computer's own clock shows it: `2024-05-31 10:32`; `never` for None."""
    return "never" if moment is None else f"{moment.astimezone():%Y-%m-%d %H:%M}"


def listing(numbers: Mapping[str, int], most: int = 6) -> str:
    """Return `812 pdf, 301 docx, 12 others`: the largest first, what is past `most` summed up."""
    ranked = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
    # A sum of one entry is no shorter than the entry.
    shown = ranked if len(ranked) <= most + 1 else ranked[:most]
    parts = [f"{number:,} {name}" for name, number in shown]
    if rest := sum(number for _, number in ranked[len(shown) :]):
        parts.append(f"{rest:,} others")
    return ", ".join(parts)
