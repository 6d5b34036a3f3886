"""A backup takes the place of a workspace's folder: whatever is interrupted leaves the old one or the new one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.store import files, restoring, swap
from core.store.backups import BackupFailed, Backups
from core.store.data_folder import DataFolder
from core.store.database import Database
from core.store.facts import Facts
from core.store.schema import WORKSPACE_MIGRATIONS
from tests.core.engine import MovableClock


def _workspace(root: Path) -> tuple[Path, Backups]:
    """Return the folder of a workspace that says `now`, with a backup of the time when it said `then`."""
    folder = root / "workspaces" / "w"
    (folder / "words").mkdir(parents=True)
    (folder / "embeddings.db").write_text("cache")
    backups = Backups(folder / "backups", MovableClock())
    database = Database(folder / "workspace.db", WORKSPACE_MIGRATIONS)
    facts = Facts(database)
    facts.epoch()
    facts.put("says", "then")
    backups.make(database.path, "asked")
    facts.put("says", "now")
    database.close()
    return folder, backups


def _says(path: Path) -> tuple[str | None, str]:
    database = Database(path, WORKSPACE_MIGRATIONS)
    facts = Facts(database)
    found = facts.get("says"), facts.epoch()
    database.close()
    return found


def test_what_was_replaced_is_set_aside_and_history_begins_anew(tmp_path: Path) -> None:
    folder, backups = _workspace(tmp_path)
    _, epoch = _says(folder / "workspace.db")
    restoring.restore(folder, backups, backups.find(None))
    said, new_epoch = _says(folder / "workspace.db")
    assert (said, new_epoch != epoch) == ("then", True)
    assert _says(folder / "quarantine" / "workspace.db") == ("now", epoch)
    assert sorted(path.name for path in folder.iterdir()) == ["backups", "embeddings.db", "quarantine", "workspace.db"]
    assert [path.name for path in folder.parent.iterdir()] == ["w"]
    assert len(backups.all()) == 1


class _Killed(BaseException):
    pass


class _Steps:
    """Lets so many steps happen, then ends the process as it were."""

    def __init__(self, left: int) -> None:
        self._left = left

    def counted(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def stepping(*given: Any, **named: Any) -> Any:
            self._left -= 1
            if self._left < 0:
                raise _Killed
            return real(*given, **named)

        return stepping


def test_killed_at_every_step_the_next_start_finds_the_old_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template, _ = _workspace(tmp_path / "template")
    outcomes = []
    for number in range(100):
        root = tmp_path / str(number)
        shutil.copytree(template.parent.parent, root)
        folder = root / "workspaces" / "w"
        backups = Backups(folder / "backups", MovableClock())
        steps = _Steps(number)
        with monkeypatch.context() as patch:
            patch.setattr(files.os, "fsync", steps.counted(files.os.fsync))
            patch.setattr(Path, "replace", steps.counted(Path.replace))
            patch.setattr(Path, "mkdir", steps.counted(Path.mkdir))
            patch.setattr(swap.shutil, "rmtree", steps.counted(shutil.rmtree))
            try:
                restoring.restore(folder, backups, backups.find(None))
                killed = False
            except _Killed:
                killed = True
        data = DataFolder(root)
        data.finish_interrupted()
        data.close()
        assert [path.name for path in (root / "workspaces").iterdir()] == ["w"]
        outcomes.append(_says(folder / "workspace.db")[0])
        assert len(Backups(folder / "backups", MovableClock()).all()) == 1
        assert (folder / "embeddings.db").read_text() == "cache"
        if not killed:
            break
    assert number > 10
    assert outcomes == sorted(outcomes)  # first "now", then "then"
    assert set(outcomes) == {"now", "then"}


def test_a_damaged_backup_changes_nothing(tmp_path: Path) -> None:
    folder, backups = _workspace(tmp_path)
    [packed] = (folder / "backups").glob("*.gz")
    packed.write_bytes(b"\x1f\x8b nothing")
    with pytest.raises(BackupFailed):
        restoring.restore(folder, backups, backups.find(None))
    assert _says(folder / "workspace.db")[0] == "now"
    assert [path.name for path in folder.parent.iterdir()] == ["w"]
