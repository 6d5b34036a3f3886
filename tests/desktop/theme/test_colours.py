"""What is written can be read, in both themes."""

from __future__ import annotations

from itertools import combinations, pairwise

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


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_points_and_bars_stand_out_from_what_is_behind_them(colours: Colours) -> None:
    for colour in (*colours.series, *colours.ramp, colours.faint, colours.muted):
        assert contrast(colour, colours.base) >= 3, colour  # WCAG 2.2, 1.4.11


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_points_and_bars_can_be_told_apart(colours: Colours) -> None:
    for first, second in combinations((*colours.series, colours.faint), 2):
        assert difference(first, second) >= 20, (first, second)
    for first, second in pairwise(colours.ramp):
        assert difference(first, second) >= 10, (first, second)


def difference(first: str, second: str) -> float:
    """The distance of two colours as they are seen: CIE 1976, in which 2.3 is just noticed."""
    return sum((a - b) ** 2 for a, b in zip(_lab(first), _lab(second), strict=True)) ** 0.5


def _lab(colour: str) -> tuple[float, float, float]:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    x, y, z = (
        each ** (1 / 3) if each > 0.008856 else 7.787 * each + 16 / 116
        for each in (
            (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
            0.2126 * red + 0.7152 * green + 0.0722 * blue,
            (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
