"""Finds on a page of a PDF what stands at a place of its stored text.

The stored text is in reading order, without the hyphens at the ends of lines; the viewer has the page's text in the
order in which the file draws it. So a passage is found by the runs of words that both share, and a word by how often it
has stood on the page before.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from difflib import SequenceMatcher

from core.domain.extracted import PAGE_KINDS, Extracted

Place = tuple[int, int]
_WORD = re.compile(r"\w+")
_RUN = 3
"""Words in a row that the passage and the page must share; fewer are shared by chance."""
_GAP = 12
"""Words of the page between two such runs that belong to the passage, too."""
_MOST_WORDS = 3_000


class Pages:
    """Where each page begins in a stored text; pages are counted from 0, as the viewer does."""

    def __init__(self, extracted: Extracted) -> None:
        self._text = extracted.text
        found = [
            (each.start, int(each.label) - 1)
            for each in extracted.anchors
            if each.kind in PAGE_KINDS and each.label.isdecimal()
        ]
        self._starts = [start for start, _ in found]
        self._numbers = [number for _, number in found]

    def at(self, offset: int) -> int:
        """Return the page at an offset; the first where none is known."""
        index = bisect_right(self._starts, offset) - 1
        return self._numbers[index] if index >= 0 else 0

    def span(self, page: int) -> Place:
        """Return where a page begins and ends in the stored text; nothing for one without text."""
        if page not in self._numbers:
            return 0, 0
        index = self._numbers.index(page)
        end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self._text)
        return self._starts[index], end

    def places(self, page: int, places: Sequence[Place]) -> range:
        """Return which of the places, in order, begin on a page."""
        start, end = self.span(page)
        return range(bisect_left(places, (start, 0)), bisect_left(places, (end, 0)))


def passage_on_page(shown: str, passage: str) -> list[Place]:
    """Return which parts of a page's text belong to a passage.

    Args:
        shown: The text of the page, as the viewer has it.
        passage: That part of the passage which stands on the page, as it is stored.
    """
    on_page = [(found[0].casefold(), found.start(), found.end()) for found in _WORD.finditer(shown)][:_MOST_WORDS]
    wanted = [found[0].casefold() for found in _WORD.finditer(passage)][:_MOST_WORDS]
    matcher = SequenceMatcher(None, [word for word, _, _ in on_page], wanted, autojunk=False)
    parts: list[Place] = []
    for block in matcher.get_matching_blocks():
        if block.size < min(_RUN, len(wanted)) or not block.size:
            continue
        first, last = block.a, block.a + block.size - 1
        if parts and first - parts[-1][1] <= _GAP:
            parts[-1] = parts[-1][0], last
        else:
            parts.append((first, last))
    return [(on_page[first][1], on_page[last][2]) for first, last in parts]


def words_on_page(shown: str, stored: str, places: Sequence[Place]) -> list[Place | None]:
    """Return where each of the places of the stored text stands in a page's text; None where it is not found.

    Args:
        shown: The text of the page, as the viewer has it.
        stored: The whole stored text.
        places: The places on that page, in order.
    """
    known: dict[str, list[Place]] = {}
    used: dict[str, int] = {}
    found: list[Place | None] = []
    for start, end in places:
        word = " ".join(stored[start:end].casefold().split())
        if word not in known:
            known[word] = _occurrences(shown, word)
            used[word] = 0
        number = used[word]
        used[word] += 1
        found.append(known[word][number] if number < len(known[word]) else None)
    return found


def _occurrences(shown: str, word: str) -> list[Place]:
    """Return where a word or a phrase stands, also where the end of a line stands in it."""
    parts = [re.escape(part) for part in word.split()]
    if not parts:
        return []
    # No word boundary beside a sign, or in a script without spaces between words.
    before = r"(?<!\w)" if word.isascii() and word[0].isalnum() else ""
    after = r"(?!\w)" if word.isascii() and word[-1].isalnum() else ""
    pattern = re.compile(before + r"\s+".join(parts) + after, re.IGNORECASE)
    return [(found.start(), found.end()) for found in pattern.finditer(shown)]
