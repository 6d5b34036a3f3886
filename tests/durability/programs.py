"""Starts the program `carrel` by forking a process that has loaded its libraries and opened nothing, which is quick."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a process with threads can't be forked
os.environ["TOKENIZERS_PARALLELISM"] = "false"

import core.knowledge_base  # noqa: F401 - loaded before the fork
from core.command_line import main

HANGS = 90.0
"""Seconds after which a process is taken for one that never ends; no process here has more than two seconds of work."""
AT_WORK = b"Carrel is at work"


class Program:
    """A process that runs one command.

    Attributes:
        pid: Its number.
        handle: A file descriptor that can be read when it has ended.
        code: How it has ended: the exit code, or the negative number of a signal; None while it runs.
        processor_seconds: Processor time of it and of its children that it has waited for, once it has ended.
    """

    def __init__(self, words: list[str], errors: Path, before: Callable[[], None] = lambda: None) -> None:
        """
        Args:
            words: The command line.
            errors: The file that takes its standard error.
            before: Called in the new process first.
        """
        self._errors = errors
        self._out, writing = os.pipe()
        self.code: int | None = None
        self.processor_seconds = 0.0
        self.pid = os.fork()
        if self.pid == 0:
            _run(words, writing, errors, before)
        os.close(writing)
        self.handle = os.pidfd_open(self.pid)

    def wait_until_at_work(self) -> bool:
        """Wait until `serve` says that it is at work; False if it has ended instead."""
        said = b""
        while part := os.read(self._out, 1 << 16):
            said += part
            if AT_WORK in said:
                return True
        return False

    def signal(self, sign: signal.Signals) -> None:
        """Send a signal to it, unless it has ended."""
        if self.code is None:
            signal.pidfd_send_signal(self.handle, sign)

    def wait(self, seconds: float = HANGS) -> bool:
        """Wait until it has ended, but at most so long; tell whether it has."""
        if self.code is None and select.select([self.handle], [], [], seconds)[0]:
            _, status, usage = os.wait4(self.pid, 0)
            self.code = os.waitstatus_to_exitcode(status)
            self.processor_seconds = usage.ru_utime + usage.ru_stime
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


def _run(words: list[str], out: int, errors: Path, before: Callable[[], None]) -> None:
    code = 99
    try:
        sys.stdout, sys.stderr = os.fdopen(out, "w", encoding="utf-8"), errors.open("w", encoding="utf-8")
        before()
        code = main(words)
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
