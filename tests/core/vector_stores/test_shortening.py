"""Vectors made shorter along their principal axes."""

from __future__ import annotations

import numpy as np
import pytest

from core.vector_stores.shortening import KEPT_VARIANCE, Shortening
from tests.benchmarks.synthetic import clustered


def flat(count: int, dimension: int, real: int) -> np.ndarray:
    """Vectors that differ in `real` hidden directions only."""
    rng = np.random.default_rng(0)
    directions = np.linalg.qr(rng.standard_normal((dimension, real)))[0].T
    return (rng.standard_normal((count, real)) @ directions + 0.5).astype(np.float32)


@pytest.mark.parametrize(("count", "dimension"), [(2_000, 128), (200, 512)])
def test_it_finds_the_few_directions_that_matter(count: int, dimension: int) -> None:
    vectors = flat(count, dimension, real=20)
    shortening = Shortening.fit(vectors)
    assert shortening.length == 32 if count > dimension else shortening.length <= 32
    assert shortening.kept_variance(vectors) == pytest.approx(1, abs=1e-3)
    whole = np.linalg.norm(vectors[:50, None] - vectors[None, :50], axis=2)
    short = shortening.shorten(vectors[:50])
    np.testing.assert_allclose(np.linalg.norm(short[:, None] - short[None], axis=2), whole, atol=1e-2)


def test_it_keeps_most_of_the_variance_of_passages() -> None:
    vectors = clustered(8_000, 256).vectors
    shortening = Shortening.fit(vectors[::2])
    assert 96 <= shortening.length <= 192
    assert shortening.kept_variance(vectors[1::2]) >= KEPT_VARIANCE - 0.02


@pytest.mark.parametrize("count", [0, 1, 63, 500])
def test_vectors_without_preferred_directions_stay_whole(count: int) -> None:
    vectors = np.random.default_rng(0).standard_normal((count, 96)).astype(np.float32)
    shortening = Shortening.fit(vectors)
    assert shortening.length == 96
    np.testing.assert_array_equal(shortening.shorten(vectors), vectors)


def test_vectors_of_another_kind_are_noticed() -> None:
    shortening = Shortening.fit(flat(2_000, 128, real=20))
    other = np.random.default_rng(1).standard_normal((500, 128)).astype(np.float32)
    assert shortening.kept_variance(other) < 0.5


def test_equal_vectors_have_no_variance_to_lose() -> None:
    same = np.ones((200, 64), dtype=np.float32)
    assert Shortening.fit(same).kept_variance(same) == 1.0
