"""PowerPoint presentations: slides in their order, each with its title, shapes, tables, charts and speaker notes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from core.domain.extracted import Extracted, Remark
from core.errors import ExtractionFailed
from core.extractors.archive import Archive, open_archive
from core.extractors.builder import TextBuilder, numbered
from core.extractors.failures import tolerated, translated
from core.extractors.ooxml import core_properties, drawing_texts, main_part, part_of_kind, relationships
from core.extractors.reading_order import Place, Shape, in_reading_order
from core.extractors.xml_tree import attribute, child

_WHAT = "PowerPoint presentation"
_TITLES = ("title", "ctrTitle")
_FURNITURE = ("dt", "ftr", "hdr", "sldNum", "sldImg")
_EMU_PER_POINT = 12_700
_SHAPES = ("sp", "graphicFrame", "grpSp", "pic", "cxnSp", "AlternateContent")


class PptxExtractor:
    """Reads PPTX, and its shows, templates and macro files (PPSX, POTX, PPTM, …)."""

    media_types: tuple[str, ...] = ("application/vnd.openxmlformats-officedocument.presentationml.presentation",)

    def extract(self, path: Path) -> Extracted:
        """Return the slides' text; raises `ExtractionFailed` (`encrypted`, `damaged`, `too_large`, …)."""
        with translated(_WHAT), open_archive(path, _WHAT) as archive:
            return _Reader(archive).read()


class _Reader:
    """Reads the slides one after the other into the builder."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._builder = TextBuilder()
        self._layouts: dict[str | None, _Layout] = {}
        self._damage: list[ExtractionFailed] = []  # of parts that the present slide is read without

    def read(self) -> Extracted:
        slides = self._slides()
        failed = []
        for number, part in enumerate(slides, 1):
            self._builder.place("slide", str(number))
            self._damage.clear()
            with tolerated() as damage:
                self._slide(number, part)
            if damage or self._damage:
                failed.append(number)
            if self._builder.full:
                break
        if failed:
            self._builder.remarks.append(
                Remark("part_failed", f"Could not read all of {numbered('slide', failed)} of {len(slides)}.")
            )
        return self._builder.build({**core_properties(self._archive), "pages": len(slides)})

    def _slides(self) -> list[str]:
        """Return the parts of the slides in the order of the show."""
        part = main_part(self._archive, "ppt/presentation.xml")
        known = relationships(self._archive, part)
        slides = []
        for entry in self._archive.xml(part).iter("sldId"):
            entry.attrib.pop("id", None)  # the slide's own number; `id` of another namespace is the relationship
            target = known.get(attribute(entry, "id") or "")
            if target is not None and target.kind == "slide":
                slides.append(target.part)
        return list(dict.fromkeys(slides))  # a slide that is named again is not read again

    def _slide(self, number: int, part: str) -> None:
        targets = {each.kind: each.part for each in relationships(self._archive, part).values()}
        tree = child(self._archive.xml(part), "cSld", "spTree")
        if tree is not None:
            titles = (_words(each) for each in tree.iter("sp") if _placeholder(each)[0] in _TITLES)
            title = next(filter(None, titles), "")
            shapes = in_reading_order(self._shapes(part, tree, self._layout(targets.get("slideLayout"))))
            if not title:  # what follows belongs to the slide before no longer
                self._builder.place("heading", shapes[0].text.splitlines()[0] if shapes else f"Slide {number}", 1)
            self._builder.heading(title, 1)
            for shape in shapes:
                self._builder.add(shape.text)
        if "notesSlide" in targets:
            notes = self._archive.xml(targets["notesSlide"])
            shown = [_words(each) for each in notes.iter("sp") if _placeholder(each)[0] == "body"]
            self._add_marked("Notes", "\n".join(filter(None, shown)))
        if "comments" in targets:
            for comment in self._archive.xml(targets["comments"]).iter("cm"):
                words = (each.text for each in comment.iter() if each.tag in ("text", "t"))
                self._add_marked("Comment", " ".join(filter(None, words)))

    def _add_marked(self, mark: str, words: str) -> None:
        if words.strip():
            self._builder.add(f"{mark}: {words}")

    def _shapes(self, part: str, parent: Element, layout: _Layout) -> Iterator[Shape]:
        """Yield the shapes with text in a tree or group; a group stands where its box stands, in its own order."""
        last = Place()
        for shape in _content(parent):
            last = _own_place(shape) or layout.place(shape) or last
            if shape.tag == "grpSp":
                text = "\n".join(inner.text for inner in in_reading_order(self._shapes(part, shape, layout)))
            elif shape.tag == "graphicFrame":
                tables = ["\n".join(_rows(table)) for table in shape.iter("tbl")]
                with tolerated() as damage:
                    tables += drawing_texts(self._archive, part, shape)
                self._damage += damage
                text = "\n\n".join(tables)
            elif _placeholder(shape)[0] in (*_TITLES, *_FURNITURE):
                continue
            else:
                text = _words(shape)
            if text.strip():
                yield Shape(last, text.strip())

    def _layout(self, part: str | None) -> _Layout:
        if part not in self._layouts:
            self._layouts[part] = _Layout()
            with tolerated() as damage:
                self._layouts[part].read(self._archive, part)
            self._damage += damage
        return self._layouts[part]


class _Layout:
    """Where a layout and its master put the placeholders that have no place of their own on the slide."""

    def __init__(self) -> None:
        self._by_index: dict[str, Place] = {}
        self._by_kind: dict[str, Place] = {}

    def read(self, archive: Archive, part: str | None) -> None:
        """Read the places from the part of the layout, if the slide has one."""
        master = part_of_kind(archive, part, "slideMaster") if part else None
        for name in (master, part):
            for shape in archive.xml(name).iter("sp") if name else ():
                kind, index = _placeholder(shape)
                place = _own_place(shape)
                if place is not None:
                    self._by_kind[kind] = place
                    if name == part:
                        self._by_index[index] = place

    def place(self, shape: Element) -> Place | None:
        kind, index = _placeholder(shape)
        return self._by_index.get(index) or self._by_kind.get(kind)


def _content(parent: Element) -> Iterator[Element]:
    for element in parent:
        if element.tag == "AlternateContent":
            chosen = element.find("Choice")
            yield from _content(chosen if chosen is not None else element)
        elif element.tag in _SHAPES:
            yield element


def _own_place(shape: Element) -> Place | None:
    transform = next((each for each in shape.iter("xfrm")), None)
    offset = child(transform, "off") if transform is not None else None
    if offset is None:
        return None
    try:
        return Place(float(offset.get("y", "")) / _EMU_PER_POINT, float(offset.get("x", "")) / _EMU_PER_POINT)
    except ValueError:
        return None


def _placeholder(shape: Element) -> tuple[str, str]:
    """Return the type of placeholder that a shape is and its index; empty for no placeholder."""
    placeholder = child(shape, "nvSpPr", "nvPr", "ph")
    if placeholder is None:
        return "", ""
    return placeholder.get("type", "body"), placeholder.get("idx", "")


def _words(shape: Element) -> str:
    """Return a shape's paragraphs, one per line."""
    body = shape.find("txBody")
    paragraphs = [_paragraph(each) for each in body.findall("p")] if body is not None else []
    return "\n".join(text for text in paragraphs if text)


def _paragraph(paragraph: Element) -> str:
    parts = []
    for element in paragraph.iter():
        if element.tag == "t":
            parts.append(element.text or "")
        elif element.tag == "br":
            parts.append("\n")
        elif element.tag == "tab":
            parts.append("\t")
    return "".join(parts).strip()


def _rows(table: Element) -> Iterator[str]:
    for row in table.iter("tr"):
        cells = [" ".join(" ".join(_paragraph(each) for each in cell.iter("p")).split()) for cell in row.iter("tc")]
        if any(cells):
            yield " | ".join(cells)
