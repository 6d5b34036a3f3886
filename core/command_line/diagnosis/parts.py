"""Whether Carrel's own parts work: what a compiler built, the model of meaning, the process that reads files."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version

import numpy as np

from core import embedders
from core.command_line.diagnosis import load_parts
from core.command_line.diagnosis.check import Check, Level
from core.domain.clock import SystemClock
from core.errors import CarrelError
from core.indexing.worker_pool import WorkerPool
from core.knowledge_base import DEFAULT_DIMENSION, DEFAULT_MODEL
from core.settings import IndexingSettings

LOAD_SECONDS = 60


def check_versions() -> Check:
    """Look at Carrel's own version and those of the packages that do most of the work."""
    names = ("tantivy", "faiss-cpu", "wordllama", "numpy", "pypdfium2", "watchdog")
    return Check(
        "Carrel", Level.OK, f"{_version('carrel')} with {', '.join(f'{name} {_version(name)}' for name in names)}"
    )


def check_compiled(names: Sequence[str] = tuple(load_parts.PARTS)) -> Iterator[Check]:
    """Load every part that a compiler built, in a process of its own, which may die of it."""
    left = list(names)
    broken = []
    while left:
        lines = _load(left)
        tried = [line.removeprefix(f"{load_parts.BEGIN} ") for line in lines if line.startswith(load_parts.BEGIN)]
        if not tried:
            yield Check(
                "Compiled parts", Level.PROBLEM, "Python could not be started to load them.", "Install Carrel again."
            )
            return
        ends = [line for line in lines if not line.startswith(load_parts.BEGIN)]
        ends += [f"{load_parts.FAILED} it ends the process"] * (len(tried) - len(ends))
        broken += [(name, end) for name, end in zip(tried, ends, strict=True) if end.startswith(load_parts.FAILED)]
        left = left[len(tried) :]
    for name, end in broken:
        found = f"{name} does not load: {end.removeprefix(load_parts.FAILED).strip()}"
        # A copy that was built on another machine would be taken from the cache again.
        advice = f"Build it for this machine: {sys.executable} -m pip install --force-reinstall --no-cache-dir {name}"
        yield Check("Compiled parts", Level.PROBLEM, found, advice)
    if not broken:
        yield Check("Compiled parts", Level.OK, ", ".join(names))


def _load(names: Sequence[str]) -> list[str]:
    command = [sys.executable, "-m", load_parts.__name__, *names]
    try:
        done = subprocess.run(  # noqa: S603 - this Python, a module of ours, and names from our own table
            command, capture_output=True, text=True, timeout=LOAD_SECONDS, check=False, encoding="utf-8"
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return done.stdout.splitlines()


def check_model() -> Check:
    """Let the default model embed a sentence."""
    try:
        vector = embedders.embedder(DEFAULT_MODEL, DEFAULT_DIMENSION).embed_query("the small desk in a library")
    except CarrelError as error:
        return Check("Model of meaning", Level.PROBLEM, error.message, error.hint)
    found = f"{DEFAULT_MODEL}, {len(vector)} dimensions"
    if vector.shape == (DEFAULT_DIMENSION,) and np.isfinite(vector).all() and vector.any():
        return Check("Model of meaning", Level.OK, found)
    return Check("Model of meaning", Level.PROBLEM, f"{found}: it gives no usable vector.", "Install wordllama again.")


def check_reader(settings: IndexingSettings) -> Check:
    """Let a reader process, which is where all files are read, cut a text."""
    pool = WorkerPool(replace(settings, workers=1), SystemClock())
    try:
        read = pool.read_texts(["A carrel is the small desk in a library where one person works with many books."])
    except CarrelError as error:
        return Check(
            "Reader process", Level.PROBLEM, error.message, "Install Carrel again; if that does not help, report it."
        )
    finally:
        pool.close()
    if read[0].spans:
        return Check("Reader process", Level.OK, "reads and cuts")
    return Check("Reader process", Level.PROBLEM, "It found no passage in a text.", "Please report it.")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "(not installed)"
