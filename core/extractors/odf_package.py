"""What OpenDocument texts, slides and spreadsheets share: the manifest, which tells of a password, and the metadata.

OASIS OpenDocument 1.3, part 2 (packages).
"""

from __future__ import annotations

import re

from core.extractors.archive import Archive
from core.extractors.failures import encrypted
from core.extractors.xml_tree import attribute


def require_plain(archive: Archive) -> None:
    """Raise `ExtractionFailed` if the parts of an OpenDocument archive are encrypted."""
    if "META-INF/manifest.xml" in archive:
        manifest = archive.xml("META-INF/manifest.xml")
        if any(True for _ in manifest.iter("encryption-data")):
            raise encrypted(archive.what)


def meta_properties(archive: Archive) -> dict[str, str | int | float | None]:
    """Return title, author, time of creation, language and pages from `meta.xml`, as far as they are there."""
    if "meta.xml" not in archive:
        return {}
    facts: dict[str, str] = {}
    pages = None
    for element in archive.xml("meta.xml").iter():
        facts.setdefault(element.tag, (element.text or "").strip())
        if element.tag == "document-statistic":
            count = attribute(element, "page-count") or ""
            pages = int(count) if count.isdecimal() and len(count) < 7 else None
    return {
        "title": facts.get("title"),
        "author": facts.get("initial-creator") or facts.get("creator"),
        "created": re.sub(r"\.\d+", "", facts.get("creation-date", "")),  # a billionth of a second is no fact
        "language": facts.get("language"),
        "pages": pages,
    }
