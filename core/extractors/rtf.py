"""Rich Text Format by striprtf: paragraphs, table rows, footnotes in place, title and author.

striprtf keeps no headings, and takes ever longer with size, so that pictures are cut out first and what is left has a
limit.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from pathlib import Path

from striprtf.striprtf import rtf_to_text

from core.domain.extracted import Extracted
from core.errors import ExtractionFailed
from core.extractors.builder import TextBuilder
from core.extractors.failures import damaged, require_content, translated

FILE_LIMIT = 100_000_000
TEXT_LIMIT = 5_000_000
"""Characters of RTF, without pictures and embedded objects, that are given to striprtf."""

_WHAT = "RTF file"
_to_text: Callable[[str, str, str], str] = rtf_to_text  # it has no annotations
_START = re.compile(rb"[\s\xef\xbb\xbf]*\{\\rtf")
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})\b")
_EMBEDDED = re.compile(r"\{(?:\\\*)?\\(?:pict|objdata|blipuid|themedata|colorschememapping|datastore)\b[^{}]*+")
_INNER_GROUP = re.compile(r"(?:\{[^{}]*+\}[^{}]*+)*+\}")
_FOOTNOTE = re.compile(r"\{\\footnote\b ?")
_ITEM = re.compile(r"(?:[•·▪◦–-]|\(?\w{1,3}[.)])\s")
_INFO = {
    "title": re.compile(r"\{\\title[ \r\n]([^{}]{1,1000})\}"),
    "author": re.compile(r"\{\\author[ \r\n]([^{}]{1,1000})\}"),
}
_CREATED = re.compile(r"\{\\creatim\\yr(\d{4})\\mo(\d\d?)\\dy(\d\d?)(?:\\hr(\d\d?)\\min(\d\d?))?")


class RtfExtractor:
    """Reads RTF in any code page."""

    media_types: tuple[str, ...] = ("application/rtf",)

    def extract(self, path: Path) -> Extracted:
        """Return the document's text; raises `ExtractionFailed` (`damaged`, `too_large`, `empty`, …)."""
        with translated(_WHAT):
            require_content(path, _WHAT)
            if path.stat().st_size > FILE_LIMIT:
                raise _too_large()
            data = path.read_bytes()
            if not _START.match(data[:100]):
                raise damaged(_WHAT)
            encoding = _encoding(data)
            markup = _without_embedded(data.decode(encoding, "replace"))
            if len(markup) > TEXT_LIMIT:
                raise _too_large()
            builder = TextBuilder()
            _add_paragraphs(builder, _plain(markup, encoding))
            return builder.build(_metadata(markup, encoding))


def _add_paragraphs(builder: TextBuilder, text: str) -> None:
    """Add each paragraph as a block; rows of a table, and items of a list, stay together."""
    before = ""
    for line in text.split("\n"):
        if line.rstrip().endswith("|"):
            kind, line = "row", " | ".join(cell.strip() for cell in line.rstrip().rstrip("|").split("|"))
        else:
            kind = "item" if _ITEM.match(line.strip()) else ""
            line = line.strip()
        if line:
            builder.add(line, "\n" if kind and kind == before else "\n\n")
            before = kind


def _plain(markup: str, encoding: str) -> str:
    # A link's address is a destination for striprtf, as are notes: the first is renamed to one that needs no search for
    # its words (which takes quadratic time), the second is read where it stands.
    markup = _FOOTNOTE.sub("{ ", markup.replace("\\fldinst", "\\datafield"))
    try:
        return _to_text(markup, encoding, "replace")
    except LookupError:  # a font with a character set that Python lacks, of the old Macintosh
        return _to_text(re.sub(r"\\fcharset\d+", r"\\fcharset1", markup), encoding, "replace")


def _without_embedded(markup: str) -> str:
    """Cut out the groups of pictures and embedded objects: hexadecimal digits by the million."""
    parts = []
    place = 0
    while (match := _EMBEDDED.search(markup, place)) is not None:
        parts.append(markup[place : match.start()])
        end = _INNER_GROUP.match(markup, match.end())
        place = end.end() if end is not None else match.end()
        if end is None:
            parts.append("{")  # cut off, or nested deeper: what is left goes on as an empty group
    parts.append(markup[place:])
    return "".join(parts)


def _encoding(data: bytes) -> str:
    match = _CODE_PAGE.search(data[:2000])
    encoding = f"cp{match.group(1).decode('ascii')}" if match else "cp1252"
    try:
        codecs.lookup(encoding)
    except LookupError:
        return "cp1252"
    return encoding


def _metadata(markup: str, encoding: str) -> dict[str, str | int | float | None]:
    start = markup[:100_000]
    facts: dict[str, str | int | float | None] = {}
    for name, pattern in _INFO.items():
        match = pattern.search(start)
        if match is not None:
            facts[name] = _to_text(f"{{\\rtf1 {match.group(1)}}}", encoding, "replace")
    created = _CREATED.search(start)
    if created is not None:
        year, month, day, hour, minute = (int(each) if each else 0 for each in created.groups())
        facts["created"] = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00"
    return facts


def _too_large() -> ExtractionFailed:
    return ExtractionFailed("too_large", f"This {_WHAT} is larger than Carrel reads.", "Save it as DOCX and add that.")
