"""All matches: counted, marked, and saved as a table."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from core import Text
from core.domain.saved_search import Mark
from core.domain.workspace import Workspace
from desktop.context import Context
from desktop.pages.matches_page import MatchesPage

Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def page(context: Context, workspace: Workspace, qtbot: QtBot, until: Until) -> MatchesPage:
    context.kb.documents.add_texts(workspace, [Text(f"t{n}", f"The whale number {n} sings.") for n in range(3)])
    context.kb.documents.add_texts(workspace, [Text("other", "Ants follow trails.")])
    assert context.kb.documents.wait(workspace, timeout=30)
    page = MatchesPage(context)
    qtbot.addWidget(page)
    page.resize(800, 500)
    page.show()
    page.open(workspace)
    page.show_matches("whale")
    until(lambda: page.table.model().rowCount() == 3)
    return page


def press(page: MatchesPage, label: str) -> None:
    (button,) = [each for each in page.findChildren(QToolButton) if each.text() == label]
    button.click()


def test_a_mark_is_kept_by_the_workspace(
    page: MatchesPage, context: Context, workspace: Workspace, until: Until
) -> None:
    first = page._model.document(0).id
    page.table.selectRow(0)
    press(page, "Relevant")
    until(lambda: page._model.marks())
    assert context.kb.searches.marks(workspace, "whale") == {first: Mark.RELEVANT}
    press(page, "No mark")
    until(lambda: not page._model.marks())
    assert context.kb.searches.marks(workspace, "whale") == {}


def test_what_is_shown_can_be_saved_as_a_table(page: MatchesPage, tmp_path: Path, until: Until) -> None:
    said: list[str] = []
    page._context.notices.said.connect(lambda sentence, *_: said.append(sentence))
    page.save(tmp_path / "matches.csv")
    until(lambda: said)
    with (tmp_path / "matches.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(row["where"] for row in rows) == ["t0", "t1", "t2"]


def test_a_place_that_can_t_be_written_is_said(page: MatchesPage, tmp_path: Path, until: Until) -> None:
    errors: list[BaseException] = []
    page._context.tasks.failed.connect(errors.append)
    page.save(tmp_path / "nowhere" / "matches.csv")
    until(lambda: errors)
    assert "matches.csv can't be written" in str(errors[0])


def test_the_document_of_a_row_is_chosen_with_the_query(page: MatchesPage) -> None:
    chosen: list[tuple[object, str]] = []
    page.chosen.connect(lambda document, query: chosen.append((document, query)))
    page.table.selectRow(2)
    assert chosen == [(page._model.document(2), "whale")]
