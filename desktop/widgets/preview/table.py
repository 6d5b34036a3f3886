"""Sets rows of a table in columns. In the stored text each row names its columns (`Name: Ada | Born: 1815`)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from desktop.widgets.preview.blocks import Block, Look, Role, Run
from desktop.widgets.preview.lines import Line

_WIDEST = 40
"""Characters of the widest column; a longer cell pushes the rest of its row to the right."""
_BETWEEN = "   "

Cell = tuple[str, int]
"""What stands in a cell, and where in the stored text."""


def table(lines: Sequence[Line], sheets: Mapping[int, str]) -> Iterator[Block]:
    """Yield rows; `sheets` gives names of sheets by the offsets at which they begin."""
    rows: list[Line] = []
    for line in lines:
        if line.start in sheets:
            yield from _sheet(rows)
            rows = []
            yield Block(Look.HEADING, 2, [Run(sheets[line.start], None)])
        if line.text.strip():
            rows.append(line)
    yield from _sheet(rows)


def _sheet(lines: Sequence[Line]) -> Iterator[Block]:
    rows = [_cells(line) for line in lines]
    names = _columns(rows)
    if not names:
        yield from (Block(Look.ROW, 0, _joined([(text, start) for _, text, start in row], [])) for row in rows)
        return
    widths = {name: _width(name) for name in names}
    for row in rows:
        for name, text, _ in row:
            if name in widths:
                widths[name] = min(_WIDEST, max(widths[name], _width(text)))
    headed = False
    for row in rows:
        named = {name: (text, start) for name, text, start in row if name}
        if not named:  # the row of names itself, or a title above it
            cells: list[Cell | None] = [(text, start) for _, text, start in row]
            heads = [text for text, _ in filter(None, cells)] == names
            headed = headed or heads
            fitting = [widths[name] for name in names] if heads else []
            yield Block(Look.ROW, 1 if heads else 0, _joined(cells, fitting, Role.STRONG if heads else Role.PLAIN))
            continue
        if not headed:
            headed = True
            yield Block(Look.ROW, 1, [Run(_padded(name, widths[name]) + _BETWEEN, None, Role.MUTED) for name in names])
        extra = [(text, start) for name, text, start in row if not name]
        yield Block(Look.ROW, 0, _joined([*(named.get(name) for name in names), *extra], list(widths.values())))


def _cells(line: Line) -> list[tuple[str, str, int]]:
    """Return the cells of a row: name of the column (empty where none is named), text, offset."""
    cells = []
    start = line.start
    for part in line.text.split(" | "):
        name, colon, text = part.partition(": ")
        cells.append((name, text, start + len(name) + 2) if colon and name else ("", part, start))
        start += len(part) + 3
    return cells


def _columns(rows: Sequence[Sequence[tuple[str, str, int]]]) -> list[str]:
    """Return the names of columns, in their order; none where most rows name none."""
    names: dict[str, int] = {}
    for row in rows:
        for name, _, _ in row:
            if name:
                names[name] = names.get(name, 0) + 1
    plain = next(([text for _, text, _ in row] for row in rows if not any(name for name, _, _ in row)), [])
    if sum(names.values()) < sum(map(len, rows)) / 2:
        return []
    return plain if plain and set(names) <= set(plain) else list(names)


def _joined(cells: Sequence[Cell | None], widths: Sequence[int], role: Role = Role.PLAIN) -> list[Run]:
    runs = []
    for place, cell in enumerate(cells):
        text = cell[0] if cell else ""
        if cell and text:
            runs.append(Run(text, cell[1], role))
        if place < len(cells) - 1:
            room = widths[place] - _width(text) if place < len(widths) else 0
            runs.append(Run(" " * max(0, room) + _BETWEEN, None))
    return runs


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - _width(text))


def _width(text: str) -> int:
    """Return how many places a text takes in a monospaced font: two for each wide character."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
