"""The engine as a whole, through its facade: from files and texts to found passages, with real reader processes."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from core import KnowledgeBase, Rules, Text
from core.domain.change import Change
from core.domain.document import State
from core.domain.source import FoundFile
from core.domain.workspace import Workspace
from core.errors import (
    DataFolderLocked,
    DocumentNotFound,
    InvalidInput,
    PathNotFound,
    SourceNotFound,
    WorkspaceExists,
    WorkspaceNotFound,
)
from tests.core.engine import MovableClock, quick_engine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    (folder / "deep").mkdir(parents=True)
    (folder / "whales.md").write_text("# Whales\n\n## Song\n\nHumpbacks sing for hours.\n", encoding="utf-8")
    (folder / "deep" / "ants.txt").write_text("Ants follow scent trails.", encoding="utf-8")
    (folder / ".hidden.md").write_text("A secret diary.", encoding="utf-8")
    (folder / "archive.xyz").write_text("Nobody knows this type.", encoding="utf-8")
    return folder


def _add(kb: KnowledgeBase, workspace: Workspace, *paths: Path, **options: object) -> Change:
    change = kb.documents.add(workspace, paths, **options)  # type: ignore[arg-type]
    assert kb.documents.wait(workspace, timeout=60)
    return change


def _names(results: object) -> list[str]:
    return [hit.document.name for hit in results]  # type: ignore[attr-defined]


def test_real_readers_and_the_real_model_find_words_and_meaning(tmp_path: Path, folder: Path) -> None:
    with KnowledgeBase.open(tmp_path / "data") as kb:
        workspace = kb.workspaces.create("Thesis")
        _add(kb, workspace, folder)
        hit = kb.search.query(workspace, "humpbacks sing")[0]
        assert (hit.document.name, hit.heading, hit.keyword_rank) == ("whales.md", "Whales › Song", 1)
        assert [hit.snippet[start:end] for start, end in hit.matches] == ["Song", "Humpbacks", "sing"]
        assert kb.documents.text(workspace, hit.document.id).text[hit.start : hit.end] == hit.text
        by_meaning = kb.search.query(workspace, "music of sea animals", mode="vector")[0]
        assert (by_meaning.document.name, by_meaning.vector_rank) == ("whales.md", 1)


def test_the_preview_counts_what_adding_then_does(kb: KnowledgeBase, workspace: Workspace, folder: Path) -> None:
    preview = kb.documents.preview([folder])
    assert (preview.readable, preview.files) == (2, 4)
    _add(kb, workspace, folder)
    ledger = kb.documents.ledger(workspace)
    assert ledger.total == preview.files
    assert ledger.counts[State.SKIPPED] == 2
    assert {each.name: each.reason for each in ledger.files if each.state is State.SKIPPED} == {
        ".hidden.md": "hidden",
        "archive.xyz": "type: .xyz",
    }


def test_rules_that_change_bring_files_in_and_take_them_out(
    kb: KnowledgeBase, workspace: Workspace, folder: Path
) -> None:
    _add(kb, workspace, folder, rules=Rules(include=("*.md",)))
    assert kb.search.matches(workspace, "ants").total == 0
    _add(kb, workspace, folder, rules=Rules(include=("*.txt",)))
    assert kb.search.matches(workspace, "ants").total == 1
    assert kb.search.matches(workspace, "humpbacks").total == 0
    assert kb.documents.progress(workspace).chunks == 1


def test_a_changed_file_replaces_its_text(kb: KnowledgeBase, workspace: Workspace, folder: Path) -> None:
    _add(kb, workspace, folder)
    (folder / "deep" / "ants.txt").write_text("Termites build towers that breathe.", encoding="utf-8")
    kb.sources.rescan(workspace)
    assert kb.documents.wait(workspace, timeout=60)
    assert kb.search.matches(workspace, "scent").total == 0
    assert _names(kb.search.query(workspace, "termites", mode="keyword")) == ["ants.txt"]


def test_a_moved_folder_keeps_its_documents_and_embeds_nothing(
    kb: KnowledgeBase, workspace: Workspace, folder: Path
) -> None:
    _add(kb, workspace, folder)
    before = {each.name: each.id for each in kb.documents.ledger(workspace).files}
    chunks = {name: kb.documents.passages(workspace, each) for name, each in before.items()}
    (folder / "deep").rename(folder / "elsewhere")
    kb.sources.rescan(workspace)
    assert kb.documents.wait(workspace, timeout=60)
    after = {each.name: each.id for each in kb.documents.ledger(workspace).files}
    assert after == before
    assert {name: kb.documents.passages(workspace, each) for name, each in after.items()} == chunks
    moved = kb.documents.get(workspace, after["ants.txt"])
    assert moved.path == str(folder / "elsewhere" / "ants.txt")


def test_a_copy_on_another_disk_is_recognised_as_a_move_by_its_content(
    kb: KnowledgeBase, workspace: Workspace, folder: Path, tmp_path: Path
) -> None:
    _add(kb, workspace, folder)
    before = {each.name: each.id for each in kb.documents.ledger(workspace).files}
    text = (folder / "whales.md").read_bytes()
    (folder / "whales.md").unlink()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "singers.md").write_bytes(text)
    _add(kb, workspace, tmp_path / "other")
    kb.sources.rescan(workspace)
    assert kb.documents.wait(workspace, timeout=60)
    assert kb.documents.get(workspace, before["whales.md"]).name == "singers.md"


def test_a_deleted_file_goes_with_a_receipt_and_a_missing_folder_keeps_everything(
    kb: KnowledgeBase, workspace: Workspace, folder: Path, tmp_path: Path
) -> None:
    _add(kb, workspace, folder)
    (folder / "whales.md").unlink()
    kb.sources.rescan(workspace)
    assert kb.documents.wait(workspace, timeout=60)
    receipt = kb.upkeep.receipts(workspace)[0]
    assert (receipt.reason, receipt.documents, receipt.vectors, receipt.cached_embeddings) == ("gone", 1, 1, 1)
    assert receipt.keyword_entries == 2  # the passage and the document
    assert receipt.bytes > 0
    folder.rename(tmp_path / "unplugged")
    kb.sources.rescan(workspace)
    assert kb.documents.wait(workspace, timeout=60)
    assert kb.sources.all(workspace)[0].state == "offline"
    assert _names(kb.search.query(workspace, "ants", mode="keyword")) == ["ants.txt"]
    (tmp_path / "unplugged").rename(folder)
    kb.sources.rescan(workspace)
    assert kb.documents.wait(workspace, timeout=60)
    assert kb.sources.all(workspace)[0].state == "active"


def test_texts_are_replaced_by_id_and_found_by_metadata(kb: KnowledgeBase, workspace: Workspace) -> None:
    kb.documents.add_texts(workspace, [Text("1", "alpha beta", metadata={"team": "x"}), Text("2", "alpha gamma")])
    kb.documents.add_texts(workspace, [Text("1", "alpha delta", "Greek", metadata={"team": "y"}, tags=("letters",))])
    assert kb.documents.wait(workspace, timeout=60)
    assert kb.search.matches(workspace, "alpha").total == 2
    assert kb.search.matches(workspace, "beta").total == 0
    assert [hit.document.title for hit in kb.search.query(workspace, "alpha", filters={"team": "y"})] == ["Greek"]
    assert [hit.document.title for hit in kb.search.query(workspace, "alpha tag:letters")] == ["Greek"]
    assert len(kb.search.query(workspace, "alpha", filters={"team": "x"})) == 0


@pytest.mark.parametrize("mode", ["keyword", "vector", "hybrid"])
def test_scopes_see_only_what_they_name(kb: KnowledgeBase, workspace: Workspace, mode: str) -> None:
    kb.documents.add_texts(workspace, [Text("w", "shared canary")])
    kb.documents.add_texts(workspace, [Text("s1", "first canary")], scope="session:1")
    kb.documents.add_texts(workspace, [Text("s2", "second canary")], scope="session:2")
    assert kb.documents.wait(workspace, timeout=60)

    def found(*scopes: str) -> set[str]:
        results = kb.search.query(workspace, "canary", mode=mode, scopes=scopes or None)
        return {hit.document.external_id or "" for hit in results}

    assert found() == {"w"}
    assert found("session:1") == {"s1"}
    assert found("workspace", "session:2") == {"w", "s2"}
    assert kb.search.complete(workspace, "sec") == []
    assert kb.search.facets(workspace)["type"] == {"text": 1}


def test_expired_is_hidden_at_once_and_purged_by_the_sweep(
    kb: KnowledgeBase, workspace: Workspace, clock: MovableClock
) -> None:
    kb.documents.add_texts(workspace, [Text("1", "short lived canary")], ttl=60)
    assert kb.documents.wait(workspace, timeout=60)
    assert kb.search.matches(workspace, "canary").total == 1
    assert kb.search.complete(workspace, "can") == ["canary"]
    assert kb.search.query(workspace, "canery").fuzzy == {"canery": ("canary",)}
    clock.forward(59)
    assert kb.upkeep.sweep(workspace) == []
    clock.forward(1)
    for mode in ("keyword", "vector", "hybrid"):
        assert len(kb.search.query(workspace, "canary", mode=mode)) == 0
    assert kb.search.matches(workspace, "canary").total == 0
    assert kb.search.complete(workspace, "can") == []
    assert kb.search.facets(workspace)["type"] == {}
    assert kb.search.query(workspace, "canery").fuzzy == {}
    receipts = kb.upkeep.sweep(workspace)
    assert [(each.reason, each.documents, each.vectors, each.keyword_entries) for each in receipts] == [
        ("expired", 1, 1, 2)
    ]
    assert kb.documents.ledger(workspace).total == 0


def test_what_was_paused_waits_and_goes_on_after_a_restart(tmp_path: Path, folder: Path, clock: MovableClock) -> None:
    with quick_engine(tmp_path / "data", clock) as kb:
        workspace = kb.workspaces.create("Thesis")
        _add(kb, workspace, folder)
        source = kb.sources.all(workspace)[0].id
        kb.sources.pause(workspace, source)
        (folder / "bees.txt").write_text("Bees dance.", encoding="utf-8")
        kb.sources.rescan(workspace)
        assert kb.documents.wait(workspace, timeout=60)
        assert kb.documents.progress(workspace).paused
    with quick_engine(tmp_path / "data", clock) as kb:
        workspace = kb.workspaces.get("thesis")
        assert kb.search.matches(workspace, "bees").total == 0
        kb.sources.resume(workspace, source)
        assert kb.documents.wait(workspace, timeout=60)
        assert kb.search.matches(workspace, "bees").total == 1


def test_a_removed_source_takes_its_documents_along(kb: KnowledgeBase, workspace: Workspace, folder: Path) -> None:
    _add(kb, workspace, folder)
    receipt = kb.sources.remove(workspace, kb.sources.all(workspace)[0].id)
    assert receipt.documents == 4
    assert kb.documents.ledger(workspace).total == 0
    assert kb.sources.all(workspace) == []


@pytest.mark.timeout(60)
def test_a_moved_file_is_taken_over_beside_a_removal(kb: KnowledgeBase, workspace: Workspace, folder: Path) -> None:
    _add(kb, workspace, folder)
    known, newcomer = sorted(kb.documents.list(workspace, kinds=["md", "txt"]).ids)
    found = FoundFile(os.fsencode(folder / "new.md"), "new", 1, 1, 1, 1, "md", None)
    with kb.documents._opened.use(workspace) as opened:
        source = kb.sources.all(workspace)[0].id
        adopting = threading.Thread(target=opened.scanning.adopt, args=(known, newcomer, source, found))
        with opened.removal._removing:  # as a removal holds it that is about to write
            adopting.start()
            while not opened.scanning._lock.locked():
                time.sleep(0.001)
            for number in range(20):
                kb.documents.tag(workspace, known, [str(number)])
        adopting.join()
        assert opened.documents.get([newcomer]) == {}


def test_a_nested_source_owns_its_files(kb: KnowledgeBase, workspace: Workspace, folder: Path) -> None:
    _add(kb, workspace, folder)
    _add(kb, workspace, folder / "deep")
    assert kb.documents.ledger(workspace).total == 4
    assert kb.search.matches(workspace, "ants").total == 1


def test_a_watched_folder_is_followed(kb: KnowledgeBase, workspace: Workspace, folder: Path) -> None:
    import threading

    seen = threading.Event()
    end = kb.subscribe(lambda change: seen.set() if change.documents else None)
    _add(kb, workspace, folder, watch=True)
    seen.clear()
    (folder / "bees.txt").write_text("Bees dance.", encoding="utf-8")
    assert seen.wait(30)
    assert kb.documents.wait(workspace, timeout=60)
    end()
    assert kb.search.matches(workspace, "bees").total == 1


def test_phrases_and_exclusions_hold_for_meaning_too(kb: KnowledgeBase, workspace: Workspace) -> None:
    kb.documents.add_texts(
        workspace, [Text("1", "red wine and bread"), Text("2", "wine that is red"), Text("3", "bread")]
    )
    assert kb.documents.wait(workspace, timeout=60)
    for mode in ("keyword", "vector", "hybrid"):
        assert _names(kb.search.query(workspace, '"red wine"', mode=mode)) == ["1"]
        assert _names(kb.search.query(workspace, "wine -bread", mode=mode)) == ["2"]


def test_documents_are_found_once_each_with_their_best_passage(kb: KnowledgeBase, workspace: Workspace) -> None:
    long = " ".join(f"Sentence {n} about weather." for n in range(400)) + " A zebra appears."
    kb.documents.add_texts(workspace, [Text("long", long), Text("short", "Weather report.")])
    assert kb.documents.wait(workspace, timeout=60)
    results = kb.search.documents(workspace, "weather zebra")
    assert _names(results) == ["long", "short"]
    assert "zebra" in results[0].text


def test_similar_documents_and_tags(kb: KnowledgeBase, workspace: Workspace) -> None:
    whales = "Humpback whales sing long songs under water in the ocean. "
    texts = [Text("a", whales * 3), Text("b", whales + "Dolphins click."), Text("c", "Tax law for small firms.")]
    kb.documents.add_texts(workspace, texts)
    assert kb.documents.wait(workspace, timeout=60)
    ids = {each.name: each.id for each in kb.documents.ledger(workspace).files}
    assert [each.name for each in kb.search.similar(workspace, ids["a"])][:1] == ["b"]
    kb.documents.tag(workspace, ids["c"], ["money", " law "])
    assert kb.documents.wait(workspace, timeout=60)
    assert kb.search.facets(workspace)["tag"] == {"law": 1, "money": 1}
    assert _names(kb.search.query(workspace, "firms tag:law")) == ["c"]


def test_workspaces_are_made_renamed_and_deleted(kb: KnowledgeBase, tmp_path: Path) -> None:
    workspace = kb.workspaces.create("Client A")
    with pytest.raises(WorkspaceExists):
        kb.workspaces.create("client a")
    with pytest.raises(InvalidInput):
        kb.workspaces.create("  ")
    renamed = kb.workspaces.rename(workspace, "Client B")
    assert kb.workspaces.get("CLIENT B").id == workspace.id
    kb.documents.add_texts(renamed, [Text("1", "canary of the client")])
    assert kb.documents.wait(renamed, timeout=60)
    receipt = kb.workspaces.delete(renamed)
    assert (receipt.documents, receipt.vectors) == (1, 1)
    with pytest.raises(WorkspaceNotFound):
        kb.workspaces.get("Client B")
    with pytest.raises(WorkspaceNotFound):
        kb.documents.ledger(renamed)
    assert not any((tmp_path / "data" / "workspaces").iterdir())


def test_one_owner_at_a_time(kb: KnowledgeBase, tmp_path: Path) -> None:
    with pytest.raises(DataFolderLocked):
        KnowledgeBase.open(tmp_path / "data")


def test_everything_on_disk_is_private(kb: KnowledgeBase, workspace: Workspace, folder: Path, tmp_path: Path) -> None:
    _add(kb, workspace, folder)
    for path in [tmp_path / "data", *(tmp_path / "data").rglob("*")]:
        allowed = 0o700 if path.is_dir() else 0o600
        assert path.stat().st_mode & 0o777 == allowed, path


@pytest.mark.parametrize("missing", ["/nowhere/at/all", "relative-nowhere", "~/nowhere"])
def test_a_path_that_is_not_there_is_refused_and_nothing_is_added(
    kb: KnowledgeBase, workspace: Workspace, folder: Path, missing: str
) -> None:
    with pytest.raises(PathNotFound):
        kb.documents.add(workspace, [folder, missing])
    assert kb.sources.all(workspace) == []


def test_unknown_ids_are_said(kb: KnowledgeBase, workspace: Workspace) -> None:
    with pytest.raises(DocumentNotFound):
        kb.documents.text(workspace, 99)
    with pytest.raises(SourceNotFound):
        kb.sources.pause(workspace, 99)
    assert kb.documents.remove(workspace, [99]).documents == 0


def test_two_names_for_one_file_are_one_document(kb: KnowledgeBase, workspace: Workspace, folder: Path) -> None:
    _add(kb, workspace, folder / "whales.md", folder / "deep" / ".." / "whales.md")
    assert kb.documents.ledger(workspace).total == 1


def test_undecodable_names_are_one_document_each(kb: KnowledgeBase, workspace: Workspace, folder: Path) -> None:
    for name in (b"\xff\xfe.txt", b"\xff.txt", b"new\nline.txt"):
        (folder / os.fsdecode(name)).write_text("odd canary", encoding="utf-8")
    _add(kb, workspace, folder)
    assert kb.search.matches(workspace, "odd canary").total == 3
