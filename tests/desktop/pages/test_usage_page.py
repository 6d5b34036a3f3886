"""Usage: charts, the same as a table, and nothing made up where nothing is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from core import Text
from core.domain.workspace import Workspace
from core.knowledge_base import KnowledgeBase
from desktop.context import Context
from desktop.main_window import MainWindow
from desktop.pages.usage_page import UsagePage
from desktop.widgets.empty_state import EmptyState
from tests.core.engine import MovableClock, quick_engine

Until = Callable[[Callable[[], object]], None]
DAY = 86_400.0


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def kb(tmp_path: Path, clock: MovableClock) -> Iterator[KnowledgeBase]:
    with quick_engine(tmp_path / "data", clock) as kb:
        yield kb


@pytest.fixture
def used(kb: KnowledgeBase, workspace: Workspace, clock: MovableClock) -> Workspace:
    """A workspace of two days, with one between them on which nobody looked at it."""
    kb.documents.add_texts(workspace, [Text("1", "Whales sing.")])
    assert kb.documents.wait(workspace, timeout=30)
    kb.search.query(workspace, "whales")
    kb.upkeep.usage(workspace)
    clock.forward(2 * DAY)
    kb.documents.add_texts(workspace, [Text("2", "Ants walk.")])
    assert kb.documents.wait(workspace, timeout=30)
    for query in ("ants", "walk", "sing"):
        kb.search.query(workspace, query)
    return workspace


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> UsagePage:
    page = UsagePage(context)
    qtbot.addWidget(page)
    page.resize(700, 700)
    page.show()
    return page


def said(page: QWidget) -> str:
    state = page.findChild(EmptyState)
    assert isinstance(state, EmptyState)
    return state._title.text() if state.isVisible() else ""


def cells(page: UsagePage, row: int) -> list[str]:
    items = [page.table.item(row, column) for column in range(page.table.columnCount())]
    return [item.text() for item in items if item is not None]


def test_days_are_shown_with_gaps(page: UsagePage, used: Workspace, until: Until) -> None:
    page.open(used)
    until(page.searches.isVisible)
    heights = [bar.parts for bar in page.searches._bars[-4:]]
    assert heights == [(), (1.0,), (), (3.0,)]
    assert [bar.parts for bar in page.documents._bars[-4:]] == [(), (1.0,), (), (2.0,)]
    assert len(page.storage._bars[-1].parts) == 5
    page.searches.look_at(len(page.searches._bars) - 1)
    assert "3 search" in page.searches.accessibleDescription()
    page.searches.look_at(0)
    assert "Not known" in page.searches.accessibleDescription()
    assert "Texts" in page.storage.accessibleDescription()


def test_the_same_can_be_read_as_a_table(page: UsagePage, used: Workspace, until: Until) -> None:
    page.open(used)
    until(page.searches.isVisible)
    page.as_table.click()
    assert page.table.isVisible()
    assert page.table.rowCount() == 2
    assert cells(page, 0)[1:4] == ["3", "2", "2"]
    assert cells(page, 1)[1:4] == ["1", "1", "1"]
    page.as_table.click()
    assert page.searches.isVisible()


def test_the_first_day_is_told_as_what_it_is(
    page: UsagePage, kb: KnowledgeBase, workspace: Workspace, until: Until
) -> None:
    kb.documents.add_texts(workspace, [Text("1", "Whales sing.")])
    assert kb.documents.wait(workspace, timeout=30)
    page.open(workspace)
    until(page.searches.isVisible)
    assert "Only today is known yet" in page._note.text()
    assert [len(bar.parts) for bar in page.documents._bars[-2:]] == [0, 1]


def test_months_are_summed_up(page: UsagePage, used: Workspace, until: Until) -> None:
    page.open(used)
    until(page.searches.isVisible)
    page.period.setCurrentIndex(1)
    until(lambda: len(page.searches._bars) == 12)
    assert page.searches._bars[-1].height == 4
    page.searches.look_at(11)
    assert "2023" in page.searches.accessibleDescription()


def test_a_workspace_that_was_never_used_says_so(page: UsagePage, workspace: Workspace, until: Until) -> None:
    page.open(workspace)
    until(lambda: said(page) == "There is nothing to count yet.")
    page.as_table.click()
    assert said(page) == "There is nothing to count yet."


def test_it_counts_again_when_it_is_looked_at(
    page: UsagePage, kb: KnowledgeBase, used: Workspace, until: Until
) -> None:
    page.open(used)
    until(page.searches.isVisible)
    page.hide()
    kb.search.query(used, "another")
    page.show()
    until(lambda: page.searches._bars[-1].height == 4)


def test_another_workspace_shows_nothing_of_the_one_before(
    page: UsagePage, kb: KnowledgeBase, used: Workspace, until: Until
) -> None:
    page.open(used)
    until(page.searches.isVisible)
    page.open(kb.workspaces.create("Other"))
    assert said(page) == "Counting…"
    until(lambda: said(page) == "There is nothing to count yet.")


def test_everything_that_takes_keys_has_a_name(page: UsagePage, used: Workspace, until: Until) -> None:
    page.open(used)
    until(page.searches.isVisible)
    for part in page.findChildren(QWidget):
        if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert part.accessibleName() or (isinstance(part, QAbstractButton) and part.text()), part


def test_the_window_shows_usage(window: MainWindow, used: Workspace, until: Until) -> None:
    desk = window.desk
    assert desk is not None
    window.actions_.show_usage.trigger()
    assert window.actions_.show_usage.isChecked()
    until(desk.usage.searches.isVisible)
    assert window.frame.pages.currentWidget() is desk.usage
