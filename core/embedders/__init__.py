"""Embedders turn texts into vectors that are near when the texts mean the same."""

from __future__ import annotations

import os

from core.embedders.base import Embedder
from core.variants import load_variant

# The tokenizers read this once per batch. Without it a batch of texts takes every core of the machine, from under the
# search that someone is typing, for 1.7 times the speed on two cores; other steps of indexing are slower anyway.
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

EMBEDDERS = {
    "wordllama": "core.embedders.wordllama:WordLlamaEmbedder",
}


def embedder(name: str, dimension: int) -> Embedder:
    """Return the embedder of that name, loaded.

    Args:
        name: One of `EMBEDDERS`.
        dimension: Number of components of its vectors.

    Raises:
        InvalidInput: If there is no such embedder, or it has no vectors of that dimension.
        MissingDependency: If it needs a package that is not installed.
        EmbeddingFailed: If its model is missing or damaged.
    """
    made: Embedder = load_variant("embedder", EMBEDDERS, name)(dimension)
    return made
