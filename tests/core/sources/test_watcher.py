from __future__ import annotations

import errno
import logging
import math
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from core.domain.source import Rules
from core.sources.watcher import Watcher

PATIENCE = 10.0


class Reports:
    """Collects what a watcher reports, and waits for it."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self.seen: list[tuple[int, bytes | None]] = []

    def __call__(self, source_id: int, folder: bytes | None) -> None:
        with self._condition:
            self.seen.append((source_id, folder))
            self._condition.notify_all()

    def wait_for(self, wanted: Callable[[list[tuple[int, bytes | None]]], bool]) -> None:
        with self._condition:
            assert self._condition.wait_for(lambda: wanted(self.seen), PATIENCE), self.seen

    def take(self) -> list[tuple[int, bytes | None]]:
        with self._condition:
            seen, self.seen = self.seen, []
            return seen


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.day = 1_800_000_000.0

    def monotonic(self) -> float:
        return self.now

    def wall(self) -> float:
        return self.day

    def elapsed(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds
        self.day += seconds


@pytest.fixture
def reports() -> Reports:
    return Reports()


@pytest.fixture
def watcher(reports: Reports) -> Iterator[Watcher]:
    """A watcher with its thread and real events, in a hurry."""
    with Watcher(reports, debounce=0.05, max_wait=0.5, check_interval=0.1) as watcher:
        yield watcher


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def stepped(reports: Reports, clock: HandClock) -> Iterator[Watcher]:
    """A watcher without a thread: the test steps it, and moves its clock."""
    watcher = Watcher(reports, clock=clock)
    yield watcher
    watcher.stop()


def begin(watcher: Watcher, reports: Reports, root: Path, **options: Any) -> None:
    """Watch a folder as source 1, and wait until its events are seen."""
    watcher.watch(1, os.fsencode(root), **options)
    reports.wait_for(lambda seen: (1, None) in seen)
    assert watcher.states()[1].kind == "native"
    reports.take()


def settle(watcher: Watcher, clock: HandClock) -> None:
    """Do what is due now, and what is due when it has been quiet."""
    watcher.step()
    clock.advance(1)
    watcher.step()


def refuse(path: bytes) -> None:
    raise OSError(errno.ENOTCONN, "Transport endpoint is not connected")


def pass_time(watcher: Watcher, clock: HandClock, seconds: int) -> None:
    """Let time pass as the watcher's thread sees it, from check to check."""
    for _ in range(seconds // 10):
        clock.advance(10)
        watcher.step()


# -- events of the system ---------------------------------------------------------------------------------------------


def test_a_new_file_marks_its_folder(watcher: Watcher, reports: Reports, tmp_path: Path) -> None:
    (tmp_path / "sub/deep").mkdir(parents=True)
    begin(watcher, reports, tmp_path)
    (tmp_path / "sub/deep/a.txt").write_bytes(b"a")
    reports.wait_for(lambda seen: bool(seen))
    assert reports.take() == [(1, os.fsencode(tmp_path / "sub/deep"))]


def test_a_file_with_an_undecodable_name_marks_its_folder(watcher: Watcher, reports: Reports, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"\xff\xfe")
    folder.mkdir()
    begin(watcher, reports, tmp_path)
    (folder / os.fsdecode(b"\xfd.txt")).write_bytes(b"a")
    reports.wait_for(lambda seen: (1, os.fsencode(tmp_path) + b"/\xff\xfe") in seen)


def save_atomically(folder: Path) -> None:
    (folder / ".note.md.tmp").write_bytes(b"new")
    (folder / ".note.md.tmp").replace(folder / "note.md")


def save_with_backup(folder: Path) -> None:
    (folder / "note.md").rename(folder / "note.md~")
    (folder / "note.md").write_bytes(b"new")
    (folder / "note.md~").unlink()


def write_in_place(folder: Path) -> None:
    with (folder / "note.md").open("ab") as file:
        file.write(b"more")


def rename(folder: Path) -> None:
    (folder / "note.md").rename(folder / "renamed.md")


def delete(folder: Path) -> None:
    (folder / "note.md").unlink()


def change_permissions(folder: Path) -> None:
    (folder / "note.md").chmod(0o600)


@pytest.mark.parametrize(
    "deed", [save_atomically, save_with_backup, write_in_place, rename, delete, change_permissions]
)
def test_what_editors_and_people_do_marks_the_folder(
    watcher: Watcher, reports: Reports, tmp_path: Path, deed: Callable[[Path], None]
) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "note.md").write_bytes(b"old")
    begin(watcher, reports, tmp_path)
    deed(folder)
    reports.wait_for(lambda seen: (1, os.fsencode(folder)) in seen)


def test_a_renamed_folder_marks_what_holds_both_names(watcher: Watcher, reports: Reports, tmp_path: Path) -> None:
    (tmp_path / "work/old/deep").mkdir(parents=True)
    (tmp_path / "work/old/deep/a.txt").write_bytes(b"a")
    begin(watcher, reports, tmp_path)
    (tmp_path / "work/old").rename(tmp_path / "work/new")
    reports.wait_for(lambda seen: (1, os.fsencode(tmp_path / "work")) in seen)
    reports.take()
    (tmp_path / "work/new/deep/b.txt").write_bytes(b"b")
    reports.wait_for(lambda seen: (1, os.fsencode(tmp_path / "work/new/deep")) in seen)


def test_folders_moved_out_and_in_mark_their_place(watcher: Watcher, reports: Reports, tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    (root / "work/papers/old").mkdir(parents=True)
    outside.mkdir()
    begin(watcher, reports, root)
    (root / "work/papers").rename(outside / "papers")
    reports.wait_for(lambda seen: (1, os.fsencode(root / "work")) in seen)
    reports.take()
    (outside / "papers").rename(root / "work/papers")
    reports.wait_for(lambda seen: (1, os.fsencode(root / "work")) in seen)
    reports.take()
    (root / "work/papers/old/a.txt").write_bytes(b"a")
    reports.wait_for(lambda seen: bool(seen))
    assert watcher.states()[1].kind == "native"


def test_a_tree_made_at_once_is_followed(watcher: Watcher, reports: Reports, tmp_path: Path) -> None:
    begin(watcher, reports, tmp_path)
    (tmp_path / "a/b/c").mkdir(parents=True)
    (tmp_path / "a/b/c/x.txt").write_bytes(b"a")
    reports.wait_for(lambda seen: bool(seen))
    reports.take()
    (tmp_path / "a/b/c/y.txt").write_bytes(b"a")
    reports.wait_for(lambda seen: (1, os.fsencode(tmp_path / "a/b/c")) in seen)


def test_reading_files_wakes_nobody(watcher: Watcher, reports: Reports, tmp_path: Path) -> None:
    for name in ("quiet/a.txt", "loud/b.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(b"a")
    begin(watcher, reports, tmp_path)
    for _ in range(50):
        (tmp_path / "quiet/a.txt").read_bytes()
    (tmp_path / "loud/b.txt").write_bytes(b"b")  # comes after the reading, so nothing of that is still under way
    reports.wait_for(lambda seen: bool(seen))
    assert set(reports.take()) == {(1, os.fsencode(tmp_path / "loud"))}


def test_events_of_skipped_files_and_of_our_own_folder_wake_nobody(reports: Reports, tmp_path: Path) -> None:
    for name in ("data/vectors", ".git/objects", "docs"):
        (tmp_path / name).mkdir(parents=True)
    ignore = os.fsencode(tmp_path / "data")
    with Watcher(reports, ignore=ignore, debounce=0.05, max_wait=0.5) as watcher:
        begin(watcher, reports, tmp_path, rules=Rules())
        for name in ("data/vectors/index", ".git/objects/ab", "docs/~$a.docx", "docs/.#a", "docs/a.docx"):
            (tmp_path / name).write_bytes(b"a")
        reports.wait_for(lambda seen: bool(seen))
        assert set(reports.take()) == {(1, os.fsencode(tmp_path / "docs"))}


def test_only_the_top_folder_is_watched_when_told_so(watcher: Watcher, reports: Reports, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    begin(watcher, reports, tmp_path, recursive=False)
    (tmp_path / "sub/a.txt").write_bytes(b"a")
    (tmp_path / "b.txt").write_bytes(b"a")
    reports.wait_for(lambda seen: bool(seen))
    assert set(reports.take()) == {(1, None)}


def test_a_root_that_is_a_link_is_watched_and_named_as_it_was_given(
    watcher: Watcher, reports: Reports, tmp_path: Path
) -> None:
    (tmp_path / "real/sub").mkdir(parents=True)
    (tmp_path / "link").symlink_to("real")
    begin(watcher, reports, tmp_path / "link")
    (tmp_path / "real/a.txt").write_bytes(b"a")
    reports.wait_for(lambda seen: (1, None) in seen)
    (tmp_path / "real/sub/a.txt").write_bytes(b"a")
    reports.wait_for(lambda seen: (1, os.fsencode(tmp_path / "link/sub")) in seen)


def test_two_sources_of_one_folder_do_not_disturb_each_other(
    watcher: Watcher, reports: Reports, tmp_path: Path
) -> None:
    begin(watcher, reports, tmp_path)
    watcher.watch(2, os.fsencode(tmp_path))
    reports.wait_for(lambda seen: (2, None) in seen)
    reports.take()
    watcher.unwatch(1)
    (tmp_path / "a.txt").write_bytes(b"a")
    reports.wait_for(lambda seen: (2, None) in seen)
    assert set(watcher.states()) == {2}
    assert (1, None) not in reports.take()


def test_a_root_that_is_deleted_and_made_again_is_watched_again(
    watcher: Watcher, reports: Reports, tmp_path: Path
) -> None:
    root = tmp_path / "root"
    root.mkdir()
    begin(watcher, reports, root)
    shutil.rmtree(root)
    reports.wait_for(lambda seen: bool(seen) and watcher.states()[1].kind == "offline")
    assert watcher.states()[1].reason == "It can't be reached (No such file or directory)."
    reports.take()
    root.mkdir()
    reports.wait_for(lambda seen: bool(seen) and watcher.states()[1].kind == "native")
    reports.take()
    (root / "a.txt").write_bytes(b"a")
    reports.wait_for(lambda seen: bool(seen))


def test_a_deleted_root_is_noticed_before_the_next_check(reports: Reports, tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    with Watcher(reports, debounce=0.05, check_interval=60) as watcher:
        begin(watcher, reports, tmp_path / "root")
        (tmp_path / "root").rmdir()
        reports.wait_for(lambda seen: bool(seen) and watcher.states()[1].kind == "offline")


def test_a_root_that_another_folder_replaced_is_watched_in_its_place(
    watcher: Watcher, reports: Reports, tmp_path: Path
) -> None:
    root = tmp_path / "root"
    root.mkdir()
    begin(watcher, reports, root)
    root.rename(tmp_path / "old")
    (root / "sub").mkdir(parents=True)
    reports.wait_for(lambda seen: (1, None) in seen)
    reports.take()
    (root / "sub/a.txt").write_bytes(b"a")
    reports.wait_for(lambda seen: (1, os.fsencode(root / "sub")) in seen)


def test_a_single_file_is_followed_by_looking_at_it(watcher: Watcher, reports: Reports, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a")
    watcher.watch(1, os.fsencode(path))
    reports.wait_for(lambda seen: bool(seen))
    assert watcher.states()[1].kind == "polling"
    for deed in (lambda: path.write_bytes(b"longer"), path.unlink, lambda: path.write_bytes(b"back again")):
        reports.take()
        deed()
        reports.wait_for(lambda seen: (1, None) in seen)


# -- when events can't be trusted -------------------------------------------------------------------------------------


@pytest.mark.expects_log("Inotify queue overflowed")
def test_an_overflow_makes_every_source_dirty(reports: Reports, tmp_path: Path) -> None:
    """Holds back watchdog's reader until the kernel's queue of events runs over, as a busy machine does."""
    limit = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())
    if limit > 20_000:
        pytest.skip("the queue is too long to fill in a test")
    made: list[BaseObserver] = []

    def make_observer() -> BaseObserver:
        made.append(Observer())
        return made[-1]

    with Watcher(reports, debounce=0.05, max_wait=0.5, make_observer=make_observer) as watcher:
        for source_id, name in enumerate(("flood", "calm"), 1):
            (tmp_path / name).mkdir()
            watcher.watch(source_id, os.fsencode(tmp_path / name))
        reports.wait_for(lambda seen: len(set(seen)) == 2)
        reports.take()
        groups = [emitter._inotify for emitter in made[0].emitters]  # type: ignore[attr-defined]
        for group in groups:
            group._lock.acquire()
            group._add_all_callbacks = refuse  # and then watchdog's own repair fails
        try:
            for number in range(limit):  # two events each: attributes changed, and back
                os.utime(tmp_path / "flood", (number, number))
                os.utime(tmp_path / "calm", (number, number))
        finally:
            for group in groups:
                group._lock.release()
        reports.wait_for(lambda seen: {(1, None), (2, None)} <= set(seen))
        reports.take()
        (tmp_path / "calm/a.txt").write_bytes(b"a")
        reports.wait_for(lambda seen: (2, None) in seen)


@pytest.mark.expects_log("events are lost, says a test: overflow")
def test_events_lost_by_one_folder_are_looked_for_in_all(
    stepped: Watcher, reports: Reports, clock: HandClock, tmp_path: Path
) -> None:
    for source_id, name in enumerate(("a", "b"), 1):
        (tmp_path / name).mkdir()
        stepped.watch(source_id, os.fsencode(tmp_path / name))
    settle(stepped, clock)
    reports.take()
    logging.getLogger("watchdog.observers.inotify_c").warning("events are lost, says a test: overflow")
    settle(stepped, clock)
    assert sorted(reports.take()) == [(1, None), (2, None)]
    (tmp_path / "a/x.txt").write_bytes(b"a")
    wait_until(lambda: stepped.step() <= 1.0)
    clock.advance(1)
    stepped.step()
    assert reports.take() == [(1, None)]


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        threading.Event().wait(0.005)


@pytest.mark.parametrize("kill", ["emitter", "observer", "reader"])
def test_dead_threads_of_the_system_are_replaced(reports: Reports, tmp_path: Path, kill: str) -> None:
    made: list[Any] = []

    def make_observer() -> BaseObserver:
        made.append(Observer())
        return made[-1]

    with Watcher(reports, debounce=0.05, max_wait=0.5, check_interval=0.1, make_observer=make_observer) as watcher:
        begin(watcher, reports, tmp_path)
        if kill == "emitter":
            next(iter(made[0].emitters)).stop()
        elif kill == "observer":
            made[0].stopped_event.set()  # as an exception in the thread that hands out events would end it
            made[0].event_queue.put(made[0].stop_event)
        else:
            made[0]._inotify_fd.stop()
        reports.wait_for(lambda seen: (1, None) in seen)
        reports.take()
        (tmp_path / "a.txt").write_bytes(b"a")
        reports.wait_for(lambda seen: (1, None) in seen)
        assert watcher.states()[1].kind == "native"


class Limited(Observer):  # type: ignore[misc,valid-type]
    """An observer to which the system refuses watches."""

    code = errno.ENOSPC
    refused: tuple[bool, ...] = (True, False)  # by whether the watch is recursive

    def schedule(self, handler: Any, path: str, *, recursive: bool = False, **options: Any) -> Any:
        if recursive in self.refused:
            raise OSError(self.code, "inotify limit reached")
        return super().schedule(handler, path, recursive=recursive, **options)


class LimitedInside(Limited):
    """The folder itself is granted, and nothing after it."""

    refused = (False,)


class LimitedInstances(Limited):
    code = errno.EMFILE


class NoEvents(Limited):
    code = errno.EINVAL


@pytest.mark.parametrize(
    ("make_observer", "reason", "hint"),
    [
        (Limited, "limit of {max_user_watches} watched folders is reached", "sudo sysctl fs.inotify.max_user_watches="),
        (LimitedInside, "limit of {max_user_watches} watched folders", "sudo sysctl fs.inotify.max_user_watches="),
        (LimitedInstances, "limit of {max_user_instances} watching", "sudo sysctl fs.inotify.max_user_instances="),
        (NoEvents, "can't watch this folder", ""),
    ],
)
def test_where_no_events_can_be_had_the_folder_is_looked_at_now_and_then(
    reports: Reports, clock: HandClock, tmp_path: Path, make_observer: type[Limited], reason: str, hint: str
) -> None:
    watcher = Watcher(reports, clock=clock, make_observer=make_observer)
    try:
        watcher.watch(1, os.fsencode(tmp_path))
        settle(watcher, clock)
        state = watcher.states()[1]
        limits = {path.name: path.read_text().strip() for path in Path("/proc/sys/fs/inotify").iterdir()}
        assert state.kind == "polling"
        assert reason.format(**limits) in state.reason
        assert "every 5 min" in state.reason
        assert hint in state.hint
        assert bool(state.hint) == bool(hint)
        assert reports.take() == [(1, None)]
        pass_time(watcher, clock, 290)
        assert reports.take() == []
        pass_time(watcher, clock, 20)
        assert reports.take() == [(1, None)]
    finally:
        watcher.stop()


def test_events_are_asked_for_again_after_a_while(reports: Reports, clock: HandClock, tmp_path: Path) -> None:
    full = [True]

    def make_observer() -> BaseObserver:
        if full[0]:
            raise OSError(errno.EMFILE, "inotify instance limit reached")
        return Observer()

    watcher = Watcher(reports, clock=clock, make_observer=make_observer)
    try:
        watcher.watch(1, os.fsencode(tmp_path))
        settle(watcher, clock)
        assert watcher.states()[1].kind == "polling"
        full[0] = False
        pass_time(watcher, clock, 1810)
        assert watcher.states()[1].kind == "native"
    finally:
        watcher.stop()


@pytest.mark.expects_log("Watching failed, and is tried again")
def test_a_fault_of_the_system_does_not_end_the_watching(reports: Reports, tmp_path: Path) -> None:
    faults = [KeyError("wd")]

    def make_observer() -> BaseObserver:
        if faults:
            raise faults.pop()
        return Observer()

    with Watcher(reports, debounce=0.05, check_interval=0.1, make_observer=make_observer) as watcher:
        begin(watcher, reports, tmp_path)


# -- time, roots and life ---------------------------------------------------------------------------------------------


def test_a_source_is_looked_at_every_half_hour(
    stepped: Watcher, reports: Reports, clock: HandClock, tmp_path: Path
) -> None:
    stepped.watch(1, os.fsencode(tmp_path))
    settle(stepped, clock)
    assert reports.take() == [(1, None)]
    for _ in range(2):
        pass_time(stepped, clock, 1780)
        assert reports.take() == []
        pass_time(stepped, clock, 40)
        assert reports.take() == [(1, None)]


@pytest.mark.parametrize(("seconds", "jump"), [(10, 3600), (10, -3600), (3600, 0)])
def test_everything_is_dirty_after_the_computer_slept_or_the_process_was_held(
    stepped: Watcher, reports: Reports, clock: HandClock, tmp_path: Path, seconds: float, jump: float
) -> None:
    stepped.watch(1, os.fsencode(tmp_path))
    settle(stepped, clock)
    reports.take()
    clock.day += jump
    clock.advance(seconds)
    settle(stepped, clock)
    assert reports.take() == [(1, None)]


def test_a_clock_that_is_set_right_is_no_sleep(
    stepped: Watcher, reports: Reports, clock: HandClock, tmp_path: Path
) -> None:
    stepped.watch(1, os.fsencode(tmp_path))
    settle(stepped, clock)
    reports.take()
    clock.day += 0.5
    clock.advance(10)
    settle(stepped, clock)
    assert reports.take() == []


def test_a_missing_root_is_offline_and_dirty_when_it_comes(
    stepped: Watcher, reports: Reports, clock: HandClock, tmp_path: Path
) -> None:
    stepped.watch(1, os.fsencode(tmp_path / "usb"))
    assert stepped.states()[1].kind == "starting"
    settle(stepped, clock)
    assert stepped.states()[1].kind == "offline"
    assert reports.take() == [(1, None)]
    clock.advance(10)
    settle(stepped, clock)
    assert reports.take() == []
    (tmp_path / "usb").mkdir()
    clock.advance(10)
    settle(stepped, clock)
    assert stepped.states()[1].kind == "native"
    assert reports.take() == [(1, None)]


def test_a_root_that_cannot_be_listed_is_offline(
    stepped: Watcher, reports: Reports, clock: HandClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stepped.watch(1, os.fsencode(tmp_path))
    settle(stepped, clock)
    reports.take()

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refuse)
        clock.advance(10)
        settle(stepped, clock)
    assert stepped.states()[1].kind == "offline"
    assert stepped.states()[1].reason == "It can't be reached (Transport endpoint is not connected)."
    assert reports.take() == [(1, None)]
    clock.advance(10)
    settle(stepped, clock)
    assert stepped.states()[1].kind == "native"
    assert reports.take() == [(1, None)]


@pytest.mark.expects_log("could not be reported")
def test_what_the_receiver_raises_ends_nothing(tmp_path: Path) -> None:
    reports = Reports()

    def receive(source_id: int, folder: bytes | None) -> None:
        reports(source_id, folder)
        raise ValueError

    with Watcher(receive, debounce=0.05, check_interval=0.1) as watcher:
        begin(watcher, reports, tmp_path)
        (tmp_path / "a.txt").write_bytes(b"a")
        reports.wait_for(lambda seen: bool(seen))


def test_a_slow_receiver_holds_up_nobody(tmp_path: Path) -> None:
    entered, release = threading.Event(), threading.Event()

    def receive(source_id: int, folder: bytes | None) -> None:
        entered.set()
        release.wait(PATIENCE)

    with Watcher(receive, debounce=0.05) as watcher:
        watcher.watch(1, os.fsencode(tmp_path))
        assert entered.wait(PATIENCE)
        started = time.monotonic()
        watcher.watch(2, os.fsencode(tmp_path))
        watcher.unwatch(1)
        assert set(watcher.states()) == {2}
        assert time.monotonic() - started < 1
        release.set()


def test_a_source_that_is_no_longer_watched_is_silent(reports: Reports, clock: HandClock, tmp_path: Path) -> None:
    made: list[BaseObserver] = []

    def make_observer() -> BaseObserver:
        made.append(Observer())
        return made[-1]

    watcher = Watcher(reports, clock=clock, make_observer=make_observer)
    try:
        for source_id in (1, 2):
            watcher.watch(source_id, os.fsencode(tmp_path))
        settle(watcher, clock)
        assert sorted(reports.take()) == [(1, None), (2, None)]
        watcher.unwatch(1)
        watcher.unwatch(1)
        (tmp_path / "a.txt").write_bytes(b"a")
        # Source 1 still hears of it, since the end of its subscription waits for the next step.
        wait_until(lambda: watcher._debouncer.next_due() < math.inf)
        made[0].event_queue.join()
        settle(watcher, clock)
        assert reports.take() == [(2, None)]
        assert set(watcher.states()) == {2}
    finally:
        watcher.stop()


def test_watching_a_source_again_takes_its_new_root(watcher: Watcher, reports: Reports, tmp_path: Path) -> None:
    for name in ("old", "new/sub"):
        (tmp_path / name).mkdir(parents=True)
    begin(watcher, reports, tmp_path / "old")
    begin(watcher, reports, tmp_path / "new")
    (tmp_path / "old/a.txt").write_bytes(b"a")
    (tmp_path / "new/sub/a.txt").write_bytes(b"a")
    reports.wait_for(lambda seen: bool(seen))
    assert set(reports.take()) == {(1, os.fsencode(tmp_path / "new/sub"))}


def test_stop_joins_all_threads_within_a_second(reports: Reports, tmp_path: Path) -> None:
    before = set(threading.enumerate())
    watcher = Watcher(reports, debounce=0.05)
    watcher.start()
    for source_id in range(5):
        (tmp_path / f"{source_id}").mkdir()
        watcher.watch(source_id, os.fsencode(tmp_path / f"{source_id}"))
    reports.wait_for(lambda seen: len(set(seen)) == 5)
    (tmp_path / "0").rename(tmp_path / "moved")  # watchdog waits for the other half of a move
    for number in range(200):
        (tmp_path / f"1/{number}").write_bytes(b"a")
    started = time.monotonic()
    watcher.stop()
    assert time.monotonic() - started < 1
    assert set(threading.enumerate()) == before
    watcher.stop()


def test_a_watcher_that_never_started_stops(reports: Reports, tmp_path: Path) -> None:
    watcher = Watcher(reports)
    watcher.watch(1, os.fsencode(tmp_path))
    watcher.stop()
    assert reports.seen == []


@pytest.mark.expects_log("does not answer")
def test_a_disk_that_does_not_answer_does_not_hold_up_the_end(
    reports: Reports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging, release = threading.Event(), threading.Event()
    real = os.stat

    def stat(path: Any, **options: Any) -> os.stat_result:
        if path == os.fsencode(tmp_path / "nfs"):
            hanging.set()
            release.wait(PATIENCE)
        return real(path, **options)

    monkeypatch.setattr(os, "stat", stat)
    monkeypatch.setattr("core.sources.watcher.STOP_SECONDS", 0.1)
    watcher = Watcher(reports)
    watcher.start()
    watcher.watch(1, os.fsencode(tmp_path / "nfs"))
    assert hanging.wait(PATIENCE)
    watcher.stop()
    release.set()


def test_a_disk_that_does_not_answer_does_not_hold_up_the_others(
    reports: Reports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = threading.Event()
    real = os.stat

    def stat(path: Any, **options: Any) -> os.stat_result:
        if path == os.fsencode(tmp_path / "nfs"):
            release.wait(30)
        return real(path, **options)

    for name in ("nfs", "here"):
        (tmp_path / name).mkdir()
    with Watcher(reports, debounce=0.05, check_interval=0.1, patience=0.1) as watcher:
        monkeypatch.setattr(os, "stat", stat)
        watcher.watch(1, os.fsencode(tmp_path / "nfs"))
        watcher.watch(2, os.fsencode(tmp_path / "here"))
        reports.wait_for(lambda seen: (2, None) in seen)
        assert watcher.states()[1].reason == "It can't be reached (it does not answer)."
        shutil.rmtree(tmp_path / "here")
        wait_until(lambda: watcher.states()[2].kind == "offline")
        release.set()
        wait_until(lambda: watcher.states()[1].kind == "native")
    assert all(thread.name != "probe" or not thread.join(PATIENCE) for thread in threading.enumerate())
