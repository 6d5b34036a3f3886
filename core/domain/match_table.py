"""All matches of a query as a table for a spreadsheet, with what a person thinks of each."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from typing import TextIO

from core.domain.document import Document
from core.domain.plain_text import one_line
from core.domain.saved_search import Mark

_HEADERS = ("document", "name", "title", "type", "state", "modified", "pages", "words", "mark", "where")


def write_table(out: TextIO, documents: Iterable[Document], marks: Mapping[int, Mark]) -> None:
    """Write the documents as CSV. What a spreadsheet would take for a formula is quoted; controls are left out."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_HEADERS)
    for each in documents:
        row = (
            str(each.id),
            each.name,
            each.title,
            each.kind,
            each.state,
            "" if each.modified_at is None else each.modified_at.isoformat(timespec="seconds"),
            "" if each.pages is None else str(each.pages),
            "" if each.words is None else str(each.words),
            marks.get(each.id, ""),
            each.path or each.external_id or "",
        )
        writer.writerow([_cell(value) for value in row])


def _cell(value: str) -> str:
    plain = one_line(value)
    return f"'{plain}" if plain.startswith(("=", "+", "-", "@")) else plain
