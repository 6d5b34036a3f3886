"""A few things that many threads take in turn."""

from __future__ import annotations

import threading

from core.concurrency.fair_pool import FairPool


def test_the_thing_used_last_is_given_first() -> None:
    pool: FairPool[str] = FairPool()
    pool.put("cold")
    pool.put("warm")
    assert [pool.get(), pool.get()] == ["warm", "cold"]


def test_whoever_waited_longest_is_served_first() -> None:
    pool: FairPool[str] = FairPool()
    pool.put("only")
    served: list[int] = []
    asked = threading.Semaphore(0)

    class Noticed(threading.Thread):
        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

        def run(self) -> None:
            asked.release()
            thing = pool.get()
            served.append(self.number)
            pool.put(thing)

    held = pool.get()
    threads = []
    for number in range(5):
        threads.append(Noticed(number))
        threads[-1].start()
        assert asked.acquire(timeout=10)
        while len(pool._waiting) <= number:
            threads[-1].join(0.001)
    pool.put(held)
    for thread in threads:
        thread.join(10)
    assert served == [0, 1, 2, 3, 4]
