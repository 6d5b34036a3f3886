"""Makes the n-th write of a short scenario fail, for one n after the other, and looks each time whether all is well.

    python -m tests.durability.failing_writes [--every] [--json] [--only WORD]

The engine works in this process, with small sizes. First a scenario is run once to count its steps: SQL statements and
commits, commits of the keyword index, the steps by which a snapshot becomes durable. Then it is run again from a copy
of the same beginning for each step, which fails once: the disk is full, or reports an error; of what was to be written
a half may be there. The engine must go on by itself or say so with an error of its own; opened again, everything that
was acknowledged must be there, nothing else, and nothing half done. Without `--every`, steps are left out evenly.

Exit status: 0 if every run was well, else 1.
"""

from __future__ import annotations

import argparse
import copy
import errno
import json
import logging
import random
import shutil
import sqlite3
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from core import KnowledgeBase
from core.concurrency import loop
from core.domain.health import Part
from core.embedders.wordllama import WordLlamaEmbedder
from core.errors import CarrelError
from core.indexing import reading
from core.maintenance import erasure
from core.store.disk_space import BALLAST
from tests.core.engine import warm_up
from tests.durability.invariants import Check, leftovers
from tests.durability.model import Model
from tests.durability.moments import COMMIT, STATEMENT, put_around
from tests.durability.small import DIMENSION, CountedEmbedder, SetClock, shrink, small_engine
from tests.durability.workload import Workload

WORKSPACE = "Atlas"
FOLDER = "Unwatched"
SECONDS = 20.0
RETRY_SECONDS = 0.02
SCENARIOS: dict[str, tuple[str, ...]] = {
    "ingest and snapshot": ("put_texts", "write_files", "put_texts", "rest", "snapshot", "write_files", "rest", "save"),
    "replace, remove, sweep, erase": (
        *(
            "put_texts",
            "write_files",
            "remove_texts",
            "delete_file",
            "expire",
            "pass_time",
            "sweep",
            "rest",
            "snapshot",
        ),
    ),
    "reopen and rebuild": ("rest", "remake", "rest", "snapshot"),
}
_BEFORE = ("put_texts", "put_texts", "put_texts", "write_files", "write_files", "rest", "snapshot")
MOST_STATEMENTS = 5
MOST_OTHERS = 20
"""So many steps of a scenario are made to fail unless each is asked for."""


class Step(NamedTuple):
    """The n-th step of a moment, from 0."""

    moment: str
    number: int


class Fault:
    """Counts steps, and makes one of them fail, once, while `armed`.

    Attributes:
        counts: How many steps of each moment were begun.
        struck: Whether the step was reached.
    """

    def __init__(self, step: Step | None, code: int) -> None:
        """`code` is ENOSPC or EIO; without a step none fails."""
        self._step = step
        self._code = code
        self._lock = threading.Lock()
        self.counts: Counter[str] = Counter()
        self.struck = ""
        self.armed = False

    def around(self, moment: str, name: str, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        """Do a step, or not."""
        # Whether a rollback fails is of no account: a transaction that is not committed never was.
        if not self.armed or name == "ROLLBACK" or moment == "folder":
            return function(*arguments)
        with self._lock:
            strikes = self._step == (moment, self.counts[moment])
            self.counts[moment] += 1
            if strikes:
                self.struck = f"{name} of {_short(arguments)}"
        if not strikes:
            return function(*arguments)
        if moment in (STATEMENT, COMMIT, "SQL rows"):
            raise self._of_sqlite(function)
        return self._half_done(name, function, arguments)

    def _of_sqlite(self, function: Any) -> sqlite3.OperationalError:
        connection: sqlite3.Connection = function.__self__
        full = self._code == errno.ENOSPC
        if full and connection.in_transaction:
            connection.execute("ROLLBACK")  # as SQLite does by itself when the disk is full
        error = sqlite3.OperationalError("made to fail")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL if full else sqlite3.SQLITE_IOERR_WRITE
        return error

    def _half_done(self, name: str, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        if name == "remove":
            return None  # removing never raises; what stays is to be removed another time
        if name == "write":
            function(*arguments)
            _halve(arguments[1])
        elif name == "write_arrays":
            function(*arguments)
            _halve(max(arguments[0].iterdir(), key=lambda path: path.stat().st_size))
        elif name == "freeze":
            function(*arguments)
            for path in arguments[1].iterdir():
                _halve(path)
        raise OSError(self._code, "made to fail")


def _short(arguments: tuple[Any, ...]) -> str:
    return " ".join(" ".join(str(each) for each in arguments).split())[:160]


def _halve(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


class Script(Workload):
    """A workload whose operations are named one after the other."""

    def begin(self) -> None:
        """Make the one workspace and the folder that is read."""
        self.create_workspace()
        self._folder(WORKSPACE, FOLDER).mkdir(parents=True)
        with self._announced("add_source", [((WORKSPACE, kind, FOLDER), True) for kind in ("source", "scanned")]):
            self.kb.documents.add(self._workspace(WORKSPACE), [self._folder(WORKSPACE, FOLDER)], watch=False)

    def rest(self) -> None:
        """Wait until nothing is left to do."""
        assert self.kb.documents.wait(self._workspace(WORKSPACE), SECONDS), "it does not go on by itself"

    def snapshot(self) -> None:
        """Write the vectors to disk."""
        with self.kb._opened.use(self._workspace(WORKSPACE)) as opened:
            opened._snapshots.write()

    def save(self) -> None:
        """Write the vectors to disk if that is worth its while."""
        with self.kb._opened.use(self._workspace(WORKSPACE)) as opened:
            opened.save()

    def remake(self) -> None:
        """Have both indices made anew."""
        with self.kb._opened.use(self._workspace(WORKSPACE)) as opened:
            opened.remake((Part.WORDS, Part.VECTORS))

    def unerased(self) -> list[str]:
        """Remove one document more, and tell what the cache of embeddings keeps then of texts that have gone."""
        workspace = self._workspace(WORKSPACE)
        self.kb.documents.remove(workspace, [each.id for each in self.kb.documents.ledger(workspace).files][:1])
        self.rest()
        with self.kb._opened.use(workspace) as opened, opened._database.read() as connection:
            used = connection.execute("SELECT count(DISTINCT embedding_hash) FROM chunk").fetchone()[0]
            kept = opened._embeddings.count()
        return [f"the cache holds {kept} embeddings, {used} are in use"] if kept != used else []


@dataclass
class Tally:
    """What was counted over all runs.

    Attributes:
        steps: Steps of each scenario that could fail.
        runs: Runs with a step that was to fail.
        struck: Of them, those in which it was reached.
        said: Of them, those in which an operation ended with an error of ours; in the others the engine went on by
            itself.
        failures: What was wrong, a sentence for each run.
    """

    steps: dict[str, int] = field(default_factory=dict)
    runs: int = 0
    struck: int = 0
    said: int = 0
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def facts(self) -> dict[str, Any]:
        """Return the figures by name."""
        return {
            "steps": self.steps,
            "runs": self.runs,
            "struck": self.struck,
            "said": self.said,
            "went on by itself": self.struck - self.said,
            "failures": self.failures,
            "seconds": round(self.seconds, 1),
        }


class _Errors(logging.Handler):
    """Collects what the engine logs as faults of its own."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.getMessage()}\n{traceback.format_exc()}")


class FailingWrites:
    """Runs scenarios in `folder`, where nothing else is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        warm_up()
        self._embedder = CountedEmbedder(WordLlamaEmbedder(DIMENSION), lambda _: None)
        self.tally = Tally()

    def run(self, *, every: bool = False, only: str = "") -> Tally:
        """Run the scenarios with `only` in their names."""
        began = time.monotonic()
        for name in SCENARIOS:
            if only in name:
                self._scenario(name, every)
        self.tally.seconds = time.monotonic() - began
        return self.tally

    def _scenario(self, name: str, every: bool) -> None:
        start = self._folder / "start"
        model = Model()
        beginning = Run(self._folder, start, model, name, self._embedder, Fault(None, 0), stop=False)
        beginning.prepare(() if name.startswith("ingest") else _BEFORE)
        counts = Run(self._folder, start, model, name, self._embedder, Fault(None, 0), stop=False).counted()
        self.tally.steps[name] = counts.total()
        for number, step in enumerate(_chosen(counts, every)):
            fault = Fault(step, errno.EIO if number % 2 else errno.ENOSPC)
            run = Run(self._folder, start, model, name, self._embedder, fault, stop=number % 4 < 2)
            problems = run.judged()
            self.tally.runs += 1
            self.tally.struck += bool(fault.struck)
            self.tally.said += run.said
            if problems:
                self.tally.failures.append(f"{name}, {step.moment} {step.number} ({fault.struck}): {problems}")


def _chosen(counts: Counter[str], every: bool) -> list[Step]:
    steps = [Step(moment, number) for moment in sorted(counts) for number in range(counts[moment])]
    if every:
        return steps
    statements = [step for step in steps if step.moment == STATEMENT]
    others = [step for step in steps if step.moment != STATEMENT]
    return others[:: -(-len(others) // MOST_OTHERS)] + statements[:: -(-len(statements) // MOST_STATEMENTS)]


class Run:
    """One run of a scenario.

    Attributes:
        said: Whether an operation ended with an error of ours.
    """

    def __init__(
        self, folder: Path, start: Path, model: Model, name: str, embedder: CountedEmbedder, fault: Fault, *, stop: bool
    ) -> None:
        """With `stop`, an operation that fails is the last; else it is tried again, as a person would."""
        self._root = folder / "root"
        self._start = start
        self._begun = model
        self._model = copy.deepcopy(model)
        self._name = name
        self._embedder = embedder
        self._fault = fault
        self._stop = stop
        self._clock = SetClock(model.clock)
        self.said = False

    def prepare(self, operations: Sequence[str]) -> None:
        """Make the beginning of a scenario in the folder `start`, and in the model that was given."""
        for folder in (self._root, self._start):
            shutil.rmtree(folder, ignore_errors=True)
        (self._root / "files").mkdir(parents=True)
        self._model = self._begun
        with self._surroundings():
            script = self._script(self._open())
            script.begin()
            for each in operations:
                getattr(script, each)()
            script.kb.close()
        shutil.copytree(self._root, self._start, ignore=shutil.ignore_patterns(BALLAST))

    def counted(self) -> Counter[str]:
        """Run without a fault; return the number of steps of each moment."""
        if problems := self.judged():
            raise RuntimeError(f"without any fault: {problems}")
        return self._fault.counts

    def judged(self) -> list[str]:
        """Run; return what is wrong."""
        shutil.rmtree(self._root, ignore_errors=True)
        shutil.copytree(self._start, self._root)
        with self._surroundings() as errors:
            self._fault.armed = True
            problems = self._work()
            self._fault.armed = False
            problems += [f"logged: {line}" for line in errors.lines]
            errors.lines.clear()
            problems += self._look() + [f"logged afterwards: {line}" for line in errors.lines]
        return problems

    @contextmanager
    def _surroundings(self) -> Iterator[_Errors]:
        errors = _Errors()
        logging.getLogger().addHandler(errors)
        with ExitStack() as stack:
            stack.callback(logging.getLogger().removeHandler, errors)
            stack.enter_context(shrink())
            stack.enter_context(mock.patch.object(loop, "RETRY_SECONDS", RETRY_SECONDS))
            stack.enter_context(mock.patch.object(reading, "RETRY_DELAY", RETRY_SECONDS))
            stack.enter_context(mock.patch.object(erasure, "REST", 0))
            stack.enter_context(put_around(self._fault.around))
            yield errors

    def _open(self) -> KnowledgeBase:
        return small_engine(self._root / "data", self._clock, self._embedder)

    def _script(self, kb: KnowledgeBase) -> Script:
        rng = random.Random(1)
        return Script(kb, self._open, self._root / "files", self._clock, self._model, rng, lambda *_: None)

    def _work(self) -> list[str]:
        kb: KnowledgeBase | None = None
        try:
            kb = self._tried(self._open)
            script = self._script(kb)
            for workspace in self._tried(kb.workspaces.all):
                self._tried(lambda each=workspace, kb=kb: kb.resume(each))
            for name in SCENARIOS[self._name]:
                self._tried(getattr(script, name))
                if self.said and self._stop:
                    break
        except Exception:  # noqa: BLE001 - whatever else escapes is what is looked for
            return [traceback.format_exc()]
        finally:
            if kb is not None:
                kb.close()
        return []

    def _tried(self, action: Callable[[], Any]) -> Any:
        try:
            return action()
        except CarrelError:
            if self.said:
                raise  # it failed once; what fails again does not pass
            self.said = True
            if self._stop and isinstance(getattr(action, "__self__", None), Script):
                return None
            return action()

    def _look(self) -> list[str]:
        problems: list[str] = []
        self._clock.now = self._model.clock
        kb = self._open()
        try:
            for workspace in kb.workspaces.all():
                kb.resume(workspace)
            check = Check(kb, self._model, self._root / "files", random.Random(0))
            check.run()
            problems += check.problems
            script = self._script(kb)
            script.snapshot()
            problems += leftovers(self._root / "data") + script.unerased()
        except Exception:  # noqa: BLE001 - as above
            problems.append(traceback.format_exc())
        finally:
            kb.close()
        return problems


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", action="store_true", help="let every step fail, and leave none out")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--only", default="", help="a word in the name of the scenario")
    arguments = parser.parse_args()
    logging.getLogger().addHandler(logging.NullHandler())
    with tempfile.TemporaryDirectory(prefix="carrel-failing-") as folder:
        facts = FailingWrites(Path(folder)).run(every=arguments.every, only=arguments.only).facts()
    print(json.dumps(facts, indent=1) if arguments.json else _table(facts))
    return 1 if facts["failures"] else 0


def _table(facts: dict[str, Any]) -> str:
    lines = []
    for name, value in facts.items():
        if isinstance(value, dict):
            lines += [name, *(f"    {key:34} {number:>8}" for key, number in value.items())]
        elif isinstance(value, list):
            lines += [name, *value]
        else:
            lines.append(f"{name:38} {value:>8}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
