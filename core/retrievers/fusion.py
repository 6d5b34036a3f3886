"""Fusion of keyword and meaning scores."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


def fuse(keyword: Scores, vector: Scores, keyword_weight: float, vector_weight: float) -> tuple[Scores, Scores, Scores]:
    """Weigh two score lists of the same candidates, each divided by its best.

    Dividing by the maximum keeps the gaps between scores, which tell more than ranks do: a clear winner by words is
    nearly
    always right. Reciprocal rank fusion and min-max scaling of two top lists were measured to lose against keywords
    alone.

    Args:
        keyword: BM25 of each candidate, 0 where no word matches, `(n,)`.
        vector: Cosine of each candidate, NaN where it has no vector yet, `(n,)`.
        keyword_weight: Share of the keyword score.
        vector_weight: Share of the meaning score.

    Returns:
        The fused scores and the two shares they are made of, each between 0 and 1, `(n,)`.
    """
    keyword_part = _by_best(keyword)
    vector_part = _by_best(np.nan_to_num(vector, nan=0.0))
    return keyword_weight * keyword_part + vector_weight * vector_part, keyword_part, vector_part


def _by_best(scores: Scores) -> Scores:
    best = scores.max(initial=0.0)
    return np.maximum(scores, 0.0) / best if best > 0 else np.zeros_like(scores)
