"""`carrel workspace verify|repair`: whether a workspace is whole, and making whole what can be made anew."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from core.command_line.arguments import WrongUsage, next_command
from core.command_line.output.quantities import count, listing
from core.command_line.output.screen import Screen
from core.domain.health import Report, Salvaged
from core.domain.workspace import Workspace

if TYPE_CHECKING:
    from core.knowledge_base import KnowledgeBase

_SHOWN = 20


def verify(kb: KnowledgeBase, workspace: Workspace, arguments: argparse.Namespace, screen: Screen) -> int:
    """Look, and say what was found."""
    report = kb.upkeep.verify(workspace, deep=arguments.deep, progress=_shown(screen))
    return _tell(report, workspace, arguments, screen)


def repair(kb: KnowledgeBase, workspace: Workspace, arguments: argparse.Namespace, screen: Screen) -> int:
    """Make derived parts anew; save what is left of the truth only when that is asked for."""
    if arguments.salvage:
        return _salvage(kb, workspace, arguments, screen)
    report = kb.upkeep.repair(workspace, deep=arguments.deep, progress=_shown(screen))
    return _tell(report, workspace, arguments, screen)


def _salvage(kb: KnowledgeBase, workspace: Workspace, arguments: argparse.Namespace, screen: Screen) -> int:
    if not arguments.yes:
        answer = screen.ask(
            f"Make “{workspace.name}” anew from what can still be read of it? The damaged file is set aside."
            " Type yes to do so:"
        )
        if answer is None:
            raise WrongUsage("Without a terminal, saving what can be read needs --yes.")
        if answer.strip().lower() != "yes":
            screen.line("Nothing was changed.")
            return 0
    saved = kb.upkeep.salvage(workspace)
    if arguments.json:
        screen.json(_salvaged_json(saved))
        return 0
    screen.line(f"{count(saved.documents, 'document')} saved, {count(saved.again, 'file')} to be read again.")
    if saved.rows:
        screen.line(f"Rows that could not be read: {listing(saved.rows)}.")
    if saved.lost:
        screen.line((f"{count(len(saved.lost), 'document')} lost:", "yellow"))
        for title in saved.lost[:_SHOWN]:
            screen.line(f"  {title}")
        if len(saved.lost) > _SHOWN:
            screen.line(f"  … and {len(saved.lost) - _SHOWN:,} more; --json shows all")
    return 0


def _tell(report: Report, workspace: Workspace, arguments: argparse.Namespace, screen: Screen) -> int:
    if arguments.json:
        screen.json(_json(report, workspace))
        return report.exit_code
    for each in report.findings:
        state = "repaired" if each in report.repaired else "damaged"
        screen.line((f"{state:<9}", "green" if each in report.repaired else "red"), f"{each.part}: {each.message}")
    for part in report.skipped:
        screen.line(f"{part} could not be compared while so much is being written.")
    if not report.findings:
        screen.line(f"“{workspace.name}” is whole.")
    elif report.exit_code == 1 and set(report.findings) - set(report.repaired):
        screen.line("No document is affected. Mend it with: ", _next("repair", workspace, arguments))
    elif report.exit_code > 1:
        screen.line("Documents are affected. Bring back a backup with: ", _next("restore", workspace, arguments))
        screen.line("or save what can still be read with: ", _next("repair --salvage", workspace, arguments))
    return report.exit_code


def _next(action: str, workspace: Workspace, arguments: argparse.Namespace) -> tuple[str, str]:
    words = f'workspace {action} "{workspace.name}"'
    return next_command(argparse.Namespace(data_dir=arguments.data_dir, workspace=None), words), "bold"


def _shown(screen: Screen) -> Callable[[str, float], None]:
    """Return what shows, on a terminal, how far the look is."""
    last = ""

    def show(what: str, share: float) -> None:
        nonlocal last
        line = f"Looking at {what}" + (f" ({share:.0%})" if share else "")
        if screen.animated and line != last:
            last = line
            screen.note(line)

    return show


def _json(report: Report, workspace: Workspace) -> dict[str, object]:
    findings = [
        {
            "part": str(each.part),
            "kind": "truth" if each.truth else "derived",
            "code": each.code,
            "message": each.message,
            "count": each.count,
            "repaired": each in report.repaired,
        }
        for each in report.findings
    ]
    healthy = not set(report.findings) - set(report.repaired)
    return {
        "workspace": workspace.name,
        "deep": report.deep,
        "healthy": healthy,
        "findings": findings,
        "skipped": [str(part) for part in report.skipped],
    }


def _salvaged_json(saved: Salvaged) -> dict[str, object]:
    return {"documents": saved.documents, "again": saved.again, "lost": list(saved.lost), "rows": saved.rows}
