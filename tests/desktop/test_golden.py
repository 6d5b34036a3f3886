"""Golden queries in the window: pinned from a result, listed, run, removed, and run by themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core import Text
from core.domain.golden import Miss
from core.domain.workspace import Workspace
from desktop.context import Context
from desktop.item_models.golden import GoldenModel
from desktop.main_window import MainWindow
from desktop.pages.golden_page import GoldenPage

Until = Callable[[Callable[[], object]], None]


def give(context: Context, workspace: Workspace, **texts: str) -> None:
    context.kb.documents.add_texts(workspace, [Text(name, text, name.title()) for name, text in texts.items()])
    assert context.kb.documents.wait(workspace, timeout=30)


def notices(context: Context) -> list[str]:
    said: list[str] = []
    context.notices.said.connect(lambda sentence, hint, *_: said.append(f"{sentence} {hint}".strip()))
    return said


def page_of(window: MainWindow) -> GoldenPage:
    assert window.desk is not None
    return window.desk.golden_page


def cells(page: GoldenPage, column: int) -> list[str]:
    model = page.table.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def pin_first(window: MainWindow, query: str, until: Until, entry: int = 0) -> None:
    """Search, open the menu of the first result by the keyboard's way, and choose one of the two pins."""
    desk = window.desk
    assert desk is not None
    window.frame.top.query.ask(query)
    until(lambda: desk.search.list.model().rowCount() and desk.search._shown == query)
    desk.search.focus_results()
    desk.search.list.customContextMenuRequested.emit(QPoint(5, 5))
    [menu] = [each for each in desk.search.findChildren(QMenu) if each.isVisible()]
    pins = [each for each in menu.actions() if each.text().startswith("Pin:")]
    pins[entry].trigger()
    menu.close()


def test_a_result_is_pinned_and_its_page_tells_where_it_is_found(
    window: MainWindow, context: Context, workspace: Workspace, until: Until
) -> None:
    give(context, workspace, heron="A grey heron stands in the water.", egret="An egret is white.")
    said = notices(context)
    pin_first(window, "grey heron", until)
    until(lambda: "Pinned: “grey heron” must find “Heron” among the first 10." in said)
    pin_first(window, "grey heron", until, entry=1)
    until(lambda: len(context.kb.golden.all(workspace)) == 2)
    window.actions_.show_golden.trigger()
    page = page_of(window)
    until(lambda: page._title.text() == "Golden queries: 2 · 2 found")
    assert cells(page, 1) == ["grey heron", "grey heron"]
    assert cells(page, 2) == ["Heron", "a passage of Heron"]
    assert cells(page, 3) == ["place 1", "place 1"]


def test_what_is_found_no_more_is_told_once_and_by_itself(
    window: MainWindow, context: Context, workspace: Workspace, until: Until
) -> None:
    give(context, workspace, heron="A grey heron stands in the water.")
    [document] = context.kb.documents.list(workspace).documents
    context.kb.golden.pin(workspace, "heron", document.id, within=1)
    context.kb.golden.run(workspace)
    said = notices(context)
    give(context, workspace, one="Heron heron heron.", two="Heron heron heron.")
    until(lambda: "“heron” no longer finds what it must find." in said)
    [golden] = context.kb.golden.all(workspace)
    assert (golden.miss, golden.place) == (Miss.LOWER, 3)
    give(context, workspace, other="Ants follow trails.")
    assert window.desk is not None
    window.desk.golden.check()
    until(lambda: context.kb.golden.all(workspace)[0].ran_at is not None and "can be searched" in said[-1])
    assert sum("no longer finds" in each for each in said) == 1


def test_one_of_several_that_are_lost_are_counted(
    window: MainWindow, context: Context, workspace: Workspace, until: Until
) -> None:
    give(context, workspace, heron="A grey heron.", egret="A white egret.")
    for document in context.kb.documents.list(workspace).documents:
        context.kb.golden.pin(workspace, "grey white", document.id)
    assert context.kb.golden.run(workspace).found == 2
    said = notices(context)
    context.kb.documents.remove(workspace, [each.id for each in context.kb.documents.list(workspace).documents])
    assert window.desk is not None
    window.desk.golden.check()
    until(lambda: "2 searches no longer find what they must find." in said)
    window.actions_.show_golden.trigger()
    page = page_of(window)
    until(lambda: cells(page, 3) == ["the document has been removed"] * 2)


def test_the_page_runs_all_goes_to_a_search_and_removes(
    window: MainWindow, context: Context, workspace: Workspace, qtbot: QtBot, until: Until
) -> None:
    give(context, workspace, heron="A grey heron.", egret="A white egret.")
    first, second = context.kb.documents.list(workspace).documents
    context.kb.golden.pin(workspace, "egret", first.id)
    context.kb.golden.pin(workspace, "heron type:pdf", second.id)
    window.actions_.show_golden.trigger()
    page = page_of(window)
    until(lambda: page.table.model().rowCount() == 2)
    page.run_all.click()
    until(lambda: page._title.text() == "Golden queries: 2 · 1 found · 1 not found")
    assert cells(page, 3) == ["place 1", "a filter of the search leaves it out"]
    page.table.selectRow(1)
    assert window.desk is not None
    until(lambda: window.desk and window.desk.preview._document == second)
    window.activateWindow()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    until(lambda: page.table.model().rowCount() == 1)
    page.table.setCurrentIndex(page.table.model().index(0, 1))
    page.table.activated.emit(page.table.currentIndex())
    until(lambda: window.desk and window.desk.search.list.model().rowCount())
    assert window.frame.top.query.text() == "egret"
    assert window.frame.pages.currentWidget() is window.desk.search


def test_without_any_the_page_says_how_to_pin(window: MainWindow, until: Until) -> None:
    window.actions_.show_golden.trigger()
    page = page_of(window)
    until(page._empty.isVisible)
    [offer] = page._empty.findChildren(QPushButton)
    offer.click()
    assert window.desk is not None
    assert window.frame.pages.currentWidget() is window.desk.search


def test_the_model_keeps_the_rules_of_qt(
    context: Context, workspace: Workspace, qtmodeltester: ModelTester, tmp_path: Path
) -> None:
    give(context, workspace, heron="A grey heron.")
    [document] = context.kb.documents.list(workspace).documents
    model = GoldenModel(context.theme)
    qtmodeltester.check(model)
    context.kb.golden.pin(workspace, "heron", document.id)
    model.show(context.kb.golden.all(workspace))
    sign = Qt.ItemDataRole.AccessibleTextRole
    assert (model.index(0, 0).data(sign), model.index(0, 3).data()) == ("not looked for yet", "not looked for yet")
    qtmodeltester.check(model)
    model.show(context.kb.golden.run(workspace).queries)
    assert model.index(0, 0).data(sign) == "found"
    qtmodeltester.check(model)


@pytest.mark.parametrize("place", [1, 12])
def test_a_place_behind_the_wanted_one_is_said(context: Context, workspace: Workspace, place: int) -> None:
    give(context, workspace, **{f"t{number}": f"Heron {'word ' * number}" for number in range(15)})
    order = [hit.document.id for hit in context.kb.search.documents(workspace, "heron", limit=100)]
    context.kb.golden.pin(workspace, "heron", order[place - 1])
    model = GoldenModel(context.theme)
    model.show(context.kb.golden.run(workspace).queries)
    said = {1: "place 1", 12: "place 12, not among the first 10"}
    assert model.index(0, 3).data() == said[place]
