"""Headings of a PDF, from its outline or from the size of its lines."""

from __future__ import annotations

from pathlib import Path

from core.domain.extracted import Anchor
from core.extractors.pdf import PdfExtractor
from core.extractors.pdf_headings import Bookmark, Heading, guessed, placed
from core.extractors.pdf_lines import HYPHEN, Line
from tests.core.extractors.office_files import pdf


def page(*lines: tuple[float, str]) -> list[Line]:
    """Return lines of (height, words) one below the other."""
    return [Line(text, 72, 72 + 4 * len(text), 700 - 14 * index, height) for index, (height, text) in enumerate(lines)]


BODY = [(10.0, f"Line {n} of ordinary text that goes on for a while,") for n in range(30)]


def test_a_bookmark_finds_its_words_whatever_their_number_and_case() -> None:
    lines = page((10, "Introduction"), (10, "2.3  THE PIERS"), (10, "more"))
    assert placed([Bookmark("The Piers", 2)], lines) == [Heading(1, "The Piers", 2)]


def test_a_title_over_two_lines_is_found() -> None:
    lines = page((10, "before"), (14, "Bridges and other"), (14, "Crossings"))
    assert placed([Bookmark("Bridges and other Crossings", 1)], lines) == [
        Heading(1, "Bridges and other Crossings", 1, span=2)
    ]


def test_of_two_lines_the_one_that_is_pointed_at_wins() -> None:
    lines = page((10, "Costs"), (10, "text"), (10, "Costs"))
    assert placed([Bookmark("Costs", 1, top=682.0)], lines)[0].line == 2
    assert placed([Bookmark("Costs", 1)], lines)[0].line == 0


def test_the_line_with_least_besides_the_title_wins() -> None:
    lines = page((10, "see the chapter on costs below"), (10, "Costs"))
    assert placed([Bookmark("Costs", 1)], lines)[0].line == 1


def test_without_its_words_a_bookmark_stands_where_it_points() -> None:
    lines = page((10, "one"), (10, "two"), (10, "three"))
    assert placed([Bookmark("Elsewhere", 1, top=690.0)], lines) == [Heading(1, "Elsewhere", 1, span=0)]
    assert placed([Bookmark("Elsewhere", 1)], lines) == [Heading(0, "Elsewhere", 1, span=0)]


def test_larger_lines_are_headings_by_their_height() -> None:
    pages = [
        page((20, "Bridges of the North"), *BODY, (14, "Piers"), *BODY),
        page((14, "Arches and de" + HYPHEN), (14, "cks"), *BODY, (11, "a little larger"), *BODY),
    ]
    assert guessed(pages) == [
        [Heading(0, "Bridges of the North", 1), Heading(31, "Piers", 2)],
        [Heading(0, "Arches and decks", 2, span=2)],
    ]


def test_formulas_sentences_and_large_type_are_no_headings() -> None:
    pages = [
        page(*BODY, (14, "= 2 + 3x"), *BODY, (14, "A sentence in large type."), *BODY, *[(14.0, "shouted text")] * 4)
    ]
    assert guessed(pages) == [[]]


def test_a_name_over_each_page_is_no_heading() -> None:
    pages = [page((14, "Report 2024"), *BODY, (14, f"Chapter {n}"), *BODY) for n in range(4)]
    assert [[each.label for each in headings] for headings in guessed(pages)] == [[f"Chapter {n}"] for n in range(4)]


def test_no_guess_is_made_where_it_would_be_noise() -> None:
    lines = [(14.0, f"Entry {n}") if n % 3 else (10.0, "with a long explanation in small print") for n in range(60)]
    assert guessed([page(*lines)]) == [[]]
    assert guessed([[Line("without a place")], []]) == [[], []]


def test_a_guessed_heading_is_a_block_of_its_own(tmp_path: Path) -> None:
    lines = [
        (72.0, 750.0, 14.0, "The Piers"),
        *((72.0, 736.0 - 13 * n, 11.0, f"They stand in row {n}") for n in range(3)),
    ]
    extracted = PdfExtractor().extract(pdf(tmp_path / "a.pdf", [lines]))
    assert extracted.text.startswith("The Piers\n\nThey stand")
    assert Anchor("heading", 0, "The Piers", 1) in extracted.anchors
