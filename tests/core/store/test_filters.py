"""Filters in SQL."""

from __future__ import annotations

from datetime import datetime

import pytest

from core.domain.chunk import Span
from core.domain.document import Text
from core.domain.extracted import Extracted
from core.domain.query import Filter
from core.domain.source import FoundFile, Rules
from core.errors import InvalidQuery
from core.store.database import Database
from core.store.documents import Documents
from core.store.filters import Filters
from core.store.sources import Sources
from core.store.versions import NewVersion, Versions


@pytest.fixture
def ids(database: Database) -> dict[str, int]:
    """A PDF in a folder, a Python file below it, and a text with metadata; by a short name."""
    documents, sources = Documents(database), Sources(database)
    folder = sources.put("folder", b"/home/Papers", "/home/Papers", "workspace", Rules(), False, None, 1.0)
    days = {"pdf": datetime(2024, 5, 31).timestamp(), "py": datetime(2023, 1, 1).timestamp()}
    files = [
        FoundFile(b"/home/Papers/a.pdf", "/home/Papers/a.pdf", 1, int(days["pdf"] * 1e9), 1, 1, "pdf", None),
        FoundFile(
            "/home/Papers/Übung/b.py".encode(),
            "/home/Papers/Übung/b.py",
            1,
            int(days["py"] * 1e9),
            2,
            1,
            "python",
            None,
        ),
    ]
    pdf, py = documents.add_files(folder, "workspace", files, 1.0, None)
    texts = sources.texts("workspace", 1.0)
    text = documents.put_text(
        texts,
        "workspace",
        Text("t", "…", metadata={"team": "X", "year": 2024, "open": True}, tags=("Lease",)),
        None,
        1.0,
    )
    kinds = {pdf: "pdf", py: "python", text: "text"}
    Versions(database).store(
        [
            NewVersion(each, "h", "1", kind, "T", "", Extracted("some text"), (Span(0, 9),), 1, 1)
            for each, kind in kinds.items()
        ],
        2.0,
    )
    return {"pdf": pdf, "py": py, "text": text}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (Filter("type", "pdf"), {"pdf"}),
        (Filter("type", "PDF"), {"pdf"}),
        (Filter("type", "code"), {"py"}),
        (Filter("type", "py"), {"py"}),
        (Filter("type", "text"), {"text"}),
        (Filter("type", "pdf", negated=True), {"py", "text"}),
        (Filter("in", "papers"), {"pdf", "py"}),
        (Filter("in", "übung"), {"py"}),
        (Filter("in", "/home/papers"), {"pdf", "py"}),
        (Filter("in", "/home/pap"), set()),
        (Filter("in", "papers", negated=True), {"text"}),
        (Filter("tag", "lease"), {"text"}),
        (Filter("source", "papers"), {"pdf", "py"}),
        (Filter("before", "2024-01-01"), {"py"}),
        (Filter("after", "2024-05-31"), {"pdf"}),
        (Filter("after", "2024-06-01"), set()),
        (Filter("meta", "x", key="team"), {"text"}),
        (Filter("meta", "2024", key="year"), {"text"}),
        (Filter("meta", "true", key="open"), {"text"}),
        (Filter("meta", "x", key="nothing"), set()),
        (Filter("meta", "x", negated=True, key="nothing"), {"pdf", "py", "text"}),
    ],
)
def test_a_filter_finds_the_documents_that_meet_it(
    database: Database, ids: dict[str, int], given: Filter, expected: set[str]
) -> None:
    found = Filters(database).documents([given], ["workspace"]).tolist()
    assert {name for name, each in ids.items() if each in found} == expected


def test_filters_add_up(database: Database, ids: dict[str, int]) -> None:
    filters = [Filter("in", "papers"), Filter("type", "pdf", negated=True)]
    assert Filters(database).documents(filters, ["workspace"]).tolist() == [ids["py"]]


def test_filters_stay_within_the_scope(database: Database, ids: dict[str, int]) -> None:
    assert Filters(database).documents([], ["session:1"]).tolist() == []


def test_the_passages_of_documents_are_found(database: Database, ids: dict[str, int]) -> None:
    filters = Filters(database)
    documents = filters.documents([], ["workspace"])
    expected = sorted(chunk.id for each in documents for chunk in Versions(database).chunks(int(each)))
    assert filters.chunks(documents).tolist() == expected


@pytest.mark.parametrize("bad", [Filter("before", "soon"), Filter("colour", "red")])
def test_a_bad_filter_is_a_sentence(database: Database, bad: Filter) -> None:
    with pytest.raises(InvalidQuery):
        Filters(database).documents([bad], ["workspace"])
