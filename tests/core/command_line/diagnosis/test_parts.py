"""The parts that a compiler built are loaded in a process that may die of it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from core.command_line.diagnosis import load_parts, parts
from core.command_line.diagnosis.check import Level


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
