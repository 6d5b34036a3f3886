"""The order in which people read the shapes of a slide; files keep them in the order of drawing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SAME_ROW = 24.0
"""Points; shapes whose tops differ by less stand side by side."""


@dataclass(frozen=True, slots=True)
class Place:
    """The upper left corner of a shape, in points from that of the slide."""

    top: float = 0.0
    left: float = 0.0


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape with text."""

    place: Place
    text: str


def in_reading_order(shapes: Iterable[Shape]) -> list[Shape]:
    """Return shapes row by row from the top, each row from the left."""
    ordered: list[Shape] = []
    row: list[Shape] = []
    for shape in sorted(shapes, key=lambda shape: shape.place.top):
        if row and shape.place.top - row[0].place.top > SAME_ROW:
            ordered += sorted(row, key=lambda shape: shape.place.left)
            row = []
        row.append(shape)
    return ordered + sorted(row, key=lambda shape: shape.place.left)
