"""EPUB: the spine in order, headings from the contents and the chapters."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.domain.extracted import Anchor, Places
from core.errors import ExtractionFailed
from core.extractors.epub import EpubExtractor
from tests.core.extractors.office_files import Part, epub, xhtml, zipped
from tests.core.extractors.samples import DOCUMENTS
from tests.core.extractors.test_xml_tree import BOMB


def headings(path: Path) -> list[tuple[str, int]]:
    return [(anchor.label, anchor.level) for anchor in EpubExtractor().extract(path).anchors]


def test_chapters_are_read_in_order_with_their_headings() -> None:
    extracted = EpubExtractor().extract(DOCUMENTS / "harbour.epub")
    assert extracted.text == "The Harbour\n\nShips came in.\n\nGulls\n\nThey cried.\n\nThe sea was grey."
    assert extracted.anchors == (
        Anchor("heading", 0, "The Harbour", 1),
        Anchor("heading", extracted.text.index("Gulls"), "Gulls", 2),
        Anchor("heading", extracted.text.index("The sea was"), "The Sea", 1),
    )
    assert Places(extracted.anchors).heading(extracted.text.index("They cried")) == "The Harbour › Gulls"
    assert extracted.metadata == {"title": "Harbour Tales", "author": "Ada", "created": "2024-05-01", "language": "en"}


def test_headings_of_a_chapter_stand_under_its_entry(tmp_path: Path) -> None:
    chapters = {
        "a.xhtml": "<h1>Chapter 1</h1><p>x</p><h2>Deeper</h2>",
        "b.xhtml": "<h3>2. The Second Part</h3><p>y</p>",
    }
    contents = (
        '<li><span>Volume</span><ol><li><a href="a.xhtml">Arrival</a></li>'
        '<li><a href="b.xhtml">The second part</a></li></ol></li>'
    )
    path = epub(tmp_path / "a.epub", chapters, contents)
    assert headings(path) == [("Arrival", 2), ("Chapter 1", 3), ("Deeper", 4), ("2. The Second Part", 2)]


def test_a_book_without_contents_has_the_headings_of_its_pages(tmp_path: Path) -> None:
    path = epub(tmp_path / "a.epub", {"a.xhtml": "<h2>Alone</h2><p>x</p>"}, **{"OEBPS/nav.xhtml": "<broken"})
    assert headings(path) == [("Alone", 2)]


def test_the_contents_of_epub_2_are_read(tmp_path: Path) -> None:
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest>'
        '<item id="a" href="text/a%20b.html" media-type="application/xhtml+xml"/>'
        '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>'
        '<spine toc="ncx"><itemref idref="a"/><itemref idref="gone"/></spine></package>'
    )
    ncx = (
        '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">'
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Opening</text></navLabel>'
        '<content src="text/a%20b.html#top"/></navPoint></navMap></ncx>'
    )
    parts: dict[str, Part] = {"book.opf": package, "toc.ncx": ncx, "text/a b.html": xhtml("<p>It began.</p>")}
    path = zipped(tmp_path / "a.epub", parts)
    assert EpubExtractor().extract(path).text == "It began."
    assert headings(path) == [("Opening", 1)]


def test_pages_are_decoded_as_they_declare(tmp_path: Path) -> None:
    page = xhtml("<p>Žluťoučký kůň</p>").replace('encoding="utf-8"', 'encoding="iso-8859-2"').encode("iso-8859-2")
    path = epub(tmp_path / "a.epub", {"a.xhtml": ""}, **{"OEBPS/a.xhtml": page})
    assert EpubExtractor().extract(path).text == "Žluťoučký kůň"


def test_elements_that_close_at_once_hide_nothing(tmp_path: Path) -> None:
    head = '<head><title/><script src="x.js" /></head>'
    page = f'<html>{head}<body><a id="p1"/><p>one<br/>two</p><div/><p>three</p></body></html>'
    path = epub(tmp_path / "a.epub", {"a.xhtml": ""}, **{"OEBPS/a.xhtml": page})
    assert EpubExtractor().extract(path).text == "one\ntwo\n\nthree"


def test_a_page_that_is_missing_leaves_the_others(tmp_path: Path) -> None:
    chapters = {"a.xhtml": "<p>one</p>", "b.xhtml": "<p>two</p>"}
    path = epub(tmp_path / "a.epub", chapters)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"OEBPS/b.xhtml", b"OEBPS/x.xhtml"))
    extracted = EpubExtractor().extract(path)
    assert extracted.text == "one"
    assert [(w.code, w.message) for w in extracted.warnings] == [
        ("part_failed", "Could not read 1 of the book's 2 parts.")
    ]


def encryption(algorithm: str, target: str) -> str:
    return (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData>'
        f'<EncryptionMethod Algorithm="{algorithm}"/><CipherData><CipherReference URI="{target}"/></CipherData>'
        "</EncryptedData></encryption>"
    )


def test_copy_protection_is_told_from_scrambled_fonts(tmp_path: Path) -> None:
    chapters = {"a.xhtml": "<p>words</p>"}
    locked = encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/a.xhtml")
    fonts = encryption("http://www.idpf.org/2008/embedding", "OEBPS/font.otf")
    path = epub(tmp_path / "fonts.epub", chapters, **{"META-INF/encryption.xml": fonts})
    assert EpubExtractor().extract(path).text == "words"
    path = epub(tmp_path / "locked.epub", chapters, **{"META-INF/encryption.xml": locked})
    with pytest.raises(ExtractionFailed, match="copy-protected") as failure:
        EpubExtractor().extract(path)
    assert failure.value.code == "encrypted"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"hello.txt": "no book"}, "damaged"),
        ({"book.opf": "<package><spine/></package>"}, "damaged"),
        ({"book.opf": BOMB}, "unsupported"),
        ({"META-INF/container.xml": BOMB, "book.opf": "<package/>"}, "unsupported"),
    ],
    ids=["no package", "no pages", "bomb", "bomb in the container"],
)
def test_what_is_no_book_fails_with_its_reason(parts: dict[str, Part], code: str, tmp_path: Path) -> None:
    with pytest.raises(ExtractionFailed, match="EPUB book") as failure:
        EpubExtractor().extract(zipped(tmp_path / "a.epub", parts))
    assert failure.value.code == code
