"""Words that tell what documents are about: groups of them, or all that there are."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from tantivy import Occur, Query

from core.domain.media import KINDS
from core.keyword_index.analysis import stem
from core.keyword_index.view import View
from core.keyword_index.word_count import Term, rarity

_LOOKED_AT = 40
"""Documents of a group whose words are counted."""
_LEAST = 3
"""Letters of a word that tells something; numbers tell nothing."""
_SHARE = 0.2
"""Of the documents looked at that must have a word."""
_SPELLINGS = 40
_SAMPLE = 40
"""Documents that have a say in what all are about."""
_LEAST_OF_EXAMPLE = 4
_COMMON = 0.25
"""Of all documents: a word that more of them have finds too much, unless those are few."""
_FEW = 2
_MOST_OFTEN = 10
"""A long document has no more to say than this."""
_NO_PROSE = ("code", "data", "table")


def characteristic_words(
    view: View, groups: Sequence[NDArray[np.int64]], limit: int, entries: int
) -> list[tuple[str, ...]]:
    """Return up to `limit` words for each group, most telling first; no word stands for two groups.

    Args:
        view: The documents that may be seen.
        groups: Ids of documents, the most typical of a group first.
        limit: Most words of a group.
        entries: Number of all documents.
    """
    scores = [_scores(view, group, entries) for group in groups]
    owner: dict[Term, int] = {}
    for group, found in enumerate(scores):
        for term, score in found.items():
            if term not in owner or score > scores[owner[term]][term]:
                owner[term] = group
    named = []
    for group, found in enumerate(scores):
        own = sorted((term for term in found if owner[term] == group), key=lambda term: (-found[term], term))
        named.append(tuple(_spelled(view, term) for term in _different(own, limit)))
    return named


def _different(terms: Sequence[Term], limit: int) -> list[Term]:
    """Return the first `limit` terms without those that only lengthen another: `rnas` tells no more than `rna`."""
    kept: list[Term] = []
    for term in terms:
        if len(kept) == limit:
            break
        if not any(term[1].startswith(each[1]) or each[1].startswith(term[1]) for each in kept):
            kept.append(term)
    return kept


def telling_words(view: View, limit: int, entries: int) -> list[str]:
    """Return up to `limit` words that many documents are about, most telling first: good examples of a query.

    A word counts in each document by how often it stands there, and by its rarity. One that stands once in many texts,
    and that none is about (*first*, *between*), counts little. Code, data and tables are looked at only where there is
    nothing else.
    """
    frequency, most = cache(view.frequency), max(_FEW, _COMMON * entries)
    weights: defaultdict[Term, float] = defaultdict(float)
    for document in _sample(view):
        for field, word, count in json.loads(view.stored(document, "words") or b"[]"):
            if _tells((field, word), _LEAST_OF_EXAMPLE) and 1 < (holders := frequency(field, word)) <= most:
                weights[field, word] += min(count, _MOST_OFTEN) * rarity(holders, entries)
    best = sorted(weights, key=lambda term: (-weights[term], term))
    return [_spelled(view, term) for term in best[:limit]]


def _sample(view: View) -> list[int]:
    """Return some documents from all over the index, of prose if there are such."""
    other = [
        Query.term_query(view.schema, "type", kind.name, "basic") for kind in KINDS.values() if kind.family in _NO_PROSE
    ]
    prose = Query.boolean_query([(Occur.Must, view.everything()), *((Occur.MustNot, each) for each in other)])
    documents = view.all(prose)
    if not len(documents):
        documents = view.all(view.everything())
    sample: list[int] = documents[:: max(1, len(documents) // _SAMPLE)].tolist()
    return sample


def _scores(view: View, group: NDArray[np.int64], entries: int) -> dict[Term, float]:
    """Return how much each word tells of a group: the share of its documents that have it, by the word's rarity."""
    holders: Counter[Term] = Counter()
    looked_at = group[:_LOOKED_AT].tolist()
    for document in looked_at:
        packed = view.stored(document, "words")
        holders.update((field, term) for field, term, _ in json.loads(packed or b"[]"))
    scores = {}
    for term, count in holders.items():
        if count < max(2, _SHARE * len(looked_at)) or not _tells(term):
            continue
        everywhere = view.frequency(*term)
        scores[term] = count / len(looked_at) * math.log(1 + entries / max(everywhere, 1))
    return scores


def _tells(term: Term, least: int = _LEAST) -> bool:
    field, word = term
    return len(word) > 1 if field == "characters" else word.isalpha() and len(word) >= least


def _spelled(view: View, term: Term) -> str:
    """Return the most frequent word with a stem: a stem itself is no word (`boundari`)."""
    field, word = term
    if field != "body":
        return word
    # A stemmer changes the last letter at most, of what it does not cut off.
    for spelling, _ in view.terms("exact", word[:-1], _SPELLINGS):
        if any(stem([spelling], language) == [word] for language in view.languages):
            return spelling
    return word
