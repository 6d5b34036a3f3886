"""No character of a document or a file name steers the terminal."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.command_line.output.safe_text import escaped, one_line, well_formed

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain – “text” 日本語 ñ 👩‍🔬", "plain – “text” 日本語 ñ 👩‍🔬"),
        ("\x1b[2Jgone", "\\x1b[2Jgone"),
        ("\x9b31mred", "\\x9b31mred"),
        ("a\r\nb\tc\x00d\x7f", "a\\x0d\\x0ab\\x09c\\x00d\\x7f"),
        ("invoice\u202efdp.exe", "invoice\\u202efdp.exe"),
        ("line\u2028end", "line\\u2028end"),
        ("caf\udce9.txt", "caf\\xe9.txt"),
        ("\ud800", "\\ud800"),
    ],
)
def test_what_steers_a_terminal_is_escaped(text: str, shown: str) -> None:
    assert escaped(text) == shown


@given(ANY_TEXT)
def test_an_escaped_text_holds_no_control_and_can_be_encoded(text: str) -> None:
    shown = escaped(text)
    assert not any(ord(each) < 32 or 127 <= ord(each) < 160 for each in shown)
    shown.encode("utf-8")
    assert escaped(shown) == shown


@given(ANY_TEXT)
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


def test_white_space_becomes_one_space() -> None:
    assert one_line("a \n\t b\u00a0\u2029c") == "a b c"


@given(ANY_TEXT)
def test_a_well_formed_text_keeps_all_but_lone_surrogates(text: str) -> None:
    formed = well_formed(text)
    assert json.loads(json.dumps(formed).encode("utf-8")) == formed
    formed.encode("utf-8")
    if text.isascii():
        assert formed == text
