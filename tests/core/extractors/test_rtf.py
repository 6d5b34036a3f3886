"""Rich Text Format in its code pages, without its pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import ExtractionFailed
from core.extractors import rtf
from core.extractors.rtf import RtfExtractor
from tests.core.extractors.samples import DOCUMENTS


def text_of(path: Path, content: bytes) -> str:
    file = path / "a.rtf"
    file.write_bytes(content)
    return RtfExtractor().extract(file).text


def test_a_letter_is_read_in_all_its_scripts() -> None:
    extracted = RtfExtractor().extract(DOCUMENTS / "letter.rtf")
    assert extracted.text == "Dear Zoë, it costs € 5 😀.\n\nПривет\n\nSee the list.\n\na | b\nc | d\n\n• one\n• two"
    assert extracted.metadata == {"title": "A letter", "author": "Ada", "created": "2024-05-01T08:30:00"}


@pytest.mark.parametrize(
    ("page", "code", "word"),
    [("1250", rb"\'9elu\'9d", "žluť"), ("1253", rb"\'e1\'e2", "αβ"), ("932", rb"\'93\'fa", "日")],
)
def test_code_pages_are_decoded(page: str, code: bytes, word: str, tmp_path: Path) -> None:
    assert text_of(tmp_path, rb"{\rtf1\ansi\ansicpg" + page.encode() + rb" " + code + rb"\par}") == word


def test_raw_bytes_are_of_the_code_page(tmp_path: Path) -> None:
    assert text_of(tmp_path, rb"{\rtf1\ansi\ansicpg1251 " + "мир".encode("cp1251") + rb"\par}") == "мир"


@pytest.mark.parametrize("page", [b"0252", b"99999", b""])
def test_an_unknown_code_page_is_taken_for_the_usual_one(page: bytes, tmp_path: Path) -> None:
    assert text_of(tmp_path, rb"{\rtf1\ansi\ansicpg" + page + rb" plain words\par}") == "plain words"


def test_a_font_with_a_character_set_that_python_lacks_costs_nothing_else(tmp_path: Path) -> None:
    fonts = rb"{\fonttbl{\f0\fnil\fcharset78 Osaka;}}"
    assert text_of(tmp_path, rb"{\rtf1\ansi\ansicpg1252" + fonts + rb"\f0 caf\'e9\par}") == "café"


def test_footnotes_are_read_and_headers_are_not(tmp_path: Path) -> None:
    content = rb"{\rtf1{\header page head}Text{\super 1}{\footnote A note.}\par}"
    assert text_of(tmp_path, content) == "Text1 A note."


def test_pictures_do_not_count_against_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rtf, "TEXT_LIMIT", 1_000)
    picture = rb"{\pict\pngblip" + b"0f" * 5_000 + b"}"
    assert text_of(tmp_path, rb"{\rtf1 before " + picture + rb"after\par}") == "before after"
    with pytest.raises(ExtractionFailed) as failure:
        text_of(tmp_path, rb"{\rtf1 " + b"word " * 500 + b"}")
    assert failure.value.code == "too_large"


def test_many_links_on_one_line_take_no_time(tmp_path: Path) -> None:
    link = rb'{\field{\*\fldinst{HYPERLINK "x"}}{\fldrslt{y}}}'
    assert text_of(tmp_path, rb"{\rtf1 " + link * 20_000 + b"}") == "y" * 20_000


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "empty"), (b"just text", "damaged"), (b"\xd0\xcf\x11\xe0", "damaged")]
)
def test_what_is_no_rtf_fails_with_its_reason(content: bytes, code: str, tmp_path: Path) -> None:
    with pytest.raises(ExtractionFailed, match="RTF file") as failure:
        text_of(tmp_path, content)
    assert failure.value.code == code
