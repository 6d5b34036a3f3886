"""Nothing is missed when very much happens at once, or while the watching program is stopped."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="stops a process by signals")
FLOOD = int(os.environ.get("CARREL_FLOOD", "2000"))
"""Files at once; as many as one likes by hand."""


class Watching:
    """A child process that watches a folder."""

    def __init__(self, data: Path, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.core.watching_child", str(data), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._line() == "ready"

    def expect(self, files: int) -> None:
        """Wait until the ledger holds so many files."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{files}\n")
        self.process.stdin.flush()
        assert self._line() == f"found {files}"

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def close(self) -> None:
        self.process.send_signal(signal.SIGCONT)
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            self.process.wait(60)
        finally:
            self.process.kill()
            self.process.wait()
            assert self.process.stdout is not None
            self.process.stdout.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "watched").mkdir()
    return tmp_path / "watched"


@pytest.fixture
def watching(tmp_path: Path, folder: Path) -> Iterator[Watching]:
    child = Watching(tmp_path / "data", folder)
    yield child
    child.close()


def flood(folder: Path, begin: int, files: int) -> None:
    """Make files without a type that is read: what is measured is noticing, not reading."""
    for number in range(begin, begin + files):
        place = folder / f"part{number % 7}"
        place.mkdir(exist_ok=True)
        (place / f"{number}.xyz").write_bytes(b"x")


@pytest.mark.timeout(120 + FLOOD // 50)
def test_a_flood_is_noticed_whole(watching: Watching, folder: Path) -> None:
    flood(folder, 0, FLOOD)
    watching.expect(FLOOD)
    shutil.rmtree(folder / "part0")
    watching.expect(FLOOD - len(range(0, FLOOD, 7)))


@pytest.mark.timeout(180 + FLOOD // 50)
def test_what_happens_while_the_program_is_stopped_is_noticed_whole(watching: Watching, folder: Path) -> None:
    """More events than the kernel keeps, where its queue is of the usual length."""
    limit = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())
    flood(folder, 0, 70)
    watching.expect(70)
    watching.process.send_signal(signal.SIGSTOP)
    try:
        for _ in range(1 + min(limit, 20_000) // 70 // 2):
            for number in range(70):  # two events each
                (folder / f"part{number % 7}" / f"{number}.xyz").touch()
        flood(folder, 70, FLOOD)
    finally:
        watching.process.send_signal(signal.SIGCONT)
    watching.expect(70 + FLOOD)
    flood(folder, 70 + FLOOD, 7)  # and it goes on watching
    watching.expect(77 + FLOOD)
