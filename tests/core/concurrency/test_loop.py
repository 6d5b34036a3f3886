"""A thread that works when there is work."""

from __future__ import annotations

import threading
import time

import pytest

from core.concurrency import loop
from core.concurrency.loop import Loop
from core.errors import DiskFull


def test_it_works_until_nothing_is_left() -> None:
    work = [1, 2, 3]
    done = threading.Event()

    def step() -> float | None:
        if not work:
            done.set()
            return None
        work.pop()
        return 0.0

    running = Loop("test", step)
    running.wake()
    assert done.wait(10)
    assert work == []
    running.stop()


def test_work_that_comes_later_is_done_after_a_wake() -> None:
    seen = threading.Semaphore(0)

    def step() -> float | None:
        seen.release()
        return None

    running = Loop("test", step)
    for _ in range(3):
        running.wake()
        assert seen.acquire(timeout=10)
    running.stop()


def test_the_thread_ends_when_it_has_been_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "IDLE_SECONDS", 0.01)
    stepped = threading.Event()

    def step() -> float | None:
        stepped.set()
        return None

    running = Loop("test-idle", step)
    running.wake()
    assert stepped.wait(10)
    threads = [thread for thread in threading.enumerate() if thread.name == "test-idle"]
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()
    running.wake()
    running.stop()


@pytest.mark.expects_log("test failed: ValueError at step")
def test_a_step_that_raises_is_logged_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "RETRY_SECONDS", 0.01)
    tries = threading.Semaphore(0)
    failed = False

    def step() -> float | None:
        nonlocal failed
        tries.release()
        if not failed:
            failed = True
            raise ValueError("a secret of the user")
        return None

    running = Loop("test", step)
    running.wake()
    assert tries.acquire(timeout=10)
    assert tries.acquire(timeout=10)
    running.stop()


def test_stop_waits_for_the_step_that_is_running() -> None:
    begun, finished = threading.Event(), threading.Event()
    release = threading.Event()

    def step() -> float | None:
        begun.set()
        assert release.wait(10)
        finished.set()
        return 0.0

    running = Loop("test", step)
    running.wake()
    assert begun.wait(10)
    stopper = threading.Thread(target=running.stop)
    stopper.start()
    release.set()
    stopper.join(10)
    assert finished.is_set()
    running.wake()  # after the end: nothing happens


@pytest.mark.expects_log("test waits: disk full; trying again")
def test_what_the_world_causes_is_logged_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(loop, "RETRY_SECONDS", 0.01)
    tries = threading.Semaphore(0)

    def step() -> float | None:
        tries.release()
        raise DiskFull("/home/someone/secret.db")

    running = Loop("test", step)
    running.wake()
    for _ in range(4):
        assert tries.acquire(timeout=10)
    running.stop()
    assert len(caplog.records) == 1
    assert "secret" not in caplog.text


@pytest.mark.expects_log("test failed: ValueError at step")
def test_a_step_that_keeps_failing_is_logged_once_and_tried_ever_more_rarely(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(loop, "RETRY_SECONDS", 0.001)
    tries: list[float] = []
    enough = threading.Event()

    def step() -> float | None:
        tries.append(time.monotonic())
        if len(tries) == 8:
            enough.set()
        raise ValueError("a secret of the user")

    running = Loop("test", step)
    running.wake()
    while not enough.wait(0.002):
        running.wake()  # more work does not make it better
    running.stop()
    assert tries[7] - tries[6] >= 0.064
    assert len(caplog.records) == 1
    assert "secret" not in caplog.text
