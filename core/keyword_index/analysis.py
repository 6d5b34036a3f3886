"""From text to the terms that are indexed and looked up; both sides must take exactly the same way.

Three kinds of terms, each with a field of its own:

- *folded words* (`exact`): lower case, without diacritics, unstemmed. For phrases, prefixes, completion and spelling.
- *stems* (`body`): folded words cut to their stem by the Snowball stemmer of the text's language. A query's
  words are stemmed in each language that the index holds. Folding comes before stemming: a query typed without accents
  has to arrive at the same stem.
- *character pairs* (`characters`): Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese are not separated into words
  by spaces, so each pair of neighbouring characters is a term, and the last character of a run is one, too. A word of
  two characters is one term; a longer one is a phrase of pairs; one character is the beginning of a pair. (Lucene's
  CJKAnalyzer does the same.) The single character at the end of each run keeps phrases from running across.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import repeat
from operator import add

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from core.domain.words import UNSPACED

VERSION = 1
"""Raised when a change here makes existing indices wrong; an index of another version is rebuilt."""

STEMMERS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
"""Language code to the name of tantivy's stemmer."""

_LONGEST_WORD = 100
"""Bytes; longer runs of letters are data (base64, hashes in a row), not words, and would only swell the dictionary."""

_KNOWN_STEMS = 50_000
"""Texts repeat their words: to remember a stem takes a quarter of the time of making it again, and 100 bytes."""

_LINE_BREAK = rf"[ \t\r]*\n[ \t\r]*(?=[{UNSPACED}])"
_RUN = re.compile(rf"[{UNSPACED}]+(?:{_LINE_BREAK}[{UNSPACED}]+)*")
_SPACE = re.compile(r"\s+")

# What NFKC leaves and a reader does not see: lone surrogates, combining marks without a precomposed letter, the vowel
# signs of Arabic and Hebrew, soft hyphens and joiners, the Arabic elongation. Also the dotted capital I, whose lower
# case would keep the dot as a mark of its own.
_INVISIBLE = re.compile(
    "[\ud800-\udfff\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640"
    "\u00ad\u200c\u200d\u2060\ufeff]"
)
# Letters outside the Latin alphabet, which tantivy's folding leaves alone, that people type with and without accents.
_ACCENTED, _PLAIN = "άέήίόύώϊϋΐΰΆΈΉΊΌΎΏΪΫёЁ", "αεηιουωιυιυΑΕΗΙΟΥΩΙΥеЕ"
_HAS_ACCENTED = re.compile(f"[{_ACCENTED}]")
_UNACCENT = str.maketrans(_ACCENTED, _PLAIN)


def normalise(text: str) -> str:
    """Return the text in the form that is analysed: NFKC, without marks that only help the reader's eye."""
    if text.isascii():
        return text
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).replace("İ", "I")
    return text.translate(_UNACCENT) if _HAS_ACCENTED.search(text) else text


def without_unspaced(normalised: str) -> str:
    """Return a normalised text with a space in the place of each run of unspaced script."""
    return normalised if normalised.isascii() else _RUN.sub(" ", normalised)


def folded(normalised: str) -> list[str]:
    """Return the folded words of a normalised text, in order; runs of unspaced script must be taken out before."""
    return _folding().analyze(normalised)


def lowered(normalised: str) -> list[str]:
    """Return the words in lower case with their diacritics, as stop-word lists have them."""
    return _lowering().analyze(normalised)


def stem(words: Sequence[str], language: str) -> list[str]:
    """Return the stem of each folded word; the words themselves if the language has no stemmer."""
    return list(map(_stem, words, repeat(language))) if language in STEMMERS else list(words)


def runs(normalised: str) -> Iterator[str]:
    """Yield the runs of unspaced script in a normalised text; a line break inside a run is not part of it."""
    if not normalised.isascii():
        for match in _RUN.finditer(normalised):
            yield _SPACE.sub("", match[0])


def pairs(run: str) -> list[str]:
    """Return the terms of a run as they are indexed: each pair of neighbours, then the last character alone."""
    return [*map(add, run, run[1:]), run[-1]]


@cache
def _folding() -> TextAnalyzer:
    return _words().filter(Filter.ascii_fold()).build()


@cache
def _lowering() -> TextAnalyzer:
    return _words().build()


@lru_cache(_KNOWN_STEMS)
def _stem(word: str, language: str) -> str:
    return " ".join(_stemming(language).analyze(word))


@cache
def _stemming(language: str) -> TextAnalyzer:
    return TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.stemmer(STEMMERS[language])).build()


def _words() -> TextAnalyzerBuilder:
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    return builder.filter(Filter.remove_long(_LONGEST_WORD)).filter(Filter.lowercase())
