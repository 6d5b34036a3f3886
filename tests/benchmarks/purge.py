"""Purging what has expired, with searches going on.

    python -m tests.benchmarks.purge [--count 100000] [--staying 20000] [--json]

Goals: at least 100,000 passages a minute; the searches' median stays under twice that of the same searches in the same
process just before, while nothing else was done.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from core import KnowledgeBase, Text
from core.domain.clock import SystemClock
from core.domain.workspace import Workspace
from tests.benchmarks.prose import Prose

WORDS = 60
IDLE_SEARCHES = 300
SECONDS_BETWEEN = 0.02  # searches come one after the other, as from a few people, not as fast as they can
LIFETIME = 30 * 86_400.0


class ShiftedClock(SystemClock):
    """The computer's clocks, some days later."""

    shift = 0.0

    def wall(self) -> float:
        return super().wall() + self.shift

    def elapsed(self) -> float:
        return super().elapsed() + self.shift


def search_once(kb: KnowledgeBase, workspace: Workspace, question: str) -> float:
    """Return the milliseconds of a search."""
    time.sleep(SECONDS_BETWEEN)
    began = time.perf_counter()
    kb.search.query(workspace, question)
    return (time.perf_counter() - began) * 1000


def add(kb: KnowledgeBase, workspace: Workspace, texts: Sequence[str], prefix: str, **options: object) -> None:
    """Add texts and wait until they are indexed."""
    kb.documents.add_texts(
        workspace,
        [Text(f"{prefix}{number}", text) for number, text in enumerate(texts)],
        **options,  # type: ignore[arg-type]
    )
    if not kb.documents.wait(workspace, timeout=3600):
        raise TimeoutError("indexing did not end within an hour")


def run(count: int, staying: int) -> dict[str, float]:
    """Measure and return the figures."""
    prose = Prose()
    clock = ShiftedClock()
    with tempfile.TemporaryDirectory() as temporary, KnowledgeBase(Path(temporary) / "data", clock=clock) as kb:
        workspace = kb.workspaces.create("purge")
        add(kb, workspace, list(prose.chunks(staying, WORDS)), "stays")
        add(kb, workspace, list(prose.chunks(count, WORDS)), "goes", scope="session:1", ttl=LIFETIME)
        while kb.documents.progress(workspace).building:
            time.sleep(0.5)
        questions = list(prose.questions(IDLE_SEARCHES))
        for question in questions[:50]:
            search_once(kb, workspace, question)
        idle = [search_once(kb, workspace, question) for question in questions]
        before = kb.documents.progress(workspace).chunks
        clock.shift = LIFETIME + 60
        began = time.perf_counter()
        with kb.workspaces._opened.use(workspace) as opened:
            opened.wake_sweep()
        during: list[float] = []
        left = before
        while left > staying:
            during.append(search_once(kb, workspace, questions[len(during) % len(questions)]))
            if len(during) % 10 == 0:
                left = kb.documents.progress(workspace).chunks
        seconds = time.perf_counter() - began
        began = time.perf_counter()
        kb.documents.wait(workspace, timeout=3600)
        erased = time.perf_counter() - began
    return {
        "purged": before - left,
        "seconds": seconds,
        "per_minute": (before - left) / seconds * 60,
        "idle_p50_ms": float(np.percentile(idle, 50)),
        "purging_p50_ms": float(np.percentile(during, 50)),
        "purging_p95_ms": float(np.percentile(during, 95)),
        "p50_ratio": float(np.percentile(during, 50) / np.percentile(idle, 50)),
        "searches": len(during),
        "erasing_seconds": erased,
    }


def table(row: dict[str, float]) -> str:
    """Return the figures as a table."""
    wanted = {"per_minute": "≥ 100,000", "p50_ratio": "< 2"}
    return "\n".join(f"{name:<18}{value:>14,.2f}  {wanted.get(name, '')}".rstrip() for name, value in row.items())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Measure the purge of what has expired.")
    parser.add_argument("--count", type=int, default=100_000, help="passages that expire")
    parser.add_argument("--staying", type=int, default=20_000, help="passages that stay and are searched")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    row = run(options.count, options.staying)
    sys.stdout.write((json.dumps(row) if options.json else table(row)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
