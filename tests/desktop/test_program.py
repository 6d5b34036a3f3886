"""The program as a person starts it: a process of its own, on no screen."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECONDS = 30.0

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="is ended by a signal")


class Window:
    """A running window; what it writes goes to a file."""

    def __init__(self, data: Path, *arguments: str) -> None:
        self.data = data
        self.said = data.parent / f"said-{time.monotonic_ns()}"
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "desktop", "--data-dir", str(data), *arguments],
                cwd=ROOT,
                env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
                stdout=said,
                stderr=said,
            )

    def wait_until(self, holds: Callable[[], object]) -> None:
        end = time.monotonic() + SECONDS
        while not holds():
            assert self.process.poll() is None, self.said.read_text()
            assert time.monotonic() < end, self.said.read_text()
            time.sleep(0.02)

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(SECONDS)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Window]]:
    started: list[Window] = []

    def begin(*arguments: str) -> Window:
        started.append(Window(tmp_path / "data", *arguments))
        return started[-1]

    yield begin
    for window in started:
        window.process.kill()
        window.process.wait()


def opened(window: Window) -> bool:
    return any((window.data / "workspaces").glob("*/workspace.db"))


def test_it_opens_and_ends_in_order(start: Callable[..., Window]) -> None:
    window = start()
    window.wait_until(lambda: opened(window))
    assert window.end() == 0
    said = re.sub(r".*propagateSizeHints.*\n?", "", window.said.read_text())
    assert said == ""
    assert (window.data / "window.ini").exists()


def test_a_second_start_raises_the_first_and_ends(start: Callable[..., Window]) -> None:
    first = start()
    first.wait_until(lambda: opened(first))
    assert start().process.wait(SECONDS) == 0
    assert first.process.poll() is None
    assert first.end() == 0


def test_of_20_starts_at_once_one_stays(start: Callable[..., Window]) -> None:
    windows = [start() for _ in range(20)]
    end = time.monotonic() + 2 * SECONDS
    while sum(window.process.poll() is None for window in windows) > 1 and time.monotonic() < end:
        time.sleep(0.05)
    (stays,) = [window for window in windows if window.process.poll() is None]
    assert [window.process.returncode for window in windows if window is not stays] == [0] * 19
    stays.wait_until(lambda: opened(stays))
    assert stays.end() == 0


def test_it_can_be_ended_before_the_engine_is_open(start: Callable[..., Window]) -> None:
    window = start()
    window.wait_until(lambda: (window.data / "window.lock").exists())
    assert window.end() in (0, -signal.SIGTERM)  # before Python listens, the system ends it
    again = start()
    again.wait_until(lambda: opened(again))
    assert again.end() == 0
