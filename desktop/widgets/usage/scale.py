"""The numbers at the side of a chart: round ones, the last at or above what is shown."""

from __future__ import annotations

import math

_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)
_MOST = 4


def marks(highest: float, *, whole: bool = True) -> list[float]:
    """Return up to five round numbers in even steps from 0; `whole` where there are no parts of one."""
    if highest <= 0:
        return [0.0, 1.0]
    rough = highest / _MOST
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(each * power for each in _ROUND if each * power >= rough * (1 - 1e-9))
    if whole:
        step = max(1.0, math.ceil(step))
    return [step * number for number in range(math.ceil(highest / step - 1e-9) + 1)]
