"""Damaged files of the indices; `python -m tests.durability.damage` does the same for longer."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.durability.command import report

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the children are forked from one process"),
]
COUNT = 100


@pytest.mark.timeout(300)
def test_damaged_indices_mend_themselves_behind_a_search_that_works(tmp_path: Path) -> None:
    facts = report("damage", tmp_path, "--count", str(COUNT), "--seed", "1")
    assert facts["first_failures"] == []
    assert facts["trials"] == COUNT
    assert min(facts["noticed"].values()) > COUNT / 10
