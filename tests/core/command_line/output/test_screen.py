"""Results and notes: safe, aligned, coloured on a terminal only."""

from __future__ import annotations

import json
import sys

import pytest

from core.command_line.output.screen import Screen
from tests.core.command_line.terminal import Stream

ESC = "\x1b"


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.delenv("NO_COLOR", raising=False)


def test_lines_of_a_file_are_plain_and_never_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    out = Stream()
    screen = Screen(out, Stream())
    screen.line(("bold", "bold"), " " + "word " * 100)
    screen.paragraph("word " * 100, indent=4)
    assert out.text == "bold " + "word " * 100 + "\n    " + ("word " * 100).rstrip() + "\n"


@pytest.mark.usefixtures("terminal")
def test_a_terminal_gets_styles_and_paragraphs_that_fit() -> None:
    out = Stream(terminal=True)
    screen = Screen(out, Stream())
    screen.line(("bold", "bold"))
    screen.paragraph("word " * 30, indent=4)
    first, *rest = out.text.splitlines()
    assert first == f"{ESC}[1mbold{ESC}[0m"
    assert len(rest) > 3
    assert all(line.startswith("    word") and len(line) <= 40 for line in rest)


@pytest.mark.usefixtures("terminal")
def test_no_color_is_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    out = Stream(terminal=True)
    Screen(out, Stream()).line(("red", "bold red"))
    assert out.text == "red\n"


@pytest.mark.usefixtures("terminal")
def test_no_escape_sequence_and_no_markup_passes() -> None:
    out, err = Stream(terminal=True), Stream(terminal=True)
    screen = Screen(out, err)
    evil = f"{ESC}]0;title\x07[bold]x[/bold] :smile: \x9b2J"
    screen.line(evil)
    screen.table(("name", "value"), [(evil, evil)])
    screen.paragraph(evil)
    screen.note(evil)
    screen.error(evil, evil)
    for text in (out.text, err.text):
        assert "]0;title\\x07[bold]x" in text.replace("\n", "")
        left = text.replace(f"{ESC}[2m", "").replace(f"{ESC}[0m", "")  # the style of the table's head
        assert ESC not in left
        assert "\x9b" not in left


def test_columns_are_aligned_by_the_width_of_their_letters() -> None:
    out = Stream()
    Screen(out, Stream()).table(("#id", "name", "size"), [("1", "日本", "9"), ("12", "abcdef", "10")])
    assert out.text.splitlines() == ["id  name    size", " 1  日本    9", "12  abcdef  10"]


def test_json_is_one_document_in_ascii() -> None:
    out = Stream()
    Screen(out, Stream()).json({"path": "caf\udce9", "text": f"é{ESC}[2J\u202e", "rows": [("a", None, 1.5)]})
    assert out.text.isascii()
    assert ESC not in out.text
    assert json.loads(out.text) == {"path": "caf\\xe9", "text": f"é{ESC}[2J\u202e", "rows": [["a", None, 1.5]]}


def test_an_error_is_a_sentence_and_a_hint_on_standard_error() -> None:
    out, err = Stream(), Stream()
    Screen(out, err).error("There is nothing at x.", "Check the spelling.")
    assert (out.text, err.text) == ("", "carrel: There is nothing at x.\n  Check the spelling.\n")


def test_nobody_is_asked_without_a_terminal() -> None:
    err = Stream()
    assert Screen(Stream(), err).ask("Really?") is None
    assert err.text == ""


def test_a_person_is_asked_and_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    keyboard, err = Stream(terminal=True), Stream(terminal=True)
    keyboard.write("Thesis\n")
    keyboard.seek(0)
    monkeypatch.setattr(sys, "stdin", keyboard)
    assert Screen(Stream(), err).ask("Really\x1b?") == "Thesis"
    assert err.text == "Really\\x1b? "
