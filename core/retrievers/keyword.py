"""Retrieval by words."""

from __future__ import annotations

from core.domain.query import Query
from core.domain.search import ScoredChunk
from core.keyword_index import KeywordIndex
from core.retrievers.reach import Reach


class KeywordRetriever:
    """Ranks passages by BM25."""

    def __init__(self, index: KeywordIndex) -> None:
        self.index = index

    def retrieve(self, query: Query, reach: Reach, limit: int) -> list[ScoredChunk]:
        """Return up to `limit` passages that hold some of the words, best first."""
        matches = self.index.search(query, limit, reach.scopes, reach.documents)
        best = matches[0].score if matches else 1.0
        return [
            ScoredChunk(match.chunk_id, match.score / best, keyword_score=match.score / best, keyword_rank=rank)
            for rank, match in enumerate(matches, start=1)
        ]
