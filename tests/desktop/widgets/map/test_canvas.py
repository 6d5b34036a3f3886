"""The map under mouse and keys."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.domain.document_map import DocumentMap, Landmark, PlacedDocument
from desktop.theme import DARK, LIGHT, Theme
from desktop.widgets.map.canvas import MapCanvas
from desktop.widgets.map.colouring import ColourBy, colouring

CORNERS = [(0, 0), (10, 0), (0, 10), (10, 10), (5, 5)]


def a_map(places: list[tuple[float, float]], first: int = 1) -> DocumentMap:
    documents = tuple(
        PlacedDocument(number, f"file {number}.txt", "pdf" if number % 2 else "md", "s", (), None)
        for number in range(first, first + len(places))
    )
    return DocumentMap(
        documents, np.array(places, np.float32).reshape(-1, 2), (Landmark(("tide", "gauge"), 5, 8, 3),), 0, 0
    )


@pytest.fixture
def canvas(theme: Theme, qtbot: QtBot) -> MapCanvas:
    canvas = MapCanvas(theme)
    qtbot.addWidget(canvas)
    canvas.resize(400, 400)
    canvas.show()
    qtbot.waitExposed(canvas)
    canvas.show_map(a_map(CORNERS))
    canvas.colour(colouring(canvas.shown.documents, ColourBy.TYPE, theme.colours))
    return canvas


def at(canvas: MapCanvas, row: int) -> QPoint:
    return QPointF(*canvas.pixels()[row].tolist()).toPoint()


def heard(canvas: MapCanvas) -> list[object]:
    told: list[object] = []
    canvas.chosen.connect(told.append)
    canvas.surrounded.connect(told.append)
    return told


def seen(canvas: MapCanvas, place: QPoint) -> QColor:
    return canvas.grab().toImage().pixelColor(place)


def drag(canvas: MapCanvas, corners: list[tuple[int, int]], modifier: Qt.KeyboardModifier) -> None:
    places = [QPoint(*each) for each in corners]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, modifier, places[0])
    for place in places[1:]:
        QTest.mouseMove(canvas, place)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, modifier, places[-1])


def test_points_are_drawn_in_the_colours_of_the_legend(canvas: MapCanvas) -> None:
    assert seen(canvas, at(canvas, 0)) == QColor(LIGHT.series[0])
    assert seen(canvas, at(canvas, 1)) == QColor(LIGHT.series[1])
    canvas.stand_out(1)
    assert seen(canvas, at(canvas, 0)) == QColor(LIGHT.border)
    assert seen(canvas, at(canvas, 1)) == QColor(LIGHT.series[1])


def test_the_theme_is_followed(canvas: MapCanvas, theme: Theme) -> None:
    theme.choose("dark", 100)
    assert seen(canvas, QPoint(30, 200)) == QColor(DARK.base)
    theme.choose("light", 100)
    assert seen(canvas, QPoint(30, 200)) == QColor(LIGHT.base)


def test_a_click_chooses_the_point_under_the_pointer(canvas: MapCanvas) -> None:
    told = heard(canvas)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at(canvas, 4) + QPoint(4, 3))
    assert told == [5]
    assert canvas.current_id() == 5
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 120))
    QTest.mouseClick(canvas, Qt.MouseButton.RightButton, pos=at(canvas, 0))
    assert told == [5]


def test_the_name_stands_beside_what_is_pointed_at(canvas: MapCanvas) -> None:
    plain = canvas.grab().toImage()
    QTest.mouseMove(canvas, at(canvas, 4))
    assert canvas.cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert canvas.grab().toImage() != plain
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert canvas.cursor().shape() == Qt.CursorShape.ArrowCursor
    assert canvas.grab().toImage() == plain


def test_names_are_written_beside_points_where_few_are_in_sight(canvas: MapCanvas) -> None:
    assert canvas.grab() is not None
    assert canvas._in_sight == [0, 1, 2, 3, 4]
    canvas.show_map(a_map([(x, y) for x in range(10) for y in range(10)]))
    canvas.grab()
    assert canvas._in_sight == []
    canvas.zoom(3)
    canvas.grab()
    assert 0 < len(canvas._in_sight) < 60
    written = canvas.grab().toImage()
    canvas._in_sight = []
    assert canvas.grab().toImage() != written


def test_dragging_moves_the_map_and_chooses_nothing(canvas: MapCanvas) -> None:
    told = heard(canvas)
    canvas.zoom(2)
    before = canvas.pixels()
    drag(canvas, [(200, 200), (220, 210), (240, 215)], Qt.KeyboardModifier.NoModifier)
    np.testing.assert_allclose(canvas.pixels() - before, np.tile([40, 15], (5, 1)), atol=1e-3)
    assert told == []


@pytest.mark.parametrize("mode", ["shift", "button"])
def test_a_line_chooses_what_it_surrounds(canvas: MapCanvas, mode: str) -> None:
    told = heard(canvas)
    canvas.lasso = mode == "button"
    modifier = Qt.KeyboardModifier.ShiftModifier if mode == "shift" else Qt.KeyboardModifier.NoModifier
    drag(canvas, [(2, 200), (2, 398), (150, 398), (260, 190), (140, 190)], modifier)
    assert told == [[1, 5]]
    assert canvas.selected() == [1, 5]
    assert "2 chosen" in canvas.accessibleDescription()
    assert seen(canvas, at(canvas, 3)) == QColor(LIGHT.border)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert told[1:] == [[]]
    assert canvas.selected() == []


def test_the_line_is_seen_while_it_is_drawn(canvas: MapCanvas) -> None:
    plain = canvas.grab().toImage()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, QPoint(100, 100))
    for place in (QPoint(300, 100), QPoint(300, 180), QPoint(100, 180)):
        QTest.mouseMove(canvas, place)
    assert canvas.grab().toImage().pixelColor(200, 150) != plain.pixelColor(200, 150)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, QPoint(100, 180))
    assert canvas.selected() == []


def test_a_click_beside_all_points_lets_the_choice_go(canvas: MapCanvas) -> None:
    canvas.select([0, 1])
    told = heard(canvas)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 120))
    assert told == [[]]


def test_the_wheel_zooms_at_the_pointer(canvas: MapCanvas) -> None:
    here = QPointF(at(canvas, 0))
    event = QWheelEvent(
        here,
        QPointF(canvas.mapToGlobal(here.toPoint())),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)
    assert canvas.view.zoom == pytest.approx(1.25**2)
    np.testing.assert_allclose(canvas.pixels()[0], [here.x(), here.y()], atol=1)


def test_keys_go_from_point_to_point(canvas: MapCanvas) -> None:
    told = heard(canvas)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert told == []
    QTest.keyClick(canvas, Qt.Key.Key_Right)  # begins in the middle
    assert canvas.current_id() == 5
    QTest.keyClick(canvas, Qt.Key.Key_Up)
    assert canvas.current_id() in (3, 4)
    assert f"file {canvas.current_id()}.txt" in canvas.accessibleDescription()
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    before = canvas.current_id()
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    QTest.keyClick(canvas, Qt.Key.Key_Space)
    assert told == [before, before]


def test_a_point_that_keys_go_to_comes_into_sight(canvas: MapCanvas) -> None:
    canvas.zoom(8)
    for _ in range(3):
        QTest.keyClick(canvas, Qt.Key.Key_Right)
        QTest.keyClick(canvas, Qt.Key.Key_Up)
    row = [each.id for each in canvas.shown.documents].index(canvas.current_id() or 0)
    assert row != 4
    assert canvas.rect().contains(at(canvas, row))


def test_keys_zoom(canvas: MapCanvas) -> None:
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.view.zoom == pytest.approx(1.25**2)
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.view.zoom == pytest.approx(1.25)
    QTest.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.view.zoom == 1


def test_another_map_keeps_what_is_chosen_and_where_one_looks(canvas: MapCanvas) -> None:
    canvas.select([0, 1])
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    canvas.zoom(3)
    looked_at = canvas.view.place(200, 200)
    canvas.show_map(a_map([*CORNERS[1:], (7, 7)], first=2))
    assert canvas.selected() == [2]
    assert canvas.current_id() == 5
    assert canvas.view.zoom == 3
    assert canvas.view.place(200, 200) == pytest.approx(looked_at, abs=1e-4)


def test_an_empty_map_takes_keys_and_clicks(canvas: MapCanvas) -> None:
    canvas.show_map(a_map([]))
    told = heard(canvas)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    canvas.grab()
    assert told == []
    assert canvas.current_id() is None


def test_names_are_shown_as_they_are(canvas: MapCanvas) -> None:
    hostile = PlacedDocument(1, "<b>bold</b>\n\u202egpj.txt", "txt", "s", (), None)
    canvas.show_map(DocumentMap((hostile,), np.zeros((1, 2), np.float32), (), 0, 0))
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert "<b>bold</b>" in canvas.accessibleDescription()
    assert "\n" not in canvas.accessibleDescription()
    assert "\u202e" not in canvas.accessibleDescription()
