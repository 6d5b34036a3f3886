"""Text set by kind: what is shown stands for what is stored, character by character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.extracted import Anchor, Extracted
from desktop.widgets.preview.blocks import Block, Look, Role
from desktop.widgets.preview.lines import around
from desktop.widgets.preview.typeset import typeset

KINDS = ["md", "txt", "python", "csv", "eml", "pdf", "json", "yaml", "cpp", "ipynb"]


def words(blocks: list[Block]) -> list[str]:
    return ["".join(run.text for run in block.runs).rstrip() for block in blocks]


def of(text: str, kind: str, *anchors: Anchor, name: str = "x") -> list[Block]:
    return typeset(Extracted(text, anchors), kind, name, 0, len(text))


@pytest.mark.parametrize("kind", KINDS)
@given(text=st.text(alphabet="ab1#*_`->|:. \n\t[]()é漢𝒳", max_size=120))
def test_every_run_shows_what_stands_at_its_place(kind: str, text: str) -> None:
    for block in of(text, kind):
        for run in block.runs:
            if run.start is not None:
                stored = text[run.start : run.start + len(run.text)]
                assert run.text == stored


@pytest.mark.parametrize("kind", KINDS)
@given(text=st.text(alphabet="ab \n", max_size=80))
def test_no_word_is_left_out(kind: str, text: str) -> None:
    assert " ".join(words(of(text, kind))).split() == text.split()


def test_marks_of_markdown_become_weights() -> None:
    text = (
        "# Soup\n\nA **bold** and *slanted* `word`,\na [link](http://x.example/a).\n\n"
        "- one\n- [x] two\n\n```\ncode  here\n```\n"
    )
    blocks = of(text, "md", Anchor("heading", 0, "Soup", 1))
    assert words(blocks) == ["Soup", "A bold and slanted word, a link.", "• one", "☑ two", "code  here"]
    assert [block.look for block in blocks] == [Look.HEADING, Look.BODY, Look.ITEM, Look.ITEM, Look.CODE]
    assert {run.text: run.role for run in blocks[1].runs}["bold"] is Role.STRONG


def test_a_table_has_columns_also_where_cells_are_missing() -> None:
    text = "name | born\nname: Ada | born: 1815\nborn: 1906\nname: 漢字 | born: 1912"
    assert words(of(text, "csv")) == ["name   born", "Ada    1815", "       1906", "漢字   1912"]


def test_a_part_of_a_table_names_its_columns() -> None:
    text = "name | born\n" + "name: Ada | born: 1815\n" * 5
    shown = words(typeset(Extracted(text), "csv", "x.csv", text.index("name: Ada"), len(text)))
    assert shown[0] == "name   born"
    assert len(shown) == 6


def test_rows_without_names_stay_rows() -> None:
    assert words(of("1 | 2 | 3\n4 | 5 | 6", "csv")) == ["1   2   3", "4   5   6"]


def test_lines_that_a_machine_broke_are_one_paragraph_and_others_stay_lines() -> None:
    long = "These words were broken after sixty characters by a program and"
    text = f"{long}\nare one paragraph.\n\nRoses\nare red\n\nx    y\n1    2\n"
    assert words(of(text, "txt")) == [f"{long} are one paragraph.", "Roses", "are red", "x    y", "1    2"]


def test_the_head_of_a_mail_is_told_from_its_words() -> None:
    blocks = of("From: Ada\nSubject: Soup\n\nNote: no field\n> quoted", "eml")
    assert [block.look for block in blocks] == [Look.FIELD, Look.FIELD, Look.FIELD, Look.BODY, Look.QUOTE]


def test_pages_are_numbered_where_they_begin() -> None:
    text = "First page.\n\nSecond page."
    blocks = of(text, "pdf", Anchor("page", 0, "1"), Anchor("page", 13, "2"))
    assert words(blocks) == ["1", "First page.", "2", "Second page."]


def test_a_comment_in_a_notebook_is_no_heading() -> None:
    blocks = of("# Drift\n\n# a comment\nx = 1", "ipynb", Anchor("heading", 0, "Drift", 1))
    assert words(blocks) == ["Drift", "", "# a comment", "x = 1"]
    assert [block.look for block in blocks] == [Look.HEADING, Look.CODE, Look.CODE, Look.CODE]


def test_lines_of_a_script_without_spaces_are_joined_without_one() -> None:
    assert words(of("潮位の\n記録 and\nmore", "md")) == ["潮位の記録 and more"]


def test_code_is_coloured() -> None:
    (block,) = of("def f(): return 'x'", "python", name="x.py")
    roles = {run.text: run.role for run in block.runs}
    assert roles["def"] is Role.KEYWORD
    assert roles["f"] is Role.NAME


@given(st.text(alphabet="ab\n", max_size=300), st.integers(0, 300), st.integers(2, 60))
def test_a_part_holds_the_place_it_was_asked_for(text: str, at: int, size: int) -> None:
    at = min(at, len(text))
    begin, end = around(text, at, size)
    assert 0 <= begin <= at <= end <= len(text)
    assert end - begin <= 2 * size + 2
