"""What is being removed is seen no more, at no moment of it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from core import KnowledgeBase, Text
from core.domain.workspace import Workspace


def test_words_of_what_is_being_removed_are_not_suggested_while_the_index_has_them(
    kb: KnowledgeBase, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb.documents.add_texts(workspace, [Text("1", "The heron waits for zarathustra."), Text("2", "An egret waits.")])
    assert kb.documents.wait(workspace, timeout=30)
    assert kb.search.complete(workspace, "zara") == ["zarathustra"]
    shown: list[object] = []
    with kb._opened.use(workspace) as opened:
        forget = opened.removal._forget_words

        def looked_at(chunks: Sequence[int], documents: Sequence[int]) -> int:
            shown.append(kb.search.complete(workspace, "zara"))
            shown.append(dict(kb.search.query(workspace, "zarathustro heron").fuzzy))
            shown.append(kb.search.facets(workspace, "heron")["type"])
            return forget(chunks, documents)

        monkeypatch.setattr(opened.removal, "_forget_words", looked_at)
        [document] = kb.search.query(workspace, "heron", limit=1)
        receipt = kb.documents.remove(workspace, [document.document.id])
        assert receipt.keyword_entries == 2
        assert shown == [[], {}, {}]
        assert not len(opened.removal.leaving)
    assert kb.search.complete(workspace, "egr") == ["egret"]


def test_a_removal_that_fails_leaves_nothing_hidden(
    kb: KnowledgeBase, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb.documents.add_texts(workspace, [Text("1", "The heron waits."), Text("2", "An egret waits.")])
    assert kb.documents.wait(workspace, timeout=30)
    with kb._opened.use(workspace) as opened:

        def fails(_: Sequence[int]) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(opened.deletion, "delete", fails)
        [hit] = kb.search.query(workspace, "heron", limit=1)
        with pytest.raises(ZeroDivisionError):
            kb.documents.remove(workspace, [hit.document.id])
    assert kb.search.complete(workspace, "her") == ["heron"]
