"""The models of lists and tables keep Qt's rules, whatever is done to them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core import Text
from core.domain.saved_search import Mark
from core.domain.workspace import Workspace
from desktop.context import Context
from desktop.item_models.hits import HitsModel
from desktop.item_models.matches import MatchesModel


@pytest.fixture(autouse=True)
def texts(context: Context, workspace: Workspace) -> None:
    context.kb.documents.add_texts(workspace, [Text(f"t{n}", f"The whale number {n} sings.") for n in range(5)])
    assert context.kb.documents.wait(workspace, timeout=30)


def test_hits(context: Context, workspace: Workspace, qtmodeltester: ModelTester) -> None:
    hits = list(context.kb.search.query(workspace, "whale", limit=5))
    model = HitsModel()
    qtmodeltester.check(model)
    model.show(hits[:3])
    model.merge(hits, all_=True)
    assert [model.hit(row).chunk_id for row in range(model.rowCount())] == [hit.chunk_id for hit in hits]
    qtmodeltester.check(model)
    model.merge(hits[3:], all_=True)
    assert model.rowCount() == 2
    model.merge(hits[:1], all_=False)
    assert model.rowCount() == 3
    qtmodeltester.check(model)


def test_a_hostile_title_is_one_line_and_not_turned_round(context: Context, workspace: Workspace, qtbot: QtBot) -> None:
    (hit,) = context.kb.search.query(workspace, "whale", limit=1)
    model = HitsModel()
    model.show([replace(hit, document=replace(hit.document, title="exe\u202efdp\n.pdf"))])
    shown = model.data(model.index(0, 0))
    assert shown == "exe�fdp�.pdf"


def test_matches(context: Context, workspace: Workspace, qtmodeltester: ModelTester) -> None:
    found = context.kb.search.matches(workspace, "whale")
    model = MatchesModel(context.theme)
    qtmodeltester.check(model)
    model.show(found.documents, {found.documents[0].id: Mark.RELEVANT})
    qtmodeltester.check(model)
    model.mark(0, None)
    model.mark(1, Mark.IRRELEVANT)
    assert model.marks() == {found.documents[1].id: Mark.IRRELEVANT}
    qtmodeltester.check(model)
