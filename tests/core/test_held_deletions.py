"""Files that are gone: what is removed at once, what is held for a decision, and what has only moved."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from core import KnowledgeBase, Rules
from core.domain.document import State
from core.domain.workspace import Workspace
from core.errors import DecisionNotPossible
from tests.core.engine import MovableClock

FILES = 20


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return filled(tmp_path / "papers")


def filled(folder: Path, files: int = FILES, word: str = "canary") -> Path:
    for number in range(files):
        path = folder / f"part{number % 4}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"The {word} of {folder.name} number {number}.")
    return folder


def add(
    kb: KnowledgeBase, workspace: Workspace, folder: Path, *, watch: bool = False, rules: Rules | None = None
) -> int:
    change = kb.documents.add(workspace, [folder], watch=watch, rules=rules)
    settle(kb, workspace)
    return change.sources[0]


def look(kb: KnowledgeBase, workspace: Workspace) -> None:
    kb.sources.rescan(workspace)
    settle(kb, workspace)


def settle(kb: KnowledgeBase, workspace: Workspace) -> None:
    assert kb.documents.wait(workspace, timeout=60)


def found(kb: KnowledgeBase, workspace: Workspace) -> int:
    return kb.search.matches(workspace, "canary").total


def states(kb: KnowledgeBase, workspace: Workspace) -> dict[State, int]:
    ledger = kb.documents.ledger(workspace)
    assert ledger.total == len(ledger.files) == sum(ledger.counts.values())
    return {state: number for state, number in ledger.counts.items() if number}


def question(kb: KnowledgeBase, workspace: Workspace, source: int) -> tuple[str, int]:
    record = kb.sources.get(workspace, source)
    return record.state, record.missing


def test_a_few_deleted_files_are_removed_at_once(kb: KnowledgeBase, workspace: Workspace, folder: Path) -> None:
    source = add(kb, workspace, folder)
    shutil.rmtree(folder / "part0")
    look(kb, workspace)
    assert question(kb, workspace, source) == ("active", 0)
    assert found(kb, workspace) == FILES - 5


def test_a_small_folder_may_lose_everything(kb: KnowledgeBase, workspace: Workspace, tmp_path: Path) -> None:
    source = add(kb, workspace, filled(tmp_path / "small", 3))
    for path in (tmp_path / "small").rglob("*.txt"):
        path.unlink()
    look(kb, workspace)
    assert question(kb, workspace, source) == ("active", 0)
    assert states(kb, workspace) == {}


def test_a_mass_deletion_waits_for_a_decision_and_stays_searchable(
    kb: KnowledgeBase, workspace: Workspace, folder: Path
) -> None:
    source = add(kb, workspace, folder)
    for part in ("part0", "part1", "part2"):
        shutil.rmtree(folder / part)
    look(kb, workspace)
    assert question(kb, workspace, source) == ("active", 15)
    assert kb.sources.get(workspace, source).question == "15 of 20 files are gone; nothing was removed."
    assert found(kb, workspace) == FILES
    assert states(kb, workspace) == {State.MEANING: 5, State.STALE: 15}
    assert kb.documents.failures(workspace) == []
    assert kb.documents.retry(workspace).jobs == 0
    look(kb, workspace)  # asking again changes nothing
    (folder / "part3" / "3.txt").unlink()
    look(kb, workspace)  # nor is one more removed meanwhile
    assert question(kb, workspace, source) == ("active", 16)
    receipt = kb.sources.confirm_deletions(workspace, source)
    assert (receipt.reason, receipt.documents) == ("gone", 16)
    settle(kb, workspace)
    assert question(kb, workspace, source) == ("active", 0)
    assert found(kb, workspace) == 4
    with pytest.raises(DecisionNotPossible, match="No files"):
        kb.sources.confirm_deletions(workspace, source)


def test_files_that_are_back_are_no_longer_asked_about(kb: KnowledgeBase, workspace: Workspace, folder: Path) -> None:
    source = add(kb, workspace, folder)
    before = {each.path: each.id for each in kb.documents.ledger(workspace).files}
    aside = folder.with_name("aside")
    shutil.copytree(folder / "part0", aside)
    for part in folder.iterdir():
        shutil.rmtree(part)
    look(kb, workspace)
    assert question(kb, workspace, source) == ("active", 20)
    filled(folder)
    (folder / "part0" / "0.txt").write_text("Another canary.")
    look(kb, workspace)
    assert question(kb, workspace, source) == ("active", 0)
    assert states(kb, workspace) == {State.MEANING: 20}
    assert {each.path: each.id for each in kb.documents.ledger(workspace).files} == before
    assert kb.search.matches(workspace, "another").total == 1


def test_what_a_person_keeps_is_not_asked_about_again(kb: KnowledgeBase, workspace: Workspace, folder: Path) -> None:
    source = add(kb, workspace, folder)
    for part in folder.iterdir():
        shutil.rmtree(part)
    look(kb, workspace)
    kb.sources.keep_missing(workspace, source)
    look(kb, workspace)
    assert question(kb, workspace, source) == ("active", 0)
    assert found(kb, workspace) == 20
    assert states(kb, workspace) == {State.STALE: 20}
    (folder / "part0").mkdir()
    (folder / "part0" / "0.txt").write_text("The canary of papers number 0.")
    look(kb, workspace)
    assert states(kb, workspace) == {State.STALE: 19, State.MEANING: 1}


def test_more_than_was_asked_about_is_not_removed(kb: KnowledgeBase, workspace: Workspace, folder: Path) -> None:
    source = add(kb, workspace, folder)
    for part in ("part0", "part1", "part2"):
        shutil.rmtree(folder / part)
    look(kb, workspace)
    shutil.rmtree(folder / "part3")
    with pytest.raises(DecisionNotPossible, match="20 of 20"):
        kb.sources.confirm_deletions(workspace, source)
    assert found(kb, workspace) == 20
    assert kb.sources.confirm_deletions(workspace, source).documents == 20


def test_another_folder_in_the_place_of_a_source_is_offline(
    kb: KnowledgeBase, workspace: Workspace, folder: Path
) -> None:
    source = add(kb, workspace, folder)
    folder.rename(folder.with_name("unplugged"))
    folder.mkdir()  # what a disk leaves behind that is not mounted
    look(kb, workspace)
    assert question(kb, workspace, source) == ("offline", 20)
    assert kb.sources.get(workspace, source).reason == "Another folder stands in its place, without its files."
    assert states(kb, workspace) == {State.MEANING: 20}
    folder.rmdir()
    folder.with_name("unplugged").rename(folder)
    look(kb, workspace)
    assert question(kb, workspace, source) == ("active", 0)
    assert states(kb, workspace) == {State.MEANING: 20}


def test_a_small_folder_that_was_replaced_by_an_empty_one_is_offline_until_it_is_confirmed(
    kb: KnowledgeBase, workspace: Workspace, tmp_path: Path
) -> None:
    folder = filled(tmp_path / "small", 3)
    source = add(kb, workspace, folder)
    folder.rename(tmp_path / "aside")  # so that its number is not given away again
    folder.mkdir()
    look(kb, workspace)
    assert question(kb, workspace, source) == ("offline", 3)
    assert kb.sources.confirm_deletions(workspace, source).documents == 3
    assert question(kb, workspace, source) == ("active", 0)


def test_a_folder_made_again_with_other_files_takes_them_and_holds_the_old_ones(
    kb: KnowledgeBase, workspace: Workspace, tmp_path: Path
) -> None:
    folder = filled(tmp_path / "small", 3)
    source = add(kb, workspace, folder)
    folder.rename(tmp_path / "aside")
    folder.mkdir()
    (folder / "new.txt").write_text("A new canary.")
    look(kb, workspace)
    assert question(kb, workspace, source) == ("active", 3)
    assert found(kb, workspace) == 4


def test_a_folder_made_again_with_the_same_files_is_the_same_source(
    kb: KnowledgeBase, workspace: Workspace, folder: Path
) -> None:
    source = add(kb, workspace, folder)
    folder.rename(folder.with_name("aside"))
    filled(folder)
    look(kb, workspace)
    assert question(kb, workspace, source) == ("active", 0)
    assert states(kb, workspace) == {State.MEANING: 20}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_offline(kb: KnowledgeBase, workspace: Workspace, folder: Path) -> None:
    source = add(kb, workspace, folder)
    folder.chmod(0)
    look(kb, workspace)
    folder.chmod(0o700)
    assert question(kb, workspace, source) == ("offline", 0)


def test_a_disk_that_is_disconnected_is_offline(
    kb: KnowledgeBase, workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    source = add(kb, workspace, folder)
    scandir = os.scandir

    def refuse(path: bytes) -> object:
        if path == os.fsencode(folder):
            raise OSError(errno.ENOTCONN, "Transport endpoint is not connected")
        return scandir(path)

    with monkeypatch.context() as patch:
        patch.setattr("core.sources.walk.os.scandir", refuse)
        look(kb, workspace)
        assert question(kb, workspace, source) == ("offline", 0)
        assert found(kb, workspace) == 20
    look(kb, workspace)
    assert question(kb, workspace, source) == ("active", 0)


def test_a_move_to_another_watched_source_is_no_deletion(
    kb: KnowledgeBase, workspace: Workspace, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "archive").mkdir()
    old = add(kb, workspace, folder, watch=True)
    new = add(kb, workspace, tmp_path / "archive", watch=True)
    before = {each.name: each.id for each in kb.documents.ledger(workspace).files}
    for part in folder.iterdir():
        part.rename(tmp_path / "archive" / part.name)
    kb.sources.rescan(workspace, old)  # the old place first: there, all are gone
    settle(kb, workspace)
    assert question(kb, workspace, old) == ("active", 0)
    files = kb.documents.ledger(workspace).files
    assert {each.name: each.id for each in files} == before
    assert {each.source_id for each in files} == {new}
    assert states(kb, workspace) == {State.MEANING: 20}
    assert kb.upkeep.receipts(workspace) == []


def test_beside_other_watched_sources_deletions_are_removed_and_held_as_ever(
    kb: KnowledgeBase, workspace: Workspace, folder: Path, tmp_path: Path
) -> None:
    add(kb, workspace, filled(tmp_path / "other", 2, "cuckoo"), watch=True)
    source = add(kb, workspace, folder, watch=True)
    (folder / "part0" / "0.txt").unlink()
    look(kb, workspace)
    assert found(kb, workspace) == 19
    for part in folder.iterdir():
        shutil.rmtree(part)
    look(kb, workspace)
    assert question(kb, workspace, source) == ("active", 19)
    assert found(kb, workspace) == 19


def test_another_state_of_a_working_copy_is_no_mass_deletion(
    kb: KnowledgeBase, workspace: Workspace, folder: Path, clock: MovableClock
) -> None:
    (folder / ".git").mkdir()
    index = folder / ".git" / "index"
    index.write_bytes(b"")
    os.utime(index, (clock.wall() - 1, clock.wall() - 1))
    source = add(kb, workspace, folder)
    for part in ("part0", "part1", "part2"):
        shutil.rmtree(folder / part)
    look(kb, workspace)
    assert question(kb, workspace, source) == ("active", 15)
    filled(folder)
    look(kb, workspace)
    assert question(kb, workspace, source) == ("active", 0)
    for part in ("part0", "part1", "part2"):
        shutil.rmtree(folder / part)
    os.utime(index, (clock.wall() + 1, clock.wall() + 1))  # a checkout writes it
    look(kb, workspace)
    assert question(kb, workspace, source) == ("active", 0)
    assert found(kb, workspace) == 5


def test_files_that_the_rules_no_longer_reach_are_removed_without_a_question(
    kb: KnowledgeBase, workspace: Workspace, folder: Path
) -> None:
    add(kb, workspace, folder)
    source = add(kb, workspace, folder, rules=Rules(recursive=False))
    assert question(kb, workspace, source) == ("active", 0)
    assert states(kb, workspace) == {}


def test_skipped_files_go_without_a_question(kb: KnowledgeBase, workspace: Workspace, folder: Path) -> None:
    (folder / "node_modules").mkdir()
    for number in range(150):
        (folder / "node_modules" / f"{number}.txt").write_text("x")
    source = add(kb, workspace, folder)
    shutil.rmtree(folder / "node_modules")
    look(kb, workspace)
    assert question(kb, workspace, source) == ("active", 0)
    assert states(kb, workspace) == {State.MEANING: 20}
