"""Backups: made whole or not at all, verified, kept for hours, days and weeks."""

from __future__ import annotations

import random
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from core.domain.backup import Backup
from core.errors import DatabaseDamaged, DiskFull
from core.store import backups as module
from core.store.backups import BackupFailed, BackupNotFound, Backups, Interrupted, kept
from core.store.database import Database
from tests.core.engine import MovableClock

TITLES = [random.Random(number).randbytes(500).hex() for number in range(500)]
NOW = datetime(2026, 5, 1, 12, 30, tzinfo=UTC)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(NOW.timestamp())


@pytest.fixture
def backups(tmp_path: Path, clock: MovableClock) -> Backups:
    return Backups(tmp_path / "backups", clock)


@pytest.fixture
def filled(database: Database) -> Database:
    _fill(database, 500)
    return database


def _fill(database: Database, number: int) -> None:
    with database.transaction() as connection:
        connection.execute(
            "INSERT OR IGNORE INTO source (id, kind, name, scope, rules, watch, state, created_at)"
            " VALUES (1, 'texts', 'texts', 'workspace', '{}', 0, 'active', 0)"
        )
        connection.executemany(
            "INSERT INTO document (source_id, scope, title, kind, size, mtime_ns, inode, device, state, created_at,"
            " updated_at) VALUES (1, 'workspace', ?, 'text', 0, 0, 0, 0, 'pending', ?, 0)",
            [(title, NOW.timestamp()) for title in TITLES[:number]],
        )


def _titles(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT title FROM document ORDER BY id")]


def test_a_backup_brings_back_what_was_there(backups: Backups, filled: Database, tmp_path: Path) -> None:
    backup = backups.make(filled.path, "asked")
    assert backups.all() == [backup]
    assert (backup.documents, backup.reason, backup.made_at, backup.name) == (500, "asked", NOW, "20260501T123000Z")
    assert backup.bytes < backup.unpacked
    _fill(filled, 10)
    backups.unpack(backups.find(None), tmp_path / "back.db")
    assert _titles(tmp_path / "back.db") == TITLES[:500]


def test_all_files_are_private(backups: Backups, filled: Database, tmp_path: Path) -> None:
    backups.unpack(backups.make(filled.path, "asked"), tmp_path / "back.db")
    files = [*(tmp_path / "backups").iterdir(), tmp_path / "back.db"]
    assert len(files) == 3
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert (tmp_path / "backups").stat().st_mode & 0o777 == 0o700


def test_a_writer_is_not_held_and_the_backup_is_of_one_moment(
    backups: Backups, filled: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAGES", 5)
    ended = threading.Event()
    written = 0

    def write() -> None:
        nonlocal written
        while not ended.is_set():
            _fill(filled, 1)
            written += 1

    writer = threading.Thread(target=write)
    writer.start()
    backup = backups.make(filled.path, "asked")
    ended.set()
    writer.join()
    assert written > 3
    backups.unpack(backup, tmp_path / "back.db")
    assert len(_titles(tmp_path / "back.db")) == backup.documents < 500 + written


def test_a_backup_that_is_interrupted_leaves_nothing(backups: Backups, filled: Database, tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Interrupted):
        backups.make(filled.path, "changed", stop)
    assert list((tmp_path / "backups").iterdir()) == []


@pytest.mark.parametrize("step", ["_copy", "_verify", "_pack", "rename", "sync"])
def test_a_crash_at_any_step_leaves_the_old_backups_and_no_half_one(
    backups: Backups, filled: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    first = backups.make(filled.path, "asked")
    with monkeypatch.context() as patch:
        patch.setattr(module, step, _crash)
        # What a killed process leaves: nothing is cleaned up.
        patch.setattr(Path, "unlink", lambda *_, **__: None)
        with pytest.raises(KeyboardInterrupt):
            backups.make(filled.path, "asked")
    assert backups.all() == [first]
    backups.unpack(first, tmp_path / "back.db")
    second = backups.make(filled.path, "asked")
    assert backups.all() == [second, first]
    assert len(list((tmp_path / "backups").iterdir())) == 4


def _crash(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_without_room_nothing_is_begun(filled: Database, tmp_path: Path, clock: MovableClock) -> None:
    with pytest.raises(DiskFull, match="a backup needs"):
        Backups(tmp_path / "backups", clock, lambda _: 1000).make(filled.path, "asked")
    assert list((tmp_path / "backups").iterdir()) == []


def test_without_room_nothing_is_brought_back(filled: Database, tmp_path: Path, clock: MovableClock) -> None:
    backup = Backups(tmp_path / "backups", clock).make(filled.path, "asked")
    with pytest.raises(DiskFull):
        Backups(tmp_path / "backups", clock, lambda _: 1000).unpack(backup, tmp_path / "back.db")


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("harm", [_truncate, _flip, Path.unlink])
def test_a_damaged_backup_is_recognised(
    backups: Backups, filled: Database, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    backup = backups.make(filled.path, "asked")
    harm(tmp_path / "backups" / f"{backup.name}.db.gz")
    with pytest.raises(BackupFailed, match=r"is damaged|can't be read"):
        backups.unpack(backup, tmp_path / "back.db")


def test_a_note_that_makes_no_sense_is_no_backup(backups: Backups, filled: Database, tmp_path: Path) -> None:
    backup = backups.make(filled.path, "asked")
    for name, text in (("a", "{"), ("b", "{}"), ("c", "[]"), (backup.name + "-2", "7")):
        (tmp_path / "backups" / f"{name}.json").write_text(text)
    assert backups.all() == [backup]


def test_an_unknown_name_is_said_with_those_that_there_are(backups: Backups, filled: Database) -> None:
    with pytest.raises(BackupNotFound, match="no backup of this workspace"):
        backups.find(None)
    backup = backups.make(filled.path, "asked")
    with pytest.raises(BackupNotFound, match=backup.name):
        backups.find("yesterday")


def test_a_damaged_database_is_not_taken_for_a_backup(backups: Backups, filled: Database) -> None:
    filled.close()
    content = bytearray(filled.path.read_bytes())
    content[8192:12288] = bytes(4096)
    filled.path.write_bytes(content)
    with pytest.raises(DatabaseDamaged):
        backups.make(filled.path, "asked")
    assert backups.all() == []


def test_a_backup_is_due_an_hour_after_the_first_documents_and_then_when_something_changed(
    backups: Backups, database: Database, clock: MovableClock
) -> None:
    assert not backups.due(database.path)
    _fill(database, 1)
    assert not backups.due(database.path)
    clock.forward(3600)
    assert backups.due(database.path)
    backups.make(database.path, "changed")
    clock.forward(7200)
    assert not backups.due(database.path)
    with database.transaction() as connection:
        connection.execute("INSERT INTO job (kind, source_id, state, created_at) VALUES ('scan', 1, 'queued', 0)")
    assert not backups.due(database.path)
    _fill(database, 1)
    assert backups.due(database.path)


def test_what_was_just_made_stays_though_the_clock_was_ahead_when_the_others_were_made(
    backups: Backups, filled: Database, clock: MovableClock
) -> None:
    for _ in range(6):
        backups.make(filled.path, "asked")
    clock.jump(-600)
    made = backups.make(filled.path, "asked")
    assert backups.find(made.name) == made


def test_backups_take_a_tenth_of_the_free_disk_at_most_but_the_newest_stays(
    filled: Database, tmp_path: Path, clock: MovableClock
) -> None:
    free = 10**12
    backups = Backups(tmp_path / "backups", clock, lambda _: free)
    for _ in range(4):
        newest = backups.make(filled.path, "changed")
        clock.forward(3600)
    assert len(backups.all()) == 4
    free = 12 * newest.bytes
    newest = backups.make(filled.path, "changed")
    found = backups.all()
    assert found[0] == newest
    assert 1 <= len(found) < 4
    assert backups.keep_only(newest) == len(found) - 1
    assert backups.all() == [newest]


def _backup(at: datetime, reason: str = "changed") -> Backup:
    return Backup(at.isoformat(), at, reason, 1, 0, 0, "", {}, {})


def test_hours_days_and_weeks_are_kept() -> None:
    hourly = [_backup(NOW - timedelta(hours=hours)) for hours in range(24 * 60)]
    names = kept(hourly)
    stay = [each for each in hourly if each.name in names]
    ages = [(NOW - each.made_at) // timedelta(hours=1) for each in stay]
    assert ages[:5] == [0, 1, 2, 3, 4]
    assert ages[5:11] == [13 + 24 * day for day in range(6)]
    assert [age // 24 for age in ages[11:]] == [11, 18]  # the Sundays before last


@given(
    st.lists(
        st.tuples(st.integers(0, 5000), st.sampled_from(["changed", "asked", "migration"])), unique_by=lambda x: x[0]
    )
)
def test_the_newest_always_stays_and_the_number_is_bounded(ages: list[tuple[int, str]]) -> None:
    backups = [_backup(NOW - timedelta(hours=hours), reason) for hours, reason in sorted(ages)]
    stay = kept(backups)
    assert len(stay) <= 5 + 7 + 4 + 3
    assert {each.name for each in backups[:1]} <= stay
    migrations = [each for each in backups if each.reason == "migration"]
    assert {each.name for each in migrations[:3]} == {each.name for each in migrations} & stay
