"""One reader process as its owner sees it: started, asked, watched, killed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path, PurePath
from queue import Empty, SimpleQueue
from typing import IO, Any, cast

import psutil

from core.domain.clock import Clock
from core.domain.media import kind_of_name
from core.indexing.messages import BadMessage, read_message, write_message
from core.sources.read import ChangedWhileRead, Fingerprint, copied, fingerprint

RECYCLE_AFTER = 500
POLL_SECONDS = 0.2
START_SECONDS = 60.0
ANSWER_LIMIT = 64_000_000
"""Bytes of an answer about a file: five million characters with all that is said about them stay below."""

ANSWER_GROWTH = 8
"""How much longer than the texts it is about an answer may be: the smallest passages, each with its numbers."""

_PROGRAM = (
    "import importlib, sys; sys.path[:0] = sys.argv[3:]; importlib.import_module(sys.argv[1]).main(int(sys.argv[2]))"
)
READER = "core.indexing.worker_process"


class Overrun(Exception):
    """The process ended, or was killed because it took too much.

    Attributes:
        code: `crashed`, `timeout` or `memory`.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


class Worker:
    """One reader process, the pipe to it, and the memory in which a document is handed to it.

    Must be made in a thread that lives as long as the process shall: Linux ends the process with that thread.
    """

    def __init__(self, clock: Clock, memory: int, program: str = READER) -> None:
        """Start a process that may take `memory` bytes; `program` is the module whose `main` it runs."""
        self._clock = clock
        self._memory = memory
        self._answered = 0
        self._kill_lock = threading.Lock()
        self._inbox = _memory_file()
        self._inbox_lock = threading.Lock()
        self._process = subprocess.Popen(  # noqa: S603 - this Python, and a module of ours
            [sys.executable, "-I", "-S", "-X", "utf8", "-c", _PROGRAM, program, str(memory), *import_paths()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            cwd=os.sep,
            pass_fds=() if self._inbox is None else (self._inbox,),
            start_new_session=True,
        )
        # Both are there, since they were asked for above.
        self._requests = cast("IO[bytes]", self._process.stdin)
        self._output = cast("IO[bytes]", self._process.stdout)
        # A thread waits on the pipe, since a pipe can't be waited on with a time limit everywhere. It reads one message
        # for each that is asked for, so that a process that never stops to write fills a pipe, and no memory of ours.
        self._wanted: SimpleQueue[int] = SimpleQueue()
        self._answers: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
        self._listener = threading.Thread(target=self._listen, name="reader-pipe", daemon=True)
        self._listener.start()
        self._ready = False
        with suppress(OSError, psutil.Error):
            lowest = psutil.BELOW_NORMAL_PRIORITY_CLASS if sys.platform == "win32" else 10
            psutil.Process(self._process.pid).nice(lowest)

    @property
    def usable(self) -> bool:
        """Whether the process is alive, and not due to be replaced."""
        return self._process.poll() is None and self._answered < RECYCLE_AFTER

    def ask_file(
        self, path: bytes, kind: str, expected: Fingerprint, request: dict[str, Any], seconds: float
    ) -> dict[str, Any]:
        """Have a file read, and return the answer.

        Where the system has memory files, the process gets a copy in one, and can open nothing else. Elsewhere it is
        told the path.

        Raises:
            ChangedWhileRead: What was read is not what `expected` says.
            ExtractionFailed: The file can't be opened.
            Overrun: As in `ask`.
        """
        request |= {"kind": kind or kind_of_name(PurePath(os.fsdecode(path)).name) or ""}
        with self._inbox_lock:
            place = None if self._inbox is None else f"/proc/self/fd/{self._inbox}"
            if self._inbox is not None and copied(path, self._inbox) != expected:
                raise ChangedWhileRead
        if place is None:
            answer = self.ask(request | {"path": os.fsdecode(path)}, seconds)
            if fingerprint(path) != expected:
                raise ChangedWhileRead
            return answer
        try:
            return self.ask(request | {"path": place}, seconds)
        finally:
            with self._inbox_lock:
                if self._inbox is not None:
                    os.ftruncate(self._inbox, 0)

    def ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Send a request and wait for its answer.

        Raises:
            Overrun: If the process ended, or had to be killed because it took too long or too much memory.
        """
        if not self._ready:
            self._answer(START_SECONDS, ANSWER_LIMIT)
            self._ready = True
        try:
            sent = write_message(self._requests, request | {"seconds": seconds})
        except (OSError, ValueError) as error:
            self.kill()
            raise Overrun("crashed", "The reader process ended before it could be read.") from error
        answer = self._answer(seconds, max(ANSWER_LIMIT, ANSWER_GROWTH * sent))
        self._answered += 1
        return answer

    def _answer(self, seconds: float, limit: int) -> dict[str, Any]:
        self._wanted.put(limit)
        deadline = self._clock.monotonic() + seconds
        while True:
            try:
                message = self._answers.get(timeout=POLL_SECONDS)
                break
            except Empty:
                if self._clock.monotonic() > deadline:
                    self.kill()
                    raise Overrun("timeout", f"Reading it took longer than {seconds:g} seconds.") from None
                if self._resident() > self._memory:
                    self.kill()
                    raise Overrun(
                        "memory", f"Reading it took more than {self._memory // 1024 // 1024} MB of memory."
                    ) from None
        if message is None:
            self.kill()
            raise Overrun("crashed", "The reader process crashed on it.")
        return message

    def _resident(self) -> int:
        try:
            return int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def _listen(self) -> None:
        while limit := self._wanted.get():
            try:
                message = read_message(self._output, limit)
            except (OSError, ValueError, BadMessage, MemoryError):
                message = None
            self._answers.put(message)
            del message  # it may be large, and the next may be long in coming

    def kill(self) -> None:
        """End the process, and give back what was kept for it."""
        with self._kill_lock:
            self._process.kill()
            self._process.wait()
            # The pipe has ended with the process, so the listener ends by itself, or as soon as it is told.
            self._wanted.put(0)
            self._listener.join()
            self._answers.put(None)  # for who asks from now on: nobody listens any more
            for stream in (self._requests, self._output):
                with suppress(OSError):
                    stream.close()
            with self._inbox_lock:  # never while it is written: its number may be another file's at once
                if self._inbox is not None:
                    os.close(self._inbox)
                    self._inbox = None


def _memory_file() -> int | None:
    """Return the descriptor of an empty file in memory that has no name; None where the system has none."""
    return os.memfd_create("document", os.MFD_CLOEXEC) if sys.platform == "linux" else None


@cache
def import_paths() -> tuple[str, ...]:
    """Return where a reader finds the same `core` as this process, and the packages that it needs.

    A reader takes no path from the environment, from a folder that a script stands in, or from the one the user is in:
    whatever lies there would be run. Of the owner's paths it takes those with installed packages.
    """
    own = Path(__file__).resolve().parents[2]
    installed = [path for path in sys.path if Path(path).is_absolute() and any(Path(path).glob("*.dist-info"))]
    return tuple(dict.fromkeys([str(own), *installed]))


def _environment() -> dict[str, str]:
    """Return the environment of a reader: nothing, but what Windows can't start a program without."""
    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
