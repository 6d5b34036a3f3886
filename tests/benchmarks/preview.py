"""How long it takes until a hit is on the screen: in a PDF of many pages, in a long text, in source code.

    python -m tests.benchmarks.preview [--pages 300 1200] [--megabytes 50] [--json]

The window is drawn on no screen. A hit counts as shown when its page is painted, or its text laid out. Goal: a hit in a
PDF of 300 pages in under 300 ms, and the event loop held up for no more than 200 ms at a time (what it was held up for
is the second figure). The reference is drawing one page of that PDF, or laying out a tenth of a megabyte of plain text
in Qt's own view, in the same run.
"""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything of Qt is loaded

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from core.domain.extracted import Extracted
from core.domain.workspace import Workspace
from core.knowledge_base import KnowledgeBase
from desktop.changes import Changes
from desktop.context import Context
from desktop.notices import Notices
from desktop.pages.preview_pane import PreviewPane
from desktop.tasks import Tasks
from desktop.theme import Theme
from desktop.widgets.preview.pdf_view import PdfView
from desktop.widgets.preview.text_view import TextView
from tests.benchmarks.prose import Prose
from tests.core.engine import quick_engine
from tests.core.extractors.office_files import pdf

ROUNDS = 7
GOAL = "< 300 ms"
_LINES = 40
_PATIENCE = 20.0
Row = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """How long something took, and the longest time in which the event loop had no turn; milliseconds."""

    took: float
    held: float


def _until(application: QApplication, begin: Callable[[], None], shown: Callable[[], bool]) -> Shown:
    began = last = time.perf_counter()
    held = 0.0
    begin()
    while True:
        application.processEvents()
        now = time.perf_counter()
        held, last = max(held, now - last), now
        if shown():
            return Shown((now - began) * 1000, held * 1000)
        if now - began > _PATIENCE:
            raise TimeoutError("nothing was shown")
        time.sleep(0.0005)


def _row(what: str, tries: Sequence[Shown], reference: float, goal: str = "") -> Row:
    took = statistics.median(each.took for each in tries)
    return {
        "what": what,
        "milliseconds": round(took, 1),
        "held": round(max(each.held for each in tries), 1),
        "reference": round(reference, 1),
        "ratio": round(took / reference, 1),
        "goal": goal,
    }


def _pdfs(application: QApplication, folder: Path, pages: Sequence[int], theme: Theme) -> list[Row]:
    rows = []
    with quick_engine(folder / "data") as kb:
        tasks, changes = Tasks(), Changes()
        pane = PreviewPane(Context(kb, tasks, changes, Notices(), theme))
        pane.resize(560, 800)
        pane.show()
        for count in pages:
            workspace = kb.workspaces.create(str(count))
            path = _write(folder / f"{count}.pdf", count)
            kb.documents.add(workspace, [path])
            kb.documents.wait(workspace)
            pane.open(workspace)
            rows.append(_open_hits(application, kb, workspace, pane, path, count))
        tasks.close()
        pane.deleteLater()
    return rows


def _write(path: Path, count: int) -> Path:
    lines = list(Prose().chunks(count * _LINES, 12))
    pages = [
        [(60.0, 780.0 - 18 * line, 9.0, lines[page * _LINES + line]) for line in range(_LINES)] for page in range(count)
    ]
    for number in range(1, 8):
        page = number * count // 8
        pages[page][20] = (60.0, 420.0, 9.0, f"Here the kittiwake number{number} sings.")
    return pdf(path, pages)


def _open_hits(
    application: QApplication, kb: KnowledgeBase, workspace: Workspace, pane: PreviewPane, path: Path, count: int
) -> Row:
    view = pane.findChild(PdfView)
    assert view is not None
    tries = []
    for number in range(1, 8):
        query = f"kittiwake number{number}"
        hit = kb.search.query(workspace, query)[0]
        pane.show_hit(None, "")
        application.processEvents()
        tries.append(
            _until(
                application,
                lambda hit=hit, query=query: pane.show_hit(hit, query),  # type: ignore[misc]
                lambda: view.painted,
            )
        )
    return _row(f"a hit in a PDF of {count:,} pages", tries, _page_alone(path), GOAL)


def _page_alone(path: Path) -> float:
    document = QPdfDocument()
    document.load(str(path))
    times = []
    for page in range(ROUNDS):
        began = time.perf_counter()
        document.render(page, QSize(544, 704))
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def _texts(application: QApplication, megabytes: int, theme: Theme) -> list[Row]:
    prose = "\n\n".join(Prose().chunks(megabytes * 4_000, 60))[: megabytes * 1_000_000]
    code = "".join(
        f"def f{number}(x: int) -> str:\n    return 'x' + str({number})  # why\n\n\n" for number in range(9_000)
    )
    view = TextView(theme)
    view.resize(560, 800)
    view.show()
    plain = QPlainTextEdit()
    plain.resize(560, 800)
    plain.show()
    reference = statistics.median(
        _until(application, lambda: plain.setPlainText(prose[:100_000]), lambda: True).took for _ in range(ROUNDS)
    )
    rows = []
    for name, kind, text in (
        ("text", "txt", prose),
        ("Markdown", "md", prose),
        ("one line", "txt", prose.replace("\n", " ")),
        ("code", "python", code),
    ):
        tries = []
        for number in range(ROUNDS):
            at = len(text) * (number + 1) // (ROUNDS + 1)
            place = (at, at + 8)
            tries.append(_show(application, view, Extracted(text), kind, place))
        rows.append(_row(f"a hit in {len(text) / 1e6:.1f} MB of {name}", tries, reference))
    for each in (view, plain):
        each.deleteLater()
    return rows


def _show(application: QApplication, view: TextView, extracted: Extracted, kind: str, place: tuple[int, int]) -> Shown:
    return _until(
        application, lambda: view.show_text(extracted, kind, f"x.{kind}", place, [place], 0), lambda: _painted(view)
    )


def _painted(widget: QWidget) -> bool:
    widget.viewport().repaint()  # type: ignore[attr-defined] # a scroll area
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.preview", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--pages", type=int, nargs="+", default=[300, 1200])
    parser.add_argument("--megabytes", type=int, default=50)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    application = QApplication([])
    theme = Theme(application, "light")
    with tempfile.TemporaryDirectory() as folder:
        rows = _pdfs(application, Path(folder), options.pages, theme) + _texts(application, options.megabytes, theme)
    if options.json:
        print(json.dumps(rows, indent=2))
    else:
        for row in rows:
            print(
                f"{row['what']:<40} {row['milliseconds']:>8.1f} ms, loop held {row['held']:>6.1f} ms"
                f" ({row['ratio']:>5.1f} × {row['reference']:.1f} ms) {row['goal']}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
