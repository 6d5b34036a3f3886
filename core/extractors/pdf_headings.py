"""Headings of a PDF: from its outline where it has one, else from lines that are larger than the text around them.

Few PDFs say what is a heading. Larger lines are a good guess (on a thesis with an outline they were its chapters and
sections, and little else), so that the guess is strict, and none is made where it would be noise.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium

from core.extractors.builder import clean
from core.extractors.pdf_lines import HYPHEN, Line

OUTLINE_LIMIT = 10_000
LARGER = 1.2
"""Height of a heading at the least, in heights of the text that most of the document is set in."""

_ALIKE = 1.05
_LENGTHS = range(3, 121)
_LINES_LIMIT = 3
_LEVEL_LIMIT = 4
_NOISE = 0.15
_KEY = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)*\.?\s")


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline; `top` is the height on the page that it points at, if it tells."""

    title: str
    level: int
    top: float | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that begins at the line of this index on its page, and takes `span` lines; 0 if they lack its words."""

    line: int
    label: str
    level: int
    span: int = 1


def outline(document: pypdfium2.PdfDocument) -> dict[int, list[Bookmark]]:
    """Return the entries of a document's outline by page index."""
    entries: dict[int, list[Bookmark]] = defaultdict(list)
    for entry in islice(document.get_toc(), OUTLINE_LIMIT):
        try:
            title = " ".join(clean(entry.get_title()).split())
        except UnicodeDecodeError:
            continue
        destination = entry.get_dest()
        index = destination.get_index() if destination else None
        if title and index is not None:
            mode, place = destination.get_view()
            top = place[1] if mode == pdfium.PDFDEST_VIEW_XYZ and len(place) > 1 and place[1] > 0 else None
            entries[index].append(Bookmark(title, entry.level + 1, top))
    return entries


def placed(bookmarks: Sequence[Bookmark], lines: Sequence[Line]) -> list[Heading]:
    """Return the headings of one page, which has lines, for the bookmarks that point at it."""
    keys = [_key(line.text) for line in lines]
    places = [_place(bookmark, lines, keys) for bookmark in bookmarks]
    return [Heading(line, each.title, each.level, span) for each, (line, span) in zip(bookmarks, places, strict=True)]


def _place(bookmark: Bookmark, lines: Sequence[Line], keys: Sequence[str]) -> tuple[int, int]:
    """Return the index of the line that holds the bookmark's words, else of the one it points at, else 0; and its span.

    The title may run over two lines, and its number may stand in the page alone. Of several lines, the nearest to the
    place that the bookmark points at wins, then the one with the least besides the title.
    """
    wanted = _key(bookmark.title)
    found: list[tuple[float, int, int, int]] = []
    for index, (line, key) in enumerate(zip(lines, keys, strict=True)):
        span = 1
        if key and len(key) < len(wanted) and wanted.startswith(key) and index + 1 < len(lines):
            key += keys[index + 1]
            span = 2
        if wanted and wanted in key:
            distance = abs(line.bottom + line.height - bookmark.top) if bookmark.top is not None else 0.0
            found.append((distance, len(key) - len(wanted), index, span))
    if found:
        _, _, index, span = min(found)
        return index, span
    if bookmark.top is not None:
        return next((i for i, line in enumerate(lines) if line.height and line.bottom < bookmark.top), 0), 0
    return 0, 0


def guessed(pages: Sequence[Sequence[Line]]) -> list[list[Heading]]:
    """Return for each page the lines that are larger than the text of the document; their levels go by their height."""
    body = _text_height(pages)
    found = [_larger(lines, body * LARGER) for lines in pages]
    count = sum(map(len, found))
    if not body or count > max(3, _NOISE * sum(map(len, pages))):
        return [[] for _ in pages]
    repeated = Counter(label for headings in found for label in {each.label for each in headings})
    heights: list[float] = []
    for height in sorted((each.height for headings in found for each in headings), reverse=True):
        if not heights or height * _ALIKE < heights[-1]:
            heights.append(height)
    return [
        [
            Heading(
                each.line, each.label, min(sum(each.height * _ALIKE < h for h in heights) + 1, _LEVEL_LIMIT), each.span
            )
            for each in headings
            if repeated[each.label] < max(3, len(pages) / 2)  # else it is the name of the document over each page
        ]
        for headings in found
    ]


def _text_height(pages: Sequence[Sequence[Line]]) -> float:
    """Return the height in which most characters are set, to half a point."""
    heights: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            heights[round(2 * line.height) / 2] += len(line.text) if line.height else 0
    return heights.most_common(1)[0][0] if heights else 0.0


@dataclass(frozen=True, slots=True)
class _Candidate:
    line: int
    span: int
    height: float
    label: str


def _larger(lines: Sequence[Line], least: float) -> list[_Candidate]:
    """Return what may be headings on a page; lines of one height below each other are one."""
    runs: list[list[int]] = []
    for index, line in enumerate(lines):
        if line.height >= least:
            if runs and _goes_on(lines, runs[-1][-1], index):
                runs[-1].append(index)
            else:
                runs.append([index])
    found = []
    for run in runs:
        label = " ".join(lines[index].text for index in run).replace(f"{HYPHEN} ", "").replace(HYPHEN, "-")
        if len(run) <= _LINES_LIMIT and _may_be_heading(label):  # more lines are a text in large type
            found.append(_Candidate(run[0], len(run), lines[run[0]].height, label))
    return found


def _goes_on(lines: Sequence[Line], last: int, index: int) -> bool:
    above, line = lines[last], lines[index]
    return (
        last == index - 1
        and max(line.height, above.height) < _ALIKE * min(line.height, above.height)
        and 0 < above.bottom - line.bottom < 2 * line.height
        and not _NUMBER.match(line.text)
    )


def _may_be_heading(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return len(text) in _LENGTHS and 2 * letters >= len(text) and text[0].isalnum() and text[-1] not in ".,;"


def _key(text: str) -> str:
    return _KEY.sub("", text).casefold()
