"""What a query finds, and in which order."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.keyword_index import KeywordIndex
from core.retrievers.query_language import parse_query
from tests.core.keyword_index.shelf import WORKSPACE, counted, entry, found, passage, shelf


def test_passages_with_more_and_rarer_words_come_first(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "common words", 2: "common zebra words", 3: "nothing of it", 4: "common words again"})
    assert found(index, "common zebra")[0] == 2
    assert set(found(index, "common zebra")) == {1, 2, 4}


def test_scores_fall_and_belong_to_the_passages(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "cat", 2: "cat cat", 3: "a long text about one cat and many other animals", 4: "dog"})
    result = index.search(parse_query("cat"), 2, WORKSPACE, beside=np.array([4, 99, *found(index, "cat")]))
    assert result.chunk_ids.tolist() == found(index, "cat")[:2]
    first, second, third = result.beside[2:]
    assert first >= second >= third > 0
    assert result.scores.tolist() == [first, second]
    assert result.beside[:2].tolist() == [0, 0]


def test_a_word_in_the_title_counts_more(tmp_path: Path) -> None:
    index = KeywordIndex(tmp_path / "words")
    index.apply(1, add=[passage(1, "about zebras here", title="x y"), passage(2, "about x here", title="zebras y")])
    assert found(index, "zebra") == [2, 1]


def test_headings_and_names_are_found(tmp_path: Path) -> None:
    index = KeywordIndex(tmp_path / "words")
    index.apply(1, add=[passage(1, "text", heading="Wiring › Fuses")], documents=[entry(1, "text", name="fusebox.pdf")])
    assert found(index, "fuse") == [1]
    assert counted(index, "fusebox") == [1]


def test_words_that_stand_together_come_before_words_apart(tmp_path: Path) -> None:
    index = shelf(
        tmp_path,
        {1: "jet of water and engine of steel", 2: "steel and water and jet engine of", 3: "engine of steel jet water"},
    )
    assert found(index, "jet engine")[0] == 2


def test_stop_words_of_a_question_are_not_looked_for(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "what is the when and where of how", 2: "the capital city"})
    assert found(index, "what is the capital?") == [2]


def test_a_query_of_stop_words_alone_looks_for_them(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "to be or not to be", 2: "capital city"})
    assert found(index, "to be or not") == [1]
    assert counted(index, "to be or not") == [1]


SPELLED = {
    "cafe": "at the café",
    "façade": "a facade fell",
    "Muller": "Herr Müller kam",
    "Käse": "KASE there",
    "strasse": "die Straße",
    "angstrom": "one Ångström",
    "naive": "nai\u0308ve",
    "office": "the oﬃce",
    "example": "exam\u00adple",
    "istanbul": "İSTANBUL",
    "елка": "ёлка",
    "Αθηνα": "Αθήνα",
    "ＡＢＣ": "abc",
    "C#": "see C#",
    "10:30": "see 10:30",
    "https://somewhere.net/x": "see https://somewhere.net/x",
    "3.14": "see 3.14",
    "foo_bar": "see foo_bar",
    "🙂 smile": "🙂smile",
    "½": "½ of",
}


@pytest.fixture(scope="module")
def spelled(tmp_path_factory: pytest.TempPathFactory) -> KeywordIndex:
    """Each text of `SPELLED`, numbered from 1."""
    return shelf(tmp_path_factory.mktemp("spelled"), dict(enumerate(SPELLED.values(), start=1)), language="")


@pytest.mark.parametrize(("number", "query"), [*enumerate(SPELLED, start=1)])
def test_diacritics_case_ligatures_and_signs_do_not_matter(spelled: KeywordIndex, number: int, query: str) -> None:
    assert found(spelled, query)[0] == number
    assert counted(spelled, query) == [number]
    assert found(spelled, f'"{query}"') == [number]


FORMS = {
    ("en", "ran universities"): "one university",
    ("en", "run"): "she was running",
    ("de", "Haus"): "viele Häuser",
    ("de", "große"): "ein großer Baum",
    ("fr", "cheval"): "des chevaux",
    ("fr", "mange"): "ils mangeaient",
    ("ru", "книга"): "много книгами",
    ("es", "gato"): "los gatos",
    ("sv", "flicka"): "flickorna",
    ("tr", "kitap"): "kitaplar",
}


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> KeywordIndex:
    """Each text of `FORMS` in its language, numbered from 1."""
    index = KeywordIndex(tmp_path_factory.mktemp("forms") / "words")
    rows = [(number, text, language) for number, ((language, _), text) in enumerate(FORMS.items(), start=1)]
    index.apply(
        1,
        add=[passage(number, text, language=language) for number, text, language in rows],
        documents=[entry(number, text, language=language) for number, text, language in rows],
    )
    return index


@pytest.mark.parametrize(("number", "query"), [(number, query) for number, (_, query) in enumerate(FORMS, start=1)])
def test_other_forms_of_a_word_are_found(forms: KeywordIndex, number: int, query: str) -> None:
    assert found(forms, query) == [number]
    assert counted(forms, query.split()[-1]) == [number]


def test_each_language_is_stemmed_its_own_way_in_one_index(tmp_path: Path) -> None:
    index = KeywordIndex(tmp_path / "words")
    texts = {1: ("en", "running dogs"), 2: ("de", "die Häuser der Stadt"), 3: ("", "running_shoes"), 4: ("es", "áreas")}
    index.apply(1, add=[passage(number, text, language=language) for number, (language, text) in texts.items()])
    assert found(index, "runs") == [1]
    assert found(index, "running") == [1, 3]
    assert found(index, "haus") == [2]
    assert found(index, "area") == [4]


def test_a_foreign_stem_does_not_find_other_words(tmp_path: Path) -> None:
    index = KeywordIndex(tmp_path / "words")
    english = dict.fromkeys(range(1, 6), "these are the facts that are known")
    index.apply(1, add=[passage(number, text) for number, text in english.items()])
    index.apply(2, add=[passage(9, "el área de los gatos", language="es")])
    assert found(index, "area") == [9]  # its Spanish stem is "are"


UNSPACED = {
    "東京": "私は東京都に住んでいます",
    "首都": "日本の首都です",
    "京橋": "京\n橋へ",
    "北京": "他去了北京大学",
    "科学": "自然科学部",
    "한국": "나는 한국어를 배운다",
    "읽는": "책을 읽는다",
    "เมือง": "กรุงเทพเป็นเมืองหลวง",
    "ｶﾞｿﾘﾝ": "ガソリンスタンド",
    "猫": "黒い猫がいる",
    "Python入門": "図書館でpython入門を読む",
}


@pytest.fixture(scope="module")
def unspaced(tmp_path_factory: pytest.TempPathFactory) -> KeywordIndex:
    """Each text of `UNSPACED`, numbered from 1."""
    return shelf(tmp_path_factory.mktemp("unspaced"), dict(enumerate(UNSPACED.values(), start=1)), language="")


@pytest.mark.parametrize(("number", "query"), [*enumerate(UNSPACED, start=1)])
def test_words_of_scripts_without_spaces_are_found(unspaced: KeywordIndex, number: int, query: str) -> None:
    assert found(unspaced, query) == [number]
    assert counted(unspaced, query) == [number]
    assert counted(unspaced, f'x "{query}"') == []
    assert found(unspaced, f'"{query}"') == [number]


def test_pairs_of_characters_do_not_reach_across_punctuation(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "今日。東京", 2: "東京大学"}, language="ja")
    assert counted(index, "日東") == []
    assert counted(index, "今日東京") == []
    assert counted(index, "東京") == [1, 2]
    assert counted(index, "京大学") == [2]


def test_a_phrase_needs_its_words_in_order_and_together(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "a late interaction", 2: "interaction, late", 3: "late models of interaction"})
    assert found(index, '"late interaction"') == [1]
    assert found(index, 'models "late interaction"') == [1]


def test_a_phrase_is_not_stemmed(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "late interactions", 2: "late interaction"})
    assert found(index, '"late interaction"') == [2]
    assert found(index, '"interactions"') == [1]


def test_a_phrase_reaches_across_punctuation_and_lines(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "late\n—interaction", 2: "don’t panic"})
    assert found(index, '"late interaction"') == [1]
    assert found(index, '"don\'t panic"') == [2]


def test_a_phrase_does_not_reach_from_the_title_into_the_text(tmp_path: Path) -> None:
    index = KeywordIndex(tmp_path / "words")
    index.apply(1, add=[passage(1, "interaction of models", title="Too late", heading="First part")])
    assert found(index, '"late interaction"') == []
    assert found(index, '"late first"') == []
    assert found(index, '"too late"') == [1]


def test_exclusions_leave_out(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "cats and dogs", 2: "cats alone", 3: "cats and hot soup", 4: "cats, hot dog"})
    assert set(found(index, "cat -dog")) == {2, 3}
    assert set(found(index, 'cat -"hot dog"')) == {1, 2, 3}
    assert set(found(index, '"cats" -hot')) == {1, 2}
    assert set(counted(index, "cat -dogs")) == {2, 3}


def test_passages_that_satisfy_the_conditions_are_told(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "red cat", 2: "red dog", 3: "blue cat"})
    every = np.array([1, 2, 3, 4], dtype=np.int64)
    assert index.satisfying(parse_query("anything -dog"), every, WORKSPACE).tolist() == [1, 3]
    assert index.satisfying(parse_query('"red cat" -dog'), every, WORKSPACE).tolist() == [1]
    assert index.satisfying(parse_query("anything"), every, ("session:1",)).tolist() == []


def test_the_unfinished_last_word_finds_words_that_begin_so(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "quantum mechanics", 2: "mechanical quantity", 3: "nothing", 4: "quest"})
    assert set(found(index, "mech", as_you_type=True)) == {1, 2}
    assert found(index, "quantum mech", as_you_type=True)[0] == 1
    assert set(found(index, "qu", as_you_type=True)) == {1, 2, 4}
    assert found(index, "Quántum", as_you_type=True) == [1]
    assert found(index, "zz", as_you_type=True) == []


def test_an_unfinished_word_of_a_script_without_spaces_is_found(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "東京大学", 2: "別"}, language="ja")
    assert found(index, "東京", as_you_type=True) == [1]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("quantm", "quantum"),
        ("qauntum", "quantum"),
        ("zuantum", "quantum"),
        ("quantumm", "quantum"),
        ("interctoin", "interaction"),
        ("книна", "книга"),
    ],
)
def test_a_misspelled_word_finds_what_was_meant_and_says_so(tmp_path: Path, typed: str, meant: str) -> None:
    index = shelf(tmp_path, {1: f"about {meant} things", 2: "something else"}, language="")
    result = index.search(parse_query(f"{typed} else"), 10, WORKSPACE)
    assert set(result.chunk_ids.tolist()) == {1, 2}
    assert result.corrected == {typed: (meant,)}
    assert counted(index, typed) == []


@pytest.mark.parametrize("word", ["cot", "1234x", "wxyz"])
def test_short_words_numbers_and_strange_words_are_not_corrected(tmp_path: Path, word: str) -> None:
    index = shelf(tmp_path, {1: "cat 12345 quantum"})
    result = index.search(parse_query(word), 10, WORKSPACE)
    assert not len(result.chunk_ids)
    assert not result.corrected


def test_a_rare_word_is_joined_by_its_like_only_when_little_is_found(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "Dreyfus", 2: "Dreyfuss", 3: "many", 4: "many", 5: "many"}, language="")
    result = index.search(parse_query("dreyfuss"), 10, WORKSPACE)
    assert result.chunk_ids.tolist() == [2, 1]
    assert result.corrected == {"dreyfuss": ("dreyfus",)}
    assert not index.search(parse_query("dreyfuss many"), 10, WORKSPACE).corrected


def test_a_long_pasted_text_is_ranked_by_its_rarest_words(tmp_path: Path) -> None:
    index = shelf(tmp_path, {number: f"common word{number}" for number in range(1, 201)})
    pasted = "common " + " ".join(f"word{number}" for number in range(150, 10_000)) + " word7"
    assert set(found(index, pasted)) <= set(range(150, 201))
    assert found(index, pasted)


def test_only_allowed_documents_are_found(tmp_path: Path) -> None:
    index = shelf(tmp_path, {number: f"cat {'dog ' * (number % 7)}" for number in range(1, 5001)})
    best = index.search(parse_query("cat dog"), 5000, WORKSPACE).chunk_ids.tolist()
    assert len(best) == 5000
    for allowed in (np.arange(3, 5001, 3), np.arange(2000, 2200), np.arange(7, 5001, 700), np.arange(1, 5001), []):
        allowed = np.array(allowed, dtype=np.int64)
        inside = set(allowed.tolist())
        expected = np.array([each for each in best if each in inside][:40], dtype=np.int64)
        result = index.search(parse_query("cat dog"), 40, WORKSPACE, allowed, beside=expected)
        assert result.scores.tolist() == pytest.approx(result.beside.tolist())
        assert set(result.chunk_ids.tolist()) <= inside


def test_whole_documents_are_scored_on_their_own(tmp_path: Path) -> None:
    index = KeywordIndex(tmp_path / "words")
    index.apply(
        1,
        add=[passage(1, "cat"), passage(2, "dog")],
        documents=[entry(1, "cat and a long story about more than cats"), entry(2, "dog cat"), entry(3, "nothing")],
    )
    found_documents = index.search_documents(parse_query("cat"), 10, WORKSPACE)
    assert {document for document, _ in found_documents} == {1, 2}
    assert index.document_scores(parse_query("cat"), np.array([1, 2, 3])) == pytest.approx(dict(found_documents))
    assert index.search_documents(parse_query("cat"), 10, WORKSPACE, np.array([2])) == [
        (2, pytest.approx(dict(found_documents)[2]))
    ]
