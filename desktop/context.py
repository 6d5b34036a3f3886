"""What every page works with, passed to its constructor."""

from __future__ import annotations

from dataclasses import dataclass

from core.knowledge_base import KnowledgeBase
from desktop.changes import Changes
from desktop.notices import Notices
from desktop.tasks import Tasks
from desktop.theme import Theme


@dataclass(frozen=True, slots=True)
class Context:
    """The engine, and the ways from and to it.

    Attributes:
        kb: The open knowledge base; its calls run through `tasks` unless they are quick and read no disk.
        tasks: Runs calls of the engine beside the event loop.
        changes: Tells what changed.
        notices: Shows errors and short news to the person.
        theme: Colours and icons.
    """

    kb: KnowledgeBase
    tasks: Tasks
    changes: Changes
    notices: Notices
    theme: Theme
