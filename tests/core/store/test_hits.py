"""Rows of found passages: whatever an index proposes, only what may be shown now comes back."""

from __future__ import annotations

import pytest

from core.domain.chunk import Span
from core.domain.document import Text
from core.domain.extracted import Extracted
from core.store.database import Database
from core.store.documents import Documents
from core.store.hits import Hits
from core.store.sources import Sources
from core.store.versions import NewVersion, Versions


def _stored(database: Database, scope: str, text: str) -> tuple[int, int]:
    """Return a document of a scope and its only passage."""
    documents, versions = Documents(database), Versions(database)
    source = Sources(database).texts(scope, 1.0)
    document = documents.put_text(source, scope, Text("a", "…", "Title"), None, 1.0)
    span = (Span(0, len(text), None, None, 3),)
    versions.store(
        [NewVersion(document, text, "1:test", "text", "Title", "en", Extracted(text), span, len(text), 0)], 2.0
    )
    return document, versions.chunks(document)[0].id


@pytest.mark.parametrize("scopes", [["session:a"], ["workspace", "session:a"]])
def test_passages_of_another_scope_are_left_out(database: Database, scopes: list[str]) -> None:
    hits = Hits(database)
    mine, my_passage = _stored(database, "session:a", "mine")
    theirs, their_passage = _stored(database, "session:b", "theirs")
    both = [my_passage, their_passage]
    assert list(hits.passages(both, scopes, 3.0)) == [my_passage]
    assert hits.owners(both, scopes, 3.0) == {my_passage: mine}
    assert list(hits.documents([mine, theirs], scopes, 3.0)) == [mine]


def test_what_has_expired_is_left_out_at_that_moment(database: Database) -> None:
    hits = Hits(database)
    document, passage = _stored(database, "workspace", "soon gone")
    Documents(database).set_expiry([document], 10.0)
    for now, shown in ((9.9, True), (10.0, False)):
        assert bool(hits.passages([passage], ["workspace"], now)) is shown
        assert bool(hits.owners([passage], ["workspace"], now)) is shown
        assert bool(hits.documents([document], ["workspace"], now)) is shown


def test_a_passage_of_an_earlier_version_is_left_out(database: Database) -> None:
    hits = Hits(database)
    document, passage = _stored(database, "workspace", "before")
    _, later = _stored(database, "workspace", "after")
    with database.transaction() as connection:
        # As if the old passage were still there, which an index that lags behind may propose.
        connection.execute("UPDATE document SET current_version_id = current_version_id + 1 WHERE id = ?", (document,))
    assert not hits.passages([passage, later], ["workspace"], 3.0)
    assert not hits.owners([passage, later], ["workspace"], 3.0)
