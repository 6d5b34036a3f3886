"""A reader process that a file has taken over: the file's text says what it does.

It is locked like any other, so that the tests see what is left to do for code that runs in a reader.
"""

from __future__ import annotations

import ctypes
import os
import re
import stat
import struct
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.indexing import worker_process


def main(memory: int) -> None:
    worker_process.start(memory, lambda: answer)


def answer(request: dict[str, Any]) -> dict[str, Any]:
    word = Path(request["path"]).read_text("utf-8") if "path" in request else "well"
    return _DEEDS[word]() or {"read": [_reading(word)]}


def _reading(word: str) -> dict[str, Any]:
    return {
        "kind": "txt",
        "text": word,
        "anchors": [],
        "metadata": {},
        "remarks": [],
        "language": "en",
        "spans": [[0, len(word), None, None, 1]],
        "words": 1,
    }


def _sleep() -> None:
    time.sleep(3600)


def _hold() -> None:
    re.match(r"(a+)+$", "a" * 60 + "b")  # in C, with the interpreter's lock


def _abort() -> None:
    os.abort()


def _fault() -> None:
    ctypes.string_at(0)


def _eat() -> None:
    eaten = []
    while True:
        eaten.append(bytearray(10_000_000))


def _gulp() -> None:
    bytearray(3_000_000_000)


def _fork() -> None:
    while True:
        os.fork()


def _print() -> None:
    while True:
        print("x" * 1_000_000)


def _flood() -> None:
    for pipe in _pipes():
        while True:
            os.write(pipe, b"\xff" * 65_536)


def _chatter() -> None:
    message = b"{}"
    for pipe in _pipes():
        while True:
            os.write(pipe, struct.pack(">I", len(message)) + message)


def _deep() -> None:
    message = b"[" * 1_000_000
    for pipe in _pipes():
        os.write(pipe, struct.pack(">I", len(message)))
        os.write(pipe, message)


def _pipes() -> Iterator[int]:
    """Yield the descriptor of the answers: the pipe that can be written."""
    for descriptor in range(3, 64):
        try:
            found = stat.S_ISFIFO(os.fstat(descriptor).st_mode)
            if found:
                os.write(descriptor, b"")
        except OSError:
            continue
        if found:
            yield descriptor


_DEEDS: dict[str, Any] = {
    "well": lambda: None,
    "sleep": _sleep,
    "hold": _hold,
    "abort": _abort,
    "fault": _fault,
    "eat": _eat,
    "gulp": _gulp,
    "fork": _fork,
    "print": _print,
    "flood": _flood,
    "chatter": _chatter,
    "deep": _deep,
    "lie": lambda: {"read": [_reading("lie") | {"spans": [[0, 1_000, None, None, 1]]}]},
    "two": lambda: {"read": [_reading("two"), _reading("two")]},
    "blame": lambda: {"failed": {"code": 1}},
}
