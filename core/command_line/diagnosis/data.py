"""Whether the data folder can be used: its place, its owner, the settings, and what its workspaces say."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from core.command_line.arguments import next_command
from core.command_line.diagnosis.check import Check, Level
from core.command_line.opening import knowledge_base
from core.command_line.output.quantities import count, size
from core.domain.document import State
from core.errors import CarrelError, DataFolderLocked
from core.knowledge_base import KnowledgeBase


def check_data(arguments: argparse.Namespace) -> Iterator[Check]:
    """Open the data folder and look at what is in it."""
    try:
        with knowledge_base(arguments) as kb:
            facts = kb.upkeep.facts()
            yield Check("SQLite", Level.OK, _sqlite(str(facts["sqlite"])))
            yield Check("Data folder", Level.OK, f"{facts['data_folder']} ({size(int(facts['data_bytes']))})")
            for warning in kb.upkeep.warnings():
                yield Check("Place of the data folder", Level.WARNING, warning)
            yield from _check_settings(kb)
            for workspace in kb.workspaces.all():
                named = argparse.Namespace(data_dir=arguments.data_dir, workspace=workspace.name)
                if doubt := kb.upkeep.clock_doubt(workspace):
                    advice = f"Set the clock right, or confirm it with: {next_command(named, 'clock', '--confirm')}"
                    yield Check("Clock", Level.WARNING, doubt.message, advice)
                counts = kb.documents.ledger(workspace, files=False).counts
                found = count(sum(counts.values()), "file")
                if failed := counts[State.FAILED]:
                    advice = f"See why with: {next_command(named, 'failures')}"
                    yield Check(f"Workspace “{workspace.name}”", Level.WARNING, f"{found}, {failed:,} failed", advice)
                else:
                    yield Check(f"Workspace “{workspace.name}”", Level.OK, found)
    except DataFolderLocked as error:
        yield Check("Data folder", Level.WARNING, error.message, "To have it checked too, close that program first.")
    except CarrelError as error:
        yield Check("Data folder", Level.PROBLEM, error.message, error.hint)


def _sqlite(version: str) -> str:
    """Name the version, and the fault of SQLite's log that it may have (fixed in 3.51.3, 3.50.7 and 3.44.6)."""
    numbers = tuple(int(part) for part in version.split("."))
    fixed = numbers >= (3, 51, 3) or (3, 50, 7) <= numbers < (3, 51) or (3, 44, 6) <= numbers < (3, 45)
    # Two connections that write and checkpoint at the same moment are needed for it; Carrel has one that does either.
    return (
        version if fixed else f"{version} (with a known fault of its log, which Carrel's single writer stays clear of)"
    )


def _check_settings(kb: KnowledgeBase) -> Iterator[Check]:
    problems = kb.upkeep.settings_problems()
    for problem in problems:
        yield Check("Settings", Level.WARNING, problem, "Mend it in settings.toml in the data folder.")
    if not problems:
        yield Check("Settings", Level.OK, "all can be used")
