"""Whatever ends a command becomes a sentence and an exit code; nobody is shown a traceback."""

from __future__ import annotations

import argparse
import errno
import logging
import threading
from collections.abc import Callable

import pytest

from core.command_line import main, program
from core.command_line.command import Command
from core.command_line.output.screen import Screen
from core.errors import DataFolderLocked, WorkspaceNotFound

Run = Callable[[argparse.Namespace, Screen], int]


class Panic(BaseException):
    """What a library in Rust raises: no Exception."""


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Callable[[Run], None]:
    """Put a command named `try` in the place of all others."""

    def put(run: Run) -> None:
        monkeypatch.setattr(program, "COMMANDS", (Command("try", "tries", "Tries.", lambda _: None, run),))

    return put


def raising(error: BaseException) -> Run:
    def run(_: argparse.Namespace, screen: Screen) -> int:
        screen.line("begun")
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (
            WorkspaceNotFound("X", ["A", "B"]),
            10,
            "carrel: There is no workspace named “X”.\n  Workspaces that exist: A, B.\n",
        ),
        (
            DataFolderLocked("/d", "process 4"),
            11,
            "carrel: Another Carrel (process 4) is using the data folder /d.\n"
            "  Close it first, or choose another --data-dir.\n",
        ),
        (KeyboardInterrupt(), 130, "carrel: Stopped; what is not done yet goes on the next time Carrel runs.\n"),
        (
            OSError(errno.ENOSPC, "No space left on device"),
            1,
            "carrel: The disk failed: No space left on device.\n  Free some space, or check the disk.\n",
        ),
        (
            ZeroDivisionError("secret text"),
            70,
            "carrel: This is a fault of Carrel, not yours (ZeroDivisionError).\n"
            "  Please report it; with CARREL_DEBUG=1 before the command you see more.\n",
        ),
        (
            Panic(),
            70,
            "carrel: This is a fault of Carrel, not yours (Panic).\n"
            "  Please report it; with CARREL_DEBUG=1 before the command you see more.\n",
        ),
    ],
)
def test_an_error_becomes_a_sentence_and_an_exit_code(
    command: Callable[[Run], None], capfd: pytest.CaptureFixture[str], error: BaseException, code: int, said: str
) -> None:
    command(raising(error))
    assert main(["try"]) == code
    assert capfd.readouterr() == ("begun\n", said)


def test_debugging_shows_the_traceback(
    command: Callable[[Run], None], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARREL_DEBUG", "1")
    command(raising(ZeroDivisionError("the detail")))
    assert main(["try"]) == 70
    said = capfd.readouterr().err
    assert "Traceback" in said
    assert "the detail" in said


def test_the_exit_code_of_a_command_is_passed_on(command: Callable[[Run], None]) -> None:
    command(lambda _given, _screen: 1)
    assert main(["try"]) == 1


@pytest.mark.expects_log("reading: OSError")
def test_the_log_of_the_engine_is_a_line_without_traceback(
    command: Callable[[Run], None], capfd: pytest.CaptureFixture[str]
) -> None:
    def run(_: argparse.Namespace, _screen: Screen) -> int:
        logging.getLogger("core.concurrency.loop").info("not worth a word")
        try:
            raise OSError("path of a document")
        except OSError:
            logging.getLogger("core.concurrency.loop").exception("reading: %s", "OSError")
        return 0

    command(run)
    assert main(["try"]) == 0
    assert capfd.readouterr().err == "carrel: reading: OSError\n"
    assert not logging.getLogger("core").handlers


@pytest.mark.expects_log("A part of Carrel stopped")
def test_a_thread_that_dies_is_told_in_a_line(
    command: Callable[[Run], None], capfd: pytest.CaptureFixture[str]
) -> None:
    def die() -> None:
        raise Panic

    def run(_: argparse.Namespace, _screen: Screen) -> int:
        thread = threading.Thread(target=die, name="words")
        thread.start()
        thread.join()
        return 0

    command(run)
    before = threading.excepthook
    assert main(["try"]) == 0
    said = capfd.readouterr().err
    assert said == "carrel: A part of Carrel stopped (words: Panic). Please start it again, and report it.\n"
    assert threading.excepthook is before
