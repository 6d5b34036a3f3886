"""PowerPoint: slides in their order, shapes in the order of reading."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from core.domain.extracted import Anchor, Places
from core.errors import ExtractionFailed
from core.extractors.pptx import PptxExtractor
from tests.core.extractors.office_files import compound_file, pptx, relations, shape, zipped
from tests.core.extractors.samples import DOCUMENTS


def test_titles_shapes_tables_and_notes_are_read_in_order() -> None:
    extracted = PptxExtractor().extract(DOCUMENTS / "ferries.pptx")
    assert extracted.text == (
        "Ferries\n\nHow they ran\n\nNotes: Greet the guests.\n\n"
        "Harbours\n\nleft\nbelow left\n\nright\n\nYear | Ferries\n1815 | 4"
    )
    second = extracted.text.index("Harbours")
    assert extracted.anchors == (
        Anchor("slide", 0, "1"),
        Anchor("heading", 0, "Ferries", 1),
        Anchor("slide", second, "2"),
        Anchor("heading", second, "Harbours", 1),
    )
    assert extracted.metadata == {
        "title": "Ferries",
        "created": "2024-05-01T08:30:00Z",
        "language": "en-GB",
        "pages": 2,
    }


def test_a_slide_without_a_title_does_not_belong_to_the_one_before(tmp_path: Path) -> None:
    slides = [shape("One", placeholder='type="title"'), shape("no title", (1, 1)), ""]
    extracted = PptxExtractor().extract(pptx(tmp_path / "a.pptx", slides, {3: "only notes"}))
    places = Places(extracted.anchors)
    assert [places.heading(extracted.text.index(word)) for word in ("One", "no title", "only notes")] == [
        "One",
        "no title",
        "Slide 3",
    ]
    assert places.page(extracted.text.index("only notes")) == 3


def test_groups_stay_together_and_furniture_is_left_out(tmp_path: Path) -> None:
    group = (
        '<p:grpSp><p:grpSpPr><a:xfrm><a:off x="0" y="0"/></a:xfrm></p:grpSpPr>'
        f"{shape('second', (0, 300))}{shape('first', (0, 100))}</p:grpSp>"
    )
    footer = shape("Confidential", (0, 10), 'type="ftr"') + shape("7", (0, 10), 'type="sldNum"')
    slide = shape("below the group", (0, 200)) + footer + group
    assert PptxExtractor().extract(pptx(tmp_path / "a.pptx", [slide])).text == "first\nsecond\n\nbelow the group"


def test_charts_diagrams_and_comments_are_read(tmp_path: Path) -> None:
    frame = (
        '<p:graphicFrame><a:graphic><a:graphicData><c:chart xmlns:c="urn:c" r:id="rId2"/></a:graphicData></a:graphic>'
        '</p:graphicFrame><p:graphicFrame><a:graphic><a:graphicData><d:relIds xmlns:d="urn:d" r:dm="rId3" r:lo="rId9"/>'
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )
    path = pptx(tmp_path / "a.pptx", [frame])
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    parts["ppt/slides/_rels/slide1.xml.rels"] = relations(
        ("slideLayout", "../slideLayouts/slideLayout1.xml"),
        ("chart", "../charts/chart1.xml"),
        ("diagramData", "../diagrams/data1.xml"),
        ("comments", "../comments/comment1.xml"),
    ).encode()
    parts["ppt/charts/chart1.xml"] = (
        b'<c:chartSpace xmlns:c="urn:c" xmlns:a="urn:a"><c:title><a:p><a:r><a:t>Rain</a:t></a:r></a:p></c:title>'
        b"<c:strCache><c:pt><c:v>May</c:v></c:pt><c:pt><c:v>June</c:v></c:pt></c:strCache></c:chartSpace>"
    )
    parts["ppt/diagrams/data1.xml"] = (
        b'<d:m xmlns:d="urn:d" xmlns:a="urn:a"><a:p><a:r><a:t>Step one</a:t></a:r></a:p></d:m>'
    )
    parts["ppt/comments/comment1.xml"] = b'<p:cmLst xmlns:p="urn:p"><p:cm><p:text>Too wet?</p:text></p:cm></p:cmLst>'
    zipped(path, parts)
    assert PptxExtractor().extract(path).text == "Rain\nMay, June\n\nStep one\n\nComment: Too wet?"


def test_a_damaged_slide_leaves_the_others(tmp_path: Path) -> None:
    slides = [shape("one", (0, 0)), shape("two", (0, 0)) + "<p:unclosed>", shape("three", (0, 0))]
    extracted = PptxExtractor().extract(pptx(tmp_path / "a.pptx", slides))
    assert extracted.text == "one\n\nthree"
    assert [(w.code, w.message) for w in extracted.warnings] == [("part_failed", "Could not read all of slide 2 of 3.")]
    assert Places(extracted.anchors).page(extracted.text.index("three")) == 3


def test_a_damaged_layout_or_chart_costs_nothing_else(tmp_path: Path) -> None:
    chart = '<p:graphicFrame><c:chart xmlns:c="urn:c" r:id="rId1"/></p:graphicFrame>'
    path = pptx(tmp_path / "a.pptx", [shape("words", placeholder='idx="1"') + chart])
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    targets = (("chart", "../charts/chart1.xml"), ("slideLayout", "../slideLayouts/slideLayout1.xml"))
    parts["ppt/slides/_rels/slide1.xml.rels"] = relations(*targets).encode()
    parts |= {"ppt/charts/chart1.xml": b"<broken", "ppt/slideLayouts/slideLayout1.xml": b"<broken"}
    extracted = PptxExtractor().extract(zipped(path, parts))
    assert extracted.text == "words"
    assert [w.message for w in extracted.warnings] == ["Could not read all of slide 1 of 1."]


@pytest.mark.parametrize(
    ("content", "code"),
    [(compound_file({"EncryptedPackage": b"x"}), "encrypted"), (b"no zip", "damaged"), (b"", "empty")],
)
def test_each_failure_has_its_reason(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pptx"
    path.write_bytes(content)
    with pytest.raises(ExtractionFailed, match="PowerPoint presentation") as failure:
        PptxExtractor().extract(path)
    assert failure.value.code == code
