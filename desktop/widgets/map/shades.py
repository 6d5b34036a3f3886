"""The colour of each point, and which lies above which."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desktop.theme.colours import Colours
from desktop.widgets.map.colouring import Colouring
from desktop.widgets.map.picture import packed


def shades(
    colouring: Colouring | None, pale: NDArray[np.bool_], colours: Colours
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Return the colour of each point as `picture` takes it, and the points in the order in which they are drawn.

    What is pale comes first, then what has no colour of its own.

    Args:
        colouring: What the colours stand for; without it all are the same.
        pale: Which points are only shown for the sake of the others, `(n,)`.
        colours: The theme.
    """
    found = np.full(len(pale), packed(colours.accent), dtype=np.uint32)
    above = 2 * ~pale
    if colouring is not None:
        for entry in colouring.entries:
            found[colouring.groups == entry.group] = packed(entry.colour)
        above += colouring.groups >= 0
    found[pale] = packed(colours.border)
    return found, np.argsort(above, kind="stable")
