"""`carrel status`, and `carrel` alone: what was read, what was not, and what to do next."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from core.command_line.arguments import DEFAULT_WORKSPACE, next_command
from core.command_line.command import Command
from core.command_line.opening import chosen_workspace, knowledge_base
from core.command_line.output.library import show_questions, show_workspace, workspace_json
from core.command_line.output.quantities import count
from core.command_line.output.screen import Screen
from core.domain.document import State
from core.domain.workspace import Workspace

if TYPE_CHECKING:
    from core.knowledge_base import KnowledgeBase


def _status_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document instead of text")


def _status(arguments: argparse.Namespace, screen: Screen) -> int:
    with knowledge_base(arguments) as kb:
        workspaces = _asked_for(kb, arguments)
        if arguments.json:
            rows = [workspace_json(each.name, kb.documents.ledger(each, files=False)) for each in workspaces]
            screen.json({"workspaces": rows})
            return 0
        if not workspaces:
            _welcome(arguments, screen)
        for each in workspaces:
            _show(kb, each, arguments, screen)
    return 0


def start(arguments: argparse.Namespace, screen: Screen) -> int:
    """Show a short status and what can be done next."""
    with knowledge_base(arguments) as kb:
        workspaces = _asked_for(kb, arguments)
        ledgers = [kb.documents.ledger(each, files=False) for each in workspaces]
        if not any(ledger.total for ledger in ledgers):
            _welcome(arguments, screen)
            return 0
        for each in workspaces:
            _show(kb, each, arguments, screen)
    screen.line()
    screen.line("Search:        ", next_command(arguments, "search", '"your words"'))
    screen.line("Add more:      ", next_command(arguments, "add", "FOLDER"))
    screen.line("All commands:  carrel --help")
    return 0


def _asked_for(kb: KnowledgeBase, arguments: argparse.Namespace) -> list[Workspace]:
    return kb.workspaces.all() if arguments.workspace is None else [chosen_workspace(kb, arguments)]


def _welcome(arguments: argparse.Namespace, screen: Screen) -> None:
    screen.line(f"No documents in “{arguments.workspace or DEFAULT_WORKSPACE}” yet.")
    screen.line(f"Add a folder with: {next_command(arguments, 'add', 'FOLDER')}")
    screen.line("Files stay where they are. Nothing leaves this computer.")


def _show(kb: KnowledgeBase, workspace: Workspace, arguments: argparse.Namespace, screen: Screen) -> None:
    ledger = kb.documents.ledger(workspace, files=False)
    progress = kb.documents.progress(workspace)
    show_workspace(screen, workspace.name, ledger, progress)
    named = argparse.Namespace(data_dir=arguments.data_dir, workspace=workspace.name)
    if ledger.counts[State.FAILED]:
        screen.line(f"  Why {count(ledger.counts[State.FAILED], 'file')} failed: {next_command(named, 'failures')}")
    if doubt := kb.upkeep.clock_doubt(workspace):
        screen.line(f"  {doubt.message} {next_command(named, 'clock')}")
    show_questions(screen, kb.sources.all(workspace), named)
    if progress.paused:
        screen.line(f"  Reading is paused: {next_command(named, 'sources')}")
    elif progress.queued or progress.running:
        screen.line(f"  Reading goes on while Carrel runs: {next_command(named, 'serve')}")


STATUS = Command(
    "status",
    "show what was read and what was not",
    "Shows how many files of each workspace are searchable, waiting, skipped or failed; they add up to all files.",
    _status_arguments,
    _status,
)
