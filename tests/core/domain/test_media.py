"""The table of file types is free of contradictions and answers for names and filters."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.media import FAMILIES, KINDS, kind_of_name, kinds_named


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Report.PDF", "pdf"),
        ("letter.docm", "docx"),
        ("slides.ppsx", "pptx"),
        ("sheet.xlsm", "xlsx"),
        ("old.xls", "xls"),
        ("page.xhtml", "html"),
        ("notes.markdown", "md"),
        ("thesis.tex", "txt"),
        ("rows.jsonl", "json"),
        ("map.geojson", "json"),
        ("README", "txt"),
        ("Makefile", "makefile"),
        ("CMakeLists.txt", "cmake"),
        ("Dockerfile", "dockerfile"),
        ("archive.tar.py", "python"),
        ("analysis.R", "r"),
        ("script.sh", "shell"),
    ],
)
def test_a_name_tells_the_kind(name: str, kind: str) -> None:
    assert kind_of_name(name) == kind


@pytest.mark.parametrize(
    "name", ["", ".", "photo.jpg", "archive.zip", "old.doc", "noending", ".pdf", "a.", "readme.exe"]
)
def test_a_name_that_promises_nothing_we_read_has_no_kind(name: str) -> None:
    assert kind_of_name(name) is None


def test_no_ending_and_no_file_name_belongs_to_two_kinds() -> None:
    endings = Counter(extension for kind in KINDS.values() for extension in kind.extensions)
    names = Counter(name for kind in KINDS.values() for name in kind.file_names)
    assert [ending for ending, count in endings.items() if count > 1] == []
    assert [name for name, count in names.items() if count > 1] == []


def test_every_kind_is_whole() -> None:
    for name, kind in KINDS.items():
        assert kind.name == name
        assert kind.family in FAMILIES
        assert kind.extensions
        assert "/" in kind.media_type
        words = (name, *kind.extensions, *kind.file_names)
        assert all(word == word.lower() for word in words)


def test_every_family_has_kinds_and_code_has_at_least_fifteen() -> None:
    families = Counter(kind.family for kind in KINDS.values())
    assert set(families) == set(FAMILIES)
    assert families["code"] >= 15


def test_a_filter_word_is_a_kind_a_family_or_an_ending() -> None:
    assert kinds_named("pdf") == {"pdf"}
    assert kinds_named("Mail") == {"eml", "msg", "mbox"}
    assert "python" in kinds_named("code")
    assert kinds_named(".py") == {"python"}
    assert kinds_named("docm") == {"docx"}
    assert kinds_named("nonsense") == frozenset()


def test_every_kind_can_be_reached_by_its_name_and_by_its_family() -> None:
    for name, kind in KINDS.items():
        assert kinds_named(name) == {name}
        assert name in kinds_named(kind.family)


@given(st.text())
def test_any_name_has_a_known_kind_or_none(name: str) -> None:
    assert kind_of_name(name) in {None, *KINDS}
