"""`kb.search`: where a query's words stand in a document, and how many hold them."""

from __future__ import annotations

import pytest

from core import KnowledgeBase, Text
from core.domain.search import Holding
from core.domain.workspace import Workspace
from core.errors import DocumentNotFound, InvalidQuery
from tests.core.engine import MovableClock

TEXT = "Herons stand.\n\nA grey heron stands in the water; the heron is grey."


@pytest.fixture
def heron(kb: KnowledgeBase, workspace: Workspace) -> int:
    kb.documents.add_texts(workspace, [Text("1", TEXT)])
    kb.documents.wait(workspace, timeout=30)
    return kb.documents.list(workspace).ids[0]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("heron -water type:text", ["Herons", "heron", "heron"]),
        ('"grey heron" stand', ["stand", "grey heron", "stands"]),
        ("egret", []),
    ],
)
def test_the_places_of_a_query_are_found_in_order(
    kb: KnowledgeBase, workspace: Workspace, heron: int, query: str, words: list[str]
) -> None:
    places = kb.search.occurrences(workspace, heron, query)
    assert [TEXT[start:end] for start, end in places] == words
    assert kb.search.occurrences(workspace, heron, query, limit=1) == places[:1]


def test_unfinished_and_corrected_words_are_places_too(kb: KnowledgeBase, workspace: Workspace, heron: int) -> None:
    assert len(kb.search.occurrences(workspace, heron, "her", as_you_type=True)) == 3
    found = kb.search.query(workspace, "herron")
    assert len(kb.search.occurrences(workspace, heron, "herron", fuzzy=found.fuzzy)) == 3


def test_what_can_not_be_looked_up_is_refused(kb: KnowledgeBase, workspace: Workspace, heron: int) -> None:
    with pytest.raises(DocumentNotFound):
        kb.search.occurrences(workspace, 99, "heron")
    with pytest.raises(InvalidQuery):
        kb.search.occurrences(workspace, heron, "-heron")


def test_a_document_without_text_has_no_places(kb: KnowledgeBase, workspace: Workspace) -> None:
    kb.documents.add_texts(workspace, [Text("1", "")])
    kb.documents.wait(workspace, timeout=30)
    assert kb.search.occurrences(workspace, kb.documents.list(workspace).ids[0], "heron") == []


def test_what_holds_the_words_is_counted_as_far_as_it_may_be_seen(
    kb: KnowledgeBase, workspace: Workspace, clock: MovableClock
) -> None:
    kb.documents.add_texts(workspace, [Text("1", "A grey heron."), Text("2", "A heron.", tags=("bird",))])
    kb.documents.add_texts(workspace, [Text("3", "Another grey heron.")], ttl=60)
    kb.documents.add_texts(workspace, [Text("4", "A grey heron of a chat.")], scope="session:a")
    kb.documents.wait(workspace, timeout=30)
    assert kb.search.count(workspace, "grey heron") == Holding(2, 2, 3, 3)
    assert kb.search.count(workspace, "grey heron", filters={"tag": "bird"}) == Holding(0, 0, 1, 1)
    assert kb.search.count(workspace, "heron tag:bird") == Holding(1, 1, 1, 1)
    assert kb.search.count(workspace, "grey heron", scopes=["session:a"]) == Holding(1, 1, 1, 1)
    clock.forward(61)
    assert kb.search.count(workspace, "grey heron") == Holding(1, 1, 2, 2)
    assert kb.search.count(workspace, "gre", as_you_type=True) == Holding(1, 1, 1, 1)
