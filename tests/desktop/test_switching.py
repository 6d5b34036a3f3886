"""Workspaces change under way: while files are read, while a search runs, while one is deleted."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from core import Text
from core.domain.change import Receipt
from core.domain.workspace import Workspace
from core.errors import WorkspaceNotFound
from core.knowledge_base import KnowledgeBase
from core.sources.read import Fingerprint
from desktop.desk import Desk
from desktop.dialogs.add_text_dialog import AddTextDialog
from desktop.dialogs.delete_workspace_dialog import DeleteWorkspaceDialog
from desktop.dialogs.name_dialog import NameDialog
from desktop.main_window import MainWindow
from tests.core.engine import InlineReaders

Until = Callable[[Callable[[], object]], None]
FILES = 20


class Gate:
    """Holds readers up until it is opened.

    Attributes:
        reached: A reader stands before it.
    """

    def __init__(self) -> None:
        self.reached, self._open = threading.Event(), threading.Event()

    def pass_(self) -> None:
        self.reached.set()
        assert self._open.wait(30)

    def open(self) -> None:
        self._open.set()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """Files that are named `slow…` are read only when the gate is open."""
    gate, read_file = Gate(), InlineReaders.read_file

    def read(readers: InlineReaders, path: bytes, kind: str, expected: Fingerprint) -> object:
        if b"slow" in path:
            gate.pass_()
        return read_file(readers, path, kind, expected)

    monkeypatch.setattr(InlineReaders, "read_file", read)
    yield gate
    gate.open()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    folder.mkdir()
    for number in range(FILES):
        (folder / f"slow{number}.txt").write_text(f"The whale number {number} sings.", "utf-8")
    return folder


@pytest.fixture
def desk(window: MainWindow) -> Desk:
    window.resize(1300, 800)
    assert window.desk is not None
    return window.desk


@pytest.fixture(autouse=True)
def nothing_wrong(window: MainWindow) -> Iterator[list[str]]:
    """What was told as bad news, or as a fault; nothing, unless a test expects it and takes it out."""
    told: list[str] = []
    window._notices.said.connect(lambda sentence, _hint, bad, *_: told.append(sentence) if bad else None)
    window._notices.fault.connect(lambda error: told.append(repr(error)))
    yield told
    assert told == []


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_what_is_read_in_one_workspace_goes_on_while_another_is_shown(
    desk: Desk, window: MainWindow, kb: KnowledgeBase, workspace: Workspace, gate: Gate, folder: Path, until: Until
) -> None:
    other = kb.workspaces.create("Other")
    kb.documents.add_texts(other, [Text("a", "A whale of the other one.")])
    assert kb.documents.wait(other, timeout=30)
    kb.documents.add(workspace, [folder])
    until(gate.reached.is_set)
    until(lambda: "read" in words(window.frame.strip))
    window.frame.top.query.ask("whale")
    notices: list[str] = []
    window._notices.said.connect(lambda sentence, *_: notices.append(sentence))

    desk.show(other)
    until(lambda: "Other" in window.windowTitle() and "1 document" in words(window.frame.strip))
    until(lambda: desk.sources.list.model().rowCount() == 1)
    window.frame.top.query.ask("whale")
    until(lambda: desk.search.list.model().rowCount() == 1)
    window.actions_.show_library.trigger()
    until(lambda: desk.library.table.model().rowCount() == 1)
    gate.open()
    assert kb.documents.wait(workspace, timeout=60)
    until(lambda: kb.documents.ledger(workspace, files=False).documents == FILES)
    desk.refresh()
    until(lambda: "1 document" in words(window.frame.strip))
    assert desk.library.table.model().rowCount() == 1
    assert desk.search.list.model().rowCount() == 1
    assert notices == []  # of what nobody looks at

    desk.show(workspace)
    until(lambda: f"{FILES} document" in words(window.frame.strip))
    window.frame.top.query.ask("whale")
    until(lambda: desk.search.list.model().rowCount() == FILES)


def test_an_answer_that_comes_after_the_switch_is_not_shown(
    desk: Desk, kb: KnowledgeBase, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, until: Until
) -> None:
    kb.documents.add_texts(workspace, [Text("a", "The whale sings.", "Secret")])
    assert kb.documents.wait(workspace, timeout=30)
    other = kb.workspaces.create("Other")
    asked, answer, ended = threading.Event(), threading.Event(), threading.Event()
    query = kb.search.query

    def slow(of: Workspace, *given: object, **more: object) -> object:
        found = query(of, *given, **more)  # type: ignore[arg-type]
        if of.id == workspace.id:
            asked.set()
            assert answer.wait(30)
            ended.set()
        return found

    monkeypatch.setattr(kb.search, "query", slow)
    desk.search.search("whale", finished=True)
    until(asked.is_set)
    desk.show(other)
    until(desk.search._welcome.isVisible)
    answer.set()
    until(ended.is_set)
    desk.search.search("whale", finished=True)
    until(lambda: "Nothing for" in words(desk.search))
    assert desk.search.list.model().rowCount() == 0
    assert desk.preview._document is None


def _delete(window: MainWindow, desk: Desk) -> DeleteWorkspaceDialog:
    desk.workspace_menu.ask_for_deletion()
    (dialog,) = (each for each in window.findChildren(DeleteWorkspaceDialog) if each.isVisible())
    dialog.field.setText(desk._workspace.name)
    dialog.delete_button.click()
    return dialog


def test_a_workspace_that_is_being_read_is_deleted_and_another_is_shown(
    desk: Desk, window: MainWindow, kb: KnowledgeBase, workspace: Workspace, gate: Gate, folder: Path, until: Until
) -> None:
    kb.workspaces.create("Other")
    kb.documents.add(workspace, [folder])
    until(gate.reached.is_set)
    window.frame.top.query.ask("whale")
    window.actions_.show_activity.trigger()
    dialog = _delete(window, desk)
    gate.open()
    until(lambda: "was deleted" in dialog.title.text())
    until(lambda: "Other" in window.windowTitle())
    with pytest.raises(WorkspaceNotFound):
        kb.workspaces.get("Thesis")
    assert all(path.exists() for path in folder.iterdir())
    assert len(list(folder.iterdir())) == FILES
    dialog.reject()
    until(lambda: desk.sources.list.model().rowCount() == 0 and "Ready" in words(window.frame.strip))


def test_another_name_holds_everywhere_at_once_while_a_search_runs(
    desk: Desk, window: MainWindow, kb: KnowledgeBase, workspace: Workspace, until: Until, qtbot: QtBot
) -> None:
    kb.documents.add_texts(workspace, [Text("a", "The whale sings.")])
    assert kb.documents.wait(workspace, timeout=30)
    desk.workspace_menu.ask_for_name()
    (dialog,) = (each for each in window.findChildren(NameDialog) if each.isVisible())
    dialog.field.setText("Whales & Co")
    window.frame.top.query.ask("whale")
    dialog.accept_button.click()
    until(lambda: window.windowTitle() == "Whales & Co – Carrel")
    until(lambda: desk.search.list.model().rowCount() == 1)
    window.frame.top.query.ask("sings")
    until(lambda: desk.search.list.model().rowCount() == 1)
    given = QMimeData()
    given.setText("Another whale.")
    desk._adding.take(given)
    (adding,) = window.findChildren(AddTextDialog)
    assert "“Whales & Co”" in words(adding)
    adding.reject()
    desk.preferences.show_page("about")
    assert desk.preferences.dialog.about.verify.text() == "Check “Whales && Co”"


def test_a_new_workspace_greets_by_the_name_that_it_is_given_later(
    desk: Desk, window: MainWindow, until: Until
) -> None:
    until(desk.search._welcome.isVisible)
    desk.workspace_menu.ask_for_name()
    (dialog,) = (each for each in window.findChildren(NameDialog) if each.isVisible())
    dialog.field.setText("Whales")
    dialog.accept_button.click()
    until(lambda: "“Whales”" in words(desk.search))


def test_a_workspace_that_is_not_there_leads_to_one_that_is(
    desk: Desk, window: MainWindow, nothing_wrong: list[str], until: Until
) -> None:
    window.setWindowTitle("")
    desk.begin("Nope")
    until(lambda: "Thesis" in window.windowTitle())
    assert nothing_wrong == ["There is no workspace named “Nope”."]
    nothing_wrong.clear()


def test_the_window_takes_a_dialog_along_that_deletes_a_workspace(
    desk: Desk,
    window: MainWindow,
    kb: KnowledgeBase,
    monkeypatch: pytest.MonkeyPatch,
    until: Until,
    qtbot: QtBot,
) -> None:
    began, goes_on = threading.Event(), threading.Event()
    delete = kb.workspaces.delete

    def slow(workspace: Workspace) -> Receipt:
        began.set()
        assert goes_on.wait(30)
        return delete(workspace)

    monkeypatch.setattr(kb.workspaces, "delete", slow)
    dialog = _delete(window, desk)
    until(began.is_set)
    dialog.close()
    assert dialog.isVisible()  # while it works
    with qtbot.waitSignal(window.closed, timeout=5000):
        window.close()
    assert not dialog.isVisible()
    goes_on.set()
    until(lambda: "was deleted" in dialog.title.text())
