"""From places on a map to pixels of a widget, and back: where one looks, and how closely."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float32]
_MARGIN = 40.0
_MOST = 64.0
_LEAST_EXTENT = 1e-6


class MapView:
    """A window on the plane. A zoom of 1 shows the whole map.

    Attributes:
        zoom: How many times larger than that it is.
    """

    def __init__(self) -> None:
        self.zoom = 1.0
        self._middle = np.zeros(2)  # of the map
        self._extent = np.ones(2)
        self._centre = np.zeros(2)  # of what is looked at
        self._size = np.ones(2)

    def hold(self, places: Points) -> None:
        """Show these places, without moving what is looked at."""
        least, most = (places.min(axis=0), places.max(axis=0)) if len(places) else (np.zeros(2), np.zeros(2))
        self._middle = (least + most) / 2
        self._extent = np.maximum(most - least, _LEAST_EXTENT)

    def resize(self, width: float, height: float) -> None:
        """Take the size of the widget, in pixels."""
        self._size = np.array([max(width, 1.0), max(height, 1.0)])

    def show_all(self) -> None:
        """Look at the whole map."""
        self.zoom, self._centre = 1.0, np.array(self._middle, dtype=float)

    @property
    def scale(self) -> float:
        """Pixels of one unit of the map."""
        room = np.maximum(self._size - 2 * _MARGIN, 1.0)
        return float((room / self._extent).min()) * self.zoom

    def pixels(self, places: Points) -> NDArray[np.float64]:
        """Return where places are drawn, `(n, 2)`; upwards on the map is upwards on the screen."""
        turned: NDArray[np.float64] = (places - self._centre) * (self.scale * np.array([1, -1])) + self._size / 2
        return turned

    def place(self, x: float, y: float) -> NDArray[np.float64]:
        """Return the place on the map that is drawn at a pixel."""
        turned: NDArray[np.float64] = (np.array([x, y]) - self._size / 2) / (self.scale * np.array([1, -1]))
        return turned + self._centre

    def move(self, x: float, y: float) -> None:
        """Push the map by so many pixels; its middle stays in sight."""
        self._centre = self._centre - np.array([x, -y]) / self.scale
        half = self._extent / 2
        self._centre = np.clip(self._centre, self._middle - half, self._middle + half)

    def zoom_at(self, factor: float, x: float, y: float) -> None:
        """Look more closely (above 1) or less; what is drawn at a pixel stays there."""
        kept = self.place(x, y)
        self.zoom = min(_MOST, max(1.0, self.zoom * factor))
        if self.zoom == 1.0:
            self.show_all()
        else:
            self._centre = self._centre + kept - self.place(x, y)
