"""Searches come before the work behind them, whatever that work is."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator

import pytest

from core import KnowledgeBase, Text
from core.concurrency.precedence import Precedence
from core.domain.workspace import Workspace
from core.workspace import OpenWorkspace


def test_every_kind_of_work_gives_way(kb: KnowledgeBase, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    givers: set[str] = set()
    monkeypatch.setattr(Precedence, "give_way", lambda _: givers.add(threading.current_thread().name.partition("-")[0]))
    kb.documents.add_texts(workspace, [Text(str(number), f"Tide table {number}.") for number in range(3)])
    assert kb.documents.wait(workspace, timeout=30)
    assert givers >= {"reading", "words", "meaning"}


def test_each_piece_of_a_batch_gives_way(
    kb: KnowledgeBase, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces: list[object] = []

    def paced(_: Precedence, given: Iterable[object]) -> Iterator[object]:
        for each in given:
            pieces.append(each)
            yield each

    monkeypatch.setattr(Precedence, "paced", paced)
    kb.documents.add_texts(workspace, [Text(str(number), f"Tide table {number}.") for number in range(5)])
    assert kb.documents.wait(workspace, timeout=30)
    kinds = [type(piece).__name__ for piece in pieces]
    assert kinds.count("NewVersion") == kinds.count("Passage") == kinds.count("DocumentEntry") == 5


def test_a_search_has_precedence_until_it_is_answered(
    kb: KnowledgeBase, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb.documents.add_texts(workspace, [Text("1", "The ferry leaves at nine.")])
    assert kb.documents.wait(workspace, timeout=30)
    precedence = kb._opened._precedence
    seen: list[int] = []
    use = OpenWorkspace.runs_here

    def watched(opened: OpenWorkspace) -> bool:
        seen.append(precedence._searches)
        return use(opened)

    monkeypatch.setattr(OpenWorkspace, "runs_here", watched)
    assert kb.search.query(workspace, "ferry")
    assert seen == [1]
    assert precedence._searches == 0
