"""The table of extractors covers every kind, and a file is read as what it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from core.domain.media import KINDS
from core.errors import ExtractionFailed, InvalidInput
from core.extractors import extract, extractor


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_an_extractor_that_names_its_media_type(kind: str) -> None:
    assert KINDS[kind].media_type in extractor(kind).media_types


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(InvalidInput, match="nonsense"):
        extractor("nonsense")


def test_a_file_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_text("<html><body><table><tr><td>Wien</td><td>Linz</td></tr></table></body></html>")
    kind, extracted = extract(path)
    assert kind == "html"
    assert extracted.text == "Wien | Linz"


def test_the_kind_that_is_given_stands_in_for_a_name_without_ending(tmp_path: Path) -> None:
    path = tmp_path / "9c1f"
    path.write_text("def f():\n    pass\n")
    kind, extracted = extract(path, "python")
    assert kind == "python"
    assert [anchor.label for anchor in extracted.anchors if anchor.kind == "symbol"] == ["f"]
    assert extract(path, "nonsense")[0] == "txt"


def test_a_file_whose_name_is_no_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / b"\xff\xfe.md".decode("utf-8", "surrogateescape")
    try:
        path.write_text("# Title\n")
    except OSError:
        pytest.skip("this file system takes names of characters only")
    assert extract(path)[0] == "md"


def test_a_file_that_can_not_be_read_fails_with_its_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(bytes(range(256)))
    with pytest.raises(ExtractionFailed) as failure:
        extract(path)
    assert failure.value.code == "damaged"


def test_the_table_loads_no_parser() -> None:
    parsers = "{'pypdfium2', 'selectolax', 'python_calamine', 'docx', 'pptx', 'oxmsg', 'striprtf'}"
    program = f"import sys, core.extractors; print(sorted({parsers} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
