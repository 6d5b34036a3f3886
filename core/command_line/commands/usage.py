"""`carrel usage`: what workspaces hold and how often they are searched, day by day."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from core.command_line.arguments import DEFAULT_WORKSPACE, positive
from core.command_line.command import Command
from core.command_line.opening import chosen_workspace, knowledge_base
from core.command_line.output.quantities import count, size
from core.command_line.output.screen import Screen
from core.domain.health import Part
from core.domain.usage import UsageDay

if TYPE_CHECKING:
    from core.domain.workspace import Workspace
    from core.knowledge_base import KnowledgeBase

_PARTS = {
    Part.TRUTH: "texts",
    Part.WORDS: "words",
    Part.VECTORS: "vectors",
    Part.CACHE: "cache",
    Part.BACKUPS: "backups",
}


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--days", type=positive, default=30, metavar="N", help="how many days back (30)")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of text")


def _usage(arguments: argparse.Namespace, screen: Screen) -> int:
    with knowledge_base(arguments) as kb:
        found = [(each, kb.upkeep.usage(each, arguments.days)) for each in _asked_for(kb, arguments)]
    if arguments.json:
        rows = [{"name": workspace.name, "days": [_row(day) for day in days]} for workspace, days in found]
        screen.json({"workspaces": rows})
        return 0
    if not found:
        screen.line(f"No documents in “{arguments.workspace or DEFAULT_WORKSPACE}” yet.")
    for workspace, days in found:
        _show(screen, workspace.name, days)
    return 0


def _asked_for(kb: KnowledgeBase, arguments: argparse.Namespace) -> list[Workspace]:
    return kb.workspaces.all() if arguments.workspace is None else [chosen_workspace(kb, arguments)]


def _show(screen: Screen, name: str, days: Sequence[UsageDay]) -> None:
    screen.line((name, "bold"), f"  {count(sum(day.searches for day in days), 'search', 'searches')}")
    screen.table(("day", "#searches", "#documents", "#passages", "#on disk"), [_cells(day) for day in days])
    held = days[-1].holdings
    if held is not None:
        screen.line("On disk: ", ", ".join(f"{size(held.bytes[part])} {word}" for part, word in _PARTS.items()))


def _cells(day: UsageDay) -> tuple[str, ...]:
    held = day.holdings
    known = ("", "", "") if held is None else (f"{held.documents:,}", f"{held.passages:,}", size(held.size))
    return (day.day.isoformat(), f"{day.searches:,}", *known)


def _row(day: UsageDay) -> dict[str, Any]:
    held = day.holdings
    return {
        "day": day.day.isoformat(),
        "searches": day.searches,
        "documents": None if held is None else held.documents,
        "passages": None if held is None else held.passages,
        "bytes": None if held is None else {word: held.bytes[part] for part, word in _PARTS.items()},
    }


USAGE = Command(
    "usage",
    "show what workspaces hold and how often they are searched",
    "Shows searches, documents, passages and the room on disk, day by day. What was searched for is not kept with it.",
    _arguments,
    _usage,
)
