"""Starts many processes at the same moment on one data folder, and kills the one that got it.

    python -m tests.durability.starts --starts 500 [--json] [--folder FOLDER]

In each round 20 processes run `carrel serve`. Exactly one may get the folder; every other must end with exit code 11
and a sentence. Then the owner is killed with SIGKILL, and the next start must get the folder at once: its time is
compared with that of a start after a clean end. The first round begins without a folder, the others with what the one
before has left.

Exit status: 0 if each round had exactly one owner, else 1.
"""

from __future__ import annotations

import argparse
import json
import os
import select
import signal
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.command_line import main as carrel
from tests.durability.programs import AT_WORK, HANGS, Program

AT_ONCE = 20
LOCKED = 11


@dataclass
class Tally:
    """What was counted over all rounds; times in seconds, from the fork to the word that it is at work."""

    starts: int = 0
    owners: int = 0
    refused: int = 0
    problems: list[str] = field(default_factory=list)
    after_kill: list[float] = field(default_factory=list)
    after_end: list[float] = field(default_factory=list)

    def facts(self) -> dict[str, Any]:
        """Return the figures by name."""
        killed, ended = statistics.median(self.after_kill), statistics.median(self.after_end)
        return {
            "starts": self.starts,
            "rounds": len(self.after_kill),
            "owners": self.owners,
            "refused": self.refused,
            "start_after_kill_ms": round(1000 * killed, 1),
            "start_after_end_ms": round(1000 * ended, 1),
            "quickest_after_kill_ms": round(1000 * min(self.after_kill), 1),
            "slowest_after_kill_ms": round(1000 * max(self.after_kill), 1),
            "ratio": round(killed / ended, 2),
            "problems": self.problems[:10],
        }


class Rounds:
    """Rounds of starts on the data folder `root/data`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._words = ["serve", "--data-dir", str(root / "data")]
        self.tally = Tally()

    def run(self) -> None:
        """Run one round."""
        gate, go = os.pipe()
        # Each waits until the gate is closed by the last who could write to it.
        programs = [
            Program(lambda: self._serve_behind(gate, go), self._root / f"errors{each}") for each in range(AT_ONCE)
        ]
        os.close(go)
        os.close(gate)
        try:
            self._judge(programs)
        finally:
            for each in programs:
                each.close()
        self.tally.after_kill.append(self._start_alone())
        self.tally.after_end.append(self._start_alone())

    def _serve_behind(self, gate: int, go: int) -> int:
        os.close(go)
        os.read(gate, 1)
        return carrel(self._words)

    def _judge(self, programs: list[Program]) -> None:
        self.tally.starts += len(programs)
        running = list(programs)
        deadline = time.monotonic() + HANGS
        while len(running) > 1 and time.monotonic() < deadline:
            ready, _, _ = select.select([each.handle for each in running], [], [], deadline - time.monotonic())
            for each in running:
                if each.handle in ready:
                    each.wait()
            running = [each for each in running if each.code is None]
        owners = [each for each in running if each.wait_for(AT_WORK)]
        self.tally.owners += len(owners)
        if len(owners) != 1:
            self.tally.problems.append(f"{len(owners)} processes own the folder")
        for each in programs:
            if each in owners:
                continue
            self.tally.refused += each.code == LOCKED
            if each.code != LOCKED or not _is_refusal(each.errors):
                self.tally.problems.append(f"a process ended with {each.code}: {' / '.join(each.errors)}")

    def _start_alone(self) -> float:
        began = time.perf_counter()
        program = Program(lambda: carrel(self._words), self._root / "errors")
        try:
            if not program.wait_for(AT_WORK):
                program.wait()
                self.tally.problems.append(f"a start alone ended with {program.code}: {' / '.join(program.errors)}")
            took = time.perf_counter() - began
            program.signal(signal.SIGTERM)
            if not program.wait() or program.code:
                self.tally.problems.append(f"told to stop, it ended with {program.code}: {' / '.join(program.errors)}")
        finally:
            program.close()
        return took


def _is_refusal(lines: list[str]) -> bool:
    """Tell whether this is a sentence and a hint, and nothing else."""
    return 1 <= len(lines) <= 2 and lines[0].startswith("carrel: Another Carrel") and lines[0].endswith(".")


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--starts", type=int, default=AT_ONCE, help=f"rounded up to rounds of {AT_ONCE}")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--folder", type=Path, default=None, help="where to work")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="carrel-starts-", dir=arguments.folder) as folder:
        rounds = Rounds(Path(folder))
        while rounds.tally.starts < arguments.starts:
            rounds.run()
    facts = rounds.tally.facts()
    if arguments.json:
        print(json.dumps(facts, indent=1))
    else:
        print("\n".join(f"{name.replace('_', ' '):28} {value}" for name, value in facts.items()))
    return 1 if facts["problems"] else 0


if __name__ == "__main__":
    sys.exit(main())
