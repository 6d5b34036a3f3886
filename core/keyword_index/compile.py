"""From a `Query` to a query of tantivy: to rank by (any word helps), or to count by (every word must be there)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import tantivy
from tantivy import Occur

from core.domain.query import Query
from core.keyword_index.analysis import folded, normalise, pairs, runs, stem, without_unspaced
from core.keyword_index.schema import UNSTEMMED
from core.keyword_index.spelling import corrections
from core.keyword_index.stopwords import content_words, drop_any_stopwords
from core.keyword_index.view import View

_MAX_TERMS = 64
"""Words, and pairs of characters, a query is ranked by. Of a longer one, a pasted page, the rarest words are taken."""
_MAX_LANGUAGES = 8
"""Languages a query's words are stemmed in: the most frequent ones of the index."""
_MAX_COMPLETIONS = 32
"""Words that an unfinished word stands for: the most frequent ones that begin with it."""
_CORRECTED = 0.5
"""Weight of a word that was not typed but is spelled alike."""
_NEIGHBOURS = 0.25
"""Weight of the BM25 score of neighbouring words of the query as phrases: nDCG@10 +0.004 (scifact, squad) to +0.007
(cranfield)."""


class Term(NamedTuple):
    """A term of a field, if need be only in texts of one language."""

    field: str
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Ranking:
    """A query to rank by.

    Attributes:
        query: For tantivy.
        neighbours: Query for words that stand side by side as in the query; None if there are no such words.
        corrected: Words that were not found, and the words looked for beside them.
    """

    query: tantivy.Query
    neighbours: tantivy.Query | None
    corrected: Mapping[str, tuple[str, ...]]

    def whole(self) -> tantivy.Query:
        """Return the query with the bonus for neighbours, for entries that are known: it can't skip the others."""
        if self.neighbours is None:
            return self.query
        bonus = tantivy.Query.boost_query(self.neighbours, _NEIGHBOURS)
        return tantivy.Query.boolean_query([(Occur.Must, self.query), (Occur.Should, bonus)])


class QueryCompiler:
    """Compiles queries for the entries that a view shows."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._schema = view.schema
        self._languages = view.languages[:_MAX_LANGUAGES] or (UNSTEMMED,)

    def ranking(self, query: Query, rare: int = 1) -> Ranking:
        """Compile a query to rank by: each word adds to the score; phrases must be there, exclusions must not.

        Args:
            query: The query.
            rare: A word that fewer entries than this have is joined by the words that are spelled alike.
        """
        text = normalise(" ".join(query.words))
        words = content_words(text, self._languages, alone=not (query.phrases or query.prefix))
        stems = self._rarest(dict(zip(words, self._stems(words), strict=True)))
        weights = {term: 1.0 for found in stems.values() for term in found}
        corrected: dict[str, tuple[str, ...]] = {}
        for word, found in stems.items():
            near = dict(zip(alike, self._stems(alike), strict=True)) if (alike := self._near(word, found, rare)) else {}
            # Another form of the same word is looked for anyhow.
            if others := {
                other: terms for other, terms in near.items() if self._frequency(set(terms) - weights.keys())
            }:
                corrected[word] = tuple(others)
                weights = {term: _CORRECTED for terms in others.values() for term in terms} | weights
        singles: list[tantivy.Query] = []
        for run in list(runs(text))[:_MAX_TERMS]:
            weights |= {Term("characters", pair): 1.0 for pair in _whole_pairs(run)[:_MAX_TERMS]}
            singles += [self._beginning("characters", run)] if len(run) == 1 else []
        if query.prefix:
            weights |= self._unfinished(query.prefix)
        wanted = [(Occur.Should, part) for part in [*self._terms(weights), *singles]]
        return Ranking(self._combined(wanted, query), self._neighbours(text, set(stems)), corrected)

    def matching(self, query: Query) -> tantivy.Query:
        """Compile a query to count by: every word in some form, every phrase and the unfinished word must be there.

        Stop words need not, unless there is nothing else; a word of several parts (`10:30`) is a phrase.
        """
        text = normalise(" ".join(query.words))
        content = set(content_words(text, self._languages, alone=not (query.phrases or query.prefix)))
        needed: list[tantivy.Query] = []
        for word in query.words:
            parts = folded(without_unspaced(normalise(word)))
            if len(parts) != 1 or parts[0] in content:
                needed += self._holding(word)
        if query.prefix:
            *whole, last = folded(without_unspaced(normalise(query.prefix))) or [""]
            needed += [self._term(Term("exact", word)) for word in whole]
            needed += [self._beginning("exact", last)] if last else []
            needed += self._sequences("characters", runs(normalise(query.prefix)))
        return self._combined([(Occur.Must, part) for part in needed], query)

    def conditions(self, query: Query) -> tantivy.Query:
        """Compile only what decides, phrases and exclusions; every entry matches a query that has neither."""
        return self._combined([(Occur.Must, self._view.everything())], query)

    def any_of(self, weights: Mapping[Term, float]) -> tantivy.Query:
        """Return the disjunction of weighted terms."""
        return tantivy.Query.boolean_query([(Occur.Should, part) for part in self._terms(weights)])

    def _combined(self, wanted: list[tuple[Occur, tantivy.Query]], query: Query) -> tantivy.Query:
        """Return the wanted parts with the query's phrases and exclusions."""
        phrases = [(Occur.Must, part) for phrase in query.phrases for part in self._phrase(phrase)]
        if not wanted and not phrases:
            return tantivy.Query.empty_query()
        excluded = [
            (Occur.MustNot, tantivy.Query.boolean_query([(Occur.Must, part) for part in parts]))
            for words in query.excluded
            if (parts := self._holding(words[0]) if len(words) == 1 else self._phrase(words))
        ]
        return tantivy.Query.boolean_query([*wanted, *phrases, *excluded])

    def _neighbours(self, text: str, words: Set[str]) -> tantivy.Query | None:
        """Return a query for those of the words that stand side by side in a normalised text."""
        typed = folded(without_unspaced(text))
        pairs_of_words = dict.fromkeys(
            (one, other) for one, other in pairwise(typed) if one != other and one in words and other in words
        )
        phrases = [(Occur.Should, self._sequence("exact", list(pair))) for pair in pairs_of_words]
        return tantivy.Query.boolean_query(phrases) if phrases else None

    def _stems(self, words: Sequence[str]) -> list[list[Term]]:
        """Return, for each folded word, its different stems in the languages of the index."""
        main, *others = self._languages
        found = [[Term("body", text)] for text in stem(words, main)]
        for language in others:
            for terms, text in zip(found, stem(words, language), strict=True):
                term = None if Term("body", text) in terms else self._of_language(text, language)
                terms += [term] if term else []
        return found

    def _of_language(self, text: str, language: str) -> Term | None:
        """Return a stem of a language other than the main one, or None if no text of that language has it.

        The Spanish stem of “area” is the English word “are”. Where most texts with a stem are in other languages,
        only those of its own count.
        """
        term = Term("body", text)
        everywhere = self._view.frequency(term.field, text)
        own = self._view.count(self._term(Term("body", text, language))) if everywhere else 0
        return (term if own * 2 >= everywhere else Term("body", text, language)) if own else None

    def _rarest(self, stems: dict[str, list[Term]]) -> dict[str, list[Term]]:
        if len(stems) <= _MAX_TERMS:
            return stems
        counts = {word: self._frequency(found) for word, found in stems.items()}
        rarest = set(sorted((word for word in stems if counts[word]), key=counts.__getitem__)[:_MAX_TERMS])
        return {word: found for word, found in stems.items() if word in rarest}

    def _near(self, word: str, stems: Iterable[Term], rare: int) -> tuple[str, ...]:
        if any(self._view.has(term.field, term.text, rare) for term in stems):
            return ()
        return corrections(
            word, lambda near: self._view.frequency("exact", near), lambda start: self._view.terms("exact", start)
        )

    def _frequency(self, terms: Iterable[Term]) -> int:
        return sum(self._view.frequency(term.field, term.text) for term in terms)

    def _unfinished(self, prefix: str) -> dict[Term, float]:
        """Return the terms an unfinished word may become: the words that begin with it, and its own stem."""
        text = normalise(prefix)
        words = folded(without_unspaced(text))
        terms = {term: 1.0 for found in self._stems(words) for term in found}
        terms |= {Term("characters", pair): 1.0 for run in runs(text) for pair in _whole_pairs(run)}
        if words:
            completions = [word for word, _ in self._view.terms("exact", words[-1], _MAX_COMPLETIONS)]
            terms |= {
                Term("exact", word): 1.0 for word in drop_any_stopwords(completions, self._languages) or completions
            }
        return terms

    def _holding(self, word: str) -> list[tantivy.Query]:
        """Return what an entry must match to hold a word as typed, in any form."""
        text = normalise(word)
        words = folded(without_unspaced(text))
        parts = self._sequences("characters", runs(text))
        if len(words) == 1:
            parts.append(self.any_of(dict.fromkeys(self._stems(words)[0], 1.0)))
        elif words:
            parts.append(self._sequence("exact", words))
        return parts

    def _phrase(self, words: Sequence[str]) -> list[tantivy.Query]:
        """Return what an entry must match to hold the words one after the other, unstemmed."""
        text = normalise(" ".join(words))
        spaced = folded(without_unspaced(text))
        return self._sequences("characters", runs(text)) + ([self._sequence("exact", spaced)] if spaced else [])

    def _sequences(self, field: str, found: Iterable[str]) -> list[tantivy.Query]:
        return [
            self._sequence(field, _whole_pairs(run)) if len(run) > 1 else self._beginning(field, run) for run in found
        ]

    def _sequence(self, field: str, words: list[str]) -> tantivy.Query:
        if len(words) == 1:
            return self._term(Term(field, words[0]))
        return tantivy.Query.phrase_query(self._schema, field, list(words))

    def _beginning(self, field: str, start: str) -> tantivy.Query:
        return tantivy.Query.regex_query(self._schema, field, f"{re.escape(start)}.*")

    def _terms(self, weights: Mapping[Term, float]) -> list[tantivy.Query]:
        return [
            self._term(term) if weight == 1.0 else tantivy.Query.boost_query(self._term(term), weight)
            for term, weight in weights.items()
        ]

    def _term(self, term: Term) -> tantivy.Query:
        query = tantivy.Query.term_query(self._schema, term.field, term.text, "freq")
        if not term.language:
            return query
        language = tantivy.Query.term_query(self._schema, "language", term.language, "basic")
        silent = tantivy.Query.const_score_query(language, 0.0)
        return tantivy.Query.boolean_query([(Occur.Must, query), (Occur.Must, silent)])


def _whole_pairs(run: str) -> list[str]:
    """Return the pairs of a run, without its single last character."""
    return pairs(run)[:-1]
