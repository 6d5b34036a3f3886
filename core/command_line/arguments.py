"""Reading the command line: options that every command has, and the values of options."""

from __future__ import annotations

import argparse
import difflib
import re
import shlex
from typing import Any, NoReturn

from core.errors import CarrelError

DEFAULT_WORKSPACE = "My documents"
_UNKNOWN_COMMAND = re.compile(r"argument COMMAND: invalid choice: '(.*)' \(choose from (.*)\)", re.DOTALL)
_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(s|min|m|h|d|w)", re.IGNORECASE)
_SECONDS = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400, "w": 604_800}


class WrongUsage(CarrelError):
    """The command line can't be understood."""

    exit_code = 2


class Parser(argparse.ArgumentParser):
    """A parser that raises instead of ending the program.

    Options must be written out, so that no new option changes what an old script means.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        """Raise what the parser found wrong.

        Raises:
            WrongUsage: Always.
        """
        if unknown := _UNKNOWN_COMMAND.match(message):
            close = difflib.get_close_matches(unknown[1], re.findall(r"[\w-]+", unknown[2]), n=1)
            hint = f"Did you mean: {self.prog} {close[0]}" if close else f"See all commands with: {self.prog} --help"
            raise WrongUsage(f"There is no command “{unknown[1]}”.", hint)
        if message.startswith("unrecognized arguments"):
            hint = f"See: {self.prog} --help. A query with a -word in it is put into quotes as a whole."
            raise WrongUsage(f"Not understood:{message.partition(':')[2]}", hint)
        sentence = message.removeprefix("argument ")
        raise WrongUsage(f"{sentence[:1].upper()}{sentence[1:].rstrip('.')}.", f"See: {self.prog} --help")


def add_global_options(parser: argparse.ArgumentParser, version: str) -> None:
    """Add the options that may stand before and after the command.

    They have no defaults here, since the parser of a command would put its own over what stands before it; `complete`
    fills them in.
    """
    group = parser.add_argument_group("options for every command")
    group.add_argument(
        "--workspace",
        metavar="NAME",
        default=argparse.SUPPRESS,
        help=f"the workspace (“{DEFAULT_WORKSPACE}” if not given)",
    )
    group.add_argument(
        "--data-dir", metavar="DIR", type=filled, default=argparse.SUPPRESS, help="where Carrel keeps its data"
    )
    group.add_argument("--version", action="version", version=version, help="show the version and end")


def complete(arguments: argparse.Namespace) -> None:
    """Fill in the options for every command that were not given."""
    arguments.workspace = getattr(arguments, "workspace", None)
    arguments.data_dir = getattr(arguments, "data_dir", None)


def next_command(arguments: argparse.Namespace, *words: str) -> str:
    """Return a command to type next, with the same data folder and workspace."""
    given = {"--data-dir": arguments.data_dir, "--workspace": arguments.workspace}
    options = [part for name, value in given.items() if value is not None for part in (name, shlex.quote(value))]
    return " ".join(["carrel", *words, *options])


def filled(text: str) -> str:
    """Read a value that must not be empty."""
    if not text.strip():
        raise argparse.ArgumentTypeError("it is empty")
    return text


def positive(text: str) -> int:
    """Read a whole number from 1."""
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from 1")
    return int(text)


def seconds(text: str) -> float:
    """Read a span of time such as `24h` or `7d`, in seconds."""
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        raise argparse.ArgumentTypeError(f"“{text}” is not a span of time; write 30min, 24h, 7d or 2w")
    return float(match[1]) * _SECONDS[match[2].lower()]


def filter_pair(text: str) -> tuple[str, str]:
    """Read a filter, `type=pdf`."""
    name, equals, value = text.partition("=")
    if not (name.strip() and equals and value.strip()):
        raise argparse.ArgumentTypeError(f"“{text}” is not a filter; write type=pdf, tag=draft, after=2024 or the like")
    return name.strip(), value.strip()
