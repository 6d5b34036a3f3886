"""Words are counted as word processors count them."""

from __future__ import annotations

import pytest

from core.domain.words import count_words


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("A grey  heron\nstands.", 4),
        ("Der Fährmann fährt", 3),
        ("苍鹭站在水中", 6),
        ("iPhone手机 zwei", 4),
    ],
)
def test_words_are_counted_in_every_script(text: str, number: int) -> None:
    assert count_words(text) == number
