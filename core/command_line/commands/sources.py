"""`carrel sources`: show, pause, look at again and remove the folders and files of a workspace."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import TYPE_CHECKING

from core.command_line.arguments import WrongUsage, next_command, positive
from core.command_line.command import Command
from core.command_line.following import follow
from core.command_line.opening import chosen_workspace, knowledge_base
from core.command_line.output.library import (
    receipt_json,
    show_questions,
    show_receipt,
    show_sources,
    source_json,
)
from core.command_line.output.quantities import count
from core.command_line.output.screen import Screen
from core.domain.workspace import Workspace

if TYPE_CHECKING:
    from core.knowledge_base import KnowledgeBase

_ACTIONS = ("pause", "resume", "cancel", "rescan", "confirm", "keep", "remove")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", nargs="?", choices=_ACTIONS, metavar="ACTION", help=", ".join(_ACTIONS))
    parser.add_argument("id", nargs="?", type=positive, metavar="ID", help="the source; rescan without it takes all")
    parser.add_argument("--no-wait", action="store_true", help="after resume and rescan: return at once")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of text")


def _sources(arguments: argparse.Namespace, screen: Screen) -> int:
    if arguments.action is not None and arguments.action != "rescan" and arguments.id is None:
        raise WrongUsage(
            f"Which source is it that you want to {arguments.action}?",
            f"Write: carrel sources {arguments.action} ID. The ids are in the list: carrel sources",
        )
    with knowledge_base(arguments) as kb:
        workspace = chosen_workspace(kb, arguments)
        if arguments.action in ("confirm", "remove"):
            _remove(kb, workspace, arguments, screen)
            return 0
        if arguments.action is not None:
            _act(kb, workspace, arguments, screen)
        _show(kb, workspace, arguments, screen)
    return 0


def _act(kb: KnowledgeBase, workspace: Workspace, arguments: argparse.Namespace, screen: Screen) -> None:
    match arguments.action:
        case "pause":
            kb.sources.pause(workspace, arguments.id)
        case "cancel":
            change = kb.sources.cancel(workspace, arguments.id)
            screen.note(f"{count(-change.jobs, 'file')} will not be read.")
        case "resume":
            kb.sources.resume(workspace, arguments.id)
        case "rescan":
            kb.sources.rescan(workspace, arguments.id)
        case "keep":
            kb.sources.keep_missing(workspace, arguments.id)
            screen.note("What is gone stays searchable with the text that Carrel has.")
    if arguments.action in ("resume", "rescan") and not arguments.no_wait:
        follow(kb, workspace, screen)


def _remove(kb: KnowledgeBase, workspace: Workspace, arguments: argparse.Namespace, screen: Screen) -> None:
    decide = kb.sources.confirm_deletions if arguments.action == "confirm" else kb.sources.remove
    receipt = decide(workspace, arguments.id)
    if arguments.json:
        screen.json(receipt_json(receipt))
    else:
        show_receipt(screen, receipt)
        if arguments.action == "remove":
            screen.line("The files themselves were not touched.")


def _show(kb: KnowledgeBase, workspace: Workspace, arguments: argparse.Namespace, screen: Screen) -> None:
    sources = kb.sources.all(workspace)
    files = Counter(each.source_id for each in kb.documents.ledger(workspace).files)
    watches = kb.sources.watch_states(workspace)
    if arguments.json:
        rows = [source_json(each, files[each.id], watches.get(each.id)) for each in sources]
        screen.json({"workspace": workspace.name, "sources": rows})
    elif sources:
        show_sources(screen, sources, files, watches)
        show_questions(screen, sources, arguments)
    else:
        screen.line(
            f"“{workspace.name}” has no sources yet. Add a folder with: {next_command(arguments, 'add', 'FOLDER')}"
        )


SOURCES = Command(
    "sources",
    "show, pause, look at again or remove folders and files",
    "Shows what a workspace is made from. An action changes one source: pause and resume reading it, cancel what waits"
    " to be read, rescan it for changes, or remove it with its documents. Where many files are gone at once, nothing is"
    " removed before you confirm that, or keep what Carrel knows of them.",
    _arguments,
    _sources,
)
