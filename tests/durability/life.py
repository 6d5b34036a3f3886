"""One life of an engine: a process opens the data folder, looks whether all is well, and works until it is killed.

It is forked from a process that has loaded the libraries and opened nothing, and tells what it does in lines of JSON
on a pipe, each written at once by a single system call.
"""

from __future__ import annotations

import faulthandler
import json
import logging
import os
import random
import signal
import threading
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core import KnowledgeBase
from core.embedders.wordllama import WordLlamaEmbedder
from tests.durability.invariants import Check
from tests.durability.model import Model
from tests.durability.moments import Aim
from tests.durability.small import CountedEmbedder, Rebuilds, SetClock, shrink, small_engine
from tests.durability.workload import Workload


@dataclass(frozen=True)
class Plan:
    """How a life is to end.

    Attributes:
        kind: `opening` (killed while it opens), `during` or `after` an operation, or a moment of `moments.MOMENTS`.
        operation: The operation of `during` and `after`.
        passing: How many steps or operations are let pass before.
        delay: Seconds to wait before the kill.
        early: Whether a moment is aimed at from the opening on, not only when the check is done.
    """

    kind: str
    operation: str = ""
    passing: int = 0
    delay: float = 0.0
    early: bool = False


class _Warnings(logging.Handler):
    def __init__(self, say: Any) -> None:
        super().__init__(logging.WARNING)
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        # The engine's own log never holds a text; here the whole cause is wanted.
        self._say("log", {"text": f"{record.getMessage()}\n{traceback.format_exc()}"})


class Life:
    """What the forked process does; `run` never returns."""

    def __init__(
        self, root: Path, plan: Plan | None, model: Model, seed: int, pipe: int, model_file: WordLlamaEmbedder
    ) -> None:
        """Without a plan it ends by itself after the check, with a snapshot written and everything closed."""
        self._root = root
        self._plan = plan
        self._model = model
        self._rng = random.Random(seed)
        self._pipe = pipe
        self._saying = threading.Lock()
        self._embedder = CountedEmbedder(
            model_file, lambda texts: self._say("embed", {"thread": threading.get_native_id(), "texts": texts})
        )
        self._clock = SetClock(model.clock)

    def run(self) -> None:
        """Live."""
        code = 1
        try:
            faulthandler.register(signal.SIGUSR1, (self._root / "stacks").open("w"), all_threads=True)
            logging.getLogger().addHandler(_Warnings(self._say))
            self._live()
            code = 0
        except BaseException:  # noqa: BLE001 - whatever it is, the driver must be told
            self._say("crash", {"text": traceback.format_exc()})
        finally:
            os._exit(code)

    def _say(self, kind: str, facts: dict[str, Any]) -> None:
        line = memoryview(json.dumps({"kind": kind, **facts}).encode() + b"\n")
        with self._saying:
            while line:
                line = line[os.write(self._pipe, line) :]

    def _live(self) -> None:
        shrink()
        rebuilds = Rebuilds()
        plan = self._plan
        aim = Aim(plan.kind, plan.passing) if plan else Aim("", 0)
        aim.install()
        aim.armed = plan is not None and plan.early
        kb = self._open()
        for each in kb.workspaces.all():
            kb.resume(each)
        check = Check(kb, self._model, self._root / "files", self._rng)
        check.run()
        self._say(
            "checked",
            {
                "problems": check.problems,
                "seen": list(check.seen.items()),
                "chunks": check.chunks,
                "quarantined": check.quarantined,
                "rebuilds": rebuilds.count,
            },
        )
        self._model.resolve(check.seen.items())
        if plan is None:
            kb.close()
            return
        work = Workload(kb, self._open, self._root / "files", self._clock, self._model, self._rng, self._say)
        aim.armed = True
        while True:
            work.step()

    def _open(self) -> KnowledgeBase:
        return small_engine(self._root / "data", self._clock, self._embedder)
