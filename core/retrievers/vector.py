"""Retrieval by meaning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain.document import scope_kind
from core.domain.query import Query
from core.domain.search import ScoredChunk
from core.embedders.base import Embedder, WindowedEmbedder
from core.keyword_index.index import KeywordIndex
from core.retrievers.base import Retrieved
from core.retrievers.reach import Reach
from core.vector_stores import VectorPartition

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """The passages nearest to a query, best first.

    Attributes:
        vector: The query's vector.
        labels: Passages, `(n,)`.
        cosines: Cosine of each whole passage, `(n,)`.
    """

    vector: Scores
    labels: Ids
    cosines: Scores


class VectorRetriever:
    """Ranks passages by the mean of the whole passage's cosine and that of its best window, where the model has
    windows.
    """

    def __init__(
        self, partition: Callable[[str], VectorPartition | None], embedder: Embedder, keywords: KeywordIndex
    ) -> None:
        """
        Args:
            partition: Gives the vectors of a kind of scope.
            embedder: The model.
            keywords: Tells which passages hold a phrase: quotes and minus hold for meaning, too.
        """
        self._partition = partition
        self._embedder = embedder
        self._table = embedder.table if isinstance(embedder, WindowedEmbedder) else None
        self._keywords = keywords

    def retrieve(self, query: Query, reach: Reach, limit: int) -> Retrieved:
        """Return up to `limit` passages, best first."""
        nearest = self.nearest(query, reach, 2 * limit)
        scores = self.scores(nearest, nearest.labels, reach)
        order = np.argsort(-scores, kind="stable")[:limit]
        best = max(float(scores[order[0]]), 1e-6) if len(order) else 1.0
        chunks = [
            ScoredChunk(
                int(nearest.labels[i]), float(scores[i]), vector_score=float(scores[i]) / best, vector_rank=rank
            )
            for rank, i in enumerate(order, start=1)
        ]
        return Retrieved(chunks, len(nearest.labels))

    def nearest(self, query: Query, reach: Reach, limit: int) -> Nearest:
        """Return up to `limit` passages by the cosine of the whole passage, best first."""
        vector = self._embedder.embed_query(query.text)
        found = [
            partition.search(vector, limit, reach.chunks)
            for kind in {scope_kind(scope) for scope in reach.scopes}
            if (partition := self._partition(kind)) is not None
        ]
        labels = np.concatenate([labels for labels, _ in found]) if found else np.array([], dtype=np.int64)
        cosines = np.concatenate([cosines for _, cosines in found]) if found else np.array([], dtype=np.float32)
        if query.phrases or query.excluded:
            kept = np.isin(labels, self._keywords.satisfying(query, labels, reach.scopes))
            labels, cosines = labels[kept], cosines[kept]
        if len(found) > 1:
            order = np.argsort(-cosines, kind="stable")[:limit]
            labels, cosines = labels[order], cosines[order]
        return Nearest(vector, labels, cosines)

    def scores(self, nearest: Nearest, labels: Ids, reach: Reach) -> Scores:
        """Return the meaning score of each passage, NaN where it has no vector yet."""
        cosines = np.full(len(labels), np.nan, dtype=np.float32)
        windows = np.full(len(labels), np.nan, dtype=np.float32)
        for kind in {scope_kind(scope) for scope in reach.scopes}:
            partition = self._partition(kind)
            if partition is None:
                continue
            mine = partition.scores(nearest.vector, labels)
            cosines = np.where(np.isnan(mine), cosines, mine)
            if self._table is not None:
                best = partition.windows.best(nearest.vector, self._table, labels)
                windows = np.where(np.isnan(best), windows, best)
        return np.where(np.isnan(windows), cosines, (cosines + windows) / 2).astype(np.float32)
