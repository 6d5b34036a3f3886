"""OpenDocument texts and presentations."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.domain.extracted import Anchor, Places
from core.errors import ExtractionFailed
from core.extractors.opendocument import OpenDocumentExtractor
from tests.core.extractors.office_files import opendocument, zipped
from tests.core.extractors.samples import DOCUMENTS
from tests.core.extractors.test_xml_tree import BOMB


def text_of(path: Path, body: str, kind: str = "text") -> str:
    return OpenDocumentExtractor().extract(opendocument(path / "a.odt", kind, body)).text


def test_a_text_keeps_headings_lists_tables_and_notes() -> None:
    extracted = OpenDocumentExtractor().extract(DOCUMENTS / "lighthouses.odt")
    assert extracted.text == (
        "Lighthouses\n\nThey are  lit[1] by oil.\n\n[1] At night.\n\nKeepers\n\n1. Ann\n2. Bob\n\na | b"
    )
    assert extracted.anchors == (
        Anchor("heading", 0, "Lighthouses", 1),
        Anchor("heading", extracted.text.index("Keepers"), "Keepers", 2),
    )
    assert extracted.metadata == {"title": "Lighthouses", "author": "Ada", "created": "2024-05-01T08:30:00"}


def test_slides_are_read_in_order_with_titles_and_notes() -> None:
    extracted = OpenDocumentExtractor().extract(DOCUMENTS / "lamps.odp")
    assert extracted.text == "Lamps\n\nabove\n\nbelow\n\nNotes: Dim the room.\n\nno title here"
    places = Places(extracted.anchors)
    assert [places.page(0), places.page(extracted.text.index("no title"))] == [1, 2]
    assert places.heading(extracted.text.index("above")) == "Lamps"
    assert places.heading(extracted.text.index("no title")) == "no title here"
    assert extracted.metadata["pages"] == 2


def test_white_space_tabs_and_breaks_are_as_written(tmp_path: Path) -> None:
    body = (
        "<text:p>one<text:tab/>two <text:span>three</text:span><text:line-break/> four<text:a> five</text:a></text:p>"
    )
    assert text_of(tmp_path, body) == "one\ttwo three\nfour five"


def test_indices_and_deletions_are_left_out(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>deleted</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>Contents 3</text:p></text:index-body></text:table-of-content>"
        "<text:section><text:p>kept</text:p></text:section>"
    )
    assert text_of(tmp_path, body) == "kept"


def test_frames_and_comments_are_read_after_their_paragraph(tmp_path: Path) -> None:
    body = (
        "<text:p>before<draw:frame><draw:text-box><text:p>in the box</text:p></draw:text-box></draw:frame> after"
        "<office:annotation><dc:creator>Bob</dc:creator><dc:date>2024</dc:date><text:p>Really?</text:p></office:annotation>"
        "</text:p><text:p>end</text:p>"
    )
    assert text_of(tmp_path, body) == "before after\n\nComment (Bob): Really?\n\nin the box\n\nend"


def test_nested_lists_are_indented(tmp_path: Path) -> None:
    inner = "<text:list><text:list-item><text:p>deep</text:p></text:list-item></text:list>"
    body = f"<text:list><text:list-item><text:p>top</text:p>{inner}</text:list-item></text:list>"
    assert text_of(tmp_path, body) == "- top\n  - deep"


def test_layout_tables_are_paragraphs(tmp_path: Path) -> None:
    body = (
        "<table:table><table:table-row><table:table-cell><text:p>one</text:p><text:p>two</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    assert text_of(tmp_path, body) == "one\n\ntwo"


def test_tables_groups_and_prompts_on_slides(tmp_path: Path) -> None:
    cells = "".join(f"<table:table-cell><text:p>{word}</text:p></table:table-cell>" for word in ("a", "b"))
    slide = (
        "<draw:page>"
        f'<draw:frame svg:y="9cm"><table:table><table:table-row>{cells}</table:table-row></table:table></draw:frame>'
        '<draw:frame svg:y="1cm" presentation:placeholder="true">'
        "<draw:text-box><text:p>Click here</text:p></draw:text-box></draw:frame>"
        '<draw:g><draw:custom-shape svg:y="20mm"><text:p>grouped</text:p></draw:custom-shape></draw:g>'
        "</draw:page>"
    )
    assert text_of(tmp_path, slide, "presentation") == "grouped\n\na | b"


def test_an_encrypted_document_says_so(tmp_path: Path) -> None:
    with pytest.raises(ExtractionFailed, match="password") as failure:
        OpenDocumentExtractor().extract(opendocument(tmp_path / "a.odt", "text", "", encrypted=True))
    assert failure.value.code == "encrypted"


@pytest.mark.parametrize(
    ("content", "code"), [(BOMB, "unsupported"), ("<office/>", "damaged"), ("no XML", "damaged"), ("", "damaged")]
)
def test_what_is_no_document_fails_with_its_reason(content: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(ExtractionFailed) as failure:
        OpenDocumentExtractor().extract(zipped(tmp_path / "a.odt", {"content.xml": content}))
    assert failure.value.code == code
