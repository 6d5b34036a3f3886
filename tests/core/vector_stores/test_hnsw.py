"""The graph store: recall, filters, and the faults that it keeps away."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.vector_stores.base import Labels, Vectors
from core.vector_stores.hnsw import HnswStore, candidates
from tests.benchmarks.synthetic import Collection
from tests.benchmarks.synthetic import clustered as collection
from tests.core.vector_stores.oracle import save

COUNT, DIMENSION, K = 24_000, 256, 10


@pytest.fixture(scope="module")
def passages() -> Collection:
    return collection(COUNT, DIMENSION, questions=200)


@pytest.fixture(scope="module")
def store(passages: Collection) -> HnswStore:
    made = HnswStore.fit(passages.vectors[::4])
    made.fill(np.arange(COUNT) + 5, passages.vectors)
    return made


def recall(vectors: Vectors, labels: Labels, query: Vectors, found: Labels) -> float:
    """Return the share of the nearest of `vectors`, whose `labels` are sorted, that are in `found`."""
    scores = vectors @ query
    least = np.partition(scores, -len(found))[-len(found)]
    return float(np.mean(scores[labels.searchsorted(found)] >= least - 1e-6))


@pytest.mark.parametrize("k", [1, K, 60])
def test_it_finds_nearly_all_of_the_nearest(store: HnswStore, passages: Collection, k: int) -> None:
    labels = np.arange(COUNT) + 5
    recalls = [recall(passages.vectors, labels, query, store.search(query, k)[0]) for query in passages.questions]
    assert np.mean(recalls) >= 0.98


def test_ten_nearest_come_from_the_graph(store: HnswStore) -> None:
    assert candidates(COUNT, K) * 150 < COUNT


@pytest.mark.parametrize("share", [0.5, 0.1, 0.01, 0.001])
@pytest.mark.parametrize("kind", ["by chance", "by topic"])
def test_a_filter_costs_no_recall(store: HnswStore, passages: Collection, share: float, kind: str) -> None:
    rng = np.random.default_rng(0)
    order = rng.permutation(COUNT) if kind == "by chance" else np.argsort(passages.topics, kind="stable")
    rows = np.sort(order[: int(share * COUNT)])
    recalls = [
        recall(passages.vectors[rows], rows + 5, query, store.search(query, K, rows + 5)[0])
        for query in passages.questions
    ]
    assert np.mean(recalls) >= 0.98


def test_a_filter_that_the_graph_answers(passages: Collection) -> None:
    store = HnswStore.fit(passages.vectors[::4], lambda count, k: 20)
    store.fill(np.arange(COUNT), passages.vectors)
    allowed = np.arange(0, COUNT, 2)
    assert COUNT // 2 > 2 * 20 * 150  # twice the candidates for half of the labels are cheaper than sifting that half
    recalls = []
    for query in passages.questions[:100]:
        labels, _ = store.search(query, 5, allowed)
        assert (labels % 2 == 0).all()
        assert len(labels) == 5
        recalls.append(recall(passages.vectors[::2], allowed, query, labels))
    assert np.mean(recalls) >= 0.85


def test_where_the_graph_gives_too_few_all_rows_are_looked_at(passages: Collection) -> None:
    store = HnswStore.fit(passages.vectors[::4], lambda count, k: k)
    store.fill(np.arange(3_000), passages.vectors[:3_000])
    graph = store._graph

    class Failing:
        def search(self, _: Vectors, k: int, params: object) -> tuple[None, Labels]:
            return None, np.full((1, k), -1)

        def __getattr__(self, name: str) -> object:
            return getattr(graph, name)

    store._graph = Failing()
    labels, _ = store.search(passages.questions[0], 7)
    assert recall(passages.vectors[:3_000], np.arange(3_000), passages.questions[0], labels) >= 6 / 7


def test_nothing_is_lost_when_most_is_deleted(passages: Collection) -> None:
    store = HnswStore.fit(passages.vectors[::4], lambda count, k: k)
    store.fill(np.arange(4_000), passages.vectors[:4_000])
    store.delete(np.arange(2_000))
    assert store.dead == 2_000
    for query in passages.questions:
        labels, _ = store.search(query, 5)
        assert len(labels) == 5
        assert labels.min() >= 2_000
    store.delete(np.arange(2_003, 4_000))
    assert sorted(store.search(passages.questions[0], 10)[0].tolist()) == [2_000, 2_001, 2_002]


def test_it_grows_beyond_its_first_capacity_one_by_one(passages: Collection) -> None:
    store = HnswStore.fit(passages.vectors[::4])
    for label in range(1_100):
        store.add(np.array([label]), passages.vectors[label : label + 1])
    assert store.count() == 1_100
    own = [store.search(passages.vectors[label], 1)[0][0] for label in range(0, 1_100, 100)]
    assert own == list(range(0, 1_100, 100))


def test_the_same_files_give_the_same_answers(store: HnswStore, passages: Collection, tmp_path: Path) -> None:
    save(store, tmp_path)
    again = HnswStore.load(tmp_path)
    for query in passages.questions[:10]:
        for ours, theirs in zip(store.search(query, K), again.search(query, K), strict=True):
            np.testing.assert_array_equal(ours, theirs)


def test_files_that_do_not_fit_each_other_are_refused(store: HnswStore, passages: Collection, tmp_path: Path) -> None:
    save(store, tmp_path)
    np.save(tmp_path / "labels.npy", np.arange(3))
    np.save(tmp_path / "living.npy", np.ones(3, dtype=np.bool_))
    with pytest.raises(ValueError, match="same length"):
        HnswStore.load(tmp_path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_graph_that_could_not_be_written_is_an_error(store: HnswStore, tmp_path: Path) -> None:
    (tmp_path / "graph.faiss").symlink_to("/dev/full")
    with pytest.raises(OSError, match="not written completely"):
        save(store, tmp_path)


@pytest.mark.parametrize("count", [0, 1, 9_999, 10_000, 99_999, 100_000, 999_999, 10**6, 10**8])
def test_candidates_grow_with_the_collection_and_with_k(count: int) -> None:
    assert candidates(count, 10) <= candidates(count + count // 10, 10)
    assert candidates(count, 500) >= candidates(count, 10) + 900
    assert 112 <= candidates(count, 1) <= 320
