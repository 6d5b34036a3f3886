"""Which row holds which label."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.vector_stores.label_rows import LabelRows, grown


@given(
    steps=st.lists(st.tuples(st.booleans(), st.lists(st.integers(0, 50), unique=True, max_size=10)), max_size=20),
    spread=st.sampled_from([1, 10**12]),
    first=st.sampled_from([0, 10**15]),
)
def test_it_agrees_with_a_dict(steps: list[tuple[bool, list[int]]], spread: int, first: int) -> None:
    rows, plain, used = LabelRows(), dict[int, int](), 0
    for adds, chosen in steps:
        labels = np.array(chosen, dtype=np.int64) * spread + first
        if adds:
            new = labels[rows.unknown(labels)]
            assert new.tolist() == [label for label in labels.tolist() if label not in plain]
            assert rows.append(new).tolist() == list(range(used, used + len(new)))
            plain |= {label: used + place for place, label in enumerate(new.tolist())}
            used += len(new)
        else:
            found = rows.rows(labels)
            rows.kill(found[found >= 0])
            for label in labels.tolist():
                plain.pop(label, None)
        asked = np.arange(-2, 53, dtype=np.int64) * spread + first
        for each in (rows, LabelRows.restore(rows.labels.copy(), rows.living.copy())):
            assert each.rows(asked).tolist() == [plain.get(label, -1) for label in asked.tolist()]
            assert each.sorted_labels().tolist() == sorted(plain)
            assert (each.used, each.alive) == (used, len(plain))


def test_labels_far_away_take_no_table() -> None:
    rows = LabelRows()
    rows.append(np.array([5, 2**62]))
    assert rows.rows(np.array([5, 6, 2**62, -(2**63), 2**63 - 1])).tolist() == [0, -1, 1, -1, -1]


def test_a_label_given_twice_is_unknown_once() -> None:
    rows = LabelRows()
    rows.append(np.array([3]))
    assert rows.unknown(np.array([4, 3, 4, 5])).tolist() == [True, False, False, True]


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        LabelRows.restore(np.array([1, 2]), np.array([True]))


def test_arrays_grow_by_halves() -> None:
    array = np.arange(100)
    assert grown(array, 90, 10) is array
    larger = grown(array, 100, 1)
    assert len(larger) == 150
    assert larger[:100].tolist() == array.tolist()
    assert len(grown(array, 100, 500)) == 600
