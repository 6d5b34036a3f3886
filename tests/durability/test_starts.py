"""Many starts at once; `python -m tests.durability.starts` does the same for longer."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.durability.command import report

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the processes are forked from one, and waited for by handle"
)
ROUNDS, AT_ONCE = 3, 20


def test_of_20_starts_at_once_one_gets_the_folder_and_the_next_after_its_violent_end_gets_it_at_once(
    tmp_path: Path,
) -> None:
    facts = report("starts", tmp_path, "--starts", str(ROUNDS * AT_ONCE))
    assert facts["problems"] == []
    assert (facts["owners"], facts["refused"]) == (ROUNDS, ROUNDS * (AT_ONCE - 1))
    # Nothing is waited for: a start after a kill takes about what one after a clean end takes (1.1 times, of 40).
    assert facts["quickest_after_kill_ms"] < 3 * facts["start_after_end_ms"]
