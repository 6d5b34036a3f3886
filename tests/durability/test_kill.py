"""The engine under SIGKILL; `python -m tests.durability.kill` does the same for longer."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.durability.command import report

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the lives are forked from one process"),
]
KILLS = 50


@pytest.mark.timeout(400)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_acknowledged_is_lost_by_kills(seed: int, tmp_path: Path) -> None:
    facts = report("kill", tmp_path, "--kills", str(KILLS), "--seed", str(seed))
    assert facts["first_failures"] == []
    assert facts["kills"] == KILLS
    assert facts["acknowledged"] > KILLS
