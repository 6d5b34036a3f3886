"""Words answer while the vectors of a workspace are still being loaded."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import Text
from core.domain.search import Mode
from core.vector_stores import VectorPartition
from tests.core.engine import quick_engine


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder whose workspace has a snapshot of its vectors."""
    with quick_engine(tmp_path / "data") as kb:
        workspace = kb.workspaces.create("one")
        kb.documents.add_texts(workspace, [Text("1", "The harbour."), Text("2", "The lighthouse of the harbour.")])
        assert kb.documents.wait(workspace, timeout=30)
    return tmp_path / "data"


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """What the loading of vectors waits for."""
    opened = VectorPartition.open
    gate = threading.Event()

    def slow(partition: VectorPartition) -> int:
        assert gate.wait(30)
        return opened(partition)

    monkeypatch.setattr(VectorPartition, "open", slow)
    yield gate
    gate.set()


def test_words_answer_while_the_vectors_load(data: Path, gate: threading.Event) -> None:
    with quick_engine(data) as kb:
        workspace = kb.workspaces.get("one")
        early = kb.search.query(workspace, "harbour", patience=0)
        assert (len(early), early.mode, early.complete) == (2, Mode.KEYWORD, False)
        assert kb.search.query(workspace, "harbour", mode="keyword").complete
        by_meaning = kb.search.query(workspace, "harbour", mode="vector", patience=0)
        assert (len(by_meaning), by_meaning.complete) == (0, False)
        assert not kb.documents.progress(workspace).idle
        gate.set()
        late = kb.search.query(workspace, "harbour", patience=30)
        assert (len(late), late.mode, late.complete) == (2, Mode.HYBRID, True)
        assert all(hit.vector_rank for hit in late)


def test_what_is_removed_while_the_vectors_load_is_counted_and_not_found(data: Path, gate: threading.Event) -> None:
    with quick_engine(data) as kb:
        workspace = kb.workspaces.get("one")
        document = kb.search.query(workspace, "lighthouse", mode="keyword")[0].document.id
        threading.Timer(0.05, gate.set).start()
        receipt = kb.documents.remove(workspace, [document])
        assert (receipt.vectors, receipt.keyword_entries) == (1, 2)
        assert kb.documents.wait(workspace, timeout=30)
        assert len(kb.search.query(workspace, "lighthouse", mode="vector")) == 1


def test_closing_while_the_vectors_load_loses_nothing(data: Path, gate: threading.Event) -> None:
    kb = quick_engine(data)
    workspace = kb.workspaces.get("one")
    kb.documents.add_texts(workspace, [Text("3", "The pier.")])
    threading.Timer(0.05, gate.set).start()
    kb.close()
    with quick_engine(data) as kb:
        assert kb.documents.wait(workspace, timeout=30)
        assert len(kb.search.query(workspace, "pier", mode="vector")) == 3
