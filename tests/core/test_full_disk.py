"""A disk that fills up: reading pauses before a write fails, removing still works, and everything goes on by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core import KnowledgeBase, Text
from core.errors import DiskFull
from core.indexing import reading
from core.store.disk_space import BALLAST, MEGABYTE
from core.store.versions import Versions
from tests.core.embedders.hashing import HashingEmbedder
from tests.core.engine import InlineReaders
from tests.durability import full_disk

PLENTY = 10**12


class Disk:
    """A disk with so many bytes free."""

    free = PLENTY

    def __call__(self, folder: Path) -> int:
        return self.free


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    monkeypatch.setattr(reading, "SPACE_DELAY", 0.05)
    return Disk()


@pytest.fixture
def kb(tmp_path: Path, disk: Disk) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(
        tmp_path / "data", embedder=lambda _, size: HashingEmbedder(size), readers=InlineReaders, free=disk
    ) as kb:
        yield kb


def test_reading_pauses_below_the_floor_and_goes_on_by_itself(kb: KnowledgeBase, tmp_path: Path, disk: Disk) -> None:
    workspace = kb.workspaces.create("Thesis")
    (tmp_path / "a.txt").write_text("A grey heron stands in the water.")
    disk.free = 100 * MEGABYTE
    kb.documents.add(workspace, [tmp_path / "a.txt"])
    assert not kb.documents.wait(workspace, timeout=0.3)
    assert kb.documents.progress(workspace).space_missing == 400 * MEGABYTE
    with pytest.raises(DiskFull, match="Free 400 MB"):
        kb.documents.add_texts(workspace, [Text("1", "An egret.")])
    disk.free = PLENTY
    assert kb.documents.wait(workspace, timeout=30)
    assert kb.documents.progress(workspace).space_missing == 0
    assert [hit.document.title for hit in kb.search.query(workspace, "heron")] == ["a"]


def test_a_large_file_waits_until_there_is_twice_its_size(kb: KnowledgeBase, tmp_path: Path, disk: Disk) -> None:
    workspace = kb.workspaces.create("Thesis")
    large = tmp_path / "large.bin.txt"
    large.write_text("A heron.")
    with large.open("r+b") as file:
        file.truncate(260 * MEGABYTE)
    (tmp_path / "small.txt").write_text("An egret.")
    disk.free = 510 * MEGABYTE
    kb.documents.add(workspace, [large, tmp_path / "small.txt"])
    assert not kb.documents.wait(workspace, timeout=1)
    assert [hit.document.title for hit in kb.search.query(workspace, "egret")] == ["small"]
    with large.open("r+b") as file:
        file.truncate(8)
    kb.sources.rescan(workspace)
    assert kb.documents.wait(workspace, timeout=30)
    assert len(kb.search.query(workspace, "heron", mode="keyword")) == 1


def test_the_ballast_is_given_up_so_that_documents_can_be_removed(
    kb: KnowledgeBase, tmp_path: Path, disk: Disk
) -> None:
    workspace = kb.workspaces.create("Thesis")
    change = kb.documents.add_texts(workspace, [Text("1", "A heron."), Text("2", "An egret.")])
    assert kb.documents.wait(workspace, timeout=30)
    assert (tmp_path / "data" / BALLAST).exists()
    disk.free = 0
    assert kb.documents.remove(workspace, change.documents[:1]).documents == 1
    assert not (tmp_path / "data" / BALLAST).exists()
    assert kb.sources.remove(workspace, kb.sources.all(workspace)[0].id).documents == 1
    kb.workspaces.delete(workspace)


@pytest.mark.expects_log("reading-0 waits: disk full")
def test_work_that_a_full_disk_broke_off_is_done_later_and_counts_as_no_failure(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.concurrency import loop

    monkeypatch.setattr(loop, "RETRY_SECONDS", 0.02)
    failures = 6
    store = Versions.store

    def failing(self: Versions, *given: object) -> list[int]:
        nonlocal failures
        if failures > 0:
            failures -= 1
            raise DiskFull("workspace.db")
        return store(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Versions, "store", failing)
    workspace = kb.workspaces.create("Thesis")
    kb.documents.add_texts(workspace, [Text("1", "A heron.")])
    assert kb.documents.wait(workspace, timeout=30)
    assert failures == 0
    assert kb.documents.failures(workspace) == []
    assert len(kb.search.query(workspace, "heron")) == 1


def test_a_deletion_that_meets_a_full_disk_takes_the_ballast_and_is_done(
    kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.store.deletion import Deleted, Deletion

    workspace = kb.workspaces.create("Thesis")
    change = kb.documents.add_texts(workspace, [Text("1", "A heron.")])
    assert kb.documents.wait(workspace, timeout=30)
    delete = Deletion.delete

    def full_with_ballast(self: Deletion, document_ids: list[int]) -> Deleted:
        if (tmp_path / "data" / BALLAST).exists():
            raise DiskFull("workspace.db")
        return delete(self, document_ids)

    monkeypatch.setattr(Deletion, "delete", full_with_ballast)
    assert kb.documents.remove(workspace, change.documents).documents == 1
    monkeypatch.setattr(Deletion, "delete", lambda *_: _raise())
    with pytest.raises(DiskFull):
        kb.documents.remove(workspace, [1])


def _raise() -> None:
    raise DiskFull("workspace.db")


@pytest.mark.expects_log("synced by Dropbox")
def test_a_synced_data_folder_is_told_of(tmp_path: Path) -> None:
    with KnowledgeBase(tmp_path / "Dropbox" / "data", readers=InlineReaders) as kb:
        assert "Dropbox" in kb.upkeep.warnings()[0]


@pytest.mark.slow
@pytest.mark.skipif(bool(full_disk.why_not()), reason=full_disk.why_not())
def test_a_real_disk_that_fills_up_at_any_stage_loses_nothing_and_everything_goes_on() -> None:
    for outcome in full_disk.run():
        assert outcome == {
            "stage": outcome["stage"],
            "removed while full": True,
            "went on": True,
            "lost": 0,
            "whole": True,
        }
