"""Damaged files of the indices; `python -m tests.durability.damage` does the same for longer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the children are forked from one process"),
]
COUNT = 100


@pytest.mark.timeout(300)
def test_damaged_indices_mend_themselves_behind_a_search_that_works(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.durability.damage", "--count", str(COUNT), "--seed", "1", "--json"]
    run = subprocess.run([*command, "--folder", str(tmp_path)], capture_output=True, text=True, check=False)
    assert run.stderr == ""
    facts = json.loads(run.stdout)
    assert facts["first_failures"] == []
    assert facts["trials"] == COUNT
    assert min(facts["noticed"].values()) > COUNT / 10
    assert run.returncode == 0
