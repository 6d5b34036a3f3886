"""Writes the documents of the sample library that can't be written by hand, from the sources in `packaging/library/`.

The other documents in `resources/library/` are their own source. After a change of a source, run it and commit both:

    .venv/bin/python packaging/make_library.py [FOLDER]

The sources are a small part of Markdown: `# title`, `## heading`, `- item`, table rows between bars, `---` for a new
page or slide, `Notes:` for what a speaker says. The files come out the same on every run; a change shows in git.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import pptx
import xlsxwriter
from pdf_file import pdf_file

HERE = Path(__file__).parent
SOURCES = HERE / "library"
LIBRARY = HERE.parent / "resources" / "library"
AUTHOR = "Tarnwick Marine Station"
WRITTEN = datetime(2025, 5, 5, 12, 0)


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list item, table row, page break or note; `kind` is the mark that it began with."""

    kind: str
    text: str

    @property
    def cells(self) -> list[str]:
        """The cells of a table row."""
        return [cell.strip() for cell in self.text.strip("|").split("|")]


def blocks(source: Path) -> list[Block]:
    """Return what stands in a source, in order; each line is one block."""
    found = []
    for line in source.read_text("utf-8").splitlines():
        for mark in ("## ", "# ", "- ", "Notes: ", "|", "---"):
            if line.startswith(mark):
                found.append(Block(mark.strip(), line if mark == "|" else line[len(mark) :].strip()))
                break
        else:
            if line.strip():
                found.append(Block("", line.strip()))
    return found


def grouped_rows(found: Iterable[Block]) -> Iterator[Block | list[list[str]]]:
    """Yield the blocks, with each run of table rows as one table."""
    table: list[list[str]] = []
    for block in found:
        if block.kind == "|":
            table.append(block.cells)
            continue
        if table:
            yield table
            table = []
        yield block
    if table:
        yield table


# --- Archives of XML ---------------------------------------------------------------------------------------------


def write_archive(target: Path, members: Iterable[tuple[str, bytes]], *, stored: tuple[str, ...] = ()) -> None:
    """Write a ZIP file with one date for all members, those in `stored` without compression."""
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, WRITTEN.timetuple()[:6])
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)


def rewrite_archive(target: Path, written: bytes) -> None:
    """Write an archive that a library made once more, without the time at which it was made."""
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        write_archive(target, [(name, archive.read(name)) for name in archive.namelist()])


# --- One function a format ---------------------------------------------------------------------------------------


def write_docx(source: Path, target: Path) -> None:
    """Write a Word document with heading styles."""
    document = docx.Document()
    for part in grouped_rows(blocks(source)):
        if isinstance(part, list):
            table = document.add_table(rows=0, cols=len(part[0]))
            for row in part:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        elif part.kind in ("#", "##"):
            document.add_heading(part.text, level=len(part.kind) - 1)  # level 0 is the title
        else:
            document.add_paragraph(part.text, style="List Bullet" if part.kind == "-" else None)
    facts = document.core_properties
    facts.title, facts.author, facts.comments = source.stem, AUTHOR, ""
    facts.created = facts.modified = WRITTEN
    buffer = io.BytesIO()
    document.save(buffer)
    rewrite_archive(target, buffer.getvalue())


def write_pptx(source: Path, target: Path) -> None:
    """Write slides with titles, bullets and speaker's notes."""
    show = pptx.Presentation()
    slides: list[list[Block]] = [[]]
    for block in blocks(source):
        if block.kind == "---":
            slides.append([])
        else:
            slides[-1].append(block)
    for number, content in enumerate(slides):
        slide = show.slides.add_slide(show.slide_layouts[0 if number == 0 else 1])
        lines = [block.text for block in content if block.kind in ("", "-")]
        slide.shapes.title.text = next(block.text for block in content if block.kind.startswith("#"))
        slide.placeholders[1].text_frame.text = "\n".join(lines)
        slide.notes_slide.notes_text_frame.text = "\n".join(b.text for b in content if b.kind == "Notes:")
    facts = show.core_properties
    facts.title, facts.author, facts.last_modified_by = source.stem, AUTHOR, AUTHOR
    facts.created = facts.modified = WRITTEN
    buffer = io.BytesIO()
    show.save(buffer)
    rewrite_archive(target, buffer.getvalue())


def write_xlsx(source: Path, target: Path) -> None:
    """Write a workbook from a CSV file: the first column names the sheet; each sheet ends with its sums."""
    with source.open(encoding="utf-8", newline="") as lines:
        (_, *head), *rows = csv.reader(lines)
    with xlsxwriter.Workbook(str(target)) as book:
        book.set_properties({"title": source.stem, "author": AUTHOR, "created": WRITTEN})
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0"})
        for name in dict.fromkeys(row[0] for row in rows):
            sheet = book.add_worksheet(name)
            sheet.set_column(0, 3, 24)
            sheet.write_row(0, 0, head, bold)
            mine = [row for row in rows if row[0] == name]
            for line, (_, item, before, planned, remark) in enumerate(mine, start=1):
                sheet.write(line, 0, item)
                sheet.write(line, 1, int(before), money)
                sheet.write(line, 2, int(planned), money)
                sheet.write(line, 3, remark)
            sheet.write(len(mine) + 1, 0, "Sum", bold)
            for column, letter in ((1, "B"), (2, "C")):
                total = sum(int(row[column + 1]) for row in mine)
                sheet.write_formula(len(mine) + 1, column, f"=SUM({letter}2:{letter}{len(mine) + 1})", money, total)


def write_odt(source: Path, target: Path) -> None:
    """Write an OpenDocument text."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "meta")
    )
    body = []
    for part in grouped_rows(blocks(source)):
        if isinstance(part, list):
            rows = "".join(
                "<table:table-row>"
                + "".join(f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>" for cell in row)
                + "</table:table-row>"
                for row in part
            )
            columns = f'<table:table-column table:number-columns-repeated="{len(part[0])}"/>'
            body.append(f'<table:table table:name="Table">{columns}{rows}</table:table>')
        elif part.kind in ("#", "##"):
            body.append(f'<text:h text:outline-level="{len(part.kind)}">{escape(part.text)}</text:h>')
        else:
            body.append(f"<text:p>{escape(part.text)}</text:p>")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    kind = "application/vnd.oasis.opendocument.text"
    content = (
        f'{head}<office:document-content {spaces} office:version="1.3"><office:body><office:text>'
        f"{''.join(body)}</office:text></office:body></office:document-content>"
    )
    meta = (
        f'{head}<office:document-meta {spaces} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3">'
        f"<office:meta><dc:title>{escape(source.stem)}</dc:title><dc:creator>{AUTHOR}</dc:creator>"
        f"<meta:creation-date>{WRITTEN.isoformat()}</meta:creation-date></office:meta></office:document-meta>"
    )
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in (("/", kind), ("content.xml", "text/xml"), ("meta.xml", "text/xml"))
    )
    manifest = (
        f'{head}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.3">{entries}</manifest:manifest>'
    )
    members = [("mimetype", kind), ("content.xml", content), ("meta.xml", meta), ("META-INF/manifest.xml", manifest)]
    write_archive(target, [(name, text.encode("utf-8")) for name, text in members], stored=("mimetype",))


def write_epub(source: Path, target: Path) -> None:
    """Write an electronic book with a chapter for each heading."""
    title, chapters = "", []
    for block in blocks(source):
        if block.kind == "#":
            title = block.text
        elif block.kind == "##":
            chapters.append([f"<h1>{escape(block.text)}</h1>"])
        else:
            chapters[-1].append(f"<p>{escape(block.text)}</p>")
    names = [f"chapter{number}" for number in range(1, len(chapters) + 1)]
    items = "".join(f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in names)
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    links = "".join(
        f'<li><a href="{name}.xhtml">{chapter[0].removeprefix("<h1>").removesuffix("</h1>")}</a></li>'
        for name, chapter in zip(names, chapters, strict=True)
    )
    package = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">tarnwick-flats</dc:identifier>'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{AUTHOR}</dc:creator><dc:language>en</dc:language>"
        f'<meta property="dcterms:modified">{WRITTEN.isoformat()}Z</meta></metadata>'
        '<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        f"{items}</manifest><spine>{spine}</spine></package>"
    )
    container = (
        '<?xml version="1.0"?>\n<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<rootfiles><rootfile full-path="OEBPS/package.opf" media-type="application/oebps-package+xml"/></rootfiles>'
        "</container>"
    )
    contents = _xhtml("Contents", f'<nav epub:type="toc"><ol>{links}</ol></nav>')
    members = [
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", container),
        ("OEBPS/package.opf", package),
        ("OEBPS/nav.xhtml", contents),
        *((f"OEBPS/{name}.xhtml", _xhtml(title, "".join(c))) for name, c in zip(names, chapters, strict=True)),
    ]
    write_archive(target, [(name, text.encode("utf-8")) for name, text in members], stored=("mimetype",))


def _xhtml(title: str, body: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en">'
        f"<head><title>{escape(title)}</title></head><body>{body}</body></html>"
    )


def write_rtf(source: Path, target: Path) -> None:
    """Write Rich Text with bold headings; characters outside ASCII as RTF's own escapes."""

    def plain(text: str) -> str:
        return "".join(c if ord(c) < 128 and c not in "\\{}" else f"\\u{ord(c)}?" for c in text)

    lines = [
        r"{\rtf1\ansi\deff0{\fonttbl{\f0 Times New Roman;}}",
        rf"{{\info{{\title {source.stem}}}{{\author {AUTHOR}}}}}",
    ]
    for block in blocks(source):
        text = plain(block.text)
        lines.append(rf"{{\b {text}}}\par" if block.kind else rf"{text}\par")
    target.write_text("\n".join([*lines, "}"]) + "\n", "ascii")


def write_pdf(source: Path, target: Path) -> None:
    """Write a PDF with an outline; a page break begins a page, and so does a page that is full."""
    flow = [(block.kind, block.text) for block in blocks(source)]
    target.write_bytes(pdf_file(source.stem, AUTHOR, WRITTEN, flow))


MADE = {
    "Annual report 2024.md": ("Annual report 2024.pdf", write_pdf),
    "Budget 2025.csv": ("Budget 2025.xlsx", write_xlsx),
    "Engine log of the Kittiwake.md": ("Engine log of the Kittiwake.rtf", write_rtf),
    "Lease of the boathouse.md": ("Lease of the boathouse.docx", write_docx),
    "Minutes of the council 2025-03-11.md": ("Minutes of the council 2025-03-11.odt", write_odt),
    "Walking the flats.md": ("Walking the flats.epub", write_epub),
    "What lives under the ferry pier.md": ("What lives under the ferry pier.pptx", write_pptx),
}


def main(folder: Path) -> None:
    """Write all made documents into `folder`."""
    for source, (target, write) in MADE.items():
        write(SOURCES / source, folder / target)
        print(folder / target)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else LIBRARY)
