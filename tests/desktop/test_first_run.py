"""From the empty window to a document in the preview: the panes play together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from core.knowledge_base import KnowledgeBase
from desktop.changes import Changes
from desktop.dialogs import adding
from desktop.dialogs.add_dialog import AddDialog
from desktop.dialogs.add_text_dialog import AddTextDialog
from desktop.engine import Engine
from desktop.main_window import MainWindow
from desktop.notices import Notices
from desktop.remembered import Remembered
from desktop.tasks import Tasks
from desktop.theme import Theme
from desktop.widgets.drop_overlay import DropOverlay
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.welcome import Welcome
from tests.core.engine import quick_engine

Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def window(theme: Theme, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setattr(KnowledgeBase, "open", quick_engine)
    tasks, changes, notices = Tasks(), Changes(), Notices()
    tasks.failed.connect(notices.error)
    engine = Engine(tmp_path / "data", tasks, changes)
    window = MainWindow(engine, tasks, changes, notices, theme, Remembered(tmp_path))
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    engine.open()
    yield window
    assert engine.close()


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    folder.mkdir()
    for name in ("whale", "heron"):
        (folder / f"{name}.md").write_text(f"# A {name}\n\nThe {name} sings for hours.", "utf-8")
    return folder


def _drop(window: MainWindow, given: QMimeData) -> None:
    none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(400, 50).toPoint(), Qt.DropAction.CopyAction, given, *none)
    QApplication.sendEvent(window.frame.top.query, enter)  # the box lets files through to the window
    overlay = window.findChild(DropOverlay)
    assert overlay is not None
    assert overlay.isVisible()
    QApplication.sendEvent(window, QDropEvent(QPointF(400, 50), Qt.DropAction.CopyAction, given, *none))
    assert not overlay.isVisible()


def test_from_the_empty_window_to_a_document_in_the_preview(
    window: MainWindow, letters: Path, until: Until, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "SAMPLE", letters)
    until(lambda: window.desk is not None)
    welcome = window.findChild(Welcome)
    assert welcome is not None
    until(welcome.isVisible)
    assert window.desk is not None
    assert not window.desk.preview.isVisible()
    welcome.choices[2].click()
    empty = window.desk.search.findChild(EmptyState)
    assert empty is not None
    until(lambda: empty.isVisible() and "2 document" in " ".join(label.text() for label in empty.findChildren(QLabel)))

    until(window.desk.preview.isVisible)
    assert window.desk.preview.width() > 400
    library, sources = window.desk.library, window.desk.sources
    assert library is not None
    assert sources is not None
    until(lambda: sources.list.model().rowCount() == 1)
    place = sources.list.visualRect(sources.list.model().index(0, 0)).center()
    qtbot.mouseClick(sources.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    until(lambda: library.isVisible() and library.table.model().rowCount() == 2)
    assert window.actions_.show_library.isChecked()
    assert library.chip.isVisible()
    library.table.selectRow(1)
    preview = window.desk.preview
    assert preview is not None
    until(lambda: any("whale" in label.text() for label in preview.findChildren(QLabel)))


def test_files_are_dropped_and_text_is_pasted_anywhere_on_the_window(
    window: MainWindow, letters: Path, until: Until, qtbot: QtBot
) -> None:
    until(lambda: window.desk is not None and window.findChild(Welcome).isVisible())  # type: ignore[union-attr]
    given = QMimeData()
    given.setUrls([QUrl.fromLocalFile(str(letters))])
    given.setText(str(letters))
    _drop(window, given)
    [dialog] = window.findChildren(AddDialog)
    until(lambda: any("2 readable" in label.text() for label in dialog.findChildren(QLabel)))
    dialog.reject()
    QGuiApplication.clipboard().setText("The egret stands still.")
    until(lambda: not window.findChildren(AddDialog))
    window.activateWindow()
    until(window.isActiveWindow)
    window.findChild(Welcome).choices[0].setFocus()  # type: ignore[union-attr]
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    until(lambda: window.findChildren(AddTextDialog))
    window.findChildren(AddTextDialog)[0].reject()
    until(lambda: not window.findChildren(AddTextDialog))
    window.activateWindow()
    until(window.isActiveWindow)
    window.frame.top.query.setFocus()
    qtbot.keyClick(window.frame.top.query, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert window.frame.top.query.text() == "The egret stands still."


def test_the_keyboard_goes_round_the_panes(window: MainWindow, letters: Path, qtbot: QtBot, until: Until) -> None:
    until(lambda: window.desk is not None and window.findChild(Welcome).isVisible())  # type: ignore[union-attr]
    panes = {"top": window.frame.top, "side": window.frame.side, "page": window.frame.pages}
    window.frame.top.query.setFocus()
    seen = []
    for _ in range(3):
        window.actions_.next_pane.trigger()
        focus = window.focusWidget()
        seen += [name for name, pane in panes.items() if pane.isAncestorOf(focus)]
    assert seen == ["side", "page", "top"]
