"""What a long list of documents costs, in every order and under every filter, and the places of a query in a long text.

    python -m tests.benchmarks.lists [--documents 50000] [--megabytes 5] [--json]

Goals: a page anywhere in a list of 50,000 documents under 50 ms. The reference of a list is reading the rows of all
documents once, that of places is cutting the text into words by Python's own `split`; both are measured in the same
run.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from core.domain.listing import Sort
from core.domain.source import FoundFile, Rules
from core.keyword_index.highlight import Highlighter
from core.retrievers.query_language import parse_query
from core.store.database import Database
from core.store.documents import Documents
from core.store.listing import Listing, Wanted
from core.store.schema import WORKSPACE_MIGRATIONS
from core.store.sources import Sources
from tests.benchmarks.prose import Prose

ROUNDS = 7
WINDOW = 200
Row = dict[str, Any]


def _milliseconds(action: Callable[[], object]) -> float:
    """Return the milliseconds of an action, the median of some tries."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        action()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def _fill(database: Database, count: int) -> None:
    chance = random.Random(1)
    source = Sources(database).put("folder", b"/papers", "/papers", "workspace", Rules(), False, None, 1.0)
    names = ("Report", "Übersicht", "Lease")
    files = [
        FoundFile(
            path=f"/papers/{number % 500}/{chance.choice(names)} {number}.pdf".encode(),
            key=f"/papers/{number}",
            size=chance.randrange(10**7),
            mtime_ns=chance.randrange(10**18),
            inode=number,
            device=1,
            kind=chance.choice(["pdf", "docx", "txt"]),
            rule=chance.choice([None] * 9 + ["hidden"]),
        )
        for number in range(count)
    ]
    ids = Documents(database).add_files(source, "workspace", files, 1.0, None)
    about = json.dumps({"author": "Ada", "title": "x" * 150, "created": "2024-05-31T00:00:00+00:00"})
    with database.transaction() as connection:
        connection.executemany(
            "UPDATE document SET pages = ?, words = ?, tags = ?, metadata = ? WHERE id = ?",
            [
                (chance.randrange(300), chance.randrange(10**5), chance.choice(["[]", '["bird"]']), about, each)
                for each in ids
            ],
        )


def _lists(folder: Path, count: int) -> list[Row]:
    database = Database(folder / "workspace.db", WORKSPACE_MIGRATIONS)
    try:
        _fill(database, count)
        listing = Listing(database)

        def page(sort: Sort = Sort.NAME, descending: bool = False, offset: int = 0, **wanted: Any) -> float:
            chosen = Wanted(("workspace",), **wanted)
            return _milliseconds(lambda: listing.page(chosen, sort, descending, offset, WINDOW, 5.0))

        def read_all() -> None:
            with database.read() as connection:
                connection.execute("SELECT sum(length(metadata)) FROM document").fetchone()

        reference = _milliseconds(read_all)
        ways = {f"by {sort}": page(sort, sort is Sort.MODIFIED, count * 4 // 5) for sort in Sort}
        ways |= {
            "with a text": page(text="über"),
            "with a tag": page(tags=["bird"]),
            "of one state": page(states=["skipped"]),
            f"of {WINDOW} ids": page(ids=range(1, WINDOW + 1)),
        }
        return [_row(f"{count:,} documents {name}", value, reference, "< 50 ms") for name, value in ways.items()]
    finally:
        database.close()


def _places(megabytes: int) -> list[Row]:
    text = "\n\n".join(Prose().chunks(megabytes * 4_000, 60))[: megabytes * 1_000_000]
    words = text.split()[100:103]
    reference = _milliseconds(text.split)
    queries = {"words": " ".join(words), "a phrase": f'"{" ".join(words[:2])}"'}
    return [
        _row(
            f"places of {name} in {len(text) / 1e6:.1f} MB",
            _milliseconds(lambda query=query: Highlighter(parse_query(query)).matches(text, "en")),  # type: ignore[misc]
            reference,
        )
        for name, query in queries.items()
    ]


def _row(what: str, value: float, reference: float, wanted: str = "") -> Row:
    return {"what": what, "ms": value, "reference_ms": reference, "ratio": value / reference, "wanted": wanted}


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a table."""
    lines = [f"{'what':<36}{'ms':>8}{'reference':>11}{'ratio':>7}  wanted"]
    lines += [
        f"{row['what']:<36}{row['ms']:>8.1f}{row['reference_ms']:>11.1f}{row['ratio']:>7.2f}  {row['wanted']}"
        for row in rows
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Measure long lists of documents, and places in a long text.")
    parser.add_argument("--documents", type=int, default=50_000)
    parser.add_argument("--megabytes", type=int, default=5, help="size of the text")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        rows = [*_lists(Path(temporary), options.documents), *_places(options.megabytes)]
    sys.stdout.write((json.dumps(rows) if options.json else table(rows)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
