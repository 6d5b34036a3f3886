"""Sets plain text: paragraphs, the headings that its reader found, the head of a mail, and what is quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from desktop.widgets.preview.blocks import Block, Look, Role, Run
from desktop.widgets.preview.lines import Line, space_between

_ITEM = re.compile(r"[ \t]*(?:[-*+•–]|\d{1,3}[.)]|[a-z]\))[ \t]+\S")
_FIELD = re.compile(r"([A-Z][\w-]{1,30}:) ")
_SET_BY_HAND = re.compile(r"\s|.*(?:\t|\S {2,}\S)")
_SHORTEST, _LONGEST = 55, 140
"""Lines of about this length were broken by a machine, and are joined again to fit the pane."""


def prose(lines: Sequence[Line], headings: Mapping[int, int], *, mail: bool = False) -> Iterator[Block]:
    """Yield the blocks of plain text; `headings` gives the depth of the lines that are headings, by their start."""
    head = mail
    paragraph: list[Line] = []
    for line in lines:
        own = line.start in headings or _is_item(line) or line.text.startswith(">") or not line.text.strip()
        field = _FIELD.match(line.text) if head else None
        if own or field:
            yield from _paragraph(paragraph)
            paragraph = []
        if field:
            key, value = line.text[: field.end()], line.text[field.end() :]
            yield Block(
                Look.FIELD, 0, [Run(key, line.start, Role.MUTED), Run(value, line.start + len(key), Role.STRONG)]
            )
        elif line.start in headings:
            yield Block(Look.HEADING, headings[line.start], [Run(line.text, line.start)])
        elif _is_item(line):
            yield Block(Look.ITEM, 1, [Run(line.text, line.start)])
        elif line.text.startswith(">"):
            yield Block(Look.QUOTE, 0, [Run(line.text, line.start, Role.MUTED)])
        elif line.text.strip():
            paragraph.append(line)
        elif head:
            yield Block(Look.FIELD)
            head = False
    yield from _paragraph(paragraph)


def _is_item(line: Line) -> bool:
    return len(line.text) < 2000 and _ITEM.match(line.text) is not None


def _paragraph(lines: Sequence[Line]) -> Iterator[Block]:
    if len(lines) > 1 and all(_broken_by_machine(each.text) for each in lines[:-1]):
        yield joined(lines)
        return
    for place, line in enumerate(lines):
        fixed = len(line.text) < 2000 and _SET_BY_HAND.match(line.text) is not None
        look = Look.CODE if fixed else Look.BODY
        yield Block(look, int(look is Look.BODY and place < len(lines) - 1), [Run(line.text, line.start)])


def _broken_by_machine(line: str) -> bool:
    return _SHORTEST <= len(line) <= _LONGEST and not _SET_BY_HAND.match(line)


def joined(lines: Sequence[Line]) -> Block:
    """Return lines as one paragraph; the end of a line becomes a space."""
    runs: list[Run] = []
    for line in lines:
        if runs:
            runs.append(Run(space_between(runs[-1].text, line.text), None))
        runs.append(Run(line.text, line.start))
    return Block(Look.BODY, 0, runs)
