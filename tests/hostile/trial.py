"""Has hostile files read by a pool of reader processes, and writes down what became of each."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psutil

from core.errors import ExtractionFailed
from core.indexing.worker_pool import WorkerPool
from core.sources.read import fingerprint
from tests.hostile.zip_files import CANARY


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file.

    Attributes:
        name: The file's name.
        code: `read`, or the code of the failure.
        message: The failure's sentence.
        seconds: How long it took.
        next_seconds: How long a small good file took after it, where its reader did not survive; else 0.
        grown: Bytes by which this process has grown since the first file.
        leaked: The text holds the words of another file.
    """

    name: str
    code: str
    message: str
    seconds: float
    next_seconds: float
    grown: int
    leaked: bool


def settled() -> int:
    """Return the bytes that this process holds on to, without those that the C library keeps for the next time."""
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)
    return int(psutil.Process().memory_info().rss)


LOST = ("crashed", "timeout", "memory")
"""Codes of files that may have cost their reader."""


def outcomes(pool: WorkerPool, paths: Iterable[Path], good: Path) -> Iterator[Outcome]:
    """Yield the outcome of each file; as many are read at the same time as the pool has readers."""
    start = psutil.Process().memory_info().rss
    with ThreadPoolExecutor(pool.size) as threads:
        waiting = []
        for path in paths:
            waiting.append(threads.submit(_outcome, pool, path, good, start))
            if len(waiting) > pool.size:
                yield waiting.pop(0).result()
        for each in waiting:
            yield each.result()


def _outcome(pool: WorkerPool, path: Path, good: Path, start: int) -> Outcome:
    begin = time.monotonic()
    code, message, text = _read(pool, path)
    seconds = time.monotonic() - begin
    next_seconds = 0.0
    if code in LOST:
        begin = time.monotonic()
        assert _read(pool, good)[0] == "read"
        next_seconds = time.monotonic() - begin
    grown = psutil.Process().memory_info().rss - start
    path.unlink()
    return Outcome(path.name, code, message, seconds, next_seconds, grown, CANARY in text)


def _read(pool: WorkerPool, path: Path) -> tuple[str, str, str]:
    name = os.fsencode(path)
    try:
        read = pool.read_file(name, "", fingerprint(name))
    except ExtractionFailed as failure:
        return failure.code, failure.message, ""
    return "read", "", read.extracted.text
