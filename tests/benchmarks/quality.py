"""Retrieval quality through Carrel's own import and search.

    python -m tests.benchmarks.quality FOLDER [--json] [--modes hybrid,keyword,vector]

FOLDER holds a test collection: `corpus.jsonl` ({"id", "title", "text"}), `queries.jsonl` ({"id", "text"}), `qrels.tsv`
(query id, document id, relevance) and, for long documents, `spans.jsonl` ({"query_id", "doc_id", "start", "end"}): the
characters that answer the query.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from core import KnowledgeBase, Text
from core.domain.search import Hit
from core.domain.workspace import Workspace
from tests.benchmarks.metrics import ndcg, recall, reciprocal_rank

DEPTH = 100
MODES = ("hybrid", "keyword", "vector")


@dataclass(frozen=True)
class Collection:
    """A test collection."""

    name: str
    texts: list[Text]
    queries: dict[str, str]
    judgements: dict[str, dict[str, int]]
    spans: dict[str, list[tuple[str, int, int]]]


def load(folder: Path) -> Collection:
    """Read a collection."""
    judgements: dict[str, dict[str, int]] = defaultdict(dict)
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, document, grade = line.split("\t")
        judgements[query][document] = int(grade)
    spans: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    if (folder / "spans.jsonl").exists():
        for row in _rows(folder / "spans.jsonl"):
            spans[row["query_id"]].append((row["doc_id"], row["start"], row["end"]))
    texts = [Text(row["id"], row["text"], row["title"]) for row in _rows(folder / "corpus.jsonl")]
    queries = {row["id"]: row["text"] for row in _rows(folder / "queries.jsonl") if row["id"] in judgements}
    return Collection(folder.resolve().name, texts, queries, judgements, spans)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    # Not splitlines(): a text may hold line separators of its own.
    return (json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line)


def measure(collection: Collection, data_dir: Path, modes: Sequence[str]) -> dict[str, dict[str, float]]:
    """Import the collection, ask every query in every mode, and return the mean of each metric by mode."""
    with KnowledgeBase.open(data_dir) as kb:
        workspace = kb.workspaces.create("quality")
        kb.documents.add_texts(workspace, collection.texts)
        if not kb.documents.wait(workspace, timeout=3600):
            raise TimeoutError("indexing did not end within an hour")
        return {mode: _mode(kb, workspace, collection, mode) for mode in modes}


def _mode(kb: KnowledgeBase, workspace: Workspace, collection: Collection, mode: str) -> dict[str, float]:
    values: dict[str, list[float]] = defaultdict(list)
    for query_id, text in collection.queries.items():
        judged = collection.judgements[query_id]
        # Typed as plain words: a quote or a minus in a test question is no operator.
        query = text.replace('"', " ").replace(" -", " ")
        results = kb.search.documents(workspace, query, limit=DEPTH, mode=mode)
        ranked = [hit.document.external_id or "" for hit in results]
        values["ndcg@10"].append(ndcg(ranked, judged, 10))
        values["recall@10"].append(recall(ranked, judged, 10))
        values["recall@100"].append(recall(ranked, judged, 100))
        values["mrr@10"].append(reciprocal_rank(ranked, judged, 10))
        if collection.spans:
            hits = kb.search.query(workspace, query, limit=50, mode=mode).hits
            for name, value in _passages(hits, collection.spans[query_id]).items():
                values[name].append(value)
    return {name: round(fmean(each), 4) for name, each in values.items()}


def _passages(hits: Sequence[Hit], spans: Sequence[tuple[str, int, int]]) -> dict[str, float]:
    def covered(parts: Sequence[tuple[str, int, int]]) -> float:
        """Return the share of the spans' characters that the parts hold."""
        total = held = 0
        for document, start, end in spans:
            total += end - start
            inside = [
                (max(start, s), min(end, e)) for name, s, e in parts if name == document and s < end and e > start
            ]
            reached = start
            for s, e in sorted(inside):
                held += max(0, e - max(s, reached))
                reached = max(reached, e)
        return held / total if total else 0.0

    whole = [(hit.document.external_id or "", hit.start, hit.end) for hit in hits]
    values = {"answer@5": covered(whole[:5])}
    for budget in (2000, 4000, 8000):
        values[f"answer in {budget} characters"] = covered(_within(whole, budget))
    first = next((rank for rank, part in enumerate(whole[:10], start=1) if covered([part]) >= 0.5), None)
    values["answer mrr@10"] = 1.0 / first if first else 0.0
    return values


def _within(parts: Sequence[tuple[str, int, int]], budget: int) -> list[tuple[str, int, int]]:
    kept = []
    for name, start, end in parts:
        end = min(end, start + budget)
        kept.append((name, start, end))
        budget -= end - start
        if budget <= 0:
            break
    return kept


def table(name: str, modes: dict[str, dict[str, float]]) -> str:
    """Return the results as a table."""
    metrics = list(next(iter(modes.values())))
    width = max(len(metric) for metric in metrics)
    lines = [f"{name:<{width}}  " + "  ".join(f"{mode:>8}" for mode in modes)]
    lines += [f"{metric:<{width}}  " + "  ".join(f"{modes[mode][metric]:8.4f}" for mode in modes) for metric in metrics]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None, out: Callable[[str], object] = sys.stdout.write) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Measure retrieval quality on a test collection.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--modes", default=",".join(MODES))
    options = parser.parse_args(arguments)
    collection = load(options.folder)
    with tempfile.TemporaryDirectory() as data_dir:
        modes = measure(collection, Path(data_dir), options.modes.split(","))
    report = json.dumps({"set": collection.name, "modes": modes}) if options.json else table(collection.name, modes)
    out(report + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
