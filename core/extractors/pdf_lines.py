"""Lines of a PDF page, and how they flow together into paragraphs.

A PDF knows glyphs at places, not paragraphs. PDFium finds pieces of lines; what belongs together is told here from
where they stand: their edges, distance and size. Joined lines give sentences that can be cited; table rows and list
items keep their lines.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

HYPHEN = "\ufffe"
"""PDFium's mark for a hyphen that parts a word at the end of a line."""

_MARKER = re.compile(
    r"(?:[•·▪■□●○◦‣⁃∙❖➢✓–—*\-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\[\w{1,12}\]|\d{1,2}(?:\.\d{1,2}){1,4})\s",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?:;。！？…][\"'”’»)\]]*$")
_COMPOUND = re.compile(r"\b\w++(?:-\w++)+")
_LEADER = re.compile(r"… [\divxlc]+$")
_WIDE = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text and its box, as the page is looked at, in points from the lower left corner.

    A line whose place is not known has a height of 0.
    """

    text: str
    left: float = 0
    right: float = 0
    bottom: float = 0
    height: float = 0


def rows(pieces: Iterable[Line]) -> list[Line]:
    """Put together what PDFium cut where the size or the base line changes: exponents, formulas, cells side by side."""
    lines: list[Line] = []
    for piece in pieces:
        if lines and _same_row(lines[-1], piece):
            above = lines.pop()
            wider = max(above, piece, key=lambda line: line.right - line.left)
            gap = " " if piece.left - above.right > 0.12 * piece.height else ""
            text = above.text + gap + piece.text
            piece = Line(text, min(above.left, piece.left), max(above.right, piece.right), wider.bottom, wider.height)
        lines.append(piece)
    return lines


def _same_row(above: Line, piece: Line) -> bool:
    small = min(above.height, piece.height)
    if not small or above.text.endswith(HYPHEN):
        return False
    overlap = min(above.bottom + above.height, piece.bottom + piece.height) - max(above.bottom, piece.bottom)
    return overlap > 0.4 * small and -0.5 * small < piece.left - above.right < 12 * small


class Flow:
    """Joins the lines of one document, page by page.

    The hyphenated compounds met so far tell whether a hyphen at the end of a line belongs to the word.
    """

    def __init__(self) -> None:
        self._compounds: set[str] = set()

    def join(self, lines: Sequence[Line], apart: Collection[int] = ()) -> tuple[str, list[int]]:
        """Return the text of a page, and for each line the offset in it at which the line begins.

        Lines whose index is in `apart` begin a block whatever stands above them, as a heading does.
        """
        for line in lines:
            self._compounds.update(word.casefold() for word in _COMPOUND.findall(line.text))
        glue = separators(lines, apart)
        parts: list[str] = []
        starts: list[int] = []
        length = 0
        for index, line in enumerate(lines):
            text = line.text
            follows = glue[index + 1] if index + 1 < len(lines) else "\n"
            if text.endswith(HYPHEN):
                keep = "" if follows == "" and self._parted(text[:-1], lines[index + 1].text) else "-"
                text = text[:-1] + keep
            separator = glue[index] if index else ""
            starts.append(length + len(separator))
            parts += (separator, text)
            length += len(separator) + len(text)
        return "".join(parts), starts

    def _parted(self, head: str, tail: str) -> bool:
        """Whether the hyphen between the two is only there because the line was full."""
        first = tail[:1]
        if not first.islower():
            return False
        left = re.split(r"[^\w-]", head[-40:])[-1]
        right = re.split(r"[^\w-]", tail[:40])[0]
        return f"{left}-{right}".casefold() not in self._compounds


def separators(lines: Sequence[Line], apart: Collection[int] = ()) -> list[str]:
    """Return what stands before each line: nothing or a space (same paragraph), a line end, or a blank line."""
    blocks = _blocks(lines)
    glue = [""] if lines else []
    first = 0  # where the paragraph began
    lengths = {0: 1}
    for index in range(1, len(lines)):
        between = "\n\n" if index in apart else _between(lines, first, index, blocks)
        glue.append(between)
        if between.startswith("\n"):
            first = index
        lengths[first] = lengths.get(first, 0) + 1
    return _with_blank_lines(lines, glue, lengths, blocks)


def _between(lines: Sequence[Line], first: int, index: int, blocks: Sequence[_Block]) -> str:
    """Return what stands before the line at `index`, whose paragraph so far began at `first`."""
    above, line = lines[index - 1], lines[index]
    if above.text.endswith(HYPHEN):
        return ""
    if blocks[index] is not blocks[index - 1] or not _continues(lines, first, index, blocks[index]):
        return "\n"
    return "" if _WIDE.match(above.text[-1]) and _WIDE.match(line.text[0]) else " "


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    """Lines one below the other, of one size and one leading; `right` is the edge that full lines reach."""

    right: float
    leading: float


def _blocks(lines: Sequence[Line]) -> list[_Block]:
    blocks: list[_Block] = []
    start = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and _below(lines[max(start, index - 8) : index], lines[index]):
            continue
        members = lines[start:index]
        steps = _steps(members)
        block = _Block(max(line.right for line in members), median(steps) if steps else 0.0)
        blocks += [block] * len(members)
        start = index
    return blocks


def _steps(lines: Sequence[Line]) -> list[float]:
    return [a.bottom - b.bottom for a, b in pairwise(lines) if a.bottom - b.bottom > 0.5 * b.height]


def _below(members: Sequence[Line], line: Line) -> bool:
    """Whether `line` goes on the block: at most 1.35 of its leading lower (3 heights for the second line)."""
    above = members[-1]
    if not above.height or not line.height or not 0.87 < line.height / above.height < 1.15:
        return False
    steps = _steps(members)
    limit = 1.35 * median(steps) if steps else 3 * line.height
    step = above.bottom - line.bottom
    return 0.5 * line.height < step <= limit and line.left < above.right and above.left < line.right


def _continues(lines: Sequence[Line], first: int, index: int, block: _Block) -> bool:
    """Whether the line goes on the paragraph that began at `first`: the one above is full, and the left edge fits."""
    above, line = lines[index - 1], lines[index]
    if _MARKER.match(line.text) or _spread(above) or _spread(line):
        return False
    word = len(line.text.split(" ", 1)[0])
    room = 1.2 * (line.right - line.left) * (min(word, 20) + 1) / len(line.text)
    if block.right - above.right > room:
        return False
    indent = line.left - above.left
    em = line.height
    if abs(indent) <= 0.6 * em:
        return True
    begins = index - 1 == first
    if indent < 0:
        return begins and indent > -5 * em
    return indent < 6 * em and begins and (bool(_MARKER.match(above.text)) or not _SENTENCE_END.search(above.text[-8:]))


def _spread(line: Line) -> bool:
    """Whether the words stand so far apart that the line must be a table row or an entry of a contents table."""
    if not line.height or _WIDE.search(line.text):
        return False
    return line.right - line.left > 0.8 * line.height * len(line.text) or bool(_LEADER.search(line.text[-12:]))


def _with_blank_lines(
    lines: Sequence[Line], glue: list[str], lengths: dict[int, int], blocks: Sequence[_Block]
) -> list[str]:
    """Part blocks, and paragraphs of several lines, by a blank line; rows and items stay together."""
    begins = sorted(lengths)
    for before, first in pairwise(begins):
        prose = (lengths[before] > 1 or lengths[first] > 1) and not _MARKER.match(lines[first].text)
        if blocks[first] is not blocks[first - 1] or prose:
            glue[first] = "\n\n"
    return glue
