"""The reader processes: long-lived, low priority, killed when they take too long or too much, and replaced."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

from core.concurrency.fair_pool import FairPool
from core.domain.clock import Clock
from core.errors import ExtractionFailed
from core.indexing.answer import Nonsense, Read, readings
from core.indexing.worker import READER, Overrun, Worker
from core.settings import IndexingSettings
from core.sources.read import Fingerprint

_Answer = TypeVar("_Answer")


class Readers(Protocol):
    """Turns files and texts into documents with passages."""

    @property
    def size(self) -> int:
        """The number of files that can be read at the same time."""
        ...

    def read_file(self, path: bytes, kind: str, expected: Fingerprint) -> Read:
        """Read and cut the file at `path`; raises `ExtractionFailed` with the reason.

        It raises `ChangedWhileRead` if what was read is not what `expected` says.
        """
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

    def __init__(self, settings: IndexingSettings, clock: Clock, program: str = READER) -> None:
        """Make the pool; `program` is the module that a reader process runs."""
        self._settings = settings
        self._clock = clock
        self._program = program
        self._idle: FairPool[Worker | None] = FairPool()
        for _ in range(settings.workers):
            self._idle.put(None)
        self._lock = threading.Lock()
        self._all: set[Worker] = set()
        self._closed = False
        # Linux ends a reader with the thread that started it: that must be none of those that come and go.
        self._starter = ThreadPoolExecutor(1, "reader-starter")

    @property
    def size(self) -> int:
        """The number of files that can be read at the same time."""
        return self._settings.workers

    def read_file(self, path: bytes, kind: str, expected: Fingerprint) -> Read:
        """Read and cut the file at `path`.

        Raises:
            ChangedWhileRead: What was read is not what `expected` says.
            ExtractionFailed: With the reason, in one sentence.
        """
        seconds = self._settings.timeout_seconds
        request = self._request()
        return self._with_worker(lambda worker: readings(worker.ask_file(path, kind, expected, request, seconds), 1)[0])

    def read_texts(self, texts: Sequence[str]) -> list[Read]:
        """Cut texts that are there already."""
        request = self._request() | {"texts": list(texts)}
        seconds = self._settings.timeout_seconds
        return self._with_worker(lambda worker: readings(worker.ask(request, seconds), len(texts)))

    def probe(self, file: str, folder: str) -> dict[str, bool]:
        """Return what a reader process can do although it should not; see `core.indexing.sandbox.probe`.

        Raises:
            ExtractionFailed: If the process does not work.
        """
        request = {"probe": {"file": file, "folder": folder, "memory": 2 * self._memory}}
        answer = self._with_worker(lambda worker: worker.ask(request, self._settings.timeout_seconds))
        return {str(name): bool(done) for name, done in answer.get("probe", {}).items()}

    @property
    def _memory(self) -> int:
        return self._settings.memory_mb * 1024 * 1024

    def _request(self) -> dict[str, Any]:
        settings = self._settings
        return {"chunker": settings.chunker, "size": settings.chunk_tokens, "overlap": settings.overlap_tokens}

    def _with_worker(self, ask: Callable[[Worker], _Answer]) -> _Answer:
        worker = self._idle.get()
        try:
            if self._closed:
                raise ExtractionFailed("cancelled", "Carrel was closed while it was read.")
            if worker is None or not worker.usable:
                worker = self._start(worker)
            return ask(worker)
        except Nonsense as nonsense:
            if worker is not None:
                worker.kill()
            raise ExtractionFailed("crashed", "Reading it led to an answer without sense.") from nonsense
        except Overrun as overrun:
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

    def _start(self, worn: Worker | None) -> Worker:
        if worn is not None:
            self._forget(worn)
        try:
            worker = self._starter.submit(Worker, self._clock, self._memory, self._program).result()
        except RuntimeError as error:  # it was shut down
            raise ExtractionFailed("cancelled", "Carrel was closed while it was read.") from error
        with self._lock:
            self._all.add(worker)
            closed = self._closed
        if closed:
            worker.kill()
        return worker

    def _forget(self, worker: Worker) -> None:
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
        self._starter.shutdown()
