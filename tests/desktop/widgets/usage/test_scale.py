"""Round numbers beside a chart."""

from __future__ import annotations

import pytest

from desktop.widgets.usage.scale import marks


@pytest.mark.parametrize(
    ("highest", "shown"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (7, [0, 2, 4, 6, 8]),
        (40, [0, 10, 20, 30, 40]),
        (41, [0, 20, 40, 60]),
        (3_000, [0, 1_000, 2_000, 3_000]),
        (61_400_000, [0, 20e6, 40e6, 60e6, 80e6]),
    ],
)
def test_marks_are_round_and_reach_the_highest(highest: float, shown: list[float]) -> None:
    assert marks(highest) == pytest.approx(shown)


def test_any_number_has_few_marks_and_none_is_above_them() -> None:
    for highest in [number * 10**power / 7 for number in range(1, 50) for power in range(9)]:
        for whole in (True, False):
            found = marks(highest, whole=whole)
            assert 2 <= len(found) <= 5
            assert found[-2] < highest <= found[-1] * (1 + 1e-9) or found == [0, 1]
            assert not whole or all(each == int(each) for each in found)
