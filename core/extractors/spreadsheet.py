"""Spreadsheets by calamine: each sheet's rows as lines that name their columns.

calamine keeps the whole rectangle between the outermost cells, so that two cells in opposite corners would end the
process; where the file tells (XLSX), such a sheet is left out before it is read.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from string import ascii_uppercase

import python_calamine as calamine

from core.domain.extracted import Extracted, Remark
from core.extractors.archive import Archive, open_archive, too_large
from core.extractors.builder import TextBuilder
from core.extractors.failures import encrypted, require_content, tolerated, translated
from core.extractors.odf_package import meta_properties, require_plain
from core.extractors.ooxml import core_properties, main_part, relationships
from core.extractors.table_rows import Cell, row_lines
from core.extractors.xml_tree import attribute

CELL_LIMIT = 500_000
"""Cells read of one spreadsheet, empty ones between others included."""

AREA_LIMIT = 8_000_000
"""Cells in the rectangle of a sheet; calamine takes 32 bytes for each."""

_WHAT = "spreadsheet"
_ZIP_MAGIC = b"PK"
_CALAMINE_LIMIT = "Cell limit exceeded"
_CALAMINE_ERRORS = (calamine.CalamineError, calamine.WorksheetNotFound, calamine.XmlError, calamine.ZipError)
# A cell with something in it; those that only have a style close at once, and may fill a sheet to its last row.
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})(\d{1,10})["'][^>]*(?<!/)>""")
# The records at the beginning of a workbook of Excel 97 to 2003: its start, its write protection, its password
# ([MS-XLS] 2.1.7.20.3).
_PASSWORD = re.compile(rb"\x09\x08\x10\x00.{16}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
_OVERLAP = 256  # bytes of a piece that are looked at again with the next, as a match may lie across


class SpreadsheetExtractor:
    """Reads XLSX (and XLSM, XLTX), XLS, XLSB and ODS."""

    media_types: tuple[str, ...] = (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.ms-excel",
        "application/vnd.ms-excel.sheet.binary.macroenabled.12",
        "application/vnd.oasis.opendocument.spreadsheet",
    )

    def extract(self, path: Path) -> Extracted:
        """Return the sheets' cells; raises `ExtractionFailed` (`encrypted`, `damaged`, `too_large`, …)."""
        with translated(_WHAT):
            require_content(path, _WHAT)
            outside = _look_inside(path) if _is_zip(path) else _Outside()
            with closing(_open(path)) as workbook:
                return _read(workbook, outside)


@dataclass(slots=True)
class _Outside:
    """What is known of a file without calamine: metadata, and by sheet the area and the comments."""

    metadata: Mapping[str, str | int | float | None] = field(default_factory=dict)
    areas: dict[str, int] = field(default_factory=dict)
    comments: dict[str, list[str]] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


def _read(workbook: calamine.CalamineWorkbook, outside: _Outside) -> Extracted:
    builder = TextBuilder()
    builder.remarks.extend(outside.remarks)
    left = CELL_LIMIT
    for name in workbook.sheet_names:
        if outside.areas.get(name, 0) > AREA_LIMIT:
            builder.remarks.append(Remark("truncated", f"Sheet “{name}” was left out: its cells lie too far apart."))
            continue
        sheet = _sheet(workbook, name, builder)
        if sheet is None:
            continue
        cells = sheet.height * sheet.width
        rows: Iterable[Sequence[Cell]] = sheet.iter_rows()
        if cells > left:
            rows = islice(rows, left // sheet.width)
            builder.remarks.append(
                Remark("truncated", f"The spreadsheet is very large; only its first {CELL_LIMIT:,} cells were read.")
            )
        builder.place("sheet", name)
        for number, line in enumerate(row_lines(rows)):
            builder.add(line, "\n" if number else "\n\n")
        for comment in outside.comments.get(name, ()):
            builder.add(f"Comment: {comment}")
        left -= cells
        if left <= 0 or builder.full:
            break
    return builder.build(outside.metadata)


def _sheet(workbook: calamine.CalamineWorkbook, name: str, builder: TextBuilder) -> calamine.CalamineSheet | None:
    try:
        return workbook.get_sheet_by_name(name)
    except _CALAMINE_ERRORS as error:
        if _CALAMINE_LIMIT in str(error):
            raise too_large(_WHAT) from error
        builder.remarks.append(Remark("part_failed", f"Sheet “{name}” could not be read."))
        return None


def _open(path: Path) -> calamine.CalamineWorkbook:
    try:
        return calamine.CalamineWorkbook.from_path(path)
    except calamine.PasswordError as error:
        raise encrypted(_WHAT) from error
    except (*_CALAMINE_ERRORS, OSError) as error:  # OSError: a name that is no UTF-8
        if _CALAMINE_LIMIT in str(error):
            raise too_large(_WHAT) from error
        with path.open("rb") as stream:
            # calamine knows a password only where the file's name ends as it should.
            with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
                if _PASSWORD.search(content):
                    raise encrypted(_WHAT) from error
            return calamine.CalamineWorkbook.from_filelike(stream)


def _is_zip(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(len(_ZIP_MAGIC)) == _ZIP_MAGIC


def _look_inside(path: Path) -> _Outside:
    """Check the archive, and find what calamine does not tell."""
    with open_archive(path, _WHAT) as archive:
        archive.check_parts()
        if "content.xml" in archive:
            require_plain(archive)
            return _Outside(meta_properties(archive))
        outside = _Outside(core_properties(archive))
        for name, part in _sheet_parts(archive).items():
            outside.areas[name] = _area(archive.chunks(part))
            with tolerated() as damage:
                outside.comments[name] = list(_comments(archive, part))
            if damage:
                outside.remarks.append(Remark("part_failed", f"The comments of sheet “{name}” could not be read."))
        return outside


def _sheet_parts(archive: Archive) -> dict[str, str]:
    """Return the part of each worksheet of an XLSX by its name; none of an XLSB, whose parts are binary."""
    workbook = main_part(archive, "xl/workbook.xml")
    if not workbook.endswith(".xml"):
        return {}
    known = relationships(archive, workbook)
    found = {}
    for sheet in archive.xml(workbook).iter("sheet"):
        target = known.get(attribute(sheet, "id") or "")
        if target is not None:
            found[sheet.get("name") or ""] = target.part
    return found


def _area(pieces: Iterator[bytes]) -> int:
    """Return how many cells the rectangle around a worksheet's cells has."""
    columns: set[bytes] = set()
    rows: set[int] = set()  # only the outermost of each piece
    rest = b""
    for piece in pieces:
        data = rest + piece
        cells = _CELL.findall(data)
        if cells:
            columns.update(column for column, _ in cells)
            numbers = [int(row) for _, row in cells]
            rows.update((min(numbers), max(numbers)))
        rest = data[-_OVERLAP:]
    if not rows:
        return 0
    places = [_column_number(letters) for letters in columns]
    return (max(rows) - min(rows) + 1) * (max(places) - min(places) + 1)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.decode("ascii"):
        number = 26 * number + ascii_uppercase.index(letter) + 1
    return number


def _comments(archive: Archive, part: str) -> Iterator[str]:
    for target in relationships(archive, part).values():
        if target.kind == "comments":
            for comment in archive.xml(target.part).iter("comment"):
                words = "".join(each.text or "" for each in comment.iter("t")).strip()
                if words:
                    yield words
