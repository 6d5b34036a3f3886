"""The protocol of an embedder: texts become unit vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

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
