"""Runs one of the commands of this folder as a person would, and reads what it reports."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any


def report(name: str, folder: Path, *options: str) -> dict[str, Any]:
    """Run `python -m tests.durability.<name>` in a folder; return its JSON. It must succeed and complain of nothing."""
    command = [sys.executable, "-m", f"tests.durability.{name}", "--json", "--folder", str(folder), *options]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, ""), run.stdout + run.stderr
    facts: dict[str, Any] = json.loads(run.stdout)
    return facts
