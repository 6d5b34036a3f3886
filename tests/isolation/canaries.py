"""Random operations in three workspaces; every answer is searched for the words of the others.

    python -m tests.isolation.canaries [--operations 50000] [--seed 1] [--json]

The suite does 500 of them; this does any number, in worlds of a thousand operations each.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.isolation.world import Leak, run

OF_A_WORLD = 1_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; the exit code is 1 if anything leaked."""
    parser = argparse.ArgumentParser(description="Look for what one workspace shows of another.")
    parser.add_argument("--operations", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    done: Counter[str] = Counter()
    leaks: list[str] = []
    for world in range(-(-options.operations // OF_A_WORLD)):
        with tempfile.TemporaryDirectory() as folder:
            try:
                count = min(OF_A_WORLD, options.operations - world * OF_A_WORLD)
                done.update(each.split()[0].strip("_") for each in run(Path(folder), count, options.seed + world).done)
            except Leak as leak:
                leaks.append(str(leak))
    total = sum(done.values())
    if options.json:
        sys.stdout.write(json.dumps({"operations": total, "by_kind": done, "leaks": leaks}) + "\n")
    else:
        sys.stdout.write("".join(f"{kind:<12}{number:>8,}\n" for kind, number in done.most_common()))
        sys.stdout.write(f"{total:,} operations, {len(leaks)} leaks\n" + "".join(f"{leak}\n" for leak in leaks))
    return 1 if leaks else 0


if __name__ == "__main__":
    sys.exit(main())
