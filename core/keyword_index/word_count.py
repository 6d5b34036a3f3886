"""The most frequent words of a document, kept with its entry to find documents like it.

As Lucene's MoreLikeThis: words that are frequent in the document and rare in the index, weighted by both. Tantivy's own
more-like-this reads stored texts, and texts are stored once, in the workspace's database; a few hundred bytes of
words are enough.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from operator import itemgetter

from core.keyword_index.stopwords import drop_stopwords

_KEPT = 80
"""Words kept with a document, to be weighed by their rarity when they are used."""
_USED = 25
"""Words looked for, as in MoreLikeThis."""

Term = tuple[str, str]
"""A field and a term in it."""


class WordCount:
    """Counts the terms of a document while it is indexed."""

    def __init__(self) -> None:
        self._counts: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, field: str, terms: Iterable[str]) -> None:
        """Count terms of a field."""
        self._counts[field].update(terms)

    def pack(self, language: str) -> bytes:
        """Return the most frequent terms with their counts, as they are stored; most stop words are left out."""
        counts = [
            (field, term, terms[term])
            for field, terms in self._counts.items()
            for term in drop_stopwords([term for term, _ in terms.most_common(2 * _KEPT)], language)
        ]
        return json.dumps(sorted(counts, key=itemgetter(2), reverse=True)[:_KEPT]).encode()


def rarity(found: int, entries: int) -> float:
    """Return how much a word tells that so many of all documents have, as BM25 weighs it."""
    return math.log(1 + max(0, entries - found + 0.5) / (found + 0.5))


def telling_terms(packed: bytes, frequency: Callable[[str, str], int], entries: int) -> dict[Term, float]:
    """Return the terms that tell most about a document, with weights of at most 1.

    Args:
        packed: What `WordCount.pack` returned.
        frequency: Tells how many documents have a term of a field.
        entries: Number of documents.
    """
    weights: dict[Term, float] = {}
    for field, term, count in json.loads(packed):
        found = frequency(field, term)
        if found > 1:  # a word of this document alone finds nothing
            weights[field, term] = count * rarity(found, entries)
    best = sorted(weights, key=weights.__getitem__, reverse=True)[:_USED]
    return {term: weights[term] / weights[best[0]] for term in best if weights[term] > 0}
