"""One vector for each document."""

from __future__ import annotations

import numpy as np

from core.maps.means import mean_vectors


def test_a_document_is_the_mean_of_those_of_its_passages_that_have_vectors() -> None:
    vectors = {1: [1.0, 0.0], 2: [0.0, 1.0], 3: [0.0, 1.0], 5: [1.0, 0.0]}

    def given(passages: np.ndarray) -> np.ndarray:
        return np.array([vectors.get(each, [np.nan, np.nan]) for each in passages.tolist()], np.float32)

    owners, passages = np.array([7, 7, 8, 9, 9]), np.array([1, 2, 4, 3, 6])
    ids, means = mean_vectors(owners, passages, given)
    assert ids.tolist() == [7, 9]
    np.testing.assert_allclose(means, [[0.5**0.5, 0.5**0.5], [0, 1]], atol=1e-6)


def test_nothing_has_no_mean() -> None:
    none = np.empty(0, np.int64)
    ids, means = mean_vectors(none, none, lambda _: np.empty((0, 4), np.float32))
    assert ids.tolist() == []
    assert means.shape == (0, 4)
