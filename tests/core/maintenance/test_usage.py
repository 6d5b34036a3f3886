"""Searches are counted in memory and written when there is time; what a workspace holds is noted once an hour."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from core.domain.health import Part
from core.domain.usage import Holdings
from core.errors import DiskFull
from core.maintenance.usage import EVERY_SECONDS, Usage
from core.store.database import Database
from core.store.schema import APP_MIGRATIONS
from core.store.usage import UsageRows
from core.store.workspaces import Workspaces
from tests.core.engine import MovableClock

DAY = 86_400.0
HELD = Holdings(3, 7, dict.fromkeys(Part, 10))


class Kept:
    """A count with its database and its clock."""

    def __init__(self, folder: Path) -> None:
        self.clock = MovableClock()
        self.database = Database(folder / "app.db", APP_MIGRATIONS)
        self.workspaces = Workspaces(self.database)
        for each in ("a", "b"):
            self.workspaces.add(each, each, "wordllama", 256, 1.0)
        self.rows = UsageRows(self.database)
        self.usage = Usage(self.rows, self.clock)

    def searches(self, workspace: str = "a", days: int = 1) -> list[int]:
        return [each.searches for each in self.usage.days(workspace, days)]


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


def test_searches_are_counted_by_workspace_and_day(kept: Kept) -> None:
    for query in ("heron", "egret"):
        kept.usage.searched("a", query)
    kept.usage.searched("b", "heron")
    kept.clock.forward(DAY)
    kept.usage.searched("a", "stork")
    assert kept.searches("a", 2) == [2, 1]
    assert kept.searches("a", 1) == [1]
    assert kept.searches("b", 2) == [1]
    kept.usage.searched("a", "crane")
    assert kept.searches("a", 2) == [2, 2]


def test_looking_again_is_no_search(kept: Kept) -> None:
    for query in ("heron", " heron ", "heron"):
        kept.usage.searched("a", query)
    kept.usage.searched("b", "heron")
    assert (kept.searches("a"), kept.searches("b")) == ([1], [1])


def test_a_query_that_is_told_as_typed_and_as_kept_is_one_search(kept: Kept) -> None:
    for query in ("grey  heron", "grey heron"):
        kept.usage.searched("a", query)
    assert kept.searches("a") == [1]


def test_counting_a_search_writes_nothing(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Database, "transaction", lambda _: pytest.fail("a search wrote"))
        kept.usage.searched("a", "heron")
    assert kept.searches() == [1]


def test_what_can_not_be_written_is_kept_for_the_next_time(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.usage.searched("a", "heron")

    def full(*_: object) -> None:
        raise DiskFull("usage")

    with monkeypatch.context() as patched:
        patched.setattr(UsageRows, "add_searches", full)
        with pytest.raises(DiskFull):
            kept.usage.write()
    kept.usage.searched("a", "egret")
    assert kept.searches() == [2]


def test_who_asks_waits_for_what_another_thread_writes(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.usage.searched("a", "heron")
    taken, go_on = threading.Event(), threading.Event()
    add = UsageRows.add_searches

    def slowly(rows: UsageRows, counts: Mapping[tuple[str, date], int]) -> None:
        taken.set()
        go_on.wait(10)
        add(rows, counts)

    monkeypatch.setattr(UsageRows, "add_searches", slowly)
    writer = threading.Thread(target=kept.usage.write)
    writer.start()
    assert taken.wait(10)
    asked: list[list[int]] = []
    reader = threading.Thread(target=lambda: asked.append(kept.searches()))
    reader.start()
    go_on.set()
    for each in (writer, reader):
        each.join()
    assert asked == [[1]]


def test_what_is_held_is_noted_once_an_hour(kept: Kept) -> None:
    asked: list[int] = []

    def holdings() -> Holdings:
        asked.append(1)
        return HELD

    kept.usage.note_if_due("a", holdings)
    kept.usage.note_if_due("a", holdings)
    assert len(asked) == 1
    again = Usage(kept.rows, kept.clock)  # as after a restart
    again.note_if_due("a", holdings)
    assert len(asked) == 1
    kept.clock.forward(EVERY_SECONDS)
    kept.usage.note_if_due("a", holdings)
    assert len(asked) == 2
    (today,) = kept.usage.days("a", 1)
    assert today.holdings == HELD
    assert today.holdings.size == 50


def test_a_day_without_a_note_is_a_gap_and_not_nothing(kept: Kept) -> None:
    kept.usage.note("a", HELD)
    kept.clock.forward(2 * DAY)
    kept.usage.searched("a", "heron")
    first, last = kept.usage.days("a", 3)
    assert (last.day - first.day).days == 2
    assert (first.holdings, first.searches) == (HELD, 0)
    assert (last.holdings, last.searches) == (None, 1)


def test_a_workspace_that_has_gone_leaves_nothing_and_takes_nothing(kept: Kept) -> None:
    kept.usage.note("a", HELD)
    kept.usage.searched("a", "heron")
    kept.workspaces.remove("a")
    kept.usage.write()
    kept.usage.note("a", HELD)
    assert kept.usage.days("a", 10) == []
    with kept.database.read() as connection:
        assert connection.execute("SELECT count(*) FROM usage").fetchone()[0] == 0


def test_no_query_is_in_the_file(kept: Kept, tmp_path: Path) -> None:
    kept.usage.searched("a", "zarkum")
    kept.usage.write()
    assert b"zarkum" not in (tmp_path / "app.db").read_bytes() + (tmp_path / "app.db-wal").read_bytes()


def test_a_day_is_that_of_the_person(kept: Kept, tmp_path: Path) -> None:
    kept.usage.searched("a", "heron")
    kept.usage.write()
    with closing(sqlite3.connect(tmp_path / "app.db")) as connection:
        (day,) = connection.execute("SELECT day FROM usage").fetchone()
    assert date.fromisoformat(day) == date.fromtimestamp(kept.clock.wall())
