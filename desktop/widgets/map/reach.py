"""Which points lie inside a line that was drawn around them, and which is the next one in a direction."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.float64]
_ASIDE = 2.0
"""How much farther away a point seems for each pixel that it lies aside of the direction."""


def inside(pixels: Pixels, line: Sequence[tuple[float, float]]) -> NDArray[np.int64]:
    """Return the rows of the points inside a closed line, by whether a ray to the right crosses it an odd number of
    times.
    """
    corners = np.array(line, dtype=float).reshape(-1, 2)
    if len(corners) < 3:
        return np.empty(0, np.int64)
    near = ((pixels >= corners.min(axis=0)) & (pixels <= corners.max(axis=0))).all(axis=1)
    rows = np.flatnonzero(near)
    x, y = pixels[rows].T
    odd = np.zeros(len(rows), dtype=bool)
    for (x1, y1), (x2, y2) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if y1 != y2:
            between = (y1 > y) != (y2 > y)
            odd ^= between & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    return rows[odd]


def nearest(pixels: Pixels, x: float, y: float, most: float = np.inf) -> int | None:
    """Return the row of the point nearest to a pixel, or None where none is at most so far away."""
    if not len(pixels):
        return None
    apart = np.square(pixels - np.array([x, y])).sum(axis=1)
    row = int(apart.argmin())
    return row if apart[row] <= most * most else None


def next_towards(pixels: Pixels, row: int, x: int, y: int) -> int | None:
    """Return the row of the next point in a direction, such as `(1, 0)` for the right; None where none is there."""
    apart = pixels - pixels[row]
    ahead = apart @ np.array([x, y], dtype=float)
    aside = np.abs(apart @ np.array([y, x], dtype=float))
    # Within 45° to each side, so that every point can be reached with four keys.
    reached = np.flatnonzero((ahead > 0) & (aside <= ahead))
    if not len(reached):
        return None
    return int(reached[(ahead[reached] + _ASIDE * aside[reached]).argmin()])
