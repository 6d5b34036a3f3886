"""PDF by PDFium: pages, paragraphs, the outline as headings, notes and form values.

PDFium is not thread-safe and never fails in Python's way; this runs in a process of its own, one file at a time.
"""

from __future__ import annotations

import ctypes
import logging
import mmap
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from core.domain.extracted import Extracted, Remark
from core.extractors.builder import CHARACTER_LIMIT, TextBuilder, clean, numbered
from core.extractors.failures import damaged, encrypted, require_content, translated
from core.extractors.pdf_headings import Heading, guessed, outline, placed
from core.extractors.pdf_lines import HYPHEN, Flow, Line, rows

ANNOTATION_LIMIT = 1_000

PAGE_LIMIT = 20_000
"""Pages read of one PDF: a page that is named a million times takes no space in the file, but time each time."""

_PASSWORD_ERRORS = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
_SILENT_ANNOTATIONS = (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP)
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?)?")
_SAMPLES = 5  # characters of a line that are asked for their box, besides the first
_LINE = re.compile(f"[^\r\n{HYPHEN}]+{HYPHEN}?")
_LEADERS = re.compile(r" ?(?:\. ?){4,}")
_ENOUGH = CHARACTER_LIMIT * 11 // 10  # joined lines may be a little shorter, and the end of what is kept must be told
_BLANK_LINE = "\n\n"

# An odd outline is worth no line in our log: the text is read all the same.
logging.getLogger("pypdfium2").setLevel(logging.ERROR)


class PdfExtractor:
    """Reads the text layer of a PDF; scanned pages give a remark."""

    media_types: tuple[str, ...] = ("application/pdf",)

    def extract(self, path: Path) -> Extracted:
        """Return the pages' text; raises `ExtractionFailed` (`encrypted`, `damaged`, `empty`, …)."""
        with translated("PDF"):
            require_content(path, "PDF")
            try:
                document = pypdfium2.PdfDocument(_mapped(path))
            except pypdfium2.PdfiumError as error:
                raise (encrypted("PDF") if error.err_code in _PASSWORD_ERRORS else damaged("PDF")) from error
            with closing(document):
                return _read(document)


def _mapped(path: Path) -> ctypes.Array[ctypes.c_char]:
    """Return the file's bytes without reading them yet; pypdfium2 would look for what `path` points at."""
    with path.open("rb") as file:
        # A copy on write, since ctypes takes no memory that can't be written; nobody writes.
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    return (ctypes.c_char * len(content)).from_buffer(content)


@dataclass(slots=True)
class _Page:
    """What was found on a page; `lines` is None where it could not be read."""

    lines: list[Line] | None
    notes: list[str]
    blank: bool = False


def _read(document: pypdfium2.PdfDocument) -> Extracted:
    pages = list(_pages(document))
    count = len(document)
    if all(page.lines is None for page in pages):
        raise damaged("PDF")
    builder, flow = TextBuilder(), Flow()
    entries = outline(document)
    guesses = [] if entries else guessed([page.lines or [] for page in pages])
    for index, page in enumerate(pages):
        headings = placed(entries.get(index, ()), page.lines or ()) if entries else guesses[index]
        builder.place("page", str(index + 1))
        _add_page(builder, flow, page, headings)
    builder.remarks.extend(_page_remarks(pages, count))
    if count > PAGE_LIMIT and len(pages) == PAGE_LIMIT:
        builder.remarks.append(Remark("truncated", f"It has {count:,} pages; only the first {PAGE_LIMIT:,} were read."))
    if attached := document.count_attachments():
        files = "1 file is" if attached == 1 else f"{attached} files are"
        builder.remarks.append(Remark("attachments", f"{files} attached to this PDF and not read."))
    return builder.build(_metadata(document))


def _pages(document: pypdfium2.PdfDocument) -> Iterator[_Page]:
    """Yield the pages, until there is more text than is kept."""
    length = 0
    for index in range(min(len(document), PAGE_LIMIT)):
        try:
            with closing(document[index]) as page:
                lines, notes = _page_lines(page), _notes(page)
                yield _Page(lines, notes, blank=pdfium.FPDFPage_CountObjects(page) == 0)
        except pypdfium2.PdfiumError:
            yield _Page(None, [])
            continue
        length += sum(len(line.text) for line in lines)
        if length > _ENOUGH:
            return


def _add_page(builder: TextBuilder, flow: Flow, page: _Page, headings: Sequence[Heading]) -> None:
    apart = {edge for each in headings if each.span for edge in (each.line, each.line + each.span)}
    text, starts = flow.join(page.lines or (), apart)
    if not text:
        for heading in headings:
            builder.place("heading", heading.label, heading.level)
    else:
        start = len(builder) + (len(_BLANK_LINE) if len(builder) else 0)
        builder.add(text, _BLANK_LINE)
        for heading in headings:
            builder.mark(start + starts[heading.line], "heading", heading.label, heading.level)
    for note in page.notes:
        builder.add(note)


def _page_lines(page: pypdfium2.PdfPage) -> list[Line]:
    with closing(page.get_textpage()) as textpage:
        rotation = page.get_rotation()
        lines = []
        for match in _LINE.finditer(_characters(textpage)):
            raw = match.group().rstrip()
            words = _LEADERS.sub(" … ", clean(raw).strip())
            if raw.endswith("\xad"):  # the soft hyphen: how some producers part a word
                words += HYPHEN
            if words.strip(HYPHEN):
                first = match.start() + len(raw) - len(raw.lstrip())
                lines.append(_line(textpage, words, first, match.start() + len(raw) - 1, rotation))
        return rows(lines)


def _characters(textpage: pypdfium2.PdfTextPage) -> str:
    """Return the page's characters such that the index of each is PDFium's: surrogate pairs are two.

    The quick way drops and inserts characters on some pages; then each is asked for.
    """
    count = textpage.count_chars()
    text: str = textpage.get_text_range()
    if len(text) == count:
        return text
    units = [pdfium.FPDFText_GetUnicode(textpage.raw, index) for index in range(count)]
    # PDFium keeps its hyphen as 2; 1 and 2 from a font without a table of characters stand beside no letter.
    return re.sub(r"(?<=\w)\x02(?=\w)", HYPHEN, "".join(map(chr, units)))


def _line(textpage: pypdfium2.PdfTextPage, words: str, first: int, last: int, rotation: int) -> Line:
    box = pdfium.FS_RECTF()
    boxes = [
        _turned(box.left, box.bottom, box.right, box.top, rotation)
        for index in sorted({first + (last - first) * step // _SAMPLES for step in range(_SAMPLES + 1)})
        if pdfium.FPDFText_GetLooseCharBox(textpage.raw, index, box)
    ]
    heights = sorted((top - bottom, bottom) for _, bottom, _, top in boxes if top > bottom)  # a space may have none
    if not heights:
        return Line(words)
    height, bottom = heights[len(heights) // 2]
    return Line(words, min(box[0] for box in boxes), max(box[2] for box in boxes), bottom, height)


def _turned(left: float, bottom: float, right: float, top: float, rotation: int) -> tuple[float, float, float, float]:
    """Return the box as it stands when the page is shown, turned clockwise by `rotation` degrees."""
    if rotation == 90:
        return bottom, -right, top, -left
    if rotation == 180:
        return -right, -top, -left, -bottom
    if rotation == 270:
        return -top, left, -bottom, right
    return left, bottom, right, top


def _notes(page: pypdfium2.PdfPage) -> list[str]:
    """Return what readers wrote on the page: comments, and the values of form fields."""
    notes = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), ANNOTATION_LIMIT)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            if kind == pdfium.FPDF_ANNOT_WIDGET:
                if pdfium.FPDFAnnot_GetValueType(annotation, b"V") == pdfium.FPDF_OBJECT_STRING:
                    notes.append(_string(annotation, b"V"))
            elif kind not in _SILENT_ANNOTATIONS and (words := _string(annotation, b"Contents")).strip():
                notes.append(f"Note: {words}")
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return [note for note in notes if note.strip()]


def _string(annotation: pdfium.FPDF_ANNOTATION, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = ctypes.create_string_buffer(size + 2)
    pdfium.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le", "replace")


def _metadata(document: pypdfium2.PdfDocument) -> dict[str, str | int | float | None]:
    title, author, created = (document.get_metadata_value(key) for key in ("Title", "Author", "CreationDate"))
    return {"title": title, "author": author, "created": iso_date(created), "pages": len(document)}


def iso_date(date: str) -> str | None:
    """Return a PDF date (`D:20220403180542+02'00'`, ISO 32000-1, 7.9.4) in ISO 8601 as far as it goes, or None."""
    match = _DATE.match(date)
    if match is None:
        return None
    year, month, day, hour, minute, second, zulu, sign, zone_hour, zone_minute = match.groups()
    iso = "-".join(filter(None, (year, month, day)))
    if minute:
        iso += f"T{hour}:{minute}:{second or '00'}"
        iso += "Z" if zulu else f"{sign}{zone_hour}:{zone_minute or '00'}" if sign else ""
    return iso


def _page_remarks(pages: Sequence[_Page], count: int) -> Iterator[Remark]:
    without_text = [
        number for number, page in enumerate(pages, 1) if page.lines == [] and not page.notes and not page.blank
    ]
    failed = [number for number, page in enumerate(pages, 1) if page.lines is None]
    if without_text and len(without_text) == count:
        words = "The only page has no text." if count == 1 else f"No text on any of the {count} pages."
        yield Remark("no_text", words)
    elif without_text:
        yield Remark("no_text", f"No text on {numbered('page', without_text)} of {count}.")
    if failed:
        yield Remark("part_failed", f"Could not read {numbered('page', failed)} of {count}.")
