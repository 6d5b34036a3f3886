from __future__ import annotations

import hashlib
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from core.errors import ExtractionFailed
from core.sources import read
from core.sources.read import ChangedWhileRead, Fingerprint, fingerprint, open_regular


def code_of(path: Path) -> str:
    with pytest.raises(ExtractionFailed) as failed:
        open_regular(os.fsencode(path))
    assert failed.value.message.endswith(".")
    return failed.value.code


def test_a_regular_file_is_opened(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"text")
    with open_regular(os.fsencode(tmp_path / "a.txt")) as file:
        assert file.read() == b"text"


@pytest.mark.timeout(5)
def test_what_is_no_regular_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "real").write_bytes(b"text")
    (tmp_path / "link.txt").symlink_to("real")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket.txt"))
    names = ("pipe.txt", "folder.txt", "link.txt", "socket.txt")
    assert {code_of(tmp_path / name) for name in names} == {"not_a_file"}
    assert code_of(Path("/dev/zero")) == "not_a_file"


def test_a_missing_file_has_vanished(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert code_of(tmp_path / "missing.txt") == "vanished"
    assert code_of(tmp_path / "file" / "below.txt") == "vanished"


def test_a_file_without_permission_is_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: bytes, flags: int) -> int:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "open", refuse)
    assert code_of(tmp_path / "a.txt") == "unreadable"


def test_no_descriptor_stays_open_after_a_refusal(tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(20):
        code_of(tmp_path)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_fingerprint_tells_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff\xfe.txt")
    path.write_bytes(b"x" * 300_000)
    status = path.stat()
    digest = hashlib.sha256(b"x" * 300_000).hexdigest()
    expected = Fingerprint(300_000, status.st_mtime_ns, status.st_ino, status.st_dev, digest)
    assert fingerprint(os.fsencode(path)) == expected


def test_a_file_that_is_written_while_it_is_read_has_no_fingerprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log.txt"
    path.write_bytes(b"first")
    interrupt(monkeypatch, lambda: path.write_bytes(b"other"))
    with pytest.raises(ChangedWhileRead) as changed:
        fingerprint(os.fsencode(path))
    assert changed.value.code == "changed"


def test_a_file_that_is_replaced_while_it_is_read_has_no_fingerprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "note.md"
    path.write_bytes(b"first")
    (tmp_path / "new").write_bytes(b"other")
    interrupt(monkeypatch, lambda: (tmp_path / "new").rename(path))
    with pytest.raises(ChangedWhileRead):
        fingerprint(os.fsencode(path))


def test_a_file_that_vanishes_while_it_is_read_has_vanished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "note.md"
    path.write_bytes(b"first")
    interrupt(monkeypatch, path.unlink)
    with pytest.raises(ExtractionFailed) as failed:
        fingerprint(os.fsencode(path))
    assert failed.value.code == "vanished"


def test_a_disk_that_fails_while_it_is_read_is_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "note.md"
    path.write_bytes(b"first")

    def fail() -> None:
        raise OSError(5, "Input/output error")

    interrupt(monkeypatch, fail)
    with pytest.raises(ExtractionFailed, match="Input/output error") as failed:
        fingerprint(os.fsencode(path))
    assert failed.value.code == "unreadable"


def interrupt(monkeypatch: pytest.MonkeyPatch, deed: Any) -> None:
    """Do something after the file was read and before the second look at it."""
    real = hashlib.file_digest

    def file_digest(file: Any, name: str) -> Any:
        digest = real(file, name)
        deed()
        return digest

    monkeypatch.setattr(read.hashlib, "file_digest", file_digest)
