"""Notices that a source may have changed, and asks for a look at it; the look decides what is true.

Events of the system make this quick where there are any. Other reasons to look make it right: events were lost, the
computer slept, the root went away or came back, half an hour has passed.
"""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Callable
from functools import partial
from types import TracebackType
from typing import Self

from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from core.domain.clock import Clock, SystemClock
from core.domain.source import Rules, WatchState
from core.sources.debouncer import Debouncer
from core.sources.name_rules import NameRules
from core.sources.native_events import NativeEvents
from core.sources.probe import PATIENCE, Probe
from core.sources.watched_root import WatchedRoot, identity

logger = logging.getLogger(__name__)

JUMP_SECONDS = 5.0
"""The wall clock is set right by fractions of a second; a sleeping computer leaves the other clock behind by more."""
LATE_SECONDS = 60.0
"""A check that is late by this much means that the process was held, and with it the reading of events."""
STOP_SECONDS = 2.0
"""A call into a network folder that does not answer can't be broken off; its thread is left behind after this time."""


class Watcher:
    """Tells which sources, or which folders in them, should be looked at again.

    A source is reported when watching it begins, too, so that nothing is missed between a look and the first event. All
    methods can be called from any thread and return at once, but for `stop`.
    """

    def __init__(
        self,
        on_dirty: Callable[[int, bytes | None], None],
        *,
        ignore: bytes | None = None,
        clock: Clock | None = None,
        debounce: float = 1.0,
        max_wait: float = 10.0,
        check_interval: float = 10.0,
        poll_interval: float = 300.0,
        rescan_interval: float = 1800.0,
        patience: float = PATIENCE,
        make_observer: Callable[[], BaseObserver] = Observer,
    ) -> None:
        """All times are seconds.

        Args:
            on_dirty: Called with a source and the folder to look at, with all below it, or None for the whole source.
                It runs on the watcher's thread and should be quick; what it raises is logged.
            ignore: A folder whose events mean nothing, such as Carrel's own data.
            clock: Tells the time.
            debounce: How long it must be quiet before a change is reported.
            max_wait: How long a change waits at most while others follow.
            check_interval: Between checks of whether roots are there and watching works.
            poll_interval: Between looks at a folder that can't be watched.
            rescan_interval: Between looks at any source.
            patience: How long a disk may take to answer before its root counts as offline.
            make_observer: Makes watchdog's observer.
        """
        self._on_dirty = on_dirty
        self._clock = clock or SystemClock()
        self._check_interval = check_interval
        self._poll_interval = poll_interval
        self._rescan_interval = rescan_interval
        self._events = NativeEvents(make_observer, self._lost_events, ignore)
        self._probe = Probe(identity, patience)
        self._last_check: tuple[float, float] | None = None
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        # The lock guards what follows. Nothing foreign is called while it is held.
        self._lock = threading.Lock()
        self._debouncer = Debouncer(debounce, max_wait)
        self._roots: dict[int, WatchedRoot] = {}
        self._dropped: list[WatchedRoot] = []
        self._next_rescan: dict[int, float] = {}
        self._lost = False
        self._next_check = -math.inf

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the watcher's thread."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End watching and wait for the threads to end; a watcher is not started again."""
        self._stopping.set()
        self._wake.set()
        if self._thread is None:
            self._events.close()
        elif self._thread is not threading.current_thread():
            self._thread.join(STOP_SECONDS)
            if self._thread.is_alive():
                logger.warning("The watcher waits for a disk that does not answer, and is left behind.")

    def watch(self, source_id: int, root: bytes, recursive: bool = True, rules: Rules | None = None) -> None:
        """Watch a folder or file from now on; a source that is watched already is watched anew.

        Events of files and folders that `rules` skip by their names are passed over until the next look at the source.
        """
        watched = WatchedRoot(
            root,
            recursive=recursive,
            names=None if rules is None else NameRules(rules),
            events=self._events,
            probe=self._probe,
            tell=partial(self._hint, source_id),
            poll_interval=self._poll_interval,
            retry_interval=self._rescan_interval,
        )
        with self._lock:
            self._drop(source_id)
            self._roots[source_id] = watched
            self._next_rescan[source_id] = self._clock.monotonic() + self._rescan_interval
            self._next_check = -math.inf
        self._wake.set()

    def unwatch(self, source_id: int) -> None:
        """Stop watching a source; a call of `on_dirty` that is under way ends by itself."""
        with self._lock:
            self._drop(source_id)
            self._next_check = -math.inf
        self._wake.set()

    def states(self) -> dict[int, WatchState]:
        """Return how each source is being watched."""
        with self._lock:
            return {source_id: root.state for source_id, root in self._roots.items()}

    def step(self) -> float:
        """Do what is due, and return the seconds until there may be more; the watcher's thread does nothing else."""
        now = self._clock.monotonic()
        with self._lock:
            check = now >= self._next_check
            if check:
                self._next_check = now + self._check_interval
        if check:
            self._check(now)
        with self._lock:
            due = self._debouncer.take(self._clock.monotonic())
        for source_id, folder in due:
            try:
                self._on_dirty(source_id, folder)
            except Exception:  # whatever the caller does wrong must not end the watching
                logger.exception("A source that changed could not be reported.")
        with self._lock:
            following = min(self._next_check, self._debouncer.next_due())
        return max(0.0, following - self._clock.monotonic())

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._wake.clear()
                try:
                    seconds = self.step()
                except Exception:  # a fault of the system's watching must not end it for good
                    logger.exception("Watching failed, and is tried again.")
                    seconds = self._check_interval
                self._wake.wait(seconds)
        finally:
            self._events.close()

    def _check(self, now: float) -> None:
        with self._lock:
            roots = list(self._roots.items())
            dropped, self._dropped = self._dropped, []
            lost, self._lost = self._lost, False
        for root in dropped:
            root.unsubscribe()
        slept = self._slept(now)
        for source_id, root in roots:
            before = root.state
            if lost:
                root.unsubscribe()
            dirty = root.check(now)
            if root.state != before:
                logger.info("source %d: %s %s", source_id, root.state.kind, root.state.reason)
            if dirty or lost or slept or now >= self._next_rescan.get(source_id, math.inf):
                self._hint(source_id, None, False)

    def _slept(self, now: float) -> bool:
        """Tell whether the computer or the process was held since the last check."""
        wall = self._clock.wall()
        before, self._last_check = self._last_check, (wall, now)
        if before is None:
            return False
        jump = (wall - before[0]) - (now - before[1])
        return abs(jump) > JUMP_SECONDS or now - before[1] > self._check_interval + LATE_SECONDS

    def _hint(self, source_id: int, folder: bytes | None, check: bool) -> None:
        """Take note that something may have changed in a folder, or anywhere, and perhaps with the root itself."""
        with self._lock:
            if source_id not in self._roots:
                return
            now = self._clock.monotonic()
            was_clean = self._debouncer.mark(source_id, folder, now)
            if folder is None:
                self._next_rescan[source_id] = now + self._rescan_interval
            if check:
                self._next_check = -math.inf
        if was_clean or check:
            self._wake.set()

    def _lost_events(self) -> None:
        with self._lock:
            self._lost = True
            self._next_check = -math.inf
        self._wake.set()

    def _drop(self, source_id: int) -> None:
        """Forget a source; the lock is held."""
        root = self._roots.pop(source_id, None)
        if root is not None:
            self._dropped.append(root)
            del self._next_rescan[source_id]
            self._debouncer.forget(source_id)
