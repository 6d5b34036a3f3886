"""Deletion by the clock: never early, whatever the clock does."""

from __future__ import annotations

import tempfile
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from core.domain.clock import SystemClock
from core.maintenance.trusted_time import TrustedTime
from core.store.database import Database
from core.store.facts import Facts
from core.store.schema import WORKSPACE_MIGRATIONS

HOUR = 3600.0
DAY = 24 * HOUR
YEAR = 365 * DAY


class World:
    """The real time, a clock that may show another, and a program that is started again now and then."""

    def __init__(self, database: Database) -> None:
        self.real = 1_700_000_000.0
        self.off = 0.0
        self._booted = self.real
        self._facts = Facts(database)
        self.start()

    def wall(self) -> float:
        return self.real + self.off

    def monotonic(self) -> float:
        return self.elapsed()

    def elapsed(self) -> float:
        return self.real - self._booted

    def start(self) -> None:
        self.time = TrustedTime(self._facts, self)

    def direction(self) -> str:
        doubt = self.time.doubt()
        return "" if doubt is None else doubt.direction


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "workspace.db", WORKSPACE_MIGRATIONS)


@pytest.fixture(autouse=True)
def _closed(database: Database) -> object:
    yield
    database.close()


def test_time_that_passes_is_believed(world: World) -> None:
    assert world.time.now() == world.real
    world.real += 400 * DAY  # the computer slept, but it counted
    assert world.time.now() == world.real
    world.start()
    world.real += 29 * DAY  # it was off
    assert world.time.now() == world.real


def test_a_clock_that_is_set_a_little_forward_deletes_by_the_slower_one(world: World) -> None:
    world.time.now()
    world.off = 2 * HOUR
    assert world.time.now() == world.real
    world.off = -HOUR / 2
    assert world.time.now() == world.real - HOUR / 2


@pytest.mark.parametrize(("jump", "direction"), [(2 * DAY, "ahead"), (-2 * HOUR, "behind"), (-2 * DAY, "behind")])
def test_a_jump_in_a_run_stops_deletion_until_it_is_set_right(world: World, jump: float, direction: str) -> None:
    world.time.now()
    world.off = jump
    assert world.time.now() is None
    assert world.direction() == direction
    world.off = 0.0
    assert world.time.now() == world.real
    assert world.direction() == ""


def test_many_small_jumps_are_a_large_one(world: World) -> None:
    world.time.now()
    for _ in range(3):
        world.off += 10 * HOUR
    assert world.time.now() is None


@pytest.mark.parametrize(("jump", "direction"), [(31 * DAY, "ahead"), (-2 * HOUR, "behind"), (-10 * YEAR, "behind")])
def test_a_jump_between_two_runs_stops_deletion_until_it_is_confirmed(
    world: World, jump: float, direction: str
) -> None:
    world.time.now()
    world.off = jump
    world.start()
    assert world.time.now() is None
    assert world.direction() == direction
    world.start()  # the doubt outlives the next start
    assert world.direction() == direction
    world.time.confirm()
    assert world.time.now() == world.wall()
    world.start()
    assert world.time.now() == world.wall()


def test_a_doubt_of_one_run_is_kept_in_the_next_and_ends_when_the_clock_is_set_right(world: World) -> None:
    world.time.now()
    world.off = 2 * DAY  # little enough to be believed after a restart, had it not been seen to jump
    assert world.time.now() is None
    world.start()
    assert world.direction() == "ahead"
    world.off = 0.0
    world.real += HOUR
    assert world.time.now() == world.real


def test_the_message_names_both_times(world: World) -> None:
    world.time.now()
    world.off = 2 * DAY
    doubt = world.time.doubt()
    assert doubt is not None
    assert doubt.message == (
        "The computer's clock shows 2023-11-16 22:13, but 2023-11-14 22:13 or later was expected;"
        " what has expired is hidden, but not deleted."
    )


def test_the_last_time_is_noted_once_an_hour(world: World, database: Database) -> None:
    world.time.now()
    facts = Facts(database)
    first = facts.get("clock seen")
    world.real += HOUR - 1
    world.time.now()
    assert facts.get("clock seen") == first
    world.real += 1
    world.time.now()
    assert facts.get("clock seen") != first


def test_the_system_clock_goes_on() -> None:
    clock = SystemClock()
    assert clock.elapsed() <= clock.elapsed()
    assert clock.elapsed() >= clock.monotonic() - 1


jumps = st.one_of(st.floats(-10 * YEAR, 10 * YEAR), st.sampled_from([HOUR, -HOUR, 0.0, DAY - 1, -DAY + 1]))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("jump"), jumps),
        st.tuples(st.just("pass"), st.floats(0, 60 * DAY)),
        st.tuples(st.just("look"), st.just(0.0)),
    ),
    max_size=20,
)


@given(steps)
@settings(max_examples=60, deadline=None)
def test_nothing_is_deleted_early_in_a_run_whatever_the_clock_does(story: list[tuple[str, float]]) -> None:
    """The clock was right when the run began: from then on, what may be deleted has really expired."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "workspace.db", WORKSPACE_MIGRATIONS)
        try:
            world = World(database)
            assert world.time.now() == world.real
            for deed, seconds in story:
                if deed == "jump":
                    world.off = seconds
                elif deed == "pass":
                    world.real += seconds
                trusted = world.time.now()
                assert trusted is None or trusted <= world.real
                if abs(world.off) > DAY:
                    assert trusted is None
        finally:
            database.close()


@given(steps)
@settings(max_examples=40, deadline=None)
def test_a_restart_believes_at_most_a_month(story: list[tuple[str, float]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "workspace.db", WORKSPACE_MIGRATIONS)
        try:
            world = World(database)
            believed = world.time.now() or 0.0
            for deed, seconds in story:
                if deed == "jump":
                    world.off = seconds
                    world.start()
                    trusted = world.time.now()
                    assert trusted is None or believed - HOUR <= trusted <= believed + 30 * DAY
                    believed = max(believed, trusted or 0.0)
                elif deed == "pass":
                    world.real += min(seconds, HOUR)
                    believed = max(believed, world.time.now() or 0.0)
        finally:
            database.close()
