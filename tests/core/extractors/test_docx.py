"""Word documents: what a reader sees, in the order of reading, with its headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.domain.extracted import Anchor, Places
from core.errors import ExtractionFailed
from core.extractors.docx import DocxExtractor
from tests.core.extractors.office_files import W, compound_file, docx, package, paragraph, relations, table, zipped
from tests.core.extractors.samples import DOCUMENTS
from tests.core.extractors.test_xml_tree import BOMB

SHOWN = '<w:vanish w:val="0"/>'


def text_of(path: Path, body: str, **sides: str) -> str:
    return DocxExtractor().extract(docx(path / "a.docx", body, **sides)).text


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_headings_numbers_tables_notes_and_comments_are_read_in_order() -> None:
    extracted = DocxExtractor().extract(DOCUMENTS / "minutes.docx")
    assert extracted.text == (
        "Minutes\n\nDecisions\n\n"
        "The bridge is closed[1] until May.\n\n[1] Since the storm.\n\n"
        "A new road\n\nComment (Bob): Which one?\n\n"
        "Costs\n\n"
        "Item | Euro\nSteel | 120\n\n"
        "1. Order steel\n  1.a) Ask two firms\n2. Paint it"
    )
    assert extracted.anchors == (
        Anchor("heading", 0, "Minutes", 1),
        Anchor("heading", extracted.text.index("Decisions"), "Decisions", 1),
        Anchor("heading", extracted.text.index("Costs"), "Costs", 2),
    )
    assert Places(extracted.anchors).heading(extracted.text.index("Steel")) == "Decisions › Costs"
    assert extracted.metadata == {
        "title": "Minutes",
        "author": "Ada",
        "created": "2024-05-01T08:30:00Z",
        "language": "en-GB",
    }


def test_what_the_reader_does_not_see_is_left_out(tmp_path: Path) -> None:
    body = (
        f"<w:p>{run('seen ')}{run('hidden', '<w:vanish/>')}{run('shown', SHOWN)}</w:p>"
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE secret</w:instrText></w:r>"
        f"{run('7')}</w:p>"
        f"<w:p><w:del>{run('deleted')}</w:del><w:moveFrom>{run('moved')}</w:moveFrom>"
        f"<w:moveTo>{run('here')}</w:moveTo></w:p>"
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{paragraph('Type here')}</w:sdtContent></w:sdt>"
    )
    assert text_of(tmp_path, body) == "seen shown\n\n7\n\nhere"


def test_wrapped_content_is_read(tmp_path: Path) -> None:
    body = (
        f"<w:sdt><w:sdtContent>{paragraph('in a control')}</w:sdtContent></w:sdt>"
        f"<w:customXml>{paragraph('in custom XML')}</w:customXml>"
        f"<w:p><w:hyperlink>{run('a link')}</w:hyperlink><w:fldSimple>{run(' 12')}</w:fldSimple></w:p>"
        "<w:p><w:r><w:t>tab</w:t><w:tab/><w:t>break</w:t><w:br/><w:t>non</w:t><w:noBreakHyphen/><w:t>break</w:t></w:r></w:p>"
        f"<w:p><w:r><w:ruby><w:rt>{run('reading')}</w:rt><w:rubyBase>{run('base')}</w:rubyBase></w:ruby></w:r></w:p>"
    )
    assert text_of(tmp_path, body) == "in a control\n\nin custom XML\n\na link 12\n\ntab\tbreak\nnon-break\n\nbase"


def test_a_text_box_is_read_once_after_its_paragraph(tmp_path: Path) -> None:
    box = f"<wps:txbx xmlns:wps='urn:s'><w:txbxContent>{paragraph('in the box')}</w:txbxContent></wps:txbx>"
    old = f"<w:pict><w:txbxContent>{paragraph('in the box')}</w:txbxContent></w:pict>"
    body = (
        "<w:p><w:r><mc:AlternateContent xmlns:mc='urn:m'>"
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback>{old}</mc:Fallback>"
        f"</mc:AlternateContent></w:r>{run('beside it')}</w:p>"
    )
    assert text_of(tmp_path, body) == "beside it\n\nin the box"


def test_headings_come_from_style_names_outline_levels_and_parent_styles(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="Heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="Mine"/><w:basedOn w:val="a"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="Other"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr>'
        "</w:style>"
        '<w:style w:type="paragraph" w:styleId="d"><w:name w:val="Loop"/><w:basedOn w:val="d"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="toc 1"/></w:style>'
    )
    body = (
        paragraph("Named", "a")
        + paragraph("Inherited", "b")
        + paragraph("By level", "c")
        + paragraph("Set", "", '<w:outlineLvl w:val="0"/>')
        + paragraph("Unset", "a", '<w:outlineLvl w:val="9"/>')
        + paragraph("Loop", "d")
        + paragraph("No such style", "z")
        + paragraph("Contents entry 3", "t")
        + paragraph("x" * 400, "a")
        + paragraph("", "a")
    )
    extracted = DocxExtractor().extract(docx(tmp_path / "a.docx", body, styles=styles))
    assert [(a.label, a.level) for a in extracted.anchors] == [
        ("Named", 2),
        ("Inherited", 2),
        ("By level", 3),
        ("Set", 1),
    ]
    assert "Contents entry" not in extracted.text


def test_a_numbered_heading_carries_its_number(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="h"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/>'
        '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = (
        paragraph("Scope", "h")
        + paragraph("Terms", "h")
        + paragraph("Plain", "h", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    extracted = DocxExtractor().extract(docx(tmp_path / "a.docx", body, styles=styles, numbering=numbering))
    assert [a.label for a in extracted.anchors] == ["I. Scope", "II. Terms", "Plain"]


def test_tables_are_rows_and_layout_tables_are_paragraphs(tmp_path: Path) -> None:
    merged = (
        "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc>" + paragraph("right") + "</w:tc><w:tc><w:p/></w:tc></w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('gone')}</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    )
    layout = f"<w:tbl><w:tr><w:tc>{paragraph('one')}{paragraph('two')}</w:tc></w:tr></w:tbl>"
    nested = f"<w:tbl><w:tr><w:tc>{paragraph('left')}</w:tc><w:tc>{table([['a', 'b']])}<w:p/></w:tc></w:tr></w:tbl>"
    assert text_of(tmp_path, merged) == " | right"
    assert text_of(tmp_path, layout) == "one\n\ntwo"
    assert text_of(tmp_path, nested) == "left\n\na | b"


def test_a_note_that_refers_to_itself_is_read_once(tmp_path: Path) -> None:
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    notes = f'<w:footnote w:id="1"><w:p>{run("see")}{reference}</w:p></w:footnote>'
    assert text_of(tmp_path, f"<w:p>{run('text')}{reference}</w:p>", footnotes=notes) == "text[1]\n\n[1] see"


def test_a_damaged_side_part_costs_only_itself(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", paragraph("text"), styles="<w:broken>")
    extracted = DocxExtractor().extract(path)
    assert extracted.text == "text"
    assert [(w.code, w.message) for w in extracted.warnings] == [
        ("part_failed", "The document's styles could not be read.")
    ]


def test_templates_the_strict_dialect_and_files_without_pointers_are_read(tmp_path: Path) -> None:
    strict = (
        '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body><w:p><w:r><w:t>strict</w:t></w:r>'
        "</w:p></w:body></w:document>"
    )
    parts = package(("word/document.xml", strict))
    parts["_rels/.rels"] = str(parts["_rels/.rels"]).replace(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/relationships",
    )
    assert DocxExtractor().extract(zipped(tmp_path / "a.dotx", parts)).text == "strict"
    del parts["_rels/.rels"]
    assert DocxExtractor().extract(zipped(tmp_path / "b.docm", parts)).text == "strict"


def test_a_document_under_another_name_is_found(tmp_path: Path) -> None:
    parts = package(("word/document2.xml", f"<w:document {W}><w:body>{paragraph('text')}</w:body></w:document>"))
    parts["word/document.xml"] = "<decoy/>"
    assert DocxExtractor().extract(zipped(tmp_path / "a.docx", parts)).text == "text"


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    parts = package(("word/document.xml", BOMB))
    with pytest.raises(ExtractionFailed, match="document type declaration") as failure:
        DocxExtractor().extract(zipped(tmp_path / "lol.docx", parts))
    assert failure.value.code == "unsupported"


def test_a_bomb_in_a_side_part_is_refused_like_one_in_the_document(tmp_path: Path) -> None:
    parts = package(("word/document.xml", f"<w:document {W}><w:body>{paragraph('text')}</w:body></w:document>"))
    parts["word/_rels/document.xml.rels"] = relations(("styles", "styles.xml"))
    parts["word/styles.xml"] = BOMB
    with pytest.raises(ExtractionFailed, match="document type declaration"):
        DocxExtractor().extract(zipped(tmp_path / "lol.docx", parts))


def test_deep_nesting_is_damage_and_no_crash(tmp_path: Path) -> None:
    body = "<w:sdt><w:sdtContent>" * 10_000 + paragraph("deep") + "</w:sdtContent></w:sdt>" * 10_000
    with pytest.raises(ExtractionFailed) as failure:
        DocxExtractor().extract(docx(tmp_path / "deep.docx", body))
    assert failure.value.code == "damaged"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("password.docx", compound_file({"EncryptedPackage": b"x"}), "encrypted"),
        ("old.docx", compound_file({"WordDocument": b"x"}), "unsupported"),
        ("text.docx", b"only text", "damaged"),
        ("empty.docx", b"", "empty"),
    ],
)
def test_each_failure_has_its_reason(name: str, content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ExtractionFailed, match="Word document") as failure:
        DocxExtractor().extract(path)
    assert failure.value.code == code


def test_a_zip_without_a_document_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(ExtractionFailed) as failure:
        DocxExtractor().extract(
            zipped(tmp_path / "a.docx", {"_rels/.rels": relations(("officeDocument", "word/x.xml"))})
        )
    assert failure.value.code == "damaged"
