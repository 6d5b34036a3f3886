"""An embedder for tests: words are hashed to components, so that texts with the same words are near. No model, no wait."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from core.embedders.base import Vectors


class HashingEmbedder:
    """Counts words in `dimension` buckets."""

    def __init__(self, dimension: int = 64) -> None:
        self.dimension = dimension
        self.model_id = f"hashing/{dimension}"

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        counts = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            counts[row, 0] = 0.01  # a text without a word has a vector, too
            for word in re.findall(r"\w+", text.lower()):
                digest = hashlib.sha256(word.encode("utf-8", "replace")).digest()
                counts[row, int.from_bytes(digest[:4], "big") % self.dimension] += 1
        unit: Vectors = counts / np.linalg.norm(counts, axis=1, keepdims=True)
        return unit

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self.embed_documents([text])[0]
        return vector
