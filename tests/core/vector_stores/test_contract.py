"""What every vector store keeps."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.vector_stores import VectorPartition, VectorStore
from core.vector_stores.base import Labels
from core.vector_stores.exact import ExactStore
from core.vector_stores.hnsw import HnswStore
from tests.core.vector_stores.oracle import Plain, clustered, graph, save

DIMENSION = 32
Make = Callable[[int], Any]
MANY = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def labelled(*labels: int) -> Labels:
    return np.array(labels, dtype=np.int64)


@pytest.fixture(params=["exact", "hnsw", "small partition", "large partition"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    """Makes an empty store of a dimension."""

    def partition(dimension: int, limit: int) -> VectorPartition:
        made = VectorPartition(tmp_path / "vectors", dimension, "model", "workspace", exact_limit=limit)
        made.open()
        if limit == 0:  # a graph from the first vector on
            made.add(labelled(2**40), clustered(1, dimension))
            made.grow()
            made.delete(labelled(2**40))
        return made

    makers: dict[str, Make] = {
        "exact": ExactStore,
        "hnsw": graph,
        "small partition": lambda dimension: partition(dimension, 10_000),
        "large partition": lambda dimension: partition(dimension, 0),
    }
    return makers[request.param]


def is_vector_store(store: VectorStore) -> VectorStore:
    return store  # mypy holds the protocol


def test_each_store_has_the_protocol(tmp_path: Path) -> None:
    partition = VectorPartition(tmp_path, 4, "model", "workspace")
    assert is_vector_store(ExactStore(4)).count() == 0
    assert is_vector_store(graph(32)).count() == 0
    assert is_vector_store(partition).count() == 0


@given(
    count=st.integers(0, 120),
    k_share=st.floats(0, 3),
    deleted_share=st.floats(0, 1),
    allowed_share=st.none() | st.floats(0, 1),
    seed=st.integers(0, 1000),
)
@MANY
def test_search_gives_min_k_alive_best_first(
    make: Make, count: int, k_share: float, deleted_share: float, allowed_share: float | None, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    store, plain = make(DIMENSION), Plain()
    labels = rng.permutation(3 * count)[:count].astype(np.int64)
    vectors = clustered(count, DIMENSION, seed)
    for each in (store, plain):
        each.add(labels, vectors)
    gone = labels[: int(deleted_share * count)]
    assert store.delete(gone) == plain.delete(gone)
    allowed = None
    if allowed_share is not None:
        allowed = np.sort(rng.permutation(4 * count + 1)[: int(allowed_share * 4 * count)]).astype(np.int64)
    k = int(k_share * count)
    query = clustered(1, DIMENSION, seed + 1)[0]
    plain.holds(store, query, k, allowed)
    assert store.count() == len(plain.vectors)
    assert store.labels().tolist() == plain.labels()


@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["add", "delete"]), st.lists(st.integers(0, 40), max_size=12)), max_size=12
    ),
    spread=st.sampled_from([1, 10**9]),
)
@MANY
def test_it_agrees_with_a_dict_after_any_changes(make: Make, steps: list[tuple[str, list[int]]], spread: int) -> None:
    store, plain = make(DIMENSION), Plain()
    for number, (operation, chosen) in enumerate(steps):
        labels = np.array(chosen, dtype=np.int64) * spread
        vectors = clustered(len(labels), DIMENSION, number)
        if operation == "add":
            store.add(labels, vectors)
            plain.add(labels, vectors)
        else:
            assert store.delete(labels) == plain.delete(labels)
    query = clustered(1, DIMENSION, 99)[0]
    plain.holds(store, query, 50)
    asked = np.arange(0, 45, dtype=np.int64) * spread
    scores = store.scores(query, asked)
    for label, score, vector in zip(asked.tolist(), scores, store.vectors(asked), strict=True):
        if label in plain.vectors:
            assert score == pytest.approx(plain.score(query, label), abs=plain.tolerance(store))
            np.testing.assert_allclose(vector, plain.vectors[label], atol=5e-3)
        else:
            assert np.isnan(score)
            assert np.isnan(vector).all()


@pytest.mark.parametrize("dimension", [1, 3, 32, 100, 256, 384, 1024, 4096])
def test_any_dimension(make: Make, dimension: int) -> None:
    store, plain = make(dimension), Plain()
    labels, vectors = np.arange(200, dtype=np.int64), clustered(200, dimension)
    for each in (store, plain):
        each.add(labels, vectors)
    assert store.dimension == dimension
    for query in clustered(3, dimension, 1):
        plain.holds(store, query, 10)


def test_a_label_that_is_there_is_left_as_it_is(make: Make) -> None:
    store = make(DIMENSION)
    first, second = clustered(2, DIMENSION)
    store.add(labelled(5), first[np.newaxis])
    store.add(labelled(5, 6), np.stack([second, second]))
    store.add(labelled(7, 7), np.stack([first, second]))
    np.testing.assert_allclose(store.scores(first, labelled(5, 7)), [1, 1], atol=3e-3)
    assert store.labels().tolist() == [5, 6, 7]


@pytest.mark.parametrize(
    ("labels", "vectors"),
    [
        (labelled(1, 2), np.ones((1, DIMENSION), dtype=np.float32)),
        (labelled(1), np.ones((1, DIMENSION - 1), dtype=np.float32)),
        (labelled(1), np.ones(DIMENSION, dtype=np.float32)),
        (labelled(1), np.full((1, DIMENSION), np.nan, dtype=np.float32)),
        (labelled(1), np.full((1, DIMENSION), np.inf, dtype=np.float32)),
        (labelled(-1), np.ones((1, DIMENSION), dtype=np.float32)),
    ],
)
def test_what_is_not_a_labelled_vector_is_refused(make: Make, labels: Labels, vectors: Any) -> None:
    store = make(DIMENSION)
    with pytest.raises(ValueError, match=r"fit|finite|negative"):
        store.add(labels, vectors)
    assert store.count() == 0


def test_a_vector_of_zeros_is_the_worst_of_all(make: Make) -> None:
    store = make(DIMENSION)
    one = clustered(1, DIMENSION)
    store.add(labelled(1, 2), np.concatenate([np.zeros((1, DIMENSION), dtype=np.float32), one]))
    labels, scores = store.search(one[0], 2)
    assert labels.tolist() == [2, 1]
    assert scores[1] == 0


def test_a_closed_store_is_empty(make: Make) -> None:
    store = make(DIMENSION)
    store.add(np.arange(10), clustered(10, DIMENSION))
    store.close()
    assert store.count() == 0
    assert len(store.search(clustered(1, DIMENSION)[0], 5)[0]) == 0


@pytest.mark.parametrize("make", [ExactStore, graph])
def test_it_is_found_again_after_saving(make: Make, tmp_path: Path) -> None:
    store, plain = make(DIMENSION), Plain()
    labels, vectors = np.arange(0, 600, 3, dtype=np.int64), clustered(200, DIMENSION)
    for each in (store, plain):
        each.add(labels, vectors)
        each.delete(labels[::7])
        each.add(labels[:14:7], vectors[50:52])  # a label that comes again
    folder = tmp_path / "saved"
    folder.mkdir()
    save(store, folder)
    again = type(store).load(folder)
    assert again.labels().tolist() == plain.labels()
    for query in clustered(3, DIMENSION, 1):
        plain.holds(again, query, 20)
    again.add(labelled(10_000), vectors[:1])
    assert again.count() == store.count() + 1


@pytest.mark.parametrize("kind", ["exact", "hnsw"])
def test_searches_see_no_ghost_and_no_double_while_others_change_it(kind: str) -> None:
    count, k = 3_000, 5
    vectors = clustered(count, DIMENSION)
    store: Any = ExactStore(DIMENSION) if kind == "exact" else graph(DIMENSION, narrow=True)
    if kind == "hnsw":
        store.fill(np.arange(1_500), vectors[:1_500])
    else:
        store.add(np.arange(1_500), vectors[:1_500])
    gone: set[int] = set()
    faults: list[str] = []
    done = threading.Event()

    def search(seed: int) -> None:
        rng = np.random.default_rng(seed)
        searched = 0
        while searched < 300 or not done.is_set():
            before = set(gone)
            allowed = np.sort(rng.permutation(count)[:2_000]) if searched % 3 == 0 else None
            labels, scores = store.search(vectors[rng.integers(count)], k, allowed)
            found = labels.tolist()
            if len(set(found)) != k or set(found) & before or not np.isfinite(scores).all():
                faults.append(f"{found} {before & set(found)}")
            searched += 1

    def add() -> None:
        for begin in range(1_500, count, 50):
            store.add(np.arange(begin, begin + 50), vectors[begin : begin + 50])

    def delete() -> None:
        for begin in range(0, 600, 20):
            store.delete(np.arange(begin, begin + 20))
            gone.update(range(begin, begin + 20))

    readers = [threading.Thread(target=search, args=(seed,)) for seed in range(3)]
    writers = [threading.Thread(target=add), threading.Thread(target=delete)]
    for thread in readers + writers:
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    assert faults == []
    assert store.count() == count - 600
    assert isinstance(store, ExactStore | HnswStore)
