"""`kb.search`: where a query's words stand in a document."""

from __future__ import annotations

import pytest

from core import KnowledgeBase, Text
from core.domain.workspace import Workspace
from core.errors import DocumentNotFound, InvalidQuery

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
