"""When the vector index is written to disk."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from core.indexing.snapshots import IDLE_SECONDS, RETRY_SECONDS, Snapshots
from core.vector_stores import SnapshotFailed


class Index:
    """A vector index of `size` vectors that counts its changes and its snapshots."""

    def __init__(self, size: int) -> None:
        self.size, self.applied, self.unsaved = size, 0, 0
        self.snapshots: list[int] = []
        self.oldest = 0
        self.full = False

    def count(self) -> int:
        return self.size

    def change(self, changes: int) -> None:
        self.applied += changes
        self.unsaved += changes

    def snapshot(self) -> int:
        if self.full:
            raise SnapshotFailed("No space left on device")
        self.snapshots.append(self.applied)
        self.unsaved = 0
        return self.oldest


class HandClock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def wall(self) -> float:
        return self.now

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


Make = Callable[..., Snapshots]


@pytest.fixture
def make(clock: HandClock) -> Make:
    def snapshots(index: Index, words: int = 10**9, trimmed: list[int] | None = None) -> Snapshots:
        log: Any = SimpleNamespace(trim=(trimmed if trimmed is not None else []).append)
        meaning: Any = index
        followed: Any = SimpleNamespace(applied=words)
        return Snapshots(meaning, followed, log, clock)

    return snapshots


@pytest.mark.parametrize(("size", "changes"), [(0, 5_000), (40_000, 5_000), (100_000, 12_500), (1_000_000, 125_000)])
def test_many_changes_are_written_at_once(make: Make, size: int, changes: int) -> None:
    index = Index(size)
    snapshots = make(index)
    index.change(changes - 1)
    assert snapshots.step() is not None
    assert index.snapshots == []
    index.change(1)
    assert snapshots.step() is None
    assert index.snapshots == [changes]
    assert snapshots.step() is None


def test_few_changes_are_written_when_no_more_have_come_for_ten_minutes(make: Make, clock: HandClock) -> None:
    index = Index(1_000)
    snapshots = make(index)
    index.change(11)
    assert snapshots.step() == IDLE_SECONDS
    clock.now += IDLE_SECONDS - 1
    index.change(1)
    assert snapshots.step() == IDLE_SECONDS
    clock.now += IDLE_SECONDS - 1
    assert snapshots.step() == 1
    clock.now += 1
    assert snapshots.step() is None
    assert index.snapshots == [12]


@pytest.mark.parametrize(("changes", "written"), [(0, False), (1_000, False), (1_001, True)])
def test_what_is_sooner_replayed_than_written_is_left_to_the_log(
    make: Make, clock: HandClock, changes: int, written: bool
) -> None:
    index = Index(100_000)
    snapshots = make(index)
    index.change(changes)
    assert (snapshots.step() is not None) == written
    clock.now += 2 * IDLE_SECONDS
    snapshots.write_if_worthwhile()
    assert index.snapshots == ([changes] if written else [])


def test_a_snapshot_that_fails_is_said_and_tried_again_later(make: Make, clock: HandClock) -> None:
    index = Index(0)
    snapshots = make(index)
    index.change(6_000)
    index.full = True
    with pytest.raises(SnapshotFailed):
        snapshots.step()
    index.change(6_000)
    assert snapshots.step() == RETRY_SECONDS
    index.full = False
    clock.now += RETRY_SECONDS
    assert snapshots.step() is None
    assert index.snapshots == [12_000]


@pytest.mark.parametrize(("words", "trimmed"), [(100, 40), (30, 30)])
def test_the_log_is_kept_as_far_back_as_a_generation_or_the_words_need_it(make: Make, words: int, trimmed: int) -> None:
    index = Index(0)
    log: list[int] = []
    snapshots = make(index, words, log)
    index.change(100)
    index.oldest = 40
    assert snapshots.write() == 40
    assert log == [trimmed]
