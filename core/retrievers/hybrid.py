"""Retrieval by words and meaning together."""

from __future__ import annotations

import numpy as np

from core.domain.query import Query
from core.domain.search import ScoredChunk
from core.retrievers.base import Retrieved
from core.retrievers.fusion import fuse
from core.retrievers.keyword import KeywordRetriever
from core.retrievers.reach import Reach
from core.retrievers.vector import VectorRetriever
from core.settings import SearchSettings


class HybridRetriever:
    """Takes the best of both sides, gives every candidate its true score in both, and fuses."""

    def __init__(self, keyword: KeywordRetriever, vector: VectorRetriever, settings: SearchSettings) -> None:
        self._keyword = keyword
        self._vector = vector
        self._settings = settings

    def retrieve(self, query: Query, reach: Reach, limit: int) -> Retrieved:
        """Return up to `limit` passages, best first."""
        depth = max(limit, self._settings.candidates)
        found = self._keyword.index.search(query, depth, reach.scopes, reach.documents)
        nearest = self._vector.nearest(query, reach, depth)
        labels = np.union1d(np.array([match.chunk_id for match in found.matches], dtype=np.int64), nearest.labels)
        if not len(labels):
            return Retrieved([], 0, found.corrected)
        keyword = np.zeros(len(labels), dtype=np.float32)
        keyword_rank = {}
        positions = {int(label): position for position, label in enumerate(labels)}
        for rank, match in enumerate(found.matches, start=1):
            keyword[positions[match.chunk_id]] = match.score
            keyword_rank[match.chunk_id] = rank
        if len(found.matches) == depth:
            # Words may match beyond the candidates; where there were fewer, all that match are among them.
            beyond = [label for label in nearest.labels.tolist() if label not in keyword_rank]
            for label, score in self._keyword.index.scores(query, beyond).items():
                keyword[positions[label]] = score
        vector_rank = {int(label): rank for rank, label in enumerate(nearest.labels, start=1)}
        vector = self._vector.scores(nearest, labels, reach)
        settings = self._settings
        fused, by_words, by_meaning = fuse(keyword, vector, settings.keyword_weight, settings.vector_weight)
        # Of equals, the one that holds the words comes first.
        order = np.lexsort((labels, -by_words, -fused))[:limit]
        chunks = [
            ScoredChunk(
                chunk_id=int(labels[i]),
                score=float(fused[i]),
                keyword_score=float(by_words[i]),
                vector_score=None if np.isnan(vector[i]) else float(by_meaning[i]),
                keyword_rank=keyword_rank.get(int(labels[i])),
                vector_rank=vector_rank.get(int(labels[i])),
            )
            for i in order
        ]
        return Retrieved(chunks, len(labels), found.corrected)
