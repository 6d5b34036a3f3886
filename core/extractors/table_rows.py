"""Rows of a table as lines of text, for spreadsheets and delimited files alike.

Each row names its columns (`Name: Ada | Born: 1815`), so that a row is found, and can be cited, without the top of its
table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain, islice

HEADER_SEARCH = 10
"""Rows at the top among which the header is looked for; titles and notes may stand above it."""

LABEL_LIMIT = 80
"""A longer cell is no column name."""

Cell = str | float | bool | date | datetime | time | timedelta | None


def row_lines(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield one line for each row that is not empty.

    The header is the first row of which most cells, and at least two, are distinct short words, where another row
    follows; without one, cells are joined by ` | `.
    """
    texts = (row for cells in rows if any(row := [cell_text(cell) for cell in cells]))
    top = list(islice(texts, HEADER_SEARCH))
    width = max(map(len, top), default=0)
    at = next((index for index, row in enumerate(top[:-1]) if _is_header(row, width)), None)
    if at is None:
        yield from map(_joined, chain(top, texts))
        return
    header = top[at]
    yield from map(_joined, top[: at + 1])
    for row in chain(top[at + 1 :], texts):
        yield " | ".join(_named(header, column, cell) for column, cell in enumerate(row) if cell)


def cell_text(cell: Cell) -> str:
    """Return a cell's value on one line: whole numbers without a fraction, dates as ISO 8601, spans as `30:00:00`."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return " ".join(cell.split())
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.12g}"
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(int(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return str(cell)


def _is_header(row: Sequence[str], width: int) -> bool:
    labels = [cell for cell in row if cell]
    return (
        len(labels) >= max(2, 0.6 * width)
        and len(set(labels)) == len(labels)
        and all(len(label) <= LABEL_LIMIT and not _is_number(label) for label in labels)
    )


def _is_number(text: str) -> bool:
    """Whether the text is a number, an amount or a date, such as `12`, `-3,5 %` or `2024-05-01`."""
    digits = sum(character.isdigit() for character in text)
    return 2 * digits > len(text.replace(" ", ""))


def _named(header: Sequence[str], column: int, cell: str) -> str:
    label = header[column] if column < len(header) else ""
    return f"{label.rstrip(':')}: {cell}" if label else cell


def _joined(row: Sequence[str]) -> str:
    return " | ".join(cell for cell in row if cell)
