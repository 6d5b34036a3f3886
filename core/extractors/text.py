"""Plain text, and data files that are best read as they are written (XML, YAML, TOML, INI).

The text is kept as it stands, so that a passage shows what the file shows. An anchor marks every fiftieth line: that is
about one a passage, so that "open at line 1,234" counts a few lines on from an anchor, and a log of a hundred thousand
lines does not store as many anchors.
"""

from __future__ import annotations

import re
from pathlib import Path

from core.domain.extracted import Extracted, Remark
from core.extractors.builder import CHARACTER_LIMIT, TextBuilder, clean
from core.extractors.decode import read_text
from core.extractors.failures import translated

LINES_PER_ANCHOR = 50

_NEWLINE = re.compile("\n")


class TextExtractor:
    """Reads plain text in any encoding."""

    media_types: tuple[str, ...] = ("text/plain", "application/xml", "application/yaml", "application/toml")

    def extract(self, path: Path) -> Extracted:
        """Return the text as it is written; raises `ExtractionFailed` (`unreadable`, `vanished`)."""
        with translated("text file"):
            builder = TextBuilder()
            add_lines(builder, read_clean(path, builder))
            return builder.build()


def read_clean(path: Path, builder: TextBuilder) -> str:
    """Return a file's text as the builder will keep it; remarks on an empty or very long file go to the builder.

    Raises:
        OSError: If the file can't be read.
    """
    read = read_text(path)
    text = clean(read.text)
    if not text.strip():
        builder.remarks.append(Remark("empty", "There is no text in this file."))
    elif read.cut and len(text) <= CHARACTER_LIMIT:  # past the limit the builder says so itself
        builder.remarks.append(Remark("truncated", "The file is very long; only its beginning was read."))
    return text


def add_lines(builder: TextBuilder, text: str) -> None:
    """Add clean text to an empty builder as it stands, with an anchor at its first line and at every fiftieth after."""
    builder.add(text)
    builder.mark(0, "line", "1")
    for count, newline in enumerate(_NEWLINE.finditer(text, 0, len(builder)), 1):
        if count % LINES_PER_ANCHOR == 0:
            builder.mark(newline.end(), "line", str(count + 1))
