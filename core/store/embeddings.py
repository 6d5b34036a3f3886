"""The cache of embeddings: costly to make, and the source from which a vector index is rebuilt.

Vectors are kept as float16. The index is always fed from here, so that it holds the same numbers before and after a
rebuild.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from core.domain.window import WindowTokens
from core.errors import DatabaseDamaged
from core.store.database import Database
from core.store.sqlite_errors import MALFORMED

_BATCH = 500
_HEADER = struct.Struct("<HH")

CachedEmbedding = tuple[NDArray[np.float32], WindowTokens | None]


class Embeddings:
    """Rows of `embedding`, keyed by model, kind of text (`document`) and SHA-256 of the exact text that was
    embedded.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, model: str, kind: str, hashes: Sequence[bytes]) -> dict[bytes, CachedEmbedding]:
        """Return the embeddings that are there, by hash: float32 `(dimension,)` and the window tokens if any."""
        found: dict[bytes, CachedEmbedding] = {}
        with self._database.read() as connection:
            for begin in range(0, len(hashes), _BATCH):
                part = hashes[begin : begin + _BATCH]
                rows = connection.execute(
                    "SELECT text_hash, vector, tokens FROM embedding WHERE model = ? AND kind = ?"
                    f" AND text_hash IN ({','.join('?' * len(part))})",
                    (model, kind, *part),
                )
                for row in rows:
                    try:
                        vector = np.frombuffer(row["vector"], dtype=np.float16).astype(np.float32)
                        found[row["text_hash"]] = (vector, _unpack(row["tokens"]))
                    except MALFORMED as error:
                        raise DatabaseDamaged("embeddings.db", "an embedding can't be read") from error
        return found

    def put(
        self, model: str, kind: str, entries: Mapping[bytes, tuple[NDArray[np.float32], WindowTokens | None]]
    ) -> None:
        """Store embeddings; one that is there already is left as it is."""
        rows = [
            (model, kind, text_hash, vector.astype(np.float16).tobytes(), _pack(tokens))
            for text_hash, (vector, tokens) in entries.items()
        ]
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO embedding (model, kind, text_hash, vector, tokens) VALUES (?, ?, ?, ?, ?)", rows
            )

    def delete(self, hashes: Iterable[bytes]) -> tuple[int, int]:
        """Delete the embeddings of these texts in every model; return how many, and their bytes."""
        removed = size = 0
        with self._database.transaction() as connection:
            for text_hash in hashes:
                rows = connection.execute(
                    "DELETE FROM embedding WHERE text_hash = ? RETURNING length(vector) + length(tokens)", (text_hash,)
                ).fetchall()
                removed += len(rows)
                size += sum(row[0] for row in rows)
        return removed, size

    def keep_only(self, used: Callable[[Sequence[bytes]], set[bytes]]) -> None:
        """Delete the embeddings of texts that `used`, asked for some at a time, does not give back."""
        last = b""
        while True:
            with self._database.read() as connection:
                # By the index alone, without reading a vector.
                hashes = [
                    row[0]
                    for row in connection.execute(
                        "SELECT DISTINCT text_hash FROM embedding WHERE text_hash > ? ORDER BY text_hash LIMIT ?",
                        (last, _BATCH),
                    )
                ]
            if not hashes:
                return
            if unused := set(hashes) - used(hashes):
                self.delete(unused)
            last = hashes[-1]

    def missing(self, model: str, kind: str, hashes: Sequence[bytes], dimension: int) -> int:
        """Return how many of these texts have no embedding of that many components."""
        missing = 0
        with self._database.read() as connection:
            for begin in range(0, len(hashes), _BATCH):
                part = set(hashes[begin : begin + _BATCH])
                rows = connection.execute(
                    "SELECT text_hash FROM embedding WHERE model = ? AND kind = ? AND length(vector) = ?"
                    f" AND text_hash IN ({','.join('?' * len(part))})",
                    (model, kind, 2 * dimension, *part),
                ).fetchall()
                missing += len(part) - len(rows)
        return missing

    def count(self) -> int:
        """Return the number of embeddings."""
        with self._database.read() as connection:
            return int(connection.execute("SELECT count(*) FROM embedding").fetchone()[0])


def _pack(tokens: WindowTokens | None) -> bytes:
    if tokens is None:
        return b""
    return _HEADER.pack(tokens.prefix, len(tokens.ids)) + tokens.ids.tobytes() + tokens.norms.tobytes()


def _unpack(packed: bytes) -> WindowTokens | None:
    if not packed:
        return None
    prefix, count = _HEADER.unpack_from(packed)
    ids = np.frombuffer(packed, dtype=np.uint16, count=count, offset=_HEADER.size)
    return WindowTokens(ids, prefix, np.frombuffer(packed, dtype=np.float16, offset=_HEADER.size + 2 * count))
