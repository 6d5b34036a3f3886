"""CSV and TSV: each row becomes a line that names its columns."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from core.domain.extracted import Extracted
from core.extractors.builder import TextBuilder
from core.extractors.failures import translated
from core.extractors.table_rows import row_lines
from core.extractors.text import LINES_PER_ANCHOR, read_clean

_SAMPLE = 20_000
_DELIMITERS = ",;\t|"
_CELL_LIMIT = 2**31 - 1


class DelimitedExtractor:
    """Reads rows of cells, whatever delimits them."""

    media_types: tuple[str, ...] = ("text/csv", "text/tab-separated-values")

    def extract(self, path: Path) -> Extracted:
        """Return one line for each row, with `line` anchors; raises `ExtractionFailed` (`unreadable`, `vanished`)."""
        with translated("table"):
            builder = TextBuilder()
            text = read_clean(path, builder)
            csv.field_size_limit(_CELL_LIMIT)
            rows = csv.reader(io.StringIO(text), _dialect(text))
            for number, line in enumerate(row_lines(rows)):
                if number % LINES_PER_ANCHOR == 0:
                    # Of the lines of the text; a cell may go over several lines of the file.
                    builder.place("line", str(number + 1))
                builder.add(line, "\n")
                if builder.full:
                    break
            return builder.build()


def _dialect(text: str) -> type[csv.Dialect]:
    """Return how the rows are written; by default as a comma-separated file."""
    sample = text[:_SAMPLE]
    # The sniffer tries regular expressions on the whole sample; complete lines serve it best.
    sample = sample[: sample.rfind("\n") + 1] or sample
    try:
        return csv.Sniffer().sniff(sample, _DELIMITERS)
    except csv.Error:
        return csv.excel_tab if sample.count("\t") > sample.count(",") else csv.excel
