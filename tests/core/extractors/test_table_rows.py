"""Rows become lines that stand for themselves."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from core.extractors.table_rows import Cell, cell_text, row_lines


def test_each_row_names_its_columns() -> None:
    rows: list[list[Cell]] = [["Name", "Born", "Note"], ["Ada", 1815.0, ""], ["Alan", 1912.0, "Enigma"]]
    assert list(row_lines(rows)) == [
        "Name | Born | Note",
        "Name: Ada | Born: 1815",
        "Name: Alan | Born: 1912 | Note: Enigma",
    ]


def test_a_title_above_the_header_is_kept_as_a_line() -> None:
    rows: list[list[Cell]] = [["Sales 2024", "", ""], [], ["Month", "Region", "Sum"], ["May", "North", 12.5]]
    assert list(row_lines(rows)) == ["Sales 2024", "Month | Region | Sum", "Month: May | Region: North | Sum: 12.5"]


def test_rows_without_a_header_are_joined() -> None:
    rows: list[list[Cell]] = [[1.0, 2.0], [3.0, None, 4.0]]
    assert list(row_lines(rows)) == ["1 | 2", "3 | 4"]


def test_columns_past_the_header_and_unnamed_ones_keep_their_values() -> None:
    rows: list[list[Cell]] = [["A", "B", "", "D"], ["x", "y", "z", "w", "v"]]
    assert list(row_lines(rows))[1] == "A: x | B: y | z | D: w | v"


def test_a_single_row_is_no_header() -> None:
    assert list(row_lines([["a", "b"]])) == ["a | b"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (" two\nlines ", "two lines"),
        (3.0, "3"),
        (0.1 + 0.2, "0.3"),
        (1e300, "1e+300"),
        (7, "7"),
        (True, "TRUE"),
        (datetime(2024, 5, 1), "2024-05-01"),
        (datetime(2024, 5, 1, 12, 30), "2024-05-01 12:30:00"),
        (date(2024, 5, 1), "2024-05-01"),
        (time(12, 30), "12:30:00"),
        (timedelta(hours=30), "30:00:00"),
    ],
)
def test_values_are_readable(cell: Cell, text: str) -> None:
    assert cell_text(cell) == text
