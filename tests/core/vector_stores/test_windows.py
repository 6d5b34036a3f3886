"""The windows of passages, packed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.window import WindowTokens, window_bounds
from core.vector_stores import WindowStore
from core.vector_stores.base import write_arrays

VOCABULARY, DIMENSION = 500, 16
TABLE = np.random.default_rng(0).standard_normal((VOCABULARY, DIMENSION)).astype(np.float32)
QUERY = (TABLE[3] / np.linalg.norm(TABLE[3])).astype(np.float32)


def passage(tokens: int, prefix: int, seed: int) -> WindowTokens:
    """A passage of random tokens, with the true lengths of its windows."""
    ids = np.random.default_rng(seed).integers(0, VOCABULARY, prefix + tokens).astype(np.uint16)
    norms = [np.linalg.norm(summed) for summed in sums(ids, prefix)]
    return WindowTokens(ids, prefix, np.array(norms, dtype=np.float16))


def sums(ids: np.ndarray, prefix: int) -> list[np.ndarray]:
    """The summed token vectors of each window."""
    body = ids[prefix:]
    firsts, lasts = window_bounds(len(body))
    return [
        TABLE[np.concatenate([ids[:prefix], body[first:last]])].sum(axis=0)
        for first, last in zip(firsts, lasts, strict=True)
    ]


def best(windows: WindowTokens) -> float:
    """The best cosine of a window, one after the other."""
    vectors = sums(windows.ids, windows.prefix)
    return max(float(each @ QUERY / np.linalg.norm(each)) if np.linalg.norm(each) else 0.0 for each in vectors)


def holds(store: WindowStore, plain: dict[int, WindowTokens], asked: np.ndarray) -> None:
    scores = store.best(QUERY, TABLE, asked)
    wanted = [best(plain[label]) if label in plain else np.nan for label in asked.tolist()]
    np.testing.assert_allclose(scores, wanted, atol=2e-3)
    assert scores.dtype == np.float32


@given(
    steps=st.lists(st.tuples(st.booleans(), st.lists(st.integers(0, 20), max_size=8)), max_size=10),
    lengths=st.lists(st.tuples(st.integers(0, 90), st.integers(0, 5)), min_size=1, max_size=5),
)
@settings(max_examples=60)
def test_it_agrees_with_a_dict(steps: list[tuple[bool, list[int]]], lengths: list[tuple[int, int]]) -> None:
    store, plain = WindowStore(), dict[int, WindowTokens]()
    for number, (adds, chosen) in enumerate(steps):
        labels = np.array(chosen, dtype=np.int64)
        if adds:
            windows = [passage(*lengths[place % len(lengths)], 100 * number + place) for place in range(len(chosen))]
            store.add(labels, windows)
            for label, each in zip(chosen, windows, strict=True):
                plain.setdefault(label, each)
        else:
            assert store.delete(labels) == len(plain.keys() & set(chosen))
            plain = {label: each for label, each in plain.items() if label not in chosen}
        holds(store, plain, np.arange(-1, 22, dtype=np.int64)[::-1])
        assert store.labels().tolist() == sorted(plain)
        assert store.count() == len(plain)


def test_it_is_the_same_after_saving(tmp_path: Path) -> None:
    store = WindowStore()
    plain = {label: passage(10 * label, label % 3, label) for label in range(40)}
    store.add(np.arange(40), list(plain.values()))
    for kept in (plain, {label: each for label, each in plain.items() if label % 10}):
        store.delete(np.array(sorted(plain.keys() - kept.keys())))
        write_arrays(tmp_path, store.freeze())
        again = WindowStore.load(tmp_path)
        holds(again, kept, np.arange(45))
        again.add(np.array([44]), [plain[1]])
        holds(again, kept | {44: plain[1]}, np.arange(45))


def test_what_is_deleted_is_not_written(tmp_path: Path) -> None:
    store = WindowStore()
    windows = WindowTokens(np.array([601, 602, 601], dtype=np.uint16), 0, np.ones(1, dtype=np.float16))
    store.add(np.arange(20), [windows, *[passage(5, 0, seed) for seed in range(19)]])
    frozen = store.freeze()
    assert 602 in frozen["window_ids"]
    store.delete(np.array([0]))
    write_arrays(tmp_path, store.freeze())
    assert 602 not in np.load(tmp_path / "window_ids.npy")


def test_an_empty_store_is_saved_too(tmp_path: Path) -> None:
    store = WindowStore()
    assert np.isnan(store.best(QUERY, TABLE, np.array([1]))).all()
    assert len(store.best(QUERY, TABLE, np.array([], dtype=np.int64))) == 0
    write_arrays(tmp_path, store.freeze())
    assert WindowStore.load(tmp_path).count() == 0


def test_a_closed_store_is_empty() -> None:
    store = WindowStore()
    store.add(np.array([1]), [passage(10, 0, 0)])
    store.close()
    assert store.count() == 0
    assert np.isnan(store.best(QUERY, TABLE, np.array([1]))).all()


def test_labels_and_windows_must_be_as_many() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        WindowStore().add(np.array([1, 2]), [passage(10, 0, 0)])


@pytest.mark.parametrize("name", ["window_ids_ends", "window_norms_ends", "window_prefixes", "window_labels"])
def test_files_that_do_not_fit_each_other_are_refused(name: str, tmp_path: Path) -> None:
    store = WindowStore()
    store.add(np.arange(5), [passage(40, 0, seed) for seed in range(5)])
    write_arrays(tmp_path, store.freeze())
    np.save(tmp_path / f"{name}.npy", np.load(tmp_path / f"{name}.npy")[:-1])
    with pytest.raises(ValueError, match=r"fit each other|same length"):
        WindowStore.load(tmp_path)
