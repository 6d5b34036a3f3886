"""Filters, phrases and exclusions as chips, and the menu that adds them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core.domain.query import Operator
from core.retrievers.query_language import parse_query
from desktop.widgets.facet_menu import FacetMenu, as_filter
from desktop.widgets.query_chips import QueryChips, without


def test_a_chip_tells_which_part_is_to_go(qtbot: QtBot) -> None:
    chips = QueryChips()
    qtbot.addWidget(chips)
    part = Operator("type:pdf", 5, 13)
    chips.show_parts([part])
    with qtbot.waitSignal(chips.removed) as told:
        chips.findChildren(QPushButton)[0].click()
    assert told.args == [part]
    assert without("rent type:pdf before:2024", part) == "rent before:2024"


def test_a_long_part_with_a_line_break_stays_one_short_chip(qtbot: QtBot) -> None:
    chips = QueryChips()
    qtbot.addWidget(chips)
    text = '"' + "a\nb " * 100 + '"'
    chips.show_parts([Operator(text, 0, len(text))])
    label = chips.findChildren(QPushButton)[0].text()
    assert len(label) < 50
    assert "\n" not in label


@pytest.mark.parametrize(
    ("facet", "value", "field"),
    [("type", "pdf", "type"), ("tag", "two words", "tag"), ("source", "a-b", "source"), ("tag", "x:y", "tag")],
)
def test_a_chosen_facet_is_a_filter_that_the_engine_reads_back(facet: str, value: str, field: str) -> None:
    (found,) = parse_query(f"rent {as_filter(facet, value)}").filters
    assert (found.field, found.value) == (field, value)


def test_a_year_is_a_span_of_dates() -> None:
    dates = parse_query(f"rent {as_filter('year', '2024')}").filters
    assert [(each.field, each.value) for each in dates] == [("after", "2024-01-01"), ("before", "2025-01-01")]


def test_the_menu_offers_each_value_with_its_count(qtbot: QtBot) -> None:
    menu = FacetMenu()
    qtbot.addWidget(menu)
    menu.show_facets({"type": {"pdf": 12, "docx": 3}, "year": {"2022": 1, "2024": 2}, "tag": {}})
    titles = [action.text() for action in menu.actions()]
    assert titles == ["Type", "Year"]
    years = menu.actions()[1].menu()
    assert [action.text() for action in years.actions()] == ["2024\t2", "2022\t1"]
    with qtbot.waitSignal(menu.narrowed) as told:
        menu.actions()[0].menu().actions()[0].trigger()
    assert told.args == ["type:pdf"]
