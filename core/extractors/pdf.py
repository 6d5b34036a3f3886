"""PDF by PDFium: pages, paragraphs, the outline as headings, notes and form values.

PDFium is not thread-safe and never fails in Python's way; this runs in a process of its own, one file at a time.
"""

from __future__ import annotations

import ctypes
import logging
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from core.domain.extracted import Extracted, Remark
from core.extractors.builder import TextBuilder, clean, numbered
from core.extractors.failures import damaged, encrypted, require_content, translated
from core.extractors.pdf_lines import HYPHEN, Flow, Line, rows

OUTLINE_LIMIT = 10_000
ANNOTATION_LIMIT = 1_000

_PASSWORD_ERRORS = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
_SILENT_ANNOTATIONS = (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP)
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?)?")
_SAMPLES = 5  # characters of a line that are asked for their box, besides the first
_LINE = re.compile(f"[^\r\n{HYPHEN}]+{HYPHEN}?")
_LEADERS = re.compile(r" ?(?:\. ?){4,}")
_KEY = re.compile(r"[\W_]+")

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
                document = pypdfium2.PdfDocument(path)
            except pypdfium2.PdfiumError as error:
                raise (encrypted("PDF") if error.err_code in _PASSWORD_ERRORS else damaged("PDF")) from error
            with closing(document):
                return _read(document)


@dataclass(frozen=True, slots=True)
class _Bookmark:
    title: str
    level: int
    top: float | None


def _read(document: pypdfium2.PdfDocument) -> Extracted:
    builder, flow = TextBuilder(), Flow()
    outline = _outline(document)
    count = len(document)
    without_text: list[int] = []
    failed: list[int] = []
    for index in range(count):
        try:
            with closing(document[index]) as page:
                lines, notes = _page_lines(page), _notes(page)
                blank = not lines and not notes and pdfium.FPDFPage_CountObjects(page) == 0
        except pypdfium2.PdfiumError:
            failed.append(index + 1)
            continue
        if not lines and not notes and not blank:
            without_text.append(index + 1)
        _add_page(builder, flow, index, lines, notes, outline.get(index, []))
        if builder.full:
            break
    if len(failed) == count:
        raise damaged("PDF")
    builder.remarks.extend(_page_remarks(without_text, failed, count))
    if attached := document.count_attachments():
        files = "1 file is" if attached == 1 else f"{attached} files are"
        builder.remarks.append(Remark("attachments", f"{files} attached to this PDF and not read."))
    return builder.build(_metadata(document))


def _add_page(
    builder: TextBuilder, flow: Flow, index: int, lines: list[Line], notes: list[str], bookmarks: list[_Bookmark]
) -> None:
    builder.place("page", str(index + 1))
    text, offsets = flow.join(lines)
    before = len(builder)
    builder.add(text)
    start = len(builder) - len(text) if len(builder) > before else before
    builder_full = builder.full
    for bookmark in bookmarks:
        if not lines:
            builder.place("heading", bookmark.title, bookmark.level)
        elif not builder_full:
            builder.mark(start + offsets[_line_of(bookmark, lines)], "heading", bookmark.title, bookmark.level)
    for note in notes:
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


def _outline(document: pypdfium2.PdfDocument) -> dict[int, list[_Bookmark]]:
    """Return the outline's entries by page index."""
    entries: dict[int, list[_Bookmark]] = {}
    for bookmark in islice(document.get_toc(), OUTLINE_LIMIT):
        try:
            title = " ".join(clean(bookmark.get_title()).split())
        except UnicodeDecodeError:
            continue
        destination = bookmark.get_dest()
        index = destination.get_index() if destination else None
        if title and index is not None:
            mode, place = destination.get_view()
            top = place[1] if mode == pdfium.PDFDEST_VIEW_XYZ and len(place) > 1 and place[1] > 0 else None
            entries.setdefault(index, []).append(_Bookmark(title, bookmark.level + 1, top))
    return entries


def _line_of(bookmark: _Bookmark, lines: list[Line]) -> int:
    """Return the index of the line that holds the bookmark's words, else of the one it points at, else 0.

    The title may run over two lines, and its number may stand in the page alone. Of several lines, the nearest to the
    place that the bookmark points at wins, then the one with the least besides the title.
    """
    wanted = _key(bookmark.title)
    found: list[tuple[float, int, int]] = []
    for index, line in enumerate(lines):
        key = _key(line.text)
        if key and len(key) < len(wanted) and wanted.startswith(key) and index + 1 < len(lines):
            key += _key(lines[index + 1].text)
        if wanted and wanted in key:
            distance = abs(line.bottom + line.height - bookmark.top) if bookmark.top is not None else 0.0
            found.append((distance, len(key) - len(wanted), index))
    if found:
        return min(found)[2]
    if bookmark.top is not None:
        return next((i for i, line in enumerate(lines) if line.height and line.bottom < bookmark.top), 0)
    return 0


def _key(text: str) -> str:
    return _KEY.sub("", text).casefold()


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


def _page_remarks(without_text: list[int], failed: list[int], count: int) -> Iterator[Remark]:
    if without_text and len(without_text) == count:
        yield Remark("no_text", _all_without_text(count))
    elif without_text:
        yield Remark("no_text", f"No text on {numbered('page', without_text)} of {count}.")
    if failed:
        yield Remark("part_failed", f"Could not read {numbered('page', failed)} of {count}.")


def _all_without_text(count: int) -> str:
    return "The only page has no text." if count == 1 else f"No text on any of the {count} pages."
