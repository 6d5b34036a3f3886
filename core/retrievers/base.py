"""The protocol of a retriever: a query becomes scored passages."""

from __future__ import annotations

from typing import Protocol

from core.domain.query import Query
from core.domain.search import ScoredChunk
from core.retrievers.reach import Reach


class Retriever(Protocol):
    """Finds passages."""

    def retrieve(self, query: Query, reach: Reach, limit: int) -> list[ScoredChunk]:
        """Return up to `limit` passages, best first, none twice, all within reach."""
        ...
