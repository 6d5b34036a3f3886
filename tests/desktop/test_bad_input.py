"""Bad input through the window: one clear sentence each, nothing lost, and the window answers all the while."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.domain.workspace import Workspace
from core.indexing import reading
from core.knowledge_base import KnowledgeBase
from core.store.disk_space import MEGABYTE
from desktop.desk import Desk
from desktop.dialogs.add_dialog import AddDialog
from desktop.dialogs.add_text_dialog import AddTextDialog
from desktop.main_window import MainWindow
from desktop.widgets.query_bar import LONGEST
from tests.core.embedders.hashing import HashingEmbedder
from tests.core.engine import InlineReaders
from tests.core.extractors.office_files import pdf

Until = Callable[[Callable[[], object]], None]
PATIENCE = 1.0
"""Seconds for which the window may not answer; far more than it needs, for a busy machine."""
PLENTY = 10**12


class Heartbeat:
    """Measures for how long the event loop has not come round."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(interval=10)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now


class Disk:
    """A disk with so many bytes free."""

    free = PLENTY

    def __call__(self, folder: Path) -> int:
        return self.free


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    monkeypatch.setattr(reading, "SPACE_DELAY", 0.05)
    return Disk()


@pytest.fixture
def kb(tmp_path: Path, disk: Disk) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(
        tmp_path / "data", embedder=lambda _, size: HashingEmbedder(size), readers=InlineReaders, free=disk
    ) as kb:
        yield kb


@pytest.fixture
def desk(window: MainWindow) -> Desk:
    window.resize(1300, 800)
    assert window.desk is not None
    return window.desk


@pytest.fixture
def faults(window: MainWindow) -> Iterator[list[str]]:
    """What was told as a fault of ours: nothing, at the end."""
    told: list[str] = []
    window._notices.fault.connect(lambda error: told.append(repr(error)))
    yield told
    assert told == []


@pytest.fixture(autouse=True)
def heartbeat(faults: list[str], until: Until) -> Iterator[Heartbeat]:
    heart = Heartbeat()
    yield heart
    QApplication.processEvents()
    assert heart.longest < PATIENCE


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def notice(window: MainWindow) -> str:
    return window.frame.notice._text.text() if window.frame.notice.isVisible() else ""


def drop(window: MainWindow, paths: list[str]) -> None:
    given = QMimeData()
    given.setUrls([QUrl.fromLocalFile(each) for each in paths])
    none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(400, 50).toPoint(), Qt.DropAction.CopyAction, given, *none)
    QApplication.sendEvent(window, enter)
    QApplication.sendEvent(window, QDropEvent(QPointF(400, 50), Qt.DropAction.CopyAction, given, *none))


def test_10000_dropped_files_lead_to_their_folder(window: MainWindow, desk: Desk, tmp_path: Path, until: Until) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    (folder / "0.txt").write_text("The whale sings.")
    drop(window, [str(folder / f"{number}.txt") for number in range(10_000)])
    assert "are too many to add one by one" in notice(window)
    assert window.frame.notice._button.text() == "many"
    window.frame.notice._button.click()
    (dialog,) = window.findChildren(AddDialog)
    until(lambda: "1 readable" in words(dialog))


def test_a_folder_without_rights_says_so_and_starts_nothing(
    window: MainWindow,
    desk: Desk,
    kb: KnowledgeBase,
    workspace: Workspace,
    tmp_path: Path,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    scandir = os.scandir

    def refuse(path: object = ".") -> object:
        # Whoever runs the tests may be allowed to read everything.
        if isinstance(path, str | bytes | os.PathLike) and os.fsencode(path).startswith(os.fsencode(closed)):
            raise PermissionError(13, "Permission denied", str(closed))
        return scandir(path)  # type: ignore[arg-type,call-overload]

    monkeypatch.setattr(os, "scandir", refuse)
    drop(window, [str(closed)])
    (dialog,) = window.findChildren(AddDialog)
    until(lambda: dialog._problem.isVisible() and not dialog.start.isEnabled())
    assert dialog._problem.text()
    dialog.reject()
    assert kb.sources.all(workspace) == []


def test_a_path_that_is_not_there_any_more_says_so(
    window: MainWindow, desk: Desk, tmp_path: Path, until: Until
) -> None:
    drop(window, [str(tmp_path / "gone.pdf")])
    (dialog,) = window.findChildren(AddDialog)
    until(lambda: "gone.pdf" in dialog._problem.text() and not dialog.start.isEnabled())


def test_a_file_that_is_deleted_while_it_is_previewed_stays_readable(
    window: MainWindow, desk: Desk, kb: KnowledgeBase, workspace: Workspace, tmp_path: Path, until: Until
) -> None:
    path = pdf(tmp_path / "song.pdf", [[(72, 700, 12, f"The whale sings on page {page}.")] for page in range(30)])
    kb.documents.add(workspace, [path])
    until(lambda: kb.documents.wait(workspace, timeout=0))
    desk.search.search("whale", finished=True)
    until(lambda: desk.search.list.model().rowCount())
    desk.search.focus_results()
    until(lambda: desk.preview._view._pdf.painted)
    path.unlink()
    for _ in range(5):
        desk.preview.step(1)
    desk.preview._view._pdf.zoom(1)
    until(lambda: desk.preview._view._pdf.painted)
    (document,) = kb.documents.list(workspace).documents
    desk.preview.show_document(document)
    until(lambda: "not at its place" in desk.preview._head.sentence)
    assert "The whale sings on page 7" in desk.preview._view._text.toPlainText()


def test_10_megabytes_pasted_into_the_search_box_are_cut(
    window: MainWindow, desk: Desk, until: Until, qtbot: QtBot
) -> None:
    window.activateWindow()
    until(window.isActiveWindow)
    query = window.frame.top.query
    query.setFocus()
    for text in ("x" * 10_000_000, "whale " * 1_700_000, '\u202e\n"(' * 2_500_000):
        QGuiApplication.clipboard().setText(text)
        query.clear()
        qtbot.keyClick(query, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert 0 < len(query.text()) <= LONGEST
        qtbot.keyClick(query, Qt.Key.Key_Return)
        until(lambda: desk.search._latest._running is None and desk.search._empty.isVisible())
    QGuiApplication.clipboard().clear()


def test_10_megabytes_pasted_beside_it_are_asked_about(window: MainWindow, desk: Desk) -> None:
    given = QMimeData()
    given.setText("The whale sings. " * 600_000)
    desk._adding.take(given)
    (dialog,) = window.findChildren(AddTextDialog)
    assert "characters" in words(dialog)
    dialog.reject()


def test_a_full_disk_pauses_reading_says_how_much_is_missing_and_goes_on_by_itself(
    window: MainWindow, desk: Desk, kb: KnowledgeBase, workspace: Workspace, disk: Disk, tmp_path: Path, until: Until
) -> None:
    (tmp_path / "a.txt").write_text("The whale sings.")
    disk.free = 100 * MEGABYTE
    kb.documents.add(workspace, [tmp_path / "a.txt"])
    until(lambda: desk.refresh() or "the disk is nearly full. Free " in words(window.frame.strip))
    given = QMimeData()
    given.setText("An egret.")
    desk._adding.take(given)
    (dialog,) = window.findChildren(AddTextDialog)
    dialog.accept()
    until(lambda: "disk" in notice(window) and "Free" in notice(window))
    assert window.frame.notice._button.text() == "Show the data folder"
    disk.free = PLENTY
    until(lambda: kb.documents.wait(workspace, timeout=0))
    until(lambda: "1 document" in words(window.frame.strip))
    desk.search.search("whale", finished=True)
    until(lambda: desk.search.list.model().rowCount() == 1)


@pytest.mark.expects_log("vectors not saved|waits: database replaced")
def test_a_data_folder_that_is_taken_away_is_told_of_and_the_window_goes_on(
    window: MainWindow, desk: Desk, kb: KnowledgeBase, workspace: Workspace, tmp_path: Path, until: Until
) -> None:
    (tmp_path / "a.txt").write_text("The whale sings.")
    kb.documents.add(workspace, [tmp_path / "a.txt"])
    until(lambda: kb.documents.wait(workspace, timeout=0))
    (tmp_path / "data").rename(tmp_path / "elsewhere")
    given = QMimeData()
    given.setText("An egret.")
    desk._adding.take(given)
    (dialog,) = window.findChildren(AddTextDialog)
    dialog.accept()
    until(lambda: "was deleted, renamed or replaced" in notice(window))
    window.frame.notice.hide()
    desk.search.search("whale", finished=True)
    until(lambda: desk.search.list.model().rowCount() == 1)  # what is open can still be searched
    window.actions_.show_library.trigger()
    desk.refresh()
    until(lambda: desk.library._latest._running is None)
    assert window.close()
