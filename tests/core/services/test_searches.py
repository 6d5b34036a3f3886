"""`kb.searches`: saved searches, history and marks belong to one workspace and go with what they belong to."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import KnowledgeBase, Text
from core.domain.saved_search import Mark
from core.domain.search import Mode
from core.domain.workspace import Workspace
from core.errors import DocumentNotFound, InvalidInput, SearchExists, SearchNotFound
from core.store.salvage import salvage
from core.store.searches import KEPT
from tests.core.engine import MovableClock, quick_engine

CANARY = "zarkumba"


def _add(kb: KnowledgeBase, workspace: Workspace, *names: str) -> list[int]:
    kb.documents.add_texts(workspace, [Text(name, f"The {name}.") for name in names], ttl=3600)
    kb.documents.wait(workspace, timeout=30)
    return [each.id for each in kb.documents.list(workspace).documents]


def test_a_search_is_saved_renamed_and_removed(kb: KnowledgeBase, workspace: Workspace) -> None:
    later = kb.searches.save(workspace, "Leases", "  rent   -deposit ", mode="keyword", filters={"type": "pdf"})
    first = kb.searches.save(workspace, "boats", "ferry")
    assert (later.query, later.mode, later.filters) == ("rent -deposit", Mode.KEYWORD, {"type": "pdf"})
    assert kb.searches.all(workspace) == [first, later]
    assert kb.searches.rename(workspace, later.id, "All leases").name == "All leases"
    assert [each.name for each in kb.searches.all(workspace)] == ["All leases", "boats"]
    kb.searches.remove(workspace, later.id)
    kb.searches.remove(workspace, later.id)
    assert kb.searches.all(workspace) == [first]


def test_what_can_not_be_saved_is_refused(kb: KnowledgeBase, workspace: Workspace) -> None:
    one = kb.searches.save(workspace, "Boats", "ferry")
    other = kb.searches.save(workspace, "Birds", "heron")
    with pytest.raises(SearchExists):
        kb.searches.save(workspace, "BOATS", "heron")
    with pytest.raises(SearchExists):
        kb.searches.rename(workspace, other.id, "boats")
    assert kb.searches.rename(workspace, one.id, "boats").name == "boats"
    with pytest.raises(SearchNotFound):
        kb.searches.rename(workspace, 99, "Fish")
    for name, query, mode in (("", "x", "hybrid"), ("a\nb", "x", "hybrid"), ("a", " ", "hybrid"), ("a", "x", "magic")):
        with pytest.raises(InvalidInput):
            kb.searches.save(workspace, name, query, mode=mode)


def test_the_history_has_each_query_once_and_the_latest_first(kb: KnowledgeBase, workspace: Workspace) -> None:
    for query in ("heron", "egret", " ", "heron  ", "a\0b \ud800"):
        kb.searches.record(workspace, query)
    assert kb.searches.recent(workspace) == ["a b ?", "heron", "egret"]
    assert kb.searches.recent(workspace, 1) == ["a b ?"]
    assert kb.searches.recent(kb.workspaces.create("Other")) == []


def test_the_history_keeps_no_more_than_it_says(kb: KnowledgeBase, workspace: Workspace) -> None:
    for number in range(KEPT + 3):
        kb.searches.record(workspace, f"query {number}")
    recent = kb.searches.recent(workspace, 1000)
    assert (len(recent), recent[-1]) == (KEPT, "query 3")


def test_the_history_can_be_switched_off(kb: KnowledgeBase, workspace: Workspace) -> None:
    kb.preferences.set("search", "history", False)
    kb.searches.record(workspace, "heron")
    assert kb.searches.recent(workspace) == []


def test_a_long_query_is_kept_as_far_as_it_is_read(kb: KnowledgeBase, workspace: Workspace) -> None:
    kb.searches.record(workspace, "x" * 1_000_000)
    assert [len(each) for each in kb.searches.recent(workspace)] == [10_000]


def test_documents_are_marked_for_one_query(kb: KnowledgeBase, workspace: Workspace) -> None:
    heron, egret = _add(kb, workspace, "egret", "heron")
    kb.searches.mark(workspace, "the", heron, "relevant")
    kb.searches.mark(workspace, "the", egret, "relevant")
    kb.searches.mark(workspace, " the ", egret, Mark.IRRELEVANT)
    assert kb.searches.marks(workspace, "the") == {heron: Mark.RELEVANT, egret: Mark.IRRELEVANT}
    assert kb.searches.marks(workspace, "other") == {}
    kb.searches.mark(workspace, "the", heron, None)
    assert kb.searches.marks(workspace, "the") == {egret: Mark.IRRELEVANT}
    with pytest.raises(DocumentNotFound):
        kb.searches.mark(workspace, "the", 99, "relevant")
    with pytest.raises(InvalidInput):
        kb.searches.mark(workspace, "the", egret, "great")


def test_marks_go_with_the_text_that_they_are_about(
    kb: KnowledgeBase, workspace: Workspace, clock: MovableClock
) -> None:
    removed, expired = _add(kb, workspace, "egret", "heron")
    for each in (removed, expired):
        kb.searches.mark(workspace, "the", each, "relevant")
    rows = kb.documents.remove(workspace, [removed]).rows
    assert rows == 4  # document, version, passage, mark
    clock.forward(4000)
    kb.upkeep.sweep(workspace)
    assert kb.searches.marks(workspace, "the") == {}


def test_a_backup_has_all_of_it(kb: KnowledgeBase, workspace: Workspace) -> None:
    [heron] = _add(kb, workspace, "heron")
    kb.searches.save(workspace, "Birds", "heron")
    kb.searches.record(workspace, "heron")
    kb.searches.mark(workspace, "heron", heron, "relevant")
    kb.upkeep.back_up(workspace)
    kb.searches.clear_history(workspace)
    kb.searches.remove(workspace, kb.searches.all(workspace)[0].id)
    kb.upkeep.restore(workspace)
    assert [each.name for each in kb.searches.all(workspace)] == ["Birds"]
    assert kb.searches.recent(workspace) == ["heron"]
    assert kb.searches.marks(workspace, "heron") == {heron: Mark.RELEVANT}


def test_it_is_saved_from_a_damaged_database_without_marks_of_what_is_lost(tmp_path: Path) -> None:
    with quick_engine(tmp_path) as kb:
        workspace = kb.workspaces.create("Thesis")
        heron, egret = _add(kb, workspace, "egret", "heron")
        kb.searches.save(workspace, "Birds", "heron")
        kb.searches.record(workspace, "heron")
        for each in (heron, egret):
            kb.searches.mark(workspace, "the", each, "relevant")
        with kb._opened.use(workspace) as opened, opened._database.transaction() as connection:
            connection.execute("UPDATE chunk SET text = 'other' WHERE document_id = ?", (egret,))
    salvage(tmp_path / "workspaces" / workspace.id)
    with quick_engine(tmp_path) as kb:
        assert [each.name for each in kb.searches.all(workspace)] == ["Birds"]
        assert kb.searches.recent(workspace) == ["heron"]
        assert kb.searches.marks(workspace, "the") == {heron: Mark.RELEVANT}


def _holding(folder: Path) -> list[str]:
    return [each.name for each in folder.rglob("*") if each.is_file() and CANARY.encode() in each.read_bytes()]


def test_what_was_forgotten_stands_in_no_file(tmp_path: Path) -> None:
    with quick_engine(tmp_path) as kb:
        workspace = kb.workspaces.create("Thesis")
        [heron] = _add(kb, workspace, "heron")
        saved = kb.searches.save(workspace, CANARY, CANARY)
        kb.searches.record(workspace, CANARY)
        kb.searches.mark(workspace, CANARY, heron, "relevant")
        assert _holding(tmp_path) != []
        kb.searches.remove(workspace, saved.id)
        kb.searches.clear_history(workspace)
        kb.searches.mark(workspace, CANARY, heron, None)
        assert kb.documents.wait(workspace, timeout=30)
        assert _holding(tmp_path) == []


def test_all_of_it_goes_with_the_workspace_and_nothing_is_logged(tmp_path: Path) -> None:
    with quick_engine(tmp_path) as kb:
        workspace = kb.workspaces.create("Thesis")
        [heron] = _add(kb, workspace, "heron")
        kb.searches.save(workspace, CANARY, CANARY)
        kb.searches.record(workspace, CANARY)
        kb.searches.mark(workspace, CANARY, heron, "relevant")
        kb.workspaces.delete(workspace)
    assert _holding(tmp_path) == []
