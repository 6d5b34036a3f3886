"""What can be typed, and what is said when it can't be understood."""

from __future__ import annotations

import argparse
from collections.abc import Callable

import pytest

from core.command_line.arguments import WrongUsage, complete, filter_pair, next_command, positive, seconds
from core.command_line.commands import COMMANDS
from core.command_line.program import parser


def parsed(*words: str) -> argparse.Namespace:
    given = parser().parse_args(words)
    complete(given)
    return given


@pytest.mark.parametrize(
    "words",
    [
        ("--workspace", "Thesis", "--data-dir", "/d", "search", "x"),
        ("search", "x", "--workspace", "Thesis", "--data-dir", "/d"),
        ("--workspace", "Thesis", "search", "--data-dir=/d", "x"),
        ("--workspace", "Other", "--data-dir", "/d", "search", "x", "--workspace", "Thesis"),
    ],
)
def test_options_for_every_command_stand_before_or_after_it(words: tuple[str, ...]) -> None:
    given = parsed(*words)
    assert (given.workspace, given.data_dir, given.query) == ("Thesis", "/d", ["x"])


def test_options_that_are_not_given_are_none() -> None:
    given = parsed("status")
    assert (given.workspace, given.data_dir) == (None, None)
    assert parsed().command is None


@pytest.mark.parametrize(
    ("text", "value"), [("90s", 90), ("30min", 1800), ("24h", 86_400), ("1.5d", 129_600), ("2 W", 1_209_600)]
)
def test_spans_of_time_are_read(text: str, value: float) -> None:
    assert seconds(text) == value


@pytest.mark.parametrize("text", ["", "24", "h", "-1h", "1y", "1h30m", "nan h", "1e3s"])
def test_what_is_no_span_of_time_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="not a span of time"):
        seconds(text)


@pytest.mark.parametrize(
    ("text", "pair"),
    [("type=pdf", ("type", "pdf")), (" in = My papers ", ("in", "My papers")), ("meta.x=a=b", ("meta.x", "a=b"))],
)
def test_filters_are_read(text: str, pair: tuple[str, str]) -> None:
    assert filter_pair(text) == pair


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (filter_pair, "type"),
        (filter_pair, "=pdf"),
        (filter_pair, "type="),
        (positive, "0"),
        (positive, "-1"),
        (positive, "²"),
    ],
)
def test_bad_values_are_refused(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="not a"):
        read(text)


@pytest.mark.parametrize(
    ("words", "sentence", "hint"),
    [
        (("serch", "x"), "There is no command “serch”.", "Did you mean: carrel search"),
        (("late interaction",), "There is no command “late interaction”.", "See all commands with: carrel --help"),
        (("search",), "The following arguments are required: QUERY.", "See: carrel search --help"),
        (("search", "x", "--mode", "magic"), "--mode: invalid choice: 'magic'", "See: carrel search --help"),
        (
            ("search", "lease", "-draft"),
            "Not understood: -draft",
            "See: carrel --help. A query with a -word in it is put into quotes as a whole.",
        ),
        (("status", "--data-dir", ""), "--data-dir: it is empty.", "See: carrel status --help"),
        (("remove", "all"), "DOCUMENT_ID: “all” is not a whole number from 1.", "See: carrel remove --help"),
    ],
)
def test_wrong_usage_is_a_sentence_and_a_hint(words: tuple[str, ...], sentence: str, hint: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        parsed(*words)
    assert caught.value.message.startswith(sentence)
    assert caught.value.hint == hint
    assert caught.value.exit_code == 2


def test_an_option_is_written_out_and_a_query_may_hold_a_minus() -> None:
    with pytest.raises(WrongUsage, match="--lim 3"):
        parsed("search", "x", "--lim", "3")
    assert parsed("search", "-draft lease").query == ["-draft lease"]


@pytest.mark.parametrize("name", ["", *(command.name for command in COMMANDS)])
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args([*name.split(), "--help"])
    assert ended.value.code == 0
    assert "--workspace NAME" in capsys.readouterr().out


def test_the_next_command_names_the_same_folder_and_workspace() -> None:
    assert next_command(parsed("add", "x"), "search", "WORDS") == "carrel search WORDS"
    given = parsed("add", "x", "--data-dir", "/my data", "--workspace", "Thesis")
    assert next_command(given, "failures") == "carrel failures --data-dir '/my data' --workspace Thesis"
