"""Hostile zip files, and documents that come as one: bombs, lies, entities, references without end."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.core.extractors.office_files import docx, epub, opendocument, package, paragraph, relations, xhtml, zipped

Write = Callable[[Path], object]
MEGABYTE = 1 << 20
CANARY = "canary-that-nobody-may-read"
"""What the file /…/canary beside the corpus holds; a reading with this word in it has opened another file."""

_LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION = f'<!DOCTYPE w:document [<!ENTITY l0 "lol">{_LOL}]>'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a zip file, whose header may say what is not so."""

    name: bytes
    data: bytes
    size: int = 0
    crc: int = 0
    method: int = 8
    flags: int = 0
    at: int | None = None  # where the directory says that it begins


def raw_zip(members: Sequence[Member], entries: int | None = None, directory_at: int | None = None) -> bytes:
    """Return a zip file of members as they stand."""
    out, directory = bytearray(), bytearray()
    for each in members:
        facts = struct.pack("<HHIIIH", 0, 0, each.crc, len(each.data), each.size, len(each.name))
        start = len(out) if each.at is None else each.at
        head = struct.pack("<HHH", 20, each.flags, each.method)
        if each.at is None:
            out += b"PK\x03\x04" + head + facts + struct.pack("<H", 0) + each.name + each.data
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + head + facts + struct.pack("<HHHHII", 0, 0, 0, 0, 0, start)
        directory += each.name
    count = min(0xFFFF, len(members) if entries is None else entries)
    begin = len(out) if directory_at is None else directory_at
    return (
        bytes(out + directory) + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), begin, 0)
    )


def stretched(unit: bytes, count: int) -> tuple[bytes, int, int]:
    """Return `unit` so many times, deflated, with checksum and size, without ever holding all of it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(unit) + packer.flush(zlib.Z_FULL_FLUSH)
    crc = 0
    for _ in range(count):
        crc = zlib.crc32(unit, crc)
    return block * count + packer.flush(), crc, len(unit) * count


def bomb(megabytes: int, name: str, says: int | None = None) -> Member:
    """Return a member that unpacks to so many megabytes, whatever it says."""
    data, crc, size = stretched(b" " * MEGABYTE, megabytes)
    return Member(name.encode(), data, size if says is None else says, crc)


def _office(*members: Member) -> bytes:
    return raw_zip([Member(b"[Content_Types].xml", b"<Types/>", 8, zlib.crc32(b"<Types/>"), 0), *members])


def _overlapping(path: Path) -> None:
    kernel = bomb(20, "word/document.xml")
    copies = [Member(b"word/m%d.xml" % n, kernel.data, kernel.size, kernel.crc, at=0) for n in range(500)]
    path.write_bytes(raw_zip([kernel, *copies]))


def _nested(path: Path) -> None:
    inner = raw_zip([bomb(10, "word/document.xml")])
    for _ in range(4):
        inner = raw_zip([Member(b"word/%d.docx" % n, inner, len(inner), zlib.crc32(inner), 0) for n in range(4)])
    path.write_bytes(inner)


def _many(path: Path) -> None:
    path.write_bytes(raw_zip([Member(b"word/%d" % n, b"", 0, 0, 0) for n in range(100_000)]))


def _traversal(path: Path) -> None:
    names = (
        "../../../etc/passwd",
        "/etc/passwd",
        "C:\\autoexec.bat",
        "..\\..\\x",
        "word/../../canary",
        "a:stream",
        "\0x",
    )
    parts: dict[str, str | bytes] = dict.fromkeys(names, "x")
    document = f"<w:document {_W}><w:body>{paragraph('read')}</w:body></w:document>"
    links = relations(*(("footnotes", name.replace("\0", "")) for name in names))
    zipped(path, package(("word/document.xml", document), **parts) | {"word/_rels/document.xml.rels": links})


def _twice(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as file:
        for text in ("one", "two"):
            info = zipfile.ZipInfo("word/document.xml" if text == "one" else "WORD/Document.xml")
            file.writestr(info, f"<w:document {_W}><w:body>{paragraph(text)}</w:body></w:document>")


def _packed(method: int) -> Write:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", method) as file:
            file.writestr("[Content_Types].xml", "<Types/>")
            file.writestr("word/document.xml", b" " * (200 * MEGABYTE))

    return write


def _document(prolog: str, body: str, encoding: str = "utf-8") -> Write:
    def write(path: Path) -> None:
        text = f"{prolog}<w:document {_W}><w:body><w:p><w:r><w:t>{body}</w:t></w:r></w:p></w:body></w:document>"
        zipped(path, package(("word/document.xml", text.encode(encoding))))

    return write


def _side(name: str, content: str) -> Write:
    document = f"<w:document {_W}><w:body>{paragraph('read')}</w:body></w:document>"
    return lambda path: zipped(path, package(("word/document.xml", document)) | {name: content})


def _xxe(path: Path) -> None:
    canary = path.parent / "canary"
    prolog = f'<!DOCTYPE x [<!ENTITY c SYSTEM "{canary.as_uri()}"><!ENTITY h SYSTEM "http://127.0.0.1:9/">]>'
    _document(prolog, "&c;&h;")(path)


def _slides(path: Path) -> None:
    reference = '<p:sldId id="256" r:id="rId1"/>' * 100_000
    spaces = (
        'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    )
    text = f"<p:sp><p:txBody><a:p><a:r><a:t>{'again ' * 2000}</a:t></a:r></a:p></p:txBody></p:sp>"
    parts = package(
        ("ppt/presentation.xml", f"<p:presentation {spaces}><p:sldIdLst>{reference}</p:sldIdLst></p:presentation>")
    )
    parts["ppt/_rels/presentation.xml.rels"] = relations(("slide", "slides/slide1.xml"))
    parts["ppt/slides/slide1.xml"] = f"<p:sld {spaces}><p:cSld><p:spTree>{text}</p:spTree></p:cSld></p:sld>"
    zipped(path, parts)


def _styles(path: Path) -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % 500}"/></w:style>'
        for n in range(500)
    )
    docx(path, paragraph("round", "s1") * 2000, styles=styles)


def _book(chapters: Mapping[str, str], spine: str = "", contents: str = "", ncx: str = "") -> Write:
    def write(path: Path) -> None:
        epub(path, chapters, contents)
        with zipfile.ZipFile(path) as file:
            parts: dict[str, str | bytes] = {name: file.read(name) for name in file.namelist()}
        book = bytes(parts["OEBPS/book.opf"]).decode() if isinstance(parts["OEBPS/book.opf"], bytes) else ""
        if spine:
            book = book.replace("<spine>", f"<spine>{spine}")
        if ncx:
            book = book.replace(
                "</manifest>", '<item id="n" href="n.ncx" media-type="application/x-dtbncx+xml"/></manifest>'
            )
            parts["OEBPS/n.ncx"] = ncx
        zipped(path, parts | {"OEBPS/book.opf": book})

    return write


def _deep(tag: str, depth: int, inner: str = "x") -> str:
    return f"<{tag}>" * depth + inner + f"</{tag}>" * depth


def _cut(path: Path) -> None:
    docx(path, paragraph("cut") * 500)
    path.write_bytes(path.read_bytes()[:-30])


def _zip64(path: Path) -> None:
    data = zlib.compress(b"x")[2:-4]
    path.write_bytes(_office(Member(b"word/document.xml", data, 0xFFFFFFFF, 0)))


def _self_extracting(path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("word/document.xml", f"<w:document {_W}/>")
    path.write_bytes(b"MZ" + bytes(5000) + inner.getvalue())


FILES: dict[str, Write] = {
    "bomb.docx": lambda path: path.write_bytes(_office(bomb(800, "word/document.xml"))),
    "bomb-that-lies.docx": lambda path: path.write_bytes(_office(bomb(400, "word/document.xml", says=1000))),
    "bomb-in-a-picture.docx": lambda path: path.write_bytes(
        _office(bomb(600, "word/media/a.png"), bomb(1, "word/document.xml"))
    ),
    "bomb.odt": lambda path: path.write_bytes(raw_zip([bomb(400, "content.xml")])),
    "bomb.epub": lambda path: path.write_bytes(
        raw_zip([Member(b"META-INF/container.xml", b"<a/>", 4, zlib.crc32(b"<a/>"), 0), bomb(400, "book.opf")])
    ),
    "bomb-of-bzip2.docx": _packed(zipfile.ZIP_BZIP2),
    "bomb-of-lzma.docx": _packed(zipfile.ZIP_LZMA),
    "overlapping.docx": _overlapping,
    "nested.docx": _nested,
    "hundred-thousand-members.docx": _many,
    "says-few-members.docx": lambda path: path.write_bytes(
        raw_zip([Member(b"word/%d" % n, b"", 0, 0, 0) for n in range(60_000)], entries=3)
    ),
    "traversal.docx": _traversal,
    "two-of-one-name.docx": _twice,
    "unknown-method.docx": lambda path: path.write_bytes(_office(Member(b"word/document.xml", b"x", 1, 0, 99))),
    "encrypted-member.docx": lambda path: path.write_bytes(_office(Member(b"word/document.xml", b"x", 1, 0, 0, 1))),
    "wrong-checksum.docx": lambda path: path.write_bytes(_office(Member(b"word/document.xml", b"<a/>", 4, 1, 0))),
    "size-of-zip64.docx": _zip64,
    "cut.docx": _cut,
    "directory-before-the-start.docx": lambda path: path.write_bytes(
        raw_zip([bomb(1, "word/document.xml")], directory_at=0xFFFFFFF0)
    ),
    "program-in-front.docx": _self_extracting,
    "billion-laughs.docx": _document(BILLION, "&l9;"),
    "billion-laughs-in-utf-16.docx": _document(f'<?xml version="1.0" encoding="utf-16"?>{BILLION}', "&l9;", "utf-16"),
    "quadratic-entity.docx": _document(f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>', "&a;" * 5000),
    "billion-laughs-in-relations.docx": _side("_rels/.rels", f"{BILLION}<Relationships>&l9;</Relationships>"),
    "billion-laughs-in-properties.docx": _side("docProps/core.xml", f"{BILLION}<a>&l9;</a>"),
    "foreign-entity.docx": _xxe,
    "other-encoding.docx": _document('<?xml version="1.0" encoding="utf-7"?>', "+ADw-x+AD4-"),
    "deep.docx": lambda path: docx(path, _deep("w:sdt", 100_000)),
    "deep-tables.docx": lambda path: docx(path, _deep("w:tbl", 20_000, "<w:tr><w:tc/></w:tr>")),
    "million-attributes.docx": lambda path: docx(
        path, "<w:p " + " ".join(f'a{n}="{n}"' for n in range(200_000)) + "/>"
    ),
    "million-paragraphs.docx": lambda path: docx(path, "<w:p/>" * 1_000_000),
    "styles-in-a-circle.docx": _styles,
    "one-slide-a-hundred-thousand-times.pptx": _slides,
    "spaces-by-the-billion.odt": lambda path: opendocument(
        path, "text", '<text:p>a<text:s text:c="2000000000"/>b</text:p>' * 100
    ),
    "deep.odt": lambda path: opendocument(path, "text", _deep("text:list-item", 50_000)),
    "deep-groups.odp": lambda path: opendocument(path, "presentation", _deep("draw:g", 50_000)),
    "one-chapter-a-hundred-thousand-times.epub": _book(
        {"a.xhtml": "<p>again</p>" * 1000}, spine='<itemref idref="c0"/>' * 100_000
    ),
    "deep-contents.epub": _book({"a.xhtml": "<p>x</p>"}, contents=_deep("li", 20_000)),
    "deep-points.epub": _book({"a.xhtml": "<p>x</p>"}, ncx=f"<ncx><navMap>{_deep('navPoint', 20_000)}</navMap></ncx>"),
    "million-self-closed.epub": _book({"a.xhtml": "<b/>" * 1_000_000}),
    "deep.epub": _book({"a.xhtml": _deep("div", 100_000)}),
    "entities.epub": _book({"a.xhtml": xhtml("&l9;").replace("<!DOCTYPE html>", BILLION)}),
}
