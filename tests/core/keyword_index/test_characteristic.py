"""Words that tell a group of documents from all others."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from core.keyword_index import KeywordIndex
from tests.core.keyword_index.shelf import WORKSPACE, entry, shelf

SEA, LAND = np.array([1, 2, 3]), np.array([4, 5, 6])


def test_a_group_is_named_by_what_others_lack(tmp_path: Path) -> None:
    index = shelf(
        tmp_path,
        {
            1: "the whale and the boundary of the sea 1999",
            2: "a whale near a boundary",
            3: "whales, boundary, x9",
            4: "the baker and the boundary",
            5: "bakers near the boundary",
            6: "a baker's boundary",
        },
    )
    sea, land = index.characteristic([SEA, LAND], 2, WORKSPACE)
    assert sea[0] in ("whale", "whales")
    assert land[0] in ("baker", "bakers")
    assert not set(sea) & set(land)
    assert "boundary" in {*sea, *land}  # as it is written, not the stem `boundari`


def test_words_of_other_scopes_name_nothing(tmp_path: Path) -> None:
    index = KeywordIndex(tmp_path / "words")
    index.apply(
        1,
        documents=[
            *(entry(number, "whale") for number in (1, 2)),
            *(entry(number, "secret", scope="session:1") for number in (3, 4)),
        ],
    )
    assert index.characteristic([np.array([1, 2]), np.array([3, 4])], 2, WORKSPACE) == [("whale",), ()]


def test_unspaced_script_is_named_by_pairs(tmp_path: Path) -> None:
    index = shelf(tmp_path, dict.fromkeys((1, 2, 3), "潮位"), language="ja")
    assert index.characteristic([SEA], 1, WORKSPACE) == [("潮位",)]


def test_what_few_of_a_group_have_does_not_name_it(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "whale", 2: "otter", 3: "heron"})
    assert index.characteristic([SEA], 2, WORKSPACE) == [()]
