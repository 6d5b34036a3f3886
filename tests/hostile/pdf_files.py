"""Hostile PDF files: circles, counts, streams that grow, numbers that no page has."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.hostile.zip_files import MEGABYTE, Write, stretched

_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_TEXT = b"BT /F1 12 Tf 72 700 Td (read) Tj ET"


def pdf(objects: Mapping[int, bytes], trailer: bytes = b"", tail: bytes = b"") -> bytes:
    """Return a PDF of numbered objects, with a table that finds them."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, content in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    size = max(objects) + 1
    rows = (b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(size))
    out += b"xref\n0 %d\n%s" % (size, b"".join(rows))
    return bytes(out) + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n%s" % (size, trailer, start, tail)


def stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), extra, content)


def document(content: bytes, page: bytes = b"", **objects: bytes) -> dict[int, bytes]:
    """Return the objects of one page; `objects` are further ones by `o` and their number, or replace these."""
    made = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>%s>>" % page,
        4: content,
        5: _FONT,
    }
    return made | {int(name[1:]): each for name, each in objects.items()}


def _write(objects: Callable[[], Mapping[int, bytes]], tail: bytes = b"") -> Write:
    return lambda path: path.write_bytes(pdf(objects(), tail=tail))


def _flate(megabytes: int, rounds: int) -> bytes:
    data, _, _ = stretched(b" " * MEGABYTE, megabytes)
    content = b"\x78\x9c" + data  # without its checksum, which nobody asks for
    for _ in range(rounds - 1):
        content = zlib.compress(content, 9)
    return stream(content, b"/Filter[%s]" % (b"/FlateDecode" * rounds))


def _objects_of_objects(path: Path) -> None:
    inner = b"4 0 " + b"(x) " * 10
    made = document(stream(_TEXT))
    for number in range(10, 2000):
        made[number] = stream(inner, b"/Type/ObjStm/N 2000000000/First 4/Extends %d 0 R" % (10 + (number - 9) % 1990))
    path.write_bytes(pdf(made, b"/XRefStm 10"))


def _object_bomb(path: Path) -> None:
    data, _, _ = stretched(b"1 0 " * 65_536, 3000)
    made = document(stream(_TEXT)) | {
        9: stream(b"\x78\x9c" + data, b"/Type/ObjStm/N 100000000/First 700000000/Filter/FlateDecode")
    }
    table = stream(b"".join(b"\x02\x00\x09\x00" for _ in range(9)), b"/Type/XRef/W[1 2 1]/Size 9/Root 1 0 R")
    whole = pdf(made)
    place = len(whole)
    path.write_bytes(whole + b"10 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, place))


def _pages(count: int, one: bool) -> Write:
    made = document(stream(_TEXT))
    kids = b"3 0 R " * count if one else b"".join(b"%d 0 R " % n for n in range(10, 10 + count))
    made[2] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return _write(lambda: made if one else made | dict.fromkeys(range(10, 10 + count), made[3]))


def _outline(entries: Callable[[], Mapping[int, bytes]]) -> Write:
    made = document(stream(_TEXT), o1=b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>")
    first = b"<</Type/Outlines/First 7 0 R/Last 7 0 R/Count 1>>"
    return _write(lambda: made | {6: first} | dict(entries()))


def _form(path: Path) -> None:
    made = document(stream(b"/X Do"), b"/Resources<</XObject<</X 6 0 R/Y 7 0 R>>/Font<</F1 5 0 R>>>>")
    for number, other in ((6, 7), (7, 6)):
        links = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>/Font<</F1 5 0 R>>>>" % other
        made[number] = stream(_TEXT + b" /X Do /X Do", links)
    path.write_bytes(pdf(made))


def _forms(path: Path) -> None:
    """Thirty forms, each of which shows the next one ten times."""
    made = document(stream(b"/X Do"), b"/Resources<</XObject<</X 10 0 R>>>>")
    for number in range(10, 40):
        links = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>/Font<</F1 5 0 R>>>>" % (
            number + 1
        )
        made[number] = stream(b"/X Do " * 10 + _TEXT, links)
    path.write_bytes(pdf(made))


FILES: dict[str, Write] = {
    "pages-in-a-circle.pdf": _write(lambda: document(stream(_TEXT), o2=b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>")),
    "pages-of-parents.pdf": _write(
        lambda: document(
            stream(_TEXT),
            o2=b"<</Type/Pages/Parent 6 0 R/Kids[6 0 R]/Count 9>>",
            o6=b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 9>>",
        )
    ),
    "two-billion-pages.pdf": _write(
        lambda: document(stream(_TEXT), o2=b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>")
    ),
    "minus-one-page.pdf": _write(lambda: document(stream(_TEXT), o2=b"<</Type/Pages/Kids[3 0 R]/Count -1>>")),
    "one-page-fifty-thousand-times.pdf": _pages(50_000, one=True),
    "fifty-thousand-pages.pdf": _pages(50_000, one=False),
    "deep-pages.pdf": _write(
        lambda: (
            document(stream(_TEXT))
            | {n: b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 1) for n in range(10, 20_000)}
            | {2: b"<</Type/Pages/Kids[10 0 R]/Count 1>>"}
        )
    ),
    "flate-bomb.pdf": _write(lambda: document(_flate(3000, 1))),
    "flate-bomb-in-three-stages.pdf": _write(lambda: document(_flate(2000, 3))),
    "flate-bomb-of-text.pdf": _write(
        lambda: document(
            stream(
                zlib.compress(b"BT /F1 9 Tf 9 9 Td " + b"(word ) Tj " * 3_000_000 + b"ET", 9), b"/Filter/FlateDecode"
            )
        )
    ),
    "predictor-of-two-billion-columns.pdf": _write(
        lambda: document(
            stream(
                zlib.compress(b"x" * 1000),
                b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 2147483647/Colors 4/BitsPerComponent 16>>",
            )
        )
    ),
    "lzw-noise.pdf": _write(lambda: document(stream(bytes(range(256)) * 4000, b"/Filter/LZWDecode"))),
    "run-lengths.pdf": _write(
        lambda: document(stream(b"\x81 " * 2_000_000, b"/Filter[/RunLengthDecode/RunLengthDecode]"))
    ),
    "endless-object-streams.pdf": _objects_of_objects,
    "object-stream-bomb.pdf": _object_bomb,
    "table-that-follows-itself.pdf": lambda path: path.write_bytes(pdf(document(stream(_TEXT)), b"/Prev 9")),
    "table-in-a-circle.pdf": lambda path: path.write_bytes(
        (whole := pdf(document(stream(_TEXT)))).replace(b"/Root", b"/Prev %d/Root" % whole.rindex(b"xref\n0"))
    ),
    "length-in-a-circle.pdf": _write(lambda: document(b"<</Length 4 0 R>>stream\n" + _TEXT + b"\nendstream")),
    "length-of-everything.pdf": _write(lambda: document(b"<</Length 99999999999>>stream\n" + _TEXT + b"\nendstream")),
    "deep-arrays.pdf": _write(lambda: document(stream(_TEXT), b"/X" + b"[" * 200_000 + b"]" * 200_000)),
    "deep-dictionaries.pdf": _write(
        lambda: document(stream(_TEXT), b"/X" + b"<</A" * 100_000 + b"1" + b">>" * 100_000)
    ),
    "deep-content.pdf": _write(lambda: document(stream(b"q " * 500_000 + _TEXT))),
    "deep-array-in-content.pdf": _write(lambda: document(stream(b"[" * 500_000 + _TEXT))),
    "form-in-itself.pdf": _form,
    "forms-ten-by-ten.pdf": _forms,
    "outline-in-a-circle.pdf": _outline(lambda: {7: b"<</Title(a)/Parent 6 0 R/Next 7 0 R/First 7 0 R/Count 1>>"}),
    "long-outline.pdf": _outline(
        lambda: {n: b"<</Title(entry)/Parent 6 0 R/Dest[3 0 R/Fit]/Next %d 0 R>>" % (n + 1) for n in range(7, 60_000)}
    ),
    "deep-outline.pdf": _outline(
        lambda: {
            n: b"<</Title(entry)/Parent 6 0 R/Dest[3 0 R/Fit]/First %d 0 R/Count 1>>" % (n + 1)
            for n in range(7, 20_000)
        }
    ),
    "page-of-nothing.pdf": _write(
        lambda: document(stream(_TEXT), b"/Rotate 45/UserUnit 1e38/MediaBox[1e38 -1e38 1e39 0]")
    ),
    "two-hundred-thousand-notes.pdf": _write(
        lambda: document(
            stream(_TEXT), b"/Annots[%s]" % (b"6 0 R " * 200_000), o6=b"<</Type/Annot/Subtype/Text/Contents(note)>>"
        )
    ),
    "one-string-of-ten-million.pdf": _write(
        lambda: document(stream(b"BT /F1 1 Tf (" + b"x" * 10_000_000 + b") Tj ET"))
    ),
    "font-of-fonts.pdf": _write(
        lambda: document(
            stream(_TEXT), o5=b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[5 0 R]>>"
        )
    ),
    "letters-that-draw-themselves.pdf": _write(
        lambda: document(
            stream(b"BT /F1 12 Tf (aaaa) Tj ET"),
            o5=b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97"
            b"/Widths[1]/Encoding<</Differences[97/a]>>/CharProcs<</a 6 0 R>>/Resources<</Font<</F1 5 0 R>>>>>>",
            o6=stream(b"1 0 d0 BT /F1 1 Tf (aaaa) Tj ET"),
        )
    ),
    "program.pdf": lambda path: path.write_bytes(b"\x7fELF\x02\x01\x01" + bytes(50_000)),
    "header-and-zeros.pdf": lambda path: path.write_bytes(b"%PDF-1.7\n" + bytes(5_000_000)),
    "million-ends.pdf": _write(lambda: document(stream(_TEXT)), tail=b"startxref\n9\n%%EOF\n" * 100_000),
    "broken-table-many-objects.pdf": lambda path: path.write_bytes(
        b"%PDF-1.7\n" + b"".join(b"%d 0 obj<</A %d 0 R>>endobj\n" % (n, n + 1) for n in range(300_000))
    ),
}
