"""Lists of documents: their order, their conditions, and what is noted for them whenever a document changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from core.domain.chunk import Span
from core.domain.document import Text
from core.domain.extracted import Extracted
from core.domain.listing import Sort
from core.domain.source import FoundFile, Rules
from core.store.database import Database
from core.store.deletion import Deletion
from core.store.documents import Documents
from core.store.listing import Listing, Wanted, _order, _where
from core.store.sources import Sources
from core.store.versions import NewVersion, Versions

SCOPES = ("workspace",)


@pytest.fixture
def source(database: Database) -> int:
    return Sources(database).put("folder", b"/papers", "/papers", "workspace", Rules(), False, None, 1.0)


def _file(name: str, size: int = 10, mtime: int = 5, kind: str = "pdf", rule: str | None = None) -> FoundFile:
    return FoundFile(f"/papers/{name}".encode(), f"/papers/{name}", size, mtime * 10**9, 1, 1, kind, rule)


def _add(database: Database, source: int, *files: FoundFile, now: float = 1.0, ttl: float | None = None) -> list[int]:
    Documents(database).add_files(source, "workspace", files, now, ttl)
    with database.read() as connection:
        return [row[0] for row in connection.execute("SELECT id FROM document ORDER BY id")][-len(files) :]


def _read(database: Database, document: int, words: int | None, pages: object, title: str = "Title") -> None:
    extracted = Extracted("some text", metadata={} if pages is None else {"pages": pages})  # type: ignore[dict-item]
    version = NewVersion(document, "h", "1", "pdf", title, "", extracted, (Span(0, 9),), 1, 5 * 10**9, words=words)
    Versions(database).store([version], 1.0)


def _names(database: Database, sort: Sort = Sort.NAME, descending: bool = False, **wanted: Any) -> list[str]:
    page = Listing(database).page(Wanted(SCOPES, **wanted), sort, descending, 0, 100, 2.0)
    assert [each.id for each in page.documents] == list(page.ids)
    return [each.name for each in page.documents]


def test_every_order_has_its_opposite_and_equals_come_by_name(database: Database, source: int) -> None:
    _add(database, source, _file("b.pdf", 30, 7), _file("A.txt", 10, 9, "txt"), _file("ä.md", 20, 8, "md", "hidden"))
    for sort, expected in {
        Sort.NAME: ["ä.md", "A.txt", "b.pdf"],
        Sort.TYPE: ["ä.md", "b.pdf", "A.txt"],
        Sort.SIZE: ["A.txt", "ä.md", "b.pdf"],
        Sort.MODIFIED: ["b.pdf", "ä.md", "A.txt"],
    }.items():
        assert _names(database, sort) == expected
        assert _names(database, sort, True) == expected[::-1]
    assert _names(database, Sort.STATE) == ["A.txt", "b.pdf", "ä.md"]
    assert _names(database, Sort.ADDED, True) == ["ä.md", "A.txt", "b.pdf"]


@pytest.mark.parametrize("sort", [Sort.PAGES, Sort.WORDS, Sort.EXPIRES, Sort.TAGS])
def test_what_is_unknown_comes_last_in_both_directions(database: Database, source: int, sort: Sort) -> None:
    few, many, _ = _add(database, source, _file("b"), _file("c"), _file("a"))
    for document, number in ((few, 1), (many, 2)):
        _read(database, document, number, number)
        Documents(database).set_expiry([document], 10.0 + number)
        Documents(database).set_tags(document, [f"tag {number}"])
    assert _names(database, sort) == ["b", "c", "a"]
    assert _names(database, sort, True) == ["c", "b", "a"]


def test_pages_and_words_are_those_of_the_text_and_go_with_it(database: Database, source: int) -> None:
    [document] = _add(database, source, _file("a"))
    _read(database, document, 2, 12)
    found = Documents(database).get([document])[document]
    assert (found.pages, found.words) == (12, 2)
    assert found.modified_at is not None
    assert found.modified_at.timestamp() == 5
    Deletion(database).delete_text([document])
    found = Documents(database).get([document])[document]
    assert (found.pages, found.words) == (None, None)


def test_a_number_of_pages_that_is_none_is_not_kept(database: Database, source: int) -> None:
    [document] = _add(database, source, _file("a"))
    _read(database, document, 2, "twelve")
    assert Documents(database).get([document])[document].pages is None


def test_the_text_is_looked_for_in_name_title_and_path_as_it_is(database: Database, source: int) -> None:
    first, *_ = _add(database, source, _file("100%_a.pdf"), _file("100 a.pdf"), _file("Übersicht/b.pdf"))
    _read(database, first, 1, None, "Of herons")
    assert _names(database, text="0%_") == ["100%_a.pdf"]
    assert _names(database, text=" ÜBER ") == ["b.pdf"]
    assert _names(database, text="OF HERONS") == ["100%_a.pdf"]
    assert _names(database, text="papers/1") == ["100 a.pdf", "100%_a.pdf"]
    assert _names(database, text="'; DROP") == []


def _texts(database: Database, texts: Sequence[Text], scope: str = "workspace") -> None:
    source = Sources(database).texts(scope, 1.0)
    for text in texts:
        Documents(database).put_text(source, scope, text, None, 1.0)


def test_every_condition_must_hold(database: Database, source: int) -> None:
    _texts(database, [Text("t", "x", tags=("bird",)), Text("u", "x", tags=('a "bird"', "fish"))])
    a, b = _add(database, source, _file("a.pdf"), _file("b.md", kind="md", rule="hidden"))
    assert _names(database) == ["a.pdf", "b.md", "t", "u"]
    assert _names(database, kinds=["pdf", "md"]) == ["a.pdf", "b.md"]
    assert _names(database, states=["skipped"]) == ["b.md"]
    assert _names(database, sources=[source]) == ["a.pdf", "b.md"]
    assert _names(database, tags=["bird"]) == ["t"]
    assert _names(database, tags=["fish", "bird"]) == ["t", "u"]
    assert _names(database, reasons=["hidden"]) == ["b.md"]
    assert _names(database, ids=[b, a, 999]) == ["a.pdf", "b.md"]
    assert _names(database, ids=[]) == []
    assert _names(database, ids=[a, b], states=["skipped"], text="b") == ["b.md"]


def test_what_has_expired_and_other_scopes_are_left_out(database: Database, source: int) -> None:
    _texts(database, [Text("secret", "x")], "session:1")
    _add(database, source, _file("short"), ttl=0.5)
    _add(database, source, _file("long"), ttl=50)
    assert _names(database) == ["long"]


def test_a_window_has_its_part_of_the_list_and_the_ids_of_all(database: Database, source: int) -> None:
    ids = _add(database, source, *(_file(f"{number:02}") for number in range(20)))
    page = Listing(database).page(Wanted(SCOPES), Sort.NAME, True, 5, 3, 2.0)
    assert page.ids == tuple(reversed(ids))
    assert [each.name for each in page.documents] == ["14", "13", "12"]
    assert Listing(database).page(Wanted(SCOPES), Sort.NAME, True, 30, 3, 2.0).documents == ()


def test_the_list_follows_every_change_of_a_name(database: Database, source: int) -> None:
    documents = Documents(database)
    a, b, c = _add(database, source, _file("a"), _file("b"), _file("c"), ttl=50)
    documents.move([(a, _file("z"))], source)
    documents.mark_changed(source, [(b, _file("y"))])
    _read(database, c, 1, None, "Canary")
    assert _names(database) == ["c", "y", "z"]
    assert _names(database, text="canary") == ["c"]
    Deletion(database).expire([c], 60.0)
    assert _names(database, text="canary") == []
    assert _names(database, text="c") == ["c"]


def test_a_document_that_was_removed_while_its_file_was_looked_at_stays_away(database: Database, source: int) -> None:
    [document] = _add(database, source, _file("a"))
    Deletion(database).delete([document])
    Documents(database).mark_changed(source, [(document, _file("b"))])
    Documents(database).move([(document, _file("c"))], source)
    assert _names(database) == []


@pytest.mark.parametrize("sort", Sort)
def test_a_list_is_made_without_reading_the_rows_of_documents(database: Database, sort: Sort) -> None:
    where, values = _where(Wanted(SCOPES, text="a", tags=["bird"]), 1.0)
    with database.read() as connection:
        plan = connection.execute(
            f"EXPLAIN QUERY PLAN SELECT id FROM document WHERE {where} ORDER BY {_order(sort, False)}", values
        ).fetchall()
    assert any("USING COVERING INDEX document_listed" in row["detail"] for row in plan)
