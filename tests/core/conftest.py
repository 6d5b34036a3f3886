"""One quick engine with a clock that is moved by hand, and a workspace in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core import KnowledgeBase
from core.domain.workspace import Workspace
from tests.core.engine import MovableClock, quick_engine


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def kb(tmp_path: Path, clock: MovableClock) -> Iterator[KnowledgeBase]:
    with quick_engine(tmp_path / "data", clock) as kb:
        yield kb


@pytest.fixture
def workspace(kb: KnowledgeBase) -> Workspace:
    return kb.workspaces.create("Thesis")
