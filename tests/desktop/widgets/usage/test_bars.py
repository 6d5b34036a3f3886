"""Days become bars, and what is not known stays empty."""

from __future__ import annotations

from datetime import date

from core.domain.health import Part
from core.domain.usage import Holdings, UsageDay
from desktop.widgets.usage.bars import PARTS, by_day, by_month, documents, passages, searches, storage


def held(documents: int) -> Holdings:
    return Holdings(documents, 2 * documents, {part: number for number, part in enumerate(PARTS)})


DAYS = [
    UsageDay(date(2025, 12, 30), 4, held(1)),
    UsageDay(date(2026, 2, 1), 2, held(5)),
    UsageDay(date(2026, 2, 3), 1, None),
]


def test_a_bar_for_each_day_with_gaps() -> None:
    bars = by_day(DAYS, searches, date(2026, 2, 3), 4)
    assert [(bar.first, bar.parts) for bar in bars] == [
        (date(2026, 1, 31), ()),
        (date(2026, 2, 1), (2.0,)),
        (date(2026, 2, 2), ()),
        (date(2026, 2, 3), (1.0,)),
    ]
    assert [bar.parts for bar in by_day(DAYS, documents, date(2026, 2, 3), 4)] == [(), (5.0,), (), ()]


def test_a_month_sums_searches_up_and_holds_what_it_held_last() -> None:
    bars = by_month(DAYS, searches, date(2026, 2, 3), 3)
    assert [(bar.first, bar.height) for bar in bars] == [
        (date(2025, 12, 1), 4),
        (date(2026, 1, 1), 0),
        (date(2026, 2, 1), 3),
    ]
    assert bars[1].parts == ()
    assert [bar.parts for bar in by_month(DAYS, passages, date(2026, 2, 3), 3)] == [(2.0,), (), (10.0,)]


def test_room_is_split_by_part() -> None:
    *_, last = by_month(DAYS, storage, date(2026, 2, 3), 1)
    assert last.parts == (0, 1, 2, 3, 4)
    assert PARTS[0] is Part.TRUTH
    assert set(PARTS) == set(Part)


def test_nothing_known_is_all_gaps() -> None:
    assert [bar.parts for bar in by_day([], storage, date(2026, 2, 3), 3)] == [(), (), ()]
    assert len(by_month([], searches, date(2026, 2, 3), 12)) == 12
