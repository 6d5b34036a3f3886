"""`carrel workspace`: make, list, rename, colour and delete workspaces, and keep them safe."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from core.command_line.arguments import WrongUsage
from core.command_line.command import Command
from core.command_line.commands import workspace_care as care
from core.command_line.commands import workspace_health as health
from core.command_line.opening import knowledge_base
from core.command_line.output.library import receipt_json, show_receipt
from core.command_line.output.quantities import count, when
from core.command_line.output.screen import Screen

if TYPE_CHECKING:
    from core.knowledge_base import KnowledgeBase

_NAMES = {
    "create": ("NAME",),
    "list": (),
    "rename": ("NAME", "NEW_NAME"),
    "colour": ("NAME", "COLOUR"),
    "delete": ("NAME",),
    "backup": ("NAME",),
    "backups": ("NAME",),
    "restore": ("NAME",),
    "verify": ("NAME",),
    "repair": ("NAME",),
}
_ACTIONS = tuple(_NAMES)
_CARE = {
    "backup": care.back_up,
    "backups": care.list_backups,
    "restore": care.restore,
    "verify": health.verify,
    "repair": health.repair,
}


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=_ACTIONS, metavar="ACTION", help=", ".join(_ACTIONS))
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="the workspace; after rename, also its new name, after colour, also red, blue, …",
    )
    parser.add_argument("--yes", action="store_true", help="delete, restore, repair: without asking")
    parser.add_argument("--from", dest="backup", metavar="BACKUP", help="restore: this backup, not the newest")
    parser.add_argument(
        "--only",
        action="store_true",
        help="backup: and remove all older ones, with what was deleted since they were made",
    )
    parser.add_argument("--deep", action="store_true", help="verify and repair: also look at every text and the backup")
    parser.add_argument(
        "--salvage", action="store_true", help="repair: make it anew from what can still be read of a damaged database"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document instead of text")


def _workspace(arguments: argparse.Namespace, screen: Screen) -> int:
    wanted = _NAMES[arguments.action]
    if len(arguments.names) != len(wanted):
        usage = " ".join(["carrel workspace", arguments.action, *wanted])
        raise WrongUsage(
            f"“{arguments.action}” takes {count(len(wanted), 'name')}.", f"Write: {usage} (quote names with spaces)"
        )
    with knowledge_base(arguments) as kb:
        match arguments.action:
            case "create":
                screen.line(f"Made “{kb.workspaces.create(arguments.names[0]).name}”.")
            case "list":
                _list(kb, arguments, screen)
            case "rename":
                renamed = kb.workspaces.rename(kb.workspaces.get(arguments.names[0]), arguments.names[1])
                screen.line(f"“{arguments.names[0]}” is now “{renamed.name}”.")
            case "colour":
                coloured = kb.workspaces.recolour(kb.workspaces.get(arguments.names[0]), arguments.names[1])
                screen.line(f"“{coloured.name}” is {coloured.colour or 'without a colour'} now.")
            case "delete":
                _delete(kb, arguments, screen)
            case action:
                return _CARE[action](kb, kb.workspaces.get(arguments.names[0]), arguments, screen)
    return 0


def _list(kb: KnowledgeBase, arguments: argparse.Namespace, screen: Screen) -> None:
    workspaces = kb.workspaces.all()
    if arguments.json:
        rows = [
            {
                "name": each.name,
                "id": each.id,
                "created_at": each.created_at.isoformat(),
                "colour": each.colour,
            }
            for each in workspaces
        ]
        screen.json({"workspaces": rows})
    elif workspaces:
        screen.table(("name", "made"), [(each.name, when(each.created_at)) for each in workspaces])
    else:
        screen.line("There are no workspaces yet; the first is made when documents are added.")


def _delete(kb: KnowledgeBase, arguments: argparse.Namespace, screen: Screen) -> None:
    workspace = kb.workspaces.get(arguments.names[0])
    if not arguments.yes:
        total = kb.documents.ledger(workspace, files=False).total
        answer = screen.ask(f"Delete “{workspace.name}” with {count(total, 'file')} in it? Type its name to do so:")
        if answer is None:
            raise WrongUsage("Without a terminal, deleting a workspace needs --yes.")
        if answer.strip() != workspace.name:
            screen.line("Nothing was deleted.")
            return
    receipt = kb.workspaces.delete(workspace)
    if arguments.json:
        screen.json(receipt_json(receipt))
    else:
        show_receipt(screen, receipt)
        screen.line(f"“{workspace.name}” is deleted. The files that it was made from were not touched.")


WORKSPACE = Command(
    "workspace",
    "make, list, rename, delete, back up, restore or verify workspaces",
    "Makes, lists, renames or deletes workspaces: one for each project or client; nothing leaks between them. Makes"
    " backups and brings them back, looks whether a workspace is whole, and mends it.",
    _arguments,
    _workspace,
)
