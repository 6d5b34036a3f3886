"""Writes small files of paged and office formats, part by part, so that a test holds what the file holds.

Nothing here knows the code under test. The files in `tests/data/documents` come from `tests/data/documents/make.py`, which
uses these functions too.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

Part = str | bytes

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
    "<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><dcterms:created>2024-05-01T08:30:00Z</dcterms:created>"
    "<dc:language>en-GB</dc:language></cp:coreProperties>"
)


_OFFICE = "application/vnd.openxmlformats-officedocument"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml"'
    ' ContentType="application/xml"/><Default Extension="bin" ContentType="application/octet-stream"/><Default'
    ' Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    + "".join(
        f'<Override PartName="{part}" ContentType="{_OFFICE}.{kind}+xml"/>'
        for part, kind in (
            ("/word/document.xml", "wordprocessingml.document.main"),
            ("/word/styles.xml", "wordprocessingml.styles"),
            ("/word/numbering.xml", "wordprocessingml.numbering"),
            ("/word/footnotes.xml", "wordprocessingml.footnotes"),
            ("/word/comments.xml", "wordprocessingml.comments"),
            ("/ppt/presentation.xml", "presentationml.presentation.main"),
            ("/ppt/slides/slide1.xml", "presentationml.slide"),
            ("/ppt/slides/slide2.xml", "presentationml.slide"),
            ("/ppt/slideLayouts/slideLayout1.xml", "presentationml.slideLayout"),
            ("/ppt/notesSlides/notesSlide1.xml", "presentationml.notesSlide"),
            ("/xl/workbook.xml", "spreadsheetml.sheet.main"),
            ("/xl/worksheets/sheet1.xml", "spreadsheetml.worksheet"),
            ("/xl/styles.xml", "spreadsheetml.styles"),
        )
    )
    + "</Types>"
)


def zipped(path: Path, parts: Mapping[str, Part], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write a zip file with these members, in this order and always alike; a `mimetype` is stored."""
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else compression
            file.writestr(info, content)
    return path


def relations(*targets: tuple[str, str]) -> str:
    """Return the XML of relationships rId1, rId2, … to (kind, target) pairs."""
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{entries}</Relationships>'
    )


def package(main: tuple[str, Part], title: str = "", author: str = "", **parts: Part) -> dict[str, Part]:
    """Return the parts of an Office Open XML package around its main part."""
    name, content = main
    return {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": relations(("officeDocument", name), ("metadata/core-properties", "docProps/core.xml")),
        "docProps/core.xml": _CORE.format(title=title, author=author),
        name: content,
        **parts,
    }


# Word


def docx(path: Path, body: str, title: str = "", author: str = "", **sides: str) -> Path:
    """Write a Word document; `sides` are roots of side parts by kind (`styles="<w:styles>…"`)."""
    document = f"<w:document {W} {R}><w:body>{body}</w:body></w:document>"
    parts = package(("word/document.xml", document), title, author)
    parts["word/_rels/document.xml.rels"] = relations(*((kind, f"{kind}.xml") for kind in sides))
    for kind, content in sides.items():
        parts[f"word/{kind}.xml"] = f"<w:{kind} {W}>{content}</w:{kind}>"
    return zipped(path, parts)


def paragraph(text: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph of one run."""
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'<w:p><w:pPr>{style}{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return a table of cells with one paragraph each."""
    lines = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"


# PowerPoint


def pptx(path: Path, slides: Sequence[str], notes: Mapping[int, str] | None = None, title: str = "") -> Path:
    """Write a presentation of slides, each the XML of its shapes; `notes` are speaker notes by slide number."""
    notes = notes or {}
    ids = "".join(f'<p:sldId id="{255 + number}" r:id="rId{number}"/>' for number in range(1, len(slides) + 1))
    parts = package(
        ("ppt/presentation.xml", f"<p:presentation {P} {R}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>"), title
    )
    numbers = range(1, len(slides) + 1)
    parts["ppt/_rels/presentation.xml.rels"] = relations(
        *(("slide", f"slides/slide{number}.xml") for number in numbers)
    )
    parts["ppt/slideLayouts/slideLayout1.xml"] = f"<p:sldLayout {P} {A}>{_tree(LAYOUT)}</p:sldLayout>"
    for number, shapes in enumerate(slides, 1):
        parts[f"ppt/slides/slide{number}.xml"] = f"<p:sld {P} {A} {R}>{_tree(shapes)}</p:sld>"
        targets = [("slideLayout", "../slideLayouts/slideLayout1.xml")]
        if number in notes:
            body = shape(notes[number], placeholder='type="body" idx="1"')
            parts[f"ppt/notesSlides/notesSlide{number}.xml"] = f"<p:notes {P} {A}>{_tree(body)}</p:notes>"
            targets.append(("notesSlide", f"../notesSlides/notesSlide{number}.xml"))
        parts[f"ppt/slides/_rels/slide{number}.xml.rels"] = relations(*targets)
    return zipped(path, parts)


def shape(text: str, at: tuple[int, int] | None = None, placeholder: str = "") -> str:
    """Return a shape with a paragraph per line, at (left, top) in points, or where its placeholder stands."""
    paragraphs = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in text.split("\n"))
    where = f'<a:xfrm><a:off x="{at[0] * 12700}" y="{at[1] * 12700}"/></a:xfrm>' if at else ""
    mark = f"<p:ph {placeholder}/>" if placeholder else ""
    return (
        f"<p:sp><p:nvSpPr><p:nvPr>{mark}</p:nvPr></p:nvSpPr><p:spPr>{where}</p:spPr>"
        f"<p:txBody>{paragraphs}</p:txBody></p:sp>"
    )


def _tree(shapes: str) -> str:
    return f"<p:cSld><p:spTree>{shapes}</p:spTree></p:cSld>"


LAYOUT = shape("Click to edit", (50, 30), 'type="title"') + shape("Click to edit", (50, 120), 'idx="1"')


# Excel


def xlsx(path: Path, sheets: Mapping[str, str], title: str = "", **parts: Part) -> Path:
    """Write a workbook; each sheet is the XML of its rows. Style 1 shows dates."""
    names = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1))
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    made = package(("xl/workbook.xml", f"<workbook {main} {R}><sheets>{names}</sheets></workbook>"), title)
    made["xl/_rels/workbook.xml.rels"] = relations(
        *(("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)),
        ("styles", "styles.xml"),
    )
    made["xl/styles.xml"] = (
        f'<styleSheet {main}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
        "</styleSheet>"
    )
    for number, rows in enumerate(sheets.values(), 1):
        made[f"xl/worksheets/sheet{number}.xml"] = f"<worksheet {main}><sheetData>{rows}</sheetData></worksheet>"
    return zipped(path, {**made, **parts})


def sheet_row(number: int, cells: Mapping[str, str | float | tuple[float, int]]) -> str:
    """Return a row of cells by column; a number with a style is a tuple."""
    made = ""
    for column, value in cells.items():
        place = f'r="{column}{number}"'
        if isinstance(value, str):
            made += f'<c {place} t="inlineStr"><is><t>{value}</t></is></c>'
        elif isinstance(value, tuple):
            made += f'<c {place} s="{value[1]}"><v>{value[0]}</v></c>'
        else:
            made += f"<c {place}><v>{value}</v></c>"
    return f'<row r="{number}">{made}</row>'


def xls(path: Path, rows: Sequence[Sequence[str | float]], sheet: str = "Sheet1", password: bool = False) -> Path:
    """Write a BIFF8 workbook of one sheet ([MS-XLS]); with `password` it only says that it is encrypted."""

    def record(kind: int, content: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    def begin(what: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, what, 0x0DBB, 0x07CC, 0, 6))

    cells = b""
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, str):
                cells += record(0x0204, struct.pack("<HHHHB", r, c, 0, len(value), 0) + value.encode("latin-1"))
            else:
                cells += record(0x0203, struct.pack("<HHHd", r, c, 0, value))
    name = sheet.encode("latin-1")
    start = (
        begin(0x0005)
        + (record(0x002F, struct.pack("<HHH", 1, 1, 1)) if password else b"")
        + record(0x0042, struct.pack("<H", 1200))
    )
    bound = 4 + 8 + len(name)
    bounds = record(0x0085, struct.pack("<IBBBB", len(start) + bound + 4, 0, 0, len(name), 0) + name)
    book = start + bounds + record(0x000A) + begin(0x0010) + cells + record(0x000A)
    path.write_bytes(compound_file({"Workbook": book}))
    return path


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """Return an OLE compound file ([MS-CFB]) with these streams, each made large enough to need no mini stream."""
    end, used = 0xFFFFFFFE, 0xFFFFFFFD
    padded = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    sectors = [-(-len(content) // 512) for content in padded.values()]
    fat = [used]
    fat.append(end)  # the directory
    starts = []
    for count in sectors:
        starts.append(len(fat))
        fat += [*range(len(fat) + 1, len(fat) + count), end]
    fat += [0xFFFFFFFF] * (128 - len(fat))

    def entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
        letters = (name + "\0").encode("utf-16-le")
        head = letters.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(letters) if name else 0, kind, 1, 0xFFFFFFFF, right, child
        )
        return head + bytes(16 + 4 + 16) + struct.pack("<IQ", start, size)

    none = 0xFFFFFFFF
    directory = entry("Root Entry", 5, 1, none, end, 0)
    for index, (name, content) in enumerate(padded.items(), 1):
        directory += entry(name, 2, none, index + 1 if index < len(padded) else none, starts[index - 1], len(content))
    directory = directory.ljust(512, b"\0")
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<I", 0) + b"\xff" * (108 * 4)
    body = b"".join(content.ljust(-(-len(content) // 512) * 512, b"\0") for content in padded.values())
    return header + struct.pack("<128I", *fat) + directory + body


def xlsb(path: Path, rows: Sequence[Sequence[str | float]], sheet: str = "Sheet1") -> Path:
    """Write a binary workbook of one sheet ([MS-XLSB])."""

    def record(kind: int, content: bytes = b"") -> bytes:
        number = bytes((kind,)) if kind < 128 else bytes((kind & 0x7F | 0x80, kind >> 7))
        return number + bytes((len(content),)) + content

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    book = (
        record(131)
        + record(143)
        + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide(sheet))
        + record(144)
        + record(132)
    )
    width = max(map(len, rows))
    cells = record(129) + record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1)) + record(145)
    for r, row in enumerate(rows):
        cells += record(0, struct.pack("<IIHBB", r, 0, 300, 0, 0) + bytes(5))
        for c, value in enumerate(row):
            place = struct.pack("<II", c, 0)
            cells += (
                record(6, place + wide(value))
                if isinstance(value, str)
                else record(5, place + struct.pack("<d", value))
            )
    cells += record(146) + record(130)
    parts = package(("xl/workbook.bin", book))
    parts["xl/_rels/workbook.bin.rels"] = relations(("worksheet", "worksheets/sheet1.bin"))
    parts["xl/worksheets/sheet1.bin"] = cells
    return zipped(path, parts)


# OpenDocument

_ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("svg", "svg-compatible"),
        ("style", "style"),
        ("presentation", "presentation"),
        ("meta", "meta"),
        ("manifest", "manifest"),
    )
)
_DUBLIN = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def opendocument(path: Path, kind: str, body: str, styles: str = "", title: str = "", encrypted: bool = False) -> Path:
    """Write an OpenDocument file; `kind` is `text`, `presentation` or `spreadsheet`."""
    secret = "<manifest:encryption-data/>" if encrypted else ""
    meta = (
        f"<office:meta><dc:title>{title}</dc:title><meta:initial-creator>Ada</meta:initial-creator>"
        "<meta:creation-date>2024-05-01T08:30:00.123456789</meta:creation-date></office:meta>"
    )
    content = (
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    )
    return zipped(
        path,
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content {_ODF} {_DUBLIN}>{content}</office:document-content>",
            "meta.xml": f"<office:document-meta {_ODF} {_DUBLIN}>{meta}</office:document-meta>",
            "META-INF/manifest.xml": (
                f'<manifest:manifest {_ODF}><manifest:file-entry manifest:full-path="content.xml">{secret}'
                "</manifest:file-entry></manifest:manifest>"
            ),
        },
    )


# EPUB


def epub(path: Path, chapters: Mapping[str, str], contents: str = "", title: str = "", **parts: Part) -> Path:
    """Write an EPUB 3 book; `chapters` are bodies by file name in reading order, `contents` the list of its navigation."""
    manifest = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{number}"/>' for number in range(len(chapters)))
    book = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": (
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
        ),
        "OEBPS/book.opf": (
            '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" version="3.0">'
            f"<metadata><dc:title>{title}</dc:title><dc:creator>Ada</dc:creator><dc:language>en</dc:language>"
            f'<dc:date>2024-05-01</dc:date></metadata><manifest>{manifest}<item id="nav" href="nav.xhtml" properties="nav"'
            f' media-type="application/xhtml+xml"/></manifest><spine>{spine}</spine></package>'
        ),
        "OEBPS/nav.xhtml": xhtml(
            f'<nav xmlns:epub="http://www.idpf.org/2007/ops" epub:type="toc"><ol>{contents}</ol></nav>'
        ),
    }
    book |= {f"OEBPS/{name}": xhtml(body) for name, body in chapters.items()}
    return zipped(path, {**book, **parts})


def xhtml(body: str) -> str:
    """Return a page as books hold them."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>Page</title></head><body>{body}</body></html>"
    )


# PDF

PdfLine = tuple[float, float, float, str]
"""Left edge, base line and size in points, and the words."""


def pdf(
    path: Path,
    pages: Sequence[Sequence[PdfLine]],
    outline: Sequence[tuple[str, int]] = (),
    info: Mapping[str, str] | None = None,
    notes: Mapping[int, str] | None = None,
    password: bool = False,
    rotation: int = 0,
) -> Path:
    """Write a PDF 1.4 in Helvetica.

    `outline` is titles with page indices, `notes` are comments by page index; with `password` the file only says that it
    is encrypted, by a password that nobody knows. With a `rotation` the pages are turned, and their text against it.
    """
    notes = notes or {}
    objects: list[bytes] = []

    def add(content: str | bytes) -> int:
        objects.append(content.encode("latin-1") if isinstance(content, str) else content)
        return len(objects)

    catalog, tree, font = (
        add(""),
        add(""),
        add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"),
    )
    kids = []
    for index, lines in enumerate(pages):
        shown = "".join(
            f"BT /F1 {size} Tf {_matrix(x, y, rotation)} ({_escaped(words)}) Tj ET\n" for x, y, size, words in lines
        )
        content = add(f"<</Length {len(shown)}>>stream\n{shown}\nendstream")
        note = (
            f"/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents({_escaped(notes[index])})>>]"
            if index in notes
            else ""
        )
        kids.append(
            add(
                f"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 595 842]/Rotate {rotation}/Contents {content} 0 R"
                f"/Resources<</Font<</F1 {font} 0 R>>>>{note}>>"
            )
        )
    objects[tree - 1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>".encode()
    entries = [add("") for _ in outline]
    root = add(f"<</Count {len(entries)}/First {entries[0]} 0 R/Last {entries[-1]} 0 R>>") if entries else 0
    for position, (title, index) in enumerate(outline):
        following = f"/Next {entries[position + 1]} 0 R" if position + 1 < len(entries) else ""
        target = f"/Dest[{kids[index]} 0 R/Fit]/Parent {root} 0 R{following}"
        objects[entries[position] - 1] = f"<</Title({_escaped(title)}){target}>>".encode("latin-1")
    objects[catalog - 1] = f"<</Type/Catalog/Pages {tree} 0 R{f'/Outlines {root} 0 R' if root else ''}>>".encode()
    facts = "".join(f"/{key}({_escaped(value)})" for key, value in (info or {}).items())
    trailer = f"/Info {add(f'<<{facts}>>')} 0 R"
    if password:
        zeros = "00" * 32
        lock = add(f"<</Filter/Standard/V 1/R 2/Length 40/P -4/O<{zeros}>/U<{zeros}>>>")
        trailer += f"/Encrypt {lock} 0 R/ID[<00><00>]"
    path.write_bytes(_pdf_file(objects, trailer))
    return path


def _matrix(x: float, y: float, rotation: int) -> str:
    """Return the operator that puts upright text at (x, y) of the page as it is shown."""
    turned = {
        0: f"1 0 0 1 {x} {y}",
        90: f"0 1 -1 0 {595 - y} {x}",
        180: f"-1 0 0 -1 {595 - x} {842 - y}",
        270: f"0 -1 1 0 {y} {842 - x}",
    }
    return f"{turned[rotation]} Tm"


def _pdf_file(objects: Sequence[bytes], trailer: str) -> bytes:
    out = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    return out + (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{len(out)}\n%%EOF\n"
    ).encode("latin-1")


def _escaped(words: str) -> str:
    return words.encode("cp1252").decode("latin-1").replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
