"""What a kill or a race at a bad moment leaves, made by hand, is mended by the engine.

Each was found by `python -m tests.durability.kill`, or by reading what its neighbour `failing_writes` does not reach.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from core import KnowledgeBase, Text
from core.domain.workspace import Workspace
from core.errors import Closing, DiskFailed
from core.indexing.scanning import Scanning
from core.keyword_index.index import KeywordIndex
from core.store.data_folder import DataFolder
from tests.core.engine import MovableClock, quick_engine


def _names(kb: KnowledgeBase, workspace: Workspace) -> list[str]:
    assert kb.documents.wait(workspace, timeout=60)
    return sorted(each.name for each in kb.search.matches(workspace, "lantern").documents)


def test_a_text_that_is_given_again_while_it_is_being_purged_stays(tmp_path: Path) -> None:
    clock = MovableClock()
    with quick_engine(tmp_path / "data", clock) as kb:
        workspace = kb.workspaces.create("Thesis")
        kb.documents.add_texts(workspace, [Text("a", "an old lantern")], ttl=10)
        assert _names(kb, workspace) == ["a"]
        clock.forward(11)
        with kb._opened.use(workspace) as opened:
            expired = opened.documents.expired(clock.wall(), 10)
            kb.documents.add_texts(workspace, [Text("a", "a new lantern")])
            assert opened.removal.expire(expired, clock.wall()).documents == 0
        assert _names(kb, workspace) == ["a"]


def test_a_deletion_of_a_workspace_that_was_begun_is_finished(tmp_path: Path) -> None:
    with quick_engine(tmp_path / "data") as kb:
        doomed, kept = kb.workspaces.create("Doomed"), kb.workspaces.create("Kept")
        kb.documents.add_texts(doomed, [Text("a", "lantern")])
    folder = tmp_path / "data" / "workspaces" / doomed.id
    folder.rename(folder.with_name(f"{doomed.id}.deleted"))
    with quick_engine(tmp_path / "data") as kb:
        assert kb.workspaces.all() == [kept]
        assert [path.name for path in folder.parent.iterdir()] == [kept.id]


def test_the_folder_of_a_workspace_whose_creation_broke_off_goes(tmp_path: Path) -> None:
    with quick_engine(tmp_path / "data") as kb:
        kept = kb.workspaces.create("Kept")
    (tmp_path / "data" / "workspaces" / "unlisted").mkdir()
    (tmp_path / "data" / "workspaces" / "strange").mkdir()
    (tmp_path / "data" / "workspaces" / "strange" / "file").write_text("not ours", "utf-8")
    with quick_engine(tmp_path / "data"):
        left = sorted(path.name for path in (tmp_path / "data" / "workspaces").iterdir())
    assert left == sorted([kept.id, "strange"])


def test_a_scan_that_closing_broke_off_is_done_at_the_next_opening(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    with quick_engine(tmp_path / "data") as kb:
        workspace = kb.workspaces.create("Thesis")
        kb.documents.add(workspace, [files])
        assert _names(kb, workspace) == []
        with kb._opened.use(workspace) as opened:
            opened.scanning.stop()
            (files / "a.txt").write_text("a lantern", "utf-8")
            kb.sources.rescan(workspace)
    with quick_engine(tmp_path / "data") as kb:
        assert _names(kb, workspace) == ["a.txt"]


def test_a_file_that_moved_while_it_was_to_be_read_is_read(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    (files / "a.txt").write_text("a lantern", "utf-8")
    with quick_engine(tmp_path / "data") as kb:
        workspace = kb.workspaces.create("Thesis")
        kb.documents.add(workspace, [files])
        assert _names(kb, workspace) == ["a.txt"]
        with kb._opened.use(workspace) as opened:
            document = kb.documents.ledger(workspace).files[0].id
            opened.documents.fail(document, "extract", "vanished", "The file is not at its place any more.")
        kb.sources.rescan(workspace)
        assert kb.documents.wait(workspace, timeout=60)
        assert kb.documents.failures(workspace) == []


def test_a_source_is_removed_with_what_a_scan_has_found_meanwhile(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    (files / "a.txt").write_text("a lantern", "utf-8")
    with quick_engine(tmp_path / "data") as kb:
        workspace = kb.workspaces.create("Thesis")
        kb.documents.add(workspace, [files])
        assert _names(kb, workspace) == ["a.txt"]
        source = kb.sources.all(workspace)[0].id
        with kb._opened.use(workspace) as opened:
            assert not opened.sources.remove(source), "its documents are still there"
            kb.sources.remove(workspace, source)
            assert opened.documents.add_files(source, "workspace", [], 1.0, None) == []
        assert kb.sources.all(workspace) == []


def test_a_commit_that_broke_off_does_not_stop_the_next(tmp_path: Path) -> None:
    with quick_engine(tmp_path / "data") as kb:
        workspace = kb.workspaces.create("Thesis")
        kb.documents.add_texts(workspace, [Text(f"t{n}", f"lantern number {n}") for n in range(5)])
        assert len(_names(kb, workspace)) == 5
    words = tmp_path / "data" / "workspaces" / workspace.id / "words"
    shutil.copytree(words, tmp_path / "before")
    with_one_less(words)
    # As a kill leaves it after the list of deletions was written, and before the commit.
    for left in words.rglob("*.del"):
        place = tmp_path / "before" / left.relative_to(words)
        if not place.exists():
            shutil.copy(left, place)
            managed = place.parent / ".managed.json"
            managed.write_text(json.dumps([*json.loads(managed.read_text("utf-8")), place.name]), "utf-8")
    with_one_less(tmp_path / "before")


def with_one_less(folder: Path) -> None:
    index = KeywordIndex(folder)
    before = index.count()
    index.apply(index.applied + 1, remove=[int(index.chunk_ids()[0])])
    assert index.count() == before - 1
    index.close()


def test_an_opening_that_failed_leaves_the_data_folder_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        monkeypatch.undo()
        raise DiskFailed("app.db")

    monkeypatch.setattr(DataFolder, "drop_empty", fail)
    with pytest.raises(DiskFailed) as failure:
        quick_engine(tmp_path / "data")
    with quick_engine(tmp_path / "data") as kb:
        assert kb.workspaces.all() == []
    assert failure.tb, "as long as somebody looks at the failure, what was made on the way lives"


def test_a_workspace_that_could_not_be_started_is_not_left_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        monkeypatch.undo()
        raise DiskFailed("workspace.db")

    with quick_engine(tmp_path / "data") as kb:
        workspace = kb.workspaces.create("Thesis")
        monkeypatch.setattr(Scanning, "judge_again", fail)
        with pytest.raises(DiskFailed) as failure:
            kb.resume(workspace)
        left = next(each.frame.f_locals["opened"] for each in failure.traceback if each.name == "_open")
        with pytest.raises(Closing):
            left.files.facts.put("any", "thing")
        kb.documents.add_texts(workspace, [Text("a", "a lantern")])
        assert _names(kb, workspace) == ["a"]
