"""A text with its tokens: what every chunker measures and cuts."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left

from core.chunkers.base import TokenCounter
from core.domain.chunk import Span
from core.domain.extracted import Extracted, Places

_TEXT = re.compile(r"\S")
# A comma ends a clause in scripts without spaces.
_WORD_END = re.compile(r"\s|[、，；：،؛]")
_JOINER = "\u200d"
_LONGEST_CLUSTER = 16


class TokenizedText:
    """The text of a document, its tokens and its places."""

    def __init__(self, extracted: Extracted, counter: TokenCounter) -> None:
        self.text = extracted.text
        self._starts = counter.starts(extracted.text)
        self._places = Places(extracted.anchors)

    def tokens_before(self, position: int) -> int:
        """Return how many tokens begin before a character."""
        return bisect_left(self._starts, position)

    def tokens(self, start: int, end: int) -> int:
        """Return how many tokens begin inside a slice."""
        return self.tokens_before(end) - self.tokens_before(start)

    def token_start(self, index: int) -> int:
        """Return the character at which a token begins; the end of the text for one past the last."""
        return self._starts[index] if index < len(self._starts) else len(self.text)

    def next_text(self, position: int) -> int:
        """Return the first character from `position` on that is not white space; the end of the text if none is."""
        found = _TEXT.search(self.text, position)
        return found.start() if found else len(self.text)

    def first_place(self, index: int) -> int:
        """Return the character at which the token begins, or the next one if earlier tokens begin there as well."""
        index = max(0, index)
        place = self.token_start(index)
        return place + 1 if index and self._starts[index - 1] == place else place

    def last_word_end(self, low: int, high: int) -> int:
        """Return the last place in `(low, high]` at which a word or a clause has ended; -1 where there is none."""
        if self.text[high : high + 1].isspace():
            return high
        found = _WORD_END.search(self.text[low:high][::-1])
        return high - found.start() if found else -1

    def next_word(self, low: int, high: int) -> int:
        """Return the first place in `[low, high)` at which a word or a clause begins.

        Without one (a script without spaces) it is the first at which a character does.
        """
        if self.text[low - 1 : low].isspace():
            return low
        found = _WORD_END.search(self.text, low, high)
        return found.end() if found else self.whole_character(low, 1)

    def whole_character(self, place: int, step: int) -> int:
        """Return the nearest place, stepping by +1 or -1, that does not part a letter from its marks."""
        moved = place
        for _ in range(_LONGEST_CLUSTER):
            if not 0 < moved < len(self.text) or not _continues(self.text, moved):
                return moved
            moved += step
        return place

    def span(self, start: int, end: int) -> Span:
        """Return the slice without the white space around it, with its page, heading path and token count."""
        start = self.next_text(start)
        end = start + len(self.text[start:end].rstrip())
        return Span(start, end, self._places.page(start), self._places.heading(start), self.tokens(start, end))


def _continues(text: str, position: int) -> bool:
    character = text[position]
    return unicodedata.category(character)[0] == "M" or _JOINER in (character, text[position - 1])
