"""Where a query's words stand in a passage.

The passage's own characters are looked at, so that positions are exact; a word of it is marked when it arrives at the
same stem as a word of the query. The hits of one query share most of their words, so each different word is analysed
once for all of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from core.domain.query import Query
from core.domain.words import UNSPACED
from core.keyword_index.analysis import folded, normalise, pairs, runs, stem, without_unspaced
from core.keyword_index.snippet import Match, Snippet, cut_snippet, merged
from core.keyword_index.stopwords import content_words

_IS_UNSPACED = re.compile(f"[{UNSPACED}]")
_INNER = "\u00ad\u200c\u200d\u2060" + "".join(
    mark
    for mark in map(chr, range(0x300, 0x1D00))
    if unicodedata.category(mark) in ("Mn", "Mc") and not _IS_UNSPACED.match(mark)
)
_WORD = re.compile(rf"[^\W_{UNSPACED}]+(?:[{_INNER}]+[^\W_{UNSPACED}]*)*")
_IN_WORD = re.compile(rf"[^\W_{UNSPACED}{_INNER}]|[{_INNER}]")
_LINE_BREAK = r"(?:[ \t\r]*\n[ \t\r]*)?"
_PIECE = 50_000
"""Characters that are looked at in one go; a regular expression lets no other thread run meanwhile (2 ms)."""
_OVERLAP = 1_000
"""Characters that two pieces share, so that a phrase on their border is found."""


class Highlighter:
    """Marks the words of one query in many passages.

    Args:
        query: The query.
        corrected: Words that were looked for beside the query's own, as in `KeywordMatches.corrected`.
    """

    def __init__(self, query: Query, corrected: Mapping[str, Sequence[str]] | None = None) -> None:
        self._query = query
        self._corrected = [word for words in (corrected or {}).values() for word in words]
        phrases = [_folded(" ".join(phrase)) for phrase in query.phrases]
        *begun, self._prefix = _folded(query.prefix) or [""]
        self._exact = {*begun, *(phrase[0] for phrase in phrases if len(phrase) == 1)}
        self._phrases = [phrase for phrase in phrases if len(phrase) > 1]
        texts = (*query.words, query.prefix, *(" ".join(phrase) for phrase in query.phrases))
        self._runs = [run for text in texts for run in runs(normalise(text))]
        self._parts: dict[str, list[str]] = {}  # of words that were looked at for a phrase
        self._seen: dict[str, set[str]] = {}
        self._forms: dict[str, set[str]] = {}
        self._starts: dict[str, set[str]] = {}  # words with which a phrase may begin

    def matches(self, text: str, language: str) -> list[Match]:
        """Return where the query's words, phrases and unfinished word stand in a text, in order, without overlaps.

        Args:
            text: A passage, or a whole document.
            language: Its language, as it was indexed.
        """
        pieces = list(_pieces(text))
        found: list[Match] = []
        for begin, piece in pieces:
            words = set(_WORD.findall(piece))
            self._analyse(words, language)
            found += _moved(self._words_in(piece, words, language), begin)
        for run in self._runs:
            found += _run_occurrences(run, pieces)
        return merged(found)

    def snippets(self, passages: Sequence[tuple[str, str]], width: int = 240) -> list[Snippet]:
        """Return the best part of each passage, given as text and language."""
        words = [set(_WORD.findall(text)) for text, _ in passages]
        for language in {language for _, language in passages}:
            mine = (each for each, (_, other) in zip(words, passages, strict=True) if other == language)
            self._analyse(set().union(*mine), language)
        return [
            cut_snippet(text, self._marked(text, each, language), width)
            for each, (text, language) in zip(words, passages, strict=True)
        ]

    def _marked(self, text: str, words: set[str], language: str) -> list[Match]:
        """Return the matches in a text whose different words are `words` and have been analysed."""
        found = [*self._words_in(text, words, language)]
        for run in self._runs:
            found += _run_occurrences(run, [(0, text)])
        return merged(found)

    def _words_in(self, text: str, words: set[str], language: str) -> Iterator[Match]:
        for form in words & self._forms[language]:
            yield from _occurrences(form, text)
        for phrase in self._phrases:
            for form in words & self._starts[language]:
                yield from self._phrase_occurrences(phrase, form, text)

    def _analyse(self, words: set[str], language: str) -> None:
        """Find out which of these words of passages match a word of the query."""
        seen = self._seen.setdefault(language, set())
        forms = self._forms.setdefault(language, set())
        starts = self._starts.setdefault(language, set())
        new = list(words - seen)
        seen.update(new)
        wanted, exact, prefix = self._wanted(language), self._exact, self._prefix
        first = {phrase[0] for phrase in self._phrases}
        # A stemmer changes the ends of words: most words of a passage are told apart by their first letter.
        initials = {word[0] for word in (*wanted, *exact, *first, prefix) if word}
        new = [word for word in new if not word[0].isascii() or word[0].lower() in initials]
        folds = folded(normalise(" ".join(new)))
        if len(folds) != len(new):  # marks of Indic scripts end a word for tantivy
            parts = [(word, part) for word in new for part in folded(normalise(word))]
            new, folds = [word for word, _ in parts], [part for _, part in parts]
        forms.update(word for word, root in zip(new, stem(folds, language), strict=True) if root in wanted)
        if exact:
            forms.update(word for word, fold in zip(new, folds, strict=True) if fold in exact)
        if prefix:
            forms.update(word for word, fold in zip(new, folds, strict=True) if fold.startswith(prefix))
        if first:
            starts.update(word for word, fold in zip(new, folds, strict=True) if fold in first)

    def _wanted(self, language: str) -> set[str]:
        text = normalise(" ".join(self._query.words))
        alone = not (self._query.phrases or self._query.prefix)
        words = [*content_words(text, (language,), alone), *self._corrected, *_folded(self._query.prefix)]
        return set(stem(words, language))

    def _phrase_occurrences(self, phrase: list[str], form: str, text: str) -> Iterator[Match]:
        """Yield where folded words follow each other in a text, the first of them in the word `form`."""
        for at, part in enumerate(self._split(form)):
            if part == phrase[0]:
                for start, _ in _occurrences(form, text):
                    end = self._end_of(phrase, at, text, start)
                    if end is not None:
                        yield start, end

    def _end_of(self, phrase: list[str], at: int, text: str, start: int) -> int | None:
        """Return where the phrase ends that begins with the part `at` of the word at `start`, or None."""
        left = len(phrase)
        for word in _WORD.finditer(text, start):
            parts = self._split(word[0])[at:]
            at = 0
            if parts[:left] != phrase[len(phrase) - left :][: len(parts)]:
                return None
            left -= len(parts)
            if left <= 0:
                return word.end()
        return None

    def _split(self, word: str) -> list[str]:
        """Return what the keyword index makes of a word: one folded word, of some scripts several, or none."""
        parts = self._parts.get(word)
        if parts is None:
            parts = self._parts[word] = folded(normalise(word))
        return parts


def _folded(text: str) -> list[str]:
    return folded(without_unspaced(normalise(text)))


def _occurrences(word: str, text: str) -> Iterator[Match]:
    """Yield where a word stands in a text as a whole word."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not (start and _IN_WORD.match(text[start - 1])) and not _IN_WORD.match(text[end : end + 1]):
            yield start, end
        start = text.find(word, end)


def _run_occurrences(run: str, pieces: Sequence[tuple[int, str]]) -> list[Match]:
    """Return where a run of unspaced script stands in a text, given in pieces.

    If it is nowhere, it is where its pairs of characters stand.
    """
    for parts in ([run], pairs(run)[:-1]):
        pattern = "|".join(_LINE_BREAK.join(map(re.escape, part)) for part in parts)
        if not pattern:
            continue
        # Looked ahead for, because pairs overlap.
        ahead = re.compile(f"(?=({pattern}))")
        found: list[Match] = []
        for begin, piece in pieces:
            searched = normalise(piece)
            if len(searched) != len(piece):  # then positions would differ
                searched = piece
            found += _moved((match.span(1) for match in ahead.finditer(searched)), begin)
        if found:
            return found
    return []


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield parts of a text that overlap, cut at white space, each with its place."""
    start = 0
    while True:
        end = len(text)
        if end - start > _PIECE:
            end = _gap(text, start + _PIECE // 2, start + _PIECE)
        yield start, text[start:end]
        if end == len(text):
            return
        start = _gap(text, end - 2 * _OVERLAP, end - _OVERLAP)


def _gap(text: str, first: int, last: int) -> int:
    """Return the place behind the last white space in a part of a text; the end of the part if there is none."""
    return max(text.rfind(" ", first, last), text.rfind("\n", first, last)) + 1 or last


def _moved(matches: Iterable[Match], by: int) -> Iterator[Match]:
    return ((start + by, end + by) for start, end in matches)
