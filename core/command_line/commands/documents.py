"""`carrel failures`, `carrel remove` and `carrel receipts`: what could not be read, and what was removed."""

from __future__ import annotations

import argparse

from core.command_line.arguments import next_command, positive
from core.command_line.command import Command
from core.command_line.following import follow
from core.command_line.opening import chosen_workspace, knowledge_base
from core.command_line.output.library import failure_json, receipt_json, show_failures, show_receipt, show_receipts
from core.command_line.output.quantities import count
from core.command_line.output.screen import Screen


def _failures_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--retry", action="store_true", help="read them again first")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of text")


def _failures(arguments: argparse.Namespace, screen: Screen) -> int:
    with knowledge_base(arguments) as kb:
        workspace = chosen_workspace(kb, arguments)
        before = kb.documents.failures(workspace)
        failures = before
        if arguments.retry and before:
            kb.documents.retry(workspace)
            follow(kb, workspace, screen)
            failures = kb.documents.failures(workspace)
        if arguments.json:
            rows = [failure_json(each) for each in failures]
            screen.json(
                {"workspace": workspace.name, "retried": len(before) if arguments.retry else 0, "failures": rows}
            )
            return 0
        if arguments.retry:
            left = {each.document_id for each in failures}
            mended = sum(each.document_id not in left for each in before)
            screen.line(f"Read again: {count(len(before), 'file')}; {mended:,} can be read now.")
        show_failures(screen, failures)
        if not failures:
            screen.line(f"Nothing in “{workspace.name}” has failed.")
        elif not arguments.retry:
            screen.line(
                ("Read them again, when the reason is gone, with: ", "dim"),
                next_command(arguments, "failures", "--retry"),
            )
    return 0


def _remove_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "ids", metavar="DOCUMENT_ID", nargs="+", type=positive, help="the number that search, matches and failures show"
    )


def _remove(arguments: argparse.Namespace, screen: Screen) -> int:
    with knowledge_base(arguments) as kb:
        workspace = chosen_workspace(kb, arguments)
        for document_id in arguments.ids:
            kb.documents.get(workspace, document_id)  # one unknown id, and nothing is removed
        show_receipt(screen, kb.documents.remove(workspace, arguments.ids))
        screen.line("The files themselves were not touched; a file comes back when its folder is looked at again.")
    return 0


def _receipts_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--limit", metavar="N", type=positive, default=100, help="most receipts, the newest first (100)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document instead of text")


def _receipts(arguments: argparse.Namespace, screen: Screen) -> int:
    with knowledge_base(arguments) as kb:
        workspace = chosen_workspace(kb, arguments)
        receipts = kb.upkeep.receipts(workspace, arguments.limit)
        if arguments.json:
            screen.json({"workspace": workspace.name, "receipts": [receipt_json(each) for each in receipts]})
        elif receipts:
            show_receipts(screen, receipts)
        else:
            screen.line(f"Nothing has been removed from “{workspace.name}”.")
    return 0


FAILURES = Command(
    "failures",
    "show which files could not be read, and why",
    "Shows the files that could not be read, under their reasons.",
    _failures_arguments,
    _failures,
)
REMOVE = Command(
    "remove",
    "remove documents from Carrel",
    "Removes documents from everywhere in Carrel and says what that was. The files themselves are not touched.",
    _remove_arguments,
    _remove,
)
RECEIPTS = Command(
    "receipts",
    "show what deletions have removed",
    "Shows what each deletion has removed: on demand, by expiry, or because a file is gone.",
    _receipts_arguments,
    _receipts,
)
