"""Retrieval metrics, as `trec_eval` computes them (linear gain; a judgement of 0 is not relevant)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence


def ndcg(ranked: Sequence[str], judged: Mapping[str, int], depth: int) -> float:
    """Return the normalised discounted cumulative gain of the first `depth` documents."""
    gain = sum(judged.get(name, 0) / math.log2(rank + 1) for rank, name in enumerate(ranked[:depth], start=1))
    best = sorted((grade for grade in judged.values() if grade > 0), reverse=True)[:depth]
    ideal = sum(grade / math.log2(rank + 1) for rank, grade in enumerate(best, start=1))
    return gain / ideal if ideal else 0.0


def recall(ranked: Sequence[str], judged: Mapping[str, int], depth: int) -> float:
    """Return the share of the relevant documents that stand among the first `depth`."""
    relevant = {name for name, grade in judged.items() if grade > 0}
    return len(relevant.intersection(ranked[:depth])) / len(relevant) if relevant else 0.0


def reciprocal_rank(ranked: Sequence[str], judged: Mapping[str, int], depth: int) -> float:
    """Return 1 / the rank of the first relevant document among the first `depth`, or 0."""
    for rank, name in enumerate(ranked[:depth], start=1):
        if judged.get(name, 0) > 0:
            return 1.0 / rank
    return 0.0
