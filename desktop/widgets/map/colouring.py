"""By which of their facts the points of a map are coloured, and what each colour stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from core.domain.document_map import PlacedDocument
from desktop.theme.colours import Colours

OTHERS, NONE = -2, -1
"""What is too rare for a colour of its own, and what has no such fact."""


class ColourBy(StrEnum):
    """A fact of documents."""

    SOURCE = "source"
    TYPE = "type"
    TAG = "tag"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the legend.

    Attributes:
        group: The number of its group: from 0, `OTHERS` or `NONE`.
        name: What it stands for; empty for `OTHERS` and `NONE`.
        documents: How many documents have it.
        colour: As `#rrggbb`.
    """

    group: int
    name: str
    documents: int
    colour: str


@dataclass(frozen=True, slots=True, eq=False)
class Colouring:
    """A colour for each point.

    Attributes:
        entries: The legend; the most frequent first, years in order.
        groups: The group of each point, `(n,)`.
    """

    entries: tuple[Entry, ...]
    groups: NDArray[np.int8]


def colouring(documents: Sequence[PlacedDocument], by: ColourBy, colours: Colours) -> Colouring:
    """Colour documents by a fact; a document with several tags by the most frequent of them."""
    if by is ColourBy.YEAR:
        values = [None if each.year is None else str(each.year) for each in documents]
        names, group_of = _spans(sorted({each.year for each in documents if each.year is not None}), len(colours.ramp))
        # From old to new over the whole ramp, also where there are few.
        steps = np.linspace(0, len(colours.ramp) - 1, max(len(names), 1)).round().astype(int)
        hues = [colours.ramp[step] for step in steps]
    else:
        values = _values(documents, by)
        counts = Counter(value for value in values if value is not None)
        ranked = sorted(counts, key=lambda value: (-counts[value], value))
        names = ranked[: len(colours.series)]
        group_of = {name: group for group, name in enumerate(names)}
        hues = list(colours.series)
    groups = np.array([NONE if v is None else group_of.get(v, OTHERS) for v in values], dtype=np.int8)
    found = Counter(groups.tolist())
    entries = [Entry(group, name, found[group], hues[group]) for group, name in enumerate(names) if found[group]]
    entries += [
        Entry(group, "", found[group], colour)
        for group, colour in ((OTHERS, colours.muted), (NONE, colours.faint))
        if found[group]
    ]
    return Colouring(tuple(entries), groups)


def _values(documents: Sequence[PlacedDocument], by: ColourBy) -> list[str | None]:
    if by is ColourBy.SOURCE:
        return [each.source or None for each in documents]
    if by is ColourBy.TYPE:
        return [each.kind or None for each in documents]
    counts = Counter(tag for each in documents for tag in each.tags)
    return [max(each.tags, key=lambda tag: (counts[tag], tag), default=None) for each in documents]


def _spans(years: Sequence[int], most: int) -> tuple[list[str], dict[str, int]]:
    """Return the names of at most so many spans of years, in order, and the span of each year."""
    parts = [each for each in np.array_split(np.array(years, dtype=int), min(most, max(len(years), 1))) if len(each)]
    names = [str(part[0]) if len(part) == 1 else f"{part[0]}–{part[-1]}" for part in parts]
    return names, {str(year): group for group, part in enumerate(parts) for year in part.tolist()}
