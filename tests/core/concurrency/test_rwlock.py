"""Many readers or one writer, first come, first served."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from core.concurrency.rwlock import ReadWriteLock

PATIENCE = 10.0


@contextmanager
def running(*targets: Callable[[], None]) -> Iterator[None]:
    """Run each target on a thread of its own; join them all."""
    threads = [threading.Thread(target=target) for target in targets]
    for thread in threads:
        thread.start()
    yield
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()


def waiting(lock: ReadWriteLock, count: int) -> None:
    """Return when `count` turns wait in the queue."""
    while len(lock._queue) != count:
        threading.Event().wait(0.001)


def test_readers_are_inside_together() -> None:
    lock = ReadWriteLock()
    both = threading.Barrier(2)

    def read() -> None:
        with lock.read():
            both.wait(PATIENCE)

    with running(read, read):
        pass
    assert not both.broken


def test_a_writer_is_alone() -> None:
    lock = ReadWriteLock()
    inside: list[str] = []
    seen: list[list[str]] = []

    def write() -> None:
        for _ in range(200):
            with lock.write():
                inside.append("writer")
                seen.append(list(inside))
                inside.remove("writer")

    def read() -> None:
        for _ in range(200):
            with lock.read():
                inside.append("reader")
                seen.append(list(inside))
                inside.remove("reader")

    with running(write, write, read, read):
        pass
    assert len(seen) == 800
    assert all(each == ["writer"] for each in seen if "writer" in each)


def test_a_writer_does_not_starve_behind_new_readers() -> None:
    lock = ReadWriteLock()
    order: list[str] = []

    def write() -> None:
        with lock.write():
            order.append("writer")

    def read() -> None:
        with lock.read():
            order.append("late reader")

    with lock.read():
        writer = threading.Thread(target=write)
        writer.start()
        waiting(lock, 1)
        reader = threading.Thread(target=read)
        reader.start()
        waiting(lock, 2)
    for thread in (writer, reader):
        thread.join(PATIENCE)
    assert order == ["writer", "late reader"]


def test_a_writer_that_comes_again_lets_the_waiting_readers_in_between() -> None:
    lock = ReadWriteLock()
    order: list[str] = []

    def read() -> None:
        with lock.read():
            order.append("reader")

    with lock.write():
        readers = [threading.Thread(target=read) for _ in range(2)]
        for reader in readers:
            reader.start()
        waiting(lock, 2)
    with lock.write():
        order.append("writer again")
    for reader in readers:
        reader.join(PATIENCE)
    assert order == ["reader", "reader", "writer again"]


def test_an_error_inside_gives_the_turn_back() -> None:
    lock = ReadWriteLock()
    for turn in (lock.read, lock.write):
        try:
            with turn():
                raise KeyError("inside")
        except KeyError:
            pass
    with lock.write(), running():
        pass


def test_no_update_is_lost_between_many_threads() -> None:
    lock = ReadWriteLock()
    count = 0

    def increase() -> None:
        nonlocal count
        for _ in range(500):
            with lock.write():
                before = count
                with lock_free_pause:
                    count = before + 1

    lock_free_pause = threading.Lock()
    with running(*[increase] * 4):
        pass
    assert count == 2000
