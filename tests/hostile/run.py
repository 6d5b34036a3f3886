"""Thousands of hostile files through the reader processes, by hand.

    python -m tests.hostile.run --files 3000 [--seed 1] [--workers 2] [--json]

Every kind of hostile file comes once, then good files with seeded faults. Goals: this process does not crash; it grows
by less than 50 MB over the second half of the files (the first half leaves behind the room for two large answers); no
file is read for longer than the limit; after a file that cost its reader, the next is read within a second.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from core.domain.clock import SystemClock
from core.indexing.worker_pool import WorkerPool
from core.settings import IndexingSettings
from tests.hostile.corpus import DOCUMENTS, KINDS, made
from tests.hostile.trial import LOST, outcomes, settled

GROWTH_LIMIT = 50_000_000
NEXT_LIMIT = 1.0


def main() -> int:
    parser = argparse.ArgumentParser(description="Hostile files through the reader processes.")
    parser.add_argument("--files", type=int, default=len(KINDS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--memory", type=int, default=IndexingSettings().memory_mb, help="megabytes of a reader")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    settings = IndexingSettings(workers=given.workers, memory_mb=given.memory)
    pool = WorkerPool(settings, SystemClock())
    try:
        with tempfile.TemporaryDirectory() as folder:
            files = made(Path(folder), given.files, given.seed)
            good_file = DOCUMENTS / "foghorn.txt"
            before = settled()
            found = list(outcomes(pool, files[: len(files) // 2], good_file))
            halfway = settled()
            found += outcomes(pool, files[len(files) // 2 :], good_file)
            grown = settled() - halfway
            in_all = settled() - before
    finally:
        pool.close()
    most = max(each.grown for each in found)
    slowest = sorted(found, key=lambda each: -each.seconds)[:10]
    after = max(each.next_seconds for each in found)
    late = [each for each in found if each.seconds > settings.timeout_seconds + 5]
    good = grown < GROWTH_LIMIT and not late and not any(each.leaked for each in found) and after < NEXT_LIMIT
    lost = [each for each in found if each.code in LOST]
    if given.json:
        report = {
            "files": len(found),
            "seed": given.seed,
            "codes": Counter(each.code for each in found),
            "grown": grown,
            "grown_in_all": in_all,
            "grown_at_most": most,
            "next_seconds": after,
            "slowest": [asdict(each) for each in slowest],
            "lost": [asdict(each) for each in lost],
            "good": good,
        }
        print(json.dumps(report, indent=1))
    else:
        print(f"{len(found)} files, seed {given.seed}, {os.cpu_count()} processors")
        print(
            *(f"  {code:<12}{count:>6}" for code, count in Counter(each.code for each in found).most_common()), sep="\n"
        )
        print("slowest", *(f"  {each.seconds:6.1f} s  {each.code:<10} {each.name!a}" for each in slowest), sep="\n")
        print("lost", *(f"  {each.code:<10} {each.name!a}: {each.message}" for each in lost), sep="\n")
        print(f"this process grew by {grown / 1e6:.0f} MB over the second half of the files,")
        print(f"by {in_all / 1e6:.0f} MB in all, and by {most / 1e6:.0f} MB for a moment")
        print(f"after a file that cost its reader, the next was read within {after:.2f} s")
        print("good" if good else "NOT GOOD")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
