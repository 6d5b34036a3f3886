"""The window, ended at any moment; `python -m tests.durability.window_closings` does the same for longer."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.durability.command import report

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="the processes are forked from one"),
]
CLOSINGS = 5


@pytest.mark.timeout(300)
def test_ended_at_any_moment_the_window_goes_soon_and_well_and_loses_nothing(tmp_path: Path) -> None:
    facts = report("window_closings", tmp_path, "--closings", str(CLOSINGS), "--seed", "1")
    assert facts["problems"] == []
    assert facts["closings"] == CLOSINGS
    assert facts["acknowledged"] > CLOSINGS
    assert facts["late"] == 0
