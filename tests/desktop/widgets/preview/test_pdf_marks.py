"""A passage of the stored text is found on the page that the viewer shows."""

from __future__ import annotations

from core.domain.extracted import Anchor, Extracted
from desktop.widgets.preview.pdf_marks import Pages, passage_on_page, words_on_page


def test_a_passage_is_found_though_lines_are_broken_and_hyphens_gone() -> None:
    shown = "Report 1\r\nThe whale was mea-\r\nsured by three boats in the harbour.\r\nThe cats slept.\r\nPage 3"
    passage = "The whale was measured by three boats in the harbour."
    ((start, end),) = passage_on_page(shown, passage)
    assert shown[start:end] == "The whale was mea-\r\nsured by three boats in the harbour"


def test_a_passage_in_two_columns_is_found_in_parts() -> None:
    other = " ".join(f"word{number}" for number in range(30))
    shown = f"first half of the passage stands here {other} second half of the passage stands there"
    parts = passage_on_page(shown, "First half of the passage stands here, second half of the passage stands there.")
    assert [shown[start:end].split()[0] for start, end in parts] == ["first", "second"]


def test_what_is_not_on_the_page_is_not_found() -> None:
    assert passage_on_page("Nothing of that is on this page.", "The whale sings for hours in the sea.") == []
    assert passage_on_page("", "word") == []
    assert passage_on_page("word", "") == []


def test_the_same_word_is_told_apart_by_how_often_it_stood_before() -> None:
    stored = "whale and whales and Whale"
    found = words_on_page("Whale, whales,\r\nwhale", stored, [(0, 5), (10, 16), (21, 26)])
    assert found == [(0, 5), (7, 13), (16, 21)]


def test_phrases_and_scripts_without_spaces_are_found() -> None:
    stored = "low water 潮位"
    assert words_on_page("Low\r\nwater; 大潮位記録", stored, [(0, 9), (10, 12)]) == [(0, 10), (13, 15)]
    assert words_on_page("high", stored, [(0, 9)]) == [None]


def test_pages_are_found_by_their_place_in_the_text() -> None:
    text = "one two\n\nthree\n\nfive"
    pages = Pages(Extracted(text, (Anchor("page", 0, "1"), Anchor("page", 9, "2"), Anchor("page", 16, "4"))))
    assert [pages.at(0), pages.at(8), pages.at(9), pages.at(20)] == [0, 0, 1, 3]
    assert text[slice(*pages.span(1))] == "three\n\n"
    assert pages.span(2) == (0, 0)
    assert pages.places(1, [(0, 3), (9, 14), (16, 20)]) == range(1, 2)
