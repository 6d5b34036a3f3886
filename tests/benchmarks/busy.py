"""What a search costs while a folder is being indexed.

    python -m tests.benchmarks.busy [--chunks 20000] [--files 1000] [--json]

Goal: the 95th percentile of hybrid search during the indexing of a folder of 1,000 files is at most twice the idle
one, measured in the same process before and after it. Searches come one every 50 ms, as from a person who types.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from core import KnowledgeBase, Text
from core.domain.workspace import Workspace
from tests.benchmarks import vectors
from tests.benchmarks.prose import Prose

WORDS = 60  # of the made-up language: about 165 tokens, as many as 120 words of real prose
FILE_CHUNKS = 12
PAUSE = 0.05
IDLE_SEARCHES = 200
Row = dict[str, Any]


def _searches(
    kb: KnowledgeBase, workspace: Workspace, questions: Sequence[str], more: Callable[[int], bool]
) -> list[float]:
    """Search, with pauses, as long as `more` says of the number of searches made; return the milliseconds of each."""
    took: list[float] = []
    while more(len(took)):
        began = time.perf_counter()
        kb.search.query(workspace, questions[len(took) % len(questions)])
        took.append((time.perf_counter() - began) * 1000)
        time.sleep(PAUSE)
    return took


def run(chunks: int, files: int) -> list[Row]:
    """Measure and return one row for each figure."""
    prose = Prose()
    questions = prose.questions(IDLE_SEARCHES)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "folder"
        folder.mkdir()
        for number in range(files):
            (folder / f"{number}.txt").write_text("\n\n".join(prose.chunks(FILE_CHUNKS, WORDS)), "utf-8")
        with KnowledgeBase.open(Path(temporary) / "data") as kb:
            workspace = kb.workspaces.create("busy")
            kb.documents.add_texts(
                workspace, [Text(str(number), text) for number, text in enumerate(prose.chunks(chunks, WORDS))]
            )
            kb.documents.wait(workspace, timeout=3600)
            while kb.documents.progress(workspace).building:
                time.sleep(0.5)
            idle = _searches(kb, workspace, questions, lambda made: made < IDLE_SEARCHES)
            kb.documents.add(workspace, [folder], watch=False)
            began = time.monotonic()
            busy = _searches(kb, workspace, questions, lambda _: not kb.documents.wait(workspace, timeout=0))
            seconds = time.monotonic() - began
            while kb.documents.progress(workspace).building:
                time.sleep(0.5)
            idle += _searches(kb, workspace, questions, lambda made: made < IDLE_SEARCHES)
    return [
        {
            "goal": "busy",
            "what": f"search while {files} files are indexed ({seconds:.0f} s, {len(busy)} searches), p{share}, ms",
            "carrel": float(np.percentile(busy, share)),
            "reference": float(np.percentile(idle, share)),
            "ratio": float(np.percentile(busy, share) / np.percentile(idle, share)),
            "wanted": wanted,
        }
        for share, wanted in ((50, ""), (95, "≤ 2"))
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Measure searches while a folder is being indexed.")
    parser.add_argument("--chunks", type=int, default=20_000, help="chunks that are there before")
    parser.add_argument("--files", type=int, default=1_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    rows = run(options.chunks, options.files)
    sys.stdout.write((json.dumps(rows) if options.json else vectors.table(rows)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
