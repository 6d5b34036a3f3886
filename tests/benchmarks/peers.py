"""A vector query with ten rows of metadata, against Chroma, LanceDB and Qdrant's local mode, in the same run.

    python -m tests.benchmarks.peers [--count 100000] [--dimension 256] [--json]

Carrel is its vector partition with the rows of its database, as a search reads them (`core.store.hits`); the others
are asked for ids and metadata of the ten nearest. All hold the same vectors and one short text a vector, on disk. p50
is taken at the smallest search list that gives a recall of 0.95 (Qdrant's local mode looks at everything). Goals: at
most 0.35 of Chroma's p50 and 0.15 of LanceDB's; ahead of all three in seconds of the processor to build, and in bytes.

The others are no part of Carrel's environment; those that can't be imported are named and left out. An environment for
them: `pip install chromadb lancedb qdrant-client faiss-cpu psutil threadpoolctl platformdirs filelock`, and the same
command with its Python.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from core.domain.chunk import Span
from core.domain.document import Text
from core.domain.extracted import Extracted
from core.store.database import Database
from core.store.documents import Documents
from core.store.hits import Hits
from core.store.schema import WORKSPACE_MIGRATIONS
from core.store.sources import Sources
from core.store.versions import NewVersion, Versions
from core.vector_stores import VectorPartition
from core.vector_stores.base import Labels, Vectors
from core.vector_stores.hnsw import HnswStore
from tests.benchmarks.synthetic import Collection, clustered
from tests.benchmarks.vectors import ROUNDS, Row, Search, Truth, Width, compare, measure, table

K = 10
RECALL = 0.95
AT_ONCE = 5_000
WIDTHS = (10, 16, 24, 32, 48, 64, 96, 128, 192, 256)
TEXT = "A passage of no particular length that stands for the text of number {}."


class Carrel:
    """Partition and database, filled as the engine fills them."""

    def __init__(self, folder: Path, vectors: Vectors) -> None:
        self._database = Database(folder / "workspace.db", WORKSPACE_MIGRATIONS)
        self._hits = Hits(self._database)
        labels = self._fill(len(vectors))
        self._partition = VectorPartition(folder / "vectors", vectors.shape[1], "model", "workspace")
        self._partition.open()
        self._partition.add(labels, vectors)
        self._partition.grow()
        self._partition.snapshot(1)
        self._width = Width()
        if isinstance(self._partition._store, HnswStore):
            self._partition._store._candidates = self._width
        self._first = int(labels[0])

    def _fill(self, count: int) -> Labels:
        documents, versions = Documents(self._database), Versions(self._database)
        source = Sources(self._database).texts("workspace", 0.0)
        for begin in range(0, count, AT_ONCE):
            with self._database.transaction():
                made = []
                for number in range(begin, min(begin + AT_ONCE, count)):
                    text = TEXT.format(number)
                    given = Text(str(number), text, f"Title {number}", {"number": number})
                    document = documents.put_text(source, "workspace", given, None, 0.0)
                    read, spans = Extracted(text, ()), [Span(0, len(text), None, None)]
                    made.append(NewVersion(document, "hash", "1", "text", given.title, "en", read, spans, len(text), 0))
                versions.store(made, 0.0)
        return versions.chunk_ids()

    def set_width(self, width: int) -> None:
        """Set the number of candidates."""
        self._width.value = width

    def search(self, question: Vectors) -> Labels:
        """Return the numbers of the nearest, whose rows were read."""
        labels, _ = self._partition.search(question, K)
        rows = self._hits.passages(labels.tolist(), ["workspace"], 1.0)
        return np.array([int(rows[label].document.external_id or -1) for label in labels.tolist()])

    def close(self) -> None:
        """Close everything."""
        self._partition.close()
        self._database.close()


class Chroma:
    """A persistent client with one collection."""

    def __init__(self, folder: Path, vectors: Vectors) -> None:
        import chromadb

        client = chromadb.PersistentClient(str(folder), settings=chromadb.Settings(anonymized_telemetry=False))
        self._collection: Any = client.create_collection("passages", configuration={"hnsw": {"space": "cosine"}})
        for begin in range(0, len(vectors), AT_ONCE):
            numbers = range(begin, min(begin + AT_ONCE, len(vectors)))
            self._collection.add(
                ids=[str(number) for number in numbers],
                embeddings=vectors[begin : begin + AT_ONCE],
                documents=[TEXT.format(number) for number in numbers],
                metadatas=[{"title": f"Title {number}"} for number in numbers],
            )

    def set_width(self, width: int) -> None:
        """Set the search list."""
        self._collection.modify(configuration={"hnsw": {"ef_search": width}})

    def search(self, question: Vectors) -> Labels:
        """As `Carrel.search`."""
        found = self._collection.query(question[np.newaxis], n_results=K, include=["metadatas", "documents"])
        return np.array([int(each) for each in found["ids"][0]])

    def close(self) -> None:
        """Nothing to do."""


class Lance:
    """A table with an index of kind IVF_HNSW_SQ in one part."""

    def __init__(self, folder: Path, vectors: Vectors) -> None:
        import lancedb
        import pyarrow as pa

        numbers = range(len(vectors))
        columns = {
            "number": pa.array(numbers),
            "title": pa.array([f"Title {number}" for number in numbers]),
            "text": pa.array([TEXT.format(number) for number in numbers]),
            "vector": pa.FixedSizeListArray.from_arrays(pa.array(vectors.ravel()), vectors.shape[1]),
        }
        self._table: Any = lancedb.connect(str(folder)).create_table("passages", data=pa.table(columns))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            self._table.create_index("cosine", num_partitions=1, index_type="IVF_HNSW_SQ")
        self._width = WIDTHS[0]

    def set_width(self, width: int) -> None:
        """Set the search list."""
        self._width = width

    def search(self, question: Vectors) -> Labels:
        """As `Carrel.search`."""
        asked = self._table.search(question).nprobes(1).ef(self._width).limit(K)
        found = asked.select(["number", "title", "text", "_distance"]).to_list()
        return np.array([each["number"] for each in found])

    def close(self) -> None:
        """Nothing to do."""


class Qdrant:
    """The local mode, which looks at every vector."""

    def __init__(self, folder: Path, vectors: Vectors) -> None:
        from qdrant_client import QdrantClient, models

        warnings.simplefilter("ignore", UserWarning)  # it advises a server for so many
        self._client: Any = QdrantClient(path=str(folder))
        size = models.VectorParams(size=vectors.shape[1], distance=models.Distance.COSINE)
        self._client.create_collection("passages", vectors_config=size)
        for begin in range(0, len(vectors), AT_ONCE):
            points = [
                models.PointStruct(id=begin + number, vector=vector, payload={"text": TEXT.format(begin + number)})
                for number, vector in enumerate(vectors[begin : begin + AT_ONCE].tolist())
            ]
            self._client.upsert("passages", points)

    def set_width(self, width: int) -> None:
        """It has none."""

    def search(self, question: Vectors) -> Labels:
        """As `Carrel.search`."""
        found = self._client.query_points("passages", query=question.tolist(), limit=K).points
        return np.array([each.id for each in found])

    def close(self) -> None:
        """Close the client."""
        self._client.close()


Peer = Carrel | Chroma | Lance | Qdrant
PEERS: dict[str, tuple[str, Callable[[Path, Vectors], Peer], str]] = {
    "Chroma": ("chromadb", Chroma, "≤ 0.35"),
    "LanceDB": ("lancedb", Lance, "≤ 0.15"),
    "Qdrant local": ("qdrant_client", Qdrant, "≤ 1"),
}


def measured(make: Callable[[Path, Vectors], Peer], collection: Collection) -> tuple[float, float, float]:
    """Return p50 in microseconds at the wanted recall, CPU seconds to build, and bytes a vector on disk."""
    truth = Truth(collection, np.arange(len(collection.vectors)))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        began = time.process_time()
        peer = make(folder, collection.vectors)
        seconds = time.process_time() - began
        p50 = float("inf")
        for width in WIDTHS:
            peer.set_width(width)
            search: Search = peer.search
            recall, p50, _ = measure(search, collection.questions, truth, ROUNDS)
            if recall >= RECALL:
                break
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        peer.close()
    return p50, seconds, size / len(collection.vectors)


def run(count: int, dimension: int) -> tuple[list[Row], list[str]]:
    """Return the rows, and the peers that are not installed."""
    rows = []
    missing = [name for name, (module, _, _) in PEERS.items() if importlib.util.find_spec(module) is None]
    collection = clustered(count, dimension, questions=300)
    with threadpool_limits(1):
        ours = measured(Carrel, collection)
        for name, (_, make, wanted) in PEERS.items():
            if name not in missing:
                theirs = measured(make, collection)
                for what, mine, other, goal in zip(
                    (f"p50 at recall {RECALL}, µs", "build, CPU s", "bytes a vector"),
                    ours,
                    theirs,
                    (wanted, "≤ 1", "≤ 1"),
                    strict=True,
                ):
                    rows.append(compare("peers", f"{name}: {what}", mine, other, goal))
    return rows, missing


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Measure a vector query against other programs'.")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--dimension", type=int, default=256)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    rows, missing = run(options.count, options.dimension)
    if missing:
        sys.stderr.write(f"not installed: {', '.join(missing)}\n")
    sys.stdout.write((json.dumps(rows) if options.json else table(rows)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
