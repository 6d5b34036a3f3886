"""Workspaces by the menu: made, renamed, coloured, switched by keys, deleted only when the name was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from core import Text
from core.domain.workspace import COLOURS, Workspace
from core.errors import WorkspaceNotFound
from core.knowledge_base import KnowledgeBase
from desktop.dialogs.delete_workspace_dialog import DeleteWorkspaceDialog
from desktop.dialogs.name_dialog import NameDialog
from desktop.main_window import MainWindow
from desktop.theme.colours import WORKSPACE_COLOURS
from desktop.workspace_menu import WorkspaceMenu

Until = Callable[[Callable[[], object]], None]
Dialog = TypeVar("Dialog", bound=QDialog)


@pytest.fixture
def menu(window: MainWindow) -> WorkspaceMenu:
    assert window.desk.workspace_menu is not None
    return window.desk.workspace_menu


def shown(window: MainWindow, kind: type[Dialog]) -> Dialog:
    return next(each for each in window.findChildren(kind) if each.isVisible())


def test_every_colour_of_the_engine_can_be_drawn() -> None:
    assert tuple(WORKSPACE_COLOURS) == COLOURS


def test_a_new_workspace_is_shown_at_once(
    window: MainWindow, menu: WorkspaceMenu, kb: KnowledgeBase, until: Until
) -> None:
    menu.create.trigger()
    dialog = shown(window, NameDialog)
    dialog.field.setText("Letters")
    dialog.accept_button.click()
    until(lambda: window.windowTitle() == "Letters – Carrel")
    assert [each.name for each in kb.workspaces.all()] == ["Thesis", "Letters"]


@pytest.mark.parametrize(("name", "said"), [("thesis", "exists already"), ("  ", "needs a name")])
def test_what_the_engine_says_against_a_name_stands_in_the_dialog(
    window: MainWindow, menu: WorkspaceMenu, kb: KnowledgeBase, until: Until, name: str, said: str
) -> None:
    menu.create.trigger()
    dialog = shown(window, NameDialog)
    dialog.field.setText(name)
    dialog.accept_button.click()
    until(lambda: said in dialog.refusal.text())
    assert dialog.isVisible()
    assert dialog.refusal.isVisible()
    assert len(kb.workspaces.all()) == 1


def test_another_name_and_colour_show_in_the_top_bar(
    window: MainWindow, menu: WorkspaceMenu, kb: KnowledgeBase, until: Until
) -> None:
    menu.rename.trigger()
    dialog = shown(window, NameDialog)
    assert dialog.field.text() == "Thesis"
    dialog.field.setText("Book & Co")
    dialog.accept_button.click()
    until(lambda: window.windowTitle() == "Book & Co – Carrel")
    violet = next(each for each in menu.colours.actions() if each.data() == "violet")
    violet.trigger()
    until(lambda: kb.workspaces.get("Book & Co").colour == "violet")
    until(lambda: "&&" in window.frame.top.workspaces.actions()[0].text())

    def top_colour() -> str:
        picture = window.frame.top.workspaces.actions()[0].icon().pixmap(24, 24).toImage()
        return picture.pixelColor(picture.width() // 2, picture.height() // 2).name()

    until(lambda: top_colour() == WORKSPACE_COLOURS["violet"])
    assert [each.data() for each in menu.colours.actions() if each.isChecked()] == ["violet"]


def test_keys_switch_by_the_order_of_the_list(
    window: MainWindow, kb: KnowledgeBase, qtbot: QtBot, until: Until
) -> None:
    other = kb.workspaces.create("Letters")
    window.desk.show(other)
    window.actions_.workspaces[1].setShortcut("Alt+2")  # chosen by the person
    window.desk.show(other)
    until(
        lambda: [each.text() for each in window.frame.top.workspaces.actions() if each.data()][1:] == ["Letters\tAlt+2"]
    )
    window.actions_.workspaces[1].setShortcut("Ctrl+2")
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    until(lambda: window.windowTitle() == "Thesis – Carrel")
    qtbot.keyClick(window, Qt.Key.Key_9, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    until(lambda: window.windowTitle() == "Letters – Carrel")


def test_deleting_needs_the_name_and_shows_the_receipt(
    window: MainWindow, menu: WorkspaceMenu, kb: KnowledgeBase, workspace: Workspace, until: Until
) -> None:
    kb.documents.add_texts(workspace, [Text("a", "The whale sings."), Text("b", "Ants follow trails.")])
    assert kb.documents.wait(workspace, timeout=30)
    remembered = window._remembered
    remembered.keep(workspace.id, "panes", QByteArray(b"x"))
    menu.delete.trigger()
    dialog = shown(window, DeleteWorkspaceDialog)
    until(lambda: "2 document(s)" in dialog.account.text())
    for wrong in ("", "thesis", "Thesi"):
        dialog.field.setText(wrong)
        assert not dialog.delete_button.isEnabled()
    dialog.field.setText("Thesis")
    dialog.delete_button.click()
    until(lambda: "was deleted" in dialog.title.text())
    assert "2 document(s)" in dialog.account.text()
    until(lambda: window.windowTitle() == "My documents – Carrel")
    assert remembered.state(workspace.id, "panes").isEmpty()
    with pytest.raises(WorkspaceNotFound):
        kb.workspaces.get("Thesis")
    dialog.reject()
    assert not dialog.isVisible()


def test_a_deletion_that_fails_keeps_the_workspace_shown(
    window: MainWindow, menu: WorkspaceMenu, kb: KnowledgeBase, workspace: Workspace, until: Until
) -> None:
    menu.delete.trigger()
    dialog = shown(window, DeleteWorkspaceDialog)
    until(lambda: "0 document(s)" in dialog.account.text())
    kb.workspaces.delete(workspace)  # somebody else was first
    dialog.field.setText("Thesis")
    dialog.delete_button.click()
    until(lambda: "There is no workspace" in dialog.refusal.text())
    assert dialog.field.isEnabled()


def test_who_is_quicker_than_the_count_is_not_told_that_nothing_is_there(
    window: MainWindow, menu: WorkspaceMenu, until: Until
) -> None:
    menu.delete.trigger()
    dialog = shown(window, DeleteWorkspaceDialog)
    dialog.field.setText("Thesis")
    dialog.delete_button.click()
    until(lambda: window.windowTitle() == "My documents – Carrel")
    assert "was deleted" in dialog.title.text()
    assert dialog.refusal.text() == ""
