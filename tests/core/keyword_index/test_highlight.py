"""Where a query's words stand in a passage, and the part of it that is shown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.keyword_index import highlight
from core.keyword_index.highlight import Highlighter
from core.keyword_index.snippet import cut_snippet, merged, without_marks
from core.retrievers.query_language import parse_query


def marked(query: str, text: str, language: str = "en", *, as_you_type: bool = False) -> list[str]:
    """The parts of a text that are marked."""
    matches = Highlighter(parse_query(query, as_you_type)).matches(text, language)
    assert matches == sorted(matches)
    return [text[start:end] for start, end in matches]


@pytest.mark.parametrize(
    ("query", "text", "language", "parts"),
    [
        ("run", "Running is what runners RUN.", "en", ["Running", "RUN"]),
        ("what is a cat", "What is a cat? Cats!", "en", ["cat", "Cats"]),
        ("to be", "to be or not", "en", ["to", "be"]),
        ("resume", "Résumé, re\u0301sume\u0301, exam", "en", ["Résumé", "re\u0301sume\u0301"]),
        ("Müller", "Muller and MÜLLER", "", ["Muller", "MÜLLER"]),
        ("haus", "Die Häuser, das Haus, Haustür", "de", ["Häuser", "Haus"]),
        ("книга", "много книгами", "ru", ["книгами"]),
        ("example", "an exam\u00adple, a counterexample", "en", ["exam\u00adple"]),
        ("foo_bar", "foo_bar foobar", "en", ["foo", "bar"]),
        ('"late interaction"', "late, late; interaction, late\ninteractions", "en", ["late; interaction"]),
        ('"cats" dog', "cat cats dogs", "en", ["cats", "dogs"]),
        ("cat -dog", "cat dog", "en", ["cat"]),
        ("東京", "私は東京都にいる。東京!", "ja", ["東京", "東京"]),
        ("東京", "東\n京", "ja", ["東\n京"]),
        ("東京大学", "京大学と東京と大阪", "ja", ["京大学", "東京"]),
        ('"東京大学"', "東京大学の学生", "ja", ["東京大学"]),
        ("한국", "나는 한국어를", "ko", ["한국"]),
        ("ｶﾞｿﾘﾝ", "ガソリン", "ja", ["ガソリン"]),
        ("猫", "黒猫", "ja", ["猫"]),
        ("हिन्दी", "यह हिन्दी है", "", ["हिन्दी"]),
        ("C++", "in C++ and C", "en", ["C", "C"]),
        ("nothing", "else", "en", []),
        ("cat", "", "en", []),
    ],
)  # fmt: skip
def test_words_are_marked_in_every_form(query: str, text: str, language: str, parts: list[str]) -> None:
    assert marked(query, text, language) == parts


def test_words_that_begin_like_the_unfinished_one_are_marked() -> None:
    assert marked("big quan", "Quantum big quantities, equanimity", as_you_type=True) == [
        "Quantum",
        "big",
        "quantities",
    ]


def test_words_looked_for_instead_are_marked() -> None:
    highlighter = Highlighter(parse_query("quantm leap"), {"quantm": ("quantum",)})
    text = "the quantum leaps"
    assert [text[start:end] for start, end in highlighter.matches(text, "en")] == ["quantum", "leaps"]


def test_each_passage_is_read_in_its_own_language() -> None:
    passages = [("the houses of", "en"), ("die Häuser", "de"), ("the houses again", "en"), ("Häuser houses", "")]
    snippets = Highlighter(parse_query("Haus houses")).snippets(passages)
    assert [[text[start:end] for start, end in matches] for text, matches, _ in snippets] == [
        ["houses"],
        ["Häuser"],
        ["houses"],
        ["houses"],
    ]


@given(
    st.lists(st.sampled_from(["cat", "cats", "grey", "été", "東京", "東", "x-ray", "foo_bar", "\n\n"]), max_size=80),
    st.sampled_from(["cat", '"grey cat"', '"foo bar" grey', "東京", '"x ray cat"', "ete ca"]),
    st.booleans(),
)
def test_a_long_text_is_looked_at_in_pieces_with_the_same_result(
    words: list[str], query: str, as_you_type: bool
) -> None:
    text = " ".join(words)
    whole = marked(query, text, as_you_type=as_you_type)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(highlight, "_PIECE", 120)
        patch.setattr(highlight, "_OVERLAP", 25)
        assert marked(query, text, as_you_type=as_you_type) == whole


def test_a_phrase_is_found_wherever_it_begins() -> None:
    assert marked('"b b c"', "a b b b c, b b\nc") == ["b b c", "b b\nc"]
    assert marked('"foo bar baz"', "foo_bar baz foo bar") == ["foo_bar baz"]


def test_a_short_text_is_shown_whole_and_tidy() -> None:
    text = "  a\n\n\tcat   and\u00a0a dog "
    matches = [found.span() for found in re.finditer("cat|dog", text)]
    assert cut_snippet(text, matches) == ("a cat and a dog", ((2, 5), (12, 15)), matches[0][0])


def test_a_long_text_is_cut_at_words_around_the_most_different_matches() -> None:
    text = "cat " * 30 + "filler " * 60 + "a cat and a dog here " + "filler " * 60
    matches = [found.span() for found in re.finditer("cat|dog", text)]
    snippet, inside, _ = cut_snippet(text, matches, 100)
    assert snippet.startswith("…filler")
    assert snippet.endswith("filler…")
    assert "a cat and a dog here" in snippet
    assert [snippet[start:end] for start, end in inside] == ["cat", "dog"]
    assert len(snippet) <= 102


def test_without_matches_the_beginning_is_shown() -> None:
    snippet, inside, _ = cut_snippet("one two three " * 50, [], 30)
    assert snippet == "one two three one two three…"
    assert inside == ()


def test_a_text_without_spaces_is_cut_anyhow() -> None:
    snippet, inside, _ = cut_snippet("字" * 300 + "猫" + "字" * 300, [(300, 301)], 50)
    assert len(snippet) == 52
    assert [snippet[start:end] for start, end in inside] == ["猫"]
    assert cut_snippet("x" * 1000, [(0, 1000)], 50) == ("x" * 50 + "…", ((0, 50),), 0)


def test_overlapping_matches_become_one() -> None:
    assert merged([(4, 6), (0, 2), (1, 3), (3, 4), (4, 5)]) == [(0, 3), (3, 4), (4, 6)]


@given(
    st.lists(st.sampled_from(["cat", "dog", "Katze", "東京", "a", "  ", "\n\n", "été", "x" * 30]), max_size=80),
    st.sampled_from([r"cat", r"x+", r"dog|Katze", r"東", r"\S+\s+\S+", r"a\S*", "$"]),
    st.integers(5, 120),
)
def test_matches_index_into_the_snippet(words: list[str], wanted: str, width: int) -> None:
    text = " ".join(words)
    matches = [found.span() for found in re.finditer(wanted, text) if found[0]]
    snippet, inside, _ = cut_snippet(text, matches, width)
    assert len(snippet) <= width + 2
    tidy = {" ".join(text[start:end].split()) for start, end in matches}
    for start, end in inside:
        assert 0 <= start < end <= len(snippet)
        part = " ".join(snippet[start:end].split())
        assert any(part in whole for whole in tidy)
    assert " ".join(snippet.strip("…").split()) in " ".join(text.split())
    assert inside or not matches


@pytest.mark.parametrize(
    ("markdown", "read"),
    [
        ("### Friday bread\nIt rose.", "Friday bread It rose."),
        ("Before.\n## Heading\n", "Before. Heading"),
        ("```bash\nconvert a.png\n```", "convert a.png"),
        ("see [the manual](https://x.org/#a) and ![a map](map.png)", "see the manual and a map"),
        ("it is **very** cold", "it is very cold"),
        ("a [note] (aside), 3 * 4, #tag, C#", "a [note] (aside), 3 * 4, #tag, C#"),
    ],
)
def test_marks_of_markdown_are_not_shown(markdown: str, read: str) -> None:
    shown = without_marks(markdown)
    assert len(shown) == len(markdown)
    assert " ".join(shown.split()) == read


def test_a_word_behind_marks_is_marked_where_it_stands() -> None:
    [snippet] = Highlighter(parse_query("bread")).snippets([(without_marks("## **Bread** and [bread](x.md)"), "en")])
    assert snippet.text == "Bread and bread"
    assert snippet.matches == ((0, 5), (10, 15))
