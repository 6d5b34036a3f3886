"""Plain text is kept as it is written, quickly however long it is."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from core.errors import ExtractionFailed
from core.extractors.text import TextExtractor


def test_text_keeps_its_lines_and_blank_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\n  One\r\n\r\n\r\nTwo\rGrüße".encode("utf-16"))
    assert TextExtractor().extract(path).text == "\n  One\n\n\nTwo\nGrüße"


def test_an_anchor_stands_at_the_first_and_at_every_fiftieth_line(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_text("".join(f"line {number}\n" for number in range(1, 121)))
    extracted = TextExtractor().extract(path)
    found = {anchor.label: extracted.text[anchor.start :].split("\n")[0] for anchor in extracted.anchors}
    assert found == {"1": "line 1", "51": "line 51", "101": "line 101"}
    assert {anchor.kind for anchor in extracted.anchors} == {"line"}


@pytest.mark.parametrize("content", [b"", b" \n\n\t", "\ufeff".encode()])
def test_a_file_without_words_is_an_empty_document_with_a_remark(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(content)
    extracted = TextExtractor().extract(path)
    assert extracted.text == ""
    assert extracted.anchors == ()
    assert [remark.code for remark in extracted.warnings] == ["empty"]
    assert not extracted.warnings[0].partial


def test_a_long_log_is_read_quickly_and_cut_at_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "big.log"
    line = "2026-11-20 12:00:00 INFO worker 3: request /documents/1234 from café handled in 12 ms\r\n"
    path.write_bytes((line * (10_000_000 // len(line))).encode())
    started = time.process_time()
    extracted = TextExtractor().extract(path)
    assert time.process_time() - started < 2
    assert len(extracted.text) == 5_000_000
    assert [remark.code for remark in extracted.warnings] == ["truncated"]


def test_a_line_of_fifty_megabytes_does_not_hang(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_bytes(b"x" * 50_000_000)
    started = time.process_time()
    extracted = TextExtractor().extract(path)
    assert time.process_time() - started < 5
    assert len(extracted.text) == 5_000_000
    assert [remark.code for remark in extracted.warnings] == ["truncated"]


def test_a_file_that_is_gone_or_no_file_says_so(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "gone.txt", "vanished"), (tmp_path, "not_a_file")):
        with pytest.raises(ExtractionFailed) as failure:
            TextExtractor().extract(path)
        assert failure.value.code == code
