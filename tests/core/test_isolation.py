"""What is in one workspace or session never shows in another: not in results, words, counts, errors, events or logs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.isolation.world import Leak, World, canary, run


@pytest.mark.parametrize("seed", [1, 2])
def test_no_operation_shows_the_words_of_another_workspace_or_session(tmp_path: Path, seed: int) -> None:
    assert len(run(tmp_path, 250, seed).done) == 250


def test_the_search_for_leaks_finds_one(tmp_path: Path) -> None:
    world = World(tmp_path, seed=1)
    with pytest.raises(Leak, match="a search shows"):
        world._check(repr(canary("Atlas", "session:a")), [canary("Atlas", "workspace")], "a search")
    world.close()
