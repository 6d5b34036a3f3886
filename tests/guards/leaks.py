"""What a test must leave as it found it: threads, child processes, the environment, the working folder."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from dataclasses import dataclass
from multiprocessing import resource_tracker
from pathlib import Path

import psutil

# A thread or process that was told to stop may need a moment more on a busy machine; a leak never goes away.
GRACE_SECONDS = float(os.environ.get("CARREL_TEST_GRACE", "5"))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The state of this process before a test."""

    threads: frozenset[threading.Thread]
    children: frozenset[psutil.Process]
    environment: dict[str, str]
    folder: Path

    @classmethod
    def look(cls) -> Surroundings:
        """Return the state as it is now."""
        return cls(frozenset(_threads()), frozenset(_children()), _environment(), Path.cwd())

    def activity_faults(self) -> list[str]:
        """Return a line for each thread and child process that outlives the test; the processes are killed."""
        deadline = time.monotonic() + GRACE_SECONDS
        threads, children = self._alive()
        while (threads or children) and time.monotonic() < deadline:
            time.sleep(0.01)
            threads, children = self._alive()
        faults = [f"surviving thread: {thread.name}" for thread in threads]
        for child in children:
            try:
                faults.append(f"surviving child process {child.pid}: {' '.join(child.cmdline())[:200]}")
                child.kill()
            except psutil.NoSuchProcess:
                continue  # it ended between the look and the question
        return faults

    def environment_faults(self) -> list[str]:
        """Return a line for each variable that differs, and for a changed working folder; both are put back."""
        now = _environment()
        changed = sorted(key for key in self.environment.keys() | now if self.environment.get(key) != now.get(key))
        for key in changed:
            os.environ.pop(key, None)
            if key in self.environment:
                os.environ[key] = self.environment[key]
        faults = [f"environment variable left changed: {key}" for key in changed]
        folder = Path.cwd()
        if folder != self.folder:
            os.chdir(self.folder)
            faults.append(f"working folder left changed: {folder}")
        return faults

    def _alive(self) -> tuple[list[threading.Thread], list[psutil.Process]]:
        return (
            [thread for thread in _threads() if thread not in self.threads],
            [child for child in _children() if child not in self.children],
        )


def _environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key != "PYTEST_CURRENT_TEST"}


def _threads() -> list[threading.Thread]:
    # A dummy stands for a thread that a library made outside Python; Python never learns of its end.
    return [t for t in threading.enumerate() if not isinstance(t, threading._DummyThread) and t.is_alive()]


def _children() -> list[psutil.Process]:
    multiprocessing.active_children()  # reaps those that ended
    tracker = getattr(resource_tracker._resource_tracker, "_pid", None)  # one for the life of the process, by design
    alive = []
    for child in psutil.Process().children(recursive=True):
        try:
            if child.pid != tracker and child.status() != psutil.STATUS_ZOMBIE:
                alive.append(child)
        except psutil.NoSuchProcess:
            continue  # it ended between the list and the question
    return alive
