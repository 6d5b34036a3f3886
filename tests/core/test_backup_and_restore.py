"""Backups of a whole workspace, through the facade and the command line."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from core import KnowledgeBase, Text
from core.domain.workspace import Workspace
from core.errors import DatabaseDamaged
from core.store.backups import BackupNotFound
from tests.core.command_line.program_runs import Carrel
from tests.core.engine import MovableClock, quick_engine


def _folder(tmp_path: Path, workspace: Workspace) -> Path:
    return tmp_path / "data" / "workspaces" / workspace.id


def _add(kb: KnowledgeBase, workspace: Workspace, *words: str) -> None:
    kb.documents.add_texts(workspace, [Text(word, f"A text about the {word}.") for word in words])
    assert kb.documents.wait(workspace, timeout=30)


def _finds(kb: KnowledgeBase, workspace: Workspace, word: str) -> list[str | None]:
    assert kb.documents.wait(workspace, timeout=30)
    by_words = kb.search.query(workspace, word, mode="keyword").hits
    by_meaning = kb.search.query(workspace, f"A text about the {word}.", mode="vector", limit=1).hits
    found = {hit.document.external_id for hit in by_words}
    assert not found or {hit.document.external_id for hit in by_meaning} == found
    return sorted(each or "" for each in found)  # type: ignore[return-value]


def test_restored_indices_follow_by_themselves_though_ids_and_sequences_are_given_again(tmp_path: Path) -> None:
    with quick_engine(tmp_path / "data") as kb:
        workspace = kb.workspaces.create("Thesis")
        _add(kb, workspace, "heron", "egret")
        backup = kb.upkeep.back_up(workspace)
        _add(kb, workspace, "stork", "crane", "ibis")
        kb.upkeep.restore(workspace, backup.name)
        assert kb.documents.ledger(workspace).total == 2
        _add(kb, workspace, "bittern")
        assert [_finds(kb, workspace, word) for word in ("heron", "egret", "bittern")] == [
            ["heron"],
            ["egret"],
            ["bittern"],
        ]
        assert _finds(kb, workspace, "stork") == []
    with quick_engine(tmp_path / "data") as kb:
        assert _finds(kb, workspace, "heron") == ["heron"]
        assert kb.documents.ledger(workspace).total == 3


def test_an_older_database_that_was_copied_back_by_hand_is_not_answered_from_newer_indices(tmp_path: Path) -> None:
    with quick_engine(tmp_path / "data") as kb:
        workspace = kb.workspaces.create("Thesis")
        _add(kb, workspace, "heron")
    folder = _folder(tmp_path, workspace)
    shutil.copy(folder / "workspace.db", tmp_path / "older.db")
    with quick_engine(tmp_path / "data") as kb:
        _add(kb, workspace, "stork", "crane")
    shutil.copy(tmp_path / "older.db", folder / "workspace.db")
    with quick_engine(tmp_path / "data") as kb:
        assert (_finds(kb, workspace, "heron"), _finds(kb, workspace, "stork")) == (["heron"], [])
        _add(kb, workspace, "ibis")
        assert _finds(kb, workspace, "ibis") == ["ibis"]


def test_files_that_changed_since_the_backup_are_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A heron.")
    with quick_engine(tmp_path / "data") as kb:
        workspace = kb.workspaces.create("Thesis")
        kb.documents.add(workspace, [tmp_path / "a.txt"])
        assert kb.documents.wait(workspace, timeout=30)
        kb.upkeep.back_up(workspace)
        (tmp_path / "a.txt").write_text("A stork, and more.")
        kb.upkeep.restore(workspace)
        assert kb.documents.wait(workspace, timeout=30)
        assert len(kb.search.query(workspace, "stork", mode="keyword")) == 1
        assert len(kb.search.query(workspace, "heron", mode="keyword")) == 0


def test_a_damaged_or_missing_database_is_brought_back(tmp_path: Path) -> None:
    with quick_engine(tmp_path / "data") as kb:
        workspace = kb.workspaces.create("Thesis")
        _add(kb, workspace, "heron")
        kb.upkeep.back_up(workspace)
    path = _folder(tmp_path, workspace) / "workspace.db"
    for damage in (b"not a database at all" * 1000, b"", None):
        path.write_bytes(damage) if damage is not None else path.unlink()
        with quick_engine(tmp_path / "data") as kb:
            with pytest.raises(DatabaseDamaged):
                kb.documents.ledger(workspace)
            assert len(kb.upkeep.backups(workspace)) == 1
            kb.upkeep.restore(workspace)
            assert _finds(kb, workspace, "heron") == ["heron"]


def test_a_damaged_cache_of_embeddings_is_made_anew_by_itself(tmp_path: Path) -> None:
    with quick_engine(tmp_path / "data") as kb:
        workspace = kb.workspaces.create("Thesis")
        _add(kb, workspace, "heron")
    folder = _folder(tmp_path, workspace)
    (folder / "embeddings.db").write_bytes(b"nothing" * 1000)
    with quick_engine(tmp_path / "data") as kb:
        _add(kb, workspace, "stork")
        assert _finds(kb, workspace, "heron") == ["heron"]
    assert (folder / "quarantine" / "embeddings.db").read_bytes() == b"nothing" * 1000


def test_a_backup_is_made_by_itself_when_it_is_due(tmp_path: Path) -> None:
    clock = MovableClock()
    with quick_engine(tmp_path / "data", clock) as kb:
        workspace = kb.workspaces.create("Thesis")
        _add(kb, workspace, "heron")
        assert kb.upkeep.backups(workspace) == []
    clock.forward(3700)
    with quick_engine(tmp_path / "data", clock) as kb:
        _finds(kb, workspace, "heron")
        deadline = time.monotonic() + 30
        while not kb.upkeep.backups(workspace) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert [each.reason for each in kb.upkeep.backups(workspace)] == ["changed"]


def test_after_a_backup_that_is_the_only_one_nothing_deleted_stands_in_any(tmp_path: Path) -> None:
    with quick_engine(tmp_path / "data") as kb:
        workspace = kb.workspaces.create("Thesis")
        _add(kb, workspace, "heron", "stork")
        kb.upkeep.back_up(workspace)
        kb.upkeep.restore(workspace)
        [stork] = [each.id for each in kb.documents.ledger(workspace).files if each.external_id == "stork"]
        kb.documents.remove(workspace, [stork])
        only = kb.upkeep.back_up(workspace, only=True)
        assert kb.upkeep.backups(workspace) == [only]
        assert only.documents == 1
        assert not (_folder(tmp_path, workspace) / "quarantine").exists()


@pytest.mark.expects_log("the list of workspaces was damaged or gone; 3 were found")
@pytest.mark.parametrize("damage", [b"nothing of ours" * 500, b"", None])
def test_the_list_of_workspaces_is_made_again_from_their_folders(tmp_path: Path, damage: bytes | None) -> None:
    with quick_engine(tmp_path / "data") as kb:
        names = ["Thesis", "Été 2024 ☀", "Never used"]
        made = [kb.workspaces.create(name) for name in names]
        _add(kb, made[0], "heron")
        kb.workspaces.rename(made[0], "Dissertation")
        kb.workspaces.recolour(made[0], "teal")
    with quick_engine(tmp_path / "data") as kb:
        kb.documents.wait(made[0])  # opened by a record with the old name
    path = tmp_path / "data" / "app.db"
    path.write_bytes(damage) if damage is not None else path.unlink()
    with quick_engine(tmp_path / "data") as kb:
        assert sorted(each.name for each in kb.workspaces.all()) == ["Dissertation", "Never used", "Été 2024 ☀"]
        found = kb.workspaces.get("Dissertation")
        assert (found.id, found.model, found.created_at) == (made[0].id, made[0].model, made[0].created_at)
        assert found.colour == "teal"
        assert _finds(kb, found, "heron") == ["heron"]


@pytest.mark.expects_log("the list of workspaces was damaged or gone; 2 were found")
def test_a_workspace_that_can_not_say_its_name_is_listed_so_that_it_can_be_brought_back(tmp_path: Path) -> None:
    with quick_engine(tmp_path / "data") as kb:
        workspace, other = kb.workspaces.create("Thesis"), kb.workspaces.create("Other")
        _add(kb, workspace, "heron")
        kb.upkeep.back_up(workspace)
    (_folder(tmp_path, workspace) / "workspace.db").write_bytes(b"nothing" * 1000)
    (tmp_path / "data" / "app.db").unlink()
    with quick_engine(tmp_path / "data") as kb:
        [lost] = [each for each in kb.workspaces.all() if each.id != other.id]
        kb.upkeep.restore(lost)
        assert _finds(kb, lost, "heron") == ["heron"]


@pytest.mark.expects_log("it is of the model hashing")  # the program has another model than the quick engine
def test_the_command_line_makes_lists_and_brings_back(tmp_path: Path) -> None:
    carrel = Carrel(tmp_path / "data")
    carrel("workspace", "create", "Thesis")
    assert "no backup yet" in carrel("workspace", "backups", "Thesis").stdout
    assert "no backup of this workspace" in carrel.error(10, "workspace", "restore", "Thesis", "--yes")
    with quick_engine(tmp_path / "data") as kb:
        _add(kb, kb.workspaces.get("Thesis"), "heron")
    assert "1 document," in carrel("workspace", "backup", "Thesis").stdout
    [backup] = carrel.json("workspace", "backups", "Thesis")["backups"]
    assert (backup["documents"], backup["reason"]) == (1, "asked")
    assert backup["name"] in carrel("workspace", "backups", "Thesis").stdout
    assert "needs --yes" in carrel.error(2, "workspace", "restore", "Thesis")
    assert "as it was on" in carrel("workspace", "restore", "Thesis", "--yes").stdout
    assert "yesterday" in carrel.error(10, "workspace", "restore", "Thesis", "--from", "yesterday", "--yes")
    assert carrel.json("workspace", "restore", "Thesis", "--yes", "--from", backup["name"])["name"] == backup["name"]
    assert carrel.json("workspace", "backup", "Thesis", "--only")["documents"] == 1
    assert len(carrel.json("workspace", "backups", "Thesis")["backups"]) == 1
    assert "no workspace named" in carrel.error(10, "workspace", "backup", "Nowhere")


def test_what_a_killed_backup_left_is_gone_when_the_workspace_opens_again(tmp_path: Path) -> None:
    with quick_engine(tmp_path / "data") as kb:
        workspace = kb.workspaces.create("Thesis")
        _add(kb, workspace, "heron")
        backup = kb.upkeep.back_up(workspace)
    left = _folder(tmp_path, workspace) / "backups" / "20240102T030405Z.copy.tmp"
    shutil.copy(_folder(tmp_path, workspace) / "workspace.db", left)
    with quick_engine(tmp_path / "data") as kb:
        assert _finds(kb, workspace, "heron") == ["heron"]
        assert not left.exists()
        assert kb.upkeep.backups(workspace) == [backup]


def test_an_unknown_backup_is_refused(tmp_path: Path) -> None:
    with quick_engine(tmp_path / "data") as kb, pytest.raises(BackupNotFound):
        kb.upkeep.restore(kb.workspaces.create("Thesis"), "20200101T000000Z")
