"""Kills the engine again and again, and looks each time whether everything that it acknowledged is there.

    python -m tests.durability.kill --kills 1000 [--minutes 60] [--seed 1] [--json] [--keep FOLDER] [--folder FOLDER]

A process opens a data folder with the engine (small sizes, so that graphs, change-overs, snapshots and sweeps happen
all the time), compares everything with what must be there, and works: texts, files of watched folders, moves,
removals, expiry, sources, workspaces, backups, restarts. It announces each operation and acknowledges it. At a moment
that chance has chosen it is killed with SIGKILL, and the next process opens the same folder. What breaks a rule is
printed; with `--keep`, the folder as the kill left it is kept with a log of all operations.

Exit status: 0 if nothing was lost, else 1.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a process with threads can't be forked
os.environ["TOKENIZERS_PARALLELISM"] = "false"

from core.embedders.wordllama import WordLlamaEmbedder
from tests.core.engine import warm_up
from tests.durability.invariants import leftovers
from tests.durability.life import Life, Plan
from tests.durability.model import Model, from_plain
from tests.durability.moments import MOMENTS
from tests.durability.small import DIMENSION, EMBEDDED_AT_ONCE

LONGEST_LIFE = 90.0
MOST_OPERATIONS = 30
MOST_FAILURES = 3
OPERATIONS = (
    "put_texts",
    "write_files",
    "move_file",
    "delete_file",
    "remove_texts",
    "expire",
    "sweep",
    "remove_source",
    "create_workspace",
    "delete_workspace",
    "back_up",
    "wait",
    "restart",
)


@dataclass
class Tally:
    """What was counted over all lives."""

    kills: Counter[str] = field(default_factory=Counter)
    acknowledged: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    problems: int = 0
    rebuilds: int = 0
    quarantined: int = 0
    embedded: int = 0
    embedded_again: int = 0
    most_again: int = 0
    seconds: float = 0.0

    def facts(self) -> dict[str, Any]:
        """Return the figures by name."""
        kills = sum(self.kills.values())
        return {
            "kills": kills,
            "acknowledged": sum(self.acknowledged.values()),
            "failures": len(self.failures),
            "problems": self.problems,
            "rebuilds": self.rebuilds,
            "quarantined": self.quarantined,
            "embedded": self.embedded,
            "embedded_again": self.embedded_again,
            "most_embedded_again_after_a_kill": self.most_again,
            "seconds": round(self.seconds, 1),
            "kills_per_second": round(kills / max(self.seconds, 1e-9), 2),
            "kills_by_moment": dict(self.kills.most_common()),
            "acknowledged_by_operation": dict(self.acknowledged.most_common()),
            "first_failures": self.failures[:MOST_FAILURES],
        }


class Driver:
    """Starts lives, ends them, and keeps what was acknowledged."""

    def __init__(self, root: Path, seed: int, keep: Path | None, say: Any = lambda _: None) -> None:
        self._rng = random.Random(seed)
        self._seed = seed
        self._root = root
        self._keep = keep
        self._say = say
        self._embedder = WordLlamaEmbedder(DIMENSION)
        warm_up()
        self.tally = Tally()
        self._lives = 0
        self._begin()

    def _begin(self) -> None:
        """Begin with an empty data folder."""
        shutil.rmtree(self._root, ignore_errors=True)
        (self._root / "files").mkdir(parents=True)
        self._model = Model()
        self._words: dict[tuple[str, int], str] = {}
        self._embedded: set[str] = set()
        self._given: set[str] = set()
        self._log: list[str] = []

    def run(self, kills: int, seconds: float) -> Tally:
        """Kill so many times, or for so long, and let the last process end in peace."""
        began = time.monotonic()
        while sum(self.tally.kills.values()) < kills and len(self.tally.failures) < MOST_FAILURES:
            if time.monotonic() - began > seconds:
                break
            self._life(self._plan())
        if len(self.tally.failures) < MOST_FAILURES:
            self._life(None)
            self._life(None)
            self._leftovers()
        self.tally.seconds = time.monotonic() - began
        return self.tally

    def _plan(self) -> Plan:
        rng = self._rng
        chance = rng.random()
        if chance < 0.15:
            return Plan("opening", delay=rng.uniform(0.0, 0.3))
        if chance < 0.65:
            operation = rng.choice(OPERATIONS)
            if rng.random() < 0.25:
                return Plan("after", operation)
            return Plan("during", operation, delay=rng.choice([0.002, 0.02, 0.2]) * rng.random())
        moment = rng.choice(list(MOMENTS))
        return Plan(moment, passing=rng.randrange(MOMENTS[moment]), early=rng.random() < 0.3)

    def _life(self, plan: Plan | None) -> None:
        self._lives += 1
        if self._keep:
            before = self._root.with_name("before")
            shutil.rmtree(before, ignore_errors=True)
            shutil.copytree(self._root, before, ignore=shutil.ignore_patterns("ballast*"))
        self._log.append(f"life {self._lives} {plan}")
        reading, writing = os.pipe()
        process = os.fork()
        if process == 0:
            os.close(reading)
            Life(self._root, plan, self._model, self._rng.randrange(2**32), writing, self._embedder).run()
        self._rng.random()  # the child has drawn, too: both go on from different places
        os.close(writing)
        watch = _Watch(self, plan, process, reading)
        try:
            watch.run()
        finally:
            os.close(reading)
            _kill(process)
            _, status = os.waitpid(process, 0)
        self._judge(plan, watch, status)

    def _judge(self, plan: Plan | None, watch: _Watch, status: int) -> None:
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        problems = list(watch.problems)
        if plan is None and not (os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0):
            problems.append(f"it did not end well: {status}")
        if plan is not None and not killed and not problems:
            problems.append(f"it ended before it was killed: {status}")
        if plan is not None:
            self.tally.kills[f"{plan.kind} {plan.operation}".strip()] += 1
        for key in watch.again:
            self.tally.embedded_again += watch.again[key]
            self.tally.most_again = max(self.tally.most_again, watch.again[key])
            if watch.again[key] > EMBEDDED_AT_ONCE:
                problems.append(f"{watch.again[key]} texts of a workspace were embedded again")
        if problems:
            self._failed(problems)

    def _failed(self, problems: list[str]) -> None:
        self.tally.problems += len(problems)
        self.tally.failures.append(f"life {self._lives}: {'; '.join(problems)[:2000]}")
        self._say(self.tally.failures[-1])
        if self._keep:
            kept = self._keep / f"seed{self._seed}-life{self._lives}"
            shutil.rmtree(kept, ignore_errors=True)
            kept.mkdir(parents=True)
            shutil.copytree(self._root, kept / "after")
            shutil.move(self._root.with_name("before"), kept / "before")
            (kept / "log").write_text("\n".join([*self._log, *problems]), "utf-8")
        self._begin()

    def _leftovers(self) -> None:
        """After a clean end nothing half done is left."""
        if left := leftovers(self._root / "data"):
            self._failed(left)

    def acknowledge(self, message: dict[str, Any], watch: _Watch) -> None:
        """Take in what a process says."""
        kind = message["kind"]
        if kind != "embed":
            self._log.append(json.dumps(message)[:20_000])
        if kind == "begin":
            self._model.begin(message)
            self._given.update(state[0] for key, state in message["set"] if key[1:2] == ["text"] and state)
        elif kind == "done":
            self._model.acknowledge()
            self.tally.acknowledged[message["op"]] += 1
        elif kind == "embed":
            # Texts that programs give never come back once they are gone; files may, and are embedded again rightly.
            texts = {each[0] for each in message["texts"] if each[-1] in self._given}
            again = len(self._embedded & texts)
            self._embedded |= texts
            self.tally.embedded += len(message["texts"])
            if again:
                watch.again[message["thread"]] += again
        elif kind == "checked":
            watch.problems += message["problems"]
            self._model.resolve(from_plain(each) for each in message["seen"])
            self.tally.rebuilds += message["rebuilds"]
            self.tally.quarantined += message["quarantined"]
            for workspace, chunk, word in message["chunks"]:
                if self._words.setdefault((workspace, chunk), word) != word:
                    watch.problems.append(
                        f"passage {chunk} of {workspace} was {self._words[workspace, chunk]}, is {word}"
                    )
        else:
            watch.problems.append(f"{kind}: {message['text']}")


class _Watch:
    """Follows one life, and ends it when its time has come."""

    def __init__(self, driver: Driver, plan: Plan | None, process: int, pipe: int) -> None:
        self._driver = driver
        self._plan = plan
        self._process = process
        self._pipe = pipe
        self._operations = 0
        self._strike_at: float | None = None
        self.problems: list[str] = []
        self.again: Counter[int] = Counter()

    def run(self) -> None:
        deadline = time.monotonic() + LONGEST_LIFE
        if self._plan and self._plan.kind == "opening":
            self._strike_at = time.monotonic() + self._plan.delay
        rest = b""
        while True:
            until = deadline if self._strike_at is None else self._strike_at
            ready, _, _ = select.select([self._pipe], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                if self._strike_at is None:
                    self.problems.append("it hangs")
                    os.kill(self._process, signal.SIGUSR1)
                    time.sleep(0.5)  # for the stacks of its threads
                _kill(self._process)
                self._strike_at = deadline
                continue
            part = os.read(self._pipe, 1 << 16)
            if not part:
                return
            *lines, rest = (rest + part).split(b"\n")
            for line in lines:
                self._heard(json.loads(line))

    def _heard(self, message: dict[str, Any]) -> None:
        self._driver.acknowledge(message, self)
        plan = self._plan
        if plan is None or self._strike_at is not None:
            return
        if message["kind"] in ("crash", "log") or (message["kind"] == "checked" and message["problems"]):
            _kill(self._process)
        if message["kind"] == "done":
            self._operations += 1
        awaited = {"during": "begin", "after": "done"}.get(plan.kind)
        if message["kind"] == awaited and (message["op"] == plan.operation or self._operations >= MOST_OPERATIONS):
            self._strike_at = time.monotonic() + plan.delay
        elif self._operations >= 2 * MOST_OPERATIONS:
            self._strike_at = time.monotonic()


def _kill(process: int) -> None:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return  # it has ended


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=150)
    parser.add_argument("--minutes", type=float, default=math.inf, help="stop after this time, if that is sooner")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--keep", type=Path, default=None, help="where to keep what failed: the data as the kill left it"
    )
    parser.add_argument("--folder", type=Path, default=None, help="where to work; in memory (/dev/shm) it is quicker")
    arguments = parser.parse_args()
    seed = random.randrange(10**6) if arguments.seed is None else arguments.seed
    with tempfile.TemporaryDirectory(prefix="carrel-kill-", dir=arguments.folder) as folder:
        tell = (lambda _: None) if arguments.json else (lambda line: print(line, file=sys.stderr, flush=True))
        tally = Driver(Path(folder) / "root", seed, arguments.keep, tell).run(arguments.kills, arguments.minutes * 60)
    facts = {"seed": seed, **tally.facts()}
    print(json.dumps(facts, indent=1) if arguments.json else table(facts))
    return 1 if tally.failures else 0


def table(facts: dict[str, Any]) -> str:
    """Return the figures as lines of text."""
    lines = []
    for name, value in facts.items():
        if isinstance(value, dict):
            lines += [name.replace("_", " "), *(f"    {key:34} {number:>8}" for key, number in value.items())]
        elif not isinstance(value, list):
            lines.append(f"{name.replace('_', ' '):38} {value:>8}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
