"""The doctor tells what a reader process can do, as that process found it by trying."""

from __future__ import annotations

import sys

import pytest

from core.command_line.diagnosis import isolation
from core.command_line.diagnosis.check import Level
from core.errors import ExtractionFailed
from core.settings import IndexingSettings

DEEDS = tuple(isolation._WORDS)


class Pool:
    """Stands for a reader that could do some things, or does not work."""

    def __init__(self, outcome: dict[str, bool] | Exception) -> None:
        self._outcome = outcome
        self.closed = False

    def probe(self, file: str, folder: str) -> dict[str, bool]:
        if isinstance(self._outcome, Exception):
            raise self._outcome
        return self._outcome

    def close(self) -> None:
        self.closed = True


def levels(outcome: dict[str, bool] | Exception, monkeypatch: pytest.MonkeyPatch) -> dict[str, Level]:
    pool = Pool(outcome)
    monkeypatch.setattr(isolation, "WorkerPool", lambda *_: pool)
    checks = list(isolation.check_isolation(IndexingSettings()))
    assert pool.closed
    assert all(bool(check.advice) == (check.level is not Level.OK) for check in checks)
    return {check.name.rpartition(": ")[2]: check.level for check in checks}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a reader process")
def test_this_machine_holds_its_readers() -> None:
    checks = list(isolation.check_isolation(IndexingSettings()))
    assert [check.level for check in checks] == [Level.OK] * len(isolation._MEASURES), checks


@pytest.mark.parametrize("measure", isolation._MEASURES, ids=lambda measure: measure.name)
def test_a_measure_that_does_not_hold_is_told_alone(
    measure: isolation._Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    for system in ("linux", "darwin"):
        monkeypatch.setattr(sys, "platform", system)
        for deed in measure.deeds:
            found = levels({each: each == deed for each in DEEDS}, monkeypatch)
            assert found.pop(measure.name) is Level.WARNING
            assert set(found.values()) == {Level.OK}


def test_what_was_not_tried_does_not_count_as_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(levels({}, monkeypatch).values()) == {Level.WARNING}


def test_a_reader_that_does_not_work_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    failure = ExtractionFailed("crashed", "The reader process crashed on it.")
    assert levels(failure, monkeypatch) == {"Reader kept to its file": Level.PROBLEM}
