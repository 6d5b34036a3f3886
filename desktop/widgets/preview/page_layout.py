"""Where pages stand, one below the other, and how large: arithmetic alone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QSize, QSizeF

_BETWEEN = 8
_STEP = 1.2
_LEAST, _MOST = 0.25, 8.0


class PageLayout:
    """Pages of given sizes in points. Positions are pixels from the top of all pages."""

    def __init__(self, sizes: Sequence[QSizeF], zoom: float = 1.0) -> None:
        """`zoom` is the size relative to the one at which the widest page fills the pane."""
        self._sizes = sizes
        self._widest = max((each.width() for each in sizes), default=1.0) or 1.0
        self.zoom = zoom
        self.scale = 1.0
        self._width = 1
        self._tops: list[float] = []
        self.fit(1)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    def zoom_by(self, steps: int) -> None:
        """Make pages larger or smaller by steps; 0 fits them into the width."""
        self.zoom = min(_MOST, max(_LEAST, self.zoom * _STEP**steps)) if steps else 1.0
        self.fit(self._width)

    def fit(self, width: int) -> None:
        """Lay pages out for a pane of that width."""
        self._width = max(1, width)
        self.scale = self._width / self._widest * self.zoom
        heights = (each.height() * self.scale + _BETWEEN for each in self._sizes)
        self._tops = list(accumulate(heights, initial=float(_BETWEEN)))

    @property
    def whole(self) -> QSize:
        """The size of all pages together."""
        return QSize(int(self._widest * self.scale), int(self._tops[-1]))

    def size(self, page: int) -> QSize:
        """Return the size of a page, in pixels."""
        return (self._sizes[page] * self.scale).toSize()

    def top(self, page: int) -> float:
        """Return where a page begins."""
        return self._tops[page]

    def page_at(self, position: float) -> int:
        """Return the page at a position; the nearest one beyond the ends."""
        return min(max(0, bisect_right(self._tops, position) - 1), max(0, self.count - 1))

    def in_view(self, position: float, height: int) -> range:
        """Return the pages of which a part is seen in a pane that begins at a position."""
        return range(self.page_at(position), self.page_at(position + height) + 1) if self.count else range(0)

    def share(self, position: float) -> float:
        """Return a position as a number that stays the same in any size: the page, and which part of it."""
        if not self.count:
            return 0.0
        page = self.page_at(position)
        return page + (position - self._tops[page]) / (self._tops[page + 1] - self._tops[page])

    def position(self, share: float) -> float:
        """Return the position of what `share` gave."""
        if not self.count:
            return 0.0
        page = min(max(0, int(share)), self.count - 1)
        return self._tops[page] + (share - page) * (self._tops[page + 1] - self._tops[page])
