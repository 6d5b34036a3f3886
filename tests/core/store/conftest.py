"""Fresh databases and the tables on them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.store.database import Database
from core.store.schema import WORKSPACE_MIGRATIONS


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "workspace.db", WORKSPACE_MIGRATIONS)
    yield database
    database.close()
