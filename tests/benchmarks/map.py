"""How much of the neighbourhood of documents a map keeps, what it costs, and for how long it holds up the window.

    python -m tests.benchmarks.map [FOLDER …] [--documents 50000] [--json]

Each FOLDER is a test collection as `tests.benchmarks.quality` takes it; its documents are imported. The last row is
a synthetic collection. Kept is the share of a document's ten nearest by cosine that are among its ten nearest on the
map; the reference is the plane of the two directions in which the documents differ most, from the same vectors. Goals:
at least four times as much as that, a few seconds at 50,000 documents, and no gap of a 5 ms heartbeat over 50 ms
meanwhile; its reference is the longest gap at rest, in the same run.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from core import KnowledgeBase
from core.domain.document_map import DocumentMap
from core.maps.layout import lay_out
from core.services.maps import _vectors
from core.vector_stores.shortening import principal_axes
from tests.benchmarks.heartbeat import Heartbeat
from tests.benchmarks.quality import load
from tests.benchmarks.synthetic import clustered

NEAREST = 10
SAMPLE = 2_000
REST = "at rest"
REST_SECONDS = 5.0
Points = NDArray[np.float32]
Row = dict[str, Any]


def kept_neighbours(vectors: Points, places: Points) -> float:
    """Return the share of the ten nearest by cosine that are among the ten nearest on the map."""
    sample = np.random.default_rng(0).permutation(len(vectors))[:SAMPLE]
    true, shown = _nearest(vectors, sample), _nearest(places, sample)
    return float(np.mean([len(set(a) & set(b)) / NEAREST for a, b in zip(true, shown, strict=True)]))


def _nearest(points: Points, sample: NDArray[np.int64]) -> list[list[int]]:
    points = np.ascontiguousarray(points, dtype=np.float32)
    index = faiss.IndexFlatL2(points.shape[1])
    index.add(points)
    _, found = index.search(points[sample], NEAREST + 1)
    return [[each for each in row if each != own][:NEAREST] for row, own in zip(found.tolist(), sample, strict=True)]


def flat(vectors: Points) -> Points:
    """Return the plane of the two directions in which the vectors differ most."""
    centred = vectors - vectors.mean(axis=0)
    plane: Points = centred @ principal_axes(vectors)[:, :2]
    return plane


def _row(what: str, vectors: Points, places: Points, seconds: float, heart: Heartbeat) -> Row:
    return {
        "what": what,
        "documents": len(vectors),
        "kept": kept_neighbours(vectors, places),
        "plane": kept_neighbours(vectors, flat(vectors)),
        "seconds": seconds,
        "worst_gap_ms": 1000 * max(heart.gaps[what], default=0.0),
        "worst_gap_at_rest_ms": 1000 * max(heart.gaps[REST], default=0.0),
    }


def imported(folder: Path, heart: Heartbeat) -> Row:
    """Import a collection, and draw its map as the program does."""
    collection = load(folder)
    with tempfile.TemporaryDirectory() as data, KnowledgeBase.open(data) as kb:
        workspace = kb.workspaces.create("map")
        kb.documents.add_texts(workspace, collection.texts)
        if not kb.documents.wait(workspace, timeout=3600):
            raise TimeoutError("indexing did not end within an hour")
        began = time.perf_counter()
        with heart.phase(collection.name):
            drawn = kb.maps.draw(workspace)
        seconds = time.perf_counter() - began
        assert isinstance(drawn, DocumentMap)
        with kb._opened.use(workspace) as opened:
            _, vectors = _vectors(opened, drawn.documents, None)
    return _row(collection.name, vectors, drawn.places, seconds, heart)


def synthetic(count: int, heart: Heartbeat) -> Row:
    """Lay out vectors made by chance."""
    vectors = clustered(count, 256, questions=1).vectors
    began = time.perf_counter()
    with heart.phase("synthetic"), threadpool_limits(limits=1, user_api="blas"):  # as in the program
        places = lay_out(vectors)
    return _row("synthetic", vectors, places, time.perf_counter() - began, heart)


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a table."""
    lines = [f"{'what':<16}{'documents':>10}{'kept':>8}{'plane':>8}{'s':>8}{'worst gap ms':>14}{'at rest':>9}"]
    lines += [
        f"{row['what']:<16}{row['documents']:>10}{row['kept']:>8.3f}{row['plane']:>8.3f}{row['seconds']:>8.2f}"
        f"{row['worst_gap_ms']:>14.1f}{row['worst_gap_at_rest_ms']:>9.1f}"
        for row in rows
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Measure maps of documents.")
    parser.add_argument("folders", type=Path, nargs="*", metavar="FOLDER")
    parser.add_argument("--documents", type=int, default=50_000, help="of the synthetic collection")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    heart = Heartbeat()
    sys.setswitchinterval(0.001)  # as the program does
    with heart.running():
        with heart.phase(REST):
            time.sleep(REST_SECONDS)
        rows = [imported(folder, heart) for folder in options.folders]
        rows.append(synthetic(options.documents, heart))
    sys.stdout.write((json.dumps(rows) if options.json else table(rows)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
