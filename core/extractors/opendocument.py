"""OpenDocument texts and presentations (ODT, ODP): headings, lists, tables, notes and slides from `content.xml`.

OASIS OpenDocument 1.3, part 3. Indices (a table of contents and the like) and recorded deletions are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from core.domain.extracted import Extracted
from core.extractors.archive import open_archive
from core.extractors.builder import TextBuilder
from core.extractors.failures import damaged, translated
from core.extractors.odf_package import meta_properties, require_plain
from core.extractors.reading_order import Place, Shape, in_reading_order
from core.extractors.xml_tree import attribute

_WHAT = "OpenDocument file"
_BODIES = ("text", "presentation", "spreadsheet", "drawing")
_INDICES = ("table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index")
_SKIPPED = frozenset((*_INDICES, "tracked-changes", "forms", "annotation-end", "ruby-text"))
_SHAPES = frozenset(
    ("frame", "custom-shape", "rect", "ellipse", "line", "connector", "g", "polygon", "path", "caption")
)
_HEADING_LIMIT = 300
_SPACE_LIMIT = 100
_WHITE_SPACE = re.compile(r"[ \t\r\n]+")
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(mm|cm|in|pt|pc|px)")
_POINTS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75}


class OpenDocumentExtractor:
    """Reads ODT and ODP, and their templates."""

    media_types: tuple[str, ...] = (
        "application/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.presentation",
    )

    def extract(self, path: Path) -> Extracted:
        """Return the document's text; raises `ExtractionFailed` (`encrypted`, `damaged`, `too_large`, …)."""
        with translated(_WHAT), open_archive(path, _WHAT) as archive:
            require_plain(archive)
            root = archive.xml("content.xml")
            content = next((each for each in root.iterfind("body/*") if each.tag in _BODIES), None)
            if content is None:
                raise damaged(_WHAT)
            reader = _Reader(_counting_styles(root))
            metadata = meta_properties(archive)
            if content.tag == "presentation":
                metadata["pages"] = reader.slides(content)
            else:
                reader.blocks(content)
            return reader.builder.build(metadata)


@dataclass(slots=True)
class _Beside:
    """What hangs on a paragraph and is read after it."""

    notes: list[str] = field(default_factory=list)
    frames: list[Element] = field(default_factory=list)


class _Reader:
    """Walks the content and fills the builder; `counting` holds the names of list styles with numbers."""

    def __init__(self, counting: frozenset[str]) -> None:
        self.builder = TextBuilder()
        self._counting = counting

    def slides(self, presentation: Element) -> int:
        """Read each slide, its title first, its notes last; return how many there are."""
        pages = presentation.findall("page")
        for number, page in enumerate(pages, 1):
            if self.builder.full:
                break
            self.builder.place("slide", str(number))
            titles = [each for each in page.iter("frame") if attribute(each, "class") == "title"]
            title = "\n".join(filter(None, map(self._shape_text, titles)))
            shapes = in_reading_order(self._shapes(page))
            if not title:  # what follows belongs to the slide before no longer
                label = shapes[0].text.splitlines()[0] if shapes else f"Slide {number}"
                self.builder.place("heading", label, 1)
            self.builder.heading(title, 1)
            for shape in shapes:
                self.builder.add(shape.text)
            notes = page.find("notes")
            words = "\n".join(shape.text for shape in self._shapes(notes)) if notes is not None else ""
            self.builder.add(f"Notes: {words}" if words else "")
        return len(pages)

    def blocks(self, parent: Element) -> None:
        """Read the paragraphs, lists and tables of a container."""
        for element in parent:
            if self.builder.full:
                return
            if element.tag in ("p", "h"):
                self._paragraph(element)
            elif element.tag == "list":
                beside = _Beside()
                self.builder.add("\n".join(self._items(element, beside)))
                self._add_beside(beside)
            elif element.tag == "table":
                self._table(element)
            elif element.tag in _SHAPES:
                self._frame(element)
            elif element.tag not in _SKIPPED:
                self.blocks(element)

    def _paragraph(self, element: Element) -> None:
        beside = _Beside()
        text = self._text(element, beside)
        if element.tag == "h" and len(text) <= _HEADING_LIMIT:
            level = attribute(element, "outline-level") or ""
            self.builder.heading(text, min(int(level), 9) if level.isdecimal() and int(level) > 0 else 1)
        else:
            self.builder.add(text)
        self._add_beside(beside)

    def _add_beside(self, beside: _Beside) -> None:
        for note in beside.notes:
            self.builder.add(note)
        for frame in beside.frames:
            self._frame(frame)

    def _frame(self, frame: Element) -> None:
        """Read what stands in a frame or shape: a text box, or the paragraphs in the shape itself."""
        for element in frame:
            if element.tag in ("text-box", "p", "list", "table", *_SHAPES):
                self.blocks(element if element.tag == "text-box" else _wrapped(element))

    def _items(self, listing: Element, beside: _Beside, depth: int = 0, inherited: str = "") -> list[str]:
        """Return a list's items as lines, numbered or with a dash, deeper lists indented."""
        style = attribute(listing, "style-name") or inherited
        lines: list[str] = []
        number = 0
        for item in listing:
            if item.tag not in ("list-item", "list-header"):
                continue
            first = item.tag == "list-item"
            number += first
            for element in item:
                if element.tag in ("p", "h"):
                    mark = (f"{number}. " if style in self._counting else "- ") if first else ""
                    text = self._text(element, beside)
                    if text:
                        lines.append("  " * depth + mark + text)
                        first = False
                elif element.tag == "list":
                    lines += self._items(element, beside, depth + 1, style)
        return lines

    def _table(self, table: Element) -> None:
        rows = [list(_cells(row)) for row in _rows(table)]
        # A single column, or a table inside a table, is there for the layout of the page.
        if max(map(len, rows), default=0) <= 1 or any(cell.find("table") is not None for row in rows for cell in row):
            for row in rows:
                for cell in row:
                    self.blocks(cell)
            return
        beside = _Beside()
        lines = []
        for row in rows:
            texts = [self._cell(cell, beside) for cell in row]
            while texts and not texts[-1]:
                texts.pop()
            if texts:
                lines.append(" | ".join(texts))
        self.builder.add("\n".join(lines))
        self._add_beside(beside)

    def _cell(self, cell: Element, beside: _Beside) -> str:
        return " ".join(" ".join(self._lines(cell, beside)).split())

    def _lines(self, parent: Element, beside: _Beside) -> Iterator[str]:
        """Yield the paragraphs and items in a cell or shape."""
        for element in parent:
            if element.tag in ("p", "h"):
                yield self._text(element, beside)
            elif element.tag == "list":
                yield from self._items(element, beside)
            elif element.tag in ("text-box", "section"):
                yield from self._lines(element, beside)

    def _text(self, paragraph: Element, beside: _Beside) -> str:
        parts: list[str] = []
        self._collect(paragraph, parts, beside)
        return re.sub(" ?\n ?", "\n", "".join(parts)).strip()

    def _collect(self, element: Element, parts: list[str], beside: _Beside) -> None:
        parts.append(_collapsed(element.text))
        for each in element:
            if each.tag == "s":
                count = attribute(each, "c") or "1"
                parts.append(" " * (min(int(count), _SPACE_LIMIT) if count.isdecimal() else 1))
            elif each.tag == "tab":
                parts.append("\t")
            elif each.tag == "line-break":
                parts.append("\n")
            elif each.tag == "note":
                parts.append(self._note(each, beside))
            elif each.tag == "annotation":
                author = each.findtext("creator")
                words = self._words(each)
                beside.notes.append(f"Comment ({author}): {words}" if author else f"Comment: {words}")
            elif each.tag in _SHAPES:
                beside.frames.append(each)
            elif each.tag not in _SKIPPED:
                self._collect(each, parts, beside)
            parts.append(_collapsed(each.tail))

    def _note(self, note: Element, beside: _Beside) -> str:
        """Keep a note's text for after the paragraph, and return the mark that stands in the paragraph."""
        mark = f"[{(note.findtext('note-citation') or '*').strip()}]"
        body = note.find("note-body")
        beside.notes.append(f"{mark} {self._words(body) if body is not None else ''}")
        return mark

    def _words(self, parent: Element) -> str:
        return "\n".join(filter(None, self._lines(parent, _Beside())))

    def _shapes(self, parent: Element) -> Iterator[Shape]:
        """Yield the shapes of a slide with text, without its title and without prompts for text that is missing."""
        for shape in parent:
            if shape.tag not in _SHAPES or attribute(shape, "class") == "title":
                continue
            if attribute(shape, "placeholder") == "true":
                continue
            if shape.tag == "g":
                group = in_reading_order(self._shapes(shape))
                if group:
                    yield Shape(group[0].place, "\n".join(each.text for each in group))
            elif text := self._shape_text(shape):
                yield Shape(Place(_points(attribute(shape, "y")), _points(attribute(shape, "x"))), text)

    def _shape_text(self, shape: Element) -> str:
        """Return the text of a shape: its paragraphs, and its tables row by row."""
        beside = _Beside()
        lines = list(self._lines(shape, beside))
        for table in shape.iter("table"):
            lines += (" | ".join(self._cell(cell, beside) for cell in _cells(row)) for row in _rows(table))
        return "\n".join(filter(None, (*lines, *beside.notes))).strip()


def _counting_styles(root: Element) -> frozenset[str]:
    """Return the names of the list styles whose items are numbered."""
    return frozenset(
        attribute(style, "name") or "" for style in root.iter("list-style") if _first_level(style) == "number"
    )


def _first_level(style: Element) -> str:
    level = next(iter(style), None)
    return level.tag.rpartition("-")[2] if level is not None and attribute(level, "num-format") else ""


def _rows(table: Element) -> Iterator[Element]:
    for element in table:
        if element.tag == "table-row":
            yield element
        elif element.tag in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(element)


def _cells(row: Element) -> Iterator[Element]:
    return (cell for cell in row if cell.tag in ("table-cell", "covered-table-cell"))


def _wrapped(element: Element) -> Element:
    """Return a container that holds only `element`."""
    container = Element("section")
    container.append(element)
    return container


def _collapsed(text: str | None) -> str:
    """Return text with its white space as OpenDocument means it (part 3, 6.1.2): runs are one space."""
    return _WHITE_SPACE.sub(" ", text) if text else ""


def _points(length: str | None) -> float:
    match = _LENGTH.fullmatch(length or "")
    return float(match.group(1)) * _POINTS[match.group(2)] if match else 0.0
