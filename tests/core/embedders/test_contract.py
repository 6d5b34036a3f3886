"""What every embedder keeps: unit vectors, one a text, in order, for any text at all."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.embedders import EMBEDDERS, embedder
from core.embedders.base import Embedder, Vectors
from core.errors import InvalidInput
from tests.core.embedders.hashing import HashingEmbedder

MAKERS: dict[str, Callable[[], Embedder]] = {
    **{f"{name}-256": lambda name=name: embedder(name, 256) for name in EMBEDDERS},
    "wordllama-128": lambda: embedder("wordllama", 128),
    "wordllama-64": lambda: embedder("wordllama", 64),
    "hashing": HashingEmbedder,
}
TEXTS = [
    "The cat sat on the mat.",
    "A feline rested upon a rug.",
    "Interest rates rose by a quarter of a point.",
    "",
    "   \n\t ",
    "\x00",
    "a\x00b",
    "\ud800 lone \udfff",
    "日本語のテキスト",
    "עברית عربي हिन्दी",
    "👩\u200d👩\u200d👧\u200d👦 🇩🇪 e\u0301\u0301",
    "\u202e\u200b\ufeff\uffff",
    "<s> </s> <unk>",
    "▁▁",
    "word " * 50_000,
    "x" * 100_000,
]


@cache
def loaded(name: str) -> Embedder:
    return MAKERS[name]()


def assert_unit_rows(vectors: Vectors, count: int, dimension: int) -> None:
    assert vectors.shape == (count, dimension)
    assert vectors.dtype == np.float32
    assert np.isfinite(vectors).all()
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.fixture(params=sorted(MAKERS))
def model(request: pytest.FixtureRequest) -> Embedder:
    return loaded(request.param)


class TestContract:
    @pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text[:12]))
    def test_any_text_becomes_a_unit_vector(self, model: Embedder, text: str) -> None:
        assert_unit_rows(model.embed_documents([text]), 1, model.dimension)
        assert_unit_rows(model.embed_query(text)[np.newaxis], 1, model.dimension)

    def test_rows_come_in_the_order_of_the_texts(self, model: Embedder) -> None:
        texts = [f"{text} {number}" for number in range(12) for text in TEXTS[:14]]
        order = np.random.default_rng(3).permutation(len(texts))
        vectors = model.embed_documents(texts)
        assert_unit_rows(vectors, len(texts), model.dimension)
        shuffled = model.embed_documents([texts[place] for place in order])
        np.testing.assert_allclose(shuffled, vectors[order], atol=1e-5)

    def test_a_batch_gives_what_each_text_gives_alone(self, model: Embedder) -> None:
        alone = np.concatenate([model.embed_documents([text]) for text in TEXTS])
        np.testing.assert_allclose(model.embed_documents(TEXTS), alone, atol=1e-5)

    def test_no_texts_give_no_rows(self, model: Embedder) -> None:
        assert_unit_rows(model.embed_documents([]), 0, model.dimension)

    def test_a_document_is_nearest_to_its_own_words(self, model: Embedder) -> None:
        documents = model.embed_documents(TEXTS[:3])
        for place, text in enumerate(TEXTS[:3]):
            cosines = documents @ model.embed_query(text)
            assert int(cosines.argmax()) == place
            assert cosines[place] > 0.99

    @settings(max_examples=30, deadline=None)
    @given(texts=st.lists(st.text(st.characters(), max_size=40), max_size=8))
    @pytest.mark.parametrize("name", sorted(MAKERS))
    def test_any_texts_become_unit_vectors(self, name: str, texts: list[str]) -> None:
        assert_unit_rows(loaded(name).embed_documents(texts), len(texts), loaded(name).dimension)

    def test_the_model_is_named_apart_from_every_other(self) -> None:
        names = [loaded(name).model_id for name in MAKERS]
        assert len(set(names)) == len(names)


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(InvalidInput, match="no embedder named “oracle”"):
        embedder("oracle", 256)
