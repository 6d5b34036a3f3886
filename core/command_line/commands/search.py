"""`carrel search` and `carrel matches`: find passages, and count documents."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from core.command_line.arguments import filter_pair, next_command, positive
from core.command_line.command import Command
from core.command_line.opening import chosen_workspace, knowledge_base
from core.command_line.output.hits import matches_json, results_json, show_matches, show_results
from core.command_line.output.quantities import count
from core.command_line.output.screen import Screen
from core.domain.document import State
from core.domain.search import Mode
from core.domain.workspace import Workspace

if TYPE_CHECKING:
    from core.knowledge_base import KnowledgeBase

SHOWN_MATCHES = 50


def _search_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "query", metavar="QUERY", nargs="+", help='words, "exact phrases", -not, type:pdf, after:2024, …'
    )
    parser.add_argument("--limit", metavar="N", type=positive, default=10, help="most results (10 if not given)")
    parser.add_argument(
        "--mode",
        choices=[str(mode) for mode in Mode],
        default=str(Mode.HYBRID),
        help="find by words and meaning (hybrid, if not given), by words (keyword), or by meaning (vector)",
    )
    parser.add_argument(
        "--filter",
        metavar="K=V",
        type=filter_pair,
        action="append",
        default=[],
        help="only such documents: type, in, tag, source, before, after, or a metadata key; can be repeated",
    )
    parser.add_argument("--documents", action="store_true", help="each document once, with its best passage")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of text")


def _search(arguments: argparse.Namespace, screen: Screen) -> int:
    query = " ".join(arguments.query)
    with knowledge_base(arguments) as kb:
        workspace = chosen_workspace(kb, arguments)
        find = kb.search.documents if arguments.documents else kb.search.query
        results = find(workspace, query, limit=arguments.limit, mode=arguments.mode, filters=dict(arguments.filter))
        if arguments.json:
            screen.json(results_json(results))
        elif results.hits:
            holding = kb.search.count(workspace, query, filters=dict(arguments.filter))
            show_results(screen, results, holding, documents=arguments.documents)
        else:
            _explain_nothing(kb, workspace, arguments, screen)
    return 0


def _match_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", metavar="QUERY", nargs="+", help='words and "exact phrases", all of which must occur')
    parser.add_argument(
        "--limit",
        metavar="N",
        type=positive,
        help=f"most documents to show ({SHOWN_MATCHES} if not given; all with --json or --csv)",
    )
    parser.add_argument("--json", action="store_true", help="one JSON document instead of text")
    parser.add_argument("--csv", action="store_true", help="a table for a spreadsheet instead of text")


def _matches(arguments: argparse.Namespace, screen: Screen) -> int:
    with knowledge_base(arguments) as kb:
        workspace = chosen_workspace(kb, arguments)
        limit = arguments.limit if arguments.json or arguments.csv else arguments.limit or SHOWN_MATCHES
        query = " ".join(arguments.query)
        matches = kb.search.matches(workspace, query, limit=limit)
        if arguments.json:
            screen.json(matches_json(matches))
        elif arguments.csv:
            screen.matches_table(matches.documents, kb.searches.marks(workspace, query))
        elif matches.documents:
            show_matches(screen, matches)
        else:
            _explain_nothing(kb, workspace, arguments, screen)
    return 0


def _explain_nothing(kb: KnowledgeBase, workspace: Workspace, arguments: argparse.Namespace, screen: Screen) -> None:
    """Say why nothing may have been found: “no result” must never mean “maybe never read”."""
    counts = kb.documents.ledger(workspace, files=False).counts
    if not any(counts.values()):
        screen.line(f"No documents in “{workspace.name}” yet.")
        screen.line(f"Add some with: {next_command(arguments, 'add', 'FOLDER')}")
        return
    screen.line(f"Nothing for “{' '.join(arguments.query)}” in “{workspace.name}”.")
    if waiting := counts[State.PENDING]:
        screen.line(f"{count(waiting, 'file')} not read yet: {next_command(arguments, 'status')}")
    if failed := counts[State.FAILED]:
        screen.line(f"{count(failed, 'file')} could not be read: {next_command(arguments, 'failures')}")
    filters = [f"{name}={value}" for name, value in getattr(arguments, "filter", [])]
    if filters:
        screen.line(f"Only documents with {', '.join(filters)} were looked at.")


SEARCH = Command(
    "search",
    "find passages by words and by meaning",
    "Finds the passages that answer a query best, by words and by meaning.",
    _search_arguments,
    _search,
)
MATCHES = Command(
    "matches",
    "list and count all documents that hold some words",
    "Lists every document that holds all words and phrases of a query, with their exact number.",
    _match_arguments,
    _matches,
)
