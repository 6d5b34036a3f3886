"""The protocol of an embedder: texts become unit vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from core.domain.window import WindowTokens

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors of one model.

    Attributes:
        model_id: Names model, revision and anything else that changes a vector; part of every cache key.
        dimension: Number of components.
    """

    model_id: str
    dimension: int

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """Return float32 `(len(texts), dimension)`, each row of unit length and finite, in the order given.

        Raises:
            EmbeddingFailed: If the model did not give such rows.
        """
        ...

    def embed_query(self, text: str) -> Vectors:
        """Return float32 `(dimension,)`, of unit length and finite, comparable with the documents' vectors."""
        ...


@runtime_checkable
class WindowedEmbedder(Embedder, Protocol):
    """A static embedder: a text's vector is the mean of its token vectors, so that windows of a text can be scored.

    Attributes:
        table: Token vectors, float32 `(vocabulary, dimension)`, as `core.domain.window` needs them.
    """

    table: Vectors

    def embed_with_windows(self, texts: Sequence[str], prefixes: Sequence[str]) -> tuple[Vectors, list[WindowTokens]]:
        """Return the vectors of the texts, each with its prefix in front, and what scores their windows."""
        ...
