"""The default embedder: WordLlama's static token vectors, averaged; it works on install, without a download.

The weights and the tokenizer are read straight from the installed `wordllama` package. WORKAROUND wordllama 0.4:
importing the package sets up logging for the whole program, and its loader looks for the tokenizer in a folder that the
wheel does not have, then asks the network for it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from core.domain.window import WINDOW_STEP, WINDOW_TOKENS, WindowTokens, window_bounds
from core.embedders.base import Vectors
from core.errors import EmbeddingFailed, InvalidInput
from core.variants import package_folder

_WEIGHTS = "weights/l2_supercat_256.safetensors"
_TOKENIZER = "tokenizers/l2_supercat_tokenizer_config.json"
_TENSOR = "embedding.weight"
_FULL = 256
_SMALLEST = 64
_BATCH = 64
_SPACE = 29871
"""Id of the token `▁`: stands for a text that has no token at all, so that its vector is finite and of unit length."""


class WordLlamaEmbedder:
    """Averages the vectors of a text's tokens.

    Attributes:
        model_id: `wordllama-l2-supercat/<dimension>`.
        dimension: 256, or fewer: the model was trained so that its first components stand alone (Matryoshka).
        table: Token vectors, float32 `(32000, dimension)`.
    """

    def __init__(self, dimension: int = _FULL) -> None:
        """Load the weights, about 0.1 s.

        Raises:
            InvalidInput: If the model has no vectors of this dimension.
            MissingDependency: If the package with the weights is not installed.
        """
        if not _SMALLEST <= dimension <= _FULL:
            raise InvalidInput(f"WordLlama gives {_SMALLEST} to {_FULL} dimensions, not {dimension}.")
        folder = package_folder("wordllama", "The default embedding model")
        self.dimension = dimension
        self.model_id = f"wordllama-l2-supercat/{dimension}"
        weights = load_file(folder / _WEIGHTS)[_TENSOR]
        self.table: Vectors = np.ascontiguousarray(weights[:, :dimension], dtype=np.float32)
        self._tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._tokenizer.encode_special_tokens = True  # “<s>” in a text is text

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """Return float32 `(len(texts), dimension)`, each row of unit length."""
        sums = [self._sum(ids) for begin in range(0, len(texts), _BATCH) for ids in self.tokens(texts[begin:][:_BATCH])]
        return self._unit(sums)

    def embed_query(self, text: str) -> Vectors:
        """Return float32 `(dimension,)`, of unit length."""
        vector: Vectors = self._unit([self._sum(self.tokens([text])[0])])[0]
        return vector

    def embed_with_windows(self, texts: Sequence[str], prefixes: Sequence[str]) -> tuple[Vectors, list[WindowTokens]]:
        """Return the vectors of the texts, each with its prefix in front, and what scores their windows.

        Args:
            texts: The passages.
            prefixes: For each passage what stands in front of it, such as its title; may be empty.
        """
        sums: list[Vectors] = []
        windows: list[WindowTokens] = []
        for lead, body in zip(self.tokens(prefixes), self.tokens(texts), strict=True):
            lead_sum = self.table[lead].sum(axis=0)
            body_sum, window_sums = self._sums(body)
            ids = np.concatenate((lead, body))
            sums.append(lead_sum + body_sum if len(ids) else self._sum(ids))
            norms = np.linalg.norm(window_sums + lead_sum, axis=1).astype(np.float16)
            windows.append(WindowTokens(ids, len(lead), norms))
        return self._unit(sums), windows

    def tokens(self, texts: Sequence[str]) -> list[NDArray[np.uint16]]:
        """Return the token ids of each text."""
        # A lone surrogate is no character, and the tokenizer refuses it.
        clean = [text if text.isascii() else text.encode("utf-8", "replace").decode() for text in texts]
        encoded = self._tokenizer.encode_batch_fast(clean, add_special_tokens=False)
        return [np.array(each.ids, dtype=np.uint16) for each in encoded]

    def _sum(self, ids: NDArray[np.uint16]) -> Vectors:
        total: Vectors = self.table[ids].sum(axis=0) if len(ids) else self.table[_SPACE]
        return total

    def _sums(self, body: NDArray[np.uint16]) -> tuple[Vectors, Vectors]:
        """Return the sum of a passage's token vectors, and those of its windows."""
        starts, ends = window_bounds(len(body))
        gathered = self.table[body]
        if len(starts) == 1:
            total = gathered.sum(axis=0)
            return total, total[np.newaxis]
        # Windows lie on a grid of steps, so that each step is summed once; only the last window is off the grid.
        steps = np.add.reduceat(gathered, np.arange(0, len(body), WINDOW_STEP), axis=0)
        each = WINDOW_TOKENS // WINDOW_STEP
        sums = sum(steps[part : part + len(starts) - 1] for part in range(1, each)) + steps[: len(starts) - 1]
        last = gathered[starts[-1] : ends[-1]].sum(axis=0)
        return steps.sum(axis=0), np.concatenate((sums, last[np.newaxis]))

    def _unit(self, sums: Sequence[Vectors]) -> Vectors:
        if not sums:
            return np.empty((0, self.dimension), dtype=np.float32)
        stacked = np.stack(sums)
        lengths = np.linalg.norm(stacked, axis=1, keepdims=True)
        if not np.all(lengths > 0):
            raise EmbeddingFailed("The embedding model gave a vector of length zero.")
        unit: Vectors = stacked / lengths
        return unit
