"""The root of one watched source: whether it is there, how its changes are noticed, and what a change means."""
# Paths are raw bytes, because not every file name is text; pathlib takes text only.
# ruff: noqa: PTH116, PTH118, PTH120

from __future__ import annotations

import errno
import math
import os
import stat
from collections.abc import Callable
from pathlib import Path

from core.domain.path_key import name_text
from core.domain.source import WatchState
from core.sources.name_rules import NameRules
from core.sources.native_events import NativeEvents, Subscription
from core.sources.probe import Probe
from core.sources.walk import contains

_LIMITS = {
    errno.ENOSPC: ("watched folders", "max_user_watches", 524_288),
    errno.EMFILE: ("watching programs", "max_user_instances", 512),
}


class WatchedRoot:
    """Watches one folder or file by events where the system gives them, else by looking at intervals.

    Attributes:
        state: How it is being watched.
    """

    def __init__(
        self,
        root: bytes,
        *,
        recursive: bool,
        names: NameRules | None,
        events: NativeEvents,
        probe: Probe[tuple[int, ...]],
        tell: Callable[[bytes | None, bool], None],
        poll_interval: float,
        retry_interval: float,
    ) -> None:
        """Nothing happens before the first `check`.

        Args:
            root: Raw bytes of the path.
            recursive: Whether folders below count.
            names: Rules whose files' events mean nothing, or None.
            events: Where to subscribe.
            probe: Asks for `identity`.
            tell: Called by a thread of watchdog with a folder in which something changed, or None for the whole source,
                and whether the root itself should be checked at once.
            poll_interval: Seconds between looks at a folder that can't be watched.
            retry_interval: Seconds between attempts to watch it after all.
        """
        self.state = WatchState("starting")
        self._root = root
        self._recursive = recursive
        self._names = names
        self._events = events
        self._tell = tell
        self._probe = probe
        self._poll_interval = poll_interval
        self._retry_interval = retry_interval
        self._real = root  # without links; events name their paths so
        self._identity: tuple[int, ...] = ()
        self._subscription: Subscription | None = None
        self._next_poll = self._next_retry = math.inf

    def check(self, now: float) -> bool:
        """Look whether the root is there and watched, mend what can be, and return whether the source is dirty."""
        try:
            found = self._probe.ask(self._root)
        except OSError as error:
            was_offline = self.state.kind == "offline"
            self.unsubscribe()
            self._identity = ()
            self.state = WatchState("offline", f"It can't be reached ({error.strerror}).")
            return not was_offline
        other = found != self._identity
        self._identity = found
        if len(found) > 2:
            self.unsubscribe()
            self.state = WatchState("polling", "A single file is looked at every few seconds.")
            return other
        if self.state.kind == "polling" and not other and now < self._next_retry:
            if now < self._next_poll:
                return False
            self._next_poll = now + self._poll_interval
            return True
        if other or self._subscription is None or not self._events.alive(self._subscription):
            self._subscribe(now)
            return True
        return False

    def unsubscribe(self) -> None:
        """Ask for no more events; the next check does again."""
        if self._subscription is not None:
            self._events.remove(self._subscription)
            self._subscription = None

    def _subscribe(self, now: float) -> None:
        self.unsubscribe()
        self._real = os.path.realpath(self._root)
        self._next_poll = now + self._poll_interval
        self._next_retry = now + self._retry_interval
        try:
            self._subscription = self._events.add(self._real, self._recursive, self._event)
            self.state = WatchState("native")
        except (OSError, RuntimeError) as error:  # a RuntimeError says that no more threads can be started
            self.state = _polling(error, self._poll_interval)

    def _event(self, path: bytes) -> None:
        if path == self._real or not contains(self._real, path):
            # The root itself, or a spelling of it that is the system's own.
            self._tell(None, True)
            return
        below = path[len(self._real) :].strip(os.sep.encode())
        if self._names is None or not _skipped(self._names, below):
            folder = os.path.dirname(below)
            self._tell(os.path.join(self._root, folder) if folder else None, False)


def identity(root: bytes) -> tuple[int, ...]:
    """Return what tells a root from another in its place: two numbers of a folder, four of a file.

    Raises:
        OSError: It can't be reached, or not be listed.
    """
    status = os.stat(root)
    if stat.S_ISDIR(status.st_mode):
        with os.scandir(root):  # a folder without permission, or of a server that is gone, fails only here
            return status.st_dev, status.st_ino
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _skipped(names: NameRules, below: bytes) -> bool:
    parts = [name_text(part) for part in below.split(os.sep.encode())]
    return any(names.skip(part, "/".join(parts[: number + 1])) for number, part in enumerate(parts))


def _polling(error: Exception, seconds: float) -> WatchState:
    instead = f"changes are looked for every {seconds / 60:g} min instead."
    code = error.errno if isinstance(error, OSError) else None
    if code not in _LIMITS:
        return WatchState("polling", f"The system can't watch this folder ({error}); {instead}")
    what, name, usual = _LIMITS[code]
    try:
        limit = int(Path("/proc/sys/fs/inotify", name).read_text("ascii"))
    except (OSError, ValueError):  # another system than Linux
        return WatchState("polling", f"The system's limit of {what} is reached; {instead}")
    hint = f"Raise it with: sudo sysctl fs.inotify.{name}={max(2 * limit, usual)}"
    return WatchState("polling", f"The system's limit of {limit} {what} is reached; {instead}", hint)
