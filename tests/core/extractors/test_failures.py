"""Whatever a parser raises becomes a failure with a code and a sentence."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from core.errors import ExtractionFailed
from core.extractors.failures import encrypted, require_content, tolerated, translated


class Panic(BaseException):
    """What a Rust library raises: no `Exception`."""


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyError("x"), "damaged"),
        (RecursionError(), "damaged"),
        (Panic(), "damaged"),
        (UnicodeDecodeError("utf-8", b"", 0, 1, "x"), "damaged"),
        (OSError(errno.EINVAL, "Invalid argument"), "damaged"),
        (OSError(errno.EIO, "Input/output error"), "unreadable"),
        (PermissionError(errno.EACCES, "Permission denied", "a.pdf"), "unreadable"),
        (FileNotFoundError(errno.ENOENT, "No such file", "a.pdf"), "vanished"),
        (IsADirectoryError(errno.EISDIR, "Is a directory", "a.pdf"), "not_a_file"),
        (MemoryError(), "memory"),
    ],
)
def test_each_error_has_its_code(error: BaseException, code: str) -> None:
    with pytest.raises(ExtractionFailed) as failure, translated("PDF"):
        raise error
    assert failure.value.code == code
    assert failure.value.message.endswith(".")
    assert failure.value.__cause__ is error


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(1), encrypted("PDF")])
def test_a_request_to_stop_and_our_own_failures_pass(error: BaseException) -> None:
    with pytest.raises(type(error)) as raised, translated("PDF"):
        raise error
    assert raised.value is error


def test_damage_is_tolerated_and_danger_is_not() -> None:
    with tolerated() as damage, translated("PDF"):
        raise ValueError
    assert [failure.code for failure in damage] == ["damaged"]
    with tolerated() as damage:
        pass
    assert not damage
    with pytest.raises(ExtractionFailed), tolerated():
        raise encrypted("PDF")


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.touch()
    with pytest.raises(ExtractionFailed) as failure:
        require_content(path, "PDF")
    assert failure.value.code == "empty"
