"""Silent damage: noticed in every file of an index, before anything is read from it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from core.keyword_index import IndexDamaged
from core.keyword_index.index import check
from tests.core.keyword_index.shelf import passage, shelf


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """The folder of an index at rest with two segments, one of which has removed entries."""
    return _index(tmp_path)


def _index(folder: Path) -> Path:
    index = shelf(folder, {number: f"cat {number}" for number in range(1, 60)})
    index.apply(2, add=[passage(60, "fox")], remove=[3, 4])
    index.settle()
    index.close()
    return folder / "words"


def _files(words: Path) -> list[Path]:
    return sorted(path for path in (words / "passages").iterdir() if len(path.stem.partition(".")[0]) == 32)


def test_an_index_at_rest_is_sealed(words: Path) -> None:
    assert check(words)
    assert {file.suffix for file in _files(words)} == {".fast", ".fieldnorm", ".idx", ".pos", ".store", ".term", ".del"}


def test_a_bit_that_turned_is_noticed_wherever_it_stands(words: Path) -> None:
    for file in _files(words):
        content = file.read_bytes()
        body = content.index(b'{"version"')
        for place in (0, body // 2, body - 1, content.index(b'"crc"') + 8, len(content) - 1):
            file.write_bytes(content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :])
            with pytest.raises(IndexDamaged):
                check(words)
        file.write_bytes(content)
    assert check(words)


@pytest.mark.parametrize("content", [None, b"", b"short", b"\0" * 5000])
def test_a_file_that_is_gone_or_empty_is_noticed(words: Path, content: bytes | None) -> None:
    for file in _files(words):
        before = file.read_bytes()
        file.unlink() if content is None else file.write_bytes(content)
        with pytest.raises(IndexDamaged):
            check(words)
        file.write_bytes(before)


def test_a_whole_file_of_another_index_is_noticed(words: Path, tmp_path: Path) -> None:
    other = next(file for file in _files(_index(tmp_path / "other")) if file.suffix == ".term")
    for file in _files(words):
        if file.suffix == ".term":
            shutil.copy(other, file)
    with pytest.raises(IndexDamaged, match="another index"):
        check(words)


@pytest.mark.parametrize("name", ["meta.json", ".managed.json"])
@pytest.mark.parametrize("content", [None, b"", b"{", b"[1]", b"7", b'{"segments": [{}]}', b"[" * 100_000])
def test_a_description_that_is_no_description_is_noticed(words: Path, name: str, content: bytes | None) -> None:
    if name == ".managed.json" and content == b'{"segments": [{}]}':
        content = b'["meta.json"]'
    path = words / "documents" / name
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(IndexDamaged):
        check(words)


def test_a_file_that_would_never_be_deleted_is_noticed(words: Path) -> None:
    (words / "passages" / f"{7:032x}.term").touch()
    with pytest.raises(IndexDamaged, match="does not know"):
        check(words)


def test_a_file_that_is_deleted_while_we_look_is_no_stranger(words: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = Path.iterdir
    gone = f"{7:032x}.term"  # merged away, and taken off the list, after the folder was read
    monkeypatch.setattr(Path, "iterdir", lambda folder: iter([*listed(folder), folder / gone]))
    assert check(words)


def test_a_stranger_that_disturbs_nothing_is_left_alone(words: Path) -> None:
    (words / "passages" / "notes.txt").touch()
    assert check(words)


def test_a_description_that_is_not_the_sealed_one_proves_nothing(words: Path) -> None:
    path = words / "passages" / "meta.json"
    meta = json.loads(path.read_text("utf-8"))
    for segment in meta["segments"]:
        segment["deletes"] = None  # as if nothing had been removed
    path.write_text(json.dumps(meta), "utf-8")
    assert not check(words)


@pytest.mark.parametrize("content", [None, b"", b"{}", b'{"crc": 1, "seal": {"meta": 1, "files": {}}}'])
def test_without_its_seal_an_index_proves_nothing(words: Path, content: bytes | None) -> None:
    path = words / "passages" / "seal.json"
    path.unlink() if content is None else path.write_bytes(content)
    assert not check(words)


def test_clearing_an_index_takes_what_it_does_not_know(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "cat"})
    stray = tmp_path / "words" / "passages" / f"{7:032x}.term"
    stray.touch()
    index.clear()
    assert not stray.exists()
    index.settle()
    assert index.check()
