"""A snapshot as far as given scopes may see it: every search, count and list of words goes through here.

The scopes are part of the query that tantivy runs, so that nothing of another scope is ever fetched, counted or
suggested. Only when the index has no entry outside the scopes, the usual case, is the condition left out: a pure
disjunction of words is answered by block-max WAND, which skips what can't be among the best, a conjunction with a
condition is not.

Entries of documents that are hidden, because they have expired and are not deleted yet, are left out of every count and
every list of words. Found they may be: whoever shows what was found reads its row, and looks at the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from tantivy import DocAddress, FieldType, Occur, Query, Schema

from core.keyword_index.snapshot import Ids, Snapshot, integers, one_of

Scores = NDArray[np.float64]
Ranked = tuple[float, DocAddress]
Hidden = Callable[[Iterable[str]], Ids]

_MOST_FETCHED = 50_000
"""Most entries fetched to filter afterwards: about 10 ms."""
_FETCHED_PER_ID = 10
"""Entries that are fetched and looked at in the time that one id in a condition costs (0.2 µs and 2 µs)."""
_MAX_BUCKETS = 1_000
_LOOKED_AT = 64


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Entries, best first, as columns.

    Attributes:
        keys: Their keys.
        scores: The score of each.
    """

    keys: Ids
    scores: Scores

    def __len__(self) -> int:
        return len(self.keys)

    def first(self, limit: int) -> Found:
        """Return the first `limit`."""
        return Found(self.keys[:limit], self.scores[:limit])

    def without(self, keys: Ids) -> Found:
        """Return those that are not among `keys`."""
        kept = ~np.isin(self.keys, keys, assume_unique=True)
        return Found(self.keys[kept], self.scores[kept])

    def scores_of(self, keys: Ids) -> Scores:
        """Return the score of each of `keys`, 0 for those that are not among these."""
        scores = dict(zip(self.keys.tolist(), self.scores.tolist(), strict=True))
        return np.array([scores.get(key, 0.0) for key in keys.tolist()], dtype=np.float64)


class View:
    """What the scopes may see of a snapshot.

    Args:
        snapshot: The snapshot.
        scopes: The scopes; a scope that has no entries is no error.
        documents: Number of documents in the index, to judge how many an `allowed` list leaves.
        hidden: Tells the documents of some scopes that are not to be seen; asked when it matters.
    """

    def __init__(self, snapshot: Snapshot, scopes: Sequence[str], documents: int, hidden: Hidden) -> None:
        self._hidden_documents = hidden
        self._snapshot = snapshot
        self._searcher = snapshot.searcher
        self._documents = documents
        self._seen = snapshot.scopes.intersection(scopes)
        self._outside = sum(self._searcher.doc_freq("scope", scope) for scope in snapshot.scopes - self._seen)

    @property
    def schema(self) -> Schema:
        """The fields."""
        return self._snapshot.schema

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of the index's entries, the most frequent first."""
        return self._snapshot.languages

    def best(self, query: Query, limit: int, allowed: Ids | None = None) -> Found:
        """Return the `limit` entries that score highest, of documents that are `allowed` (sorted ids).

        The best of all entries are fetched, in the expected number, and those of other documents left out; if too few
        remain, and where few documents are allowed, their ids become a condition of the query.
        """
        if allowed is None:
            return self._fetch(self._scoped(query), limit)
        if not len(allowed):
            return _NOTHING
        nearby, others = self._nearby(allowed)
        # A third more than the expected number, and ten, against bad luck.
        expected = int(limit * max(1.0, others / len(allowed)) * 1.34) + 10
        if expected <= min(_MOST_FETCHED, _FETCHED_PER_ID * len(allowed)):
            hits = self._searcher.search(self._scoped(query, *nearby), expected, count=False).hits
            found = self._allowed(hits, allowed).first(limit)
            if len(found) == limit or len(hits) < expected:
                return found
        return self._fetch(self._scoped(query, self._of(allowed)), limit)

    def scores(self, query: Query, keys: Sequence[int] | Ids) -> Found:
        """Return the entries among `keys` that match, with their true scores."""
        if not len(keys):
            return _NOTHING
        return self._fetch(self._scoped(query, self._snapshot.with_keys(keys)), len(keys))

    def all(self, query: Query, allowed: Ids | None = None) -> Ids:
        """Return the keys of all entries that match, sorted."""
        scoped = self._seen_of(query)
        hits = self._searcher.search(scoped, max(1, self._count(scoped)), count=False).hits
        return np.sort((self._found(hits) if allowed is None else self._allowed(hits, allowed)).keys)

    def counts(self, fields: Sequence[str], query: Query, allowed: Ids | None = None) -> dict[str, dict[str, int]]:
        """Return, for each field, how many entries that match have which value: the most frequent thousand values."""
        wanted = {field: {"terms": {"field": field, "size": _MAX_BUCKETS}} for field in fields}
        scoped = self._seen_of(query) if allowed is None else self._seen_of(query, self._of(allowed))
        answer = self._searcher.aggregate(scoped, wanted)
        return {
            field: {_label(bucket["key"]): int(bucket["doc_count"]) for bucket in answer[field]["buckets"]}
            for field in fields
        }

    def count(self, query: Query, allowed: Ids | None = None) -> int:
        """Return how many entries match, of documents that are `allowed` (sorted ids)."""
        # To look at every match is cheaper than a condition of many ids.
        return self._count(self._seen_of(query)) if allowed is None else len(self.all(query, allowed))

    def everything(self) -> Query:
        """Return the query that matches every entry."""
        return Query.exists_query(self._snapshot.key)

    def stored(self, key: int, field: str) -> bytes:
        """Return what is stored of the entry of a key; nothing if it is not there."""
        hits = self._searcher.search(self._seen_of(self._snapshot.with_keys([key])), 1, count=False).hits
        return (self._searcher.doc(hits[0][1]).get_first(field) or b"") if hits else b""

    def frequency(self, field: str, term: str) -> int:
        """Return how many entries have the term."""
        found = self._searcher.doc_freq(field, term)
        if not found or self._statistics_hold:
            return found
        return self._count(self._seen_of(Query.term_query(self.schema, field, term, "freq")))

    def has(self, field: str, term: str, least: int) -> bool:
        """Return whether at least so many entries have the term; quicker than to count them."""
        found = self._searcher.doc_freq(field, term)
        if found < least:
            return False
        if found >= least + self._outside + self._snapshot.removed and not len(self._hidden):
            return True
        # To count with all that is hidden as a condition takes a tenth of a second where a hundred thousand documents
        # have expired; among a few entries there are mostly enough.
        some = self._scoped(Query.term_query(self.schema, field, term, "basic"))
        hits = self._searcher.search(some, _LOOKED_AT, count=False).hits
        documents = self._integers("document_id", [address for _, address in hits])
        return int(np.count_nonzero(~_among(documents, self._hidden))) >= least or self.frequency(field, term) >= least

    def terms(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        """Return terms that begin with `prefix` and how many entries have each, the most frequent first."""
        if not self._seen:
            return []
        condition = None if self._statistics_hold else self._seen_of(self._in_scopes())
        return self._searcher.terms_with_prefix(field, prefix, condition, limit)

    @property
    def _sees_all(self) -> bool:
        return len(self._seen) == len(self._snapshot.scopes)

    @property
    def _statistics_hold(self) -> bool:
        """Whether tantivy's own numbers are those of this view: nothing is out of sight, and nothing was removed."""
        return self._sees_all and not self._snapshot.removed and not len(self._hidden)

    @cached_property
    def _hidden(self) -> Ids:
        return self._hidden_documents(self._seen)

    def _nearby(self, allowed: Ids) -> tuple[list[Query], int]:
        """Return a condition that ids lie between the first and last allowed, and about how many documents meet it.

        A folder's documents have been added together, so their ids are close. Over a wide range there is no condition.
        """
        first, last = int(allowed[0]), int(allowed[-1])
        between = last - first + 1
        if between * 4 > self._documents:
            return [], self._documents
        return [Query.range_query(self.schema, "document_id", FieldType.Integer, first, last)], between

    def _fetch(self, query: Query, limit: int) -> Found:
        return self._found(self._searcher.search(query, limit, count=False).hits) if limit > 0 else _NOTHING

    def _allowed(self, hits: Sequence[Ranked], allowed: Ids) -> Found:
        """Return those of the hits that belong to documents that are `allowed`."""
        documents = self._integers("document_id", [address for _, address in hits])
        return self._found([hits[place] for place in np.flatnonzero(_among(documents, allowed)).tolist()])

    def _found(self, hits: Sequence[Ranked]) -> Found:
        return Found(
            self._integers(self._snapshot.key, [address for _, address in hits]),
            np.array([score for score, _ in hits], dtype=np.float64),
        )

    def _integers(self, field: str, addresses: list[DocAddress]) -> Ids:
        values = integers(self._searcher, field, addresses) if addresses else []
        return np.array(values, dtype=np.int64)

    def _count(self, query: Query) -> int:
        return self._snapshot.count(query)

    def _of(self, allowed: Ids) -> Query:
        return one_of(self.schema, "document_id", allowed)

    def _in_scopes(self) -> Query:
        wanted = [
            (Occur.Should, Query.term_query(self.schema, "scope", scope, "basic")) for scope in sorted(self._seen)
        ]
        return Query.boolean_query(wanted)

    def _scoped(self, query: Query, *conditions: Query) -> Query:
        """Return the query with the conditions and the scopes, which add nothing to the score."""
        if not self._seen:
            return Query.empty_query()
        if not self._sees_all:
            conditions = (*conditions, self._in_scopes())
        if not conditions:
            return query
        silent = [(Occur.Must, Query.const_score_query(condition, 0.0)) for condition in conditions]
        return Query.boolean_query([(Occur.Must, query), *silent])

    def _seen_of(self, query: Query, *conditions: Query) -> Query:
        """Return the query with the conditions and the scopes, without entries of hidden documents."""
        scoped = self._scoped(query, *conditions)
        if not len(self._hidden):
            return scoped
        return Query.boolean_query([(Occur.Must, scoped), (Occur.MustNot, self._of(self._hidden))])


_NOTHING = Found(np.empty(0, np.int64), np.empty(0, np.float64))


def _among(ids: Ids, allowed: Ids) -> NDArray[np.bool_]:
    """Return which of `ids` are in `allowed`, which is sorted."""
    if not len(allowed):
        return np.zeros(len(ids), dtype=np.bool_)
    places = np.minimum(np.searchsorted(allowed, ids), len(allowed) - 1)
    return np.asarray(allowed[places] == ids, dtype=np.bool_)


def _label(value: object) -> str:
    return str(int(value)) if isinstance(value, float) else str(value)
