"""Spreadsheets: sheets as anchors, rows that name their columns, limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.domain.extracted import Anchor, Places
from core.errors import ExtractionFailed
from core.extractors import spreadsheet
from core.extractors.spreadsheet import SpreadsheetExtractor
from tests.core.extractors.office_files import compound_file, opendocument, relations, sheet_row, xls, xlsx, zipped
from tests.core.extractors.samples import DOCUMENTS
from tests.core.extractors.test_xml_tree import BOMB


@pytest.mark.parametrize("name", ["people.xlsx", "people.xls", "people.xlsb", "people.ods"])
def test_the_four_formats_read_alike(name: str) -> None:
    extracted = SpreadsheetExtractor().extract(DOCUMENTS / name)
    assert extracted.text == "Name | Born\nName: Ada | Born: 1815\nName: Alan | Born: 1912"
    assert extracted.anchors == (Anchor("sheet", 0, "People"),)


def test_metadata_comes_with_the_formats_that_have_it() -> None:
    assert SpreadsheetExtractor().extract(DOCUMENTS / "people.xlsx").metadata["title"] == "People"
    assert SpreadsheetExtractor().extract(DOCUMENTS / "people.ods").metadata == {
        "title": "People",
        "author": "Ada",
        "created": "2024-05-01T08:30:00",
    }


def test_dates_are_readable_and_sheets_are_apart(tmp_path: Path) -> None:
    first = sheet_row(1, {"A": "Event", "B": "Day"}) + sheet_row(2, {"A": "Storm", "B": (45413, 1)})
    sheets = {"Events": first, "Empty": "", "Other": sheet_row(3, {"C": "alone"})}
    extracted = SpreadsheetExtractor().extract(xlsx(tmp_path / "a.xlsx", sheets))
    assert extracted.text == "Event | Day\nEvent: Storm | Day: 2024-05-01\n\nalone"
    assert Places(extracted.anchors).heading(extracted.text.index("alone")) == "Other"
    assert Places(extracted.anchors).heading(0) == "Events"


def test_comments_are_read_after_their_sheet(tmp_path: Path) -> None:
    comment = (
        "<comments><commentList><comment ref='A1'><text><r><t>Really?</t></r></text></comment></commentList></comments>"
    )
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(("comments", "../comments1.xml")),
        "xl/comments1.xml": comment,
    }
    path = xlsx(tmp_path / "a.xlsx", {"S": sheet_row(1, {"A": "cell"})}, **parts)
    assert SpreadsheetExtractor().extract(path).text == "cell\n\nComment: Really?"
    parts["xl/comments1.xml"] = "<broken"
    extracted = SpreadsheetExtractor().extract(xlsx(tmp_path / "b.xlsx", {"S": sheet_row(1, {"A": "cell"})}, **parts))
    assert extracted.text == "cell"
    assert [w.message for w in extracted.warnings] == ["The comments of sheet “S” could not be read."]


def test_a_sheet_with_cells_in_far_corners_is_left_out(tmp_path: Path) -> None:
    far = sheet_row(1, {"A": "one"}) + sheet_row(1_048_576, {"XFD": "other"})
    extracted = SpreadsheetExtractor().extract(
        xlsx(tmp_path / "a.xlsx", {"Far": far, "Near": sheet_row(1, {"A": "text"})})
    )
    assert extracted.text == "text"
    assert [(w.code, w.message) for w in extracted.warnings] == [
        ("truncated", "Sheet “Far” was left out: its cells lie too far apart.")
    ]


def test_cells_that_only_have_a_style_do_not_stretch_a_sheet(tmp_path: Path) -> None:
    styled = sheet_row(1, {"A": "one"}) + '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    extracted = SpreadsheetExtractor().extract(xlsx(tmp_path / "a.xlsx", {"S": styled}))
    assert (extracted.text, extracted.warnings) == ("one", ())


def test_the_size_is_right_where_a_cell_lies_across_two_pieces() -> None:
    rows = "".join(sheet_row(number, {"A": "x", "C": "y"}) for number in range(5, 105)).encode()
    pieces = [rows[start : start + 37] for start in range(0, len(rows), 37)]
    assert spreadsheet._area(iter(pieces)) == 100 * 3
    assert spreadsheet._area(iter([])) == 0


def test_a_very_large_spreadsheet_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "CELL_LIMIT", 5)
    rows = "".join(sheet_row(number, {"A": float(number), "B": 0.5}) for number in range(1, 10))
    extracted = SpreadsheetExtractor().extract(xlsx(tmp_path / "a.xlsx", {"S": rows, "T": sheet_row(1, {"A": "late"})}))
    assert extracted.text == "1 | 0.5\n2 | 0.5"
    assert [w.code for w in extracted.warnings] == ["truncated"]


def test_a_file_under_the_name_of_another_format_is_read(tmp_path: Path) -> None:
    path = tmp_path / "really-xlsx.xls"
    path.write_bytes((DOCUMENTS / "people.xlsx").read_bytes())
    assert "Ada" in SpreadsheetExtractor().extract(path).text
    path = tmp_path / "really-xls.xlsx"
    path.write_bytes((DOCUMENTS / "people.xls").read_bytes())
    assert "Ada" in SpreadsheetExtractor().extract(path).text


def test_passwords_are_told_from_damage(tmp_path: Path) -> None:
    office = tmp_path / "a.xlsx"
    office.write_bytes(compound_file({"EncryptedPackage": b"x"}))
    files = [
        office,
        xls(tmp_path / "b.xls", [["a"]], password=True),
        opendocument(tmp_path / "c.ods", "spreadsheet", "", encrypted=True),
    ]
    for file in files:
        with pytest.raises(ExtractionFailed, match="password") as failure:
            SpreadsheetExtractor().extract(file)
        assert failure.value.code == "encrypted"


def test_an_ods_that_repeats_a_cell_without_end_is_too_large(tmp_path: Path) -> None:
    cell = (
        '<table:table-cell table:number-columns-repeated="10000" office:value-type="string"><text:p>x</text:p>'
        "</table:table-cell>"
    )
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    body = f'<table:table table:name="T">{row}</table:table>'
    with pytest.raises(ExtractionFailed) as failure:
        SpreadsheetExtractor().extract(opendocument(tmp_path / "a.ods", "spreadsheet", body))
    assert failure.value.code == "too_large"


def test_bombs_are_refused_before_calamine_sees_them(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"S": ""}, **{"xl/sharedStrings.xml": BOMB})
    with pytest.raises(ExtractionFailed, match="document type declaration"):
        SpreadsheetExtractor().extract(path)
    path = xlsx(tmp_path / "b.xlsx", {"S": ""}, **{"xl/sharedStrings.xml": b" " * 5_000_000})
    with pytest.raises(ExtractionFailed) as failure:
        SpreadsheetExtractor().extract(path)
    assert failure.value.code == "too_large"


def test_what_is_no_spreadsheet_is_damaged(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.xlsx", {"hello.txt": "no workbook"})
    with pytest.raises(ExtractionFailed) as failure:
        SpreadsheetExtractor().extract(path)
    assert failure.value.code == "damaged"
