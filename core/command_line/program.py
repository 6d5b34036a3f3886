"""The program `carrel`: runs one command, and turns whatever ends it into a sentence and an exit code.

| Code | Means |
|---|---|
| 0 | done |
| 1 | something is wrong that the person can mend |
| 2 | the command line can't be understood |
| 10 | a workspace, document, source or path was not found |
| 11 | another process owns the data folder |
| 70 | a fault of Carrel |
| 130 | ended with Ctrl+C |
| 141 | whoever reads the output has gone |
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from io import TextIOWrapper
from pathlib import Path

from core.command_line.arguments import Parser, add_global_options, complete
from core.command_line.commands import COMMANDS, start
from core.command_line.logs import logs_shown
from core.command_line.opening import StillClosing
from core.command_line.output.screen import Screen
from core.errors import CarrelError

EXIT_FAULT = 70
EXIT_INTERRUPTED = 130
EXIT_NO_READER = 141
DEBUG = "CARREL_DEBUG"

_EXAMPLES = """\
examples:
  carrel add ~/Documents/Papers --watch     read a folder, and follow it from now on
  carrel search "notice period" --limit 5   find passages by words and by meaning
  carrel status                             see what was read and what was not
"""
# What a full or broken disk says; it is the person's to mend, whichever part of Carrel met it first.
_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS)


Window = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None, window: Window | None = None) -> int:
    """Run the command line, `sys.argv` if none is given, and return the exit code.

    Args:
        arguments: What was typed.
        window: What runs where no command is given; None for the status of the knowledge base.
    """
    screen = Screen(_stream(sys.stdout), _stream(sys.stderr))
    try:
        code = _outcome(sys.argv[1:] if arguments is None else arguments, screen, window)
        screen.flush()
    except BrokenPipeError:
        # Python writes what is left when it ends; that must not be a second, louder failure.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_NO_READER
    return code


def _outcome(arguments: Sequence[str], screen: Screen, window: Window | None) -> int:
    debug = bool(os.environ.get(DEBUG))
    try:
        with logs_shown(screen, debug):
            return _run(arguments, screen, window)
    except (BrokenPipeError, SystemExit):
        raise
    except CarrelError as error:
        screen.error(error.message, error.hint)
        return error.exit_code
    except KeyboardInterrupt as interrupt:
        screen.error("Stopped; what is not done yet goes on the next time Carrel runs.")
        if isinstance(interrupt, StillClosing):
            screen.flush()
            os._exit(EXIT_INTERRUPTED)  # threads are still at work; all of it can be broken off, as by a loss of power
        return EXIT_INTERRUPTED
    except BaseException as error:  # noqa: BLE001 - a panic of a Rust library is no Exception; nobody is shown a traceback
        if isinstance(error, OSError) and error.errno in _DISK:
            screen.error(f"The disk failed: {error.strerror}.", "Free some space, or check the disk.")
            return CarrelError.exit_code
        if debug:
            traceback.print_exception(error)
        hint = "Please report it." if debug else f"Please report it; with {DEBUG}=1 before the command you see more."
        screen.error(f"This is a fault of Carrel, not yours ({type(error).__name__}).", hint)
        return EXIT_FAULT


def _run(arguments: Sequence[str], screen: Screen, window: Window | None) -> int:
    given = parser().parse_args(arguments)
    complete(given)
    if given.command is None and window is not None:
        return window(given)
    run = next((each.run for each in COMMANDS if each.name == given.command), start)
    return run(given, screen)


def parser() -> Parser:
    """Return the parser of the whole command line."""
    whole = Parser(
        prog="carrel",
        description="Finds the passage in your own documents. Files stay where they are; nothing leaves this computer.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    shown = f"carrel {_version()}"
    add_global_options(whole, shown)
    group = whole.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for command in COMMANDS:
        each = group.add_parser(command.name, help=command.summary, description=command.about)
        command.arguments(each)
        add_global_options(each, shown)
    return whole


def _version() -> str:
    try:
        return version("carrel")
    except PackageNotFoundError:
        return f"from {Path(__file__).parents[2]}, not installed"


def _stream(stream: object) -> TextIOWrapper:
    if not isinstance(stream, TextIOWrapper):  # closed before the program began
        stream = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open until the program ends
    # A character that the terminal can't show must not end the program.
    stream.reconfigure(errors="backslashreplace")
    return stream
