"""The best window of a packed list of chunks is the one that embedding every window would find."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.domain.window import WINDOW_STEP, WINDOW_TOKENS, best_windows, token_scores, window_bounds

VOCABULARY = 400
_random = np.random.default_rng(5)
TABLE = _random.normal(size=(VOCABULARY, 16)).astype(np.float32)
QUERY = _random.normal(size=16).astype(np.float32)
QUERY /= np.linalg.norm(QUERY)

Chunk = tuple[list[int], list[int]]
token_lists = st.lists(st.integers(0, VOCABULARY - 1), max_size=5 * WINDOW_TOKENS)
chunk_lists = st.lists(st.tuples(st.lists(st.integers(0, VOCABULARY - 1), max_size=6), token_lists), max_size=12)


def window_vectors(chunk: Chunk) -> NDArray[np.float64]:
    """Return the summed vector of each window, one at a time."""
    prefix, body = chunk
    starts, ends = window_bounds(len(body))
    windows = [prefix + body[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
    return np.array([TABLE[window].sum(axis=0, dtype=np.float64) for window in windows])


class Packed(NamedTuple):
    """The arguments of `best_windows` after the scores."""

    ids: NDArray[np.uint16]
    chunk_offsets: NDArray[np.int64]
    prefixes: NDArray[np.int64]
    norms: NDArray[np.float16]
    window_offsets: NDArray[np.int64]


def packed(chunks: list[Chunk]) -> Packed:
    """Lay the chunks one after the other."""
    norms = [np.linalg.norm(window_vectors(chunk), axis=1).astype(np.float16) for chunk in chunks]
    return Packed(
        np.array([token for prefix, body in chunks for token in prefix + body], dtype=np.uint16),
        np.cumsum([0] + [len(prefix) + len(body) for prefix, body in chunks]),
        np.array([len(prefix) for prefix, _ in chunks], dtype=np.int64),
        np.concatenate([np.empty(0, np.float16), *norms]),
        np.cumsum([0] + [len(each) for each in norms]),
    )


def best(chunks: list[Chunk]) -> NDArray[np.float32]:
    """Return the best window cosine of each chunk."""
    arguments = packed(chunks)
    return best_windows(token_scores(TABLE, QUERY, arguments.ids), *arguments)


class TestWindowBounds:
    @given(st.integers(0, 2000))
    def test_windows_are_short_ordered_and_cover_the_chunk(self, body: int) -> None:
        starts, ends = window_bounds(body)
        assert starts[0] == 0
        assert ends[-1] == body
        assert (ends - starts <= WINDOW_TOKENS).all()
        assert (np.diff(starts) > 0).all()
        assert (np.diff(starts) <= WINDOW_STEP).all()
        assert (starts[1:] <= ends[:-1]).all()

    def test_an_empty_chunk_has_one_empty_window(self) -> None:
        starts, ends = window_bounds(0)
        assert (starts.tolist(), ends.tolist()) == ([0], [0])


class TestTokenScores:
    @given(token_lists)
    def test_tokens_that_occur_get_their_product_and_others_nothing(self, tokens: list[int]) -> None:
        scores = token_scores(TABLE, QUERY, np.array(tokens, dtype=np.uint16))
        expected = np.zeros(VOCABULARY, dtype=np.float32)
        expected[tokens] = (TABLE @ QUERY)[tokens]
        np.testing.assert_allclose(scores, expected, atol=1e-5)

    def test_more_tokens_than_one_block_are_all_scored(self) -> None:
        table = _random.normal(size=(5000, 8)).astype(np.float32)
        query = table[17]
        scores = token_scores(table, query, np.arange(5000, dtype=np.uint16))
        np.testing.assert_allclose(scores, table @ query, rtol=1e-4, atol=1e-5)


class TestBestWindows:
    @given(chunk_lists)
    def test_agrees_with_embedding_every_window(self, chunks: list[Chunk]) -> None:
        found = best(chunks)
        assert found.dtype == np.float32
        assert found.shape == (len(chunks),)
        for score, chunk in zip(found.tolist(), chunks, strict=True):
            vectors = window_vectors(chunk)
            lengths = np.linalg.norm(vectors, axis=1)
            cosines = np.divide(vectors @ QUERY, lengths, out=np.zeros_like(lengths), where=lengths > 0)
            assert score == pytest.approx(cosines.max(), abs=2e-3)  # norms are kept in float16

    def test_a_chunk_is_scored_alike_alone_and_among_others(self) -> None:
        lengths = [(5, 250), (0, 20), (3, 0), (7, 90)] * 50
        draw = np.random.default_rng(8).integers
        chunks = [(draw(0, VOCABULARY, a).tolist(), draw(0, VOCABULARY, b).tolist()) for a, b in lengths]
        alone = np.concatenate([best([chunk]) for chunk in chunks])
        np.testing.assert_allclose(best(chunks), alone, atol=1e-5)
