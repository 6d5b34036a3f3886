"""Retrieval by words."""

from __future__ import annotations

from core.domain.query import Query
from core.domain.search import ScoredChunk
from core.keyword_index.index import KeywordIndex
from core.retrievers.base import Retrieved
from core.retrievers.reach import Reach


class KeywordRetriever:
    """Ranks passages by BM25."""

    def __init__(self, index: KeywordIndex) -> None:
        self.index = index

    def retrieve(self, query: Query, reach: Reach, limit: int) -> Retrieved:
        """Return up to `limit` passages that hold some of the words, best first."""
        found = self.index.search(query, limit, reach.scopes, reach.documents)
        best = found.matches[0].score if found.matches else 1.0
        chunks = [
            ScoredChunk(match.chunk_id, match.score / best, keyword_score=match.score / best, keyword_rank=rank)
            for rank, match in enumerate(found.matches, start=1)
        ]
        return Retrieved(chunks, len(chunks), found.corrected)
