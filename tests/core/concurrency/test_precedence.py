"""Work behind the scenes that gives way to searches."""

from __future__ import annotations

import threading
import time

from core.concurrency.precedence import LONGEST_SECONDS, Precedence

PATIENCE = 10


class Work:
    """A thread that does small pieces until it is told to stop, and tells how many."""

    def __init__(self, precedence: Precedence) -> None:
        self.done = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(precedence,))

    def _run(self, precedence: Precedence) -> None:
        for _ in precedence.paced(iter(lambda: self._stop.is_set(), True)):
            self.done += 1
            self._stop.wait(0.0001)

    def __enter__(self) -> Work:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(PATIENCE)

    def goes_on(self) -> bool:
        before, until = self.done, time.monotonic() + PATIENCE
        while self.done == before and time.monotonic() < until:
            time.sleep(0.0005)
        return self.done > before


def test_nobody_waits_where_nobody_searches() -> None:
    precedence = Precedence()
    assert list(precedence.paced("abc")) == ["a", "b", "c"]


def test_work_stands_still_during_a_search_and_goes_on_behind_it() -> None:
    precedence = Precedence()
    with Work(precedence) as work:
        assert work.goes_on()
        began = time.monotonic()
        with precedence.first():
            before = work.done
            while time.monotonic() - began < LONGEST_SECONDS / 2:
                time.sleep(0.001)
            taken = time.monotonic() - began
        # The piece under way, and one for each time that was waited for long enough.
        assert work.done - before <= 2 + taken / LONGEST_SECONDS
        assert work.goes_on()


def test_searches_without_end_do_not_stop_work_for_ever() -> None:
    precedence = Precedence()
    with precedence.first(), Work(precedence) as work:
        assert work.goes_on()


def test_of_two_searches_the_one_that_ends_first_does_not_let_work_go_on() -> None:
    precedence = Precedence()
    with precedence.first():
        with precedence.first():
            pass
        began = time.monotonic()
        precedence.give_way()
        assert time.monotonic() - began >= LONGEST_SECONDS / 2


def test_a_search_that_fails_lets_work_go_on() -> None:
    precedence = Precedence()
    try:
        with precedence.first():
            raise ValueError
    except ValueError:
        pass
    began = time.monotonic()
    for _ in precedence.paced(range(20)):
        pass
    assert time.monotonic() - began < 10 * LONGEST_SECONDS
