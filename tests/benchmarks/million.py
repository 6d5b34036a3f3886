"""A vector index of a million: all that `tests.benchmarks.vectors` measures, and disk, opening, and who waits for it.

    python -m tests.benchmarks.million [--count 1000000] [--dimension 256] [--json]

Beside the rows of `tests.benchmarks.vectors` (search, filters, memory), against bare hnswlib in the same run:
    disk     bytes a vector of a generation without the windows of the passages
    open     seconds to open a partition with the windows of its passages: files in the system's memory, and not
    waits    the longest and the 99th percentile that a search, and that a change, waited for while vectors are added,
             and while a snapshot is written; the snapshot's seconds; reference: the same search with nothing beside it
    beats    the longest gap of a 5 ms heartbeat (`tests.benchmarks.heartbeat`) in each of these: under 200 ms;
             reference: hnswlib's own saving and loading
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import hnswlib
import numpy as np
from threadpoolctl import threadpool_limits

from core.vector_stores import VectorPartition
from core.vector_stores.hnsw import candidates
from tests.benchmarks.heartbeat import Heartbeat
from tests.benchmarks.synthetic import clustered
from tests.benchmarks.vectors import (
    K,
    Rivals,
    Row,
    compare,
    filter_rows,
    memory_rows,
    search_rows,
    table,
    windows_of,
)

QUESTIONS = 300
ADDED = 2_000
PAUSE = 0.01  # between two calls
WORST = "≤ 200"


class Waits:
    """How long calls took, in milliseconds."""

    def __init__(self, call: Callable[[int], object]) -> None:
        self._call = call
        self._taken: list[float] = []

    def until(self, done: threading.Event) -> None:
        """Call again and again until `done`."""
        number = 0
        while not done.is_set():
            began = time.perf_counter()
            self._call(number)
            self._taken.append((time.perf_counter() - began) * 1000)
            number += 1
            done.wait(PAUSE)

    def worst(self) -> float:
        """Return the longest."""
        return max(self._taken)

    def percentile(self, share: float) -> float:
        """Return the time within which this share of the calls, in percent, was done."""
        return float(np.percentile(self._taken, share))


class Bench:
    """A partition with windows around a built store, its heartbeat, and the vectors that change it."""

    def __init__(self, rivals: Rivals, folder: Path) -> None:
        self._folder = folder
        self._rivals = rivals
        self._heart = Heartbeat()
        self._questions = rivals.collection.questions
        self._partition = self._new()
        self._partition.open()
        self._partition._store = rivals.store  # built already
        self._partition.windows = windows_of(rivals.labels)
        self._next = int(rivals.labels[-1]) + 1
        rng = np.random.default_rng(5)
        noise = rng.standard_normal((100_000, rivals.store.dimension), dtype=np.float32) / 100
        self._extra = rivals.collection.vectors[rng.integers(0, len(rivals.labels), len(noise))] + noise

    def _new(self) -> VectorPartition:
        return VectorPartition(self._folder / "vectors", self._rivals.store.dimension, "model", "workspace")

    def run(self) -> list[Row]:
        """Return all rows."""
        rows: list[Row] = []
        with self._heart.running():
            alone = self._beside("search", lambda: time.sleep(5), changes=False)[0]
            searches, _ = self._beside("add", self._add, changes=False)
            rows.append(_wait("search while vectors are added", searches, alone))
            for number in (1, 2):  # in the second there is an older generation to be kept
                began = time.perf_counter()
                name = f"snapshot {number}"
                searches, changes = self._beside(name, lambda n=number: self._partition.snapshot(n), changes=True)
                seconds = time.perf_counter() - began
                rows.append(compare("waits", f"{name}, s", seconds, self._bare_save(), ""))
                rows.append(_wait(f"search during {name}", searches, alone))
                rows.append(_wait(f"change during {name}", changes, alone))
            rows.append(self._disk())
            rows += [self._open(cold) for cold in (False, True)]
        return rows + self._beats()

    def _beside(self, phase: str, work: Callable[[], object], changes: bool) -> tuple[Waits, Waits]:
        """Do `work` while others search, and change the partition."""
        questions = self._questions
        searches = Waits(lambda n: self._partition.search(questions[n % len(questions)], K))
        changing = Waits(lambda _: self._change(1))
        done = threading.Event()
        threads = [threading.Thread(target=each.until, args=(done,)) for each in [searches, changing][: 1 + changes]]
        with self._heart.phase(phase):
            for thread in threads:
                thread.start()
            try:
                work()
            finally:
                done.set()
                for thread in threads:
                    thread.join()
        return searches, changing

    def _add(self) -> None:
        for _ in range(0, ADDED, 50):
            self._change(50)

    def _change(self, count: int) -> None:
        labels = np.arange(self._next, self._next + count)
        self._next += count
        self._partition.add(labels, self._extra[labels % len(self._extra)])

    def _bare_save(self) -> float:
        began = time.perf_counter()
        with self._heart.phase("hnswlib saves"):
            self._rivals.bare.save_index(str(self._folder / "bare"))
        return time.perf_counter() - began

    def _disk(self) -> Row:
        newest = max((self._folder / "vectors").iterdir(), key=lambda path: int(path.name))
        ours = sum(path.stat().st_size for path in newest.iterdir() if not path.name.startswith("window"))
        theirs = (self._folder / "bare").stat().st_size
        count = len(self._rivals.labels)
        return compare("disk", "vectors, bytes each", ours / count, theirs / count, "≤ 1")

    def _open(self, cold: bool) -> Row:
        taken = []
        opened = self._new()
        bare = hnswlib.Index(space="ip", dim=self._rivals.store.dimension)
        name = "cold" if cold else "warm"
        openings: list[tuple[str, Callable[[], object]]] = [
            (f"open {name}", opened.open),
            (f"hnswlib loads {name}", lambda: bare.load_index(str(self._folder / "bare"))),
        ]
        for phase, load in openings:
            if cold:
                self._forget_files()
            began = time.perf_counter()
            with self._heart.phase(phase):
                load()
            taken.append(time.perf_counter() - began)
        opened.close()
        return compare("open", f"with checksums and windows, {name}, s", *taken, "≤ 15 in all")

    def _forget_files(self) -> None:
        """Ask the system to forget the files that it holds in memory, so that they come from the disk again."""
        os.sync()
        for path in self._folder.rglob("*"):
            if path.is_file() and hasattr(os, "posix_fadvise"):
                with path.open("rb") as file:
                    os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)

    def _beats(self) -> list[Row]:
        worst = {phase: max(gaps) * 1000 for phase, gaps in self._heart.gaps.items()}
        reference = {"snapshot 1": "hnswlib saves", "snapshot 2": "hnswlib saves"}
        reference |= {f"open {name}": f"hnswlib loads {name}" for name in ("warm", "cold")}
        rows = []
        for phase in ("search", "add", "snapshot 1", "snapshot 2", "open warm", "open cold"):
            gaps = np.array(self._heart.gaps[phase]) * 1000
            other = worst[reference.get(phase, "search")]
            rows.append(compare("beats", f"{phase}: 99 of 100, ms", float(np.percentile(gaps, 99)), other, "≤ 50"))
            rows.append(compare("beats", f"{phase}: longest, ms", worst[phase], other, WORST))
        return rows


def _wait(what: str, waits: Waits, alone: Waits) -> Row:
    described = f"{what}: longest (99 of 100: {waits.percentile(99):.1f}), ms"
    return compare("waits", described, waits.worst(), alone.worst(), "")


def run(count: int, dimension: int) -> Iterator[list[Row]]:
    """Measure; give the rows for each figure as they come."""
    with threadpool_limits(1):
        rivals = Rivals(clustered(count, dimension, questions=QUESTIONS))
        ours, theirs = rivals.curves()
        yield search_rows(rivals, ours, theirs)
        yield memory_rows(rivals)
        rivals.width.value = candidates(count, K)
        with tempfile.TemporaryDirectory() as temporary:
            yield Bench(rivals, Path(temporary)).run()
        yield filter_rows(rivals, theirs)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Measure a vector index of a million.")
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--dimension", type=int, default=256)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    found: list[Row] = []
    for rows in run(options.count, options.dimension):
        found += rows
        if not options.json:  # the next figures may take minutes
            sys.stdout.write(table(rows) + "\n\n")
            sys.stdout.flush()
    if options.json:
        sys.stdout.write(json.dumps(found) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
