"""The schemas of the three databases, as numbered migrations: the n-th function takes version n to n + 1.

A migration that has been released is never changed; a new one is added behind it.
"""

from __future__ import annotations

import sqlite3

from core.store.documents import fill_listing

_WORKSPACE_1 = (
    """CREATE TABLE source (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK (kind IN ('folder', 'file', 'texts')),
        path BLOB,
        path_key TEXT,
        name TEXT NOT NULL,
        scope TEXT NOT NULL,
        rules TEXT NOT NULL,
        watch INTEGER NOT NULL,
        ttl REAL,
        state TEXT NOT NULL CHECK (state IN ('active', 'paused', 'offline')),
        reason TEXT NOT NULL DEFAULT '',
        created_at REAL NOT NULL,
        scanned_at REAL
    ) STRICT""",
    "CREATE UNIQUE INDEX source_by_path ON source (scope, path_key) WHERE path_key IS NOT NULL",
    "CREATE UNIQUE INDEX source_of_texts ON source (scope) WHERE kind = 'texts'",
    """CREATE TABLE document (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        source_id INTEGER NOT NULL REFERENCES source,
        path BLOB,
        path_key TEXT,
        external_id TEXT,
        scope TEXT NOT NULL,
        title TEXT NOT NULL,
        kind TEXT NOT NULL,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        inode INTEGER NOT NULL,
        device INTEGER NOT NULL,
        content_hash TEXT,
        metadata TEXT NOT NULL DEFAULT '{}',
        tags TEXT NOT NULL DEFAULT '[]',
        language TEXT NOT NULL DEFAULT '',
        state TEXT NOT NULL,
        stage TEXT NOT NULL DEFAULT '',
        reason_code TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT '',
        attempts INTEGER NOT NULL DEFAULT 0,
        created_at REAL NOT NULL,
        updated_at REAL NOT NULL,
        event_time REAL,
        expires_at REAL,
        hidden_at REAL,
        current_version_id INTEGER
    ) STRICT""",
    "CREATE UNIQUE INDEX document_by_path ON document (source_id, path_key) WHERE path_key IS NOT NULL",
    "CREATE UNIQUE INDEX document_by_external_id ON document (scope, external_id) WHERE external_id IS NOT NULL",
    "CREATE INDEX document_by_state ON document (state)",
    "CREATE INDEX document_by_hash ON document (content_hash) WHERE content_hash IS NOT NULL",
    "CREATE INDEX document_by_expiry ON document (expires_at) WHERE expires_at IS NOT NULL",
    """CREATE TABLE version (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        document_id INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
        content_hash TEXT NOT NULL,
        pipeline TEXT NOT NULL,
        title TEXT NOT NULL,
        text BLOB NOT NULL,
        anchors BLOB NOT NULL,
        characters INTEGER NOT NULL,
        remarks TEXT NOT NULL,
        partial INTEGER NOT NULL,
        created_at REAL NOT NULL
    ) STRICT""",
    "CREATE INDEX version_by_document ON version (document_id)",
    """CREATE TABLE chunk (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        document_id INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
        version_id INTEGER NOT NULL REFERENCES version ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        page INTEGER,
        heading TEXT,
        places TEXT NOT NULL,
        text TEXT NOT NULL,
        text_hash BLOB NOT NULL,
        embedding_hash BLOB NOT NULL,
        tokens INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX chunk_by_document ON chunk (document_id, ordinal)",
    "CREATE INDEX chunk_by_version ON chunk (version_id)",
    "CREATE INDEX chunk_by_embedding ON chunk (embedding_hash)",
    """CREATE TABLE change (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        operation TEXT NOT NULL CHECK (operation IN ('add', 'delete', 'document')),
        document_id INTEGER NOT NULL,
        chunk_id INTEGER
    ) STRICT""",
    """CREATE TABLE job (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK (kind IN ('scan', 'read')),
        source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
        document_id INTEGER REFERENCES document ON DELETE CASCADE,
        state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'quarantined', 'cancelled')),
        content_hash TEXT NOT NULL DEFAULT '',
        priority REAL NOT NULL DEFAULT 0,
        attempts INTEGER NOT NULL DEFAULT 0,
        boot TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT '',
        created_at REAL NOT NULL,
        not_before REAL NOT NULL DEFAULT 0,
        finished_at REAL
    ) STRICT""",
    "CREATE INDEX job_queue ON job (priority DESC, id) WHERE state = 'queued'",
    "CREATE INDEX job_by_state ON job (state)",
    "CREATE INDEX job_by_source ON job (source_id)",
    "CREATE INDEX job_by_document ON job (document_id)",
    """CREATE UNIQUE INDEX job_once ON job (kind, source_id, coalesce(document_id, 0))
        WHERE state = 'queued'""",
    """CREATE TABLE receipt (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at REAL NOT NULL,
        reason TEXT NOT NULL,
        documents INTEGER NOT NULL,
        rows INTEGER NOT NULL,
        keyword_entries INTEGER NOT NULL,
        vectors INTEGER NOT NULL,
        cached_embeddings INTEGER NOT NULL,
        bytes INTEGER NOT NULL
    ) STRICT""",
    "CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
)

_WORKSPACE_2 = (
    # Device and inode of the root as it was last looked at, so that another folder in its place is recognised.
    "ALTER TABLE source ADD COLUMN root TEXT NOT NULL DEFAULT ''",
    # Files that are gone and whose removal waits for a decision, and the number of files that they are among.
    "ALTER TABLE source ADD COLUMN missing INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE source ADD COLUMN missing_of INTEGER NOT NULL DEFAULT 0",
)

_WORKSPACE_3 = (
    # What has expired in the scopes that a search sees is asked for by every search.
    "CREATE INDEX document_by_scope_expiry ON document (scope, expires_at) WHERE expires_at IS NOT NULL",
)

_WORKSPACE_4 = (
    # What a list of documents sorts and filters by (`listed_as`) and shows.
    "ALTER TABLE document ADD COLUMN listed_as TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE document ADD COLUMN pages INTEGER",
    "ALTER TABLE document ADD COLUMN words INTEGER",
    # How many words a text has is counted when it is read the next time.
    """UPDATE document SET pages = CASE WHEN json_valid(metadata) THEN
        CASE json_type(metadata, '$.pages') WHEN 'integer' THEN json_extract(metadata, '$.pages') END END
        WHERE path IS NOT NULL AND current_version_id IS NOT NULL""",
    # All that sorting and filtering needs, so that a long list is made without reading the rows of documents.
    """CREATE INDEX document_listed ON document (listed_as, scope, hidden_at, expires_at, state, kind, source_id, tags,
        size, pages, words, mtime_ns, event_time, updated_at, created_at, external_id)""",
    "ALTER TABLE job ADD COLUMN started_at REAL",
    """CREATE TABLE saved_search (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        name_key TEXT NOT NULL UNIQUE,
        query TEXT NOT NULL,
        mode TEXT NOT NULL,
        filters TEXT NOT NULL,
        created_at REAL NOT NULL
    ) STRICT""",
    """CREATE TABLE recent_search (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        query TEXT NOT NULL UNIQUE,
        at REAL NOT NULL
    ) STRICT""",
    # What a person thinks of a document that a query finds.
    """CREATE TABLE mark (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        query TEXT NOT NULL,
        document_id INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
        mark TEXT NOT NULL CHECK (mark IN ('relevant', 'irrelevant')),
        at REAL NOT NULL,
        UNIQUE (query, document_id)
    ) STRICT""",
    "CREATE INDEX mark_by_document ON mark (document_id)",
)

_WORKSPACE_5 = (
    # What a query must find, and how the last run of it went.
    """CREATE TABLE golden_query (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        query TEXT NOT NULL,
        document_id INTEGER REFERENCES document ON DELETE SET NULL,
        passage TEXT NOT NULL,
        within INTEGER NOT NULL,
        created_at REAL NOT NULL,
        place INTEGER,
        miss TEXT NOT NULL DEFAULT '',
        ran_at REAL,
        UNIQUE (query, document_id, passage)
    ) STRICT""",
    "CREATE INDEX golden_query_by_document ON golden_query (document_id)",
)

_EMBEDDINGS_1 = (
    """CREATE TABLE embedding (
        id INTEGER PRIMARY KEY,
        model TEXT NOT NULL,
        kind TEXT NOT NULL,
        text_hash BLOB NOT NULL,
        vector BLOB NOT NULL,
        tokens BLOB NOT NULL
    ) STRICT""",
    "CREATE UNIQUE INDEX embedding_by_text ON embedding (text_hash, kind, model)",
)

_APP_1 = (
    """CREATE TABLE workspace (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        name_key TEXT NOT NULL UNIQUE,
        model TEXT NOT NULL,
        dimension INTEGER NOT NULL,
        created_at REAL NOT NULL
    ) STRICT""",
)

_APP_2 = ("ALTER TABLE workspace ADD COLUMN colour TEXT NOT NULL DEFAULT ''",)

_APP_3 = (
    # What is not known of a day is NULL: nobody looked at the workspace then.
    """CREATE TABLE usage (
        workspace_id TEXT NOT NULL REFERENCES workspace ON DELETE CASCADE,
        day TEXT NOT NULL,
        searches INTEGER NOT NULL DEFAULT 0,
        documents INTEGER,
        passages INTEGER,
        texts_bytes INTEGER,
        words_bytes INTEGER,
        vectors_bytes INTEGER,
        cache_bytes INTEGER,
        backups_bytes INTEGER,
        looked_at REAL,
        PRIMARY KEY (workspace_id, day)
    ) STRICT""",
    # How long reading took on this machine, for an estimate before a folder is added.
    """CREATE TABLE pace (
        kind TEXT PRIMARY KEY,
        files INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        seconds REAL NOT NULL
    ) STRICT""",
)


def _workspace_1(connection: sqlite3.Connection) -> None:
    for statement in _WORKSPACE_1:
        connection.execute(statement)


def _workspace_2(connection: sqlite3.Connection) -> None:
    for statement in _WORKSPACE_2:
        connection.execute(statement)


def _workspace_3(connection: sqlite3.Connection) -> None:
    for statement in _WORKSPACE_3:
        connection.execute(statement)


def _workspace_4(connection: sqlite3.Connection) -> None:
    for statement in _WORKSPACE_4:
        connection.execute(statement)
    fill_listing(connection)


def _workspace_5(connection: sqlite3.Connection) -> None:
    for statement in _WORKSPACE_5:
        connection.execute(statement)


def _embeddings_1(connection: sqlite3.Connection) -> None:
    for statement in _EMBEDDINGS_1:
        connection.execute(statement)


def _app_1(connection: sqlite3.Connection) -> None:
    for statement in _APP_1:
        connection.execute(statement)


def _app_2(connection: sqlite3.Connection) -> None:
    for statement in _APP_2:
        connection.execute(statement)


def _app_3(connection: sqlite3.Connection) -> None:
    for statement in _APP_3:
        connection.execute(statement)


WORKSPACE_MIGRATIONS = (_workspace_1, _workspace_2, _workspace_3, _workspace_4, _workspace_5)
EMBEDDINGS_MIGRATIONS = (_embeddings_1,)
APP_MIGRATIONS = (_app_1, _app_2, _app_3)
