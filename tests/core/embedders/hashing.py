"""An embedder for tests: each word has a direction of its own, so that texts are near when they share words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from core.embedders.base import Vectors


class HashingEmbedder:
    """Needs no model, is exact and the same on every machine.

    `salt` makes another model of the same dimension, whose vectors have nothing to do with the first one's.
    """

    def __init__(self, dimension: int = 64, salt: str = "") -> None:
        self.dimension = dimension
        self.model_id = f"hashing{salt}/{dimension}"
        self._salt = salt
        self._directions: dict[str, Vectors] = {}

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()) or [""]:
                vectors[row] += self._direction(word)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self.embed_documents([text])[0]
        return vector

    def _direction(self, word: str) -> Vectors:
        if word not in self._directions:
            seed = hashlib.sha256(f"{self._salt}\0{word}".encode("utf-8", "replace")).digest()[:8]
            drawn = np.random.default_rng(int.from_bytes(seed)).normal(size=self.dimension)
            self._directions[word] = drawn.astype(np.float32)
        return self._directions[word]
