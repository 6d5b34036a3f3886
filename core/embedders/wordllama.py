"""WordLlama: static embeddings, a vector per token, of which a text's vector is the mean; works offline on install.

The model is read from the folder of the installed `wordllama` package, which is not imported: its import configures
logging and loads an HTTP client, and its loader asks the network for a tokenizer that lies beside it
(WORKAROUND wordllama 0.4.0.post1 looks in `tokenizer/`, the wheel has `tokenizers/`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load
from tokenizers import Tokenizer

from core.domain.window import WINDOW_STEP, WINDOW_TOKENS, WindowTokens, window_bounds
from core.embedders.base import Vectors
from core.errors import EmbeddingFailed, InvalidInput
from core.variants import package_folder

_WEIGHTS_FILE = "weights/l2_supercat_256.safetensors"
_WEIGHTS_SHA256 = "64b47a2dc493cb8e85944076601189739852d7b64e0e1eedcb1937a251cd9fd5"
_TOKENIZER_FILE = "tokenizers/l2_supercat_tokenizer_config.json"
_DIMENSIONS = (64, 128, 256)
_UNKNOWN_TOKEN = 0
_LONGEST_PREFIX = 64
_TEXTS_AT_ONCE = 64
_TOKENS_AT_ONCE = 4096
_WINDOWS_AT_ONCE = 64

TokenIds = NDArray[np.uint16]


class WordLlamaEmbedder:
    """Embeds with l2_supercat: the 32,000 tokens of Llama 2, 256 dimensions, of which the first 64 or 128 can do.

    The vectors are those of wordllama's own `embed(…, norm=True)`. A text without any token gets the vector of the
    unknown token: a unit vector like any other, and far from most. Safe for concurrent use.

    Attributes:
        model_id: Model, revision of its weights, dimension, and the windows whose norms are kept with the vectors.
        dimension: 64, 128 or 256.
        table: Token vectors, float32 `(32000, dimension)`.
    """

    def __init__(self, dimension: int = 256) -> None:
        """Load the model, in about a tenth of a second.

        Raises:
            InvalidInput: If the model was not trained for the dimension.
            MissingDependency: If the wordllama package is not installed.
            EmbeddingFailed: If its files are not the ones expected.
        """
        if dimension not in _DIMENSIONS:
            choices = ", ".join(map(str, _DIMENSIONS))
            raise InvalidInput(f"WordLlama has no vectors of {dimension} dimensions.", f"Choose one of: {choices}.")
        folder = package_folder("wordllama", "The embedder “wordllama”")
        self.dimension = dimension
        self.model_id = f"wordllama/l2_supercat@{_WEIGHTS_SHA256[:12]}/{dimension}/w{WINDOW_TOKENS}-{WINDOW_STEP}"
        self.table = _load_table(folder / _WEIGHTS_FILE, dimension)
        self._tokenizer = _load_tokenizer(folder / _TOKENIZER_FILE)

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """Return float32 `(len(texts), dimension)`, each row of unit length, in the order given."""
        sums = np.empty((len(texts), self.dimension), dtype=np.float32)
        for begin in range(0, len(texts), _TEXTS_AT_ONCE):
            for row, ids in enumerate(self.tokens(texts[begin : begin + _TEXTS_AT_ONCE]), start=begin):
                sums[row] = self._sum(ids)
        return self._normalised(sums)

    def embed_query(self, text: str) -> Vectors:
        """Return float32 `(dimension,)`, of unit length; a query and a document of the same words are the same."""
        vector: Vectors = self.embed_documents([text])[0]
        return vector

    def embed_with_windows(self, texts: Sequence[str], prefixes: Sequence[str]) -> tuple[Vectors, list[WindowTokens]]:
        """Return the vectors of `f"{prefix} {text}"`, each stripped of white space around it, and their windows.

        A space joins the two because no token of the model goes across it: prefix and text can be tokenized apart, and
        a prefix that many texts share is tokenized once. A full stop or an empty line is no better. The prefix should
        be title and heading path: on articles with headings they gave MRR@10 0.63 by meaning, the title alone 0.60.
        Of a prefix, 64 tokens count: the text should not drown in what calls itself a title.
        """
        sums = np.empty((len(texts), self.dimension), dtype=np.float32)
        windows: list[WindowTokens] = []
        stripped = [prefix.strip() for prefix in prefixes]
        distinct = list(dict.fromkeys(stripped))
        known = {prefix: ids[:_LONGEST_PREFIX] for prefix, ids in zip(distinct, self.tokens(distinct), strict=True)}
        for begin in range(0, len(texts), _TEXTS_AT_ONCE):
            bodies = self.tokens([text.strip() for text in texts[begin : begin + _TEXTS_AT_ONCE]])
            for row, body in enumerate(bodies, start=begin):
                prefix = known[stripped[row]]
                ids = np.concatenate((prefix, body))
                sums[row] = self._sum(ids)
                windows.append(WindowTokens(ids, len(prefix), self._window_norms(self._sum(prefix), body)))
        return self._normalised(sums), windows

    def tokens(self, texts: Sequence[str]) -> list[TokenIds]:
        """Return the token ids of each text."""
        try:
            encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        except TypeError:  # a lone surrogate, which is no character
            whole = [text.encode("utf-8", "replace").decode() for text in texts]
            encodings = self._tokenizer.encode_batch_fast(whole, add_special_tokens=False)
        return [np.array(encoding.ids, dtype=np.uint16) for encoding in encodings]

    def _sum(self, ids: TokenIds) -> Vectors:
        """Return the sum of the token vectors."""
        # A product with ones is ten times as fast as `np.add.reduceat` over a batch, and frees the interpreter lock.
        total = np.zeros(self.dimension, dtype=np.float32)
        for begin in range(0, len(ids), _TOKENS_AT_ONCE):
            rows = self.table[ids[begin : begin + _TOKENS_AT_ONCE]]
            total += np.ones(len(rows), dtype=np.float32) @ rows
        return total

    def _window_norms(self, prefix: Vectors, body: TokenIds) -> NDArray[np.float16]:
        """Return the length of the sum of each window; `prefix` is the sum of the prefix's token vectors."""
        starts, ends = window_bounds(len(body))
        norms = np.empty(len(starts), dtype=np.float16)
        for begin in range(0, len(starts), _WINDOWS_AT_ONCE):
            some = slice(begin, begin + _WINDOWS_AT_ONCE)
            first, beyond = starts[some, np.newaxis], ends[some, np.newaxis]
            place = np.arange(first[0, 0], beyond[-1, 0])
            inside = ((place >= first) & (place < beyond)).astype(np.float32)
            sums = inside @ self.table[body[place[0] : place[-1] + 1]] + prefix if len(place) else prefix[np.newaxis]
            norms[some] = np.sqrt(np.einsum("ij,ij->i", sums, sums))
        return norms

    def _normalised(self, sums: Vectors) -> Vectors:
        """Return the rows at unit length; a sum of nothing becomes the unknown token's vector."""
        sums[~sums.any(axis=1)] = self.table[_UNKNOWN_TOKEN]
        sums /= np.linalg.norm(sums, axis=1, keepdims=True)
        return sums


def _load_table(file: Path, dimension: int) -> Vectors:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise _unusable(file) from error
    # 16 ms for 16 MB, and the vectors of a whole workspace depend on it.
    if hashlib.sha256(data).hexdigest() != _WEIGHTS_SHA256:
        raise _unusable(file)
    table: NDArray[np.float16] = load(data)["embedding.weight"]
    # Kept in float32: NumPy converts float16 slower than it multiplies.
    return np.ascontiguousarray(table[:, :dimension], dtype=np.float32)


def _load_tokenizer(file: Path) -> Tokenizer:
    try:
        return Tokenizer.from_file(str(file))
    except Exception as error:  # tokenizers raises nothing narrower
        raise _unusable(file) from error


def _unusable(file: Path) -> EmbeddingFailed:
    return EmbeddingFailed(
        f"The embedding model's file {file} is missing or damaged.",
        "Install it again with: pip install --force-reinstall wordllama",
    )
