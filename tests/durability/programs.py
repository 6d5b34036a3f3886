"""Runs the program `carrel` in forks of a process that has loaded its libraries and opened nothing, which is quick."""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a process with threads can't be forked
os.environ["TOKENIZERS_PARALLELISM"] = "false"

import core.knowledge_base  # noqa: F401 - loaded before the fork

HANGS = 30.0
"""Seconds after which a process is taken for one that never ends; no process here has more than two seconds of work."""
AT_WORK = b"Carrel is at work"
"""What `serve` says when it has opened everything."""


class Program:
    """A process that is forked from this one.

    Attributes:
        pid: Its number.
        handle: A file descriptor that can be read when it has ended.
        code: How it has ended: the exit code, or the negative number of a signal; None while it runs.
    """

    def __init__(self, run: Callable[[], int], errors: Path) -> None:
        """
        Args:
            run: What it does, and with which exit code it ends.
            errors: The file that takes its standard error.
        """
        self._errors = errors
        self._out, writing = os.pipe()
        self._said = b""
        self.code: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            _live(run, writing, errors)
        os.close(writing)
        self.handle = os.pidfd_open(self.pid)

    def wait_for(self, words: bytes) -> bool:
        """Wait until it says this on its standard output; False if it has ended instead."""
        while words not in self._said and (part := os.read(self._out, 1 << 16)):
            self._said += part
        return words in self._said

    def said(self) -> str:
        """Return all that it wrote to its standard output, once it has ended."""
        while part := os.read(self._out, 1 << 16):
            self._said += part
        return self._said.decode()

    def signal(self, sign: signal.Signals) -> None:
        """Send a signal to it, unless it has ended."""
        if self.code is None:
            signal.pidfd_send_signal(self.handle, sign)

    def wait(self, seconds: float = HANGS) -> bool:
        """Wait until it has ended, but at most so long; tell whether it has."""
        if self.code is None and select.select([self.handle], [], [], seconds)[0]:
            self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.code is not None

    def close(self) -> None:
        """End it, however that must be done."""
        self.signal(signal.SIGKILL)
        self.wait()
        os.close(self._out)
        os.close(self.handle)

    @property
    def errors(self) -> list[str]:
        """Return the lines that it wrote to its standard error."""
        return self._errors.read_text("utf-8").splitlines()


def _live(run: Callable[[], int], out: int, errors: Path) -> None:
    code = 99
    try:
        sys.stdout, sys.stderr = os.fdopen(out, "w", encoding="utf-8"), errors.open("w", encoding="utf-8")
        code = run()
        for thread in threading.enumerate():
            if thread is not threading.current_thread() and not thread.daemon:
                thread.join()  # as Python does when it ends
    except BaseException:  # noqa: BLE001 - nothing may get out into the copy of the driver; whoever started it is told
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def slowness() -> float:
    """Return how many times slower than on a free machine a process is now: wall time over processor time."""
    began, worked = time.perf_counter(), time.process_time()
    while time.process_time() < worked + 0.02:
        sum(range(1000))
    return (time.perf_counter() - began) / (time.process_time() - worked)
