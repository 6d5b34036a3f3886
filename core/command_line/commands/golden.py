"""`carrel golden`: pin the document that a query must find, and look whether it does."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.command_line.arguments import WrongUsage, next_command, positive
from core.command_line.command import Command
from core.command_line.opening import chosen_workspace, knowledge_base
from core.command_line.output.golden import golden_json, show_golden
from core.command_line.output.quantities import count
from core.command_line.output.screen import Screen
from core.domain.golden import GoldenQuery
from core.domain.workspace import Workspace
from core.errors import CarrelError, GoldenQueryNotFound

if TYPE_CHECKING:
    from core.knowledge_base import KnowledgeBase

_ACTIONS = ("list", "run", "pin", "unpin")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action", nargs="?", choices=_ACTIONS, default="list", metavar="ACTION", help=", ".join(_ACTIONS)
    )
    parser.add_argument(
        "words", nargs="*", metavar="QUERY | ID", help="pin: the query; run and unpin: numbers of the list"
    )
    parser.add_argument("--document", metavar="ID", type=positive, help="pin: what the query must find")
    parser.add_argument("--passage", metavar="TEXT", default="", help="pin: words of the passage that it must find")
    parser.add_argument(
        "--within", metavar="N", type=positive, default=10, help="pin: among so many first ones (10 if not given)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document instead of text")


def _golden(arguments: argparse.Namespace, screen: Screen) -> int:
    ids = [] if arguments.action == "pin" else _numbers(arguments)
    with knowledge_base(arguments) as kb:
        workspace = chosen_workspace(kb, arguments)
        match arguments.action:
            case "pin":
                _pin(kb, workspace, arguments, screen)
            case "unpin":
                _known(kb, workspace, ids)
                kb.golden.unpin(workspace, ids)
                screen.line(f"{count(len(ids), 'golden query', 'golden queries')} removed; the documents stay.")
            case "run":
                _known(kb, workspace, ids)
                queries = kb.golden.run(workspace, ids or None).queries
                _show(workspace, queries, arguments, screen)
                return 0 if all(each.found for each in queries) else CarrelError.exit_code
            case _:
                _show(workspace, kb.golden.all(workspace), arguments, screen)
    return 0


def _numbers(arguments: argparse.Namespace) -> list[int]:
    action, words = arguments.action, arguments.words
    if not all(each.isascii() and each.isdigit() for each in words) or (action == "unpin") > bool(words):
        raise WrongUsage(f"“{action}” takes the numbers of golden queries.", "They are in the list: carrel golden")
    return [int(each) for each in words]


def _known(kb: KnowledgeBase, workspace: Workspace, ids: Sequence[int]) -> None:
    """Let one unknown number change nothing."""
    known = {each.id for each in kb.golden.all(workspace)}
    for each in ids:
        if each not in known:
            raise GoldenQueryNotFound(each)


def _pin(kb: KnowledgeBase, workspace: Workspace, arguments: argparse.Namespace, screen: Screen) -> None:
    if arguments.document is None or not arguments.words:
        raise WrongUsage(
            "Which query must find which document?",
            'Write: carrel golden pin "your words" --document ID. The id stands below each hit of a search.',
        )
    pinned = kb.golden.pin(
        workspace,
        " ".join(arguments.words),
        arguments.document,
        passage=arguments.passage,
        within=arguments.within,
    )
    _show(workspace, kb.golden.run(workspace, [pinned.id]).queries, arguments, screen)


def _show(workspace: Workspace, queries: Sequence[GoldenQuery], arguments: argparse.Namespace, screen: Screen) -> None:
    if arguments.json:
        screen.json({"workspace": workspace.name, "queries": [golden_json(each) for each in queries]})
    elif queries:
        show_golden(screen, queries)
    else:
        pin = next_command(arguments, "golden", 'pin "your words" --document ID')
        screen.line(f"Nothing is pinned in “{workspace.name}”. Pin what a query must find with: {pin}")


GOLDEN = Command(
    "golden",
    "pin the documents that queries must find, and check it",
    "Lists the golden queries of a workspace: searches, each with the document, or the passage, that it must find. run"
    " searches for all of them, or for some, and ends with exit code 1 if one is not found at its place: before and"
    " after a change of model, chunking or documents. pin adds one, unpin removes it.",
    _arguments,
    _golden,
)
