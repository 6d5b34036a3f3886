"""Small indices for the tests: texts by number, each of them a passage and a document of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from core.domain.passage import DocumentEntry, Passage
from core.keyword_index import KeywordIndex
from core.retrievers.query_language import parse_query

WORKSPACE = ("workspace",)


def passage(
    number: int, text: str, *, title: str = "", heading: str = "", scope: str = "workspace", language: str = "en"
) -> Passage:
    """A passage, the only one of the document of its number."""
    return Passage(number, number, scope, language, title, heading, text)


def entry(
    number: int,
    text: str,
    *,
    title: str = "",
    name: str = "",
    scope: str = "workspace",
    language: str = "en",
    kind: str = "text",
    source: str = "notes",
    tags: Sequence[str] = (),
    year: int | None = None,
) -> DocumentEntry:
    """A whole document."""
    return DocumentEntry(number, scope, language, title, name, text, kind, source, tuple(tags), year)


def shelf(folder: Path, texts: Mapping[int, str], *, language: str = "en", scope: str = "workspace") -> KeywordIndex:
    """An index of texts under `folder`, each a passage and a document."""
    index = KeywordIndex(folder / "words")
    index.apply(
        1,
        add=[passage(number, text, language=language, scope=scope) for number, text in texts.items()],
        documents=[entry(number, text, language=language, scope=scope) for number, text in texts.items()],
    )
    return index


def found(
    index: KeywordIndex, query: str, *, scopes: Sequence[str] = WORKSPACE, as_you_type: bool = False
) -> list[int]:
    """Ids of the passages that a query finds, best first."""
    return index.search(parse_query(query, as_you_type), 20, scopes).chunk_ids.tolist()


def counted(index: KeywordIndex, query: str, *, scopes: Sequence[str] = WORKSPACE) -> list[int]:
    """Ids of the documents that mention all of a query."""
    total, ids = index.matching_documents(parse_query(query), scopes)
    assert total == len(ids)
    return [int(each) for each in ids]
