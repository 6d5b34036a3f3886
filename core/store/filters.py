"""Which documents a query may see: its filters, turned into SQL."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from core.domain.media import kinds_named
from core.domain.query import Filter
from core.errors import InvalidQuery
from core.store.database import Database

Ids = NDArray[np.int64]


class Filters:
    """Finds the documents that meet filters."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def documents(self, filters: Sequence[Filter], scopes: Sequence[str]) -> Ids:
        """Return the sorted ids of the documents of these scopes that meet every filter.

        Raises:
            InvalidQuery: If a filter has no such field or a value that can't be read.
        """
        clauses, values = _where(filters, scopes)
        return self._ids(f"SELECT id FROM document WHERE {clauses} ORDER BY id", values)

    def chunks(self, document_ids: Ids) -> Ids:
        """Return the sorted ids of the passages of these documents."""
        ids = json.dumps(document_ids.tolist())
        return self._ids(
            "SELECT id FROM chunk WHERE document_id IN (SELECT value FROM json_each(?)) ORDER BY id", [ids]
        )

    def _ids(self, query: str, values: Sequence[object]) -> Ids:
        # One text instead of a row per id: most of the time of a large list goes into making Python objects.
        with self._database.read() as connection:
            joined = connection.execute(f"SELECT group_concat(id) FROM ({query})", values).fetchone()[0]
        return np.array([], dtype=np.int64) if joined is None else np.fromstring(joined, dtype=np.int64, sep=",")


def _where(filters: Sequence[Filter], scopes: Sequence[str]) -> tuple[str, list[object]]:
    clauses = ["current_version_id IS NOT NULL", "scope IN (SELECT value FROM json_each(?))"]
    values: list[object] = [json.dumps(list(scopes))]
    for each in filters:
        clause, bound = _clause(each)
        # A condition on a value that is not there (no date, no such metadata) does not hold, so its opposite does.
        clauses.append(f"coalesce({clause}, 0) = {0 if each.negated else 1}")
        values += bound
    return " AND ".join(clauses), values


def _clause(each: Filter) -> tuple[str, list[object]]:
    if each.field == "type":
        # `text` is also the kind of what programs add, which is in no table of file types.
        kinds = kinds_named(each.value) | {each.value.lower()}
        return "kind IN (SELECT value FROM json_each(?))", [json.dumps(sorted(kinds))]
    if each.field == "in":
        folder = each.value.rstrip("/").casefold()
        if folder.startswith("/"):
            return "instr(casefold(coalesce(path_key, '')) || '/', ?) = 1", [folder + "/"]
        return "instr(casefold(coalesce(path_key, '')), ?) > 0", [f"/{folder.strip('/')}/"]
    if each.field == "tag":
        return "EXISTS (SELECT 1 FROM json_each(tags) WHERE casefold(value) = ?)", [each.value.casefold()]
    if each.field == "source":
        return "source_id IN (SELECT id FROM source WHERE casefold(name) = ?)", [each.value.casefold()]
    if each.field in ("before", "after"):
        return f"event_time {'<' if each.field == 'before' else '>='} ?", [_day(each)]
    if each.field == "meta":
        # JSON numbers and texts compare by what a person types: meta.year:2024 finds 2024 and "2024".
        return (
            "EXISTS (SELECT 1 FROM json_each(metadata) WHERE key = ? AND casefold(CASE type WHEN 'true' THEN 'true'"
            " WHEN 'false' THEN 'false' ELSE value END) = ?)",
            [each.key, each.value.casefold()],
        )
    raise InvalidQuery(
        f"There is no filter “{each.field}”.", "Filters: type, in, tag, source, before, after, meta.KEY."
    )


def _day(each: Filter) -> float:
    try:
        # The day begins where the person is.
        return datetime.fromisoformat(each.value).astimezone(UTC).timestamp()
    except ValueError as error:
        raise InvalidQuery(f"“{each.value}” is no date.", f"Write for example {each.field}:2024-05-31.") from error
