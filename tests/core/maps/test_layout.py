"""Places on a plane: neighbours stay neighbours, the same vectors get the same places, few vectors are no trouble."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from numpy.typing import NDArray

from core.maps import graph
from core.maps.layout import lay_out
from core.maps.stopping import Stopped
from tests.benchmarks.map import kept_neighbours
from tests.benchmarks.synthetic import clustered

Points = NDArray[np.float32]


@pytest.fixture(scope="module")
def vectors() -> Points:
    return clustered(800, 64, questions=1).vectors


def flat(vectors: Points) -> Points:
    """The two directions in which the vectors differ most: what the layout begins with."""
    centred = vectors - vectors.mean(axis=0)
    return centred @ np.linalg.svd(centred, full_matrices=False)[2][:2].T


def test_neighbours_stay_neighbours_as_they_do_not_along_two_axes(vectors: Points) -> None:
    assert kept_neighbours(vectors, lay_out(vectors)) > 0.45
    assert kept_neighbours(vectors, flat(vectors)) < 0.15


def test_the_same_vectors_get_the_same_places(vectors: Points) -> None:
    np.testing.assert_array_equal(lay_out(vectors), lay_out(vectors.copy()))


def test_what_was_there_stays_about_where_it_was(vectors: Points) -> None:
    before = lay_out(vectors[:760])
    known = np.concatenate([before, np.full((40, 2), np.nan, np.float32)])
    after = lay_out(vectors, known)
    moved = np.linalg.norm(after[:760] - before, axis=1)
    assert np.median(moved) < 0.05 * np.ptp(before, axis=0).min()
    assert kept_neighbours(vectors, after) > 0.45
    like = np.argmax(vectors[760:] @ vectors[:760].T, axis=1)
    apart = np.linalg.norm(after[760:] - after[like], axis=1)
    assert np.median(apart) < 0.1 * np.ptp(before, axis=0).min()


def test_a_map_of_which_little_is_left_is_drawn_anew(vectors: Points) -> None:
    known = np.full((800, 2), np.nan, np.float32)
    known[:50] = 1000
    np.testing.assert_array_equal(lay_out(vectors, known), lay_out(vectors))


def test_a_few_more_documents_do_not_turn_the_picture_over(vectors: Points) -> None:
    before, after = lay_out(vectors[:790]), lay_out(vectors)
    assert all(np.corrcoef(before[:, axis], after[:790, axis])[0, 1] > 0.9 for axis in (0, 1))


@pytest.mark.parametrize("count", range(13))
def test_few_vectors_have_places_of_their_own(count: int) -> None:
    places = lay_out(np.eye(32, dtype=np.float32)[:count])
    assert places.shape == (count, 2)
    assert np.isfinite(places).all()
    assert len(np.unique(places, axis=0)) == count


def test_the_same_text_many_times_is_no_trouble() -> None:
    places = lay_out(np.tile(np.eye(32, dtype=np.float32)[:1], (40, 1)))
    assert np.isfinite(places).all()
    assert len(np.unique(places, axis=0)) == 40


def test_cells_find_nearly_the_same_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    points = clustered(2_000, 64, questions=1).vectors
    exact = graph.neighbour_graph(points, 10)
    monkeypatch.setattr(graph, "EXACT_UP_TO", 0)
    cells = graph.neighbour_graph(points, 10)
    bonds = [set(zip(each.heads.tolist(), each.tails.tolist(), strict=True)) for each in (exact, cells)]
    assert len(bonds[0] & bonds[1]) > 0.8 * len(bonds[0])


def test_bonds_go_both_ways_and_nearest_ones_are_whole(vectors: Points) -> None:
    bonds = graph.neighbour_graph(vectors, 10)
    weights = dict(zip(zip(bonds.heads.tolist(), bonds.tails.tolist(), strict=True), bonds.weights, strict=True))
    assert all(weights[tail, head] == weight for (head, tail), weight in weights.items())
    assert np.maximum.reduceat(bonds.weights, bonds.begins) == pytest.approx(1)
    assert bonds.weights.min() >= 0


def test_it_can_be_broken_off(vectors: Points) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        lay_out(vectors, stop=stop)
