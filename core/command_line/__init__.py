"""The command line: the engine at a terminal and in scripts."""

from core.command_line.program import main

__all__ = ["main"]
