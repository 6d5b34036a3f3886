"""`carrel golden`: pins, lists and runs, and says by its exit code whether all was found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.command_line.program_runs import Carrel


@pytest.fixture
def carrel(tmp_path: Path) -> Carrel:
    carrel = Carrel(tmp_path / "data")
    folder = tmp_path / "birds"
    folder.mkdir()
    (folder / "heron.md").write_text("# Heron\n\nA grey heron stands in the water.\n")
    (folder / "egret.md").write_text("# Egret\n\nAn egret is white.\n")
    carrel("add", str(folder))
    return carrel


def test_a_query_is_pinned_run_and_removed(carrel: Carrel) -> None:
    assert "Nothing is pinned in “My documents”." in carrel("golden").stdout
    heron = carrel.json("search", "grey heron")["hits"][0]["document_id"]
    shown = carrel("golden", "pin", "grey", "heron", "--document", str(heron)).stdout
    assert f"✓ grey heron\n       “Heron” (document {heron}): place 1" in shown
    listed = carrel.json("golden")["queries"]
    assert [(each["id"], each["found"], each["place"], each["reason"]) for each in listed] == [(1, True, 1, None)]
    assert "1 golden query · 1 found · run" in carrel("golden", "run").stdout
    assert carrel("golden", "unpin", "1").stdout == "1 golden query removed; the documents stay.\n"
    assert carrel.json("golden") == {"workspace": "My documents", "queries": []}
    assert carrel("golden", "run").code == 0


def test_one_that_is_not_found_ends_the_run_with_1_and_says_why(carrel: Carrel) -> None:
    heron = str(carrel.json("search", "grey heron")["hits"][0]["document_id"])
    carrel("golden", "pin", "heron type:pdf", "--document", heron)
    carrel("golden", "pin", "heron", "--document", heron, "--passage", "grey heron", "--within", "1")
    shown = carrel("golden", "run", code=1).stdout
    assert f"✗ heron type:pdf\n       “Heron” (document {heron}): a filter of the query leaves it out" in shown
    assert "2 golden queries · 1 found · 1 not found · run" in shown
    assert carrel("golden", "run", "2").code == 0
    carrel("remove", heron)
    assert carrel("golden", "run", code=1).stdout.count("a document: the document has been removed") == 2


def test_what_was_typed_wrongly_is_explained(carrel: Carrel) -> None:
    assert "Which query must find which document?" in carrel.error(2, "golden", "pin", "heron")
    assert "“unpin” takes the numbers of golden queries." in carrel.error(2, "golden", "unpin")
    assert "“run” takes the numbers" in carrel.error(2, "golden", "run", "heron")
    assert "There is no golden query with the number 7." in carrel.error(10, "golden", "run", "7")
    assert "There is no document with the id 99." in carrel.error(10, "golden", "pin", "heron", "--document", "99")
