"""Lines of a stored text with their places in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple


class Line(NamedTuple):
    """A line: its first character in the stored text, and its words without the line end."""

    start: int
    text: str


def lines(text: str, begin: int, end: int) -> Iterator[Line]:
    """Yield the lines of `text[begin:end]`."""
    while begin < end:
        stop = text.find("\n", begin, end)
        stop = end if stop < 0 else stop
        yield Line(begin, text[begin:stop])
        begin = stop + 1


def space_between(before: str, after: str) -> str:
    """Return what stands between two lines that are joined: a space, or nothing in a script without spaces."""
    ends = (before[-1:], after[:1])
    return "" if all(each and unicodedata.east_asian_width(each) in "WF" for each in ends) else " "


def around(text: str, at: int, size: int) -> tuple[int, int]:
    """Return where a part of about `size` characters begins and ends that has `at` in its midst and whole lines.

    A line longer than half a part is cut.
    """
    return cut_before(text, max(0, at - size // 2), size), cut_after(text, min(len(text), at + size // 2), size)


def cut_before(text: str, at: int, size: int) -> int:
    """Return the beginning of the line at `at`, or `at` itself where the line begins more than half a part before."""
    found = text.rfind("\n", max(0, at - size // 2), at) + 1
    return found if found or at <= size // 2 else at


def cut_after(text: str, at: int, size: int) -> int:
    """Return the end of the line at `at`, or `at` itself where the line ends more than half a part behind."""
    found = text.find("\n", at, at + size // 2)
    return found + 1 if found >= 0 else (len(text) if len(text) - at <= size // 2 else at)
