"""The engine under SIGKILL; `python -m tests.durability.kill` does the same for longer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the lives are forked from one process"),
]
KILLS = 50


@pytest.mark.timeout(400)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_acknowledged_is_lost_by_kills(seed: int, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.durability.kill", "--kills", str(KILLS), "--seed", str(seed), "--json"]
    run = subprocess.run([*command, "--folder", str(tmp_path)], capture_output=True, text=True, check=False)
    assert run.stderr == ""
    facts = json.loads(run.stdout)
    assert facts["first_failures"] == []
    assert facts["kills"] == KILLS
    assert facts["acknowledged"] > KILLS
    assert run.returncode == 0
