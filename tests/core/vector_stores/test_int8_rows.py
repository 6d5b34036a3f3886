"""Vectors kept as one byte a component."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.vector_stores.base import write_arrays
from core.vector_stores.int8_rows import Int8Rows
from tests.benchmarks.synthetic import clustered


def test_no_component_is_off_by_more_than_half_a_step(tmp_path: Path) -> None:
    vectors = clustered(300, 100).vectors
    rows = Int8Rows(100)
    rows.append(vectors[:100])
    rows.append(vectors[100:])
    steps = np.abs(vectors).max(axis=1) / 127
    error = np.abs(rows.vectors(np.arange(300)) - vectors)
    assert (error <= steps[:, np.newaxis] / 2 * 1.001).all()


def test_keeping_them_again_changes_nothing() -> None:
    rows, again = Int8Rows(100), Int8Rows(100)
    rows.append(clustered(300, 100).vectors)
    kept = rows.vectors(np.arange(300))
    again.append(kept)
    np.testing.assert_allclose(again.vectors(np.arange(300)), kept, rtol=1e-6)


@pytest.mark.parametrize("dimension", [1, 63, 64, 65, 100, 256])
def test_the_likely_rows_hold_the_nearest(dimension: int) -> None:
    rng = np.random.default_rng(0)
    vectors = rng.standard_normal((70_000, dimension)).astype(np.float32)
    rows = Int8Rows(dimension)
    rows.append(vectors)
    query = vectors[123]
    everywhere = rows.likely(query, 500)
    assert 123 in everywhere
    differing = ((vectors > 0) != (query > 0)).sum(axis=1)
    if dimension > 1:  # the codes of tiny components are zero, which counts as not above
        assert differing[everywhere].mean() < differing.mean()
    among = np.arange(100, 70_000, 7)
    chosen = rows.likely(query, 500, among)
    assert len(chosen) >= 500
    assert set(chosen.tolist()) <= set(among.tolist())
    assert rows.likely(query, 20_000, among) is among


def test_saved_rows_answer_the_same(tmp_path: Path) -> None:
    rows = Int8Rows(100)
    vectors = clustered(3_000, 100).vectors
    rows.append(vectors)
    write_arrays(tmp_path, rows.arrays())
    again = Int8Rows.load(tmp_path)
    assert (len(again), again.dimension) == (3_000, 100)
    chosen = rows.likely(vectors[5], 50)
    np.testing.assert_array_equal(again.likely(vectors[5], 50), chosen)
    np.testing.assert_array_equal(again.dot(vectors[5], chosen), rows.dot(vectors[5], chosen))


def test_files_that_do_not_fit_each_other_are_refused(tmp_path: Path) -> None:
    rows = Int8Rows(8)
    rows.append(np.ones((3, 8), dtype=np.float32))
    write_arrays(tmp_path, rows.arrays())
    np.save(tmp_path / "steps.npy", np.ones(2, dtype=np.float32))
    with pytest.raises(ValueError, match="do not fit"):
        Int8Rows.load(tmp_path)
