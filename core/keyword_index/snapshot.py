"""The state of one tantivy index after a commit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from tantivy import DocAddress, Occur, Query, Schema, Searcher

from core.keyword_index.analysis import VERSION
from core.keyword_index.errors import IndexDamaged

Ids = NDArray[np.int64]

_FEW_KEYS = 1_000
"""Up to here a disjunction of terms is quicker than a term set (300 keys among 100,000: 0.6 ms against 5 ms)."""


class Snapshot:
    """The entries of one index as they were when it was made; reading goes through a `View`, which holds to scopes.

    Attributes:
        searcher: Tantivy's reader of that state.
        schema: The fields; needed to write queries.
        key: The integer field that identifies an entry.
        scopes: The scopes that entries are in.
        languages: Languages of entries, the most frequent first.
        removed: Removed entries that tantivy's statistics still count, and whose words its dictionaries still hold,
            until their segments are merged.
    """

    def __init__(self, searcher: Searcher, schema: Schema, key: str) -> None:
        self.searcher = searcher
        self.schema = schema
        self.key = key
        scopes = dict(searcher.terms_with_prefix("scope", ""))
        self.scopes = frozenset(scopes)
        self._size = searcher.num_docs - self.count(self.markers())
        self.removed = sum(scopes.values()) - self._size
        self.languages = tuple(language for language, _ in searcher.terms_with_prefix("language", ""))

    def marker(self) -> tuple[int, int]:
        """Return the applied sequence and the version of the analysis; `(0, VERSION)` for an index just made.

        Raises:
            IndexDamaged: If entries are there but no marker.
        """
        hits = self.searcher.search(self.markers(), 2, count=False).hits
        if not hits and self.searcher.num_docs == 0:
            return 0, VERSION
        if len(hits) != 1:
            raise IndexDamaged("its mark is missing")
        addresses = [hits[0][1]]
        return self._integers("applied", addresses)[0], self._integers("version", addresses)[0]

    def markers(self) -> Query:
        """Return the query that finds the marker."""
        return Query.exists_query("applied")

    def with_keys(self, keys: Sequence[int] | Ids) -> Query:
        """Return the query that finds the entries of these keys."""
        return one_of(self.schema, self.key, keys)

    def count(self, query: Query) -> int:
        """Return how many entries match, in all scopes."""
        found: int = self.searcher.search(query, 1, count=True).count  # type: ignore[attr-defined] # the stub lacks it
        return found

    def keys(self) -> Ids:
        """Return all keys, sorted."""
        hits = self.searcher.search(Query.exists_query(self.key), max(1, self.searcher.num_docs), count=False).hits
        return np.sort(np.array(self._integers(self.key, [address for _, address in hits]), dtype=np.int64))

    def keys_of_segment(self, number: int) -> list[int]:
        """Return the keys of one of tantivy's segments, counted as in its `meta.json`."""
        hits = self.searcher.search(Query.exists_query(self.key), max(1, self.searcher.num_docs), count=False).hits
        return self._integers(self.key, [address for _, address in hits if address.segment_ord == number])

    def __len__(self) -> int:
        return self._size

    def _integers(self, field: str, addresses: list[DocAddress]) -> list[int]:
        return integers(self.searcher, field, addresses)


def integers(searcher: Searcher, field: str, addresses: list[DocAddress]) -> list[int]:
    """Return what an integer field, which every entry has, holds in these entries.

    Raises:
        IndexDamaged: If one has nothing there.
    """
    values = searcher.fast_field_values(field, addresses)
    if None in values:
        raise IndexDamaged("an entry has no number")
    return values  # type: ignore[return-value] # an integer field


def one_of(schema: Schema, field: str, values: Sequence[int] | Ids) -> Query:
    """Return the query that finds entries whose integer field has one of the values."""
    plain = [int(value) for value in values]  # not NumPy's integers
    if len(plain) > _FEW_KEYS:
        return Query.term_set_query(schema, field, plain)
    return Query.boolean_query([(Occur.Should, Query.term_query(schema, field, value, "basic")) for value in plain])
