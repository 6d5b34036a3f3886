"""`carrel workspace backup|backups|restore`: copies of a workspace that can be brought back."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from core.command_line.arguments import WrongUsage
from core.command_line.output.quantities import count, size, when
from core.command_line.output.screen import Screen
from core.domain.backup import Backup
from core.domain.workspace import Workspace

if TYPE_CHECKING:
    from core.knowledge_base import KnowledgeBase

_REASONS = {"changed": "by itself", "asked": "asked for", "migration": "before a migration"}


def back_up(kb: KnowledgeBase, workspace: Workspace, arguments: argparse.Namespace, screen: Screen) -> int:
    """Make a backup now."""
    backup = kb.upkeep.back_up(workspace, only=arguments.only)
    if arguments.json:
        screen.json(_json(backup))
    else:
        screen.line(f"Made the backup {backup.name}: {count(backup.documents, 'document')}, {size(backup.bytes)}.")
        if arguments.only:
            screen.line("All older ones are removed.")
    return 0


def list_backups(kb: KnowledgeBase, workspace: Workspace, arguments: argparse.Namespace, screen: Screen) -> int:
    """Show the backups there are."""
    backups = kb.upkeep.backups(workspace)
    if arguments.json:
        screen.json({"backups": [_json(each) for each in backups]})
    elif backups:
        rows = [
            (each.name, when(each.made_at), f"{each.documents:,}", size(each.bytes), _REASONS[each.reason])
            for each in backups
        ]
        screen.table(("backup", "made", "documents", "size", "why"), rows)
    else:
        screen.line("There is no backup yet; one is made by itself an hour after the first documents.")
    return 0


def restore(kb: KnowledgeBase, workspace: Workspace, arguments: argparse.Namespace, screen: Screen) -> int:
    """Bring a backup back, when the person agrees."""
    backups = [each for each in kb.upkeep.backups(workspace) if arguments.backup in (None, each.name)]
    if backups and not arguments.yes:
        question = (
            f"Put “{workspace.name}” back to {when(backups[0].made_at)},"
            f" with {count(backups[0].documents, 'document')}? What is there now is set aside. Type yes to do so:"
        )
        answer = screen.ask(question)
        if answer is None:
            raise WrongUsage("Without a terminal, bringing back a backup needs --yes.")
        if answer.strip().lower() != "yes":
            screen.line("Nothing was changed.")
            return 0
    backup = kb.upkeep.restore(workspace, arguments.backup)
    if arguments.json:
        screen.json(_json(backup))
    else:
        screen.line(f"“{workspace.name}” is as it was on {when(backup.made_at)}.")
        screen.line("Files that changed since are read again, and the indices are made anew, whenever Carrel runs.")
    return 0


def _json(backup: Backup) -> dict[str, object]:
    return {
        "name": backup.name,
        "made_at": backup.made_at.isoformat(),
        "reason": backup.reason,
        "documents": backup.documents,
        "bytes": backup.bytes,
        "sha256": backup.sha256,
    }
