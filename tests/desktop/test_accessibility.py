"""Every control of every page, dialog and state has a name, is reached by Tab, and lets go of the keyboard again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core import Text
from core.domain.source import Source
from core.domain.workspace import Workspace
from core.errors import DataFolderLocked, DiskFull
from core.knowledge_base import KnowledgeBase
from desktop.context import Context
from desktop.dialogs.vanished_dialog import VanishedDialog
from desktop.engine import Engine
from desktop.main_window import MainWindow
from desktop.pages.library_page import Filter
from desktop.remembered import Remembered
from tests.core.extractors.office_files import pdf
from tests.desktop.controls import not_reached, unnamed

Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Files of each kind that the preview shows in its own way, one that fails and one that is left out."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "whale.md").write_text("# Whales\n\n" + "The whale sings for hours.\n\n" * 30, "utf-8")
    pdf(folder / "song.pdf", [[(72, 700, 12, "The whale sings on a page.")]] * 2, info={"Title": "A song"})
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    (folder / "unknown.bin").write_bytes(b"\x00" * 10)
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.blue)
    assert picture.save(str(folder / "picture.png"))
    return folder


@pytest.fixture
def filled(window: MainWindow, kb: KnowledgeBase, workspace: Workspace, papers: Path, until: Until) -> MainWindow:
    window.resize(1400, 900)
    kb.documents.add(workspace, [papers])
    kb.documents.add_texts(workspace, [Text("a", "The whale sings in a text.", "A text")])
    kb.searches.save(workspace, "Songs", "whale song")
    kb.searches.record(workspace, "whale")
    assert kb.documents.wait(workspace, timeout=60)
    assert window.desk is not None
    window.desk.show(workspace)
    until(lambda: window.desk.sources.list.model().rowCount() == 2)
    return window


def _search(window: MainWindow, until: Until, query: str = "whale type:md") -> None:
    window.frame.top.query.ask(query)
    search = window.desk.search
    until(lambda: search.list.isVisible() and search.list.model().rowCount() and search._latest._running is None)
    window.desk.search.list.setCurrentIndex(window.desk.search.list.model().index(0, 0))
    until(lambda: window.desk.preview._contents is not None)


def _preview_tab(number: int) -> Callable[[MainWindow, Until], None]:
    def arrange(window: MainWindow, until: Until) -> None:
        _search(window, until)
        window.desk.preview._tabs.setCurrentIndex(number)
        until(lambda: number != 2 or window.desk.preview._info.widget() is not None)

    return arrange


def _show_file(name: str) -> Callable[[MainWindow, Until], None]:
    def arrange(window: MainWindow, until: Until) -> None:
        kb, workspace = window.desk._context.kb, window.desk._workspace
        (document,) = kb.documents.list(workspace, text=name).documents
        window.desk.preview.show_document(document)
        until(lambda: window.desk.preview._contents is not None)

    return arrange


def _gone(window: MainWindow, until: Until) -> None:
    kb, workspace = window.desk._context.kb, window.desk._workspace
    (document,) = kb.documents.list(workspace, text="whale").documents
    Path(str(document.path)).unlink(missing_ok=True)
    window.desk.preview.show_document(document)
    until(lambda: "not at its place" in window.desk.preview._head.sentence)


def _matches(window: MainWindow, until: Until) -> None:
    window.frame.top.query.ask("whale")
    until(lambda: window.desk.search._all.isEnabled())
    window.desk.search._all.click()
    until(lambda: window.desk.matches.table.model().rowCount())


def _library(window: MainWindow, until: Until) -> None:
    window.actions_.show_library.trigger()
    source = window.desk.sources._model.row(0).source
    window.desk.library.show_only(Filter(source=source))
    until(lambda: window.desk.library.table.model().rowCount() and window.desk.library.chip.isVisible())


def _library_of_nothing(window: MainWindow, until: Until) -> None:
    window.actions_.show_library.trigger()
    window.desk.library.show_only(Filter(text="zzzz"))
    until(lambda: window.desk.library._empty.isVisible())


def _nothing_found(window: MainWindow, until: Until) -> None:
    window.frame.top.query.ask('"zzzzqqqq"')
    until(lambda: window.desk.search._empty.isVisible() and window.desk.search._empty._buttons.count())


def _activity(tab: int) -> Callable[[MainWindow, Until], None]:
    def arrange(window: MainWindow, until: Until) -> None:
        window.actions_.show_activity.trigger()
        dock = window.desk.dock
        dock.tabs.setCurrentIndex(tab)
        rows = [dock.queue.rows, dock.failed.rows, dock.skipped.rows, None][tab]
        if tab in (1, 2):
            until(lambda: rows.topLevelItemCount())
            rows.setCurrentItem(rows.topLevelItem(0))

    return arrange


def _notice(window: MainWindow, until: Until) -> None:
    window._notices.error(DiskFull("a text"))
    assert window.frame.notice._button.isVisible()


STATES: dict[str, Callable[[MainWindow, Until], None]] = {
    "invitation": lambda window, until: until(window.desk.search._empty.isVisible),
    "results and text": _search,
    "passages": _preview_tab(1),
    "facts": _preview_tab(2),
    "pages": _show_file("song"),
    "picture": _show_file("picture"),
    "no text": _show_file("broken"),
    "file gone": _gone,
    "matches": _matches,
    "library": _library,
    "library of nothing": _library_of_nothing,
    "nothing found": _nothing_found,
    "queue": _activity(0),
    "failed": _activity(1),
    "skipped": _activity(2),
    "log": _activity(3),
    "notice": _notice,
}


def test_every_control_of_the_window_is_named_and_reached(filled: MainWindow, qtbot: QtBot, until: Until) -> None:
    faults = {}
    for state, arrange in STATES.items():
        arrange(filled, until)
        faults[state] = faults_of(filled, filled.frame.top.query, qtbot)
    assert {state: each for state, each in faults.items() if each} == {}


def test_a_workspace_without_documents_is_named_and_reached(window: MainWindow, qtbot: QtBot, until: Until) -> None:
    window.resize(1400, 900)
    until(window.desk.search._welcome.isVisible)
    assert faults_of(window, window.frame.top.query, qtbot) == []
    window.actions_.show_activity.trigger()
    window.actions_.show_library.trigger()
    until(window.desk.library._empty.isVisible)
    assert faults_of(window, window.frame.top.query, qtbot) == []


def test_a_window_that_could_not_open_offers_to_try_again(
    context: Context, tmp_path: Path, qtbot: QtBot, until: Until
) -> None:
    engine = Engine(tmp_path / "data", context.tasks, context.changes)
    remembered = Remembered(tmp_path / "data")
    window = MainWindow(engine, context.tasks, context.changes, context.notices, context.theme, remembered)
    qtbot.addWidget(window)
    window.show()
    assert unnamed(window) == []
    engine.failed.emit(DataFolderLocked(str(tmp_path)))
    until(lambda: any(each.text() == "Try again" and each.isVisible() for each in window.findChildren(QPushButton)))
    again = next(each for each in window.findChildren(QPushButton) if each.text() == "Try again")
    assert faults_of(window, again, qtbot) == []


def faults_of(window: QWidget, first: QWidget, qtbot: QtBot) -> list[str]:
    """Return what has no name, and what the keyboard does not come to from `first`, onwards and back."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    faults = [f"no name: {each}" for each in unnamed(window)]
    for back in (False, True):
        first.setFocus()
        faults += [f"{'back' if back else 'on'}: {each}" for each in not_reached(window, back=back)]
    return faults


# -- dialogs ----------------------------------------------------------------------------------------------------------


def _ids(window: MainWindow) -> list[int]:
    kb, workspace = window.desk._context.kb, window.desk._workspace
    return [each.id for each in kb.documents.list(workspace).documents]


def _add(window: MainWindow, papers: Path) -> None:
    window.desk._adding.add([str(papers)])


def _fault(window: MainWindow, _papers: Path) -> None:
    window._faults.tell(ZeroDivisionError())


def _vanished(window: MainWindow, _papers: Path) -> None:
    source: Source = window.desk.sources._model.row(0).source
    VanishedDialog(window.desk._context, window.desk._workspace, source, window).open()


DIALOGS: dict[str, Callable[[MainWindow, Path], object]] = {
    "add": _add,
    "add by rules": lambda window, papers: (_add(window, papers), _shown(window).more.click()),
    "add a text": lambda window, _: window.desk._adding.take(_text()),
    "name": lambda window, _: window.desk.workspace_menu.ask_for_new(),
    "rename": lambda window, _: window.desk.workspace_menu.ask_for_name(),
    "delete workspace": lambda window, _: window.desk.workspace_menu.ask_for_deletion(),
    "expiry": lambda window, _: window.desk.library.menu.ask_for_expiry(_ids(window)),
    "expiry by date": lambda window, _: (
        window.desk.library.menu.ask_for_expiry(_ids(window)),
        _shown(window).choice.setCurrentIndex(5),
    ),
    "tags": lambda window, _: window.desk.library.menu.ask_for_tags(_ids(window)),
    "remove documents": lambda window, _: window.desk.library.menu.remove(_ids(window)),
    "remove source": lambda window, _: window.desk.sources.menu.remove(window.desk.sources._model.row(0)),
    "vanished": _vanished,
    "fault": _fault,
    **{
        f"settings, {page}": lambda window, _, page=page: window.desk.preferences.show_page(page)
        for page in ("appearance", "search", "indexing", "lifetimes", "workspaces", "data", "shortcuts", "about")
    },
}


def _text() -> QMimeData:
    given = QMimeData()
    given.setText("The whale sings.")
    return given


def _shown(window: MainWindow) -> QDialog:
    (dialog,) = (each for each in window.findChildren(QDialog) if each.isVisible())
    return dialog


def test_every_control_of_a_dialog_is_named_and_reached_and_esc_leaves_it(
    filled: MainWindow, papers: Path, qtbot: QtBot, until: Until
) -> None:
    faults = {}
    for name, show in DIALOGS.items():
        filled.activateWindow()
        qtbot.waitUntil(filled.isActiveWindow, timeout=5000)
        filled.frame.top.query.setFocus()
        show(filled, papers)
        until(lambda: any(each.isVisible() for each in filled.findChildren(QDialog)))
        dialog = _shown(filled)
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow, timeout=5000)
        first = QApplication.focusWidget()
        faults[name] = ["the keyboard begins nowhere"] if first is None else faults_of(dialog, first, qtbot)
        QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Escape)
        if any(each.isVisible() for each in filled.findChildren(QDialog)):
            faults[name].append("Esc does not leave it")
            dialog.close()
        until(lambda: not any(each.isVisible() for each in filled.findChildren(QDialog)))
        filled.activateWindow()
        qtbot.waitUntil(filled.isActiveWindow, timeout=5000)
        if QApplication.focusWidget() is not filled.frame.top.query:
            faults[name].append("the keyboard is not back where it was")
    assert {name: each for name, each in faults.items() if each} == {}


@pytest.fixture(autouse=True)
def _close_dialogs(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    for each in QApplication.topLevelWidgets():
        if isinstance(each, QDialog):
            each.close()
