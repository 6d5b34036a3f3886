"""The keyword index of a workspace: whatever is wrong with it, it is soon as the truth says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core import KnowledgeBase, Text
from core.domain.workspace import Workspace
from core.indexing import words
from core.keyword_index import IndexDamaged, KeywordIndex
from tests.core.engine import quick_engine

MADE_ANEW = "the keyword index is damaged and is made anew"


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A data folder with five texts in one workspace, from which a sixth was removed, closed."""
    with quick_engine(tmp_path / "data") as kb:
        workspace = kb.workspaces.create("Thesis")
        kb.documents.add_texts(workspace, [Text(f"t{n}", f"lantern number {n}") for n in range(6)])
        assert kb.documents.wait(workspace, timeout=60)
        with kb._opened.use(workspace) as opened:
            opened.words.forget([6], [6])
        kb.documents.remove(workspace, [6])
        assert kb.documents.wait(workspace, timeout=60)
    return tmp_path / "data"


def _words(data: Path) -> Path:
    return next((data / "workspaces").glob("*/words"))


def _names(kb: KnowledgeBase, workspace: Workspace) -> list[str]:
    return sorted(hit.document.name for hit in kb.search.query(workspace, "lantern", mode="keyword"))


def _mended(data: Path) -> None:
    with quick_engine(data) as kb:
        workspace = kb.workspaces.all()[0]
        assert kb.documents.wait(workspace, timeout=60)
        assert len(_names(kb, workspace)) == 5
        assert kb.upkeep.verify(workspace).findings == ()


def _turn_a_bit(data: Path) -> None:
    for file in _words(data).glob("passages/*.pos"):
        content = bytearray(file.read_bytes())
        content[0] ^= 1
        file.write_bytes(content)


@pytest.mark.expects_log(MADE_ANEW)
@pytest.mark.parametrize("at_once", [0, words.CHECKED_AT_ONCE], ids=["large", "small"])
def test_silent_damage_is_mended(closed: Path, at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "CHECKED_AT_ONCE", at_once)
    _turn_a_bit(closed)
    _mended(closed)


@pytest.mark.expects_log(MADE_ANEW)
def test_a_small_damaged_index_answers_nothing(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _turn_a_bit(closed)
    monkeypatch.setattr(words.WordsFollower, "step", lambda _: None)
    with quick_engine(closed) as kb:
        assert _names(kb, kb.workspaces.all()[0]) == []


@pytest.mark.expects_log(MADE_ANEW)
def test_an_index_that_lacks_entries_and_is_not_sealed_is_made_anew(closed: Path) -> None:
    with quick_engine(closed) as kb, kb._opened.use(kb.workspaces.all()[0]) as opened:
        assert kb.documents.wait(opened.record, timeout=60)
        opened._words_loop.stop()
        opened.words.forget([1, 2], [1])
    _mended(closed)


def test_what_was_written_and_not_sealed_is_kept(closed: Path) -> None:
    for seal in _words(closed).glob("*/seal.json"):
        seal.write_text(json.dumps({}), "utf-8")
    _mended(closed)
    assert all("crc" in seal.read_text("utf-8") for seal in _words(closed).glob("*/seal.json")), "sealed again"


def test_a_stranger_in_the_folder_keeps_no_deletion_from_ending(closed: Path) -> None:
    (_words(closed) / "passages" / "notes.txt").write_text("not ours", "utf-8")
    with quick_engine(closed) as kb:
        workspace = kb.workspaces.all()[0]
        kb.documents.remove(workspace, [1])
        assert kb.documents.wait(workspace, timeout=60)


def test_verification_notices_what_was_damaged_since_the_opening(closed: Path) -> None:
    with quick_engine(closed) as kb:
        workspace = kb.workspaces.all()[0]
        assert kb.documents.wait(workspace, timeout=60)
        _turn_a_bit(closed)
        assert [each.code for each in kb.upkeep.verify(workspace).findings] == ["damaged"]
        assert kb.upkeep.repair(workspace).repaired
        assert kb.upkeep.verify(workspace).findings == ()
        assert len(_names(kb, workspace)) == 5


@pytest.mark.expects_log(MADE_ANEW)
def test_where_words_cannot_be_read_meaning_answers_and_they_are_made_anew(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise IndexDamaged("a test")

    with quick_engine(closed) as kb:
        workspace = kb.workspaces.all()[0]
        assert kb.documents.wait(workspace, timeout=60)
        _turn_a_bit(closed)
        with monkeypatch.context() as patch:
            patch.setattr(KeywordIndex, "search", fail)
            results = kb.search.query(workspace, "lantern")
            assert (len(results), results.mode, results.complete) == (5, "vector", False)
            with pytest.raises(IndexDamaged):
                kb.search.query(workspace, "lantern", mode="keyword")
        assert kb.documents.wait(workspace, timeout=60)
        assert len(_names(kb, workspace)) == 5
        assert kb.upkeep.verify(workspace).findings == ()
