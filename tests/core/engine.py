"""What tests of the whole engine share: a clock that can be moved, and readers inside the test's own process."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from core import KnowledgeBase
from core.domain.clock import Clock
from core.indexing.answer import Read, readings
from core.indexing.worker_process import Reader
from core.settings import IndexingSettings
from core.sources.read import ChangedWhileRead, Fingerprint, fingerprint
from tests.core.embedders.hashing import HashingEmbedder


class MovableClock:
    """A clock that a test sets: time passes with `forward`, the wall clock is set with `jump`; the monotonic one is the
    computer's."""

    def __init__(self, wall: float = 1_700_000_000.0) -> None:
        import time

        self._wall = wall
        self._monotonic = time.monotonic
        self._passed = 0.0

    def wall(self) -> float:
        return self._wall

    def monotonic(self) -> float:
        return self._monotonic()

    def elapsed(self) -> float:
        return self._passed

    def forward(self, seconds: float) -> None:
        self._wall += seconds
        self._passed += seconds

    def jump(self, seconds: float) -> None:
        self._wall += seconds


@cache
def _reader() -> Reader:
    return Reader()


def warm_up() -> None:
    """Load what readers in this process need, so that processes forked from it have it."""
    _reader()


class InlineReaders:
    """Reads in this process: what the reader processes do, without their start-up time and without their safety."""

    size = 1

    def __init__(self, settings: IndexingSettings, clock: Clock) -> None:
        self._settings = settings
        self._lock = threading.Lock()

    def read_file(self, path: bytes, kind: str, expected: Fingerprint) -> Read:
        read = self._run({"path": os.fsdecode(path), "kind": kind}, 1)[0]
        if fingerprint(path) != expected:
            raise ChangedWhileRead
        return read

    def read_texts(self, texts: Sequence[str]) -> list[Read]:
        return self._run({"texts": list(texts)}, len(texts))

    def _run(self, request: dict[str, Any], count: int) -> list[Read]:
        settings = self._settings
        request |= {"chunker": settings.chunker, "size": settings.chunk_tokens, "overlap": settings.overlap_tokens}
        with self._lock:
            answer = _reader().answer(request)
        return readings(answer, count)

    def close(self) -> None:
        """Nothing runs between two calls."""


def quick_engine(data_dir: Path, clock: Clock | None = None) -> KnowledgeBase:
    """Return an engine with a hashing embedder and without reader processes."""
    return KnowledgeBase(
        data_dir, clock=clock, embedder=lambda _, dimension: HashingEmbedder(dimension), readers=InlineReaders
    )
