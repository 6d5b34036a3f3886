"""Versions of documents and their passages: written and made current in one transaction."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain.chunk import Chunk, Span, embedding_prefix
from core.domain.clock import optional_moment
from core.domain.extracted import Anchor, Extracted, Places, Remark
from core.domain.passage import DocumentEntry, Passage
from core.errors import DatabaseDamaged
from core.store.changes import log
from core.store.database import Database
from core.store.documents import display_path, listed_as
from core.store.sqlite_errors import MALFORMED


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A text that was read and cut, to become the document's current version.

    Attributes:
        document_id: The document.
        content_hash: SHA-256 of the file's bytes, or of the text.
        pipeline: Names everything that shapes text and passages; another value means: read again.
        kind: What the file turned out to be.
        title: Title found in it, or its name.
        language: Two letters, or empty.
        extracted: Text, anchors, metadata, warnings.
        spans: Its passages.
        size: Bytes of the file when it was read.
        mtime_ns: Its time of last change when it was read.
        event_time: Date found in the document (seconds since 1970), or None.
        words: Number of words of the text, or None where nobody counted.
    """

    document_id: int
    content_hash: str
    pipeline: str
    kind: str
    title: str
    language: str
    extracted: Extracted
    spans: Sequence[Span]
    size: int
    mtime_ns: int
    event_time: float | None = None
    words: int | None = None


@dataclass(frozen=True, slots=True)
class Embeddable:
    """A passage that is to be embedded: `prefix` and `text` together are what `embedding_hash` names."""

    chunk_id: int
    document_id: int
    scope: str
    embedding_hash: bytes
    prefix: str
    text: str


class Versions:
    """Rows of `version` and `chunk`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def draft(self, document_id: int, content_hash: str, title: str, text: str, now: float) -> int:
        """Keep a text that a program gave until its passages are cut; it becomes current with `store`."""
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM version WHERE document_id = ? AND id IS NOT (SELECT current_version_id FROM document"
                " WHERE id = ?)",
                (document_id, document_id),
            )
            cursor = connection.execute(
                "INSERT INTO version (document_id, content_hash, pipeline, title, text, anchors, characters,"
                " remarks, partial,"
                " created_at) VALUES (?, ?, 'draft', ?, ?, ?, ?, '[]', 0, ?)",
                (document_id, content_hash, title, _pack(text), _pack("[]"), len(text), now),
            )
            return int(cursor.lastrowid or 0)

    def drafts(self, document_ids: Sequence[int]) -> dict[int, tuple[str, str, str]]:
        """Return the newest kept text of these documents: content hash, title, text."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT document_id, content_hash, title, text, max(id) FROM version WHERE pipeline = 'draft'"
                " AND document_id IN"
                f" ({','.join('?' * len(document_ids))}) GROUP BY document_id",
                document_ids,
            ).fetchall()
        return {row["document_id"]: (row["content_hash"], row["title"], _unpack(row["text"])) for row in rows}

    def store(self, versions: Iterable[NewVersion], now: float, jobs: Sequence[int] = ()) -> list[int]:
        """Store versions with their passages and make them current, in one transaction; older ones go.

        A version whose document has gone meanwhile is left out. The jobs that asked for them are done with the same
        commit, so that none is done twice or half.

        Returns:
            Ids of the documents that were stored.
        """
        stored: list[int] = []
        with self._database.transaction() as connection:
            connection.executemany("DELETE FROM job WHERE id = ?", [(job,) for job in jobs])
            for version in versions:
                row = connection.execute(
                    "SELECT metadata, path, external_id FROM document WHERE id = ?", (version.document_id,)
                ).fetchone()
                if row is None:
                    continue
                extracted, document_id = version.extracted, version.document_id
                cursor = connection.execute(
                    "INSERT INTO version (document_id, content_hash, pipeline, title, text, anchors, characters,"
                    " remarks,"
                    " partial, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        document_id,
                        version.content_hash,
                        version.pipeline,
                        version.title,
                        _pack(extracted.text),
                        _pack(json.dumps([[a.kind, a.start, a.label, a.level] for a in extracted.anchors])),
                        len(extracted.text),
                        json.dumps([[remark.code, remark.message] for remark in extracted.warnings]),
                        any(remark.partial for remark in extracted.warnings),
                        now,
                    ),
                )
                version_id = cursor.lastrowid
                old = connection.execute("SELECT id FROM chunk WHERE document_id = ?", (document_id,)).fetchall()
                log(connection, [("delete", document_id, each["id"]) for each in old])
                # A text that came while this one was cut waits for its own job.
                connection.execute(
                    "DELETE FROM version WHERE document_id = ? AND id <> ?"
                    " AND (pipeline <> 'draft' OR content_hash = ?)",
                    (document_id, version_id, version.content_hash),
                )
                places = Places(extracted.anchors)
                rows = connection.execute(
                    "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'chunk'"
                ).fetchone()
                first = rows[0] + 1
                connection.executemany(
                    "INSERT INTO chunk (id, document_id, version_id, ordinal, start, end, page, heading, places,"
                    " text, text_hash, embedding_hash, tokens) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [
                        (
                            first + ordinal,
                            document_id,
                            version_id,
                            ordinal,
                            *_chunk(version.title, span, extracted.text, places),
                        )
                        for ordinal, span in enumerate(version.spans)
                    ],
                )
                log(connection, [("add", document_id, first + ordinal) for ordinal in range(len(version.spans))])
                log(connection, [("document", document_id, None)])
                partial = " ".join(remark.message for remark in extracted.warnings if remark.partial)
                state = "partial" if partial else "words" if version.spans else "meaning"
                metadata = json.loads(row["metadata"]) | dict(extracted.metadata)
                connection.execute(
                    "UPDATE document SET current_version_id = ?, content_hash = ?, kind = ?, title = ?, language ="
                    " ?, metadata = ?,"
                    " state = ?, stage = '', reason_code = ?, reason = ?, attempts = 0, updated_at = ?,"
                    " event_time = coalesce(?, event_time), size = ?, mtime_ns = ?, hidden_at = NULL, listed_as = ?,"
                    " pages = ?, words = ? WHERE id = ?",
                    (
                        version_id,
                        version.content_hash,
                        version.kind,
                        version.title,
                        version.language,
                        json.dumps(metadata, ensure_ascii=False),
                        state,
                        "partial" if partial else "",
                        partial,
                        now,
                        version.event_time,
                        version.size,
                        version.mtime_ns,
                        listed_as(row["path"], row["external_id"], version.title),
                        _pages(extracted),
                        version.words,
                        document_id,
                    ),
                )
                stored.append(document_id)
        return stored

    def extracted(self, document_id: int) -> Extracted | None:
        """Return the current text of a document with its anchors, or None where it has none."""
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT version.text, version.anchors, version.remarks FROM version JOIN document"
                " ON document.current_version_id = version.id WHERE document.id = ?",
                (document_id,),
            ).fetchone()
        if row is None:
            return None
        try:
            anchors = tuple(Anchor(*each) for each in json.loads(_unpack(row["anchors"])))
            remarks = tuple(Remark(*each) for each in json.loads(row["remarks"]))
        except MALFORMED as error:
            raise DatabaseDamaged("workspace.db", "the places in a text can't be read") from error
        return Extracted(_unpack(row["text"]), anchors, {}, remarks)

    def used_embeddings(self, hashes: Sequence[bytes]) -> set[bytes]:
        """Return those of these hashes of embedded texts that a passage has."""
        with self._database.read() as connection:
            rows = connection.execute(
                f"SELECT embedding_hash FROM chunk WHERE embedding_hash IN ({','.join('?' * len(hashes))})", hashes
            )
            return {row[0] for row in rows}

    def chunks(self, document_id: int) -> list[Chunk]:
        """Return the passages of a document, in order."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT id, document_id, ordinal, start, end, page, heading, text, tokens FROM chunk WHERE"
                " document_id = ?"
                " ORDER BY ordinal",
                (document_id,),
            ).fetchall()
        return [Chunk(*row) for row in rows]

    def passages(self, chunk_ids: Sequence[int]) -> list[Passage]:
        """Return these passages as the keyword index takes them; those that have gone are left out."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT chunk.id, chunk.document_id, document.scope, document.language, document.title,"
                " coalesce(chunk.heading, '') AS heading, chunk.text FROM chunk JOIN document ON document.id ="
                " chunk.document_id"
                f" WHERE chunk.id IN ({','.join('?' * len(chunk_ids))}) ORDER BY chunk.id",
                chunk_ids,
            ).fetchall()
        return [Passage(*row) for row in rows]

    def entries(self, document_ids: Sequence[int]) -> list[DocumentEntry]:
        """Return these documents as the keyword index takes them; those without text are left out."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT document.id, document.scope, document.language, document.title, document.path,"
                " document.external_id,"
                " version.text, document.kind, source.name AS source, document.tags, document.event_time FROM document"
                " JOIN version ON version.id = document.current_version_id JOIN source ON source.id ="
                " document.source_id"
                f" WHERE document.id IN ({','.join('?' * len(document_ids))})",
                document_ids,
            ).fetchall()
        entries = []
        for row in rows:
            path = display_path(row["path"])
            entries.append(
                DocumentEntry(
                    document_id=row["id"],
                    scope=row["scope"],
                    language=row["language"],
                    title=row["title"],
                    name=path.rsplit("/", 1)[-1] if path else row["external_id"] or "",
                    text=_unpack(row["text"]),
                    kind=row["kind"],
                    source=row["source"],
                    tags=tuple(json.loads(row["tags"])),
                    year=_year(row["event_time"]),
                )
            )
        return entries

    def to_embed(self, chunk_ids: Sequence[int]) -> list[Embeddable]:
        """Return these passages as an embedder takes them; those that have gone are left out."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT chunk.id, chunk.document_id, document.scope, chunk.embedding_hash, version.title,"
                " chunk.heading,"
                " chunk.text FROM chunk JOIN document ON document.id = chunk.document_id JOIN version ON version.id"
                " = chunk.version_id"
                f" WHERE chunk.id IN ({','.join('?' * len(chunk_ids))}) ORDER BY chunk.id",
                chunk_ids,
            ).fetchall()
        return [
            Embeddable(
                row["id"],
                row["document_id"],
                row["scope"],
                row["embedding_hash"],
                embedding_prefix(row["title"], row["heading"]),
                row["text"],
            )
            for row in rows
        ]

    def characters(self, document_ids: Sequence[int]) -> dict[int, int]:
        """Return the length of the current text of each document that has one."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT document.id, version.characters FROM document JOIN version"
                " ON version.id = document.current_version_id WHERE document.id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(document_ids)),),
            )
            return {row[0]: row[1] for row in rows}

    def documents_after(self, document_id: int, limit: int) -> list[int]:
        """Return the ids of up to `limit` documents with text behind `document_id`, in order."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT id FROM document WHERE id > ? AND current_version_id IS NOT NULL ORDER BY id LIMIT ?",
                (document_id, limit),
            )
            return [row["id"] for row in rows]

    def chunk_ids(self) -> NDArray[np.int64]:
        """Return the ids of all passages, sorted."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT id FROM chunk ORDER BY id").fetchall()
        return np.array([row[0] for row in rows], dtype=np.int64)

    def document_ids(self) -> NDArray[np.int64]:
        """Return the ids of all documents with text, sorted."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT id FROM document WHERE current_version_id IS NOT NULL ORDER BY id"
            ).fetchall()
        return np.array([row[0] for row in rows], dtype=np.int64)

    def count(self) -> int:
        """Return the number of passages."""
        with self._database.read() as connection:
            return int(connection.execute("SELECT count(*) FROM chunk").fetchone()[0])


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _chunk(title: str, span: Span, text: str, places: Places) -> tuple[object, ...]:
    part = text[span.start : span.end]
    digest = hashlib.sha256(part.encode()).digest()
    prefix = embedding_prefix(title, span.heading)
    embedding = hashlib.sha256(f"{prefix}\0{part}".encode()).digest()
    inside = json.dumps(places.changes(span.start, span.end), ensure_ascii=False)
    return (span.start, span.end, span.page, span.heading, inside, part, digest, embedding, span.tokens)


def _pack(text: str) -> bytes:
    return zlib.compress(text.encode(), 6)


def _unpack(packed: bytes) -> str:
    try:
        return zlib.decompress(packed).decode()
    except MALFORMED as error:
        raise DatabaseDamaged("workspace.db", "a text can't be read") from error


def _pages(extracted: Extracted) -> int | None:
    pages = extracted.metadata.get("pages")
    return pages if isinstance(pages, int) else None


def _year(seconds: float | None) -> int | None:
    at = optional_moment(seconds)
    return None if at is None else at.year
