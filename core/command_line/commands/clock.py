"""`carrel clock`: whether the computer's clock is trusted with deletions, and the word of a person that it is right."""

from __future__ import annotations

import argparse

from core.command_line.arguments import next_command
from core.command_line.command import Command
from core.command_line.opening import chosen_workspace, knowledge_base
from core.command_line.output.screen import Screen


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--confirm", action="store_true", help="the clock is right: delete what has expired by it")


def _clock(arguments: argparse.Namespace, screen: Screen) -> int:
    with knowledge_base(arguments) as kb:
        workspace = chosen_workspace(kb, arguments)
        if arguments.confirm:
            kb.upkeep.confirm_clock(workspace)
        doubt = kb.upkeep.clock_doubt(workspace)
        if doubt is None:
            screen.line("The clock is trusted: what has expired is deleted in its time.")
            return 0
        screen.line((doubt.message, "yellow"))
        screen.line(f"Set the clock right, or say that it is: {next_command(arguments, 'clock', '--confirm')}")
    return 0


CLOCK = Command(
    "clock",
    "show whether the clock is trusted with deletions",
    "What has expired is hidden at once, but only deleted while the computer's clock can be believed. Shows whether it"
    " is, and takes your word for it.",
    _arguments,
    _clock,
)
