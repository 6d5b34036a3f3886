"""EPUB books: the chapters in the order of the spine, headings from the contents and from the chapters themselves.

EPUB 3.3 and EPUB 2 (whose contents are an NCX). The pages are HTML, and read like any other HTML.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from core.domain.extracted import Extracted, Remark
from core.errors import ExtractionFailed
from core.extractors.archive import Archive, open_archive
from core.extractors.builder import TextBuilder
from core.extractors.decode import decode
from core.extractors.failures import damaged, tolerated, translated
from core.extractors.html import parse_html
from core.extractors.xml_tree import attribute, child, parse_xml

_WHAT = "EPUB book"
_PAGES = ("application/xhtml+xml", "text/html", "application/xml", "text/x-oeb1-document", "image/svg+xml")
_FONT_SCRAMBLING = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_KEY = re.compile(r"[\W_]+")
_DEPTH_LIMIT = 8
_CLOSED = re.compile(r"<([A-Za-z][\w:-]*)((?:\s[^<>]*)?)/>")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_BLANK_LINE = "\n\n"


class EpubExtractor:
    """Reads EPUB 2 and 3 without copy protection."""

    media_types: tuple[str, ...] = ("application/epub+zip",)

    def extract(self, path: Path) -> Extracted:
        """Return the book's text; raises `ExtractionFailed` (`encrypted`, `damaged`, `too_large`, …)."""
        with translated(_WHAT), open_archive(path, _WHAT) as archive:
            book = _Book(archive)
            _refuse_protected(archive, book)
            builder = TextBuilder()
            contents = book.contents()
            failed = 0
            for page in book.pages:
                with tolerated() as damage:
                    _add_page(builder, parse_html(_as_html(decode(archive.read(page)))), contents.get(page.casefold()))
                failed += len(damage)
                if builder.full:
                    break
            if failed == len(book.pages):
                raise damaged(_WHAT)
            if failed:
                builder.remarks.append(
                    Remark("part_failed", f"Could not read {failed} of the book's {len(book.pages)} parts.")
                )
            return builder.build(book.metadata())


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of the contents."""

    label: str
    level: int


class _Book:
    """The package of a book: its pages in reading order, its contents, its metadata.

    Attributes:
        pages: Names of the parts with the pages.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._name = self._package_name()
        self._package = self._xml(self._name)
        self._items = {each.get("id") or "": each for each in self._package.iter("item")}
        spine = self._package.find("spine")
        references = [self._items.get(each.get("idref") or "") for each in spine] if spine is not None else []
        # A page that is named again is not read again: naming it takes no space in the file.
        named = (self._path(each) for each in references if each is not None and _is_page(each))
        self.pages = list(dict.fromkeys(named))

    def contents(self) -> dict[str, _Entry]:
        """Return the first entry for each page, by the page's name in lower case; nothing if they are damaged."""
        found: dict[str, _Entry] = {}
        for entries in (self._navigation, self._ncx):
            with tolerated():  # chapters still have their own headings
                for target, entry in entries():
                    found.setdefault(target.casefold(), entry)
        return found

    def metadata(self) -> dict[str, str | int | float | None]:
        """Return title, authors, date and language."""
        facts: dict[str, list[str]] = {}
        block = self._package.find("metadata")
        for element in block.iter() if block is not None else ():
            if element.text and element.text.strip():
                facts.setdefault(element.tag.lower(), []).append(element.text.strip())
        return {
            "title": next(iter(facts.get("title", ())), None),
            "author": ", ".join(facts.get("creator", ())),
            "created": next(iter(facts.get("date", ())), None),
            "language": next(iter(facts.get("language", ())), None),
        }

    def _package_name(self) -> str:
        if "META-INF/container.xml" in self._archive:
            for file in self._xml("META-INF/container.xml").iter("rootfile"):
                named = unquote(file.get("full-path") or "")
                if named in self._archive:
                    return named
        found = next((each for each in self._archive.names() if each.lower().endswith(".opf")), None)
        if found is None:
            raise damaged(_WHAT)
        return found

    def _navigation(self) -> Iterator[tuple[str, _Entry]]:
        """Yield the contents of EPUB 3: nested lists of links in the page that is marked as `nav`."""
        item = next((each for each in self._items.values() if "nav" in (each.get("properties") or "").split()), None)
        if item is None or self._path(item) not in self._archive:
            return
        name = self._path(item)
        for nav in self._xml(name).iter("nav"):
            if (attribute(nav, "type") or "toc") == "toc":
                yield from _links(nav, name, 0)

    def _ncx(self) -> Iterator[tuple[str, _Entry]]:
        """Yield the contents of EPUB 2: nested points of a table in an XML format of its own."""
        item = next((each for each in self._items.values() if (each.get("media-type") or "").endswith("ncx+xml")), None)
        if item is not None and self._path(item) in self._archive:
            table = self._xml(self._path(item)).find("navMap")
            if table is not None:
                yield from _points(table, self._path(item), 1)

    def _path(self, item: Element) -> str:
        return _resolved(self._name, item.get("href") or "")

    def _xml(self, name: str) -> Element:
        return parse_xml(self._archive.read(name), _WHAT, external_dtd=True)


def _add_page(builder: TextBuilder, page: Extracted, entry: _Entry | None) -> None:
    """Add a page with its headings, set under its entry in the contents.

    Where the page begins with the entry's words, these are the heading; where it does not, the entry is put above it.
    """
    before = len(builder)
    first = next((anchor for anchor in page.anchors if anchor.kind == "heading"), None)
    shift = 0
    if entry is not None and first is not None and _same_words(entry.label, first.label):
        shift = entry.level - first.level
    elif entry is not None:
        builder.place("heading", entry.label, entry.level)
        shift = entry.level + 1 - min((each.level for each in page.anchors if each.kind == "heading"), default=1)
    builder.add(page.text, _BLANK_LINE)
    if len(builder) == before:
        return
    start = before + len(_BLANK_LINE) if before else 0
    for anchor in page.anchors:
        if anchor.kind == "heading":
            builder.mark(start + anchor.start, "heading", anchor.label, max(1, anchor.level + shift))


def _as_html(markup: str) -> str:
    """Return XHTML such that an HTML parser understands it: to that, `<title/>` begins a title that never ends."""
    return _CLOSED.sub(lambda tag: tag[0] if tag[1].lower() in _VOID else f"<{tag[1]}{tag[2]}></{tag[1]}>", markup)


def _same_words(one: str, other: str) -> bool:
    """Whether one of two titles holds the other, whatever their numbers and marks."""
    shorter, longer = sorted((_KEY.sub("", each).casefold() for each in (one, other)), key=len)
    return bool(shorter) and shorter in longer


def _links(parent: Element, page: str, level: int) -> Iterator[tuple[str, _Entry]]:
    for element in parent:
        if element.tag == "a":
            label = " ".join("".join(element.itertext()).split())
            if label and element.get("href"):
                yield _resolved(page, element.get("href") or ""), _Entry(label, min(level, _DEPTH_LIMIT))
        else:
            yield from _links(element, page, level + (element.tag == "ol"))


def _points(parent: Element, page: str, level: int) -> Iterator[tuple[str, _Entry]]:
    for point in parent.findall("navPoint"):
        text, content = child(point, "navLabel", "text"), point.find("content")
        label = " ".join((text.text or "").split()) if text is not None else ""
        if label and content is not None:
            yield _resolved(page, content.get("src") or ""), _Entry(label, min(level, _DEPTH_LIMIT))
        yield from _points(point, page, level + 1)


def _resolved(base: str, reference: str) -> str:
    """Return the name of the part that `reference`, in the part `base`, points at."""
    path = unquote(reference.partition("#")[0])
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), path)).lstrip("/")


def _is_page(item: Element) -> bool:
    """Whether an item of the spine is read: pages, but not the contents, whose words are the headings."""
    return item.get("media-type") in _PAGES and "nav" not in (item.get("properties") or "").split()


def _refuse_protected(archive: Archive, book: _Book) -> None:
    """Raise `ExtractionFailed` if pages are encrypted; scrambled fonts do no harm."""
    if "META-INF/encryption.xml" not in archive:
        return
    pages = {page.casefold() for page in book.pages}
    for data in parse_xml(archive.read("META-INF/encryption.xml"), _WHAT, external_dtd=True).iter("EncryptedData"):
        method, reference = child(data, "EncryptionMethod"), child(data, "CipherData", "CipherReference")
        scrambled = method is not None and method.get("Algorithm") in _FONT_SCRAMBLING
        target = unquote(reference.get("URI") or "") if reference is not None else ""
        if not scrambled and target.casefold() in pages:
            raise ExtractionFailed(
                "encrypted", f"This {_WHAT} is copy-protected (DRM).", "Only books without copy protection can be read."
            )
