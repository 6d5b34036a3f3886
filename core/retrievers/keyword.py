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
        best = float(found.scores[0]) if len(found.scores) else 1.0
        rows = zip(found.chunk_ids.tolist(), (found.scores / best).tolist(), strict=True)
        chunks = [
            ScoredChunk(chunk_id, score, keyword_score=score, keyword_rank=rank)
            for rank, (chunk_id, score) in enumerate(rows, start=1)
        ]
        return Retrieved(chunks, len(chunks), found.corrected)
