"""How a workspace stands: what the panes around the page show of it, asked for in one go."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.change import Progress
from core.domain.document import State
from core.domain.workspace import Workspace
from core.knowledge_base import KnowledgeBase
from desktop.item_models.sources import SourceRow

_SEARCHABLE = (State.WORDS, State.MEANING, State.PARTIAL, State.STALE)


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a workspace.

    Attributes:
        sources: Its sources with their counts.
        progress: How far reading is.
        searchable: Number of documents that can be searched.
        failed: Number of documents that could not be read.
    """

    sources: list[SourceRow]
    progress: Progress
    searchable: int
    failed: int

    @classmethod
    def of(cls, kb: KnowledgeBase, workspace: Workspace) -> Standing:
        """Ask the engine."""
        counts = kb.documents.ledger(workspace, files=False).counts
        coverage, watched = kb.sources.coverage(workspace), kb.sources.watch_states(workspace)
        return cls(
            [SourceRow(each, watched.get(each.id), coverage.get(each.id, {})) for each in kb.sources.all(workspace)],
            kb.documents.progress(workspace),
            sum(counts[each] for each in _SEARCHABLE),
            counts[State.FAILED],
        )

    @property
    def paused(self) -> bool:
        """Whether no source is read."""
        states = {each.source.state for each in self.sources}
        return "paused" in states and "active" not in states
