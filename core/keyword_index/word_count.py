"""The most frequent words of a document, kept with its entry to find documents like it.

As Lucene's MoreLikeThis: words that are frequent in the document and rare in the index, weighted by both. Tantivy's own
more-like-this reads stored texts, and texts are stored once, in the workspace's database; a few hundred bytes of
words are enough.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable

from core.keyword_index.analysis import folded, lowered, pairs, runs, stem, without_unspaced
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
        self._counts: Counter[Term] = Counter()

    def add(self, normalised: str, language: str) -> None:
        """Count the terms of a text, without stop words."""
        plain = without_unspaced(normalised)
        low = lowered(plain)
        kept = set(drop_stopwords(low, language))
        words = [word for word, lower in zip(folded(plain), low, strict=True) if lower in kept and len(word) > 1]
        self._counts.update(("body", term) for term in stem(words, language))
        self._counts.update(("characters", pair) for run in runs(normalised) for pair in pairs(run)[:-1])

    def pack(self) -> bytes:
        """Return the most frequent terms with their counts, as they are stored."""
        return json.dumps([[*term, count] for term, count in self._counts.most_common(_KEPT)]).encode()


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
            weights[field, term] = count * math.log(1 + max(0, entries - found + 0.5) / (found + 0.5))
    best = sorted(weights, key=weights.__getitem__, reverse=True)[:_USED]
    return {term: weights[term] / weights[best[0]] for term in best if weights[term] > 0}
