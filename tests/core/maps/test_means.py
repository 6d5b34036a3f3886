"""One vector for each document."""

from __future__ import annotations

import numpy as np
import pytest

from core.maps import means
from core.maps.means import mean_vectors


def test_a_document_is_the_mean_of_those_of_its_passages_that_have_vectors() -> None:
    vectors = {1: [1.0, 0.0], 2: [0.0, 1.0], 3: [0.0, 1.0], 5: [1.0, 0.0]}

    def given(passages: np.ndarray) -> np.ndarray:
        return np.array([vectors.get(each, [np.nan, np.nan]) for each in passages.tolist()], np.float32)

    owners, passages = np.array([7, 7, 8, 9, 9]), np.array([1, 2, 4, 3, 6])
    ids, found = mean_vectors(owners, passages, given)
    assert ids.tolist() == [7, 9]
    np.testing.assert_allclose(found, [[0.5**0.5, 0.5**0.5], [0, 1]], atol=1e-6)


def test_a_long_document_is_added_up_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(1)
    vectors = chance.standard_normal((50, 8)).astype(np.float32)
    owners = np.sort(chance.integers(0, 4, 50))
    whole = means.mean_vectors(owners, np.arange(50), lambda rows: vectors[rows])
    monkeypatch.setattr(means, "SUMMED_AT_ONCE", 7)
    parts = means.mean_vectors(owners, np.arange(50), lambda rows: vectors[rows])
    np.testing.assert_array_equal(parts[0], whole[0])
    np.testing.assert_allclose(parts[1], whole[1], atol=1e-5)
    sums = np.stack([vectors[owners == owner].sum(axis=0) for owner in range(4)])
    np.testing.assert_allclose(whole[1], sums / np.linalg.norm(sums, axis=1, keepdims=True), atol=1e-5)


def test_nothing_has_no_mean() -> None:
    none = np.empty(0, np.int64)
    ids, found = mean_vectors(none, none, lambda _: np.empty((0, 4), np.float32))
    assert ids.tolist() == []
    assert found.shape == (0, 4)
