"""Points in an image."""

from __future__ import annotations

import time

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from desktop.widgets.map.picture import packed, picture

RED, BLUE = packed("#d1495b"), packed("#3a63c8")


def drawn(points: list[tuple[float, float]], colours: list[int], radius: float = 3) -> QImage:
    return picture(40, 30, np.array(points, float).reshape(-1, 2), np.array(colours, np.uint32), radius)


def test_a_point_is_a_disc_in_its_colour_with_a_soft_edge() -> None:
    image = drawn([(20, 10)], [RED])
    assert (image.width(), image.height()) == (40, 30)
    assert image.pixelColor(20, 10) == QColor("#d1495b")
    assert image.pixelColor(23, 10).alpha() in range(1, 255)
    assert image.pixelColor(25, 10).alpha() == 0
    assert image.pixelColor(20, 12) == image.pixelColor(20, 8) == image.pixelColor(18, 10)


def test_the_middle_of_a_point_lies_above_the_edge_of_another_and_later_ones_above_earlier() -> None:
    image = drawn([(20, 10), (23, 10), (20, 20), (20, 20)], [RED, BLUE, RED, BLUE])
    assert image.pixelColor(20, 10) == QColor("#d1495b")
    assert image.pixelColor(23, 10) == QColor("#3a63c8")
    assert image.pixelColor(20, 20) == QColor("#3a63c8")


@pytest.mark.parametrize("radius", [1.3, 3, 6])
def test_points_at_the_edge_and_outside_are_cut(radius: float) -> None:
    around = [(x, y) for x in (-9, -4, 0, 39, 43, 48) for y in (-9, -4, 0, 29, 33, 38)]
    image = drawn(around, [RED] * len(around), radius)
    assert image.pixelColor(0, 0) == image.pixelColor(39, 29) == QColor("#d1495b")
    assert image.pixelColor(20, 15).alpha() == 0


def test_no_points_are_an_empty_picture() -> None:
    assert drawn([], []).pixelColor(5, 5).alpha() == 0


def test_fifty_thousand_points_are_drawn_between_two_frames() -> None:
    points = np.random.default_rng(1).uniform(0, 900, (50_000, 2))
    colours = np.full(50_000, RED, np.uint32)
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        picture(900, 900, points, colours, 1.7)
        taken.append(time.perf_counter() - began)
    assert min(taken) < 0.1  # about 10 ms on a machine with nothing else to do
