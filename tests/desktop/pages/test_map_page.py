"""The map: drawn beside the window, coloured, gone through, and drawn again only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from core import Text
from core.domain.workspace import Workspace
from core.errors import StorageFailed
from desktop.context import Context
from desktop.main_window import MainWindow
from desktop.pages.map_page import MapPage
from desktop.theme import DARK
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.map.colouring import ColourBy

Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def filled(context: Context, workspace: Workspace) -> Workspace:
    texts = [
        Text(f"{kind}{number}", f"{kind} {kind}s number{number}", f"A {kind} {number}", tags=(kind,))
        for kind in ("whale", "loaf")
        for number in range(10)
    ]
    context.kb.documents.add_texts(workspace, texts)
    assert context.kb.documents.wait(workspace, timeout=30)
    return workspace


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> MapPage:
    page = MapPage(context)
    qtbot.addWidget(page)
    page.resize(700, 600)
    page.show()
    return page


@pytest.fixture
def drawn(page: MapPage, filled: Workspace, until: Until) -> MapPage:
    page.open(filled)
    until(lambda: page.canvas.isVisible() and page.canvas.shown.documents)
    return page


def said(page: QWidget) -> str:
    state = page.findChild(EmptyState)
    assert isinstance(state, EmptyState)
    return state._title.text() if state.isVisible() else ""


def test_a_map_is_drawn_and_explained(drawn: MapPage) -> None:
    assert len(drawn.canvas.shown.documents) == 20
    assert not drawn.again.isVisible()
    assert len(drawn.legend.buttons) == 1  # all texts have one source
    drawn.colour_by.setCurrentIndex(drawn.colour_by.findData(ColourBy.TAG))
    names = [each.accessibleName() for each in drawn.legend.buttons.values()]
    assert [name.split(": ")[1] for name in names] == ["loaf", "whale"]


def test_a_group_of_the_legend_stands_out(drawn: MapPage) -> None:
    drawn.colour_by.setCurrentIndex(drawn.colour_by.findData(ColourBy.TAG))
    drawn.legend.buttons[1].click()
    assert drawn.canvas._standing_out == 1
    assert drawn.legend.buttons[1].isChecked()
    drawn.legend.buttons[1].click()
    assert drawn.canvas._standing_out is None


def test_the_legend_follows_the_theme(drawn: MapPage, context: Context) -> None:
    context.theme.choose("dark", 100)
    assert drawn.canvas._colouring is not None
    assert drawn.canvas._colouring.entries[0].colour == DARK.series[0]


def test_a_document_is_chosen(drawn: MapPage, until: Until) -> None:
    chosen: list[object] = []
    drawn.document_chosen.connect(chosen.append)
    first = drawn.canvas.shown.documents[0]
    drawn.canvas.chosen.emit(first.id)
    until(lambda: chosen)
    assert getattr(chosen[0], "title") == first.name  # noqa: B009 - the signal carries any object


def test_a_document_that_has_gone_is_told_of(drawn: MapPage, context: Context, filled: Workspace, until: Until) -> None:
    told: list[str] = []
    context.notices.said.connect(lambda sentence, *_: told.append(sentence))
    first = drawn.canvas.shown.documents[0].id
    context.kb.documents.remove(filled, [first])
    drawn.canvas.chosen.emit(first)
    until(lambda: told)
    assert "no document" in told[0]


def test_what_is_surrounded_can_be_shown_in_the_library(drawn: MapPage) -> None:
    wanted: list[list[int]] = []
    drawn.wants_list.connect(wanted.append)
    assert not drawn.chosen_line.isVisible()
    size = drawn.canvas.size()
    drawn.canvas.select([0, 3])
    assert drawn.chosen_line.isVisible()
    assert drawn.canvas.size() == size  # the map does not move away under the pointer
    drawn.show_list.click()
    assert wanted == [[drawn.canvas.shown.documents[row].id for row in (0, 3)]]
    drawn.let_go.click()
    assert not drawn.chosen_line.isVisible()
    assert drawn.canvas.selected() == []


def test_the_map_stays_until_one_asks_for_another(
    drawn: MapPage, context: Context, filled: Workspace, until: Until
) -> None:
    before = drawn.canvas.shown
    context.kb.documents.add_texts(filled, [Text("new", "A new whale.")])
    assert context.kb.documents.wait(filled, timeout=30)
    drawn.refresh()
    until(drawn.again.isVisible)
    assert drawn.canvas.shown is before
    drawn.again.click()
    until(lambda: len(drawn.canvas.shown.documents) == 21)
    drawn.refresh()
    until(lambda: drawn._latest._running is None)
    assert not drawn.again.isVisible()


def test_an_empty_workspace_says_so_and_is_drawn_when_documents_come(
    page: MapPage, context: Context, workspace: Workspace, until: Until
) -> None:
    page.open(workspace)
    until(lambda: said(page) == "Nothing is on the map yet.")
    assert not page.colour_by.isVisible()
    context.kb.documents.add_texts(workspace, [Text("1", "Whales sing.")])
    assert context.kb.documents.wait(workspace, timeout=30)
    page.refresh()
    until(lambda: page.canvas.isVisible() and len(page.canvas.shown.documents) == 1)
    assert page.colour_by.isVisible()


def test_another_workspace_shows_nothing_of_the_one_before(drawn: MapPage, context: Context, until: Until) -> None:
    drawn.canvas.select([0])
    drawn.open(context.kb.workspaces.create("Other"))
    assert not drawn.canvas.isVisible()
    assert not drawn.chosen_line.isVisible()
    assert drawn.canvas.shown.documents == ()
    until(lambda: said(drawn) == "Nothing is on the map yet.")


def test_nothing_is_drawn_while_nobody_looks(page: MapPage, filled: Workspace, until: Until) -> None:
    page.hide()
    page.open(filled)
    assert page._drawing is None
    page.show()
    assert said(page) == "Drawing the map…"
    page.hide()
    assert page._stop.is_set()
    page.show()
    until(lambda: page.canvas.isVisible() and page.canvas.shown.documents)


def test_a_map_that_can_not_be_drawn_is_told_of(
    page: MapPage, context: Context, filled: Workspace, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    context.notices.said.connect(lambda sentence, *_: told.append(sentence))

    def fail(*_: object, **__: object) -> None:
        raise StorageFailed("The disk can't be read.", "Look at its cable.")

    with monkeypatch.context() as patched:
        patched.setattr(type(context.kb.maps), "draw", fail)
        page.open(filled)
        until(lambda: told)
    assert said(page) == "The map could not be drawn."
    (again,) = [each for each in page.findChildren(QAbstractButton) if each.text() == "Try again"]
    again.click()
    until(lambda: page.canvas.isVisible() and page.canvas.shown.documents)


def test_tools_zoom_and_draw_lines(drawn: MapPage) -> None:
    drawn.closer.click()
    assert drawn.canvas.view.zoom == pytest.approx(1.5)
    drawn.farther.click()
    drawn.closer.click()
    drawn.whole.click()
    assert drawn.canvas.view.zoom == 1
    drawn.lasso.click()
    assert drawn.canvas.lasso
    drawn.lasso.click()
    assert not drawn.canvas.lasso


def test_everything_that_takes_keys_has_a_name(drawn: MapPage) -> None:
    for part in drawn.findChildren(QWidget):
        if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            text = part.text() if isinstance(part, QAbstractButton) else ""
            assert part.accessibleName() or text, part
    assert isinstance(drawn.colour_by, QComboBox)
    assert drawn.canvas.accessibleDescription()


def test_the_window_shows_the_map_and_what_is_chosen_on_it(window: MainWindow, filled: Workspace, until: Until) -> None:
    desk = window.desk
    assert desk is not None
    window.actions_.show_map.trigger()
    assert window.actions_.show_map.isChecked()
    until(lambda: desk.map.canvas.isVisible() and len(desk.map.canvas.shown.documents) == 20)
    window.frame.top.query.setFocus()
    for _ in range(2):
        window.actions_.next_pane.trigger()
    assert desk.map.canvas.hasFocus()
    QTest.keyClick(desk.map.canvas, Qt.Key.Key_Right)
    QTest.keyClick(desk.map.canvas, Qt.Key.Key_Return)
    until(lambda: desk.preview._document is not None)
    desk.map.canvas.select([0, 1, 2])
    desk.map.show_list.click()
    assert window.frame.pages.currentWidget() is desk.library
    until(lambda: desk.library.table.model().rowCount() == 3)
    assert desk.library.chip.isVisible()
    assert not desk.library.coverage.isVisible()
    desk.library.chip.click()
    until(lambda: desk.library.table.model().rowCount() == 20)
    assert desk.library.coverage.isVisible()
