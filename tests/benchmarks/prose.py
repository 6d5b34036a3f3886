"""Text for benchmarks: as long as wanted, the same for the same seed, and with the word statistics of real prose.

Speed of keyword search depends on how often words occur, so the vocabulary follows the Zipf-Mandelbrot law
`p(rank) ~ 1 / (rank + 2.7) ** 1.07` (Mandelbrot 1953; the exponent and shift are those commonly fitted to English).
The most frequent ranks are English function words, so that stop words cost what they cost in life; all others are
pronounceable words with English endings, so that stemmers have something to do.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np


def _words(text: str) -> list[str]:
    return text.split()


_FUNCTION_WORDS = _words(
    """
    the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which
    one you were all their there been if more when will would who so no said its about into than them can only other
    time new some could these two may first then do any like my now over such our man me even most made after also did
    many off before must well back through years much where your way down should because long each just state those
    people
    """
)
_ONSETS = _words("b c d f g h j k l m n p r s t v w br ch cl cr dr fl fr gl gr pl pr qu sh sl sp st str th tr")
_VOWELS = _words("a e i o u ai ea ee io ou")
_CODAS = ["", "", "", "l", "m", "n", "r", "s", "t", "ck", "ld", "nd", "ng", "nt", "rd", "rm", "st"]
_ENDINGS = ["", "", "", "", "s", "ed", "ing", "er", "ly", "ation", "ness", "able"]
_BATCH = 1_000


class Prose:
    """A seeded source of chunks and questions; two instances with the same arguments give the same text."""

    def __init__(self, seed: int = 7, vocabulary: int = 60_000) -> None:
        self._random = np.random.default_rng(seed)
        self.words = np.array(self._vocabulary(vocabulary), dtype=object)
        weights = 1.0 / (np.arange(vocabulary) + 2.7) ** 1.07
        self._cumulative = np.cumsum(weights / weights.sum())

    def _vocabulary(self, size: int) -> list[str]:
        """Return `size` different words, most frequent first; frequent ones are short."""
        words = dict.fromkeys(_FUNCTION_WORDS)
        while len(words) < size:
            syllables = 1 + int(self._random.random() < 0.5) + int(len(words) > 2_000)
            parts = [
                str(self._random.choice(_ONSETS)) + str(self._random.choice(_VOWELS)) + str(self._random.choice(_CODAS))
                for _ in range(syllables)
            ]
            stem = "".join(parts)
            for ending in self._random.choice(_ENDINGS, size=3, replace=False):
                words[stem + str(ending)] = None
        return list(words)[:size]

    def _ranks(self, shape: tuple[int, int]) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
        ranks = np.searchsorted(self._cumulative, self._random.random(shape))
        return np.minimum(ranks, len(self.words) - 1)

    def chunks(self, count: int, words: int = 120) -> Iterator[str]:
        """Yield `count` texts of `words` words in sentences of twelve."""
        for first in range(0, count, _BATCH):
            for row in self._ranks((min(_BATCH, count - first), words)):
                drawn = self.words[row].tolist()
                sentences = [" ".join(drawn[at : at + 12]).capitalize() for at in range(0, words, 12)]
                yield ". ".join(sentences) + "."

    def questions(self, count: int, words: int = 8) -> list[str]:
        """Return questions of `words` words drawn like the text: about half function words, as in real questions."""
        return [" ".join(self.words[row].tolist()) + "?" for row in self._ranks((count, words))]

    def prefixes(self, count: int, letters: int = 3) -> list[str]:
        """Return beginnings, `letters` long, of words drawn like the text but longer than the beginning."""
        found: list[str] = []
        while len(found) < count:
            drawn = self.words[self._ranks((1, 4 * count))[0]].tolist()
            found += [word[:letters] for word in drawn if len(word) > letters]
        return found[:count]
