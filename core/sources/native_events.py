"""The operating system's own events of changed files, through watchdog; they are hints, and some are always lost."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import sys
import threading
import warnings
from collections.abc import Callable
from dataclasses import dataclass

from watchdog.events import (
    DirAttribEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers.api import BaseObserver, ObservedWatch

from core.sources.walk import contains

# Opening and reading a file are left out: Carrel's own reading must not wake it.
_EVENTS: list[type[FileSystemEvent]] = [
    DirAttribEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]


@dataclass(frozen=True, slots=True, eq=False)
class Subscription:
    """A folder whose events are asked for."""

    watch: ObservedWatch
    handler: FileSystemEventHandler


class NativeEvents:
    """Watches folders for as long as one is subscribed to.

    One thread uses it; `tell` and `on_lost` are called on watchdog's threads, must be quick and must not call back.
    """

    def __init__(
        self, make_observer: Callable[[], BaseObserver], on_lost: Callable[[], None], ignore: bytes | None = None
    ) -> None:
        """Nothing is started yet.

        Args:
            make_observer: Makes watchdog's observer.
            on_lost: Called when the system dropped events, so that no folder is known any more.
            ignore: A folder whose events are passed over.
        """
        self._make_observer = make_observer
        self._ignore = None if ignore is None else os.path.realpath(ignore)
        self._observer: BaseObserver | None = None
        self._subscriptions: dict[ObservedWatch, set[FileSystemEventHandler]] = {}
        self._overflow = _Overflow(on_lost)

    def add(self, folder: bytes, recursive: bool, tell: Callable[[bytes], None]) -> Subscription:
        """Tell of each path that changes in a folder, from now on.

        Raises:
            OSError: The folder can't be watched; with ENOSPC or EMFILE, a limit of the system is reached.
        """
        handler = _Forward(tell, self._ignore)
        watch = self._healthy_observer().schedule(
            handler, os.fsdecode(folder), recursive=recursive, event_filter=_EVENTS
        )
        subscription = Subscription(watch, handler)
        self._subscriptions.setdefault(watch, set()).add(handler)
        if recursive and self._limit_reached(folder):
            self.remove(subscription)
            raise OSError(errno.ENOSPC, "inotify watch limit reached")
        return subscription

    def alive(self, subscription: Subscription) -> bool:
        """Tell whether events of a subscription can still come."""
        observer = self._observer
        return (
            observer is not None
            and _healthy(observer)
            and subscription.handler in self._subscriptions.get(subscription.watch, ())
            and any(each.watch == subscription.watch and each.is_alive() for each in observer.emitters)
        )

    def remove(self, subscription: Subscription) -> None:
        """End a subscription, and with it the others of the same folder; `alive` says so, and they are added again."""
        handlers = self._subscriptions.get(subscription.watch, ())
        if self._observer is not None and subscription.handler in handlers:
            del self._subscriptions[subscription.watch]
            with contextlib.suppress(KeyError):  # an observer that died has forgotten its watches
                self._observer.unschedule(subscription.watch)

    def close(self) -> None:
        """End all subscriptions and threads."""
        observer, self._observer = self._observer, None
        self._subscriptions.clear()
        self._overflow.uninstall()
        if observer is not None:
            observer.stop()
            observer.join()

    def _healthy_observer(self) -> BaseObserver:
        if self._observer is not None and not _healthy(self._observer):
            self.close()
        if self._observer is None:
            _calm_watchdog()
            self._observer = self._make_observer()
            self._observer.start()
            self._overflow.install()
        return self._observer

    def _limit_reached(self, folder: bytes) -> bool:
        """Tell whether the system would grant no further watch.

        WORKAROUND watchdog 7.1: it reports a refused watch for the top folder only; where the limit falls somewhere
        inside the tree, the rest goes unwatched without a word.
        """
        if sys.platform != "linux":
            return False
        try:
            with self._make_observer() as probe:
                probe.schedule(FileSystemEventHandler(), os.fsdecode(folder), recursive=False)
        except OSError as error:
            return error.errno == errno.ENOSPC
        return False


class _Forward(FileSystemEventHandler):
    def __init__(self, tell: Callable[[bytes], None], ignore: bytes | None) -> None:
        self._tell = tell
        self._ignore = ignore

    def dispatch(self, event: FileSystemEvent) -> None:
        for path in (os.fsencode(event.src_path), os.fsencode(event.dest_path)):
            if path and (self._ignore is None or not contains(self._ignore, path)):
                self._tell(path)


class _Overflow(logging.Filter):
    """Listens to the log in which alone watchdog says that events were lost; lets every record pass."""

    def __init__(self, on_lost: Callable[[], None]) -> None:
        super().__init__()
        self._on_lost = on_lost
        self._logger = logging.getLogger("watchdog.observers.inotify_c")

    def install(self) -> None:
        self._logger.addFilter(self)

    def uninstall(self) -> None:
        self._logger.removeFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno >= logging.WARNING and "overflow" in record.getMessage():
            self._on_lost()
        return True


def _healthy(observer: BaseObserver) -> bool:
    # WORKAROUND watchdog 7.1: the thread that reads from the kernel shows in no public place, and when it ends by an
    # exception, observer and emitters go on waiting for it.
    reader = getattr(observer, "_inotify_fd", None)
    return observer.is_alive() and (not isinstance(reader, threading.Thread) or reader.is_alive())


def _calm_watchdog() -> None:
    # WORKAROUND watchdog 7.1: it warns of its own bookkeeping when a folder is made deep at once or comes back, and
    # logs an error when an emitter is stopped at the wrong moment. An overflow is logged by inotify_c as well.
    warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
    logging.getLogger("watchdog.observers.inotify").setLevel(logging.CRITICAL)
