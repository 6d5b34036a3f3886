"""What Word, PowerPoint and Excel files share: parts that point at each other, core properties, texts in drawings.

ECMA-376 part 2 (packages) and part 1 (DrawingML). Read with the standard library alone, by local names, so that the
strict dialect, macro files and templates, and files with a missing part are read like any other.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from core.extractors.archive import Archive
from core.extractors.failures import tolerated
from core.extractors.xml_tree import attribute

_PLACEHOLDER_TITLES = ("PowerPoint Presentation", "Presentation", "Word Document", "Document", "Untitled")


@dataclass(frozen=True, slots=True)
class Relationship:
    """A pointer from one part to another.

    Attributes:
        kind: The last word of its type, such as `slide` or `footnotes`.
        part: Name of the part that it points at.
    """

    kind: str
    part: str


def relationships(archive: Archive, part: str) -> dict[str, Relationship]:
    """Return the pointers of a part to parts that are there, by their id; `part` is empty for the package itself."""
    folder, name = posixpath.split(part)
    listing = posixpath.join(folder, "_rels", f"{name}.rels")
    if listing not in archive:
        return {}
    found = {}
    for element in archive.xml(listing).iter("Relationship"):
        target = element.get("Target") or ""
        if element.get("TargetMode") != "External" and target:
            path = posixpath.normpath(posixpath.join("/", folder, unquote(target.replace("\\", "/")))).lstrip("/")
            if path in archive:
                kind = (element.get("Type") or "").rpartition("/")[2]
                found[element.get("Id") or ""] = Relationship(kind, path)
    return found


def part_of_kind(archive: Archive, part: str, kind: str) -> str | None:
    """Return the name of the first part of that kind that `part` points at, or None."""
    return next((each.part for each in relationships(archive, part).values() if each.kind == kind), None)


def main_part(archive: Archive, usual: str) -> str:
    """Return the name of the part with the document itself; `usual` is taken where the package does not tell."""
    with tolerated():
        return part_of_kind(archive, "", "officeDocument") or usual
    return usual


def core_properties(archive: Archive) -> dict[str, str | int | float | None]:
    """Return title, author, time of creation and language; nothing where they are missing or damaged."""
    root = Element("none")
    with tolerated():
        name = part_of_kind(archive, "", "core-properties") or "docProps/core.xml"
        root = archive.xml(name) if name in archive else root
    facts = {element.tag: (element.text or "").strip() for element in root}
    title = facts.get("title", "")
    return {
        "title": "" if title in _PLACEHOLDER_TITLES else title,
        "author": facts.get("creator"),
        "created": facts.get("created"),
        "language": facts.get("language"),
    }


def drawing_texts(archive: Archive, part: str, element: Element) -> Iterator[str]:
    """Yield a text for each chart and diagram (SmartArt) that `element`, of `part`, shows."""
    wanted = [
        identifier
        for each in element.iter()
        if each.tag in ("chart", "relIds") and (identifier := attribute(each, "id") or attribute(each, "dm"))
    ]
    if not wanted:
        return
    known = relationships(archive, part)
    for identifier in wanted:
        target = known.get(identifier)
        if target is not None and target.kind in ("chart", "diagramData", "chartEx"):
            yield "\n".join(_texts(archive.xml(target.part)))


def _texts(root: Element) -> Iterator[str]:
    """Yield each paragraph of a diagram or chart, and the names of a chart's series and categories, once."""
    seen = set()
    for element in root.iter():
        if element.tag == "p":
            text = "".join(run.text or "" for run in element.iter("t"))
        elif element.tag in ("strCache", "lvl"):
            text = ", ".join(value.text for value in element.iter("v") if value.text)
        else:
            continue
        if text.strip() and text not in seen:
            seen.add(text)
            yield text
