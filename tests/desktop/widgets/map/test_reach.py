"""Points inside a line, near a pixel, and next in a direction."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPolygonF

from desktop.widgets.map.reach import inside, nearest, next_towards

STAR = [(50, 0), (80, 100), (0, 35), (100, 35), (20, 100)]


def test_inside_a_line_is_what_qt_says() -> None:
    points = np.random.default_rng(1).uniform(-10, 110, (500, 2))
    polygon = QPolygonF([QPointF(*each) for each in STAR])
    rows = [
        row
        for row, each in enumerate(points.tolist())
        if polygon.containsPoint(QPointF(*each), Qt.FillRule.OddEvenFill)
    ]
    assert inside(points, STAR).tolist() == rows
    assert rows


def test_a_line_that_surrounds_nothing() -> None:
    points = np.array([[1.0, 1.0]])
    assert inside(points, []).tolist() == []
    assert inside(points, [(0, 0), (2, 2)]).tolist() == []
    assert inside(np.zeros((0, 2)), STAR).tolist() == []


def test_the_nearest_point_is_near_enough() -> None:
    points = np.array([[0.0, 0.0], [10.0, 0.0]])
    assert nearest(points, 7, 0) == 1
    assert nearest(points, 7, 0, most=3) == 1
    assert nearest(points, 7, 0, most=2) is None
    assert nearest(points[:0], 7, 0) is None


def test_the_next_point_lies_in_the_direction() -> None:
    points = np.array([[0.0, 0.0], [10.0, 1.0], [8.0, 7.0], [-5.0, 0.0], [0.0, 30.0]])
    assert next_towards(points, 0, 1, 0) == 1
    assert next_towards(points, 0, -1, 0) == 3
    assert next_towards(points, 0, 0, 1) == 4
    assert next_towards(points, 0, 0, -1) is None
    assert next_towards(points, 1, -1, 0) == 0


def test_every_point_can_be_reached_from_every_other() -> None:
    points = np.random.default_rng(2).uniform(0, 100, (40, 2))
    reached, new = {0}, [0]
    while new:
        row = new.pop()
        for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            found = next_towards(points, row, x, y)
            if found is not None and found not in reached:
                reached.add(found)
                new.append(found)
    assert reached == set(range(40))
