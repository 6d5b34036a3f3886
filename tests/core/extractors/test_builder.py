"""The builder keeps anchors at their text, whatever is added."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.extracted import Anchor
from core.extractors import builder as builder_module
from core.extractors.builder import TextBuilder, clean


def test_blocks_are_parted_by_a_blank_line_and_anchors_stand_at_their_first_character() -> None:
    builder = TextBuilder()
    builder.place("page", "1")
    builder.heading("Title", 1)
    builder.add("body")
    builder.add("row", sep="\n")
    extracted = builder.build()
    assert extracted.text == "Title\n\nbody\nrow"
    assert extracted.anchors == (Anchor("page", 0, "1"), Anchor("heading", 0, "Title", 1))


def test_an_anchor_waits_for_text_and_is_dropped_if_none_follows() -> None:
    builder = TextBuilder()
    builder.place("page", "1")
    builder.add(" \n")
    builder.place("page", "2")
    builder.add("text")
    builder.place("page", "3")
    extracted = builder.build()
    assert [(a.label, a.start) for a in extracted.anchors] == [("1", 0), ("2", 0)]


def test_marks_are_sorted_into_the_anchors_and_cut_with_the_text() -> None:
    builder = TextBuilder(limit=10)
    builder.add("one two three")
    builder.mark(11, "heading", "lost", 1)
    builder.mark(4, "heading", "two", 2)
    builder.mark(0, "heading", "one", 1)
    assert [a.label for a in builder.build().anchors] == ["one", "two"]


def test_text_past_the_limit_is_cut_with_one_remark() -> None:
    builder = TextBuilder(limit=5)
    builder.add("1234")
    assert not builder.full
    builder.add("5678", sep=" ")
    builder.add("more")
    extracted = builder.build()
    assert (extracted.text, builder.full) == ("1234 ", True)
    assert [w.code for w in extracted.warnings] == ["truncated"]


def test_cleaning_joins_surrogate_pairs_and_removes_what_no_index_takes() -> None:
    assert clean("a\r\nb\rc\x85d") == "a\nb\nc\nd"
    assert clean("\ud83d\ude00 \ud83d! N\0UL \x07 Zucker\xadguss") == "😀 \ufffd! NUL   Zuckerguss"


def test_empty_metadata_is_left_out_and_the_rest_is_one_line() -> None:
    facts = TextBuilder().build({"title": "A\nB", "author": " ", "created": None, "pages": 0}).metadata
    assert facts == {"title": "A B", "pages": 0}


@given(st.lists(st.tuples(st.booleans(), st.text(max_size=8))), st.integers(0, 40))
def test_anchors_are_ordered_and_inside_the_text(steps: list[tuple[bool, str]], limit: int) -> None:
    builder = TextBuilder(limit)
    for is_anchor, text in steps:
        if is_anchor:
            builder.place("heading", text, 1)
        else:
            builder.add(text)
    extracted = builder.build()
    starts = [a.start for a in extracted.anchors]
    assert starts == sorted(starts)
    assert all(start < len(extracted.text) for start in starts)
    assert len(extracted.text) <= limit
    extracted.text.encode()


@given(st.text(alphabet=st.characters()))
def test_cleaning_is_stable(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_a_document_of_nothing_but_places_keeps_its_text_and_some_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(builder_module, "ANCHOR_LIMIT", 3)
    builder = TextBuilder()
    for number in range(5):
        builder.place("page", str(number))
    for number in range(5):
        builder.heading(f"h{number}", 1)
    extracted = builder.build()
    assert extracted.text == "\n\n".join(f"h{number}" for number in range(5))
    assert len(extracted.anchors) == 3
    assert [remark.code for remark in extracted.warnings] == ["truncated"]
