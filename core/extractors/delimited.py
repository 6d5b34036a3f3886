"""CSV and TSV: each row becomes a line that names its columns."""

from __future__ import annotations

import csv
import io
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path

from core.domain.extracted import Extracted
from core.extractors.builder import TextBuilder
from core.extractors.failures import translated
from core.extractors.table_rows import row_lines
from core.extractors.text import LINES_PER_ANCHOR, read_clean

_DELIMITERS = ",;\t|"
_SAMPLE_LINES = 50
_SAMPLE = 100_000
_CELL_LIMIT = 100_000
"""Characters of a cell; a longer one is a quotation mark that was never closed."""


class DelimitedExtractor:
    """Reads rows of cells, whatever delimits them."""

    media_types: tuple[str, ...] = ("text/csv", "text/tab-separated-values")

    def extract(self, path: Path) -> Extracted:
        """Return one line for each row, with `line` anchors; raises `ExtractionFailed` (`unreadable`, `vanished`)."""
        with translated("table"):
            file = TextBuilder()
            text = read_clean(path, file)
            try:
                builder = _read(text, quoted=True)
            except csv.Error:
                builder = _read(text, quoted=False)
            builder.remarks += file.remarks
            return builder.build()


def _read(text: str, *, quoted: bool) -> TextBuilder:
    builder = TextBuilder()
    numbers: deque[int] = deque()  # the line of the file at which each row ends that was taken but not added yet
    csv.field_size_limit(_CELL_LIMIT if quoted else len(text) + 1)
    reader = csv.reader(
        io.StringIO(_without_directive(text), newline=""),
        delimiter=delimiter(text),
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
    )

    def rows() -> Iterator[list[str]]:
        for row in reader:
            if any(cell.strip() for cell in row):
                numbers.append(reader.line_num)
                yield row

    for count, line in enumerate(row_lines(rows())):
        number = numbers.popleft()
        if count % LINES_PER_ANCHOR == 0:
            builder.place("line", str(number))
        builder.add(line, "\n")
        if builder.full:
            break
    return builder


def delimiter(text: str) -> str:
    """Return the character that parts most lines at the top into the same number of cells, two at least."""
    if text.startswith("sep=") and text[4:5] in _DELIMITERS:  # how spreadsheet programs are told
        return text[4]
    lines = text[:_SAMPLE].split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES]
    best, most = ",", 0.0
    for each in _DELIMITERS:
        try:
            rows = [row for row in csv.reader(lines, delimiter=each) if row]
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows)
        width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
        agreement = count / max(len(rows), 1) + width / 1000
        if width > 1 and agreement > most:
            best, most = each, agreement
    return best


def _without_directive(text: str) -> str:
    return "\n" + text.partition("\n")[2] if text.startswith("sep=") else text
