"""Waiting for the work that a command has started, with its progress on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.command_line.output.progress import IndexingProgress
from core.command_line.output.screen import Screen
from core.domain.workspace import Workspace

if TYPE_CHECKING:
    from core.knowledge_base import KnowledgeBase

REFRESH_SECONDS = 0.2


def follow(kb: KnowledgeBase, workspace: Workspace, screen: Screen) -> None:
    """Return when everything is searchable by words and by meaning."""
    screen.flush()
    with IndexingProgress(screen) as shown:
        while not kb.documents.wait(workspace, timeout=REFRESH_SECONDS):
            shown.show(kb.documents.progress(workspace))
