"""What is too heavy for the tests: files of unusual size through the whole window, which must answer all the while.

    QT_QPA_PLATFORM=offscreen python -m tests.desktop.heavy [--megabytes 50] [--pages 1200] [--files 10000] [--json]

A text, a PDF and a folder with many files are added to the window with the program's own readers and model; then each
is found, shown and gone through. Said is how long each took, and the longest gap between two beats of the event loop.

Exit status: 0 if everything was found and no gap was longer than two seconds, else 1.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from core.knowledge_base import KnowledgeBase
from core.store.disk_space import free_bytes
from desktop.changes import Changes
from desktop.desk import Desk
from desktop.engine import Engine
from desktop.main_window import MainWindow
from desktop.notices import Notices
from desktop.remembered import Remembered
from desktop.tasks import Tasks
from desktop.theme import Theme
from tests.benchmarks.prose import Prose
from tests.benchmarks.window import Gaps, spin
from tests.core.extractors.office_files import pdf

LONGEST_GAP = 2000.0
NAME = "Heavy"
Row = dict[str, Any]


def write_text(path: Path, megabytes: int) -> str:
    """Write a text of so many megabytes; return a word that stands only at its beginning: so much is read in part."""
    paragraphs = "\n\n".join(Prose().chunks(50, 60))
    with path.open("w", encoding="utf-8") as file:
        file.write("The firstword stands here.\n\n")
        while file.tell() < megabytes * 1_000_000:
            file.write(paragraphs + "\n\n")
    return "firstword"


def write_pdf(path: Path, pages: int) -> str:
    """Write a PDF of so many pages; return a word that stands only on the last of them."""
    lines = [[(72, 700 - 14 * line, 12, words) for line, words in enumerate(Prose().chunks(20, 8))]] * (pages - 1)
    pdf(path, [*lines, [(72, 700, 12, "The lastpage stands here.")]])
    return "lastpage"


def write_files(folder: Path, files: int) -> str:
    """Write so many small files; return a word that stands only in the last of them."""
    folder.mkdir()
    for number, words in zip(range(files), Prose().chunks(files, 20), strict=True):
        (folder / f"{number}.txt").write_text(words if number < files - 1 else "The lastfile stands here.", "utf-8")
    return "lastfile"


class Trial:
    """One window with its engine; counts gaps while something is done."""

    def __init__(self, kb: KnowledgeBase, window: MainWindow, desk: Desk) -> None:
        self._kb, self._window, self._desk = kb, window, desk
        self._gaps = Gaps()
        self.rows: list[Row] = []

    def timed(self, name: str, action: Callable[[], object]) -> None:
        """Do something, and write down how long it took and the longest gap."""
        began = time.monotonic()
        with self._gaps.counted() as taken:
            action()
        gap = round(max(taken, default=0.0), 1)
        self.rows.append({"what": name, "seconds": round(time.monotonic() - began, 2), "longest_gap_ms": gap})

    def go_through(self, name: str, path: Path, word: str) -> None:
        """Add a path, find its last word, show that, and go through the document."""
        workspace = self._kb.workspaces.get(NAME)
        self._desk.show(workspace)
        self.timed(f"{name}: read", lambda: self._read(path))
        self.timed(f"{name}: found and shown", lambda: self._find(word))
        self.timed(f"{name}: gone through", self._scroll)
        self.timed(f"{name}: listed", self._list)

    def _read(self, path: Path) -> None:
        workspace = self._kb.workspaces.get(NAME)
        before = len(self._kb.sources.all(workspace))
        self._desk._context.tasks.run(self._desk, lambda: self._kb.documents.add(workspace, [path]))
        spin(lambda: len(self._kb.sources.all(workspace)) > before, 60)
        spin(lambda: self._kb.documents.wait(workspace, timeout=0), 3600)

    def _find(self, word: str) -> None:
        search, preview = self._desk.search, self._desk.preview
        self._window.frame.top.query.ask(f'"{word}"')
        spin(lambda: search._latest._running is None and search.list.model().rowCount(), 60)
        search.focus_results()
        spin(lambda: preview._contents is not None, 60)
        self._window.grab()

    def _scroll(self) -> None:
        view = self._desk.preview._view._views.currentWidget()
        bar = view.verticalScrollBar()
        for share in range(0, 101, 5):
            bar.setValue(bar.maximum() * share // 100)
            QApplication.processEvents()
            view.grab()

    def _list(self) -> None:
        self._window.actions_.show_library.trigger()
        table = self._desk.library.table
        spin(lambda: table.model().rowCount() and self._desk.library._latest._running is None, 60)
        table.scrollToBottom()
        spin(lambda: self._desk.library._model.document(table.model().rowCount() - 1), 60)


def run(megabytes: int, pages: int, files: int) -> list[Row]:
    """Do all of it, and return a row for each step."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory(prefix="carrel-heavy-") as temporary:
        root = Path(temporary)
        assert free_bytes(root) > 20 * megabytes * 1_000_000, "there is too little room for this trial"
        words = {
            "text.txt": write_text(root / "text.txt", megabytes),
            "pages.pdf": write_pdf(root / "pages.pdf", pages),
            "files": write_files(root / "files", files),
        }
        tasks, changes, notices, theme = Tasks(), Changes(), Notices(), Theme(application, "light")
        faults: list[BaseException] = []
        notices.fault.connect(faults.append)
        tasks.failed.connect(notices.error)
        engine = Engine(root / "data", tasks, changes)
        opened: list[KnowledgeBase] = []
        engine.opened.connect(opened.append)
        window = MainWindow(engine, tasks, changes, notices, theme, Remembered(root / "data"))
        window.resize(1400, 900)
        window.show()
        engine.open()
        spin(lambda: opened and "My documents" in window.windowTitle(), 60)
        assert window.desk is not None
        opened[0].workspaces.create(NAME)
        trial = Trial(opened[0], window, window.desk)
        for name, word in words.items():
            trial.go_through(name, root / name, word)
        window.close()
        engine.close()
        assert not faults, faults
    return trial.rows


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=50)
    parser.add_argument("--pages", type=int, default=1200)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    given = parser.parse_args()
    rows = run(given.megabytes, given.pages, given.files)
    if given.json:
        print(json.dumps(rows, indent=1))
    else:
        for row in rows:
            print(f"{row['what']:28} {row['seconds']:8.2f} s   longest gap {row['longest_gap_ms']:7.1f} ms")
    return int(any(row["longest_gap_ms"] > LONGEST_GAP for row in rows))


if __name__ == "__main__":
    sys.exit(main())
