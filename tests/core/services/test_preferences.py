"""`kb.preferences`: what is set holds at once, and is there at the next start."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import KnowledgeBase, Text
from core.domain.workspace import Workspace
from core.errors import InvalidInput
from tests.core.engine import quick_engine


def test_a_weight_holds_for_the_next_search(kb: KnowledgeBase, workspace: Workspace) -> None:
    kb.documents.add_texts(workspace, [Text("1", "A grey heron.")])
    kb.documents.wait(workspace, timeout=30)
    assert kb.search.query(workspace, "heron")[0].score == pytest.approx(1.0)
    assert kb.preferences.set("search", "vector_weight", 0.0).search.vector_weight == 0.0
    assert kb.search.query(workspace, "heron")[0].score == pytest.approx(0.5)
    assert kb.preferences.reset("search", "vector_weight").search.vector_weight == 0.5
    assert kb.search.query(workspace, "heron")[0].score == pytest.approx(1.0)


def test_the_largest_file_holds_for_the_next_folder(kb: KnowledgeBase, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_bytes(b"word " * 300_000)
    assert kb.documents.preview([tmp_path / "long.txt"]).readable == 1
    kb.preferences.set("indexing", "max_file_mb", 1)
    assert kb.documents.preview([tmp_path / "long.txt"]).readable == 0


def test_what_is_set_is_there_at_the_next_start(tmp_path: Path) -> None:
    with quick_engine(tmp_path) as kb:
        kb.preferences.set("appearance", "theme", "dark")
        assert kb.settings.appearance.theme == "dark"
    with quick_engine(tmp_path) as kb:
        assert kb.settings.appearance.theme == "dark"


def test_what_does_not_fit_is_refused(kb: KnowledgeBase) -> None:
    with pytest.raises(InvalidInput, match="at most 200"):
        kb.preferences.set("appearance", "text_percent", 300)
    assert kb.settings.appearance.text_percent == 100
