"""Texts become vectors. Each model is one file of this folder, named in a table and loaded when used."""

from __future__ import annotations

from core.embedders.base import Embedder
from core.variants import load_variant

EMBEDDERS = {"wordllama": "core.embedders.wordllama:WordLlamaEmbedder"}


def embedder(model: str, dimension: int) -> Embedder:
    """Return the model of that name, giving vectors of that dimension.

    Raises:
        InvalidInput: If there is no such model, or it has no such dimension.
        MissingDependency: If a package that it needs is not installed.
    """
    made: Embedder = load_variant("embedding model", EMBEDDERS, model)(dimension)
    return made
