"""Every schema ever released becomes today's; a migration that is killed leaves the old one or the new one."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import DiskFull
from core.store.backups import Backups
from core.store.database import Database, expected_schema, schema
from core.store.schema import APP_MIGRATIONS, WORKSPACE_MIGRATIONS
from tests.core.engine import MovableClock, quick_engine
from tests.core.store import killed_migration
from tests.data.schemas.make import fixture, load

VERSIONS = range(1, len(WORKSPACE_MIGRATIONS) + 1)
NEWEST = len(WORKSPACE_MIGRATIONS)
APP_VERSIONS = range(1, len(APP_MIGRATIONS) + 1)
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_released_migration_makes_what_it_made_when_it_was_released(version: int, tmp_path: Path) -> None:
    load(version, tmp_path / "a.db")
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        assert schema(connection) == expected_schema(WORKSPACE_MIGRATIONS[:version])


@pytest.mark.parametrize("version", VERSIONS)
def test_a_workspace_of_every_released_version_opens_and_is_searched(version: int, tmp_path: Path) -> None:
    with quick_engine(tmp_path / "data") as kb:
        workspace = kb.workspaces.create("Thesis")
    path = tmp_path / "data" / "workspaces" / workspace.id / "workspace.db"
    path.unlink()
    load(version, path)
    with quick_engine(tmp_path / "data") as kb:
        assert kb.documents.wait(workspace, timeout=30)
        [hit] = kb.search.query(workspace, "heron", mode="keyword").hits
        assert (hit.document.external_id, hit.document.tags, dict(hit.document.metadata)) == (
            "heron",
            ("bird",),
            {"team": "x"},
        )
        assert len(kb.upkeep.receipts(workspace)) == 1
        assert kb.documents.list(workspace, text="HERON").documents == (hit.document,)
        kb.golden.pin(workspace, "grey heron", hit.document.id)
        assert kb.golden.run(workspace).found == 1


@pytest.mark.parametrize("version", APP_VERSIONS)
def test_a_released_migration_of_the_list_makes_what_it_made(version: int, tmp_path: Path) -> None:
    load(version, tmp_path / "a.db", "app")
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        assert schema(connection) == expected_schema(APP_MIGRATIONS[:version])


@pytest.mark.parametrize("version", APP_VERSIONS)
def test_a_list_of_workspaces_of_every_released_version_opens_and_counts_usage(version: int, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    load(version, data / "app.db", "app")
    with quick_engine(data) as kb:
        [workspace] = kb.workspaces.all()
        assert (workspace.name, workspace.colour) == ("Thesis", "")
        # The workspace of the fixture has no folder: its row alone is brought along.
        kb.workspaces.create("Other")
        other = kb.workspaces.get("Other")
        kb.search.query(other, "heron")
        assert [each.searches for each in kb.upkeep.usage(other)] == [1]


def test_there_is_a_fixture_of_every_version() -> None:
    assert all(fixture(version).exists() for version in VERSIONS)
    assert all(fixture(version, "app").exists() for version in APP_VERSIONS)


def test_a_migration_makes_a_backup_that_can_be_brought_back(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    load(NEWEST, path)
    killed_migration.migrate(path)
    [backup] = Backups(tmp_path / "backups", MovableClock()).all()
    assert (backup.reason, backup.schema, backup.documents) == ("migration", NEWEST, 1)
    killed_migration.migrate(path)
    assert len(Backups(tmp_path / "backups", MovableClock()).all()) == 1


def test_without_a_backup_nothing_is_migrated(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    load(NEWEST, path)

    def full() -> None:
        raise DiskFull("a backup")

    with pytest.raises(DiskFull):
        Database(path, killed_migration.MIGRATIONS, before_migration=full)
    Database(path, WORKSPACE_MIGRATIONS).close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked here")
def test_killed_at_every_statement_the_old_version_or_the_new_one_is_there(tmp_path: Path) -> None:
    load(NEWEST, tmp_path / "template.db")
    done = subprocess.run(
        [sys.executable, "-m", killed_migration.__name__, str(tmp_path / "template.db"), str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    versions = [version for version, _, _ in results]
    assert all(whole for _, whole, _ in results)
    assert versions == sorted(versions)
    assert set(versions) == {NEWEST, NEWEST + 1}
    # As soon as anything of the new version is there, the backup is.
    assert all(documents == 1 for version, _, documents in results if version > NEWEST)
    assert len(results) > 25
