"""Lines flow into paragraphs by where they stand."""

from __future__ import annotations

from core.extractors.pdf_lines import HYPHEN, Flow, Line, rows


def column(*texts: str, left: float = 72, top: float = 700, size: float = 10, step: float = 12) -> list[Line]:
    """Return lines one below the other, each as wide as its words (half a size for a character)."""
    return [Line(text, left, left + len(text) * size / 2, top - index * step, size) for index, text in enumerate(texts)]


def joined(lines: list[Line]) -> str:
    return Flow().join(lines)[0]


def test_full_lines_are_joined_and_a_short_one_ends_the_paragraph() -> None:
    lines = column(
        "The first bridge over the river was built of wood",
        "and stood for eleven years until the ice of March",
        "took it.",
        "The second one was built of stone, by masons from",
        "the south.",
    )
    assert joined(lines) == (
        "The first bridge over the river was built of wood and stood for eleven years until the ice of March took it."
        "\n\n"
        "The second one was built of stone, by masons from the south."
    )


def test_an_indented_line_begins_a_paragraph() -> None:
    first = column(
        "A full line of words that reaches the right edge.", "Another full line that reaches the right edge ok."
    )
    second = [
        Line("Indented line that also reaches the right edge", 84, 317, 676, 10),
        *column("and goes on.", top=664),
    ]
    text = joined(first + second)
    assert text.split("\n\n") == [
        "A full line of words that reaches the right edge. Another full line that reaches the right edge ok.",
        "Indented line that also reaches the right edge and goes on.",
    ]


def test_rows_of_a_table_keep_their_lines() -> None:
    lines = [Line(f"Row {n} 12 34 56", 72, 500, 700 - 12 * n, 10) for n in range(4)]
    assert joined(lines) == "\n".join(f"Row {n} 12 34 56" for n in range(4))


def test_list_items_keep_their_lines_and_their_second_lines_are_joined() -> None:
    lines = [
        *column("• the first item of the list, which is long enough"),
        *column("to need two lines", left=82, top=688),
        *column("• the second item", top=676),
    ]
    assert joined(lines) == "• the first item of the list, which is long enough to need two lines\n• the second item"


def test_contents_entries_keep_their_lines() -> None:
    lines = column("1 Bridges … 3", "2 Tunnels … 17", "3 Ferries … 29")
    assert joined(lines) == "1 Bridges … 3\n2 Tunnels … 17\n3 Ferries … 29"


def test_another_size_or_a_wide_gap_begins_a_block() -> None:
    lines = [
        *column("Of Bridges", size=18, top=740),
        *column("Short text below it.", top=700),
        *column("A line after a gap.", top=640),
    ]
    assert joined(lines) == "Of Bridges\n\nShort text below it.\n\nA line after a gap."


def test_a_column_on_the_right_is_not_joined_to_the_one_on_the_left() -> None:
    left = column("the left column has some", "words and ends in midst", top=100)
    right = column("the right column begins", "up here and goes on now", left=300, top=700)
    assert joined(left + right) == (
        "the left column has some words and ends in midst\n\nthe right column begins up here and goes on now"
    )


def test_words_parted_at_the_end_of_a_line_are_joined() -> None:
    text = joined(
        column(f"They built a tele{HYPHEN}", f"scope for the Anglo{HYPHEN}", f"Saxon and the GPT{HYPHEN}", "4.")
    )
    assert text == "They built a telescope for the Anglo-Saxon and the GPT-4."


def test_a_hyphen_that_the_document_uses_elsewhere_stays() -> None:
    flow = Flow()
    flow.join(column("a well-known fact"))
    assert flow.join(column(f"It is a well{HYPHEN}", "known thing."))[0] == "It is a well-known thing."


def test_a_hyphen_with_nothing_after_it_is_a_hyphen() -> None:
    assert joined(column(f"the end{HYPHEN}")) == "the end-"


def test_pieces_of_one_row_are_put_together() -> None:
    base = Line("x", 72, 77, 700, 10)
    exponent = Line("2", 77.2, 80, 705, 6)
    far = Line("cell", 120, 140, 700, 10)
    below = Line("below", 72, 97, 680, 10)
    assert [line.text for line in rows([base, exponent, far, below])] == ["x2 cell", "below"]


def test_lines_without_a_place_keep_their_lines() -> None:
    assert joined([Line("one"), Line("two")]) == "one\n\ntwo"


def test_each_line_knows_where_it_begins() -> None:
    lines = column(f"The first line of this page ends in a hy{HYPHEN}", "phen, and this is the end.", "Last line.")
    text, starts = Flow().join(lines)
    assert [text[start : start + 4] for start in starts] == ["The ", "phen", "Last"]


def test_chinese_lines_are_joined_without_a_space() -> None:
    lines = [Line("桥梁" * 10, 72, 272, 700, 10), Line("建于" * 5, 72, 172, 688, 10)]
    assert joined(lines) == "桥梁" * 10 + "建于" * 5


def test_no_lines_give_no_text() -> None:
    assert Flow().join([]) == ("", [])
