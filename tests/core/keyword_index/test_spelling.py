"""Words spelled almost alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.keyword_index.spelling import corrections, within_two_slips

WORDS = {
    "quantum": 5,
    "quantity": 3,
    "cat": 9,
    "international": 2,
    "книга": 1,
    "form": 4,
    "from": 8,
    "farm": 2,
    "firm": 1,
}


def corrected(word: str) -> tuple[str, ...]:
    """The corrections of a word among `WORDS`."""
    return corrections(
        word,
        lambda term: WORDS.get(term, 0),
        lambda start: sorted((each for each in WORDS.items() if each[0].startswith(start)), key=lambda each: -each[1]),
    )


@pytest.mark.parametrize(
    "slip", ["quantm", "quanttum", "quamtum", "qauntum", "uquantum", "quantu", "kuantum", "quantumx"]
)
def test_one_slip_is_forgiven(slip: str) -> None:
    assert corrected(slip) == ("quantum",)


def test_two_slips_are_forgiven_in_long_words() -> None:
    assert corrected("intrnatonal") == ("international",)
    assert corrected("quamtmu") == ()  # seven letters


def test_the_most_frequent_come_first_and_there_are_three_at_most() -> None:
    assert corrected("ferm") == ("form", "farm", "firm")


def test_other_alphabets_have_their_letters() -> None:
    assert corrected("кнега") == ("книга",)


@pytest.mark.parametrize("word", ["cst", "", "12345", "qu4ntum", "quantum", "東京大学"])
def test_some_words_are_left_alone(word: str) -> None:
    assert corrected(word) == ()


def _distance(one: str, other: str) -> int:
    """Optimal string alignment, the slow way."""
    table = [[i + j if not i * j else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            table[i][j] = min(
                table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (one[i - 1] != other[j - 1])
            )
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_two_slips_are_counted_right(one: str, other: str) -> None:
    assert within_two_slips(one, other) == (_distance(one, other) <= 2)
