"""Styles and list numbers of a Word document: what makes a paragraph a heading, and the number Word shows before it.

ECMA-376 part 1, 17.3.1.20 (outline levels), 17.7 (styles) and 17.9 (numbering). Numbers such as `4.2` are no text in
the file, yet readers look for them and cite them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from core.extractors.xml_tree import attribute, child

_HEADING_NAME = re.compile(r"heading ([1-9])$", re.IGNORECASE)
_NO_HEADING = 0
_BODY_LEVEL = 9  # the outline level that means body text
_CHAIN_LIMIT = 20
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_ONES = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_COUNT_LIMIT = 100_000


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style; `level` is None where the style leaves it to the one it is based on."""

    name: str = ""
    based_on: str = ""
    level: int | None = None
    number: str = ""
    depth: int = 0


class Styles:
    """The paragraph styles of a document, by id; unknown ids have no properties."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.default = ""
        for element in root.iter("style") if root is not None else ():
            if attribute(element, "type") != "paragraph":
                continue
            identifier = attribute(element, "styleId") or ""
            self._styles[identifier] = _style(element)
            if attribute(element, "default") in ("1", "true", "on"):
                self.default = identifier

    def name(self, identifier: str) -> str:
        """Return the name of a style in lower case; built-in ones are English in every version of Word."""
        return self._styles.get(identifier, Style()).name.lower()

    def heading_level(self, identifier: str) -> int:
        """Return the level of headings in this style from 1, or 0 for other text."""
        return next((style.level for style in self._chain(identifier) if style.level is not None), _NO_HEADING)

    def numbering(self, identifier: str) -> tuple[str, int]:
        """Return the id of the list that the style belongs to and the depth in it; the id is empty for none."""
        return next(((style.number, style.depth) for style in self._chain(identifier) if style.number), ("", 0))

    def _chain(self, identifier: str) -> list[Style]:
        chain: list[Style] = []
        style = self._styles.get(identifier)
        while style is not None and len(chain) < _CHAIN_LIMIT:
            chain.append(style)
            style = self._styles.get(style.based_on)
        return chain


def outline_level(properties: Element | None) -> int | None:
    """Return the heading level that paragraph properties set from 1, 0 for body text, None where they set none."""
    value = _value(properties, "outlineLvl")
    if not value.isdecimal():
        return None
    return _NO_HEADING if int(value) >= _BODY_LEVEL else int(value) + 1


def list_place(properties: Element | None) -> tuple[str, int]:
    """Return the id of the list that paragraph properties name and the depth in it; empty for none, `0` for no list."""
    place = child(properties, "numPr") if properties is not None else None
    depth = _value(place, "ilvl")
    return _value(place, "numId"), min(int(depth), 8) if depth.isdecimal() else 0


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    style: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class _List:
    """One abstract list: its levels, and how far each has counted."""

    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the lists of a document in the order of its paragraphs."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._abstract: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        for element in root.findall("abstractNum"):
            self._lists[attribute(element, "abstractNumId") or ""] = _List(
                {_number(attribute(level, "ilvl"), 0): _level(level) for level in element.findall("lvl")}
            )
        for element in root.findall("num"):
            identifier = attribute(element, "numId") or ""
            self._abstract[identifier] = _value(element, "abstractNumId")
            self._restarts[identifier] = {
                _number(attribute(override, "ilvl"), 0): _number(_value(override, "startOverride"), 1)
                for override in element.findall("lvlOverride")
                if override.find("startOverride") is not None
            }

    def label(self, number: str, depth: int) -> str:
        """Count the next item of list `number` at `depth` and return what Word shows before it, `-` for a bullet."""
        found = self._lists.get(self._abstract.get(number, ""))
        if found is None or not found.levels:
            return "-"
        for level, start in self._restarts.pop(number, {}).items():
            found.counts[level] = start - 1
        start = found.levels.get(depth, _Level()).start
        found.counts[depth] = min(found.counts.get(depth, start - 1) + 1, _COUNT_LIMIT)
        for deeper in [level for level in found.counts if level > depth]:
            del found.counts[deeper]
        return _shown(found, depth)


def _shown(found: _List, depth: int) -> str:
    level = found.levels.get(depth, _Level())
    if level.style == "bullet":
        return "-"
    if level.style == "none":
        return ""

    def count(match: re.Match[str]) -> str:
        place = int(match.group(1)) - 1
        other = found.levels.get(place, _Level())
        return counted(found.counts.get(place, other.start), other.style)

    return re.sub("%([1-9])", count, level.text).strip()


def counted(number: int, style: str) -> str:
    """Return `number` in a numbering style of ECMA-376 17.18.59; those of other scripts as decimal."""
    if style in ("lowerRoman", "upperRoman"):
        words = ""
        for value, letters in _ROMAN + _ROMAN_ONES:
            words += letters * (min(number, 5000) // value)
            number %= value
        return words.upper() if style == "upperRoman" else words
    if style in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 5)
        return letter.upper() if style == "upperLetter" else letter
    return f"{number:02}" if style == "decimalZero" else str(number)


def _style(element: Element) -> Style:
    name = _value(element, "name")
    properties = child(element, "pPr")
    match = _HEADING_NAME.match(name)
    level = int(match.group(1)) if match else 1 if name.lower() == "title" else outline_level(properties)
    number, depth = list_place(properties)
    return Style(name, _value(element, "basedOn"), level, number, depth)


def _level(element: Element) -> _Level:
    return _Level(
        _number(_value(element, "start"), 1), _value(element, "numFmt") or "decimal", _value(element, "lvlText")
    )


def _value(element: Element | None, *path: str) -> str:
    """Return the `val` attribute of the element down that path, or an empty string."""
    found = child(element, *path) if element is not None else None
    return (attribute(found, "val") or "") if found is not None else ""


def _number(text: str | None, otherwise: int) -> int:
    return min(int(text), _COUNT_LIMIT) if text and text.isdecimal() else otherwise
