"""Documents as a table shows them: filtered and sorted in SQL, a window of rows at a time."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from core.domain.document import State
from core.domain.listing import DocumentPage, Sort, listing_key
from core.store.database import Database
from core.store.documents import VISIBLE, document

_STATE_RANK = " ".join(f"WHEN '{state}' THEN {rank}" for rank, state in enumerate(State))
_BY = {
    Sort.NAME: "listed_as",
    Sort.TYPE: "kind",
    Sort.STATE: f"CASE state {_STATE_RANK} END",
    Sort.PAGES: "pages",
    Sort.WORDS: "words",
    # As `Document.modified_at`; a text alone has an external id.
    Sort.MODIFIED: "CASE WHEN external_id IS NULL THEN nullif(mtime_ns, 0) / 1e9"
    " ELSE coalesce(event_time, updated_at) END",
    Sort.EXPIRES: "expires_at",
    Sort.SIZE: "size",
    Sort.ADDED: "created_at",
    Sort.TAGS: "nullif(tags, '[]')",
}
_MAY_BE_UNKNOWN = (Sort.PAGES, Sort.WORDS, Sort.MODIFIED, Sort.EXPIRES, Sort.TAGS)
_LAST = "x'ff'"  # SQLite sorts blobs after numbers and texts


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents a list shows; an empty condition lets all through.

    Attributes:
        scopes: Who may see them.
        text: Stands in name, title or path, whatever its case and accents.
        states: One of these.
        kinds: One of these short types.
        sources: Under one of these.
        tags: With at least one of these.
        reasons: One of these reasons of skipped, failed or partial documents.
        ids: Among these; None means all.
    """

    scopes: Sequence[str]
    text: str = ""
    states: Collection[str] = ()
    kinds: Collection[str] = ()
    sources: Collection[int] = ()
    tags: Collection[str] = ()
    reasons: Collection[str] = ()
    ids: Collection[int] | None = None


class Listing:
    """Rows of `document`, in order."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, wanted: Wanted, sort: Sort, descending: bool, offset: int, limit: int, now: float) -> DocumentPage:
        """Return the ids of the whole list, and the documents in a window of it."""
        where, values = _where(wanted, now)
        query = f"SELECT id FROM document WHERE {where} ORDER BY {_order(sort, descending)}"
        with self._database.read() as connection:
            # One text instead of a row per id: most of the time of a large list goes into making Python objects.
            joined = connection.execute(f"SELECT group_concat(id) FROM ({query})", values).fetchone()[0]
            ids: list[int] = [] if joined is None else json.loads(f"[{joined}]")
            rows = connection.execute(
                "SELECT document.* FROM json_each(?) AS wanted CROSS JOIN document ON document.id = wanted.value"
                " ORDER BY wanted.key",
                (json.dumps(ids[offset : offset + limit]),),
            ).fetchall()
        return DocumentPage(tuple(ids), tuple(document(row) for row in rows))


def _order(sort: Sort, descending: bool) -> str:
    if sort is Sort.NAME:
        return "listed_as DESC" if descending else "listed_as"
    if descending:
        return f"{_BY[sort]} DESC, listed_as"  # SQLite takes what is NULL for the least
    # As one term: NULLS LAST would be a second one, which takes longer to sort by.
    first = f"coalesce({_BY[sort]}, {_LAST})" if sort in _MAY_BE_UNKNOWN else _BY[sort]
    return f"{first}, listed_as"


def _where(wanted: Wanted, now: float) -> tuple[str, dict[str, object]]:
    clauses = [VISIBLE, "scope IN (SELECT value FROM json_each(:scopes))"]
    values: dict[str, object] = {"now": now, "scopes": json.dumps(list(wanted.scopes))}
    for column, name in (("state", "states"), ("kind", "kinds"), ("source_id", "sources"), ("reason", "reasons")):
        if accepted := getattr(wanted, name):
            clauses.append(f"{column} IN (SELECT value FROM json_each(:{name}))")
            values[name] = json.dumps(list(accepted))
    if wanted.ids is not None:
        clauses.append("id IN (SELECT value FROM json_each(:ids))")
        values["ids"] = json.dumps(list(wanted.ids))
    if text := listing_key(wanted.text.strip()):
        clauses.append("instr(listed_as, :text) > 0")
        values["text"] = text
    if wanted.tags:
        clauses.append(
            "tags <> '[]' AND EXISTS (SELECT 1 FROM json_each(tags)"
            " WHERE value IN (SELECT value FROM json_each(:tags)))"
        )
        values["tags"] = json.dumps(list(wanted.tags))
    return " AND ".join(clauses), values
