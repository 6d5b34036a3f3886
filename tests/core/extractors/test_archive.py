"""The zip file under office formats is refused before a parser sees its dangers."""

from __future__ import annotations

import struct
import tracemalloc
import warnings
import zipfile
from pathlib import Path

import pytest

from core.errors import ExtractionFailed
from core.extractors import archive as archive_module
from core.extractors.archive import Archive, open_archive
from tests.core.extractors.office_files import compound_file, zipped
from tests.hostile.zip_files import bomb, raw_zip

WHAT = "Word document"


def code_of(path: Path) -> str:
    """Return the code with which opening fails."""
    with pytest.raises(ExtractionFailed) as failure, open_archive(path, WHAT):
        pass
    assert WHAT in failure.value.message
    return failure.value.code


def test_parts_are_read_by_name_without_regard_to_case_and_slashes(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.docx", {"word\\Document.xml": b"<w:a xmlns:w='urn:x'><w:b/></w:a>"})
    with open_archive(path, WHAT) as archive:
        assert "Word/document.xml" in archive
        assert "word/other.xml" not in archive
        root = archive.xml("/word/document.xml")
        assert (root.tag, [child.tag for child in root]) == ("a", ["b"])
        assert b"".join(archive.chunks("word/document.xml")) == archive.read("word/document.xml")


def test_a_missing_part_is_damage(tmp_path: Path) -> None:
    with (
        open_archive(zipped(tmp_path / "a.docx", {"a": "b"}), WHAT) as archive,
        pytest.raises(ExtractionFailed) as failure,
    ):
        archive.read("word/document.xml")
    assert failure.value.code == "damaged"


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "empty"), (b"PK\x03\x04 no more", "damaged"), (b"hello", "damaged")]
)
def test_what_is_no_zip_is_refused(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    assert code_of(path) == code


def test_an_encrypted_office_file_is_told_from_an_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(compound_file({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}))
    assert code_of(path) == "encrypted"
    path.write_bytes(compound_file({"WordDocument": b"x"}))
    assert code_of(path) == "unsupported"


def test_a_zip_with_a_password_is_encrypted(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.docx", {"word/document.xml": "<a/>"})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag in the central directory
    path.write_bytes(data)
    assert code_of(path) == "encrypted"


def test_a_part_that_grows_too_much_is_refused_when_it_is_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "bomb.docx", {"word/document.xml": bytes(5_000_000), "small.xml": "<a/>"})
    with open_archive(path, WHAT) as archive:
        assert archive.xml("small.xml").tag == "a"
        with pytest.raises(ExtractionFailed) as failure:
            archive.read("word/document.xml")
        assert failure.value.code == "too_large"
        with pytest.raises(ExtractionFailed) as failure:
            archive.check_parts()
        assert failure.value.code == "too_large"


def test_the_first_megabyte_may_grow_as_it_likes(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.docx", {"blank.xml": b" " * 1_000_000})
    with open_archive(path, WHAT) as archive:
        assert len(archive.read("blank.xml")) == 1_000_000


def test_a_part_larger_than_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "PART_LIMIT", 10)
    with open_archive(zipped(tmp_path / "a.docx", {"a.xml": b"<a></a><!---->"}), WHAT) as archive:
        with pytest.raises(ExtractionFailed) as failure:
            archive.read("a.xml")
        assert failure.value.code == "too_large"


def test_too_much_in_all_is_refused_and_media_that_hardly_shrink_are_not_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_module, "GROWTH_LIMIT", 1_000)
    film = zipped(tmp_path / "film.pptx", {"ppt/media/film.mp4": bytes(50_000)}, zipfile.ZIP_STORED)
    with open_archive(film, WHAT) as archive:
        assert "ppt/media/film.mp4" in archive
    assert code_of(zipped(tmp_path / "a.docx", {f"{n}.xml": bytes(500) for n in range(3)})) == "too_large"


def test_too_many_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "MEMBER_LIMIT", 2)
    assert code_of(zipped(tmp_path / "a.docx", {str(n): "x" for n in range(3)})) == "too_large"


def test_members_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.docx", {"one.xml": b"<a/>" * 50, "two.xml": b"<b/>" * 50})
    data = bytearray(path.read_bytes())
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    data[second + 42 : second + 46] = struct.pack("<I", 0)  # the second member's header is the first's, too
    path.write_bytes(data)
    assert code_of(path) == "damaged"


def test_a_part_whose_sum_is_wrong_is_damaged(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.docx", {"a.xml": b"<abc/>"}, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"<abc/>", b"<abd/>"))
    with open_archive(path, WHAT) as archive, pytest.raises(ExtractionFailed) as failure:
        archive.xml("a.xml")
    assert failure.value.code == "damaged"


def test_the_last_of_two_members_of_one_name_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the doubled name is the point
        file.writestr("a.xml", "<first/>")
        file.writestr("a.xml", "<second/>")
    with zipfile.ZipFile(path) as file:
        assert Archive(file, WHAT).xml("a.xml").tag == "second"


def test_no_more_is_unpacked_than_a_part_says_that_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(raw_zip([bomb(50, "word/document.xml", says=1000)]))
    tracemalloc.start()
    try:
        with open_archive(path, WHAT) as archive, pytest.raises(ExtractionFailed) as failure:
            archive.read("word/document.xml")
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()
    assert failure.value.code == "damaged"


def test_a_part_that_is_packed_as_no_document_is_refused(tmp_path: Path) -> None:
    for compression in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        assert code_of(zipped(tmp_path / "a.docx", {"word/document.xml": "<a/>"}, compression)) == "damaged"


def test_reading_one_part_again_and_again_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "READ_LIMIT", 2500)
    with open_archive(zipped(tmp_path / "a.docx", {"a.xml": "x" * 1000}), WHAT) as archive:
        assert archive.read("a.xml") == archive.read("a.xml")
        with pytest.raises(ExtractionFailed) as failure:
            archive.read("a.xml")
    assert failure.value.code == "too_large"
