"""`kb.documents` as a table, a queue and a list of rules show it; what removals tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import KnowledgeBase, Text
from core.domain.change import Change, Receipt
from core.domain.document import State
from core.domain.listing import Sort
from core.domain.workspace import Workspace
from core.errors import InvalidInput
from tests.core.engine import MovableClock


def test_a_list_shows_what_was_read_with_its_words(kb: KnowledgeBase, workspace: Workspace) -> None:
    kb.documents.add_texts(workspace, [Text("b", "A grey heron."), Text("a", "An egret.")])
    kb.documents.wait(workspace, timeout=30)
    page = kb.documents.list(workspace, sort="words", descending=True, limit=1)
    assert (page.total, [each.words for each in page.documents]) == (2, [3])
    assert page.documents[0].modified_at == page.documents[0].updated_at
    assert kb.documents.list(workspace, states=[State.MEANING], text="A").total == 1
    assert [each.id for each in kb.documents.list(workspace, ids=page.ids[1:]).documents] == [page.ids[1]]


def test_every_sort_is_understood(kb: KnowledgeBase, workspace: Workspace) -> None:
    for sort in Sort:
        assert kb.documents.list(workspace, sort=sort).total == 0


def test_a_list_that_can_not_be_made_is_refused(kb: KnowledgeBase, workspace: Workspace) -> None:
    with pytest.raises(InvalidInput, match="can't be sorted by"):
        kb.documents.list(workspace, sort="colour")
    with pytest.raises(InvalidInput, match="window"):
        kb.documents.list(workspace, offset=-1)


def test_skipped_files_are_counted_by_rule(kb: KnowledgeBase, workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    for name in ("a.bin", "b.bin", ".hidden.md", "note.md"):
        (folder / name).write_text("A note.", "utf-8")
    kb.documents.add(workspace, [folder])
    kb.documents.wait(workspace, timeout=30)
    skipped = kb.documents.skipped(workspace)
    assert list(skipped.values()) == [2, 1]
    [most, other] = skipped
    assert [each.name for each in kb.documents.list(workspace, reasons=[most]).documents] == ["a.bin", "b.bin"]
    assert [each.name for each in kb.documents.list(workspace, reasons=[other]).documents] == [".hidden.md"]


def test_what_waits_in_a_paused_source_is_in_the_queue(
    kb: KnowledgeBase, workspace: Workspace, clock: MovableClock, tmp_path: Path
) -> None:
    path = tmp_path / "note.md"
    path.write_text("A note.", "utf-8")
    kb.documents.add(workspace, [path])
    kb.documents.wait(workspace, timeout=30)
    assert kb.documents.queue(workspace) == []
    [source] = kb.sources.all(workspace)
    kb.sources.pause(workspace, source.id)
    clock.forward(5)
    kb.sources.rescan(workspace)
    [entry] = kb.documents.queue(workspace)
    assert (entry.kind, entry.state, entry.name, entry.path) == ("scan", "paused", source.name, str(path))
    assert entry.since.timestamp() == clock.wall()


def test_the_documents_of_each_source_are_counted_by_state(
    kb: KnowledgeBase, workspace: Workspace, clock: MovableClock, tmp_path: Path
) -> None:
    (tmp_path / "papers").mkdir()
    for name in ("a.md", "b.md", "c.bin"):
        (tmp_path / "papers" / name).write_text("A note.", "utf-8")
    [folder] = kb.documents.add(workspace, [tmp_path / "papers"]).sources
    kb.documents.add_texts(workspace, [Text("b", "A grey heron.")], ttl=60)
    kb.documents.wait(workspace, timeout=30)
    [texts] = [each.id for each in kb.sources.all(workspace) if each.id != folder]
    counts = kb.sources.coverage(workspace)
    assert {state: count for state, count in counts[folder].items() if count} == {State.MEANING: 2, State.SKIPPED: 1}
    assert counts[texts][State.MEANING] == 1
    clock.forward(61)
    assert texts not in kb.sources.coverage(workspace)


def test_every_removal_tells_its_receipt(kb: KnowledgeBase, workspace: Workspace, tmp_path: Path) -> None:
    changes: list[Change] = []
    folder = tmp_path / "papers"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number}.md").write_text(f"The note {number}.", "utf-8")
    [source] = kb.documents.add(workspace, [folder]).sources
    kb.documents.add_texts(workspace, [Text("text", "A grey heron.")])
    kb.documents.wait(workspace, timeout=30)
    ids = {each.name: each.id for each in kb.documents.list(workspace).documents}
    kb.subscribe(changes.append)

    def told() -> list[Receipt]:
        found = [each.receipt for each in changes if each.receipt is not None]
        changes.clear()
        return found

    receipt = kb.documents.remove(workspace, [ids["text"]])
    assert told() == [receipt]
    kb.documents.remove(workspace, [ids["text"]])
    assert told() == []  # nothing was there any more
    (folder / "0.md").unlink()
    kb.sources.rescan(workspace)
    kb.documents.wait(workspace, timeout=30)
    assert [(each.reason, each.documents) for each in told()] == [("gone", 1)]
    for number in range(1, 15):
        (folder / f"{number}.md").unlink()
    kb.sources.rescan(workspace)
    kb.documents.wait(workspace, timeout=30)
    assert told() == []  # so many are asked about
    receipt = kb.sources.confirm_deletions(workspace, source)
    assert told() == [receipt]
    assert receipt.documents == 14
    receipt = kb.sources.remove(workspace, source)
    assert [(each.sources, each.receipt) for each in changes if each.sources] == [((source,), receipt)]
