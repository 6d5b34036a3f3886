"""What the index knows beyond the best passages: exact counts, facets, completions, related documents, examples."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path

import numpy as np
import pytest

from core.domain.passage import Passage
from core.keyword_index import KeywordIndex
from core.retrievers.query_language import parse_query
from tests.core.keyword_index.shelf import WORKSPACE, counted, entry, found, passage, shelf


@pytest.fixture
def library(tmp_path: Path) -> KeywordIndex:
    """Four documents with all that can be counted."""
    index = KeywordIndex(tmp_path / "words")
    index.apply(
        1,
        documents=[
            entry(1, "cats and dogs", kind="pdf", source="papers", tags=("pets", "draft"), year=2023),
            entry(2, "cats", kind="pdf", source="papers", tags=("pets", "pets"), year=2024),
            entry(3, "a cat", kind="docx", source="notes", year=-44),
            entry(4, "stones", kind="md", source="", tags=("été 日本",), year=2024),
        ],
    )
    return index


def test_all_words_must_be_in_a_document_that_is_counted(tmp_path: Path) -> None:
    index = shelf(
        tmp_path, {1: "the cats sleep", 2: "the dogs and a cat", 3: "dogs of the sea", 4: "at 10:30", 5: "30:10"}
    )
    assert counted(index, "cat") == [1, 2]
    assert counted(index, "the cat dog") == [2]
    assert counted(index, '"the cats"') == [1]
    assert counted(index, "10:30") == [4]
    assert counted(index, "cat whale") == []
    assert counted(index, "catt") == []


def test_the_count_is_exact_for_many(tmp_path: Path) -> None:
    index = shelf(tmp_path, {number: "cat" + " dog" * (number % 3 == 0) for number in range(1, 3001)})
    assert counted(index, "cat") == list(range(1, 3001))
    assert counted(index, "cat dog") == list(range(3, 3001, 3))
    allowed = np.arange(1, 3001, 2)
    total, ids = index.matching_documents(parse_query("cat dog"), WORKSPACE, allowed)
    assert total == 500
    assert ids.tolist() == list(range(3, 3001, 6))
    assert ids.dtype == np.int64


def test_an_unfinished_word_is_counted_too(tmp_path: Path) -> None:
    index = shelf(tmp_path, {number: f"prefix{number:03} x" for number in range(1, 201)})
    total, _ = index.matching_documents(parse_query("x prefix", as_you_type=True), WORKSPACE)
    assert total == 200


def test_passages_and_documents_that_hold_the_words_are_counted(tmp_path: Path) -> None:
    index = KeywordIndex(tmp_path / "words")
    texts = {1: (1, "cats sleep"), 2: (1, "a dog"), 3: (2, "the cat and the dog"), 4: (3, "stones"), 5: (4, "dogs")}
    index.apply(
        1,
        add=[Passage(chunk, document, "workspace", "en", "", "", text) for chunk, (document, text) in texts.items()],
        documents=[entry(1, "cats sleep a dog"), entry(2, "the cat and the dog"), entry(3, "stones"), entry(4, "dogs")],
    )

    def count(query: str, allowed: list[int] | None = None, *, typing: bool = False) -> tuple[int, ...]:
        documents = None if allowed is None else np.array(allowed, dtype=np.int64)
        return astuple(index.count_holding(parse_query(query, typing), WORKSPACE, documents))

    assert count("cat dog") == (1, 2, 4, 3)
    assert count("cat dog", [1, 4]) == (0, 1, 3, 2)
    assert count('"the dog"') == (1, 1, 1, 1)
    assert count("dog -cat") == (2, 1, 2, 1)
    assert count("whale") == (0, 0, 0, 0)
    assert count("stonse") == (0, 0, 1, 1)  # nothing holds it, but something spelled alike is found
    assert count("sto", typing=True) == (1, 1, 1, 1)
    assert astuple(index.count_holding(parse_query("cat"), ("session:a",))) == (0, 0, 0, 0)


def test_an_unfinished_word_is_counted_whatever_it_becomes(tmp_path: Path) -> None:
    index = shelf(tmp_path, {number: f"prefix{number:03} x" for number in range(1, 201)})
    assert astuple(index.count_holding(parse_query("prefix", as_you_type=True), WORKSPACE)) == (200, 200, 200, 200)


def test_facets_count_the_documents(library: KeywordIndex) -> None:
    assert library.facets(None, WORKSPACE) == {
        "type": {"pdf": 2, "docx": 1, "md": 1},
        "source": {"papers": 2, "notes": 1},
        "tag": {"pets": 2, "draft": 1, "été 日本": 1},
        "year": {"2024": 2, "2023": 1, "-44": 1},
    }


def test_facets_count_the_documents_that_match(library: KeywordIndex) -> None:
    facets = library.facets(parse_query("cats"), WORKSPACE)
    assert facets["type"] == {"pdf": 2, "docx": 1}
    assert library.facets(parse_query("cat dog"), WORKSPACE)["type"] == {"pdf": 1}


def test_facets_count_any_word_when_no_document_has_all(library: KeywordIndex) -> None:
    assert library.facets(parse_query("dog stone"), WORKSPACE)["type"] == {"pdf": 1, "md": 1}
    assert library.facets(parse_query("whale"), WORKSPACE)["type"] == {}


def test_facets_count_only_allowed_documents(library: KeywordIndex) -> None:
    assert library.facets(None, WORKSPACE, np.array([2, 3]))["type"] == {"pdf": 1, "docx": 1}
    assert library.facets(None, WORKSPACE, np.array([], dtype=np.int64))["type"] == {}


def test_completions_are_the_most_frequent_words(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "quantum Résumé", 2: "quantum quality", 3: "resumé quantity"}, language="")
    assert index.complete("qua", 10, WORKSPACE)[0] == "quantum"
    assert set(index.complete("qua", 10, WORKSPACE)) == {"quantum", "quality", "quantity"}
    assert index.complete("QUA", 1, WORKSPACE) == ["quantum"]
    assert index.complete("the rés", 10, WORKSPACE) == ["resume"]
    assert index.complete("zz", 10, WORKSPACE) == []
    assert index.complete(" ?", 10, WORKSPACE) == []


def test_related_documents_share_telling_words(tmp_path: Path) -> None:
    filler = {number: f"the weather of day {number} was fine and the wind was weak" for number in range(10, 30)}
    index = shelf(
        tmp_path,
        {
            1: "jet engines and turbines burn fuel; turbines turn",
            2: "the turbine of a jet engine",
            3: "bread is baked of flour",
            4: "日本の首都は東京です",
            5: "東京は日本の都市",
            **filler,
        },
    )
    assert index.similar(1, 5, WORKSPACE)[0][0] == 2
    assert index.similar(4, 5, WORKSPACE)[0][0] == 5
    assert 1 not in dict(index.similar(1, 50, WORKSPACE))
    assert index.similar(3, 5, WORKSPACE, np.array([1, 2])) == []
    assert index.similar(99, 5, WORKSPACE) == []


def test_examples_are_telling_words(tmp_path: Path) -> None:
    texts = dict.fromkeys(range(1, 41), "however the report says")
    texts |= dict.fromkeys(range(41, 46), "turbines and engines 12345 about")
    index = shelf(tmp_path, texts)
    assert set(index.terms(10, WORKSPACE)) == {"turbines", "engines"}
    assert len(index.terms(1, WORKSPACE)) == 1


def test_nothing_of_another_scope_is_found_counted_or_suggested(tmp_path: Path) -> None:
    index = shelf(tmp_path / "one", {1: "cat common", 2: "cat dog"})
    canary = "zarathustra canary cat"
    index.apply(
        2,
        add=[passage(9, canary, scope="session:1"), passage(8, canary, scope="agent:1")],
        documents=[
            entry(9, canary, scope="session:1", kind="secret", source="secret", tags=("secret",), year=1900),
            entry(8, canary, scope="agent:1", kind="secret"),
        ],
    )
    for query in (
        "zarathustra",
        '"zarathustra canary"',
        "zarathustr",
        "cat",
        "zarathusra",
        "-dog cat",
        "cat zarathustra",
    ):
        assert {8, 9}.isdisjoint(found(index, query))
        assert {8, 9}.isdisjoint(found(index, query, as_you_type=True))
        assert {8, 9}.isdisjoint(counted(index, query))
        assert {8, 9}.isdisjoint(dict(index.search_documents(parse_query(query), 20, WORKSPACE)))
        assert not index.search(parse_query(query), 20, WORKSPACE).corrected
    for allowed in (np.array([1, 8, 9]), np.arange(1, 3000)):
        assert {8, 9}.isdisjoint(index.search(parse_query("cat"), 20, WORKSPACE, allowed).chunk_ids)
    assert index.complete("zar", 10, WORKSPACE) == []
    assert "zarathustra" not in index.terms(50, WORKSPACE)
    assert "secret" not in str(index.facets(None, WORKSPACE))
    assert "1900" not in str(index.facets(parse_query("cat"), WORKSPACE))
    assert {8, 9}.isdisjoint(dict(index.similar(2, 20, WORKSPACE)))
    assert index.similar(9, 20, WORKSPACE) == []
    assert index.satisfying(parse_query("x"), np.array([1, 8, 9]), WORKSPACE).tolist() == [1]


def test_words_of_removed_documents_are_not_suggested(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "zarathustra cat", 2: "cat zebra", 3: "cat"})
    index.apply(2, remove=[1], remove_documents=[1])
    assert index.complete("z", 5, WORKSPACE) == ["zebra"]
    assert "zarathustra" not in index.terms(5, WORKSPACE)
    assert not index.search(parse_query("zarathusta"), 5, WORKSPACE).corrected
    assert found(index, "zara", as_you_type=True) == []


def test_a_scope_sees_its_own_and_several_see_theirs(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "cat"})
    index.apply(2, add=[passage(2, "cat", scope="session:1"), passage(3, "cat", scope="session:2")])
    assert found(index, "cat", scopes=("session:1",)) == [2]
    assert set(found(index, "cat", scopes=("workspace", "session:2"))) == {1, 3}
    assert set(found(index, "cat", scopes=("workspace", "session:1", "session:2"))) == {1, 2, 3}
    assert found(index, "cat", scopes=("session:3",)) == []
    assert found(index, "cat", scopes=()) == []
