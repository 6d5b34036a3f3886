"""What a list sorts and filters by knows neither case nor accents."""

from __future__ import annotations

import pytest

from core.domain.listing import listing_key


@pytest.mark.parametrize(
    ("one", "other"), [("Äpfel", "apfel"), ("STRASSE", "Straße"), ("İstanbul", "istanbul"), ("Cafe\u0301", "café")]
)
def test_two_spellings_have_one_key(one: str, other: str) -> None:
    assert listing_key(one) == listing_key(other)


def test_the_parts_stay_apart_whatever_is_in_them() -> None:
    assert listing_key("a\nb", "C").split("\n") == ["a b", "c"]
