"""What expires: hidden at once, deleted in its time, and not back with the next look at its folder."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

from core import KnowledgeBase, Text
from core.domain.document import State
from core.domain.workspace import Workspace
from tests.core.engine import MovableClock

DAY = 86_400.0


def sweep(kb: KnowledgeBase, workspace: Workspace) -> None:
    """Let the sweep do what it does by itself."""
    with kb.workspaces._opened.use(workspace) as opened:
        opened.sweep.run(at_once=False)


def test_a_chat_s_documents_go_at_once_and_those_of_the_workspace_after_a_week(
    kb: KnowledgeBase, workspace: Workspace, clock: MovableClock
) -> None:
    kb.documents.add_texts(workspace, [Text("chat", "short canary")], scope="session:1", ttl=DAY)
    kb.documents.add_texts(workspace, [Text("note", "longer canary")], ttl=DAY)
    assert kb.documents.wait(workspace, timeout=60)
    clock.forward(DAY)
    sweep(kb, workspace)
    assert [each.external_id for each in kb.documents.ledger(workspace).files] == ["note"]
    assert kb.search.matches(workspace, "canary").total == 0
    note = kb.documents.ledger(workspace).files[0].id
    kb.documents.expire(workspace, [note], datetime.fromtimestamp(clock.wall() + 1, UTC))
    assert kb.search.matches(workspace, "canary").total == 1, "a mistake can be mended"
    clock.forward(1 + 7 * DAY)
    sweep(kb, workspace)
    assert kb.documents.ledger(workspace).total == 0


def test_an_expired_text_that_is_given_again_does_not_show_its_old_words(
    kb: KnowledgeBase, workspace: Workspace, clock: MovableClock
) -> None:
    kb.documents.add_texts(workspace, [Text("note", "old canary")], ttl=DAY)
    assert kb.documents.wait(workspace, timeout=60)
    clock.forward(DAY)
    kb.sources.pause(workspace, kb.sources.all(workspace)[0].id)
    kb.documents.add_texts(workspace, [Text("note", "new canary")], ttl=DAY)
    assert kb.search.matches(workspace, "canary").total == 0
    kb.sources.resume(workspace, kb.sources.all(workspace)[0].id)
    assert kb.documents.wait(workspace, timeout=60)
    assert [hit.text for hit in kb.search.query(workspace, "canary")] == ["new canary"]


def test_an_expired_file_does_not_come_back_until_it_changes(
    kb: KnowledgeBase, workspace: Workspace, clock: MovableClock, tmp_path: Path
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.md").write_text("# Title\n\nThe canary.")
    kb.documents.add(workspace, [folder], ttl=DAY)
    assert kb.documents.wait(workspace, timeout=60)
    clock.forward(DAY)
    assert [each.documents for each in kb.upkeep.sweep(workspace)] == [1]
    kb.sources.rescan(workspace)
    assert kb.documents.wait(workspace, timeout=60)
    (document,) = kb.documents.ledger(workspace).files
    assert (document.state, document.reason, document.title) == (State.SKIPPED, "expired", "a.md")
    assert kb.upkeep.sweep(workspace) == []
    (folder / "a.md").write_text("# Title\n\nAnother canary.")
    kb.sources.rescan(workspace)
    assert kb.documents.wait(workspace, timeout=60)
    (document,) = kb.documents.ledger(workspace).files
    assert document.state is State.MEANING
    assert document.expires_at == datetime.fromtimestamp(clock.wall() + DAY, UTC)
    clock.forward(DAY)
    kb.upkeep.sweep(workspace)
    (folder / "a.md").unlink()
    kb.sources.rescan(workspace)
    assert kb.documents.wait(workspace, timeout=60)
    assert kb.documents.ledger(workspace).total == 0


def test_a_clock_that_jumps_deletes_nothing_and_is_asked_about(
    kb: KnowledgeBase, workspace: Workspace, clock: MovableClock
) -> None:
    kb.documents.add_texts(workspace, [Text("1", "canary")], scope="session:1", ttl=DAY)
    assert kb.documents.wait(workspace, timeout=60)
    assert kb.upkeep.sweep(workspace) == []
    assert kb.upkeep.clock_doubt(workspace) is None
    clock.jump(400 * DAY)
    assert kb.upkeep.sweep(workspace) == []
    doubt = kb.upkeep.clock_doubt(workspace)
    assert doubt is not None
    assert doubt.direction == "ahead"
    assert kb.documents.ledger(workspace).total == 1
    clock.jump(-400 * DAY)
    assert kb.search.query(workspace, "canary", scopes=["session:1"])[0].document.external_id == "1"
    clock.jump(400 * DAY)
    purged = threading.Event()
    kb.subscribe(lambda change: purged.set() if change.receipt else None)
    kb.upkeep.confirm_clock(workspace)
    assert purged.wait(30)
    assert kb.documents.ledger(workspace).total == 0
    assert kb.upkeep.clock_doubt(workspace) is None


def test_a_large_purge_is_done_in_parts_and_leaves_the_rest(
    kb: KnowledgeBase, workspace: Workspace, clock: MovableClock
) -> None:
    kb.documents.add_texts(workspace, [Text(f"t{n}", f"canary {n}") for n in range(450)], scope="session:1", ttl=DAY)
    kb.documents.add_texts(workspace, [Text("stays", "canary stays")])
    assert kb.documents.wait(workspace, timeout=120)
    clock.forward(DAY)
    receipts = kb.upkeep.sweep(workspace)
    assert sum(each.documents for each in receipts) == sum(each.vectors for each in receipts) == 450
    assert sum(each.keyword_entries for each in receipts) == 900
    assert kb.search.matches(workspace, "canary").total == 1
    assert kb.documents.ledger(workspace).total == 1
