"""Speed, recall and memory of the vector stores against bare hnswlib, in the same process and run.

    python -m tests.benchmarks.vectors [--count 100000] [--dimension 256] [--only search,filters,memory,limit] [--json]

The collection is synthetic (`tests.benchmarks.synthetic`). Rows:
    search   ten nearest at a recall of 0.95 and 0.98, locks and ids included, against hnswlib (M 16, ef_construction
             200, the whole vectors) at the same recall: p50 within 1; p95; and the build, CPU seconds
    as set   recall and p50 with the number of candidates that the store chooses itself
    filters  ten nearest among the allowed ids, by chance and by topic, against hnswlib's `filter=` at the search list
             that gives 0.98 without a filter: recall at least 0.98; p50 within 1 at 50 %, 1/4 at 10 %, 1/100 at 1 %,
             1/1000 at 0.1 %
    memory   resident bytes a vector, and with the windows of passages of 250 tokens: under 2,000 at 256 dimensions
    limit    exact search against the graph by size, from which the size of the change-over was chosen
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import hnswlib
import numpy as np
import psutil
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from core.domain.window import WindowTokens
from core.vector_stores.base import Labels, Vectors, write_arrays
from core.vector_stores.exact import ExactStore
from core.vector_stores.hnsw import HnswStore, candidates
from core.vector_stores.shortening import Shortening
from core.vector_stores.windows import WindowStore
from tests.benchmarks.synthetic import Collection, clustered

Row = dict[str, Any]
Search = Callable[[Vectors], Labels]
K = 10
ROUNDS = 3
WIDTHS = (10, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024)
SHARES = {0.5: 1.0, 0.1: 1 / 4, 0.01: 1 / 100, 0.001: 1 / 1000}
LIMITS = (5_000, 10_000, 20_000, 40_000)
SECONDS = 10.0  # for a round of questions
SLOW_QUESTIONS = 100  # for what takes long: filters, and everything exact


class Width:
    """The number of candidates of a store, set from outside."""

    def __init__(self) -> None:
        self.value = 64

    def __call__(self, count: int, k: int) -> int:
        return max(self.value, k)


class Truth:
    """What the right answer is; a label as near as the k-th counts as right, so that equal passages do no harm."""

    def __init__(self, collection: Collection, labels: Labels, allowed: Labels | None = None, k: int = K) -> None:
        chosen = slice(None) if allowed is None else np.searchsorted(labels, allowed)
        self._vectors, self._labels, self._k = collection.vectors[chosen], labels[chosen], k
        self._least: dict[bytes, float] = {}

    def recall(self, question: Vectors, found: Labels) -> float:
        """Return the share of the `k` nearest that was found."""
        key = question.tobytes()
        if key not in self._least:
            scores = self._vectors @ question
            self._least[key] = float(np.partition(scores, -self._k)[-self._k])
        scores = self._vectors[np.searchsorted(self._labels, found)] @ question
        return float((scores >= self._least[key] - 1e-6).sum()) / self._k


class Measured(NamedTuple):
    """Recall and microseconds of searches."""

    recall: float
    p50: float
    p95: float


def measure(search: Search, questions: Vectors, truth: Truth | None = None, rounds: int = 1) -> Measured:
    """Search for all `questions`, or for as many as `SECONDS` allow; times are those of the fastest of `rounds`."""
    until = time.perf_counter() + SECONDS
    for question in questions[:20]:
        search(question)
        if time.perf_counter() > until:
            break
    times: list[list[int]] = []
    recalls = []
    for _ in range(rounds):
        times.append([])
        until = time.perf_counter() + SECONDS
        for question in questions:
            began = time.perf_counter_ns()
            found = search(question)
            times[-1].append(time.perf_counter_ns() - began)
            if truth is not None and len(times) == 1:
                recalls.append(truth.recall(question, found))
            if len(times[-1]) >= 3 and time.perf_counter() > until:
                break
    p50, p95 = (min(float(np.percentile(each, share)) / 1000 for each in times) for share in (50, 95))
    return Measured(float(np.mean(recalls)) if recalls else 0.0, p50, p95)


class Rivals:
    """The store and bare hnswlib over the same collection."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        count, dimension = collection.vectors.shape
        self.labels = np.arange(count, dtype=np.int64) * 2 + 7
        self.width = Width()
        began = time.process_time()
        sample = collection.vectors[:: max(1, count // Shortening.sample_size(dimension))]
        self.store = HnswStore.fit(sample, self.width)
        for begin in range(0, count, 4096):
            self.store.fill(self.labels[begin : begin + 4096], collection.vectors[begin : begin + 4096])
        self.seconds = time.process_time() - began
        began = time.process_time()
        self.bare = hnswlib.Index(space="ip", dim=dimension)
        self.bare.init_index(max_elements=count, M=16, ef_construction=200)
        self.bare.add_items(collection.vectors, self.labels)
        self.bare_seconds = time.process_time() - began

    def ours(self, question: Vectors) -> Labels:
        """Ten nearest by the store."""
        return self.store.search(question, K)[0]

    def theirs(self, question: Vectors) -> Labels:
        """Ten nearest by bare hnswlib."""
        found, _ = self.bare.knn_query(question, k=K, num_threads=1)
        labels: Labels = found[0].astype(np.int64)
        return labels

    def curves(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return `Measured` by `WIDTHS` of the store and of bare hnswlib, each `(widths, 3)`."""
        truth = Truth(self.collection, self.labels)
        curves = np.full((ROUNDS, 2, len(WIDTHS), 3), np.inf)
        for turn in range(ROUNDS):
            for place, width in enumerate(WIDTHS):
                self.width.value = width
                self.bare.set_ef(width)
                curves[turn, 0, place] = measure(self.ours, self.collection.questions, truth)
                curves[turn, 1, place] = measure(self.theirs, self.collection.questions, truth)
        lowest = curves.min(axis=0)
        return lowest[0], lowest[1]


def at_recall(curve: NDArray[np.float64], recall: float, column: NDArray[Any] | None = None) -> float:
    """Return the p50, or what stands in `column`, at which a curve reaches `recall`."""
    values = curve[:, 1] if column is None else column
    return float(np.interp(recall, np.maximum.accumulate(curve[:, 0]), values, right=np.inf))


def width_at(curve: NDArray[np.float64], recall: float) -> int:
    """Return the search list at which a curve reaches `recall`; the longest that was tried if none does."""
    return int(min(at_recall(curve, recall, np.array(WIDTHS)), WIDTHS[-1]))


def search_rows(rivals: Rivals, ours: NDArray[np.float64], theirs: NDArray[np.float64]) -> list[Row]:
    """Goal: p50 at equal recall."""
    rows = []
    for recall in (0.95, 0.98):
        for name, column in (("p50", 1), ("p95", 2)):
            mine, other = (at_recall(curve, recall, curve[:, column]) for curve in (ours, theirs))
            rows.append(compare("search", f"{name} at recall {recall}, µs", mine, other, "≤ 1"))
    rows.append(compare("search", "build, CPU s", rivals.seconds, rivals.bare_seconds, "≤ 1"))
    questions = rivals.collection.questions[:200]
    for k in (K, 200):
        rivals.width.value = candidates(len(rivals.labels), k)
        rivals.bare.set_ef(rivals.width.value)
        truth = Truth(rivals.collection, rivals.labels, k=k)
        recall, p50, _ = measure(lambda v, k=k: rivals.store.search(v, k)[0], questions, truth, ROUNDS)
        rivals.bare.set_ef(max(k, width_at(theirs, 0.98)))
        _, bare50, _ = measure(lambda v, k=k: rivals.bare.knn_query(v, k, 1), questions, rounds=ROUNDS)
        what = f"p50 of {k} nearest, {rivals.width.value} candidates, recall {recall:.3f}, µs"
        rows.append(compare("as set", what, p50, bare50, ""))
    return rows


def filter_rows(rivals: Rivals, theirs: NDArray[np.float64]) -> list[Row]:
    """Goal: filtered search."""
    rows = []
    count = len(rivals.labels)
    rng = np.random.default_rng(1)
    questions = rivals.collection.questions[:SLOW_QUESTIONS]
    rivals.bare.set_ef(width_at(theirs, 0.98))
    rivals.width.value = candidates(count, K)
    for share, wanted in SHARES.items():
        size = int(share * count)
        by_topic = np.argsort(
            rng.permutation(rivals.collection.topics.max() + 1)[rivals.collection.topics], kind="stable"
        )
        for name, places in (("by chance", rng.permutation(count)[:size]), ("by topic", by_topic[:size])):
            allowed = np.sort(rivals.labels[places])
            truth = Truth(rivals.collection, rivals.labels, allowed)
            chosen = set(allowed.tolist())

            def bare(question: Vectors, chosen: set[int] = chosen) -> Labels:
                try:
                    found, _ = rivals.bare.knn_query(question, k=K, num_threads=1, filter=chosen.__contains__)
                except RuntimeError:  # fewer than ten found
                    return np.empty(0, dtype=np.int64)
                labels: Labels = found[0].astype(np.int64)
                return labels

            recall, p50, _ = measure(lambda v, a=allowed: rivals.store.search(v, K, a)[0], questions, truth, ROUNDS)
            bare_recall, bare50, _ = measure(bare, questions[: max(20, int(len(questions) * share))], truth)
            what = f"{share:.1%} {name}, recall {recall:.3f} (hnswlib {bare_recall:.3f}), µs"
            rows.append(compare("filters", what, p50, bare50, f"≤ {wanted:g}"))
    return rows


def windows_of(labels: Labels) -> WindowStore:
    """Return windows of passages of 250 tokens, about 120 words."""
    rng = np.random.default_rng(2)
    windows = WindowStore()
    for begin in range(0, len(labels), 1000):
        some = labels[begin : begin + 1000]
        ids = rng.integers(0, 32_000, (len(some), 250)).astype(np.uint16)
        windows.add(some, [WindowTokens(each, 10, np.ones(14, dtype=np.float16)) for each in ids])
    return windows


def memory_rows(rivals: Rivals) -> list[Row]:
    """Goal: memory a vector, measured in a process that only loads."""
    count, dimension = rivals.collection.vectors.shape
    windows = windows_of(rivals.labels)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_arrays(folder, {**rivals.store.freeze(folder), **windows.freeze()})
        rivals.bare.save_index(str(folder / "bare"))
        sizes = {
            part: int(subprocess.run([sys.executable, "-m", __spec__.name, "--resident", part, str(folder)],
                                     capture_output=True, text=True, check=True).stdout) / count
            for part in ("store", "windows", f"bare:{dimension}")
        }  # fmt: skip
    bare = sizes[f"bare:{dimension}"]
    return [
        compare("memory", "vectors, bytes each", sizes["store"], bare, ""),
        compare("memory", "vectors and windows, bytes each", sizes["store"] + sizes["windows"], 2000, "≤ 1 at 256"),
    ]


def resident(part: str, folder: Path) -> int:
    """Load a part and return by how many bytes the process has grown."""
    loaders = {"store": lambda: HnswStore.load(folder), "windows": lambda: WindowStore.load(folder)}

    def bare() -> hnswlib.Index:
        index = hnswlib.Index(space="ip", dim=int(part.partition(":")[2]))
        index.load_index(str(folder / "bare"))
        return index

    gc.collect()
    before = psutil.Process().memory_info().rss
    loaded = loaders.get(part, bare)()
    grown = psutil.Process().memory_info().rss - before
    del loaded
    return grown


def limit_rows(rivals: Rivals) -> list[Row]:
    """Exact search against the graph by size."""
    rows = []
    dimension = rivals.collection.vectors.shape[1]
    questions = rivals.collection.questions[:SLOW_QUESTIONS]
    for count in LIMITS:
        if count > len(rivals.labels):
            break
        labels, vectors = rivals.labels[:count], rivals.collection.vectors[:count]
        exact = ExactStore(dimension)
        exact.add(labels, vectors)
        graph = HnswStore.fit(vectors[:: max(1, count // Shortening.sample_size(dimension))])
        graph.fill(labels, vectors)
        for k in (K, 200):
            _, of_exact, _ = measure(lambda v, k=k, store=exact: store.search(v, k)[0], questions, rounds=ROUNDS)
            truth = Truth(Collection(vectors, rivals.collection.topics, questions), labels, k=k)
            search = graph.search
            recall, of_graph, _ = measure(lambda v, k=k, search=search: search(v, k)[0], questions, truth, ROUNDS)
            what = f"{count} vectors, {k} nearest, exact against graph ({recall:.3f}), µs"
            rows.append(compare("limit", what, of_exact, of_graph, ""))
    return rows


def compare(goal: str, what: str, carrel: float, reference: float, wanted: str) -> Row:
    """Return a row of the table."""
    return {
        "goal": goal,
        "what": what,
        "carrel": carrel,
        "reference": reference,
        "ratio": carrel / reference,
        "wanted": wanted,
    }


def run(count: int, dimension: int, only: Sequence[str]) -> list[Row]:
    """Measure and return one row for each figure."""
    rows: list[Row] = []
    with threadpool_limits(1):
        rivals = Rivals(clustered(count, dimension))
        ours, theirs = rivals.curves()
        if "search" in only:
            rows += search_rows(rivals, ours, theirs)
        if "filters" in only:
            rows += filter_rows(rivals, theirs)
        if "memory" in only:
            rows += memory_rows(rivals)
        if "limit" in only:
            rows += limit_rows(rivals)
    return rows


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a table."""
    lines = [f"{'goal':<10}{'what':<72}{'Carrel':>10}{'reference':>12}{'ratio':>9}  wanted"]
    lines += [
        f"{row['goal']:<10}{row['what']:<72}{row['carrel']:>10.2f}{row['reference']:>12.2f}{row['ratio']:>9.4f}"
        f"  {row['wanted']}"
        for row in rows
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Measure the vector stores.")
    parser.add_argument("--count", type=int, default=100_000, help="vectors in the collection")
    parser.add_argument("--dimension", type=int, default=256)
    parser.add_argument("--only", default="search,filters,memory,limit", help="which rows, separated by commas")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--resident", nargs=2, metavar=("PART", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.resident:
        part, folder = options.resident
        sys.stdout.write(str(resident(part, Path(folder))))
        return 0
    rows = run(options.count, options.dimension, options.only.split(","))
    sys.stdout.write((json.dumps(rows) if options.json else table(rows)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
