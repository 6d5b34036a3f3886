"""Versions and passages: what becomes visible, and what goes."""

from __future__ import annotations

import pytest

from core.domain.chunk import Span
from core.domain.document import State, Text
from core.domain.extracted import Anchor, Extracted, Remark
from core.store.changes import Changes
from core.store.database import Database
from core.store.deletion import Deletion
from core.store.documents import Documents
from core.store.hits import Hits
from core.store.sources import Sources
from core.store.versions import NewVersion, Versions


@pytest.fixture
def document(database: Database) -> int:
    source = Sources(database).texts("workspace", 1.0)
    return Documents(database).put_text(source, "workspace", Text("a", "…", "Title"), None, 1.0)


def _version(document: int, text: str, *remarks: Remark) -> NewVersion:
    half = len(text) // 2
    spans = (Span(0, half, 1, "Top", 3), Span(half, len(text), 2, None, 4))
    extracted = Extracted(text, (Anchor("page", 0, "1"), Anchor("page", half, "2")), {"author": "Ada"}, remarks)
    return NewVersion(document, f"hash of {text}", "1:test", "text", "Title", "en", extracted, spans, len(text), 0)


def test_a_stored_version_is_current_with_its_passages(database: Database, document: int) -> None:
    versions = Versions(database)
    assert versions.store([_version(document, "first second")], 2.0) == [document]
    extracted = versions.extracted(document)
    assert extracted is not None
    assert extracted.text == "first second"
    assert extracted.anchors == (Anchor("page", 0, "1"), Anchor("page", 6, "2"))
    chunks = versions.chunks(document)
    assert [(c.text, c.page, c.heading, c.tokens) for c in chunks] == [("first ", 1, "Top", 3), ("second", 2, None, 4)]
    stored = Documents(database).get([document])[document]
    assert (stored.state, stored.metadata, stored.language) == (State.WORDS, {"author": "Ada"}, "en")


def test_a_replaced_version_gives_way_at_once_and_ids_are_not_used_again(database: Database, document: int) -> None:
    versions, hits = Versions(database), Hits(database)
    versions.store([_version(document, "old words")], 2.0)
    old = [chunk.id for chunk in versions.chunks(document)]
    versions.store([_version(document, "new words")], 3.0)
    new = [chunk.id for chunk in versions.chunks(document)]
    assert min(new) > max(old)
    found = hits.passages([*old, *new], ["workspace"], 4.0)
    assert sorted(found) == new


def test_the_log_tells_both_indices_what_happened(database: Database, document: int) -> None:
    versions, changes = Versions(database), Changes(database)
    versions.store([_version(document, "old words")], 2.0)
    first = changes.last()
    versions.store([_version(document, "new words")], 3.0)
    operations = [entry.operation for entry in changes.after(first, 100)]
    assert operations == ["delete", "delete", "add", "add", "document"]
    assert changes.trim(first) == 3
    assert changes.first() == first + 1


def test_pages_without_text_make_a_document_partial_and_say_which(database: Database, document: int) -> None:
    Versions(database).store([_version(document, "some text", Remark("no_text", "No text on pages 3-17 of 20."))], 2.0)
    stored = Documents(database).get([document])[document]
    assert (stored.state, stored.reason) == (State.PARTIAL, "No text on pages 3-17 of 20.")


def test_a_version_of_a_document_that_has_gone_is_left_out(database: Database, document: int) -> None:
    Deletion(database).delete([document])
    assert Versions(database).store([_version(document, "too late")], 2.0) == []
    assert Versions(database).count() == 0


def test_a_text_that_comes_while_the_one_before_is_cut_is_not_lost(database: Database, document: int) -> None:
    versions = Versions(database)
    versions.draft(document, "hash of first", "Title", "first", 1.0)
    versions.draft(document, "hash of second", "Title", "second", 2.0)
    versions.store([_version(document, "first")], 3.0)
    assert versions.drafts([document])[document] == ("hash of second", "Title", "second")
    versions.store([_version(document, "second")], 4.0)
    assert versions.drafts([document]) == {}


def test_deletion_counts_what_it_removes_and_knows_what_is_still_used(database: Database, document: int) -> None:
    source = Sources(database).texts("workspace", 1.0)
    twin = Documents(database).put_text(source, "workspace", Text("b", "…", "Title"), None, 1.0)
    versions = Versions(database)
    versions.store([_version(document, "same text"), _version(twin, "same text")], 2.0)
    first = Deletion(database).delete([document, 999])
    assert (len(first.chunks), first.documents, first.unused) == (2, (document,), ())
    second = Deletion(database).delete([twin])
    assert len(second.unused) == 2
    assert second.rows == 4  # two passages, a version, a document
    assert Versions(database).count() == 0


def test_a_passage_over_several_pages_knows_where_each_begins(database: Database, document: int) -> None:
    text = "page one. page two. page three."
    anchors = (Anchor("page", 0, "1"), Anchor("heading", 0, "Top", 1), Anchor("page", 10, "2"), Anchor("page", 20, "3"))
    version = NewVersion(document, "h", "1", "pdf", "T", "", Extracted(text, anchors), (Span(0, 31, 1, "Top"),), 1, 1)
    Versions(database).store([version], 2.0)
    chunk = Versions(database).chunks(document)[0].id
    found = Hits(database).passages([chunk], ["workspace"], 3.0)[chunk]
    assert [found.place(offset) for offset in (0, 9, 10, 25)] == [(1, "Top"), (1, "Top"), (2, "Top"), (3, "Top")]


@pytest.mark.parametrize(("expires_at", "seen"), [(9.9, False), (10.0, False), (10.1, True)])
def test_an_expired_document_is_hidden_at_that_moment(
    database: Database, document: int, expires_at: float, seen: bool
) -> None:
    versions = Versions(database)
    versions.store([_version(document, "for a while")], 2.0)
    Documents(database).set_expiry([document], expires_at)
    chunk = versions.chunks(document)[0].id
    assert (chunk in Hits(database).passages([chunk], ["workspace"], 10.0)) is seen
    assert (Documents(database).expired(10.0, 5) == []) is seen


def test_another_scope_sees_nothing(database: Database, document: int) -> None:
    versions = Versions(database)
    versions.store([_version(document, "mine alone")], 2.0)
    chunk = versions.chunks(document)[0].id
    assert Hits(database).passages([chunk], ["session:1"], 10.0) == {}
