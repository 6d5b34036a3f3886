"""Tables of web pages: rows become lines; a table that only arranges its page is told from one that holds data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from core.extractors.table_rows import row_lines

_SPAN_LIMIT = 50
_COLUMN_LIMIT = 200
_CELL_LIMIT = 500


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: the texts of its cells, spans filled in, and which of them the page calls headings."""

    cells: list[str]
    headings: list[bool]


def table_lines(table: LexborNode, text_of: Callable[[LexborNode], str]) -> list[str] | None:
    """Return the rows as lines, or None for a table that only arranges the page.

    Args:
        table: A `table` element.
        text_of: Gives the words of an element on one line.
    """
    if (table.attributes.get("role") or "") in ("presentation", "none") or table.css_first(
        "table table, h1, h2, h3, form"
    ):
        return None
    rows = list(_rows(table, text_of))
    if not rows or max(len(row.cells) for row in rows) < 2:
        return None
    if any(len(cell) > _CELL_LIMIT for row in rows for cell in row.cells):
        return None
    caption = table.css_first("caption")
    lines = [words] if caption is not None and (words := text_of(caption)) else []
    if len(rows) > 1 and all(rows[0].headings):
        return [*lines, *row_lines([row.cells for row in rows])]
    return [*lines, *(line for row in rows if (line := _line(row)))]


def _line(row: _Row) -> str:
    if len(row.cells) == 2 and row.headings == [True, False]:
        return ": ".join(filter(None, (row.cells[0].rstrip(":"), row.cells[1])))
    return " | ".join(filter(None, row.cells))


def _rows(table: LexborNode, text_of: Callable[[LexborNode], str]) -> Iterator[_Row]:
    below: dict[int, tuple[int, str]] = {}  # column → rows that its cell still reaches down, and the cell's words
    for row in table.css("tr"):
        cells: list[str] = []
        headings: list[bool] = []
        for cell in row.iter():
            if cell.tag not in ("td", "th"):
                continue
            _fill(below, cells, headings)
            words = text_of(cell)
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            for column in range(len(cells), len(cells) + across):
                if down > 1 and column < _COLUMN_LIMIT:
                    below[column] = (down - 1, words if column == len(cells) else "")
            headings += [cell.tag == "th"] * across
            cells += [words] + [""] * (across - 1)
        _fill(below, cells, headings)
        yield _Row(cells, headings)


def _fill(below: dict[int, tuple[int, str]], cells: list[str], headings: list[bool]) -> None:
    """Append the cells that reach down into this row from above."""
    while len(cells) in below:
        rows_left, words = below.pop(len(cells))
        if rows_left > 1:
            below[len(cells)] = (rows_left - 1, words)
        cells.append(words)
        headings.append(False)


def _span(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "").strip()
    return min(max(1, int(value)), _SPAN_LIMIT) if value.isascii() and value.isdigit() and len(value) < 10 else 1
