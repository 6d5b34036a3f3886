"""Speed of the keyword index against SQLite's FTS5, in the same process and run.

    python -m tests.benchmarks.keywords [--count 100000] [--json]

Both hold the same chunks of 120 words of generated prose and answer the same queries with their ten best. FTS5 stems
(`porter unicode61`) and ranks (`ORDER BY rank LIMIT 10`). Of three rounds the median of each query counts; p50 and p95
are over the queries.

Goals:
    questions of 8 words   p50 at most 1/20 of FTS5's, which is given every word of the question
    prefixes of 3 letters  p95 at most 1/10 of FTS5's
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

import numpy as np

from core.domain.passage import Passage
from core.keyword_index import KeywordIndex
from core.keyword_index.stopwords import ENGLISH
from core.retrievers.query_language import parse_query
from tests.benchmarks.prose import Prose

QUERIES = 100
ROUNDS = 3
BATCH = 2_000
SCOPES = ("workspace",)
Row = dict[str, Any]


class Fts5:
    """The same chunks in SQLite."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file)
        self._connection.execute("CREATE VIRTUAL TABLE chunk USING fts5(text, tokenize='porter unicode61')")

    def add(self, texts: Sequence[str], first: int) -> None:
        """Add texts under ids that count up from `first`."""
        with self._connection:
            self._connection.executemany("INSERT INTO chunk (rowid, text) VALUES (?, ?)", enumerate(texts, start=first))

    def any_word(self, text: str) -> None:
        """Find the ten best that have any of the words."""
        self._find(" OR ".join(f'"{word}"' for word in text.strip("?").split()))

    def content(self, text: str) -> None:
        """The same without stop words."""
        self.any_word(" ".join(word for word in text.strip("?").split() if word not in ENGLISH) or text)

    def prefix(self, text: str) -> None:
        """Find the ten best that have a word that begins so."""
        self._find(f'"{text}"*')

    def _find(self, match: str) -> None:
        self._connection.execute(
            "SELECT rowid, rank FROM chunk WHERE chunk MATCH ? ORDER BY rank LIMIT 10", (match,)
        ).fetchall()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def measure(count: int, folder: Path) -> list[Row]:
    """Index `count` chunks in both, and return a row for each kind of query."""
    prose = Prose()
    index, fts5 = KeywordIndex(folder / "words"), Fts5(folder / "fts5.db")
    seconds = {"carrel": 0.0, "fts5": 0.0}
    texts = list(prose.chunks(count))
    for first in range(0, count, BATCH):
        batch = texts[first : first + BATCH]
        passages = [
            Passage(key, key // 10, "workspace", "en", "", "", text) for key, text in enumerate(batch, first + 1)
        ]
        seconds["carrel"] += _timed(lambda: index.apply(first + len(batch), passages))  # noqa: B023 # called at once
        seconds["fts5"] += _timed(lambda: fts5.add(batch, first + 1))  # noqa: B023 # called at once
    seconds["carrel"] += _timed(index.settle)
    questions, prefixes = prose.questions(QUERIES), prose.prefixes(QUERIES)
    rare = [str(word) for word in prose.words[20_000 : 20_000 + QUERIES]]

    def search(text: str) -> None:
        index.search(parse_query(text), 10, SCOPES)

    def typing(text: str) -> None:
        index.search(parse_query(text, as_you_type=True), 10, SCOPES)

    rows = [
        _row("one rare word", rare, search, fts5.any_word),
        _row("question of 8 words", questions, search, fts5.any_word, goal=("p50", 20)),
        _row("question of 8 words, FTS5 without stop words", questions, search, fts5.content),
        _row("prefix of 3 letters", prefixes, typing, fts5.prefix, goal=("p95", 10)),
    ]
    index.close()
    fts5.close()
    sizes = {"carrel": _bytes(folder / "words" / "passages"), "fts5": (folder / "fts5.db").stat().st_size}
    return [*rows, {"query": "index time, s", **seconds}, {"query": "index size, MB", **_scaled(sizes, 1e-6)}]


def _row(
    name: str,
    queries: Sequence[str],
    ours: Callable[[str], None],
    theirs: Callable[[str], None],
    goal: tuple[str, int] | None = None,
) -> Row:
    row: Row = {"query": name}
    for who, search in (("carrel", ours), ("fts5", theirs)):
        rounds = [[_timed(lambda: search(query)) for query in queries] for _ in range(ROUNDS)]  # noqa: B023 # called at once
        each = np.median(np.array(rounds), axis=0) * 1_000
        row |= {f"{who}_p50_ms": float(np.percentile(each, 50)), f"{who}_p95_ms": float(np.percentile(each, 95))}
    row["ratio_p50"] = row["fts5_p50_ms"] / row["carrel_p50_ms"]
    row["ratio_p95"] = row["fts5_p95_ms"] / row["carrel_p95_ms"]
    if goal:
        row["goal"] = f"{goal[0]} {goal[1]}x"
        row["met"] = row[f"ratio_{goal[0]}"] >= goal[1]
    return row


def _timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir())


def _scaled(values: dict[str, int], factor: float) -> dict[str, float]:
    return {name: value * factor for name, value in values.items()}


def _table(rows: Sequence[Row]) -> str:
    lines = [f"{'':46}{'Carrel p50 / p95 ms':>22}{'FTS5 p50 / p95 ms':>22}{'times faster':>16}  goal"]
    for row in rows:
        if "goal" in row or "ratio_p50" in row:
            goal = f"{row['goal']} {'met' if row['met'] else 'MISSED'}" if "goal" in row else ""
            lines.append(
                f"{row['query']:46}{row['carrel_p50_ms']:13.2f} / {row['carrel_p95_ms']:6.2f}"
                f"{row['fts5_p50_ms']:13.2f} / {row['fts5_p95_ms']:6.2f}"
                f"{row['ratio_p50']:8.0f} / {row['ratio_p95']:5.0f}  {goal}"
            )
        else:
            lines.append(f"{row['query']:46}{row['carrel']:22.1f}{row['fts5']:22.1f}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 if a goal was missed."""
    parser = argparse.ArgumentParser(description="Speed of the keyword index against SQLite's FTS5.")
    parser.add_argument("--count", type=int, default=100_000, help="number of chunks (100,000)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="carrel-keywords-") as folder:
        rows = measure(options.count, Path(folder))
    print(json.dumps({"count": options.count, "rows": rows}, indent=2) if options.json else _table(rows))
    return 0 if all(row.get("met", True) for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
