"""Everything by keys alone: from the first start to another workspace, without a pointer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from core.knowledge_base import KnowledgeBase
from desktop.changes import Changes
from desktop.desk import Desk
from desktop.dialogs import adding
from desktop.dialogs.name_dialog import NameDialog
from desktop.dialogs.removal_question import RemovalQuestion
from desktop.engine import Engine
from desktop.main_window import MainWindow
from desktop.notices import Notices
from desktop.remembered import Remembered
from desktop.tasks import Tasks
from desktop.theme import Theme
from desktop.widgets.preview.place_bar import PlaceBar
from tests.core.engine import quick_engine
from tests.desktop.controls import described, name

Until = Callable[[Callable[[], object]], None]
Key = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_MOST_TABS = 60


@pytest.fixture
def window(theme: Theme, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """A first start: no data yet, and a sample of two letters."""
    sample = tmp_path / "sample"
    sample.mkdir()
    for animal in ("whale", "heron"):
        (sample / f"{animal}.md").write_text(f"# A {animal}\n\nThe {animal} sings.\n\nA whale, a whale!", "utf-8")
    monkeypatch.setattr(adding, "SAMPLE", sample)
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


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key wherever the keyboard is."""
    target = QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeWindow()
    assert target is not None
    QTest.keyClick(target, key, modifier)


def write(words: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), words)


def activate(window: QWidget, until: Until) -> None:
    """Do what a window manager does when a dialog has gone."""
    window.activateWindow()
    until(window.isActiveWindow)


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def tab_to(said: str) -> None:
    """Press Tab until a control of this name has the keyboard."""
    seen = []
    for _ in range(_MOST_TABS):
        if name(focus()) == said:
            return
        seen.append(described(focus()))
        press(Key.Key_Tab)
    raise AssertionError(f"Tab does not come to “{said}”, but to {seen}")


def choose(menu: QMenu, said: str) -> None:
    """Go down a menu that is open to an entry, and press Enter."""
    for _ in menu.actions():
        press(Key.Key_Down)
        action = menu.activeAction()
        if action is not None and action.text() == said:
            press(Key.Key_Return)
            return
    raise AssertionError(f"there is no “{said}”")


def test_a_first_day_without_a_pointer(
    window: MainWindow, until: Until, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    until(lambda: window.desk is not None and window.desk.search._welcome.isVisible())
    desk = window.desk
    assert desk is not None
    activate(window, until)
    assert focus() is window.frame.top.query

    tab_to("Try the sample")
    press(Key.Key_Space)
    until(lambda: "2 document" in desk.search._empty._title.text())

    press(Key.Key_L, CTRL)
    write("whale")
    until(lambda: desk.search._shown == "whale" and desk.search._latest._running is None)
    assert desk.search.list.model().rowCount() == 2
    press(Key.Key_Down)
    until(lambda: focus() is desk.search.list and desk.preview._contents is not None)
    bar = desk.preview.findChild(PlaceBar)
    until(lambda: bar._counter.text().startswith("1 of"))
    press(Key.Key_F3)
    assert bar._counter.text().startswith("2 of")
    first = desk.preview._document
    press(Key.Key_Down, ALT)
    until(lambda: desk.preview._contents is not None and desk.preview._document.id != first.id)
    press(Key.Key_O, CTRL)
    until(lambda: [url.toLocalFile() for url in opened] == [desk.preview._document.path])
    press(Key.Key_Return)  # in the list: the same
    until(lambda: len(opened) == 2)

    press(Key.Key_L, CTRL)
    tab_to("Passages")
    press(Key.Key_Right)
    assert name(focus()) == "Documents"
    until(lambda: desk.search._latest._running is None and desk.search.list.model().rowCount() == 2)

    press(Key.Key_L, CTRL)
    tab_to("All matches")
    press(Key.Key_Space)
    until(lambda: desk.matches.isVisible() and focus() is desk.matches.table)
    tab_to("Relevant")
    press(Key.Key_Space)
    until(lambda: list(desk.matches._model.marks().values()))
    tab_to("Back to the results")
    press(Key.Key_Space)
    until(desk.search.isVisible)

    press(Key.Key_2, ALT)
    _remove_a_document(desk, until)
    _make_a_workspace_and_come_back(window, desk, until)


def _remove_a_document(desk: Desk, until: Until) -> None:
    table = desk.library.table
    until(lambda: table.model().rowCount() == 2)
    for _ in range(4):
        if focus() is not table:
            press(Key.Key_F6)
    assert focus() is table
    press(Key.Key_Down)
    until(lambda: len(desk.library.selected()) == 1)
    press(Key.Key_Delete)
    until(lambda: any(each.isVisible() for each in desk.library.findChildren(RemovalQuestion)))
    until(lambda: isinstance(focus(), QAbstractButton))
    tab_to("Remove")
    press(Key.Key_Space)
    until(lambda: table.model().rowCount() == 1)
    activate(table.window(), until)
    assert focus() is table


def _make_a_workspace_and_come_back(window: MainWindow, desk: Desk, until: Until) -> None:
    press(Key.Key_L, CTRL)
    press(Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert name(focus()) == "Workspace"
    menu = window.frame.top.workspaces
    QTimer.singleShot(0, window, lambda: choose(menu, "New workspace…"))
    press(Key.Key_Space)
    until(lambda: any(each.isVisible() for each in window.findChildren(NameDialog)))
    write("Letters")
    press(Key.Key_Return)
    until(lambda: window.windowTitle() == "Letters – Carrel")
    activate(window, until)
    until(desk.search._welcome.isVisible)
    press(Key.Key_1, CTRL)
    until(lambda: window.windowTitle() == "My documents – Carrel")
    press(Key.Key_Q, CTRL)
    assert not window.isVisible()
