"""Numbers, sizes, spans and times in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.command_line.output.quantities import count, listing, size, span, when


def test_counts_agree_with_their_noun() -> None:
    assert [count(0, "file"), count(1, "file"), count(1204, "file")] == ["0 files", "1 file", "1,204 files"]
    assert count(2, "entry", "entries") == "2 entries"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (9960, "10 kB"),
        (999_600, "1.0 MB"),
        (2_140_000_000, "2.1 GB"),
        (5 * 10**15, "5,000 TB"),
    ],
)
def test_sizes_have_two_or_three_digits_and_a_unit(number: int, words: str) -> None:
    assert size(number) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "1 s"),
        (59, "59 s"),
        (89, "89 s"),
        (90, "2 min"),
        (840, "14 min"),
        (2 * 3600, "2 h"),
        (86_400, "24 h"),
        (7 * 86_400, "7 days"),
        (700 * 86_400, "2 years"),
    ],
)
def test_spans_have_one_unit(seconds: float, words: str) -> None:
    assert span(seconds) == words


def test_times_are_those_of_the_own_clock() -> None:
    moment = datetime(2024, 5, 31, 10, 32, tzinfo=UTC)
    assert when(moment) == moment.astimezone().strftime("%Y-%m-%d %H:%M")
    assert when(None) == "never"


def test_a_listing_names_the_most_frequent_and_sums_up_the_rest() -> None:
    assert listing({"txt": 3, "pdf": 812, "docx": 3}) == "812 pdf, 3 docx, 3 txt"
    assert listing({"a": 5, "b": 4, "c": 3, "d": 2}, most=2) == "5 a, 4 b, 5 others"
    assert listing({"a": 5, "b": 4, "c": 3}, most=2) == "5 a, 4 b, 3 c"
    assert listing({}) == ""
