"""What a command is."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from core.command_line.output.screen import Screen


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    Attributes:
        name: The word that a person types.
        summary: A few words, for the list of commands.
        about: Sentences, for the command's own help.
        arguments: Adds its arguments and options to a parser.
        run: Does it, and returns the exit code.
    """

    name: str
    summary: str
    about: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Screen], int]
