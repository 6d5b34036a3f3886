"""From text to terms."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.keyword_index.analysis import (
    STEMMERS,
    folded,
    lowered,
    normalise,
    pairs,
    runs,
    stem,
    without_unspaced,
)
from core.keyword_index.stopwords import LANGUAGES, content_words, drop_stopwords

ANYTHING = st.text(st.characters(), max_size=40)


def test_folded_words_are_lower_case_without_diacritics() -> None:
    assert folded(normalise("Müller’s Straße, naïve_ǅ x²")) == ["muller", "s", "strasse", "naive", "dz", "x2"]
    assert lowered(normalise("Müller’s")) == ["müller", "s"]


def test_data_that_looks_like_one_long_word_is_left_out() -> None:
    assert folded("a " + "x" * 5_000 + " b") == ["a", "b"]


@pytest.mark.parametrize("language", sorted(STEMMERS))
def test_each_stemmer_is_there(language: str) -> None:
    assert len(stem(["abc", "def"], language)) == 2


def test_a_language_without_a_stemmer_keeps_its_words() -> None:
    assert stem(["running"], "pl") == stem(["running"], "") == ["running"]
    assert stem([], "en") == []


def test_runs_of_unspaced_script_are_told_from_words() -> None:
    text = normalise("Python入門 and 東京\n タワー。한국 ABC")
    assert list(runs(text)) == ["入門", "東京タワー", "한국"]
    assert folded(without_unspaced(text)) == ["python", "and", "abc"]


def test_each_pair_of_neighbours_is_a_term_and_the_last_character() -> None:
    assert pairs("東京都") == ["東京", "京都", "都"]
    assert pairs("猫") == ["猫"]


@given(ANYTHING, st.sampled_from(["en", "de", "ar", "ta", "tr", "el", "ru", ""]))
def test_any_text_has_terms_that_line_up(text: str, language: str) -> None:
    plain = without_unspaced(normalise(text))
    words = folded(plain)
    assert len(words) == len(lowered(plain)) == len(stem(words, language))
    assert all(words)
    assert not any(word.isspace() or " " in word for word in words)


@given(ANYTHING)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    once.encode("utf-8")


def test_analysers_may_be_used_by_many_threads() -> None:
    texts = [f"running dogs number {number} Häuser" * 50 for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda text: stem(folded(text), "en"), texts))
    assert results == [stem(folded(text), "en") for text in texts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_list_of_stop_words_is_there(language: str) -> None:
    assert drop_stopwords(["xyzzy"], language) == ["xyzzy"]
    assert set(LANGUAGES) >= STEMMERS.keys() - {"ta"}


def test_stop_words_are_those_of_the_language_that_has_most_of_them() -> None:
    assert content_words("how do people die", ("en", "de"), alone=True) == ["people", "die"]
    assert content_words("wer hat die Maschine erfunden", ("en", "de"), alone=True) == ["maschine", "erfunden"]
    assert content_words("où est la forêt", ("fr",), alone=True) == ["foret"]


def test_stop_words_alone_are_kept_when_there_is_nothing_else() -> None:
    assert content_words("to be or", ("en",), alone=True) == ["to", "be", "or"]
    assert content_words("to be or", ("en",), alone=False) == []
    assert content_words("the 東京", ("en",), alone=True) == []
