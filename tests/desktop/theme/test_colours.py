"""What is written can be read, in both themes."""

from __future__ import annotations

import pytest

from desktop.theme.colours import DARK, LIGHT, Colours, contrast

LEAST = 4.5  # WCAG 2.2, level AA
PAIRS = [
    *[(text, ground) for text in ("text", "muted", "accent", "bad") for ground in ("window", "base", "raised")],
    *[("text", ground) for ground in ("chosen", "current")],
    *[("muted", ground) for ground in ("chosen", "current")],
    *[("accent", "chosen"), ("on_accent", "accent"), ("on_mark", "mark")],
    *[(state, ground) for state in ("good", "warning") for ground in ("window", "base")],
]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", PAIRS, ids=" on ".join)
def test_text_stands_out_from_what_is_behind_it(colours: Colours, pair: tuple[str, str]) -> None:
    text, ground = pair
    assert contrast(getattr(colours, text), getattr(colours, ground)) >= LEAST


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
