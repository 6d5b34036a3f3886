"""`carrel doctor`: look for what keeps Carrel from working, and say what to do."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from core.command_line.command import Command
from core.command_line.output.screen import Screen

if TYPE_CHECKING:
    from core.command_line.diagnosis.check import Check

_STYLES = {"ok": "green", "warning": "yellow", "problem": "bold red"}


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document instead of text")


def _doctor(arguments: argparse.Namespace, screen: Screen) -> int:
    checks = []
    for each in _checks(arguments):
        checks.append(each)
        if not arguments.json:
            screen.line((f"{each.level:<8}", _STYLES[each.level]), (f" {each.name}: ", "bold"), each.found)
            if each.advice:
                screen.line(f"{'':<9}{each.advice}")
    problems = sum(each.level == "problem" for each in checks)
    if arguments.json:
        rows = [
            {"name": each.name, "level": str(each.level), "found": each.found, "advice": each.advice} for each in checks
        ]
        screen.json({"healthy": not problems, "checks": rows})
    else:
        screen.line(
            "Carrel can work here." if not problems else "Carrel can't work well until the problems are mended."
        )
    return 1 if problems else 0


def _checks(arguments: argparse.Namespace) -> Iterator[Check]:
    # Imported here: these load all of the engine.
    from core.command_line.diagnosis import data, isolation, machine, parts
    from core.settings import IndexingSettings
    from core.store.data_folder import default_folder

    folder = default_folder() if arguments.data_dir is None else Path(arguments.data_dir).expanduser()
    yield parts.check_versions()
    yield machine.check_python()
    yield from data.check_data(arguments)
    yield from machine.check_disk(folder.absolute())
    yield from parts.check_compiled()
    yield parts.check_model()
    yield parts.check_reader(IndexingSettings())
    yield from isolation.check_isolation(IndexingSettings())
    yield from machine.check_limits()


DOCTOR = Command(
    "doctor",
    "look for what keeps Carrel from working",
    "Looks for what keeps Carrel from working on this machine. The exit code is 1 if there is a problem.",
    _arguments,
    _doctor,
)
