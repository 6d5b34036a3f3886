"""`carrel serve`: read what waits and follow watched folders until told to stop."""

from __future__ import annotations

import argparse
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
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
    with _stop_requests() as asked, knowledge_base(arguments) as kb:
        _work(kb, arguments, screen, asked)
        screen.note("Stopping.")
    return 0


@contextmanager
def _stop_requests() -> Iterator[Callable[[float], bool]]:
    """Give a function that waits so many seconds at most, and tells whether Ctrl+C or SIGTERM asks to stop.

    An exception out of the blue, which is how Python ends a program, may leave a lock taken behind it (in Python 3.11
    the one of importing), for which closing would wait for ever. Who asks again gets that exception, or the end.
    """
    requests: SimpleQueue[None] = SimpleQueue()  # its `put` may be called by a signal at any moment
    earlier = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    earlier = {each: handler for each, handler in earlier.items() if handler is not signal.SIG_IGN}

    def ask(*_: object) -> None:
        give_back()
        requests.put(None)

    def give_back() -> None:
        for each, handler in earlier.items():
            signal.signal(each, handler)

    def asked(seconds: float) -> bool:
        try:
            requests.get(timeout=seconds)
        except Empty:
            return False
        return True

    for each in earlier:
        signal.signal(each, ask)
    try:
        yield asked
    finally:
        give_back()


def _work(kb: KnowledgeBase, arguments: argparse.Namespace, screen: Screen, asked: Callable[[float], bool]) -> None:
    workspaces = kb.workspaces.all() if arguments.workspace is None else [chosen_workspace(kb, arguments)]
    watched = 0
    for each in workspaces:
        if asked(0):
            return
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
        if asked(LOOK_SECONDS):
            return


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
