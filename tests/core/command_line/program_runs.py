"""Runs the real program: as a process, as a person or a script does, or in this process, which is quicker."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import core.knowledge_base  # noqa: F401 - what loading the engine does once is not to be blamed on the first test
from core.command_line import main

ROOT = Path(__file__).parents[3]
SECONDS = 60


@dataclass(frozen=True)
class Done:
    """How a command has ended, and what it wrote."""

    code: int
    stdout: str
    stderr: str


@dataclass(frozen=True)
class Carrel:
    """The program with one data folder."""

    data: Path

    def process(self, *words: str, code: int = 0) -> Done:
        """Run a command to its end in a process of its own; it must give this exit code, and no traceback."""
        done = subprocess.run(
            self._command(words),
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )
        return _checked(Done(done.returncode, done.stdout, done.stderr), code)

    def __call__(self, *words: str, code: int = 0) -> Done:
        """Run a command in this process; otherwise as `process`."""
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
        with redirect_stdout(out), redirect_stderr(err):
            returned = main([*words, "--data-dir", str(self.data)])
        for stream in (out, err):
            stream.seek(0)
        return _checked(Done(returned, out.read(), err.read()), code)

    def json(self, *words: str) -> Any:
        """Run a command with `--json`; return the one document on its standard output."""
        return json.loads(self(*words, "--json").stdout)

    def error(self, code: int, *words: str) -> str:
        """Run a command that fails with this exit code; return what it says, which is on standard error alone."""
        done = self(*words, code=code)
        assert done.stdout == ""
        assert done.stderr.startswith("carrel: ")
        assert done.stderr.count("\n") <= 2, "more than a sentence and a hint"
        return done.stderr

    @contextmanager
    def running(self, *words: str) -> Iterator[subprocess.Popen[str]]:
        """Start a command; at the end of the block it is killed if it still runs."""
        # Where the tests run in the background, interrupts are ignored, which a child inherits.
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        process = subprocess.Popen(
            self._command(words),
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        with process:
            try:
                yield process
            finally:
                process.kill()

    def _command(self, words: tuple[str, ...]) -> list[str]:
        return [sys.executable, "-m", "core", *words, "--data-dir", str(self.data)]


def _checked(done: Done, code: int) -> Done:
    assert done.code == code, f"{done.code}: {done.stdout}{done.stderr}"
    assert "Traceback" not in done.stderr
    return done


def stop(process: subprocess.Popen[str], sign: signal.Signals) -> float:
    """Send a signal; return how many seconds the process took to end."""
    began = time.monotonic()
    process.send_signal(sign)
    process.wait(SECONDS)
    return time.monotonic() - began


def _environment() -> dict[str, str]:
    # Run from anywhere, installed or not; PYTHONPATH also carries the watch over what the process does.
    paths = [os.environ.get("PYTHONPATH", ""), str(ROOT)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
