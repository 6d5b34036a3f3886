"""Counts tokens: with the embedding model's own tokenizer, or by an estimate where its file is not installed."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from core.chunkers.base import TokenCounter
from core.errors import MissingDependency
from core.variants import package_folder

logger = logging.getLogger(__name__)

_TOKENIZER_FILE = "tokenizers/l2_supercat_tokenizer_config.json"
_PIECE = 16_384
_SPACE = "▁"


def model_token_counter() -> TokenCounter:
    """Return the counter of the default embedding model; it estimates where the model's tokenizer is not installed."""
    try:
        file = package_folder("wordllama", "The exact count of tokens") / _TOKENIZER_FILE
    except MissingDependency as error:
        logger.info("Tokens are estimated: %s", error)
        return EstimatedTokens()
    if not file.is_file():
        logger.info("Tokens are estimated: %s is not there", file)
        return EstimatedTokens()
    return ModelTokens(file)


class ModelTokens:
    """Counts with a SentencePiece-like BPE tokenizer (`▁` for a space, bytes for unknown characters), such as Llama's.

    Tokenizing is the cost of chunking, so it is done once for a whole text, in pieces of bounded size: the tokenizer
    keeps some hundred bytes a token while it works. A piece ends at a space, where no token goes across, so the pieces
    give the tokens of the whole; only a run of 16,384 characters without a space is cut within.
    """

    def __init__(self, file: Path) -> None:
        """Load a `tokenizer.json`."""
        self._tokenizer = Tokenizer.from_file(str(file))
        self._tokenizer.encode_special_tokens = True  # “<s>” in a text is text
        self._lengths, self._shifts = _token_shapes(self._tokenizer.get_vocab())

    def starts(self, text: str) -> list[int]:
        """Return the character offset at which each token of `text` begins, in order."""
        try:
            text.encode()
        except UnicodeEncodeError:  # a lone surrogate, which the tokenizer refuses; “?” is as long
            text = text.encode("utf-8", "replace").decode()
        found: list[int] = []
        begin = 0
        while begin < len(text):
            end = begin + _PIECE
            if end < len(text):
                space = text.rfind(" ", begin + 1, end)
                end = space if space > 0 else end
            found += self._piece_starts(text[begin:end], begin)
            begin = end + (text[end : end + 1] == " ")
        return found

    def _piece_starts(self, piece: str, begin: int) -> list[int]:
        # From the lengths of the tokens instead of the tokenizer's offsets: those take a third of the time again.
        ids = np.array(self._tokenizer.encode_batch_fast([piece], add_special_tokens=False)[0].ids, dtype=np.intp)
        ends = np.cumsum(self._lengths[ids])
        # The tokenizer puts a space in front of the piece, which is none of its characters.
        offsets = ends - self._lengths[ids] + self._shifts[ids] + (begin - 1)
        starts: list[int] = np.maximum(offsets, 0).tolist()
        return starts


def _token_shapes(vocabulary: dict[str, int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for each id how many characters it takes, and how far behind their first one it is said to begin.

    A word's token holds the space in front of the word, but begins with the word. A character that the vocabulary lacks
    is spelt as its UTF-8 bytes, a token each, of which the first takes the character and the others none.
    """
    lengths = np.zeros(max(vocabulary.values()) + 1, dtype=np.int64)
    shifts = np.zeros_like(lengths)
    for token, index in vocabulary.items():
        if len(token) == 6 and token.startswith("<0x"):
            continuation = 0x80 <= int(token[3:5], 16) < 0xC0
            lengths[index], shifts[index] = (0, -1) if continuation else (1, 0)
        else:
            lengths[index] = len(token)
            shifts[index] = token.startswith(_SPACE) and token.strip(_SPACE) != ""
    return lengths, shifts


class EstimatedTokens:
    """Estimates tokens from characters: four of ASCII to a token, 2.6 UTF-8 bytes to a token for all others.

    The figures were measured with a byte-pair tokenizer on English Markdown (4.3 characters) and Arabic (2.6 bytes).
    """

    def starts(self, text: str) -> list[int]:
        """Return the character offset at which each token of `text` is thought to begin, in order."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        size = 2 + (codes > 0x7FF).astype(np.float32) + (codes > 0xFFFF)
        weights = np.where(codes < 0x80, np.float32(1 / 4), size / np.float32(2.6))
        ends = np.cumsum(weights, dtype=np.float64)
        count = int(np.ceil(ends[-1])) if len(ends) else 0
        starts: list[int] = np.searchsorted(ends, np.arange(count), side="right").tolist()
        return starts
