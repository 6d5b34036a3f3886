"""The protocol of a retriever: a query becomes scored passages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from core.domain.query import Query
from core.domain.search import ScoredChunk
from core.retrievers.reach import Reach


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What a retriever found.

    Attributes:
        chunks: Passages, best first, none twice.
        total: Passages that were ranked to choose these; at least as many.
        corrected: Words that were hardly found, and the words spelled alike that were looked for beside them.
    """

    chunks: list[ScoredChunk]
    total: int
    corrected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Retriever(Protocol):
    """Finds passages."""

    def retrieve(self, query: Query, reach: Reach, limit: int) -> Retrieved:
        """Return up to `limit` passages, all within reach."""
        ...
