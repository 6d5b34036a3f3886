"""How long it takes from the start of the engine to the first answer, in a fresh process each time.

    python -m tests.benchmarks.opening [--chunks 100000] [--data-dir FOLDER] [--rounds 3] [--json]

Measured are a first answer by words and a first one by words and meaning, after a clean close and after the process was
killed while passages were being taken in. Goals: at 100,000 chunks 1 s and 2 s (3 s after a kill), at 1,000,000 3 s and
15 s. The reference, in the same run, is what a process needs only to load the engine's libraries and the model.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core import KnowledgeBase, Text
from tests.benchmarks.prose import Prose

NAME = "opening"
ADDED_AT_ONCE = 1_000
UNSAVED = 2_000
GOALS = {100_000: (1.0, 2.0, 3.0), 1_000_000: (3.0, 15.0, 15.0)}  # up to so many chunks: words, hybrid, after a kill
Row = dict[str, Any]

# Runs in the fresh process; the clock begins when the engine is loaded, since a program loads it once.
_ANSWER = """
import sys, time
from core import KnowledgeBase
from core.embedders.wordllama import WordLlamaEmbedder
from threadpoolctl import threadpool_info
loaded = time.perf_counter()
folder, name, question = sys.argv[1:]
kb = KnowledgeBase.open(folder)
workspace = kb.workspaces.get(name)
assert len(kb.search.query(workspace, question, mode="keyword"))
words = time.perf_counter() - loaded
results = kb.search.query(workspace, question)
while not results.complete:
    results = kb.search.query(workspace, question)
assert any(hit.vector_rank for hit in results)
print(words, time.perf_counter() - loaded, flush=True)
kb.close()
"""
# Takes more passages in and never comes to closing.
_UNCLEAN = """
import sys, time
from core import KnowledgeBase, Text
from tests.benchmarks.prose import Prose
folder, name, count = sys.argv[1:]
kb = KnowledgeBase.open(folder)
workspace = kb.workspaces.get(name)
texts = [Text(f"late {number}", text) for number, text in enumerate(Prose(seed=8).chunks(int(count), 60))]
kb.documents.add_texts(workspace, texts)
kb.documents.wait(workspace, timeout=600)
kb.documents.add_texts(workspace, [Text(each.id, each.text + " again") for each in texts])
print("ready", flush=True)
time.sleep(600)
"""
_REFERENCE = """
import time
began = time.perf_counter()
import hnswlib, numpy, sqlite3, tantivy
from core.embedders.wordllama import WordLlamaEmbedder
WordLlamaEmbedder().embed_query("a question")
print(time.perf_counter() - began)
"""


def _python(program: str, *arguments: str) -> list[float]:
    done = subprocess.run([sys.executable, "-c", program, *arguments], check=True, capture_output=True, text=True)
    return [float(figure) for figure in done.stdout.split()]


def _killed(folder: Path) -> None:
    """Take passages in and kill the process before it has closed."""
    command = [sys.executable, "-c", _UNCLEAN, str(folder), NAME, str(UNSAVED)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stdout is not None
        if process.stdout.readline() != "ready\n":
            raise RuntimeError("the process that is to be killed did not get so far")
        os.kill(process.pid, signal.SIGKILL)


def fill(folder: Path, chunks: int) -> None:
    """Fill a workspace, unless it is full already, and close it when its faster index is built."""
    prose = Prose()
    with KnowledgeBase.open(folder) as kb:
        workspace = kb.workspaces.get_or_create(NAME)
        for begin in range(kb.documents.ledger(workspace, files=False).chunks, chunks, ADDED_AT_ONCE):
            many = prose.chunks(min(ADDED_AT_ONCE, chunks - begin), 60)
            kb.documents.add_texts(workspace, [Text(str(begin + number), text) for number, text in enumerate(many)])
        kb.documents.wait(workspace)
        while kb.documents.progress(workspace).building:
            kb.documents.wait(workspace, timeout=1)


def run(chunks: int, rounds: int, folder: Path) -> list[Row]:
    """Measure, and return one row for each figure."""
    fill(folder, chunks)
    question = next(iter(Prose().questions(1)))
    reference = statistics.median(_python(_REFERENCE)[0] for _ in range(rounds))
    wanted = next((goals for most, goals in GOALS.items() if chunks <= most), GOALS[1_000_000])
    clean = [_python(_ANSWER, str(folder), NAME, question) for _ in range(rounds)]
    unclean = []
    for _ in range(rounds):
        _killed(folder)
        unclean.append(_python(_ANSWER, str(folder), NAME, question))
    rows = []
    for after, found, goals in (("a clean close", clean, wanted[:2]), ("a kill", unclean, (wanted[0], wanted[2]))):
        for what, times, goal in zip(("words", "words and meaning"), zip(*found, strict=True), goals, strict=True):
            seconds = statistics.median(times)
            rows.append(
                {
                    "what": f"first answer by {what} after {after}",
                    "seconds": seconds,
                    "reference": reference,
                    "ratio": seconds / reference,
                    "wanted": goal,
                }
            )
    return rows


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a table."""
    lines = [f"{'what':<55}{'s':>8}{'reference':>11}{'ratio':>8}  wanted"]
    lines += [
        f"{row['what']:<55}{row['seconds']:>8.2f}{row['reference']:>11.2f}{row['ratio']:>8.2f}  < {row['wanted']:g} s"
        for row in rows
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Measure how long it takes to the first answer.")
    parser.add_argument("--chunks", type=int, default=100_000)
    parser.add_argument("--data-dir", type=Path, help="a folder to keep; what a run before has put there is used again")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        rows = run(options.chunks, options.rounds, options.data_dir or Path(temporary))
    sys.stdout.write((json.dumps(rows) if options.json else table(rows)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
