"""XML parts of office files, read without namespaces and without entities.

Office files come in several dialects that differ in their namespaces alone (transitional and strict Office Open XML),
so that names are compared without them. No genuine part has a DOCTYPE; without one there is no entity that could grow
or point elsewhere.
"""

from __future__ import annotations

from contextlib import suppress
from xml.etree.ElementTree import Element, XMLParser
from xml.parsers import expat

from core.errors import ExtractionFailed
from core.extractors.failures import damaged


def parse_xml(data: bytes, what: str, external_dtd: bool = False) -> Element:
    """Return the root of an XML document; tags carry no namespace, attributes do (see `attribute`).

    Raises:
        ExtractionFailed: It has a DOCTYPE, or is no XML; `what` is the noun for the file. With `external_dtd` a DOCTYPE
            may name a DTD elsewhere, as books do; it is never fetched, and declares nothing by itself.
    """
    refuse_doctype(data, what, external_dtd)
    parser = XMLParser()  # noqa: S314 - with no DOCTYPE there is no entity to grow or to fetch
    try:
        parser.feed(data)
        root: Element = parser.close()
    except (
        SyntaxError,
        ValueError,
        LookupError,
    ) as error:  # ParseError, or an encoding
        raise damaged(what) from error
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def attribute(element: Element, name: str) -> str | None:
    """Return the attribute of that name in any namespace, or None."""
    value = element.get(name)
    if value is not None:
        return value
    ending = "}" + name
    return next((value for key, value in element.items() if key.endswith(ending)), None)


def child(element: Element, *path: str) -> Element | None:
    """Return the first descendant down that path of tags, or None."""
    found: Element | None = element
    for tag in path:
        if found is None:
            return None
        found = found.find(tag)
    return found


def refuse_doctype(data: bytes, what: str, external_dtd: bool = False) -> None:
    """Raise `ExtractionFailed` if a DOCTYPE stands before the root element, in whatever encoding.

    `data` may be only the start of the document.
    """
    found = False

    def doctype(_name: str, _system: str | None, _public: str | None, declares: bool) -> None:
        nonlocal found
        found = bool(declares) or not external_dtd
        raise _Seen

    def root(*_: object) -> None:
        raise _Seen

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = root
    with suppress(_Seen, expat.ExpatError, ValueError, LookupError):  # damage is told by the parser that reads on
        parser.Parse(data, False)
    if found:
        raise ExtractionFailed(
            "unsupported",
            f"This {what} holds a document type declaration, which no genuine file does; it was not opened.",
            "Delete it if you do not know where it comes from.",
        )


class _Seen(Exception):
    """The root element begins, or a DOCTYPE: there is nothing more to look for."""
