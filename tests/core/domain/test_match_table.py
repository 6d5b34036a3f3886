"""All matches as a table: nothing in it is a formula, and nothing breaks a row."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

from core.domain.document import Document, State
from core.domain.match_table import write_table
from core.domain.saved_search import Mark

NOW = datetime(2024, 5, 31, tzinfo=UTC)


def document(number: int, title: str) -> Document:
    return Document(
        id=number,
        source_id=1,
        path="/home/ada/lease.pdf",
        external_id=None,
        title=title,
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
        modified_at=NOW,
        pages=3,
        words=900,
    )


def test_matching_documents_are_a_table_in_which_nothing_is_a_formula() -> None:
    out = io.StringIO()
    write_table(out, [document(14, "Lease, old"), document(15, '=LINK("x")\n\u202efdp')], {14: Mark.RELEVANT})
    rows = list(csv.reader(io.StringIO(out.getvalue())))
    assert len(out.getvalue().splitlines()) == 3
    assert rows[0][0] == "document"
    assert rows[1][:4] == ["14", "lease.pdf", "Lease, old", "pdf"]
    assert rows[1][5:] == ["2024-05-31T00:00:00+00:00", "3", "900", "relevant", "/home/ada/lease.pdf"]
    assert rows[2][2] == '\'=LINK("x")��fdp'
