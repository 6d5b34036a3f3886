"""Sources, and who owns a file that stands under two of them."""

from __future__ import annotations

from core.domain.source import FoundFile, Rules
from core.store.database import Database
from core.store.documents import Documents
from core.store.recorded_files import RecordedFiles
from core.store.sources import Sources


def _put(database: Database, key: str, scope: str = "workspace") -> int:
    return Sources(database).put("folder", key.encode(), key, scope, Rules(), False, None, 1.0)


def _file(key: str) -> FoundFile:
    return FoundFile(key.encode(), key, 1, 1, 1, 1, "txt", None)


def test_the_same_path_is_one_source_with_the_latest_rules(database: Database) -> None:
    first = _put(database, "/papers")
    second = Sources(database).put(
        "folder", b"/papers", "/papers", "workspace", Rules(hidden=True, include=("*.pdf",)), True, 60.0, 2.0
    )
    assert second == first
    source = Sources(database).get(first)
    assert source is not None
    assert (source.rules, source.watch, source.ttl) == (Rules(hidden=True, include=("*.pdf",)), True, 60.0)


def test_another_scope_is_another_source(database: Database) -> None:
    assert _put(database, "/papers") != _put(database, "/papers", "session:1")


def test_the_most_specific_source_owns_a_file(database: Database) -> None:
    documents, sources = Documents(database), Sources(database)
    outer = _put(database, "/papers")
    documents.add_files(outer, "workspace", [_file("/papers/a.txt"), _file("/papers/new/b.txt")], 1.0, None)
    inner = _put(database, "/papers/new")
    assert [file.key for file in RecordedFiles(database).under(outer)] == ["/papers/a.txt"]
    assert [file.key for file in RecordedFiles(database).under(inner)] == ["/papers/new/b.txt"]
    source = sources.get(outer)
    assert source is not None
    assert [each.id for each in sources.nested(source)] == [inner]


def test_a_wider_source_leaves_a_nested_one_its_files(database: Database) -> None:
    documents = Documents(database)
    inner = _put(database, "/papers/new")
    documents.add_files(inner, "workspace", [_file("/papers/new/b.txt")], 1.0, None)
    outer = _put(database, "/papers")
    assert [file.key for file in RecordedFiles(database).under(inner)] == ["/papers/new/b.txt"]
    assert RecordedFiles(database).under(outer) == []


def test_a_folder_with_a_similar_name_is_another_folder(database: Database) -> None:
    documents = Documents(database)
    other = _put(database, "/papers-old")
    documents.add_files(other, "workspace", [_file("/papers-old/a.txt")], 1.0, None)
    _put(database, "/papers")
    assert [file.key for file in RecordedFiles(database).under(other)] == ["/papers-old/a.txt"]
