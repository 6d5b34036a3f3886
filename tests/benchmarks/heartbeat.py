"""How long the engine holds up the program around it: the gaps of a 5 ms heartbeat while the engine is at work.

    python -m tests.benchmarks.heartbeat [--chunks 100000] [--data-dir FOLDER] [--json] [--causes]

A thread sleeps 5 ms again and again; the time between two beats is what a window would be frozen for. Goals: 99 of 100
gaps under 50 ms and none over 200 ms, in every phase. The reference is the same heartbeat beside a thread of plain
Python, in the same run: what the interpreter and the machine cost without the engine.

With `--causes`, each late beat writes down where the other threads stand at that moment (the one that held the
interpreter has just let it go, or is about to be switched out); the longest gap with each place is shown.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np

from core import KnowledgeBase, Text
from core.domain.workspace import Workspace
from tests.benchmarks.prose import Prose

BEAT = 0.005
LATE = 0.03
ADDED_AT_ONCE = 1_000
WORDS = 60  # of the made-up language: about 165 tokens, as many as 120 words of real prose
SEARCH_SECONDS = 20.0
NAME = "heartbeat"
_WAITING = ("wait", "get", "acquire", "join", "sleep", "read_message", "_wait_for_tstate_lock", "select", "read_events")
Row = dict[str, Any]


class Heartbeat:
    """The gaps between the beats of a thread, by phase."""

    def __init__(self) -> None:
        self.gaps: dict[str, list[float]] = {}
        self.causes: dict[str, Counter[str]] = {}
        self._phase = ""
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat")

    @contextmanager
    def running(self) -> Iterator[None]:
        """Beat until the end of the context."""
        self._thread.start()
        try:
            yield
        finally:
            self._stop.set()
            self._thread.join()

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Count gaps under this name; a phase can come more than once."""
        self.gaps.setdefault(name, [])
        self.causes.setdefault(name, Counter())
        self._phase = name
        try:
            yield
        finally:
            self._phase = ""

    def _run(self) -> None:
        before = time.perf_counter()
        while not self._stop.is_set():
            time.sleep(BEAT)
            now = time.perf_counter()
            phase = self._phase
            if phase:
                gap = now - before
                self.gaps[phase].append(gap)
                if gap > LATE:
                    for place in self._places():
                        self.causes[phase][place] = max(self.causes[phase][place], round(gap * 1000))
                    now = time.perf_counter()
            before = now

    def _places(self) -> Iterator[str]:
        names = {thread.ident: thread.name for thread in threading.enumerate()}
        me = threading.get_ident()
        for ident, frame in sys._current_frames().items():
            if ident != me and frame.f_code.co_name not in _WAITING:
                yield f"{names.get(ident, '?')}: {_place(frame)}"


def _place(frame: FrameType) -> str:
    """Return the innermost line, and the innermost one of the engine that called it."""
    places = []
    each: FrameType | None = frame
    while each is not None and len(places) < 2:
        file = Path(each.f_code.co_filename)
        if not places or "core" in file.parts[-4:]:
            places.append(f"{'/'.join(file.parts[-2:])}:{each.f_lineno} {each.f_code.co_name}")
        each = each.f_back
    return " < ".join(places)


def _spin(seconds: float) -> None:
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        sum(range(1_000))


def _ingest(kb: KnowledgeBase, workspace: Workspace, chunks: int, prose: Prose) -> None:
    for begin in range(0, chunks, ADDED_AT_ONCE):
        many = prose.chunks(min(ADDED_AT_ONCE, chunks - begin), WORDS)
        kb.documents.add_texts(workspace, [Text(str(begin + number), text) for number, text in enumerate(many)])
    while not kb.documents.wait(workspace, timeout=60):
        pass


def _build(kb: KnowledgeBase, workspace: Workspace) -> None:
    time.sleep(1.0)  # until it has begun
    while kb.documents.progress(workspace).building or not kb.documents.wait(workspace, timeout=1):
        time.sleep(0.5)


def _search(kb: KnowledgeBase, workspace: Workspace, questions: Sequence[str]) -> None:
    until = time.perf_counter() + SEARCH_SECONDS
    number = 0
    while time.perf_counter() < until:
        question = questions[number % len(questions)]
        kb.search.query(workspace, question)
        kb.search.documents(workspace, question)
        number += 1
        if number % 50 == 0:
            kb.search.matches(workspace, question.split()[-1], limit=10)
            kb.search.facets(workspace, question)
            kb.search.complete(workspace, question[:3])


def _remove(kb: KnowledgeBase, workspace: Workspace) -> None:
    documents = [each.id for each in kb.search.matches(workspace, "the").documents]
    kb.documents.remove(workspace, documents[: len(documents) // 4])
    _build(kb, workspace)


def run(chunks: int, folder: Path) -> Heartbeat:
    """Fill a workspace in `folder`, unless it is full already, and do all else to it; return the heartbeat."""
    heart = Heartbeat()
    prose = Prose()
    questions = list(prose.questions(200))
    with heart.running():

        def timed(name: str, action: Callable[[], object]) -> None:
            with heart.phase(name):
                action()

        timed("plain Python (reference)", lambda: _spin(5.0))
        kb = KnowledgeBase.open(folder)
        workspace = kb.workspaces.get_or_create(NAME)
        if kb.documents.ledger(workspace, files=False).chunks < chunks:
            timed("ingest", lambda: _ingest(kb, workspace, chunks, prose))
            timed("build", lambda: _build(kb, workspace))
        timed("search", lambda: _search(kb, workspace, questions))
        kb.documents.add_texts(workspace, [Text("one more", "a last word")])
        timed("ledger", lambda: kb.documents.ledger(workspace))
        timed("close with snapshot", kb.close)
        with heart.phase("open"):
            kb = KnowledgeBase.open(folder)
            workspace = kb.workspaces.get(NAME)
            kb.search.query(workspace, questions[0])
        timed("remove and compact", lambda: _remove(kb, workspace))
        timed("close", kb.close)
    return heart


def rows(heart: Heartbeat) -> list[Row]:
    """Return a row for each phase."""
    found = []
    for phase, gaps in heart.gaps.items():
        taken = np.array(gaps or [0.0]) * 1000
        found.append(
            {
                "phase": phase,
                "seconds": float(taken.sum() / 1000),
                "p50_ms": float(np.percentile(taken, 50)),
                "p99_ms": float(np.percentile(taken, 99)),
                "worst_ms": float(taken.max()),
                "late": int((taken > LATE * 1000).sum()),
                "held": bool(np.percentile(taken, 99) < 50 and taken.max() < 200),
                "longest_ms_by_place": dict(heart.causes[phase].most_common(8)),
            }
        )
    return found


def table(found: Sequence[Row], causes: bool) -> str:
    """Return the rows as a table."""
    lines = [f"{'phase':<28}{'s':>8}{'p50 ms':>9}{'p99 ms':>9}{'worst ms':>10}  goal p99 < 50, worst < 200"]
    for row in found:
        verdict = "held" if row["held"] else "missed"
        lines.append(
            f"{row['phase']:<28}{row['seconds']:>8.1f}{row['p50_ms']:>9.1f}{row['p99_ms']:>9.1f}{row['worst_ms']:>10.1f}"
            f"  {verdict}"
        )
        if causes:
            lines += [f"    {longest:>5} ms  {place}" for place, longest in row["longest_ms_by_place"].items()]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Measure how long the engine holds up the program around it.")
    parser.add_argument("--chunks", type=int, default=100_000)
    parser.add_argument("--data-dir", type=Path, help="a folder to keep; what a run before has put there is used again")
    parser.add_argument("--causes", action="store_true", help="show where the other threads stood at late beats")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        found = rows(run(options.chunks, options.data_dir or Path(temporary)))
    sys.stdout.write((json.dumps(found) if options.json else table(found, options.causes)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
