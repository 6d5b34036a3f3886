"""The engine when one write fails; `python -m tests.durability.failing_writes --every` leaves no write out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.durability.failing_writes import SCENARIOS, FailingWrites


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.expects_log(r"core\..*: WARNING: .*(waits: |not saved|can't be looked after|was not used)")
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_nothing_is_lost_or_half_done_when_a_write_fails(scenario: str, tmp_path: Path) -> None:
    tally = FailingWrites(tmp_path).run(only=scenario)
    assert tally.failures == []
    assert tally.struck > 0.8 * tally.runs  # threads take turns: a step near the end may not come
    assert 0 < tally.said < tally.struck
