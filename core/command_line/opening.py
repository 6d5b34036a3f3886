"""Opening the knowledge base for a command, and closing it however the command ends."""

from __future__ import annotations

import argparse
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from core.command_line.arguments import DEFAULT_WORKSPACE
from core.domain.workspace import Workspace
from core.errors import CarrelError

if TYPE_CHECKING:
    from core.knowledge_base import KnowledgeBase

logger = logging.getLogger(__name__)
CLOSE_SECONDS = 2.5
"""How long a person who pressed Ctrl+C waits at most; what is not closed by then is mended at the next start."""


@contextmanager
def knowledge_base(arguments: argparse.Namespace) -> Iterator[KnowledgeBase]:
    """Give the knowledge base that the options name.

    Raises:
        CarrelError: If the data folder can't be used.
    """
    # The engine loads large libraries; only a command that uses it pays for them.
    from core.knowledge_base import KnowledgeBase

    kb = KnowledgeBase.open(arguments.data_dir)
    try:
        yield kb
    except KeyboardInterrupt as interrupt:
        if not _closed_in_time(kb):
            raise StillClosing from interrupt
        raise
    except BaseException as error:
        if not isinstance(error, CarrelError):
            # The person is told by the program; this is for the log file, which is closed with the data folder.
            logger.info("a command broke off", exc_info=error)
        kb.close()
        raise
    kb.close()


class StillClosing(KeyboardInterrupt):
    """The person asked to stop, and closing takes longer than they should wait."""


def _closed_in_time(kb: KnowledgeBase) -> bool:
    closing = threading.Thread(target=kb.close, name="closing", daemon=True)
    closing.start()
    try:
        closing.join(CLOSE_SECONDS)
    except KeyboardInterrupt:
        return False  # asked twice: at once
    return not closing.is_alive()


def chosen_workspace(kb: KnowledgeBase, arguments: argparse.Namespace) -> Workspace:
    """Return the workspace that the options name; the default one is made when it is first needed.

    Raises:
        WorkspaceNotFound: If another one is named that does not exist.
    """
    name = arguments.workspace
    if name is None or name == DEFAULT_WORKSPACE:
        return kb.workspaces.get_or_create(DEFAULT_WORKSPACE)
    return kb.workspaces.get(name)
