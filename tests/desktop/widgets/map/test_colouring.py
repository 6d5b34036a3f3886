"""Which colour a point has, and what the legend says of it."""

from __future__ import annotations

from core.domain.document_map import PlacedDocument
from desktop.theme import LIGHT
from desktop.widgets.map.colouring import NONE, OTHERS, ColourBy, colouring


def document(
    number: int, *, source: str = "s", kind: str = "txt", tags: tuple[str, ...] = (), year: int | None = None
) -> PlacedDocument:
    return PlacedDocument(number, f"{number}.txt", kind, source, tags, year)


def test_the_most_frequent_come_first_and_the_rest_are_others() -> None:
    kinds = ["pdf"] * 3 + ["md"] * 2 + [f"k{number}" for number in range(len(LIGHT.series))]
    found = colouring([document(number, kind=kind) for number, kind in enumerate(kinds)], ColourBy.TYPE, LIGHT)
    assert [(each.name, each.documents) for each in found.entries[:2]] == [("pdf", 3), ("md", 2)]
    assert [each.colour for each in found.entries[:-1]] == list(LIGHT.series)
    assert (found.entries[-1].group, found.entries[-1].documents) == (OTHERS, 2)
    assert found.groups[:5].tolist() == [0, 0, 0, 1, 1]
    assert sum(each.documents for each in found.entries) == len(kinds)


def test_a_document_with_several_tags_has_the_most_frequent() -> None:
    documents = [document(1, tags=("a", "b")), document(2, tags=("b",)), document(3)]
    found = colouring(documents, ColourBy.TAG, LIGHT)
    assert [(each.group, each.name, each.documents) for each in found.entries] == [(0, "b", 2), (NONE, "", 1)]
    assert found.groups.tolist() == [0, 0, NONE]


def test_years_are_in_order_over_the_whole_ramp() -> None:
    found = colouring([document(n, year=year) for n, year in enumerate((2024, 1999, 2010))], ColourBy.YEAR, LIGHT)
    assert [each.name for each in found.entries] == ["1999", "2010", "2024"]
    assert found.groups.tolist() == [2, 0, 1]
    assert (found.entries[0].colour, found.entries[-1].colour) == (LIGHT.ramp[0], LIGHT.ramp[-1])


def test_many_years_are_put_together() -> None:
    found = colouring([document(year, year=year) for year in range(1980, 2020)], ColourBy.YEAR, LIGHT)
    assert len(found.entries) == len(LIGHT.ramp)
    assert found.entries[0].name == "1980–1984"
    assert sum(each.documents for each in found.entries) == 40


def test_nothing_has_no_legend() -> None:
    for by in ColourBy:
        assert colouring([], by, LIGHT).entries == ()
    assert [each.group for each in colouring([document(1)], ColourBy.YEAR, LIGHT).entries] == [NONE]
