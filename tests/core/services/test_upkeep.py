"""Facts for a diagnosis can be asked for at any moment."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core import KnowledgeBase


def test_a_folder_that_goes_while_sizes_are_added_up_is_passed_over(
    kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = tmp_path / "data" / "workspaces" / "1.tmp"
    snapshot.mkdir(parents=True)
    (snapshot / "vectors").write_bytes(b"x" * 1_000_000)
    listed = os.scandir

    def going(path: Any = ".") -> Iterator[os.DirEntry[str]]:
        if path in (snapshot, str(snapshot)):
            shutil.rmtree(snapshot)  # renamed, as a snapshot is when it is complete
        return listed(path)

    before = kb.upkeep.facts()["data_bytes"]
    monkeypatch.setattr(os, "scandir", going)
    assert int(kb.upkeep.facts()["data_bytes"]) <= int(before) - 500_000
