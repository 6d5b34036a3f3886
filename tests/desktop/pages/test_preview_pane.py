"""The preview: a hit in its document, whatever has become of its file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core import Text
from core.domain.search import Hit
from core.domain.workspace import Workspace
from desktop.context import Context
from desktop.pages.preview_pane import PreviewPane
from desktop.widgets.preview.document_head import DocumentHead
from desktop.widgets.preview.place_bar import PlaceBar
from desktop.widgets.preview.text_view import TextView

Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def pane(context: Context, workspace: Workspace, qtbot: QtBot) -> PreviewPane:
    pane = PreviewPane(context)
    qtbot.addWidget(pane)
    pane.resize(540, 700)
    pane.show()
    pane.open(workspace)
    return pane


@pytest.fixture
def add(context: Context, workspace: Workspace) -> Callable[[Path], None]:
    def add(path: Path) -> None:
        context.kb.documents.add(workspace, [path])
        assert context.kb.documents.wait(workspace, timeout=60)

    return add


def find(context: Context, workspace: Workspace, query: str) -> Hit:
    return context.kb.search.query(workspace, query)[0]


def text(pane: PreviewPane) -> TextView:
    found = pane.findChild(TextView)
    assert found is not None
    return found


def counter(pane: PreviewPane) -> str:
    bar = pane.findChild(PlaceBar)
    assert bar is not None
    return bar._counter.text() if bar.isVisible() else ""


def sentence(pane: PreviewPane) -> str:
    head = pane.findChild(DocumentHead)
    assert head is not None
    return head.sentence if head.isVisible() else ""


def marks(pane: PreviewPane) -> list[str]:
    return [each.cursor.selectedText() for each in text(pane).extraSelections()]


def test_a_hit_is_shown_with_its_words_counted(
    pane: PreviewPane, context: Context, workspace: Workspace, until: Until
) -> None:
    context.kb.documents.add_texts(workspace, [Text("a", "The whale sings.\n\nNobody knows why whales sing.")])
    assert context.kb.documents.wait(workspace, timeout=30)
    pane.show_hit(find(context, workspace, "whale"), "whale")
    until(lambda: counter(pane) == "1 of 2")
    assert marks(pane) == ["whale", "whales"]
    pane.step(1)
    assert counter(pane) == "2 of 2"
    pane.step(1)
    assert counter(pane) == "1 of 2"
    pane.step(-1)
    assert counter(pane) == "2 of 2"


def test_words_of_an_unfinished_and_of_a_mistyped_query_are_marked(
    pane: PreviewPane, context: Context, workspace: Workspace, until: Until
) -> None:
    context.kb.documents.add_texts(workspace, [Text("a", "The whale sings for hours.")])
    assert context.kb.documents.wait(workspace, timeout=30)
    for query, typing in (("wha", True), ("whalle", False)):
        hit = context.kb.search.query(workspace, query, as_you_type=typing)[0]
        pane.show_hit(None, "")
        pane.show_hit(hit, query)
        until(lambda: marks(pane) == ["whale"])


def test_another_workspace_begins_empty(
    pane: PreviewPane, context: Context, workspace: Workspace, until: Until
) -> None:
    context.kb.documents.add_texts(workspace, [Text("a", "The whale sings.")])
    assert context.kb.documents.wait(workspace, timeout=30)
    pane.show_hit(find(context, workspace, "whale"), "whale")
    until(lambda: counter(pane))
    pane.open(context.kb.workspaces.create("Other"))
    assert counter(pane) == ""
    assert not text(pane).isVisible()


def test_a_file_that_is_gone_or_has_changed_is_shown_as_it_was_read(
    pane: PreviewPane, context: Context, workspace: Workspace, add: Callable[[Path], None], tmp_path: Path, until: Until
) -> None:
    path = tmp_path / "whale.txt"
    path.write_text("The whale sings for hours.")
    add(path)
    hit = find(context, workspace, "whale")
    pane.show_hit(hit, "whale")
    until(lambda: counter(pane) == "1 of 1")
    assert sentence(pane) == ""
    path.write_text("Something else stands here now, and it is longer.")
    pane.show_hit(hit, "whale")
    until(lambda: "has changed since it was read" in sentence(pane))
    path.unlink()
    pane.show_hit(hit, "whale")
    until(lambda: "not at its place" in sentence(pane))
    assert "sings for hours" in text(pane).toPlainText()


def test_a_document_that_is_removed_while_it_is_shown_goes_from_the_pane(
    pane: PreviewPane, context: Context, workspace: Workspace, until: Until
) -> None:
    context.kb.documents.add_texts(workspace, [Text("a", "The whale sings.")])
    assert context.kb.documents.wait(workspace, timeout=30)
    hit = find(context, workspace, "whale")
    pane.show_hit(hit, "whale")
    until(lambda: counter(pane))
    context.kb.documents.remove(workspace, [hit.document.id])
    until(lambda: not text(pane).isVisible())
    pane.show_hit(hit, "whale")
    pane.step(1)
    until(lambda: not text(pane).isVisible())


def test_a_document_without_a_hit_is_shown_from_its_beginning(
    pane: PreviewPane, context: Context, workspace: Workspace, until: Until
) -> None:
    context.kb.documents.add_texts(workspace, [Text("a", "The whale sings.")])
    assert context.kb.documents.wait(workspace, timeout=30)
    pane.show_document(find(context, workspace, "whale").document)
    until(lambda: "whale" in text(pane).toPlainText())
    assert marks(pane) == []
    assert counter(pane) == ""
