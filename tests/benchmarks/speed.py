"""Speed of the engine against the bare sum of its parts, in the same process and run.

    python -m tests.benchmarks.speed [--count 100000] [--json] [--only indexing,search,keywords,vectors]

Goals (a ratio; the reference is measured beside it):
    search    hybrid search through the API against embed + tantivy + hnswlib (at the same recall) + ten rows: p50
              within 2; p95 under twice its own p50
    indexing  10,000 chunks through the API against embed + tantivy add + hnswlib add: at least 0.6 of the bare speed
    keywords  keyword search against SQLite FTS5: 8-word questions at most 1/20, three-letter prefixes at most 1/10
    vectors   the vector store against bare hnswlib at equal recall, and filters against its callback
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import hnswlib
import numpy as np
import tantivy
from threadpoolctl import threadpool_limits

from core import KnowledgeBase, Text
from core.domain.workspace import Workspace
from core.embedders.wordllama import WordLlamaEmbedder
from core.vector_stores import VectorPartition
from core.vector_stores.base import Vectors
from tests.benchmarks import keywords, vectors
from tests.benchmarks.prose import Prose

INDEXED = 10_000
QUERIES = 200
WORDS = 60  # of the made-up language: about 165 tokens, as many as 120 words of real prose
EFS = (32, 64, 96, 128, 192, 256, 384, 512, 768, 1024)
KEYWORD_GOALS = {"question of 8 words": {"p50": "≤ 0.05"}, "prefix of 3 letters": {"p95": "≤ 0.1"}}
Row = dict[str, Any]


class BareParts:
    """The same libraries without the engine: what a search costs at the least."""

    def __init__(self, texts: Sequence[str], folder: Path, embedder: WordLlamaEmbedder) -> None:
        self.seconds: dict[str, float] = {}
        self._embedder = embedder
        began = time.perf_counter()
        self._vectors = np.concatenate([embedder.embed_documents(texts[i : i + 64]) for i in range(0, len(texts), 64)])
        self.seconds["embed"] = time.perf_counter() - began
        schema = (
            tantivy.SchemaBuilder()
            .add_integer_field("id", indexed=True, fast=True)
            .add_text_field("text", tokenizer_name="en_stem")
            .build()
        )
        (folder / "bare").mkdir()
        self._words = tantivy.Index(schema, str(folder / "bare"))
        began = time.perf_counter()
        writer = self._words.writer(num_threads=1)
        for number, text in enumerate(texts):
            writer.add_document(tantivy.Document.from_dict({"id": number, "text": text}, schema))
        writer.commit()
        writer.wait_merging_threads()
        self.seconds["tantivy"] = time.perf_counter() - began
        self._words.reload()
        self._searcher = self._words.searcher()
        began = time.perf_counter()
        self._graph = hnswlib.Index(space="ip", dim=embedder.dimension)
        self._graph.init_index(max_elements=len(texts), M=16, ef_construction=200)
        self._graph.add_items(self._vectors, np.arange(len(texts)))
        self.seconds["hnswlib"] = time.perf_counter() - began
        self._rows = sqlite3.connect(folder / "bare.db")
        self._rows.execute("CREATE TABLE chunk (id INTEGER PRIMARY KEY, text TEXT)")
        self._rows.executemany("INSERT INTO chunk VALUES (?, ?)", enumerate(texts))
        self._rows.commit()

    def fit(self, partition: VectorPartition, queries: Sequence[str]) -> tuple[float, int]:
        """Set the smallest list of candidates (ef) with which the graph's ten nearest are as good as the partition's.

        Returns the partition's recall and that length.
        """
        embedded = [self._embedder.embed_query(query) for query in queries]
        exact = [np.sort(self._vectors @ vector)[-10] for vector in embedded]

        def recall(search: Callable[[Vectors], Vectors]) -> float:
            # By score, so that it does not matter by which numbers the two know their vectors; int8 rounds a little.
            return float(np.mean([search(v) >= least - 1e-3 for v, least in zip(embedded, exact, strict=True)]))

        wanted = recall(lambda vector: partition.search(vector, 10)[1])
        for ef in EFS:
            self._graph.set_ef(ef)
            if recall(lambda vector: 1 - self._graph.knn_query(vector, 10, 1)[1][0]) >= wanted:
                break
        return wanted, ef

    def search(self, query: str) -> None:
        """Embed, ten nearest, ten by words, ten rows."""
        vector = self._embedder.embed_query(query)
        self._graph.knn_query(vector, k=10, num_threads=1)
        parsed = self._words.parse_query(query, ["text"])
        found = self._searcher.search(parsed, 10, count=False)
        ids = self._searcher.fast_field_values("id", [address for _, address in found.hits])
        marks = ",".join("?" * len(ids))
        self._rows.execute(f"SELECT id, text FROM chunk WHERE id IN ({marks})", ids).fetchall()

    def close(self) -> None:
        self._rows.close()


def percentiles(action: Callable[[str], object], queries: Sequence[str]) -> tuple[float, float]:
    """Return the median and the 95th percentile of the milliseconds that `action` takes; the best of three rounds."""
    rounds = []
    for _ in range(3):
        times = []
        for query in queries:
            began = time.perf_counter()
            action(query)
            times.append((time.perf_counter() - began) * 1000)
        rounds.append((float(np.percentile(times, 50)), float(np.percentile(times, 95))))
    return min(rounds)


def measure_indexing(kb: KnowledgeBase, bare: BareParts, texts: Sequence[str]) -> list[Row]:
    """Index `texts` through the API and compare with the bare parts."""
    workspace = kb.workspaces.create("indexing")
    began = time.perf_counter()
    kb.documents.add_texts(workspace, [Text(str(number), text) for number, text in enumerate(texts)])
    if not kb.documents.wait(workspace, timeout=3600):
        raise TimeoutError("indexing did not end within an hour")
    seconds = time.perf_counter() - began
    reference = sum(bare.seconds.values())
    parts = ", ".join(f"{name} {value:.1f}" for name, value in bare.seconds.items())
    return [_row("indexing", f"{len(texts)} chunks, s ({parts})", seconds, reference, reference / seconds, "≥ 0.6")]


def measure_search(kb: KnowledgeBase, workspace: Workspace, bare: BareParts, queries: Sequence[str]) -> list[Row]:
    """Search through the API and compare with the bare parts."""
    with kb._opened.use(workspace) as opened:
        partition = opened.meaning.partition("workspace")
    assert partition is not None
    recall, ef = bare.fit(partition, queries)
    p50, p95 = percentiles(lambda query: kb.search.query(workspace, query), queries)
    bare50, _ = percentiles(bare.search, queries)
    return [
        _row(
            "search",
            f"hybrid p50 (recall of the nearest {recall:.2f}, bare ef {ef}), ms",
            p50,
            bare50,
            p50 / bare50,
            "≤ 2",
        ),
        _row("search", "hybrid p95 against its own p50, ms", p95, p50, p95 / p50, "< 2"),
    ]


def _row(goal: str, what: str, carrel: float, reference: float, ratio: float, wanted: str) -> Row:
    return {"goal": goal, "what": what, "carrel": carrel, "reference": reference, "ratio": ratio, "wanted": wanted}


def run(count: int, only: Sequence[str]) -> list[Row]:
    """Measure and return one row for each figure."""
    prose = Prose()
    rows: list[Row] = []
    embedder = WordLlamaEmbedder()
    with tempfile.TemporaryDirectory() as temporary, threadpool_limits(1):
        folder = Path(temporary)
        if "indexing" in only:
            texts = list(prose.chunks(INDEXED, WORDS))
            (folder / "small").mkdir()
            bare = BareParts(texts, folder / "small", embedder)
            with KnowledgeBase.open(folder / "indexing") as kb:
                rows += measure_indexing(kb, bare, texts)
            bare.close()
        if "search" in only:
            texts = list(prose.chunks(count, WORDS))
            bare = BareParts(texts, folder, embedder)
            with KnowledgeBase.open(folder / "search") as kb:
                workspace = kb.workspaces.create("search")
                kb.documents.add_texts(workspace, [Text(str(number), text) for number, text in enumerate(texts)])
                kb.documents.wait(workspace, timeout=3600)
                while kb.documents.progress(workspace).building:
                    time.sleep(0.5)
                rows += measure_search(kb, workspace, bare, list(prose.questions(QUERIES)))
            bare.close()
        if "keywords" in only:
            (folder / "keywords").mkdir()
            rows += [
                _row("keywords", f"{row['query']}, {part}, ms", row[f"carrel_{part}_ms"], reference, 1 / ratio, wanted)
                for row in keywords.measure(count, folder / "keywords")
                for part, wanted in KEYWORD_GOALS.get(row["query"], {}).items()
                for reference, ratio in [(row[f"fts5_{part}_ms"], row[f"ratio_{part}"])]
            ]
        if "vectors" in only:
            rows += vectors.run(count, 256, ["search", "filters"])
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Measure the speed of the engine.")
    parser.add_argument("--count", type=int, default=100_000, help="chunks in the workspace that is searched")
    parser.add_argument("--only", default="indexing,search,keywords,vectors", help="which goals, separated by commas")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    rows = run(options.count, options.only.split(","))
    sys.stdout.write((json.dumps(rows) if options.json else vectors.table(rows)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
