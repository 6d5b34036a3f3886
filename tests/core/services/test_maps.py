"""`kb.maps`: what stands on a map, and what never does."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from core import KnowledgeBase, Text
from core.domain.document_map import DocumentMap
from core.domain.workspace import Workspace
from core.keyword_index.errors import IndexDamaged
from core.keyword_index.index import KeywordIndex
from tests.core.engine import MovableClock, quick_engine

SUBJECTS = {
    "whale": "whales swim singing through cold oceans",
    "loaf": "loaves rise baking in warm ovens",
    "stone": "stones lie resting under dry deserts",
}


def texts(count: int = 14) -> list[Text]:
    return [
        Text(f"{name}{number}", f"{said} number{number}", f"About a {name} {number}", tags=(name,))
        for name, said in SUBJECTS.items()
        for number in range(count)
    ]


def drawn(kb: KnowledgeBase, workspace: Workspace, before: DocumentMap | None = None) -> DocumentMap:
    assert kb.documents.wait(workspace, timeout=30)
    found = kb.maps.draw(workspace, before=before)
    assert found is not None
    return found


def test_documents_of_a_kind_stand_together_and_are_named(kb: KnowledgeBase, workspace: Workspace) -> None:
    kb.documents.add_texts(workspace, texts())
    found = drawn(kb, workspace)
    assert found.waiting == 0
    assert [each.name for each in found.documents[:2]] == ["About a whale 0", "About a whale 1"]
    subject = np.array([list(SUBJECTS).index(each.tags[0]) for each in found.documents])
    apart = np.linalg.norm(found.places[:, None] - found.places[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    assert (subject[apart.argmin(axis=1)] == subject).mean() > 0.9
    said = " ".join(word for landmark in found.landmarks for word in landmark.words)
    assert any(word in said for text in SUBJECTS.values() for word in text.split())
    assert sum(each.documents for each in found.landmarks) <= len(found.documents)
    again = drawn(kb, workspace)
    np.testing.assert_array_equal(again.places, found.places)
    assert again.landmarks == found.landmarks


def test_a_point_tells_what_it_stands_for(kb: KnowledgeBase, workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "whales.md").write_text("# Whales\n\nWhales sing.", "utf-8")
    kb.documents.add(workspace, [folder])
    kb.documents.add_texts(
        workspace, [Text("a", "Bread rises.", "Bread", tags=("kitchen",), event_time=datetime(1999, 5, 1, tzinfo=UTC))]
    )
    file, text = sorted(drawn(kb, workspace).documents, key=lambda each: each.name, reverse=True)
    assert (file.name, file.kind, file.source, file.tags) == ("whales.md", "md", "papers", ())
    assert (text.name, text.kind, text.tags, text.year) == ("Bread", "text", ("kitchen",), 1999)


def test_what_a_session_was_given_and_what_has_expired_is_on_no_map(tmp_path: Path) -> None:
    clock = MovableClock()
    with quick_engine(tmp_path / "data", clock) as kb:
        workspace, other = kb.workspaces.create("Thesis"), kb.workspaces.create("Other")
        kb.documents.add_texts(workspace, [Text("1", "Whales sing."), Text("2", "Ants walk.")])
        kb.documents.add_texts(workspace, [Text("3", "Secret of a chat.")], scope="session:1")
        kb.documents.add_texts(workspace, [Text("4", "For an hour.")], ttl=3600)
        kb.documents.add_texts(other, [Text("5", "Of another workspace.")])
        assert sorted(each.name for each in drawn(kb, workspace).documents) == ["1", "2", "4"]
        clock.forward(3601)
        assert sorted(each.name for each in drawn(kb, workspace).documents) == ["1", "2"]


def test_an_empty_workspace_has_an_empty_map(kb: KnowledgeBase, workspace: Workspace) -> None:
    found = drawn(kb, workspace)
    assert (found.documents, found.places.shape, found.landmarks, found.waiting) == ((), (0, 2), (), 0)


def test_a_document_without_text_is_neither_placed_nor_waited_for(kb: KnowledgeBase, workspace: Workspace) -> None:
    kb.documents.add_texts(workspace, [Text("1", ""), Text("2", "Whales sing.")])
    found = drawn(kb, workspace)
    assert [each.name for each in found.documents] == ["2"]
    assert found.waiting == 0


def test_documents_that_are_not_understood_yet_are_counted(
    kb: KnowledgeBase, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb.documents.add_texts(workspace, [Text("1", "Whales sing.")])
    kb.documents.wait(workspace, timeout=30)
    with kb._opened.use(workspace) as opened:
        monkeypatch.setattr(opened.meaning, "step", lambda: None)
    kb.documents.add_texts(workspace, [Text("2", "Ants walk."), Text("3", "Bread rises.")])
    found = kb.maps.draw(workspace)
    assert found is not None
    assert [each.name for each in found.documents] == ["1"]
    assert found.waiting == 2


def test_new_documents_do_not_push_the_others_around(kb: KnowledgeBase, workspace: Workspace) -> None:
    kb.documents.add_texts(workspace, texts())
    before = drawn(kb, workspace)
    kb.documents.add_texts(workspace, [Text("new", SUBJECTS["loaf"], "A new loaf")])
    after = drawn(kb, workspace, before)
    assert len(after.documents) == len(before.documents) + 1
    rows = {each.id: row for row, each in enumerate(after.documents)}
    moved = np.linalg.norm(after.places[[rows[each.id] for each in before.documents]] - before.places, axis=1)
    assert np.median(moved) < 0.15 * np.ptp(before.places, axis=0).max()


def test_a_map_is_current_until_something_changes(kb: KnowledgeBase, workspace: Workspace) -> None:
    kb.documents.add_texts(workspace, texts(1))
    found = drawn(kb, workspace)
    assert kb.maps.is_current(workspace, found)
    kb.documents.remove(workspace, [found.documents[0].id])
    kb.documents.wait(workspace, timeout=30)
    assert not kb.maps.is_current(workspace, found)
    assert kb.maps.is_current(workspace, drawn(kb, workspace))


def test_who_draws_no_map_does_not_wait_for_its_library() -> None:
    code = "import sys, core.knowledge_base; sys.exit('faiss' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[3]).returncode == 0


def test_drawing_can_be_broken_off(kb: KnowledgeBase, workspace: Workspace) -> None:
    kb.documents.add_texts(workspace, texts(2))
    kb.documents.wait(workspace, timeout=30)
    stop = threading.Event()
    stop.set()
    assert kb.maps.draw(workspace, stop=stop) is None


def test_a_damaged_keyword_index_costs_the_words_alone(
    kb: KnowledgeBase, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb.documents.add_texts(workspace, texts())
    kb.documents.wait(workspace, timeout=30)

    def damaged(*_: object) -> object:
        raise IndexDamaged("a file is missing")

    monkeypatch.setattr(KeywordIndex, "characteristic", damaged)
    found = drawn(kb, workspace)
    assert len(found.documents) == 42
    assert found.landmarks == ()
