"""Retrieval by words and meaning together."""

from __future__ import annotations

from collections.abc import Callable

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

    def __init__(
        self, keyword: KeywordRetriever, vector: VectorRetriever, settings: Callable[[], SearchSettings]
    ) -> None:
        """`settings` gives what holds now."""
        self._keyword = keyword
        self._vector = vector
        self._settings = settings

    def retrieve(self, query: Query, reach: Reach, limit: int) -> Retrieved:
        """Return up to `limit` passages, best first."""
        settings = self._settings()
        depth = max(limit, settings.candidates)
        nearest = self._vector.nearest(query, reach, depth)
        found = self._keyword.index.search(query, depth, reach.scopes, reach.documents, nearest.labels)
        only_near = ~np.isin(nearest.labels, found.chunk_ids, assume_unique=True)
        labels = np.concatenate([found.chunk_ids, nearest.labels[only_near]])
        keyword = np.concatenate([found.scores, found.beside[only_near]])
        vector = self._vector.scores(nearest, labels, reach)
        fused, by_words, by_meaning = fuse(keyword, vector, settings.keyword_weight, settings.vector_weight)
        # Of equals, the one that holds the words comes first.
        order = np.lexsort((labels, -by_words, -fused))[:limit]
        vector_rank = {label: rank for rank, label in enumerate(nearest.labels.tolist(), start=1)}
        columns = (labels, fused, by_words, by_meaning, np.isnan(vector), np.arange(1, len(labels) + 1))
        rows = zip(*(column[order].tolist() for column in columns), strict=True)
        chunks = [
            ScoredChunk(
                chunk_id=chunk_id,
                score=score,
                keyword_score=words,
                vector_score=None if unknown else meaning,
                keyword_rank=place if place <= len(found.chunk_ids) else None,
                vector_rank=vector_rank.get(chunk_id),
            )
            for chunk_id, score, words, meaning, unknown, place in rows
        ]
        return Retrieved(chunks, len(labels), found.corrected)
