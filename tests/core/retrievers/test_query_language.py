"""What is typed in the search box, and what is understood."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.domain.query import Filter, Query
from core.errors import InvalidQuery
from core.retrievers.query_language import MAX_LENGTH, make_filter, operators, parse_query

TODAY = date(2024, 5, 31)
WORD = st.from_regex(r"[a-zé東C+#.:/]*[a-zé東]", fullmatch=True).filter(lambda word: ":" not in word)


def test_plain_words_are_kept_as_typed() -> None:
    assert parse_query("  late\tinteraction\nmodels ") == Query(
        "late interaction models", words=("late", "interaction", "models")
    )


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/a?b=c",
        "C++",
        "C#",
        "10:30",
        "foo:bar",
        "key=value",
        "--verbose",
        'a 27" screen',
        "std::vector",
        "don't",
        "in: this folder",
        "type: pdf",
    ],
)
def test_what_is_no_operator_is_text(text: str) -> None:
    assert parse_query(text) == Query(text, words=tuple(text.split()))


def test_signs_alone_are_not_words() -> None:
    assert parse_query("- a & b ? !").words == ("a", "b")


@pytest.mark.parametrize(
    "text", ['"late interaction"', "“late interaction”", "„late interaction“", "« late interaction »"]
)
def test_quotes_of_any_kind_make_a_phrase(text: str) -> None:
    assert parse_query(text) == Query("late interaction", phrases=(("late", "interaction"),))


def test_a_quote_that_is_not_closed_lasts_to_the_end() -> None:
    query = parse_query('models "late  interaction -x type:pdf')
    assert query.words == ("models",)
    assert query.phrases == (("late", "interaction", "-x", "type:pdf"),)


def test_empty_quotes_are_nothing() -> None:
    assert parse_query('"" word "  "') == Query("word", words=("word",))


def test_a_minus_excludes_words_and_phrases() -> None:
    query = parse_query('cat -dog -"hot dog" -“big cat”')
    assert query.excluded == (("dog",), ("hot", "dog"), ("big", "cat"))
    assert query.text == "cat"


def test_the_text_keeps_the_order_of_words_and_phrases() -> None:
    assert parse_query('one "two three" type:pdf four -five').text == "one two three four"


def test_filters_are_read() -> None:
    query = parse_query('x type:pdf -tag:draft IN:"My folder" source:papers meta.author:Sen -meta.team:"A B"')
    assert query.filters == (
        Filter("type", "pdf"),
        Filter("tag", "draft", negated=True),
        Filter("in", "My folder"),
        Filter("source", "papers"),
        Filter("meta", "Sen", key="author"),
        Filter("meta", "A B", negated=True, key="team"),
    )
    assert query.words == ("x",)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024", "2024-01-01"),
        ("2024-05", "2024-05-01"),
        ("2024-5-7", "2024-05-07"),
        ("2024-05-31", "2024-05-31"),
        ("today", "2024-05-31"),
        ("Yesterday", "2024-05-30"),
    ],
)
def test_a_date_is_the_first_day_of_the_period(value: str, day: str) -> None:
    assert parse_query(f"x before:{value}", today=TODAY).filters == (Filter("before", day),)
    assert parse_query(f"x -after:{value}", today=TODAY).filters == (Filter("after", day, negated=True),)


@pytest.mark.parametrize("value", ["dinner", "2024-13", "2024-02-30", "0000", "24", "31.05.2024", "2024-05-31T10:00"])
def test_a_bad_date_is_refused_with_an_example(value: str) -> None:
    with pytest.raises(InvalidQuery, match="is not a date") as caught:
        parse_query(f"x after:{value}")
    assert "after:2024-05-31" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "Type a word"),
        (" \n\t", "Type a word"),
        ("!? …", "Type a word"),
        ('"', "Type a word"),
        ("\x00", "Type a word"),
        ("-cat", "without one"),
        ('-"big cat" -dog type:pdf', "without one"),
        ("type:pdf", "add a word"),
    ],
)
def test_a_query_without_a_word_to_find_is_refused(text: str, hint: str) -> None:
    with pytest.raises(InvalidQuery, match="at least one word to look for") as caught:
        parse_query(text)
    assert hint in caught.value.hint


def test_unreadable_characters_are_taken_out() -> None:
    assert parse_query("ca\x00t \ud800 dog\udcff").words == ("ca", "t", "dog")


def test_a_very_long_query_is_cut_at_the_end_of_a_word() -> None:
    query = parse_query("word " * 20_000)
    assert set(query.words) == {"word"}
    assert MAX_LENGTH - 10 < len(query.text) <= MAX_LENGTH
    assert parse_query("x" * 100_000).words == ("x" * MAX_LENGTH,)
    assert parse_query(" " * 100_000 + "end").words == ("end",)


def test_the_last_word_is_unfinished_while_typing() -> None:
    assert parse_query("quantum mech", as_you_type=True) == Query("quantum mech", words=("quantum",), prefix="mech")
    assert parse_query("mech", as_you_type=True) == Query("mech", prefix="mech")


@pytest.mark.parametrize("text", ["quantum mech ", 'quantum "mech"', "mech -qu", "mech type:pd"])
def test_a_word_that_something_follows_is_finished(text: str) -> None:
    assert parse_query(text, as_you_type=True).prefix == ""


def test_the_last_word_of_an_open_quote_is_unfinished_while_typing() -> None:
    query = parse_query('x "late inter', as_you_type=True)
    assert query == Query("x late inter", words=("x",), phrases=(("late",),), prefix="inter")
    assert parse_query('"la', as_you_type=True) == Query("la", prefix="la")


def test_a_filter_named_by_a_program_is_read_the_same_way() -> None:
    assert make_filter("Type", "pdf") == Filter("type", "pdf")
    assert make_filter("after", "yesterday", today=TODAY) == Filter("after", "2024-05-30")
    assert make_filter("team", "x", negated=True) == Filter("meta", "x", negated=True, key="team")
    assert make_filter("meta.type", "x") == Filter("meta", "x", key="type")


@pytest.mark.parametrize(("name", "value"), [("type", " "), ("", "x"), ("meta.", "x"), ("team", "")])
def test_a_filter_without_name_or_value_is_refused(name: str, value: str) -> None:
    with pytest.raises(InvalidQuery):
        make_filter(name, value)


@given(st.text(st.characters(), max_size=60), st.booleans())
@example('-"', False)
@example("meta.:x", True)
@example("type:” x", True)
def test_any_text_is_a_query_or_an_invalid_query(text: str, as_you_type: bool) -> None:
    try:
        query = parse_query(text, as_you_type, TODAY)
    except InvalidQuery:
        return
    assert query.text
    assert query.words or query.phrases or query.prefix
    assert all(query.phrases)
    assert all(query.excluded)
    assert all(each.value for each in query.filters)
    query.text.encode("utf-8")


@given(st.lists(WORD, min_size=1, max_size=4), st.lists(WORD, min_size=1, max_size=4), st.lists(WORD, max_size=3))
def test_quoting_goes_round(phrase: list[str], excluded: list[str], value: list[str]) -> None:
    words, others, folder = " ".join(phrase), " ".join(excluded), " ".join(value)
    query = parse_query(f'"{words}" -"{others}"' + (f' in:"{folder}"' if folder else ""))
    assert query.phrases == (tuple(phrase),)
    assert query.excluded == (tuple(excluded),)
    assert query.filters == ((Filter("in", folder),) if folder else ())
    assert query.text == words


@given(st.lists(WORD, min_size=1, max_size=8))
def test_plain_words_go_round(words: list[str]) -> None:
    assert parse_query(" ".join(words)) == Query(" ".join(words), words=tuple(words))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ('rent type:pdf -"last year" "due date" -deposit', ["type:pdf", '-"last year"', '"due date"', "-deposit"]),
        ("after:yesteryear lease", ["after:yesteryear"]),
        ("plain words https://example.org 10:30", []),
        ('never "closed', []),
        ("", []),
    ],
)
def test_operators_are_found_where_they_stand(typed: str, found: list[str]) -> None:
    parts = operators(typed)
    assert [part.text for part in parts] == found
    assert [typed[part.start : part.end] for part in parts] == found
