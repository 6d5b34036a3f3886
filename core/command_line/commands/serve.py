"""`carrel serve`: read what waits and follow watched folders until told to stop."""

from __future__ import annotations

import argparse
import signal
import time
from typing import TYPE_CHECKING

from core.command_line.command import Command
from core.command_line.opening import chosen_workspace, knowledge_base
from core.command_line.output.quantities import count
from core.command_line.output.screen import Screen
from core.domain.document import State
from core.domain.workspace import Workspace

if TYPE_CHECKING:
    from core.knowledge_base import KnowledgeBase

LOOK_SECONDS = 1.0


def _arguments(_: argparse.ArgumentParser) -> None:
    return


def _serve(arguments: argparse.Namespace, screen: Screen) -> int:
    # A service is stopped by SIGTERM; both signals end it in the same clean way.
    earlier = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with knowledge_base(arguments) as kb:
            try:
                _work(kb, arguments, screen)
            except KeyboardInterrupt:
                screen.note("Stopping.")
    finally:
        signal.signal(signal.SIGTERM, earlier)
    return 0


def _work(kb: KnowledgeBase, arguments: argparse.Namespace, screen: Screen) -> None:
    workspaces = kb.workspaces.all() if arguments.workspace is None else [chosen_workspace(kb, arguments)]
    watched = 0
    for each in workspaces:
        kb.resume(each)
        watched += sum(source.watch for source in kb.sources.all(each))
    screen.line(
        f"Carrel is at work on {count(len(workspaces), 'workspace')} and follows {count(watched, 'source')}."
        " Stop it with Ctrl+C."
    )
    screen.flush()
    # What has changed is told by other threads; when it has come to rest, the new numbers are told here.
    changed = {each.id for each in workspaces}
    kb.subscribe(lambda change: changed.add(change.workspace_id))
    while True:
        for each in workspaces:
            if each.id in changed and kb.documents.progress(each).idle:
                changed.discard(each.id)
                _report(kb, each, screen)
        time.sleep(LOOK_SECONDS)


def _report(kb: KnowledgeBase, workspace: Workspace, screen: Screen) -> None:
    counts = kb.documents.ledger(workspace, files=False).counts
    searchable = sum(counts[state] for state in (State.MEANING, State.WORDS, State.PARTIAL, State.STALE))
    failed = f", {counts[State.FAILED]:,} failed" if counts[State.FAILED] else ""
    screen.line(f"{time.strftime('%H:%M:%S')}  {workspace.name}: {count(searchable, 'file')} searchable{failed}")
    screen.flush()


SERVE = Command(
    "serve",
    "keep reading and following folders until stopped",
    "Reads what waits, follows watched folders and removes what has expired, until Ctrl+C or SIGTERM stops it.",
    _arguments,
    _serve,
)
