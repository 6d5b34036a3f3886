"""The part of a passage to show with a hit."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

Match = tuple[int, int]
"""First character, and one past the last."""


class Snippet(NamedTuple):
    """The part of a passage that is shown.

    Attributes:
        text: The part, with each run of white space as one space, and “…” where something is left out.
        matches: Where matches stand in it.
        place: Where in the passage the first of those matches stands; where there is none, the part itself.
    """

    text: str
    matches: tuple[Match, ...]
    place: int


_ELLIPSIS = "…"
_WHITE = re.compile(r"\s+")
_MARKS = re.compile(
    r"^[ \t]*\#{1,6}[ \t]+ | ^[ \t]*(?:```|~~~)[^\n]*$ | \*\* | !?\[(?=[^\]\n]*\]\([^)\n]*\)) | \]\([^)\n]*\)",
    re.MULTILINE | re.VERBOSE,
)
_UNTIDY = re.compile(r"\s{2,}|[^\S ]")


def without_marks(markdown: str) -> str:
    """Return a text in Markdown with spaces in the place of what only formats it; every character stays at its place.

    Marks of headings, fences of code, double stars, and of links everything but their words.
    """
    return _MARKS.sub(lambda mark: " " * len(mark[0]), markdown)


def merged(matches: Iterable[Match]) -> list[Match]:
    """Return matches in order, those that overlap as one."""
    result: list[Match] = []
    for start, end in sorted(matches):
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def cut_snippet(text: str, matches: Sequence[Match], width: int = 240) -> Snippet:
    """Return the part of a text with most different matches, cut at the ends of words.

    Args:
        text: A passage.
        matches: Matches in it, in order, without overlaps, with no white space at their ends.
        width: Most characters of the text that are shown. Where something is left out there is a “…” besides.
    """
    start, end = _window(text, matches, width)
    before = _ELLIPSIS if text[:start].strip() else ""
    after = _ELLIPSIS if text[end:].strip() else ""
    shown = text[start:end]
    # Where white space was shortened: position in `shown` after it, and the characters taken away up to there.
    ends, removed = [0], [-len(before)]
    for white in _UNTIDY.finditer(shown):
        ends.append(white.end())
        removed.append(removed[-1] + white.end() - white.start() - 1)
    inside = [(max(first, start), min(last, end)) for first, last in matches if first < end and last > start]
    moved = (tuple(at - start - removed[bisect_right(ends, at - start) - 1] for at in match) for match in inside)
    return Snippet(
        f"{before}{_UNTIDY.sub(' ', shown)}{after}",
        tuple((first, last) for first, last in moved),
        inside[0][0] if inside else start,
    )


def _window(text: str, matches: Sequence[Match], width: int) -> Match:
    """Return the part to show, without white space at its ends, and of whole words if possible."""
    if len(text) <= width:
        start, end = 0, len(text)
    else:
        start, end = _around(text, *_densest(text, matches, width), width)
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _densest(text: str, matches: Sequence[Match], width: int) -> Match:
    """Return first and last character of the matches to show: most different words, then most words, then the first."""
    best, chosen = (0, 0), (0, 0)
    words = [text[start:end].casefold() for start, end in matches]
    last = 0
    for first, (start, _) in enumerate(matches):
        last = max(last, first)
        while last + 1 < len(matches) and matches[last + 1][1] - start <= width:
            last += 1
        value = (len(set(words[first : last + 1])), last + 1 - first)
        if value > best:
            best, chosen = value, (start, min(matches[last][1], start + width))
    return chosen


def _around(text: str, first: int, last: int, width: int) -> Match:
    """Return a part of `width` characters around `first` to `last`, shortened to the ends of words."""
    spare = width - (last - first)
    start = max(0, min(first - spare // 3, len(text) - width))
    end = start + width
    if start and not text[start - 1].isspace() and (white := _WHITE.search(text, start, first)):
        start = white.end()
    if end < len(text) and not text[end].isspace():
        gap = max((text.rfind(space, last, end) for space in (" ", "\n", "\t")), default=-1)
        end = gap if gap > last else end
    return start, end
