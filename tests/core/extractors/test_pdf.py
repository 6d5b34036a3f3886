"""PDF: pages, paragraphs, outline, remarks and failures."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.domain.extracted import Anchor, Places
from core.errors import ExtractionFailed
from core.extractors import pdf as pdf_module
from core.extractors.builder import numbered
from core.extractors.pdf import PdfExtractor, iso_date
from tests.core.extractors.office_files import PdfLine, pdf
from tests.core.extractors.samples import DOCUMENTS


def test_pages_paragraphs_headings_and_comments_are_read() -> None:
    extracted = PdfExtractor().extract(DOCUMENTS / "bridges.pdf")
    assert extracted.text == (
        "Bridges of the North\n\n"
        "The first bridge was built in 1815, long before the engineers of the well-known railway came to the island "
        "and measured it.\n\n"
        "The second one is younger.\n\n"
        "Tunnels\n\nCafé – “déjà vu”.\n\nNote: Check this."
    )
    second = extracted.text.index("Tunnels")
    assert extracted.anchors == (
        Anchor("page", 0, "1"),
        Anchor("heading", 0, "Bridges of the North", 1),
        Anchor("page", second, "2"),
        Anchor("heading", second, "Tunnels", 1),
    )
    assert extracted.metadata == {
        "title": "Crossings",
        "author": "Ada",
        "created": "2024-05-01T08:30:00+02:00",
        "pages": 2,
    }


def test_a_heading_stands_at_the_line_with_its_words(tmp_path: Path) -> None:
    lines: list[PdfLine] = [
        (72, 770, 11, "Text of the chapter before."),
        (72, 700, 16, "2.1 Piers"),
        (72, 660, 11, "More."),
    ]
    extracted = PdfExtractor().extract(pdf(tmp_path / "a.pdf", [lines], outline=[("Piers", 0)]))
    places = Places(extracted.anchors)
    assert places.heading(0) is None
    assert places.heading(extracted.text.index("More")) == "Piers"
    assert places.heading(extracted.text.index("2.1 Piers")) == "Piers"


def test_an_outline_entry_without_its_words_stands_at_the_start_of_its_page(tmp_path: Path) -> None:
    pages: list[list[PdfLine]] = [[(72, 700, 11, "one")], [(72, 700, 11, "two")]]
    extracted = PdfExtractor().extract(pdf(tmp_path / "a.pdf", pages, outline=[("Elsewhere", 1)]))
    assert Anchor("heading", extracted.text.index("two"), "Elsewhere", 1) in extracted.anchors


def test_pages_without_text_are_named_and_blank_pages_are_not(tmp_path: Path) -> None:
    scan: list[PdfLine] = [(72, 700, 11, "")]  # it draws something, yet no text
    text: list[PdfLine] = [(72, 700, 11, "words")]
    extracted = PdfExtractor().extract(pdf(tmp_path / "a.pdf", [text, [], text]))
    assert extracted.warnings == ()
    path = tmp_path / "b.pdf"
    pdf(path, [text, scan, scan, text, scan])
    path.write_bytes(
        path.read_bytes().replace(
            b"BT /F1 11 Tf 1 0 0 1 72 700 Tm () Tj ET", b"0 0 99 99 re f                         "
        )
    )
    extracted = PdfExtractor().extract(path)
    assert [(w.code, w.message) for w in extracted.warnings] == [("no_text", "No text on pages 2-3, 5 of 5.")]
    assert Places(extracted.anchors).page(extracted.text.rindex("words")) == 4


def test_a_scanned_document_is_empty_with_a_remark(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", [[(72, 700, 11, "")]] * 2)
    path.write_bytes(
        path.read_bytes().replace(
            b"BT /F1 11 Tf 1 0 0 1 72 700 Tm () Tj ET", b"0 0 99 99 re f                         "
        )
    )
    extracted = PdfExtractor().extract(path)
    assert (extracted.text, extracted.metadata) == ("", {"pages": 2})
    assert [w.message for w in extracted.warnings] == ["No text on any of the 2 pages."]


def test_a_page_that_cannot_be_loaded_leaves_the_others(tmp_path: Path) -> None:
    text: list[PdfLine] = [(72, 700, 11, "words")]
    path = pdf(tmp_path / "a.pdf", [text, text])
    broken = path.read_bytes().replace(b"/Type/Page/", b"/Type/Nope/", 1)
    path.write_bytes(broken)
    extracted = PdfExtractor().extract(path)
    assert extracted.text == "words"
    assert [(w.code, w.message) for w in extracted.warnings] == [("part_failed", "Could not read page 1 of 2.")]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_page_reads_like_an_upright_one(rotation: int, tmp_path: Path) -> None:
    first = "The first bridge was built in 1815, long before"
    lines: list[PdfLine] = [
        (60, 500, 11, first),
        (60, 486, 11, "railways came, of wood."),
        (60, 450, 11, "Later of stone."),
    ]
    extracted = PdfExtractor().extract(pdf(tmp_path / "a.pdf", [lines], rotation=rotation))
    assert extracted.text == f"{first} railways came, of wood.\n\nLater of stone."


def test_a_password_is_told_from_damage(tmp_path: Path) -> None:
    with pytest.raises(ExtractionFailed, match="password") as failure:
        PdfExtractor().extract(pdf(tmp_path / "a.pdf", [[(1, 1, 1, "x")]], password=True))
    assert failure.value.code == "encrypted"


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "empty"), (b"<html>no PDF</html>", "damaged"), (b"%PDF-1.7\n", "damaged")]
)
def test_what_is_no_pdf_fails_with_its_reason(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(ExtractionFailed) as failure:
        PdfExtractor().extract(path)
    assert failure.value.code == code


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("D:20220403180542+02'00'", "2022-04-03T18:05:42+02:00"),
        ("D:20220403180542Z", "2022-04-03T18:05:42Z"),
        ("D:20220403180542", "2022-04-03T18:05:42"),
        ("D:20220403", "2022-04-03"),
        ("D:2022", "2022"),
        ("yesterday", None),
        ("", None),
    ],
)
def test_pdf_dates_become_iso(date: str, iso: str | None) -> None:
    assert iso_date(date) == iso


@pytest.mark.parametrize(("numbers", "words"), [([3], "page 3"), ([1, 2, 3], "pages 1-3"), ([3, 4, 9], "pages 3-4, 9")])
def test_page_numbers_are_put_in_ranges(numbers: list[int], words: str) -> None:
    assert numbered("page", numbers) == words


def test_a_pdf_of_endless_pages_is_read_to_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "PAGE_LIMIT", 2)
    path = pdf(tmp_path / "a.pdf", [[(72.0, 700.0, 12.0, f"page {number}")] for number in range(4)])
    extracted = PdfExtractor().extract(path)
    assert "page 1" in extracted.text
    assert "page 2" not in extracted.text
    assert [remark.code for remark in extracted.warnings] == ["truncated"]
