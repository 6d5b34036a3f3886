"""Hostile spreadsheets: cells far apart, counts without sense, one text named a million times."""

from __future__ import annotations

import random
import struct
from pathlib import Path

from tests.core.extractors.office_files import compound_file, opendocument, sheet_row, xls, xlsb, xlsx
from tests.hostile.zip_files import BILLION, Write

_CORNER = sheet_row(1, {"A": 1.0}) + sheet_row(1_048_576, {"XFD": 2.0})


def _record(number: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(content)) + content


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0))


def _biff(cells: bytes) -> bytes:
    """Return a workbook of one sheet with these records."""
    sheet = _begin(0x10) + cells + _record(0x0A)
    name = b"S"
    start = len(_begin(5)) + 4 + 8 + len(name) + 4
    bounds = _record(0x85, struct.pack("<IBBBB", start, 0, 0, len(name), 0) + name)
    return compound_file({"Workbook": _begin(5) + bounds + _record(0x0A) + sheet})


def _number(row: int, column: int) -> bytes:
    return _record(0x0203, struct.pack("<HHHd", row, column, 0, 1.0))


def _shared(path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 200_001))
    strings = f"<sst><si><t>{'word ' * 6000}</t></si></sst>"
    xlsx(path, {"S": rows}, **{"xl/sharedStrings.xml": strings})


def _noise(write: Write, seed: int) -> Write:
    def noisy(path: Path) -> None:
        write(path)
        content = bytearray(path.read_bytes())
        chance = random.Random(seed)
        for _ in range(200):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content)

    return noisy


FILES: dict[str, Write] = {
    "far-corner.xlsx": lambda path: xlsx(path, {"S": _CORNER}),
    "far-corner-without-names.xlsx": lambda path: xlsx(
        path, {"S": '<row r="1"><c><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>'}
    ),
    "row-four-billion.xlsx": lambda path: xlsx(
        path, {"S": sheet_row(1, {"A": 1.0}) + sheet_row(4_294_967_295, {"A": 1.0})}
    ),
    "dimension-of-everything.xlsx": lambda path: xlsx(
        path, {"S": sheet_row(1, {"A": 1.0}) + '</sheetData><dimension ref="A1:XFD1048576"/><sheetData>'}
    ),
    "negative-text.xlsx": lambda path: xlsx(path, {"S": '<row r="1"><c r="A1" t="s"><v>-7</v></c></row>'}),
    "one-text-many-cells.xlsx": _shared,
    "billion-laughs.xlsx": lambda path: xlsx(
        path, {"S": _CORNER}, **{"xl/sharedStrings.xml": f"{BILLION}<sst>&l9;</sst>"}
    ),
    "date-beyond-time.xlsx": lambda path: xlsx(path, {"S": sheet_row(1, {"A": (1e300, 1), "B": (-1e18, 1)})}),
    "thousand-sheets.xlsx": lambda path: xlsx(path, {f"S{n}": sheet_row(1, {"A": 1.0}) for n in range(3000)}),
    "far-corner.xls": lambda path: path.write_bytes(_biff(_number(0, 0) + _number(65_535, 65_535))),
    "many-far-corners.xls": lambda path: path.write_bytes(
        _biff(b"".join(_number(n, 255 - n % 256) for n in range(0, 65_536, 40)))
    ),
    "long-record.xls": lambda path: path.write_bytes(_biff(struct.pack("<HH", 0x00FC, 0xFFFF) + b"\xff" * 4000)),
    "texts-that-are-not-there.xls": lambda path: path.write_bytes(
        _biff(
            _record(0x00FC, struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF))
            + _record(0x00FD, struct.pack("<HHHI", 0, 0, 0, 7))
        )
    ),
    "noise.xls": _noise(lambda path: xls(path, [["a", 1.0]] * 50), 1),
    "noise.xlsb": _noise(lambda path: xlsb(path, [["a", 1.0]] * 50), 2),
    "repeated-cell.ods": lambda path: opendocument(
        path,
        "spreadsheet",
        '<table:table table:name="T"><table:table-row table:number-rows-repeated="1000000000">'
        '<table:table-cell table:number-columns-repeated="1000000000" office:value-type="string"><text:p>x</text:p>'
        "</table:table-cell></table:table-row></table:table>",
    ),
    "repeated-rows.ods": lambda path: opendocument(
        path,
        "spreadsheet",
        '<table:table table:name="T">'
        + (
            '<table:table-row table:number-rows-repeated="60000"><table:table-cell table:number-columns-repeated="100" '
            'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
        )
        * 10
        + "</table:table>",
    ),
    "repeated-minus-one.ods": lambda path: opendocument(
        path,
        "spreadsheet",
        '<table:table table:name="T"><table:table-row table:number-rows-repeated="-1"><table:table-cell '
        'table:number-columns-repeated="99999999999999999999"/></table:table-row></table:table>',
    ),
}
