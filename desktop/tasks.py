"""Work beside the event loop: calls of the engine run in threads, and what they return comes back to the window.

The only place where the window meets threads. A result, or an error, reaches its callback on the thread of the window,
and not at all once the widget that asked has gone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")
Failed = Callable[[BaseException], None]
logger = logging.getLogger(__name__)
_THREADS = 4


class Task:
    """One call that was asked for; `cancel` drops its result (the call itself can't be broken off)."""

    def __init__(self, owner: QObject, done: Callable[[Any], None], failed: Failed) -> None:
        self._owner = owner
        self._done = done
        self._failed = failed
        self._cancelled = False

    def cancel(self) -> None:
        """Let nobody hear of it any more."""
        self._cancelled = True

    @property
    def wanted(self) -> bool:
        """Whether somebody is there to hear of it."""
        return not self._cancelled and shiboken6.isValid(self._owner)

    def deliver(self, result: object, error: BaseException | None) -> None:
        """Call back, on the thread of the window."""
        if not self.wanted:
            return
        if error is None:
            self._done(result)
        else:
            self._failed(error)


class Tasks(QObject):
    """Runs calls in a few threads.

    Attributes:
        failed: An error that the one who asked does not deal with.
    """

    failed = Signal(object)
    _finished = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="task")
        self._closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None] = lambda _: None,
        failed: Failed | None = None,
    ) -> Task:
        """Call `work` in a thread, then `done` with what it returned, or `failed` with what it raised.

        Args:
            owner: Who asks; when it is deleted, nobody is called back.
            work: The call; it must not touch the window.
            done: Takes the result.
            failed: Takes the error; without it, `Tasks.failed` tells of it.
        """
        task = Task(owner, done, failed or self.failed.emit)
        if not self._closed:
            self._pool.submit(self._work, task, work)
        return task

    def close(self) -> None:
        """Begin nothing more, and let nobody hear of what still runs."""
        self._closed = True
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _work(self, task: Task, work: Callable[[], object]) -> None:
        if not task.wanted:
            return
        try:
            result, error = work(), None
        except BaseException as caught:  # noqa: BLE001 - whatever it is, the window is told on its own thread
            result, error = None, caught
        if not self._closed:
            self._finished.emit(task, result, error)

    @Slot(object, object, object)
    def _deliver(self, task: Task, result: object, error: BaseException | None) -> None:
        if not self._closed:
            task.deliver(result, error)


class Latest:
    """Runs one call at a time and keeps only the newest that waits: for a search at each key.

    What is asked for while a call runs begins when that ends, and replaces what waited before.
    """

    def __init__(self, tasks: Tasks, owner: QObject) -> None:
        self._tasks = tasks
        self._owner = owner
        self._running: Task | None = None
        self._waiting: Callable[[], None] | None = None

    def run(self, work: Callable[[], T], done: Callable[[T], None], failed: Failed | None = None) -> None:
        """As `Tasks.run`, for the newest call only."""

        def begin() -> None:
            self._running = self._tasks.run(self._owner, work, ended(done), ended(failed or self._tasks.failed.emit))

        def ended(call: Callable[[Any], None]) -> Callable[[Any], None]:
            def after(result: Any) -> None:
                self._running = None
                if self._waiting is None:
                    call(result)
                else:
                    waiting, self._waiting = self._waiting, None
                    waiting()

            return after

        if self._running is None:
            begin()
        else:
            self._waiting = begin

    def drop(self) -> None:
        """Forget what runs and what waits."""
        if self._running is not None:
            self._running.cancel()
        self._running = self._waiting = None
