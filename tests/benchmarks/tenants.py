"""What many workspaces cost: a thousand on disk, fifty open, each searched as if it were alone.

    python -m tests.benchmarks.tenants [--workspaces 1000] [--open 50] [--texts 200] [--json]

Goals: opening an empty workspace under 100 ms; a search in one of the open ones within 5 % of a search in a data folder
that holds this workspace alone, measured in the same run, in turns; those that nobody uses close by themselves.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import psutil

from core import KnowledgeBase, Text
from core.domain.workspace import Workspace
from core.settings import Settings, WorkspaceSettings
from tests.benchmarks.prose import Prose

ROUNDS = 15
QUERIES = 40
LINGER_SECONDS = 7.0  # the threads of loops end when they have been idle for five
MB = 2**20
Row = dict[str, Any]


def _fill(kb: KnowledgeBase, name: str, texts: Sequence[str]) -> Workspace:
    workspace = kb.workspaces.create(name)
    kb.documents.add_texts(workspace, [Text(str(number), text) for number, text in enumerate(texts)])
    if not kb.documents.wait(workspace, timeout=600):
        raise TimeoutError("indexing did not end within ten minutes")
    return workspace


def _milliseconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return (time.perf_counter() - began) * 1000


def _searched(kb: KnowledgeBase, workspace: Workspace, questions: Sequence[str]) -> float:
    """Return the milliseconds of a search, on average."""

    def all_of_them() -> None:
        for question in questions:
            kb.search.query(workspace, question)

    return _milliseconds(all_of_them) / len(questions)


def _row(what: str, value: float, unit: str, reference: float | None = None, wanted: str = "") -> Row:
    ratio = None if reference is None else value / reference
    return {"what": what, "value": value, "unit": unit, "reference": reference, "ratio": ratio, "wanted": wanted}


def run(workspaces: int, opened: int, texts: int, folder: Path) -> list[Row]:
    """Make the workspaces, measure, and return one row for each figure."""
    prose = Prose()
    passages = list(prose.chunks(texts, 60))
    questions = list(prose.questions(QUERIES))
    process = psutil.Process()
    settings = Settings(workspaces=WorkspaceSettings(most_open=opened, idle_minutes=100_000))
    rows = []
    with KnowledgeBase(folder / "alone") as alone:
        only = _fill(alone, "alone", passages)
        _searched(alone, only, questions)
        with KnowledgeBase(folder / "many", settings=settings) as kb:
            # The model is loaded once for all of a data folder.
            _searched(kb, _fill(kb, "first", passages), questions)
            time.sleep(LINGER_SECONDS)
            memory, threads = process.memory_info().rss, process.num_threads()
            made = [kb.workspaces.create(f"empty {number}") for number in range(workspaces - opened)]
            first = [_milliseconds(lambda each=each: kb.documents.ledger(each)) for each in made]  # type: ignore[misc]
            full = [_fill(kb, f"tenant {number}", passages) for number in range(opened)]
            again = [_milliseconds(lambda each=each: kb.documents.ledger(each)) for each in made[:100]]  # type: ignore[misc]
            for each in full:
                _searched(kb, each, questions[:5])
            _settle(kb, opened)
            rows += [
                _row("first opening of an empty workspace, median", statistics.median(first), "ms", wanted="< 100"),
                _row("opening an empty workspace again, median", statistics.median(again), "ms", wanted="< 100"),
                _row("the slowest of 20 openings again", sorted(again)[-len(again) // 20 :][0], "ms"),
                _row("memory for an open workspace", (process.memory_info().rss - memory) / MB / opened, "MB"),
                _row("threads for an open workspace", (process.num_threads() - threads) / opened, "threads"),
            ]
            pairs = []
            for number in range(ROUNDS):
                tenant = full[number % len(full)]
                _searched(kb, tenant, questions[:5])
                one = _searched(kb, tenant, questions)
                _searched(alone, only, questions[:5])
                pairs.append((one, _searched(alone, only, questions)))
            among, by_itself = (statistics.median(times) for times in zip(*pairs, strict=True))
            ratio = statistics.median(one / other for one, other in pairs)
            rows.append(_row(f"search in one of {opened} open", among, "ms", among / ratio, "≤ 1.05"))
            rows.append(_row("the same search alone", by_itself, "ms"))
            cpu = process.cpu_times()
            time.sleep(5.0)
            idle = process.cpu_times()
            used = idle.user + idle.system - cpu.user - cpu.system
            rows.append(_row(f"processor used by {opened} idle workspaces", 100 * used / 5.0, "% of a core"))
            rows.append(_row("closing all", _milliseconds(kb.close), "ms"))
        with KnowledgeBase(folder / "many", settings=settings) as kb:
            rows.append(_row(f"listing {workspaces} workspaces", _milliseconds(kb.workspaces.all), "ms"))
    return rows


def _settle(kb: KnowledgeBase, opened: int) -> None:
    """Wait until no more than the allowed number is open."""
    until = time.monotonic() + 120
    while len(kb._opened._all_open()) > opened and time.monotonic() < until:
        kb._opened._tend()
    time.sleep(LINGER_SECONDS)


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a table."""
    lines = [f"{'what':<50}{'value':>10}  {'unit':<12}{'reference':>10}{'ratio':>8}  wanted"]
    for row in rows:
        reference = "" if row["reference"] is None else f"{row['reference']:.2f}"
        ratio = "" if row["ratio"] is None else f"{row['ratio']:.3f}"
        lines.append(
            f"{row['what']:<50}{row['value']:>10.2f}  {row['unit']:<12}{reference:>10}{ratio:>8}  {row['wanted']}"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Measure what many workspaces cost.")
    parser.add_argument("--workspaces", type=int, default=1_000)
    parser.add_argument("--open", type=int, default=50, dest="opened")
    parser.add_argument("--texts", type=int, default=200, help="texts in each of the open workspaces")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        rows = run(options.workspaces, options.opened, options.texts, Path(temporary))
    sys.stdout.write((json.dumps(rows) if options.json else table(rows)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
