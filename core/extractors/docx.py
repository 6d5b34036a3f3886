"""Word documents: headings, numbered lists, tables, footnotes, comments and text boxes, in the order of reading.

Headers and footers are left out, and so is what the reader does not see (deleted and hidden text, field codes) and the
table of contents (its words are the headings, which would all be found twice).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from core.domain.extracted import Extracted, Remark
from core.extractors.archive import Archive, open_archive
from core.extractors.builder import TextBuilder
from core.extractors.docx_styles import Numbering, Styles, counted, list_place, outline_level
from core.extractors.failures import tolerated, translated
from core.extractors.ooxml import core_properties, drawing_texts, main_part, relationships
from core.extractors.xml_tree import attribute, child

_WHAT = "Word document"
_HEADING_LIMIT = 300
_SKIPPED = frozenset(
    ("del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "sdtPr", "tblPr", "trPr", "tcPr", "rt")
)
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_DRAWINGS = frozenset(("drawing", "pict", "object"))
_CONTENTS_STYLES = ("toc ", "table of figures")


class DocxExtractor:
    """Reads DOCX, and its templates and macro files (DOTX, DOCM, DOTM)."""

    media_types: tuple[str, ...] = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",)

    def extract(self, path: Path) -> Extracted:
        """Return the document's text; raises `ExtractionFailed` (`encrypted`, `damaged`, `too_large`, …)."""
        with translated(_WHAT), open_archive(path, _WHAT) as archive:
            reader = _Reader(archive)
            reader.read()
            metadata = core_properties(archive)
            metadata["title"] = metadata.get("title") or reader.title
            return reader.builder.build(metadata)


@dataclass(slots=True)
class _Beside:
    """What hangs on a paragraph and is read after it."""

    notes: list[str] = field(default_factory=list)
    drawings: list[Element] = field(default_factory=list)


class _Reader:
    """Walks the body and fills the builder."""

    def __init__(self, archive: Archive) -> None:
        self.builder = TextBuilder()
        self.title = ""
        self._archive = archive
        self._part = main_part(archive, "word/document.xml")
        self._sides = self._pointers()
        self._styles = Styles(self._side("styles"))
        self._numbering = Numbering(self._side("numbering"))
        self._notes = {kind: self._by_id(f"{kind}s", kind) for kind in ("footnote", "endnote", "comment")}
        self._counts = {"footnote": 0, "endnote": 0}
        self._in_list = False

    def read(self) -> None:
        """Read the whole document."""
        root = self._archive.xml(self._part)
        self._blocks(root if root.tag == "body" else root.find("body"))

    def _pointers(self) -> dict[str, str]:
        with tolerated():
            return {each.kind: each.part for each in relationships(self._archive, self._part).values()}
        self.builder.remarks.append(Remark("part_failed", "The document's notes and styles could not be found."))
        return {}

    def _side(self, kind: str) -> Element | None:
        """Return the root of a part that the document can be read without."""
        with tolerated():
            return self._archive.xml(self._sides[kind]) if kind in self._sides else None
        self.builder.remarks.append(Remark("part_failed", f"The document's {kind} could not be read."))
        return None

    def _by_id(self, kind: str, tag: str) -> dict[str, Element]:
        root = self._side(kind)
        return {attribute(each, "id") or "": each for each in root.iter(tag)} if root is not None else {}

    def _blocks(self, parent: Element | None) -> None:
        for element in _content(parent):
            if self.builder.full:
                return
            if element.tag == "p":
                self._paragraph(element)
            elif element.tag == "tbl":
                self._table(element)

    def _paragraph(self, paragraph: Element) -> None:
        properties = child(paragraph, "pPr")
        style_element = child(properties, "pStyle") if properties is not None else None
        style = (attribute(style_element, "val") if style_element is not None else None) or self._styles.default
        if self._styles.name(style).startswith(_CONTENTS_STYLES):
            return
        text, beside = self._text(paragraph)
        number, depth = list_place(properties)
        if not number:
            number, depth = self._styles.numbering(style)
        item = bool(text) and number not in ("", "0")
        label = self._numbering.label(number, depth) if item else ""
        set_level = outline_level(properties)
        level = self._styles.heading_level(style) if set_level is None else set_level
        if level and 0 < len(text) <= _HEADING_LIMIT:
            self.title = self.title or (text if self._styles.name(style) == "title" else "")
            self.builder.heading(f"{label} {text}" if label not in ("", "-") else text, level)
            item = False
        else:
            line = f"{'  ' * depth}{label} {text}" if label else text
            self.builder.add(line, "\n" if item and self._in_list else "\n\n")
        if text:
            self._in_list = item
        self._add_beside(beside)

    def _add_beside(self, beside: _Beside) -> None:
        for note in beside.notes:
            self.builder.add(note)
        for drawing in beside.drawings:
            for box in _text_boxes(drawing):
                self._blocks(box)
            for text in drawing_texts(self._archive, self._part, drawing):
                self.builder.add(text)

    def _table(self, table: Element) -> None:
        rows = [[cell for cell in _content(row) if cell.tag == "tc"] for row in _rows(table)]
        # A single column, or a table inside a table, is there for the layout of the page.
        if max(map(len, rows), default=0) <= 1 or any(cell.find("tbl") is not None for row in rows for cell in row):
            for row in rows:
                for cell in row:
                    self._blocks(cell)
            return
        beside = _Beside()
        lines = []
        for row in rows:
            texts = [" ".join(self._cell(cell, beside).split()) for cell in row]
            while texts and not texts[-1]:
                texts.pop()
            if texts:
                lines.append(" | ".join(texts))
        self.builder.add("\n".join(lines))
        self._in_list = False
        self._add_beside(beside)

    def _cell(self, cell: Element, beside: _Beside) -> str:
        texts = []
        for paragraph in _content(cell):
            text, hanging = self._text(paragraph)
            texts.append(text)
            beside.notes += hanging.notes
            beside.drawings += hanging.drawings
        return " ".join(texts)

    def _text(self, paragraph: Element) -> tuple[str, _Beside]:
        """Return a paragraph's words, and what hangs on it."""
        parts: list[str] = []
        beside = _Beside()
        self._collect(paragraph, parts, beside)
        return "".join(parts).strip(), beside

    def _collect(self, element: Element, parts: list[str], beside: _Beside) -> None:
        for each in element:
            tag = each.tag
            if tag == "t":
                parts.append(each.text or "")
            elif tag in _CHARACTERS:
                parts.append(_CHARACTERS[tag])
            elif tag in _DRAWINGS:
                beside.drawings.append(each)
            elif tag in ("footnoteReference", "endnoteReference"):
                parts.append(self._note(tag.removesuffix("Reference"), attribute(each, "id") or "", beside))
            elif tag == "commentReference":
                self._comment(attribute(each, "id") or "", beside)
            elif tag == "AlternateContent":
                chosen = _chosen(each)
                if chosen is not None:
                    self._collect(chosen, parts, beside)
            elif tag not in _SKIPPED and not _is_hidden(each):
                self._collect(each, parts, beside)

    def _note(self, kind: str, identifier: str, beside: _Beside) -> str:
        """Keep a note's text for after the paragraph, and return the mark that stands in the paragraph."""
        note = self._notes[kind].pop(identifier, None)
        if note is None:
            return ""
        self._counts[kind] += 1
        mark = f"[{counted(self._counts[kind], 'decimal' if kind == 'footnote' else 'lowerRoman')}]"
        beside.notes.append(f"{mark} {self._words(note)}")
        return mark

    def _comment(self, identifier: str, beside: _Beside) -> None:
        comment = self._notes["comment"].pop(identifier, None)
        if comment is not None:
            author = attribute(comment, "author")
            beside.notes.append(f"Comment ({author}): {self._words(comment)}" if author else self._words(comment))

    def _words(self, note: Element) -> str:
        """Return all words of a note; taken from the table first, so that no note can hold itself."""
        return "\n".join(text for each in note.iter("p") if (text := self._text(each)[0]))


def _content(parent: Element | None) -> Iterator[Element]:
    """Yield the paragraphs, tables, rows or cells in a container, through the wrappers that Word puts around them."""
    for element in parent if parent is not None else ():
        if element.tag in ("p", "tbl", "tr", "tc"):
            yield element
        elif element.tag == "AlternateContent":
            yield from _content(_chosen(element))
        elif element.tag in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo") and not _is_hidden(element):
            yield from _content(element)


def _rows(table: Element) -> Iterator[Element]:
    return (row for row in _content(table) if row.tag == "tr" and child(row, "trPr", "del") is None)


def _chosen(alternatives: Element) -> Element | None:
    """Return one of the ways in which the same content is kept for newer and older versions of Word."""
    choice = alternatives.find("Choice")
    return choice if choice is not None else alternatives.find("Fallback")


def _is_hidden(element: Element) -> bool:
    """Whether this is a run that Word hides, or a content control that only shows its prompt."""
    if element.tag == "r":
        vanish = child(element, "rPr", "vanish")
        return vanish is not None and attribute(vanish, "val") not in ("0", "false", "off")
    return element.tag == "sdt" and child(element, "sdtPr", "showingPlcHdr") is not None


def _text_boxes(drawing: Element) -> Iterator[Element]:
    """Yield the outermost text boxes in a drawing."""
    for element in drawing:
        if element.tag == "txbxContent":
            yield element
        elif element.tag == "AlternateContent":
            chosen = _chosen(element)
            if chosen is not None:
                yield from _text_boxes(chosen)
        else:
            yield from _text_boxes(element)
