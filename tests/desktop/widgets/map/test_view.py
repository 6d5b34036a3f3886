"""From places to pixels and back."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.widgets.map.view import MapView


@pytest.fixture
def view() -> MapView:
    view = MapView()
    view.resize(400, 300)
    view.hold(np.array([[0, 0], [10, 20]], np.float32))
    view.show_all()
    return view


def test_the_whole_map_is_in_sight_with_a_margin_and_upwards_is_upwards(view: MapView) -> None:
    low, high = view.pixels(np.array([[0, 0], [10, 20]], np.float32))
    assert low[1] == pytest.approx(260)
    assert high[1] == pytest.approx(40)
    assert 0 < low[0] < high[0] < 400


def test_what_is_drawn_at_a_pixel_is_found_there(view: MapView) -> None:
    view.zoom_at(3, 50, 60)
    view.move(13, -7)
    place = np.array([[4, 11]], np.float32)
    (pixel,) = view.pixels(place)
    assert view.place(*pixel) == pytest.approx(place[0], abs=1e-4)


def test_zooming_keeps_what_is_under_the_pointer(view: MapView) -> None:
    before = view.place(90, 80)
    view.zoom_at(2, 90, 80)
    assert view.zoom == 2
    assert view.place(90, 80) == pytest.approx(before)


def test_zooming_out_ends_at_the_whole_map(view: MapView) -> None:
    view.zoom_at(4, 10, 10)
    view.zoom_at(0.01, 390, 290)
    assert view.zoom == 1
    assert view.place(200, 150) == pytest.approx([5, 10])


def test_the_map_can_not_be_pushed_out_of_sight(view: MapView) -> None:
    view.move(100_000, 100_000)
    pixels = view.pixels(np.array([[0, 0], [10, 20]], np.float32))
    assert ((pixels[0] >= -1) & (pixels[0] <= [401, 301])).all() or (
        (pixels[1] >= -1) & (pixels[1] <= [401, 301])
    ).all()


@pytest.mark.parametrize("places", [np.zeros((0, 2)), np.zeros((1, 2)), np.ones((3, 2))])
def test_a_map_without_extent_is_in_the_middle(places: np.ndarray) -> None:
    view = MapView()
    view.resize(400, 300)
    view.hold(places.astype(np.float32))
    view.show_all()
    assert (view.pixels(places.astype(np.float32)) == [200, 150]).all()
