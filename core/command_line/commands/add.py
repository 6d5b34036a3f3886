"""`carrel add`: read files and folders, and say what became of each."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING

from core.command_line.arguments import filled, next_command, seconds
from core.command_line.command import Command
from core.command_line.following import follow
from core.command_line.opening import chosen_workspace, knowledge_base
from core.command_line.output.library import STATES
from core.command_line.output.quantities import count, listing, size, span
from core.command_line.output.safe_text import one_line
from core.command_line.output.screen import Screen
from core.domain.document import State
from core.domain.source import DEFAULT_EXCLUDES, Preview, Rules
from core.domain.workspace import Workspace

if TYPE_CHECKING:
    from core.knowledge_base import KnowledgeBase

_SEARCHABLE = (State.MEANING, State.WORDS, State.PARTIAL, State.STALE)
_PROBLEMS_SHOWN = 5


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="+", type=filled, help="a folder or a file")
    parser.add_argument("--watch", action="store_true", help="follow later changes whenever Carrel runs")
    parser.add_argument(
        "--include",
        metavar="GLOB",
        type=filled,
        action="append",
        default=[],
        help="only such files, *.pdf; can be repeated",
    )
    parser.add_argument(
        "--exclude", metavar="GLOB", type=filled, action="append", default=[], help="never such files; can be repeated"
    )
    parser.add_argument("--hidden", action="store_true", help="also hidden files and folders")
    parser.add_argument("--ttl", metavar="SPAN", type=seconds, help="forget each document after 24h, 7d, …")
    parser.add_argument("--no-wait", action="store_true", help="return at once; reading goes on whenever Carrel runs")
    parser.add_argument(
        "--preview", action="store_true", help="only count what would be read and what would be skipped"
    )


def _add(arguments: argparse.Namespace, screen: Screen) -> int:
    with knowledge_base(arguments) as kb:
        rules = Rules(
            include=tuple(arguments.include),
            exclude=(*DEFAULT_EXCLUDES, *arguments.exclude),
            hidden=arguments.hidden,
            max_bytes=kb.settings.indexing.max_file_mb * 2**20,
        )
        _show_preview(kb.documents.preview(arguments.paths, rules), screen)
        if arguments.preview:
            screen.line("Nothing was added; leave out --preview to do it.")
            return 0
        workspace = chosen_workspace(kb, arguments)
        began = time.monotonic()
        change = kb.documents.add(workspace, arguments.paths, watch=arguments.watch, rules=rules, ttl=arguments.ttl)
        if arguments.no_wait:
            screen.line(f"Queued. Reading goes on whenever Carrel runs: {next_command(arguments, 'serve')}")
            return 0
        follow(kb, workspace, screen)
        searchable = _show_summary(kb, workspace, change.sources, time.monotonic() - began, arguments, screen)
        if searchable:
            screen.line("Search it with: ", (next_command(arguments, "search", '"your words"'), "bold"))
        offline = [each for each in kb.sources.all(workspace) if each.id in change.sources and each.state == "offline"]
        for source in offline:
            screen.line(f"{source.name}: ", (one_line(source.reason), "red"))
    return 1 if offline else 0


def _show_preview(preview: Preview, screen: Screen) -> None:
    kinds = {name: each.files for name, each in preview.kinds.items()}
    readable = count(preview.readable, "readable file")
    about = f" ({listing(kinds, most=10)}), {size(preview.bytes)}" if kinds else ""
    screen.line(f"{readable}{about}")
    if preview.skipped:
        screen.line(f"{sum(preview.skipped.values()):,} skipped ({listing(preview.skipped)})")
    for problem in preview.problems[:_PROBLEMS_SHOWN]:
        screen.line((one_line(problem.message), "yellow"))
    if len(preview.problems) > _PROBLEMS_SHOWN:
        screen.line(
            (f"… and {len(preview.problems) - _PROBLEMS_SHOWN:,} more places that could not be looked at", "yellow")
        )


def _show_summary(
    kb: KnowledgeBase,
    workspace: Workspace,
    sources: Collection[int],
    took: float,
    arguments: argparse.Namespace,
    screen: Screen,
) -> int:
    """Show what became of the files of these sources; return how many are searchable."""
    files = [each for each in kb.documents.ledger(workspace).files if each.source_id in sources]
    states = Counter(each.state for each in files)
    searchable = sum(states[state] for state in _SEARCHABLE)
    screen.line(
        (f"{count(searchable, 'file')} searchable", "bold green" if searchable else "bold"),
        f" in “{workspace.name}” ({span(took)})",
    )
    for state in (State.PARTIAL, State.STALE, State.PENDING, State.SKIPPED):
        if states[state]:
            words, style = STATES[state]
            reasons = Counter(each.reason or "no reason given" for each in files if each.state is state)
            screen.line(f"{states[state]:>7,}  ", (words, style), f": {one_line(listing(reasons))}")
    if states[State.FAILED]:
        ids = {each.id for each in files if each.state is State.FAILED}
        codes = Counter(each.code for each in kb.documents.failures(workspace) if each.document_id in ids)
        why = next_command(arguments, "failures")
        screen.line(f"{states[State.FAILED]:>7,}  ", ("failed", "red"), f": {listing(codes)}; each one: {why}")
    return searchable


ADD = Command(
    "add",
    "read files and folders, and make them searchable",
    "Reads files and folders and makes them searchable. Files stay where they are; nothing leaves this computer.",
    _arguments,
    _add,
)
