"""List numbers are counted as Word counts them."""

from __future__ import annotations

import pytest

from core.extractors.docx_styles import Numbering, counted
from core.extractors.xml_tree import parse_xml
from tests.core.extractors.office_files import W


def numbering(content: str) -> Numbering:
    return Numbering(parse_xml(f"<w:numbering {W}>{content}</w:numbering>".encode(), "file"))


def level(depth: int, text: str, style: str = "decimal", start: int = 1) -> str:
    shown = f'<w:start w:val="{start}"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{shown}</w:lvl>'


def abstract(*levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="5">{"".join(levels)}</w:abstractNum>'


NUM = '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'


def test_deeper_levels_begin_again_under_each_item() -> None:
    lists = numbering(abstract(level(0, "%1."), level(1, "%1.%2")) + NUM)
    depths = [0, 1, 1, 0, 1]
    assert [lists.label("1", depth) for depth in depths] == ["1.", "1.1", "1.2", "2.", "2.1"]


def test_a_level_without_an_item_above_shows_the_start_of_that_above() -> None:
    lists = numbering(abstract(level(0, "%1.", start=3), level(1, "%1.%2")) + NUM)
    assert lists.label("1", 1) == "3.1"


def test_lists_of_one_kind_count_on_unless_they_begin_anew() -> None:
    again = '<w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num>'
    anew = (
        '<w:num w:numId="3"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    lists = numbering(abstract(level(0, "%1.")) + NUM + again + anew)
    assert [lists.label(number, 0) for number in ("1", "2", "3", "3")] == ["1.", "2.", "1.", "2."]


def test_bullets_unknown_lists_and_silent_levels() -> None:
    lists = numbering(abstract(level(0, "o", "bullet"), level(1, "", "none")) + NUM)
    assert [lists.label("1", 0), lists.label("1", 1), lists.label("77", 0)] == ["-", "", "-"]
    assert Numbering(None).label("1", 0) == "-"


@pytest.mark.parametrize(
    ("number", "style", "shown"),
    [
        (4, "decimal", "4"),
        (4, "decimalZero", "04"),
        (1994, "lowerRoman", "mcmxciv"),
        (9, "upperRoman", "IX"),
        (2, "lowerLetter", "b"),
        (28, "upperLetter", "BB"),
        (3, "japaneseCounting", "3"),
    ],
)
def test_numbering_styles(number: int, style: str, shown: str) -> None:
    assert counted(number, style) == shown
