"""The parts that a compiler built are loaded in a process that may die of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core import embedders
from core.command_line.diagnosis import load_parts, parts
from core.command_line.diagnosis.check import Level
from core.domain.extracted import Extracted
from core.errors import CarrelError, ExtractionFailed, MissingDependency
from core.indexing.answer import Read
from core.settings import IndexingSettings


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Put a program in the place of the one that loads the parts."""
    program = tmp_path / "child.py"
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nshift 2\nexec "{sys.executable}" "{program}" "$@"\n', "utf-8")
    python.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(python))
    return program


def test_all_parts_of_this_installation_load() -> None:
    [check] = parts.check_compiled()
    assert check.level is Level.OK
    assert check.found == ", ".join(load_parts.PARTS)


def test_a_part_that_raises_or_ends_the_process_is_named_and_the_others_are_still_tried(child: Path) -> None:
    child.write_text(
        "import os, sys\n"
        "for name in sys.argv[1:]:\n"
        "    print('begin', name, flush=True)\n"
        "    if name == 'killer':\n"
        "        os.abort()\n"
        "    print('failed ImportError: no such symbol' if name == 'broken' else 'done', flush=True)\n"
    )
    checks = list(parts.check_compiled(["good", "killer", "broken", "fine"]))
    assert [(check.level, check.found) for check in checks] == [
        (Level.PROBLEM, "killer does not load: it ends the process"),
        (Level.PROBLEM, "broken does not load: ImportError: no such symbol"),
    ]
    assert all(check.advice.endswith(check.found.partition(" ")[0]) for check in checks)


def test_a_process_that_says_nothing_is_a_problem(child: Path) -> None:
    child.write_text("")
    [check] = parts.check_compiled(["good"])
    assert check.level is Level.PROBLEM


def test_a_missing_part_is_told_with_its_reason(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(load_parts.PARTS, "missing", "no_such_module")
    load_parts.main(["psutil", "missing"])
    assert capsys.readouterr().out.splitlines() == [
        "begin psutil",
        "done",
        "begin missing",
        "failed ModuleNotFoundError: No module named 'no_such_module'",
    ]


class Embedding:
    """Stands for a model that gives this vector, or fails."""

    def __init__(self, outcome: NDArray[np.float32] | CarrelError) -> None:
        self._outcome = outcome

    def embed_query(self, text: str) -> NDArray[np.float32]:
        if isinstance(self._outcome, CarrelError):
            raise self._outcome
        return self._outcome


@pytest.mark.parametrize(
    "outcome",
    [
        MissingDependency("The embedder “wordllama”", "pip install wordllama"),
        np.zeros(256, dtype=np.float32),
        np.full(256, np.nan, dtype=np.float32),
        np.ones(3, dtype=np.float32),
    ],
)
def test_a_model_that_gives_no_usable_vector_is_a_problem(
    monkeypatch: pytest.MonkeyPatch, outcome: NDArray[np.float32] | CarrelError
) -> None:
    monkeypatch.setattr(embedders, "embedder", lambda *_: Embedding(outcome))
    check = parts.check_model()
    assert check.level is Level.PROBLEM
    assert "wordllama" in check.found + check.advice


class Pool:
    """Stands for reader processes that fail, or find nothing."""

    def __init__(self, failure: CarrelError | None) -> None:
        self._failure = failure
        self.closed = False

    def read_texts(self, texts: Sequence[str]) -> list[Read]:
        if self._failure is not None:
            raise self._failure
        return [Read("text", Extracted(text), "en", (), 0) for text in texts]

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize("failure", [None, ExtractionFailed("crashed", "The reader process crashed on it.")])
def test_a_reader_that_fails_or_finds_nothing_is_a_problem(
    monkeypatch: pytest.MonkeyPatch, failure: CarrelError | None
) -> None:
    pool = Pool(failure)
    monkeypatch.setattr(parts, "WorkerPool", lambda *_: pool)
    check = parts.check_reader(IndexingSettings())
    assert (check.level, pool.closed) == (Level.PROBLEM, True)
