"""The reader processes: long-lived, low priority, killed when they take too long or too much, and replaced."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import IO, Any, Protocol, cast

import psutil

from core.concurrency.fair_pool import FairPool
from core.domain.chunk import Span
from core.domain.clock import Clock
from core.domain.extracted import Anchor, Extracted, Remark
from core.errors import ExtractionFailed
from core.indexing.worker_process import read_message, write_message
from core.settings import IndexingSettings

RECYCLE_AFTER = 500
POLL_SECONDS = 0.2
START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Read:
    """A document as a reader process gives it back."""

    kind: str
    extracted: Extracted
    language: str
    spans: tuple[Span, ...]


class Readers(Protocol):
    """Turns files and texts into documents with passages."""

    @property
    def size(self) -> int:
        """The number of files that can be read at the same time."""
        ...

    def read_file(self, path: bytes, kind: str) -> Read:
        """Read and cut the file at `path`; raises `ExtractionFailed` with the reason."""
        ...

    def read_texts(self, texts: Sequence[str]) -> list[Read]:
        """Cut texts that are there already."""
        ...

    def close(self) -> None:
        """End all readings."""
        ...


class WorkerPool:
    """At most `settings.workers` reader processes, started when first needed.

    Safe to use from many threads; a call waits until a reader is free.
    """

    def __init__(self, settings: IndexingSettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._idle: FairPool[_Worker | None] = FairPool()
        for _ in range(settings.workers):
            self._idle.put(None)
        self._lock = threading.Lock()
        self._all: set[_Worker] = set()
        self._closed = False

    @property
    def size(self) -> int:
        """The number of files that can be read at the same time."""
        return self._settings.workers

    def read_file(self, path: bytes, kind: str) -> Read:
        """Read and cut the file at `path`.

        Raises:
            ExtractionFailed: With the reason, in one sentence.
        """
        return self._run({"path": os.fsdecode(path), "kind": kind})[0]

    def read_texts(self, texts: Sequence[str]) -> list[Read]:
        """Cut texts that are there already."""
        return self._run({"texts": list(texts)})

    def _run(self, request: dict[str, Any]) -> list[Read]:
        settings = self._settings
        request |= {"chunker": settings.chunker, "size": settings.chunk_tokens, "overlap": settings.overlap_tokens}
        worker = self._idle.get()
        try:
            if self._closed:
                raise ExtractionFailed("cancelled", "Carrel was closed while it was read.")
            if worker is None or not worker.usable:
                worker = self._start(worker)
            answer = worker.ask(request, settings.timeout_seconds, settings.memory_mb * 1024 * 1024)
        except _Overrun as overrun:
            if self._closed:
                raise ExtractionFailed("cancelled", "Carrel was closed while it was read.") from overrun
            raise ExtractionFailed(
                overrun.code, overrun.sentence, "It can be tried again from the list of failures."
            ) from overrun
        finally:
            if worker is not None and not worker.usable:
                self._forget(worker)
                worker = None
            self._idle.put(worker)
        if failed := answer.get("failed"):
            raise ExtractionFailed(failed["code"], failed["message"], failed["hint"])
        return [reading_of(each) for each in answer["read"]]

    def _start(self, worn: _Worker | None) -> _Worker:
        if worn is not None:
            self._forget(worn)
        worker = _Worker(self._clock)
        with self._lock:
            self._all.add(worker)
            closed = self._closed
        if closed:
            worker.kill()
        return worker

    def _forget(self, worker: _Worker) -> None:
        worker.kill()
        with self._lock:
            self._all.discard(worker)

    def close(self) -> None:
        """Kill all readers; a reading under way fails with the code `cancelled` or `crashed`."""
        with self._lock:
            self._closed = True
            workers = list(self._all)
        for worker in workers:
            worker.kill()


class _Overrun(Exception):
    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


class _Worker:
    """One reader process and the pipe to it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._answered = 0
        self._kill_lock = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "core.indexing.worker_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,
        )
        # Both are there, since they were asked for above.
        self._requests = cast("IO[bytes]", self._process.stdin)
        self._output = cast("IO[bytes]", self._process.stdout)
        # A thread waits on the pipe, since a pipe can't be waited on with a time limit everywhere.
        self._answers: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
        self._listener = threading.Thread(target=self._listen, name="reader-pipe", daemon=True)
        self._listener.start()
        self._ready = False
        with suppress(OSError, psutil.Error):
            lowest = psutil.BELOW_NORMAL_PRIORITY_CLASS if sys.platform == "win32" else 10
            psutil.Process(self._process.pid).nice(lowest)

    @property
    def usable(self) -> bool:
        return self._process.poll() is None and self._answered < RECYCLE_AFTER

    def ask(self, request: dict[str, Any], seconds: float, memory: int) -> dict[str, Any]:
        """Send a request and wait for its answer.

        Raises:
            _Overrun: If the process ended, or had to be killed because it took too long or too much memory.
        """
        if not self._ready:
            self._answer(START_SECONDS, memory)
            self._ready = True
        try:
            write_message(self._requests, request)
        except OSError as error:
            self.kill()
            raise _Overrun("crashed", "The reader process ended before it could be read.") from error
        answer = self._answer(seconds, memory)
        self._answered += 1
        return answer

    def _answer(self, seconds: float, memory: int) -> dict[str, Any]:
        deadline = self._clock.monotonic() + seconds
        while True:
            try:
                message = self._answers.get(timeout=POLL_SECONDS)
                break
            except Empty:
                if self._clock.monotonic() > deadline:
                    self.kill()
                    raise _Overrun("timeout", f"Reading it took longer than {seconds:g} seconds.") from None
                if self._resident() > memory:
                    self.kill()
                    raise _Overrun(
                        "memory", f"Reading it took more than {memory // 1024 // 1024} MB of memory."
                    ) from None
        if message is None:
            self.kill()
            raise _Overrun("crashed", "The reader process crashed on it.")
        return message

    def _resident(self) -> int:
        try:
            return int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def _listen(self) -> None:
        message: dict[str, Any] | None = {}
        while message is not None:
            try:
                message = read_message(self._output)
            except (OSError, ValueError):
                message = None
            self._answers.put(message)

    def kill(self) -> None:
        with self._kill_lock:
            self._process.kill()
            self._process.wait()
            # The pipe has ended with the process, so the listener ends by itself.
            self._listener.join()
            for stream in (self._requests, self._output):
                with suppress(OSError):
                    stream.close()


def _environment() -> dict[str, str]:
    """Return the environment of a reader: what Python itself needs, and no secret of the user's."""
    kept = (
        "PATH",
        "SYSTEMROOT",
        "TEMP",
        "TMP",
        "LANG",
        "LC_ALL",
        "LC_CTYPE",
        "PYTHONPATH",
        "COVERAGE_PROCESS_START",
        "COVERAGE_PROCESS_CONFIG",
    )
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    return environment | {"OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false", "PYTHONUTF8": "1"}


def reading_of(answer: dict[str, Any]) -> Read:
    extracted = Extracted(
        answer["text"],
        tuple(Anchor(*each) for each in answer["anchors"]),
        answer["metadata"],
        tuple(Remark(*each) for each in answer["remarks"]),
    )
    return Read(answer["kind"], extracted, answer["language"], tuple(Span(*each) for each in answer["spans"]))
