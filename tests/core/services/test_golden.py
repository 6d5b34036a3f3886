"""`kb.golden`: what a query must find is pinned, looked for, and reported with the reason where it is not found."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import KnowledgeBase, Text
from core.domain.golden import Miss
from core.domain.health import Part
from core.domain.workspace import Workspace
from core.errors import DocumentNotFound, InvalidInput, InvalidQuery
from core.store.salvage import salvage
from tests.core.engine import MovableClock, quick_engine

CANARY = "zarkumba"


def _add(kb: KnowledgeBase, workspace: Workspace, *texts: Text, scope: str = "workspace") -> None:
    kb.documents.add_texts(workspace, texts, scope=scope)
    assert kb.documents.wait(workspace, timeout=30)


def _id(kb: KnowledgeBase, workspace: Workspace, name: str) -> int:
    return next(each.id for each in kb.documents.ledger(workspace).files if each.external_id == name)


@pytest.fixture
def heron(kb: KnowledgeBase, workspace: Workspace) -> int:
    _add(
        kb, workspace, Text("heron", "A grey heron stands in the water.", "Heron"), Text("egret", "An egret is white.")
    )
    return _id(kb, workspace, "heron")


def test_what_a_query_finds_is_told_with_its_place(kb: KnowledgeBase, workspace: Workspace, heron: int) -> None:
    pinned = kb.golden.pin(workspace, "  grey   heron ", heron)
    assert (pinned.query, pinned.title, pinned.within, pinned.found, pinned.ran_at) == (
        "grey heron",
        "Heron",
        10,
        False,
        None,
    )
    run = kb.golden.run(workspace)
    assert [(each.id, each.place, each.miss) for each in run.queries] == [(pinned.id, 1, None)]
    assert (run.found, run.lost) == (1, ())
    assert kb.golden.all(workspace) == list(run.queries)
    kb.golden.unpin(workspace, [pinned.id, 99])
    assert kb.golden.all(workspace) == []


def test_what_can_not_be_pinned_is_refused(kb: KnowledgeBase, workspace: Workspace, heron: int) -> None:
    _add(kb, workspace, Text("secret", "A heron of a chat."), scope="session:a")
    for document in (99, _id(kb, workspace, "secret")):
        with pytest.raises(DocumentNotFound):
            kb.golden.pin(workspace, "heron", document)
    with pytest.raises(InvalidQuery):
        kb.golden.pin(workspace, "type:pdf", heron)
    for within in (0, 101):
        with pytest.raises(InvalidInput):
            kb.golden.pin(workspace, "heron", heron, within=within)
    with pytest.raises(InvalidInput, match="passage"):
        kb.golden.pin(workspace, "heron", heron, passage="a white heron")
    assert kb.golden.all(workspace) == []


def test_pinned_again_it_begins_anew(kb: KnowledgeBase, workspace: Workspace, heron: int) -> None:
    first = kb.golden.pin(workspace, "heron", heron)
    kb.golden.run(workspace)
    again = kb.golden.pin(workspace, "heron ", heron, within=3)
    assert (again.id, again.within, again.ran_at) == (first.id, 3, None)
    assert len(kb.golden.all(workspace)) == 1


def test_a_document_behind_the_wanted_place_is_told_with_its_place(kb: KnowledgeBase, workspace: Workspace) -> None:
    _add(kb, workspace, *(Text(f"t{number}", f"Heron {'word ' * number}.") for number in range(6)))
    order = [hit.document.id for hit in kb.search.documents(workspace, "heron", limit=100)]
    kb.golden.pin(workspace, "heron", order[3], within=3)
    [golden] = kb.golden.run(workspace).queries
    assert (golden.place, golden.miss, golden.found) == (4, Miss.LOWER, False)


def test_a_passage_is_found_by_its_middle_whatever_the_passages_are(kb: KnowledgeBase, workspace: Workspace) -> None:
    filler = "\n\n".join(f"Paragraph {number} tells of boats and of nothing else. " * 12 for number in range(12))
    text = f"{filler}\n\nThe oystercatcher nests on\nthe northern spit.\n\n{filler}"
    _add(kb, workspace, Text("book", text))
    book = _id(kb, workspace, "book")
    assert len(kb.documents.passages(workspace, book)) > 3
    right = kb.golden.pin(
        workspace, "oystercatcher nests", book, passage="The oystercatcher nests on the northern spit."
    )
    beginning = kb.golden.pin(workspace, "oystercatcher nests", book, passage="Paragraph 6 tells of boats", within=1)
    kb.golden.run(workspace)
    found, missed = kb.golden.all(workspace)
    assert (found.id, found.place, found.miss) == (right.id, 1, None)
    assert (missed.id, missed.found) == (beginning.id, False)


def test_the_reason_is_told_where_it_is_known(
    kb: KnowledgeBase, workspace: Workspace, heron: int, clock: MovableClock, tmp_path: Path
) -> None:
    def reason() -> Miss | None:
        [golden] = kb.golden.run(workspace).queries
        assert not golden.found
        return golden.miss

    pin = kb.golden.pin
    numbers = [pin(workspace, "heron type:pdf", heron).id]
    assert reason() is Miss.FILTERED
    kb.golden.unpin(workspace, numbers)
    numbers = [pin(workspace, "heron -grey", heron).id]
    assert reason() is Miss.OUTRANKED
    kb.golden.unpin(workspace, numbers)
    pin(workspace, "heron", heron, passage="stands in the water")
    _add(kb, workspace, Text("heron", "A grey heron flies away.", "Heron"))
    assert reason() is Miss.CHANGED
    kb.documents.expire(workspace, [heron], kb.documents.get(workspace, heron).created_at)
    assert reason() is Miss.EXPIRED
    assert [each.title for each in kb.golden.all(workspace)] == [""]  # what has expired is not shown
    kb.documents.remove(workspace, [heron])
    assert reason() is Miss.GONE
    [gone] = kb.golden.all(workspace)
    assert (gone.document_id, gone.title, gone.passage) == (None, "", "")


def test_a_file_that_is_not_read_says_why(kb: KnowledgeBase, workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nno more")
    (folder / "data.bin").write_bytes(b"\0\1")
    kb.documents.add(workspace, [folder])
    assert kb.documents.wait(workspace, timeout=30)
    ids = {each.name: each.id for each in kb.documents.ledger(workspace).files}
    kb.golden.pin(workspace, "heron", ids["broken.pdf"])
    kb.golden.pin(workspace, "heron", ids["data.bin"])
    assert [each.miss for each in kb.golden.run(workspace).queries] == [Miss.FAILED, Miss.SKIPPED]


def test_what_was_found_and_is_no_more_is_told_once(kb: KnowledgeBase, workspace: Workspace, heron: int) -> None:
    kb.golden.pin(workspace, "heron", heron, within=1)
    assert kb.golden.run(workspace).found == 1
    _add(kb, workspace, *(Text(f"t{number}", "Heron heron heron.") for number in range(3)))
    run = kb.golden.run(workspace)
    assert [(each.miss, each.place) for each in run.lost] == [(Miss.LOWER, 4)]
    assert kb.golden.run(workspace).lost == ()


def test_they_are_run_by_themselves_when_what_ranks_has_changed(
    kb: KnowledgeBase, workspace: Workspace, heron: int
) -> None:
    assert kb.golden.run_if_changed(workspace) is None  # nothing is pinned
    pinned = kb.golden.pin(workspace, "heron", heron)
    assert kb.golden.run_if_changed(workspace) is not None
    assert kb.golden.run_if_changed(workspace) is None
    kb.golden.run(workspace, [pinned.id])
    changes = (
        lambda: _add(kb, workspace, Text("more", "A heron.")),
        lambda: kb.preferences.set("search", "keyword_weight", 0.9),
        lambda: _remake(kb, workspace, Part.WORDS),
        lambda: _remake(kb, workspace, Part.VECTORS),
    )
    for change in changes:
        change()
        assert kb.golden.run_if_changed(workspace) is not None
        assert kb.golden.run_if_changed(workspace) is None


def _remake(kb: KnowledgeBase, workspace: Workspace, part: Part) -> None:
    with kb._opened.use(workspace) as opened:
        opened.remake({part})
        assert opened.wait(30)


def test_the_last_run_is_known_after_a_start(tmp_path: Path) -> None:
    with quick_engine(tmp_path) as kb:
        workspace = kb.workspaces.create("Thesis")
        _add(kb, workspace, Text("heron", "A grey heron."))
        kb.golden.pin(workspace, "heron", _id(kb, workspace, "heron"))
        [before] = kb.golden.run(workspace).queries
    with quick_engine(tmp_path) as kb:
        assert kb.golden.all(workspace) == [before]
        assert kb.documents.wait(workspace, timeout=30)
        assert kb.golden.run_if_changed(workspace) is None


def test_a_backup_has_them_and_a_salvage_saves_them(tmp_path: Path) -> None:
    with quick_engine(tmp_path) as kb:
        workspace = kb.workspaces.create("Thesis")
        _add(kb, workspace, Text("heron", "A grey heron."), Text("egret", "The white egret."))
        for name in ("heron", "egret"):
            kb.golden.pin(workspace, "the", _id(kb, workspace, name), passage=name)
        kb.upkeep.back_up(workspace)
        kb.golden.unpin(workspace, [each.id for each in kb.golden.all(workspace)])
        kb.upkeep.restore(workspace)
        assert len(kb.golden.all(workspace)) == 2
        with kb._opened.use(workspace) as opened, opened._database.transaction() as connection:
            connection.execute("UPDATE chunk SET text = 'other' WHERE document_id = ?", (_id(kb, workspace, "egret"),))
    salvage(tmp_path / "workspaces" / workspace.id)
    with quick_engine(tmp_path) as kb:
        saved = [(each.document_id is None, each.passage) for each in kb.golden.all(workspace)]
        assert saved == [(False, "heron"), (True, "")]


def _holding(folder: Path) -> list[str]:
    return [each.name for each in folder.rglob("*") if each.is_file() and CANARY.encode() in each.read_bytes()]


@pytest.mark.parametrize("how", ["unpinned", "removed"])
def test_what_was_forgotten_stands_in_no_file(tmp_path: Path, how: str) -> None:
    with quick_engine(tmp_path) as kb:
        workspace = kb.workspaces.create("Thesis")
        _add(kb, workspace, Text("heron", f"A {CANARY} heron." if how == "removed" else "A heron."))
        heron = _id(kb, workspace, "heron")
        query, passage = ("heron", CANARY) if how == "removed" else (CANARY, "")
        pinned = kb.golden.pin(workspace, query, heron, passage=passage)
        kb.golden.run(workspace)
        assert _holding(tmp_path) != []
        if how == "removed":
            kb.documents.remove(workspace, [heron])
        else:
            kb.golden.unpin(workspace, [pinned.id])
        assert kb.documents.wait(workspace, timeout=30)
        assert _holding(tmp_path) == []
