"""Found passages, for people and as the JSON that programs rely on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.command_line.output.hits import results_json, show_matches, show_results, snippet_parts
from core.command_line.output.screen import Screen
from core.domain.document import Document, State
from core.domain.search import Hit, Holding, Matches, Mode, Results
from tests.core.command_line.terminal import Stream

NOW = datetime(2024, 5, 31, tzinfo=UTC)
LEASE = Document(
    id=14,
    source_id=1,
    path="/home/ada/lease.pdf",
    external_id=None,
    title="Boathouse lease",
    kind="pdf",
    scope="workspace",
    state=State.MEANING,
    reason="",
    size=1000,
    language="en",
    tags=(),
    metadata={},
    created_at=NOW,
    updated_at=NOW,
    event_time=None,
    expires_at=None,
)
HIT = Hit(
    document=LEASE,
    chunk_id=7,
    text="The notice\nperiod is three months.",
    page=12,
    heading="Terms › Notice",
    start=100,
    end=134,
    snippet="The notice\nperiod is three months.",
    matches=((4, 10), (11, 17)),
    score=0.75,
    keyword_rank=1,
    vector_rank=None,
    rerank_score=None,
    keyword_score=0.5,
    vector_score=None,
)

HOLDING = Holding(passages=1203, documents=40, some_passages=2500, some_documents=70)


def results(*hits: Hit, total: int = 38) -> Results:
    return Results("notice period", Mode.HYBRID, hits, total, 41.26, {})


def test_the_json_of_a_search_is_the_contract() -> None:
    assert results_json(results(HIT)) == {
        "query": "notice period",
        "mode": "hybrid",
        "took_ms": 41.3,
        "total": 38,
        "hits": [
            {
                "rank": 1,
                "document_id": 14,
                "path": "/home/ada/lease.pdf",
                "title": "Boathouse lease",
                "page": 12,
                "heading": "Terms › Notice",
                "start": 100,
                "end": 134,
                "snippet": "The notice\nperiod is three months.",
                "matches": [[4, 10], [11, 17]],
                "score": 0.75,
                "keyword_rank": 1,
                "vector_rank": None,
            }
        ],
    }


def test_unknown_parts_of_a_hit_are_null() -> None:
    text = replace(LEASE, path=None, external_id="a1")
    hit = replace(HIT, document=text, page=None, heading=None, keyword_rank=None)
    [row] = json.loads(json.dumps(results_json(results(hit))))["hits"]
    assert [key for key, value in row.items() if value is None] == [
        "path",
        "page",
        "heading",
        "keyword_rank",
        "vector_rank",
    ]


def test_matches_of_a_snippet_are_marked_in_place() -> None:
    parts = list(snippet_parts("a\x1b \n\nbc d", ((1, 2), (5, 7))))
    assert parts == ["a", ("\\x1b", "bold yellow"), " ", ("bc", "bold yellow"), " d"]
    assert list(snippet_parts("", ())) == [""]


def test_a_person_sees_place_snippet_path_and_number() -> None:
    out = Stream()
    show_results(Screen(out, Stream()), results(HIT), HOLDING)
    assert out.text.splitlines() == [
        " 1  Boathouse lease · p. 12 · Terms › Notice",
        "    The notice period is three months.",
        "    /home/ada/lease.pdf · document 14",
        "1 shown · 1,203 passages with these words · 2,500 with some of them · 41 ms",
    ]


@pytest.mark.parametrize(
    ("mode", "total", "score", "holding", "documents", "said"),
    [
        (
            Mode.HYBRID,
            64,
            0.5,
            Holding(3, 2, 12, 5),
            False,
            "3 passages with these words · 12 with some of them · more by meaning",
        ),
        (Mode.HYBRID, 64, 0.5, Holding(1, 2, 1, 2), True, "2 documents with these words · more by meaning"),
        (Mode.HYBRID, 64, 0.5, Holding(0, 0, 1, 1), False, "1 passage with some of these words · more by meaning"),
        (Mode.HYBRID, 64, 0.0, Holding(0, 0, 80, 9), False, "80 passages with some of these words · more by meaning"),
        (Mode.HYBRID, 1, 0.0, Holding(0, 0, 0, 0), False, "by meaning alone"),
        (Mode.KEYWORD, 12, 0.5, Holding(1, 1, 1, 1), False, "1 passage with these words"),
        (Mode.VECTOR, 20, None, Holding(3, 2, 12, 5), False, "by meaning"),
    ],
)
def test_only_what_can_be_counted_is_counted(
    mode: Mode, total: int, score: float | None, holding: Holding, documents: bool, said: str
) -> None:
    out = Stream()
    found = Results("x", mode, (replace(HIT, keyword_score=score),), total, 41.26, {})
    show_results(Screen(out, Stream()), found, holding, documents=documents)
    assert out.text.splitlines()[-1] == f"1 shown · {said} · 41 ms"


@pytest.mark.parametrize(
    ("heading", "shown"),
    [(None, ""), ("Boathouse lease", ""), ("Boathouse lease › Notice", " · Notice"), ("Boathouse", " · Boathouse")],
)
def test_the_title_is_not_repeated(heading: str | None, shown: str) -> None:
    out = Stream()
    show_results(Screen(out, Stream()), results(replace(HIT, heading=heading, page=None)), HOLDING)
    assert out.text.splitlines()[0] == f" 1  Boathouse lease{shown}"


def test_a_person_is_told_what_was_looked_for_instead() -> None:
    out = Stream()
    fuzzy = replace(results(HIT), fuzzy={"recieve": ("receive", "received")})
    show_results(Screen(out, Stream()), fuzzy, HOLDING)
    assert "Nothing holds “recieve”; looked for receive, received instead." in out.text


def test_matching_documents_are_listed_with_their_exact_number() -> None:
    out = Stream()
    show_matches(Screen(out, Stream()), Matches("notice", 143, (LEASE,)))
    assert out.text.splitlines() == [
        "document  title            where",
        "      14  Boathouse lease  /home/ada/lease.pdf",
        "143 documents with all of these words; 142 more are not shown",
    ]
