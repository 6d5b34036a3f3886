"""Tells the program to stop at random moments, and looks whether it ends soon and well, and whether anything is lost.

    python -m tests.durability.closings --closings 1000 [--seed 1] [--json] [--folder FOLDER]

Each life is a `carrel serve` (small sizes, so that snapshots happen all the time) that reads new files of a folder,
while another thread adds texts, searches and makes backups through the same engine. At a random moment, from the
opening of the data folder on, it gets SIGTERM. It must end with exit code 0, say nothing of a fault, and end within 3
seconds, times what a busy machine makes of a second. The next life opens the same folder; the last looks whether every
text that was acknowledged and every file is there, and all is whole.

Exit status: 0 if all was well, else 1.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import random
import signal
import statistics
import sys
import tempfile
import threading
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.command_line import main as carrel
from core.domain.document import State, Text
from core.embedders.wordllama import WordLlamaEmbedder
from core.errors import Closing
from core.indexing.worker_pool import WorkerPool
from core.knowledge_base import KnowledgeBase
from tests.core.engine import InlineReaders, warm_up
from tests.durability.programs import AT_WORK, Program, slowness
from tests.durability.small import DIMENSION, SETTINGS, shrink

NAME = "Closing"
FILES = 6
TEXTS = 30
SECONDS = 3.0
FILLER = " ".join(f"Sentence {number} of what fills a document." for number in range(20))


@dataclass
class Tally:
    """What was counted over all lives; times in seconds, from the signal to the end."""

    codes: dict[int, int] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    late: int = 0
    acknowledged: int = 0
    problems: list[str] = field(default_factory=list)

    def facts(self) -> dict[str, Any]:
        """Return the figures by name."""
        return {
            "closings": len(self.took),
            "codes": self.codes,
            "acknowledged": self.acknowledged,
            "median_ms": round(1000 * statistics.median(self.took), 1),
            "slowest_ms": round(1000 * max(self.took), 1),
            "late": self.late,
            "problems": self.problems[:10],
        }


class Lives:
    """Lives on the data folder `root/data`, which follow each other.

    Attributes:
        BEGUN, READY: What the program says when it begins to open the data folder, and when it has opened it.
        SAYS: The lines that it may write to its standard error.
        tally: What was counted.
    """

    BEGUN, READY = b"opening", AT_WORK
    SAYS: tuple[str, ...] = ("Stopping.",)

    def __init__(self, root: Path, seed: int) -> None:
        self._root = root
        self._rng = random.Random(seed)
        self._folder = root / "files"
        self._folder.mkdir()
        self._model = WordLlamaEmbedder(DIMENSION)
        warm_up()
        self._announced: set[str] = set()
        self._acknowledged: set[str] = set()
        self.tally = Tally()

    def close_at_random(self, life: int) -> None:
        """Let a process live, and tell it to stop."""
        for number in range(FILES):
            word = f"file{life}n{number}x"
            (self._folder / f"{word}.txt").write_text(f"The word is {word}. {FILLER}", "utf-8")
        real_readers = self._rng.random() < 0.25
        from_work = self._rng.random() < 0.7
        delay = self._rng.choice([0.02, 0.2, 1.0]) * self._rng.random()
        program = Program(lambda: self._serve(life, real_readers=real_readers), self._root / "errors")
        try:
            program.wait_for(self.READY if from_work else self.BEGUN)
            before = slowness()
            began = self._tell(program, delay)
            if began is not None:
                if not program.wait():
                    program.signal(signal.SIGUSR1)  # for the stacks of its threads
                    program.wait(1)
                    program.signal(signal.SIGKILL)
                    program.wait()
                took = time.perf_counter() - began
                self._judge(life, program, took, max(before, slowness()))
            else:
                self.tally.problems.append(f"life {life} ended by itself with {program.code}: {program.errors}")
        finally:
            program.close()

    def _tell(self, program: Program, delay: float) -> float | None:
        """Tell it to stop after so many seconds, and return when that was; None if it has ended before."""
        if program.wait(delay):
            return None
        began = time.perf_counter()
        program.signal(signal.SIGTERM)
        return began

    def _judge(self, life: int, program: Program, took: float, slow: float) -> None:
        tally = self.tally
        code = program.code if program.code is not None else 999
        tally.codes[code] = tally.codes.get(code, 0) + 1
        tally.took.append(took)
        said = program.said()
        for line in said.splitlines():
            kind, _, word = line.partition(" ")
            if kind == "announced":
                self._announced.add(word)
            elif kind == "acknowledged":
                self._acknowledged.add(word)
        tally.acknowledged = len(self._acknowledged)
        if code != 0:
            tally.problems.append(f"life {life} ended with {code}")
        if tuple(program.errors) != self.SAYS:
            tally.problems.append(f"life {life} said {' / '.join(program.errors)[-6000:]}")
        tally.late += took > SECONDS * slow

    def _serve(self, life: int, *, real_readers: bool) -> int:
        """Run `carrel serve`, with company that uses its engine; in a process of its own."""
        faulthandler.register(signal.SIGUSR1, all_threads=True)
        shrink()
        readers = WorkerPool if real_readers else InlineReaders

        def opened(data: Path) -> KnowledgeBase:
            say(self.BEGUN.decode())
            kb = KnowledgeBase(data, settings=SETTINGS, embedder=lambda *_: self._model, readers=readers)
            threading.Thread(target=self._accompany, args=(kb, life)).start()
            return kb

        KnowledgeBase.open = staticmethod(opened)  # type: ignore[assignment,method-assign] # of this process alone
        return carrel(["serve", "--data-dir", str(self._root / "data")])

    def _accompany(self, kb: KnowledgeBase, life: int) -> None:
        rng = random.Random(life)
        try:
            workspace = kb.workspaces.get_or_create(NAME)
            kb.documents.add(workspace, [self._folder], watch=True)
            for number in range(10**6):
                word = f"text{life}n{number}x"
                if number < TEXTS:
                    say(f"announced {word}")
                    kb.documents.add_texts(workspace, [Text(word, f"The word is {word}. {FILLER}")])
                    say(f"acknowledged {word}")
                kb.search.query(workspace, f"sentence {rng.choice(['filler', 'word', word])}", limit=5)
                if rng.random() < 0.05:
                    kb.upkeep.back_up(workspace)
        except Closing:
            return  # the program ends
        except BaseException:  # noqa: BLE001 - the driver looks at what stands there
            traceback.print_exc()

    def look(self) -> None:
        """Open the folder once more, and look whether all is there; in a process of its own."""
        program = Program(self._check, self._root / "errors")
        try:
            program.wait(600)
            if program.code or program.errors:
                self.tally.problems.append(f"the last look ended with {program.code}: {program.errors}")
        finally:
            program.close()

    def _check(self) -> int:
        problems = []
        shrink()
        with KnowledgeBase(
            self._root / "data", settings=SETTINGS, embedder=lambda *_: self._model, readers=InlineReaders
        ) as kb:
            workspace = kb.workspaces.get_or_create(NAME)
            kb.documents.add(workspace, [self._folder])
            if not kb.documents.wait(workspace, timeout=300):
                problems.append("it does not come to rest")
            files = kb.documents.ledger(workspace).files
            texts = {each.external_id for each in files if each.external_id}
            names = {each.name.removesuffix(".txt") for each in files if not each.external_id}
            there = {each.stem for each in self._folder.iterdir()}
            problems += [f"lost: {each}" for each in (self._acknowledged - texts) | (there - names)]
            problems += [f"phantom: {each}" for each in (texts - self._announced) | (names - there)]
            problems += [f"twice: {each}" for each in sorted(texts | names) if len(files) != len(texts) + len(names)]
            problems += [f"{each.name} is {each.state}" for each in files if each.state is not State.MEANING]
            problems += [
                f"not found: {each}"
                for each in texts | names
                if kb.search.matches(workspace, str(each)).total != 1
                or not kb.search.query(workspace, f"The word is {each}.", mode="vector", limit=1)
            ]
            problems += [each.message for each in kb.upkeep.verify(workspace, deep=True).findings]
        print("\n".join(problems[:20]), end="", file=sys.stderr)
        return 1 if problems else 0


def say(line: str) -> None:
    """Tell the driver something, in one piece and at once: what was acknowledged must be known, whatever is next."""
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


def main(kind: type[Lives], about: str | None) -> int:
    """Run the command for one kind of lives."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--closings", type=int, default=30)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--folder", type=Path, default=None, help="where to work")
    arguments = parser.parse_args()
    seed = random.randrange(10**6) if arguments.seed is None else arguments.seed
    with tempfile.TemporaryDirectory(prefix="carrel-closings-", dir=arguments.folder) as folder:
        lives = kind(Path(folder), seed)
        for life in range(arguments.closings):
            lives.close_at_random(life)
        lives.look()
    facts = {"seed": seed, **lives.tally.facts()}
    if arguments.json:
        print(json.dumps(facts, indent=1))
    else:
        print("\n".join(f"{name.replace('_', ' '):28} {value}" for name, value in facts.items()))
    return 1 if facts["problems"] or facts["late"] else 0


if __name__ == "__main__":
    sys.exit(main(Lives, __doc__))
