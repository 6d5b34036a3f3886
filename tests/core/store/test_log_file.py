"""The log in the data folder: bounded, private, and without anything of the user's own."""

from __future__ import annotations

import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.store import log_file
from core.store.log_file import LogFile

LOGGER = logging.getLogger("core.test")


@pytest.fixture(autouse=True)
def everything_is_logged() -> Iterator[None]:
    ours = logging.getLogger("core")
    level = ours.level
    ours.setLevel(logging.DEBUG)
    yield
    ours.setLevel(level)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[LogFile]:
    log = LogFile(tmp_path)
    yield log
    log.close()


def _lines(folder: Path) -> list[str]:
    return (folder / "carrel.log").read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("source 3: offline", "source 3: offline"),
        ("12/14 passages, words/meaning at 3/4", "12/14 passages, words/meaning at 3/4"),
        ("can't open it, since it isn't there", "can't open it, since it isn't there"),
        ("/home/ann/My tax/plan 9.pdf is not there", "(path)"),
        ("no such file: ~/My tax", "no such file: (path)"),
        (r"C:\Users\Ann\My tax.pdf is not there", "(path)"),
        (r"on \\server\share\My tax", "on (path)"),
        ("[Errno 2] No such file: '/home/ann/My tax'", "[Errno 2] No such file: (quoted)"),
        ("at b'/home/ann/x\\xff': gone", "at (quoted): gone"),
        ("There is no filter “colour of money”.", "There is no filter (quoted)."),
        ('it said "my tax plan" twice', "it said (quoted) twice"),
        ("key sk-proj-abc123def456 refused", "key (key) refused"),
        ("header Bearer abc.def", "header (key)"),
        ("https? api_key=abc&x", "https? api_key=(key)"),
    ],
)
def test_what_is_the_users_own_is_left_out(log: LogFile, tmp_path: Path, message: str, kept: str) -> None:
    LOGGER.info("%s", message)
    assert _lines(tmp_path)[0].partition("core.test: ")[2] == kept


def test_of_an_exception_the_kinds_and_places_are_kept_but_not_the_words(log: LogFile, tmp_path: Path) -> None:
    try:
        try:
            raise OSError("/home/ann/My tax.pdf")
        except OSError as error:
            raise ValueError("the query was: divorce lawyer") from error
    except ValueError:
        LOGGER.info("a step failed", exc_info=True)
    written = "\n".join(_lines(tmp_path))
    assert "ValueError at store/test_log_file.py:" in written
    assert "from OSError at store/test_log_file.py:" in written
    assert "tax" not in written
    assert "divorce" not in written


def test_it_is_private_and_bounded(log: LogFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "carrel.log").touch(0o644)
    log.maxBytes = 1_000
    for number in range(200):
        LOGGER.info("passage %d", number)
    files = sorted(tmp_path.glob("carrel.log*"))
    assert len(files) == 1 + log_file.KEPT
    assert all(stat.S_IMODE(each.stat().st_mode) == 0o600 for each in files[:1])
    assert sum(each.stat().st_size for each in files) < 5_000


def test_a_log_that_can_t_be_written_stops_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    log = LogFile(tmp_path / "nowhere")
    LOGGER.info("lost")
    log.close()
    assert capfd.readouterr().err == ""


def test_nothing_is_written_when_it_is_closed(log: LogFile, tmp_path: Path) -> None:
    log.close()
    LOGGER.info("late")
    assert not (tmp_path / "carrel.log").exists()
