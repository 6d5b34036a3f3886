"""The text of a document on the screen: marks, places, and texts of any length."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from core.domain.extracted import Anchor, Extracted
from desktop.theme import Theme
from desktop.widgets.preview.text_view import TextView
from desktop.widgets.preview.typeset import part_size


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> TextView:
    view = TextView(theme)
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    return view


def marked(view: TextView) -> list[str]:
    return [each.cursor.selectedText() for each in view.extraSelections()]


def seen(view: TextView, offset: int) -> bool:
    return view.viewport().rect().contains(view.cursorRect(view._cursor(offset)).center())


def test_words_are_marked_where_they_stand_though_marks_are_left_out(view: TextView) -> None:
    text = "# A **whale** 𝒳\n\nThe *whale* sings."
    places = [(6, 11), (22, 27)]
    assert [text[start:end] for start, end in places] == ["whale", "whale"]
    view.show_text(Extracted(text, (Anchor("heading", 0, "A whale", 1),)), "md", "x.md", None, places, 1)
    assert marked(view) == ["whale", "whale"]
    assert "*" not in view.toPlainText()


def test_the_current_place_is_marked_in_another_colour(view: TextView, theme: Theme) -> None:
    view.show_text(Extracted("one two one"), "txt", "x.txt", None, [(0, 3), (8, 11)], 0)
    view.go(1)
    grounds = [each.format.background().color() for each in view.extraSelections()]
    assert grounds == [QColor(theme.colours.mark), QColor(theme.colours.accent)]


@pytest.mark.parametrize("kind", ["txt", "md", "python", "csv"])
def test_a_place_anywhere_in_a_long_text_comes_into_view(view: TextView, kind: str) -> None:
    text = "some words and more of them\n" * 20_000
    at = text.index("more", 400_000)
    view.show_text(Extracted(text), kind, "x", (at - 15, at + 12), [(at, at + 4)], 0)
    assert seen(view, at)
    assert marked(view) == ["more"]
    assert view.document().characterCount() < 2 * part_size(kind)


def test_a_place_in_a_wide_table_is_in_view_once_it_is_laid_out(view: TextView, qtbot: QtBot) -> None:
    text = "".join(f"name: n{number} | place: {'far away ' * 12} | count: {number}\n" for number in range(100))
    at = text.index("n90")
    view.show_text(Extracted(text), "csv", "x.csv", None, [(at, at + 3)], 0)
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() > 0)
    assert seen(view, at)


def test_a_place_that_was_asked_for_before_the_view_is_shown_is_in_view(theme: Theme, qtbot: QtBot) -> None:
    view = TextView(theme)
    qtbot.addWidget(view)
    text = "word\n" * 3000
    view.show_text(Extracted(text), "csv", "x.csv", None, [(9000, 9004)], 0)
    view.resize(500, 400)
    view.show()
    qtbot.waitExposed(view)
    assert seen(view, 9000)


def test_scrolling_goes_on_where_the_part_ends(view: TextView) -> None:
    text = "".join(f"line {number}\n" for number in range(20_000))
    view.show_text(Extracted(text), "python", "x.py", None, [], -1)
    bar = view.verticalScrollBar()
    for _ in range(3):
        bar.setValue(bar.maximum())
    assert view._begin > 0
    reached = view._at_top()
    assert reached > part_size("python")
    for _ in range(30):
        bar.setValue(bar.minimum())
    assert view._begin == 0


def test_one_endless_line_is_shown_in_parts(view: TextView) -> None:
    text = "x" * 3_000_000
    view.show_text(Extracted(text), "txt", "x.txt", None, [(2_000_000, 2_000_005)], 0)
    assert marked(view) == ["xxxxx"]


def test_what_means_something_to_a_text_document_is_shown_as_a_character(view: TextView) -> None:
    text = "a\ufffcb\ufdd0c\ufdd1d\u2029e\rf\u202eg needle"
    at = text.index("needle")
    view.show_text(Extracted(text), "txt", "x.txt", None, [(at, at + 6)], 0)
    assert marked(view) == ["needle"]
    assert view.document().blockCount() == 1


def test_another_theme_is_drawn_at_the_same_place(view: TextView, theme: Theme) -> None:
    text = "word\n" * 3000
    view.show_text(Extracted(text), "txt", "x.txt", (9000, 9004), [(9000, 9004)], 0)
    theme.choose("dark", 100)
    assert seen(view, 9000)
    assert view.extraSelections()[0].format.background().color() == QColor(theme.colours.accent)


def test_another_width_keeps_the_place_in_view(view: TextView) -> None:
    text = "many words that are broken where the pane ends and so on and on. " * 300
    view.show_text(Extracted(text), "txt", "x.txt", None, [(15_000, 15_004)], 0)
    for width in (300, 900, 260):
        view.resize(width, 400)
        assert seen(view, 15_000)
