from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from core.sources.debouncer import Debouncer


def test_a_change_is_due_when_it_has_been_quiet() -> None:
    debouncer = Debouncer(quiet=1, longest=10)
    assert debouncer.mark(7, b"/d/a", 100.0)
    assert not debouncer.mark(7, b"/d/a", 100.5)
    assert debouncer.next_due() == 101.5
    assert debouncer.take(101.4) == []
    assert debouncer.take(101.5) == [(7, b"/d/a")]
    assert debouncer.next_due() == math.inf
    assert debouncer.mark(7, b"/d/a", 102.0)


def test_changes_that_never_end_are_due_at_last() -> None:
    debouncer = Debouncer(quiet=1, longest=10)
    times = [100 + 0.5 * n for n in range(100)]
    taken = []
    for now in times:
        debouncer.mark(1, None, now)
        taken += [now for _ in debouncer.take(now)]
    assert taken == [110.0, 120.5, 131.0, 141.5]


def test_all_sides_of_a_move_fall_into_one_request() -> None:
    debouncer = Debouncer(quiet=1, longest=10)
    debouncer.mark(1, b"/d/work/a/old", 0)
    debouncer.mark(1, b"/d/work/ab", 0)
    debouncer.mark(2, b"/e/x", 0)
    debouncer.mark(2, None, 0)
    debouncer.mark(2, b"/e/x", 0)
    assert sorted(debouncer.take(1)) == [(1, b"/d/work"), (2, None)]


def test_a_forgotten_source_is_never_due() -> None:
    debouncer = Debouncer(quiet=1, longest=10)
    debouncer.mark(1, None, 0)
    debouncer.forget(1)
    debouncer.forget(2)
    assert debouncer.take(100) == []


@given(st.lists(st.tuples(st.integers(1, 3), st.floats(0, 5), st.booleans()), max_size=40))
def test_every_change_is_reported_once_and_in_time(steps: list[tuple[int, float, bool]]) -> None:
    debouncer = Debouncer(quiet=1, longest=4)
    now, waiting = 0.0, dict[int, float]()
    for source_id, pause, take in steps:
        now += pause
        debouncer.mark(source_id, None, now)
        waiting.setdefault(source_id, now)
        for taken, _ in debouncer.take(now) if take else ():
            del waiting[taken]
        if take:
            assert all(now - since < 4 for since in waiting.values())
    assert {source_id for source_id, _ in debouncer.take(now + 1)} == set(waiting)
