"""Searching in the window: results while typing, reasons where there are none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core import Text
from core.domain.workspace import Workspace
from desktop.context import Context
from desktop.pages.search_page import SearchPage
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.welcome import Welcome

Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def page(context: Context, workspace: Workspace, qtbot: QtBot) -> SearchPage:
    page = SearchPage(context)
    qtbot.addWidget(page)
    page.resize(600, 500)
    page.show()
    return page


def give(context: Context, workspace: Workspace, *texts: str) -> None:
    context.kb.documents.add_texts(workspace, [Text(f"t{number}", text) for number, text in enumerate(texts)])
    assert context.kb.documents.wait(workspace, timeout=30)


def rows(page: SearchPage) -> int:
    return page.list.model().rowCount()


def said(page: SearchPage) -> str:
    empty = page.findChild(EmptyState)
    assert empty is not None
    return " ".join(label.text() for label in empty.findChildren(QLabel) if label.isVisible())


def test_an_empty_workspace_offers_three_ways_to_begin(
    page: SearchPage, workspace: Workspace, qtbot: QtBot, until: Until
) -> None:
    welcome = page.findChild(Welcome)
    assert welcome is not None
    page.open(workspace)
    until(welcome.isVisible)
    assert "Thesis" in " ".join(label.text() for label in welcome.findChildren(QLabel))
    for choice, wanted in zip(welcome.choices, (page.wants_folder, page.wants_files, page.wants_sample), strict=True):
        assert choice.accessibleName()
        with qtbot.waitSignal(wanted, timeout=5000):
            qtbot.keyClick(choice, Qt.Key.Key_Space)


def test_the_first_results_take_the_place_of_the_welcome(
    page: SearchPage, context: Context, workspace: Workspace, until: Until
) -> None:
    welcome = page.findChild(Welcome)
    assert welcome is not None
    page.open(workspace)
    until(welcome.isVisible)
    give(context, workspace, "The whale sings for hours.")
    page.refresh()
    until(lambda: "1 document" in said(page))
    assert not welcome.isVisible()


def test_results_come_while_a_word_is_unfinished(
    page: SearchPage, context: Context, workspace: Workspace, until: Until
) -> None:
    give(context, workspace, "The whale sings for hours.", "Ants follow trails.")
    page.open(workspace)
    page.search("wha", finished=False)
    until(lambda: rows(page))
    assert "whale" in page.list.model().index(0, 0).data(0x0100).text


def test_choosing_a_row_tells_of_the_hit(
    page: SearchPage, context: Context, workspace: Workspace, until: Until
) -> None:
    give(context, workspace, "The whale sings for hours.")
    page.open(workspace)
    chosen: list[tuple[object, str]] = []
    page.chosen.connect(lambda hit, query: chosen.append((hit, query)))
    page.search("whale", finished=True)
    until(lambda: rows(page))
    page.focus_results()
    hit, query = chosen[-1]
    assert hit is not None
    assert query == "whale"


def test_nothing_found_says_so_and_why(page: SearchPage, context: Context, workspace: Workspace, until: Until) -> None:
    give(context, workspace, "The whale sings for hours.")
    page.open(workspace)
    page.search("-type:pdf", finished=True)
    until(lambda: "hint" not in said(page) and rows(page) == 0 and "search" in said(page).lower())


def test_a_row_that_somebody_looks_at_does_not_move_when_documents_come(
    page: SearchPage, context: Context, workspace: Workspace, until: Until
) -> None:
    give(context, workspace, "The whale sings for hours.")
    page.open(workspace)
    page.search("whale", finished=True)
    until(lambda: rows(page) == 1)
    first = page.list.model().index(0, 0).data(0x0100).chunk_id
    context.kb.documents.add_texts(workspace, [Text("more", "Whale whale whale whale.")])
    assert context.kb.documents.wait(workspace, timeout=30)
    page.refresh()
    until(lambda: rows(page) == 2)
    assert page.list.model().index(0, 0).data(0x0100).chunk_id == first


def test_looking_again_where_nothing_was_found_takes_nothing_away_that_is_shown_elsewhere(
    page: SearchPage, context: Context, workspace: Workspace, until: Until
) -> None:
    page.open(workspace)
    page.search('"whale"', finished=True)
    until(lambda: "Nothing for" in said(page))
    chosen: list[object] = []
    page.chosen.connect(lambda hit, _query: chosen.append(hit))
    give(context, workspace, "Ants follow trails.")
    page.refresh()
    until(lambda: page._latest._running is None)
    give(context, workspace, "The whale sings for hours.", "Ants follow trails.")
    page.refresh()
    until(lambda: rows(page) == 1)
    assert chosen == []


def test_what_holds_the_words_is_counted_and_the_rest_is_not(
    page: SearchPage, context: Context, workspace: Workspace, until: Until
) -> None:
    give(context, workspace, "The whale sings.", "A whale sleeps.", "One sings.", "Ants walk.", "Whale that sings.")
    page.open(workspace)
    page.search("whale sings", finished=True)
    until(lambda: page.account.text())
    assert page.account.text().startswith("2 passage(s) with these words · 4 with some of them · more by meaning · ")
    documents = page._per_document
    documents.click()
    until(lambda: page.account.text().startswith("2 document(s) with these words · 4 with some of them"))
    page.search("whale walk", finished=True)
    until(lambda: page.account.text().startswith("4 document(s) with some of these words · more by meaning"))
    page.search("ant", finished=False)
    until(lambda: page.account.text().startswith("1 document(s) with these words"))
    page.search("", finished=True)
    until(lambda: page.account.text() == "")


def test_a_search_whose_result_is_looked_at_is_kept_in_the_history_though_nobody_pressed_enter(
    page: SearchPage, context: Context, workspace: Workspace, until: Until
) -> None:
    give(context, workspace, "The whale sings.", "A whale sleeps.")
    page.open(workspace)
    page.search("whal", finished=False)
    page.search("whale", finished=False)
    until(lambda: rows(page) == 2)
    assert context.kb.searches.recent(workspace) == []
    page.focus_results()
    page.step(1)
    until(lambda: context.kb.searches.recent(workspace) == ["whale"])
    (today,) = context.kb.upkeep.usage(workspace)
    assert today.searches == 1


def test_whoever_is_in_the_results_when_newer_ones_come_is_on_the_first(
    page: SearchPage, context: Context, workspace: Workspace, until: Until, qtbot: QtBot
) -> None:
    give(context, workspace, "The whale sings.", "Ants follow trails.")
    page.open(workspace)
    page.show()
    qtbot.waitActive(page)
    page.search("ants", finished=False)
    until(lambda: rows(page))
    page.focus_results()
    page.search("whale", finished=False)
    until(lambda: page._shown == "whale")
    assert page.list.currentIndex().row() == 0
