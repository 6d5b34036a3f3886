"""What every extractor promises, whatever the file holds; a new kind adds one line to `samples.py`."""

from __future__ import annotations

import os
import random
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.domain.extracted import HEADING_KINDS, PAGE_KINDS, Extracted
from core.domain.media import KINDS
from core.errors import ExtractionFailed
from core.extractors import extractor
from tests.core.extractors.samples import SAMPLES

ANCHOR_KINDS = (*PAGE_KINDS, *HEADING_KINDS, "line")
CODES = ("encrypted", "damaged", "too_large", "memory", "unreadable", "vanished", "not_a_file", "unsupported", "empty")
SEED = 1815


@pytest.mark.parametrize(("kind", "sample"), SAMPLES, ids=[f"{kind}-{sample.name}" for kind, sample in SAMPLES])
class ExtractorContract:
    """Holds an extractor to its protocol."""

    def test_a_good_file_gives_text_in_the_agreed_form(self, kind: str, sample: Path) -> None:
        extracted = extractor(kind).extract(sample)
        assert extracted.text.strip()
        check_form(extracted)
        assert not extracted.warnings

    def test_reading_twice_gives_the_same(self, kind: str, sample: Path) -> None:
        assert extractor(kind).extract(sample) == extractor(kind).extract(sample)

    def test_the_extractor_names_the_media_type_of_its_kind(self, kind: str, sample: Path) -> None:
        assert KINDS[kind].media_type in extractor(kind).media_types

    def test_a_file_that_is_gone_fails_as_vanished(self, kind: str, sample: Path, tmp_path: Path) -> None:
        with pytest.raises(ExtractionFailed) as failure:
            extractor(kind).extract(tmp_path / sample.name)
        assert failure.value.code == "vanished"

    @pytest.mark.skipif(sys.platform != "linux", reason="only there a name can be any bytes")
    def test_a_name_that_is_no_text_is_no_obstacle(self, kind: str, sample: Path, tmp_path: Path) -> None:
        file = tmp_path / os.fsdecode(b"caf\xe9" + sample.suffix.encode())
        file.write_bytes(sample.read_bytes())
        assert extractor(kind).extract(file) == extractor(kind).extract(sample)

    def test_hostile_bytes_fail_in_our_words_or_are_read(self, kind: str, sample: Path, tmp_path: Path) -> None:
        file = tmp_path / sample.name
        for name, content in hostile_versions(sample.read_bytes()):
            file.write_bytes(content)
            check_outcome(kind, file, name)

    def test_damaged_parts_fail_in_our_words_or_are_read(self, kind: str, sample: Path, tmp_path: Path) -> None:
        if not zipfile.is_zipfile(sample):
            pytest.skip("no archive")
        file = tmp_path / sample.name
        for name, parts in damaged_archives(sample):
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for part, content in parts.items():
                    archive.writestr(part, content)
            check_outcome(kind, file, name)


def check_outcome(kind: str, file: Path, name: str) -> None:
    """Extract, and accept a text in the agreed form or a failure with a known code and a sentence."""
    try:
        check_form(extractor(kind).extract(file))
    except ExtractionFailed as failure:
        known = failure.code in CODES and failure.message.endswith(".")
        if not known:
            raise AssertionError(f"{name} failed in words that are not ours: {failure!r}") from failure
    except BaseException as error:
        raise AssertionError(f"{name} raised {error!r}") from error


def check_form(extracted: Extracted) -> None:
    """Hold a result to the promises of `Extracted`."""
    text = extracted.text
    text.encode("utf-8")  # no lone surrogate
    assert "\0" not in text
    assert "\r" not in text
    starts = [anchor.start for anchor in extracted.anchors]
    assert starts == sorted(starts)
    assert all(0 <= start < len(text) for start in starts)
    for anchor in extracted.anchors:
        assert anchor.kind in ANCHOR_KINDS
        assert anchor.level == 0 or (anchor.kind in ("heading", "symbol") and anchor.level > 0)
        assert anchor.label.encode("utf-8")
        assert "\n" not in anchor.label
    assert all(value != "" and isinstance(value, str | int | float) for value in extracted.metadata.values())
    assert all(remark.message.endswith(".") for remark in extracted.warnings)


def hostile_versions(good: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield damaged forms of a good file, always the same."""
    chance = random.Random(SEED)
    yield "empty", b""
    yield "random", chance.randbytes(5_000)
    yield "zeros", bytes(5_000)
    for share in (0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98):
        yield f"cut at {share}", good[: int(len(good) * share)]
    yield "last byte cut", good[:-1]
    yield "head alone, then random", good[:64] + chance.randbytes(2_000)
    yield "twice", good + good
    for number in range(40):
        damaged = bytearray(good)
        for _ in range(1 + number % 8):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        yield f"bits flipped, {number}", bytes(damaged)


def damaged_archives(good: Path) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Yield the parts of an archive with one of them missing, empty, cut or changed, to be zipped without a fault."""
    chance = random.Random(SEED)
    with zipfile.ZipFile(good) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for part, content in parts.items():
        yield f"{part} missing", {name: other for name, other in parts.items() if name != part}
        for label, changed in (
            ("empty", b""),
            ("cut", content[: len(content) // 2]),
            ("not XML", b"nothing"),
            ("another root", b"<root/>"),
            ("numbers changed", bytes(ord("9") if 48 <= byte < 58 else byte for byte in content)),
            ("numbers gone", bytes(ord("x") if 48 <= byte < 58 else byte for byte in content)),
        ):
            yield f"{part} {label}", {**parts, part: changed}
        for number in range(4):
            damaged = bytearray(content)
            for _ in range(3):
                damaged[chance.randrange(len(damaged))] = chance.choice(b"<>/=\"'x&; \xff")
            yield f"{part} changed, {number}", {**parts, part: bytes(damaged)}
