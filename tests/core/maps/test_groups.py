"""Groups of a map: what stands together, the largest first, and none of so few that they have no words in common."""

from __future__ import annotations

import numpy as np

from core.maps.groups import groups


def test_what_stands_together_is_a_group() -> None:
    chance = np.random.default_rng(1)
    middles = np.array([[0, 0], [100, 0], [0, 100]], np.float32)
    belongs = np.repeat([0, 1, 2], [10, 20, 30])
    places = (middles[belongs] + chance.normal(0, 1, (60, 2))).astype(np.float32)
    found = groups(places)
    rows = [row for group in found for row in group.tolist()]
    assert len(set(rows)) == len(rows) >= 50  # what is left over is too little to be named
    assert [len(each) for each in found] == sorted((len(each) for each in found), reverse=True)
    assert all(len(set(belongs[each].tolist())) == 1 for each in found)


def test_the_most_typical_comes_first() -> None:
    places = np.array([[float(number), 0] for number in range(60)], np.float32)
    found = groups(places)
    assert found
    for group in found:
        # The first stands in the midst of the others, the last at an edge.
        assert places[group, 0].min() < places[group[0], 0] < places[group, 0].max()
        assert places[group[-1], 0] in (places[group, 0].min(), places[group, 0].max())


def test_few_documents_are_no_group() -> None:
    assert groups(np.empty((0, 2), np.float32)) == []
    assert groups(np.arange(78, dtype=np.float32).reshape(39, 2)) == []
