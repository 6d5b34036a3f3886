"""Words by which groups of documents differ from all others."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.keyword_index.analysis import stem
from core.keyword_index.view import View
from core.keyword_index.word_count import Term

_LOOKED_AT = 40
"""Documents of a group whose words are counted."""
_LEAST = 3
"""Letters of a word that tells something; numbers tell nothing."""
_SHARE = 0.2
"""Of the documents looked at that must have a word."""
_SPELLINGS = 40


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


def _tells(term: Term) -> bool:
    field, word = term
    return len(word) > 1 if field == "characters" else word.isalpha() and len(word) >= _LEAST


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
