"""The sections of a document, as its anchors tell them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import itemgetter

from core.chunkers.tokenized import TokenizedText
from core.domain.extracted import HEADING_KINDS, Anchor

SECTION_KINDS = (*HEADING_KINDS, "slide")
_LONGEST_HEADING = 200


def section_starts(anchors: Sequence[Anchor]) -> list[int]:
    """Return where sections begin, ascending."""
    return sorted({anchor.start for anchor in anchors if anchor.kind in SECTION_KINDS})


def heading_lines(text: TokenizedText, anchors: Sequence[Anchor]) -> list[tuple[int, int]]:
    """Return `(start of the line, start of the text below it)` for each heading whose words stand in the text."""
    found = []
    for anchor in anchors:
        if anchor.kind == "heading":
            end = text.text.find("\n", anchor.start, anchor.start + _LONGEST_HEADING)
            if end >= 0 and anchor.label in text.text[anchor.start : end]:
                found.append((anchor.start, text.next_text(end)))
    return found


def heading_line(headings: Sequence[tuple[int, int]], place: int) -> int:
    """Return the start of the heading line that a cut at `place` parts from the text below it; -1 if it parts none."""
    index = bisect_left(headings, place, key=itemgetter(0)) - 1
    return headings[index][0] if index >= 0 and place <= headings[index][1] else -1


def joined_sections(
    text: TokenizedText, anchors: Sequence[Anchor], kinds: Sequence[str], size: int
) -> Iterator[tuple[int, int]]:
    """Yield the sections in order, small ones joined with those below them.

    A section of less than half the size takes in the next one, if both fit and the next is not of a higher level (the
    end of a chapter does not take in the next chapter's beginning).
    """
    levels = {anchor.start: anchor.level for anchor in reversed(anchors) if anchor.kind in kinds}
    starts = [start for start in sorted(levels) if start > 0]
    start, top = 0, levels.get(0, 0)
    for end, following in zip(starts, [*starts, len(text.text)][1:], strict=True):
        small = text.tokens(start, end) < size // 2
        if not (small and levels[end] >= top and text.tokens(start, following) <= size):
            yield start, end
            start, top = end, levels[end]
    yield start, len(text.text)
