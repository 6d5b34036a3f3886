"""Damages files of the indices in all ways that chance finds, and looks each time whether the engine mends itself.

    python -m tests.durability.damage --count 500 [--seed 1] [--json] [--keep FOLDER] [--folder FOLDER]

Two closed workspaces are made, with several segments of words and a graph of vectors, once as they are after an orderly
end and once as after a sudden one. Each time one to three files of one index of a copy are damaged, and a child process
opens it. It must not crash or hang; the other index must answer rightly at once, and both after the repair; both must
equal the truth, verification must find nothing, and the truth is never called damaged.

Exit status: 0 if all of that held every time, else 1.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a process with threads can't be forked
os.environ["TOKENIZERS_PARALLELISM"] = "false"

import numpy as np

from core import KnowledgeBase, Text
from core.domain.document import WORKSPACE_SCOPE
from core.domain.workspace import Workspace
from core.embedders.wordllama import WordLlamaEmbedder
from core.errors import CarrelError
from core.indexing import words
from core.keyword_index.seal import SEAL
from core.store.disk_space import BALLAST
from core.workspace import OpenWorkspace
from tests.core.engine import warm_up
from tests.durability.kill import table
from tests.durability.model import body
from tests.durability.small import DIMENSION, CountedEmbedder, SetClock, shrink, small_engine

NAMES = ("Atlas", "Borealis")
ROUNDS = 4
TEXTS_A_ROUND = 6
PER_CHILD = 25
LONGEST_SECONDS = 120.0
MOST_FAILURES = 5
WAIT_SECONDS = 60.0
PAGE = 4096
SIDES = ("words", "vectors")
OTHER = {"keyword": "vectors", "vector": "words"}
"""Which index may be damaged without any harm to a way of searching."""
TOLERANCE = 0.002
CHECKED_AT_ONCE = words.CHECKED_AT_ONCE
QUERIES = ("word7x", "harbour3 lantern", '"tells of harbour5"')
Hits = list[tuple[int, float]]


def flip(rng: random.Random, file: Path, _: Path) -> None:
    """Turn one bit round."""
    content = bytearray(file.read_bytes())
    if content:
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    file.write_bytes(content)


def truncate(rng: random.Random, file: Path, _: Path) -> None:
    """Cut the end off."""
    content = file.read_bytes()
    file.write_bytes(content[: rng.randrange(len(content))] if content else b"")


def zero_page(rng: random.Random, file: Path, _: Path) -> None:
    """Make a page zeros."""
    content = bytearray(file.read_bytes())
    begin = rng.randrange(len(content) // PAGE + 1) * PAGE
    end = min(begin + PAGE, len(content))
    content[begin:end] = bytes(end - begin)
    file.write_bytes(content)


def delete(_: random.Random, file: Path, __: Path) -> None:
    """Remove the file."""
    file.unlink()


def swap(rng: random.Random, file: Path, other: Path) -> None:
    """Put a file of another workspace in its place: that of the same name, or one of its kind."""
    alike = sorted(path for path in other.rglob(f"*{file.suffix}") if path.is_file() and path.suffix == file.suffix)
    same = [path for path in alike if path.parent.name == file.parent.name and path.name == file.name]
    if chosen := same or alike:
        shutil.copy(rng.choice(chosen), file)


def add_extra(rng: random.Random, file: Path, _: Path) -> None:
    """Put a file beside it that does not belong there."""
    name = rng.choice([f"extra{file.suffix}", f"{rng.getrandbits(128):032x}{file.suffix}", "9", "notes.txt"])
    file.with_name(name).write_bytes(file.read_bytes())


def empty(_: random.Random, file: Path, __: Path) -> None:
    """Leave nothing in it."""
    file.write_bytes(b"")


DAMAGES: tuple[Callable[[random.Random, Path, Path], None], ...] = (
    flip,
    flip,
    truncate,
    zero_page,
    delete,
    swap,
    swap,
    add_extra,
    empty,
)


@dataclass
class Tally:
    """What was counted over all damages."""

    trials: int = 0
    trials_by_side: Counter[str] = field(default_factory=Counter)
    damages: Counter[str] = field(default_factory=Counter)
    at_once: Counter[str] = field(default_factory=Counter)
    warned: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def facts(self) -> dict[str, Any]:
        """Return the figures by name."""
        return {
            "trials": self.trials,
            "damages": sum(self.damages.values()),
            "failures": len(self.failures),
            "seconds": round(self.seconds, 1),
            "damages_by_kind": dict(self.damages.most_common()),
            "rightly_answered_at_once": dict(self.at_once),
            "trials_by_side": dict(self.trials_by_side),
            "noticed": dict(self.warned),
            "first_failures": self.failures[:MOST_FAILURES],
        }


@dataclass(frozen=True)
class Base:
    """An undamaged data folder.

    Attributes:
        folder: Where it is.
        workspace: The id of its first workspace.
        expected: What each way of searching finds there, by the query.
    """

    folder: Path
    workspace: str
    expected: dict[str, dict[str, Hits]]


class Engine:
    """Opens engines of small sizes within a child process."""

    def __init__(self, model: WordLlamaEmbedder) -> None:
        self._embedder = CountedEmbedder(model, lambda _: None)

    def open(self, data: Path) -> KnowledgeBase:
        """Open a data folder."""
        return small_engine(data, SetClock(1_700_000_000.0), self._embedder)


def make(folder: Path, engine: Engine, orderly: bool) -> tuple[str, dict[str, dict[str, Hits]]]:
    """Fill a data folder, left open unless `orderly`; return its first workspace and what is found there."""
    kb = engine.open(folder)
    for name in NAMES:
        workspace = kb.workspaces.create(name)
        for number in range(ROUNDS):
            texts = range(number * TEXTS_A_ROUND, (number + 1) * TEXTS_A_ROUND)
            kb.documents.add_texts(
                workspace, [Text(f"t{each}", body(name, f"word{each}x", 3 + each % 9)) for each in texts]
            )
            assert kb.documents.wait(workspace, WAIT_SECONDS)
        with kb._opened.use(workspace) as opened:
            assert not opened.meaning.building, "a graph is wanted"
            opened._snapshots.write()
            kb.documents.add_texts(workspace, [Text("last", body(name, "word99x", 5))])
            assert kb.documents.wait(workspace, WAIT_SECONDS)
            opened._snapshots.write()
    workspace = first(kb)
    expected = answers(kb, workspace)
    with kb._opened.use(workspace) as opened:
        opened._words_loop.stop()
        opened.words.index.settle()
    if orderly:
        kb.close()
    return workspace.id, expected


def first(kb: KnowledgeBase) -> Workspace:
    """Return the workspace whose files are damaged."""
    return next(each for each in kb.workspaces.all() if each.name == NAMES[0])


def answers(kb: KnowledgeBase, workspace: Workspace) -> dict[str, dict[str, Hits]]:
    """Return what each way of searching finds, by the query."""
    return {mode: {query: found(kb, workspace, query, mode) for query in QUERIES} for mode in ("hybrid", *OTHER)}


def found(kb: KnowledgeBase, workspace: Workspace, query: str, mode: str) -> Hits:
    """Return the best passages and their scores, equal ones by number."""
    hits = [(hit.chunk_id, hit.score) for hit in kb.search.query(workspace, query, mode=mode, limit=5)]
    return sorted(hits, key=lambda hit: (-round(hit[1], 3), hit[0]))


def alike(hits: Hits, expected: Hits) -> bool:
    """Whether both are the same, but for the choice among those that are as good as the last."""
    scores = [score for _, score in expected]
    if len(hits) != len(expected) or not np.allclose([score for _, score in hits], scores, atol=TOLERANCE):
        return False
    return {chunk for chunk, score in expected if score > scores[-1] + TOLERANCE} <= {chunk for chunk, _ in hits}


class Trial:
    """One damage: made, opened, and looked at."""

    def __init__(self, base: Base, other: Base, root: Path, engine: Engine, rng: random.Random) -> None:
        """`other` is where swapped files come from; the copy is made in `root`."""
        self._base = base
        self._engine = engine
        self.data = root / "data"
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.copytree(base.folder, self.data, ignore=shutil.ignore_patterns(BALLAST))
        self.side = rng.choice(SIDES)
        here = self.data / "workspaces" / base.workspace / self.side
        files = sorted(path for path in here.rglob("*") if path.is_file())
        self.kinds = []
        chosen = rng.sample(files, rng.choice([1, 1, 1, 2, 3]))
        # A file of another index is told by the seal: both at once can't be.
        for file in [each for each in chosen if each.name == SEAL][:1] or chosen:
            damage = rng.choice(DAMAGES)
            damage(rng, file, other.folder / "workspaces" / other.workspace / self.side)
            self.kinds.append(f"{damage.__name__} {self.side}/*{file.suffix or file.name}")
        # A large index is checked behind the first searches.
        self.behind = rng.random() < 0.4
        self.problems: list[str] = []
        self.right: list[str] = []

    def run(self) -> None:
        """Open it and look."""
        words.CHECKED_AT_ONCE = 0 if self.behind else CHECKED_AT_ONCE
        with self._engine.open(self.data) as kb:
            workspace = first(kb)
            self._at_once(kb, workspace)
            self._repaired(kb, workspace)

    def _at_once(self, kb: KnowledgeBase, workspace: Workspace) -> None:
        for mode, side in OTHER.items():
            query = QUERIES[0]
            found(kb, workspace, query, "hybrid")
            try:
                right = alike(found(kb, workspace, query, mode), self._base.expected[mode][query])
            except CarrelError as error:
                right = False
                if side == self.side or not self.behind:
                    self.problems.append(f"at once, {mode} raises {error!r}")
            if right:
                self.right.append(mode)
            elif side == self.side:
                self.problems.append(f"at once, {mode} does not answer as before")

    def _repaired(self, kb: KnowledgeBase, workspace: Workspace) -> None:
        if not kb.documents.wait(workspace, WAIT_SECONDS):
            self.problems.append(f"does not come to rest: {kb.documents.progress(workspace)}")
            return
        for mode, expected in self._base.expected.items():
            for query, hits in expected.items():
                if not alike(now := found(kb, workspace, query, mode), hits):
                    self.problems.append(f"{mode} finds {now} for {query}, not {hits}")
        with kb._opened.use(workspace) as opened:
            self._ids(opened)
        report = kb.upkeep.verify(workspace, deep=True)
        self.problems += [f"verification: {each.part} {each.message}" for each in report.findings]
        self.problems += [f"verification skipped {each}" for each in report.skipped]

    def _ids(self, opened: OpenWorkspace) -> None:
        truth = opened.versions.chunk_ids()
        partition = opened.meaning.partition(WORKSPACE_SCOPE)
        index = opened.words.index
        same = {
            "words": np.array_equal(index.chunk_ids(), truth),
            "documents": np.array_equal(index.document_ids(), opened.versions.documents_after(0, -1)),
            "vectors": partition is not None and np.array_equal(partition.labels(), truth),
            "windows": partition is not None and np.array_equal(partition.windows.labels(), truth),
        }
        self.problems += [f"{name} differ from the truth" for name, right in same.items() if not right]


class Batch:
    """What a child process does: several damages one after the other, told in lines of JSON on a pipe."""

    def __init__(self, driver: Driver, numbers: range, pipe: int) -> None:
        self._driver = driver
        self._numbers = numbers
        self._pipe = pipe
        self._logged: list[logging.LogRecord] = []

    def run(self) -> None:
        """Go through them; never returns."""
        code = 1
        try:
            # What Rust says of its panics.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            shrink()
            handler = logging.Handler(logging.WARNING)
            handler.emit = self._logged.append  # type: ignore[method-assign] # all that a handler does
            logging.getLogger().addHandler(handler)
            for number in self._numbers:
                self._say({"begin": number})
                self._say({"end": number, **self._one(number)})
            code = 0
        except BaseException:  # noqa: BLE001 - whatever it is, the driver must be told
            self._say({"crash": traceback.format_exc()})
        finally:
            os._exit(code)

    def _one(self, number: int) -> dict[str, Any]:
        driver = self._driver
        self._logged.clear()
        rng = random.Random(f"{driver.seed} {number}")
        base, other = rng.sample(driver.bases, 2)
        trial = Trial(base, other, driver.root, driver.engine, rng)
        kept = driver.keep and driver.keep / f"seed{driver.seed}-{number}"
        if kept:
            shutil.copytree(trial.data, kept)
        try:
            trial.run()
        except Exception:  # noqa: BLE001 - told, and the next is looked at
            trial.problems.append(traceback.format_exc())
        trial.problems += [each.getMessage() for each in self._logged if each.levelno > logging.WARNING]
        if kept and not trial.problems:
            shutil.rmtree(kept)
        warned = any("damaged" in each.getMessage() or "not used" in each.getMessage() for each in self._logged)
        facts = {"kinds": trial.kinds, "side": trial.side, "behind": trial.behind, "right": trial.right}
        return facts | {"warned": warned, "problems": trial.problems}

    def _say(self, facts: dict[str, Any]) -> None:
        os.write(self._pipe, json.dumps(facts).encode() + b"\n")


class Driver:
    """Makes what is damaged, starts child processes, and counts."""

    def __init__(self, root: Path, seed: int, keep: Path | None = None) -> None:
        self.root = root
        self.seed = seed
        self.keep = keep
        self.engine = Engine(WordLlamaEmbedder(DIMENSION))
        warm_up()
        self.tally = Tally()
        self.bases = [self._base(name) for name in ("orderly", "sudden")]

    def _base(self, name: str) -> Base:
        folder = self.root / name
        reading, writing = os.pipe()
        process = os.fork()
        if process == 0:
            try:
                shrink()
                facts = make(folder, self.engine, orderly=name == "orderly")
                os.write(writing, json.dumps(facts).encode())
            except BaseException:  # noqa: BLE001 - the driver sees that nothing was written
                traceback.print_exc()
            finally:
                os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as file:
            facts = json.loads(file.read())
        os.waitpid(process, 0)
        return Base(folder, *facts)

    def run(self, count: int) -> Tally:
        """Damage so many times."""
        began = time.monotonic()
        number = 0
        while number < count and len(self.tally.failures) < MOST_FAILURES:
            number = self._batch(range(number, min(count, number + PER_CHILD)))
        self.tally.seconds = time.monotonic() - began
        return self.tally

    def _batch(self, numbers: range) -> int:
        """Have a child go through these; return the number with which to go on."""
        reading, writing = os.pipe()
        process = os.fork()
        if process == 0:
            os.close(reading)
            Batch(self, numbers, writing).run()
        os.close(writing)
        at, ended, rest = numbers.start, False, b""
        try:
            while select.select([reading], [], [], LONGEST_SECONDS)[0]:
                part = os.read(reading, 1 << 16)
                if not part:
                    ended = True
                    break
                *lines, rest = (rest + part).split(b"\n")
                for line in lines:
                    at = self._heard(json.loads(line), at)
        finally:
            os.close(reading)
            if not ended:
                os.kill(process, signal.SIGKILL)
            _, status = os.waitpid(process, 0)
        if not ended or status:
            self.tally.failures.append(f"{at}: {f'it ended with {status}' if ended else 'it hangs'}")
            return at + 1
        return numbers.stop

    def _heard(self, facts: dict[str, Any], at: int) -> int:
        if "begin" in facts:
            return int(facts["begin"])
        if "crash" in facts:
            self.tally.failures.append(f"{at}: {facts['crash']}")
            return at
        tally = self.tally
        tally.trials += 1
        tally.damages.update(facts["kinds"])
        tally.at_once.update(f"{facts['side']} damaged: {mode}" for mode in facts["right"])
        tally.trials_by_side[facts["side"]] += 1
        tally.warned[facts["side"]] += facts["warned"]
        if facts["problems"]:
            problems = "; ".join(facts["problems"])
            tally.failures.append(f"{at}: {facts['kinds']} behind={facts['behind']}: {problems[:2000]}")
        return at


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--keep", type=Path, default=None, help="where to keep the damaged data of what failed")
    parser.add_argument("--folder", type=Path, default=None, help="where to work; in memory (/dev/shm) it is quicker")
    arguments = parser.parse_args()
    seed = random.randrange(10**6) if arguments.seed is None else arguments.seed
    with tempfile.TemporaryDirectory(prefix="carrel-damage-", dir=arguments.folder) as folder:
        tally = Driver(Path(folder), seed, arguments.keep).run(arguments.count)
    facts = {"seed": seed, **tally.facts()}
    print(json.dumps(facts, indent=1) if arguments.json else table(facts))
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main())
