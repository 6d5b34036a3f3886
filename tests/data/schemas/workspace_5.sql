BEGIN TRANSACTION;
CREATE TABLE change (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        operation TEXT NOT NULL CHECK (operation IN ('add', 'delete', 'document')),
        document_id INTEGER NOT NULL,
        chunk_id INTEGER
    ) STRICT;
INSERT INTO "change" VALUES(1,'add',1,1);
INSERT INTO "change" VALUES(2,'document',1,NULL);
INSERT INTO "change" VALUES(3,'add',2,2);
INSERT INTO "change" VALUES(4,'document',2,NULL);
INSERT INTO "change" VALUES(5,'delete',2,2);
INSERT INTO "change" VALUES(6,'document',2,NULL);
CREATE TABLE chunk (
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
    ) STRICT;
INSERT INTO "chunk" VALUES(1,1,3,0,0,33,NULL,NULL,'[]','A grey heron stands in the water.',X'469BA3CA43373DEB84830F327FA20D31AB88438AAA7994C6184866CB5B2CD804',X'40AEA2FE956AF2933DBF4502ED36729F601BEFFD866594CA645C516B60B4C127',9);
CREATE TABLE document (
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
    , listed_as TEXT NOT NULL DEFAULT '', pages INTEGER, words INTEGER) STRICT;
INSERT INTO "document" VALUES(1,1,NULL,NULL,'heron','workspace','Heron','text',33,0,0,0,'469ba3ca43373deb84830f327fa20d31ab88438aaa7994c6184866cb5b2cd804','{"team": "x"}','["bird"]','','meaning','','','',0,1700000000.0,1700000000.0,NULL,NULL,NULL,3,'heron
heron
',NULL,7);
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO "fact" VALUES('id','caec73eb-1034-481d-8c28-fd4d460c9672');
INSERT INTO "fact" VALUES('name','Thesis');
INSERT INTO "fact" VALUES('model','wordllama');
INSERT INTO "fact" VALUES('dimension','256');
INSERT INTO "fact" VALUES('created_at','1700000000.0');
INSERT INTO "fact" VALUES('colour','');
INSERT INTO "fact" VALUES('epoch','ae6358f267b049c68ac71f31cf82dfa1');
INSERT INTO "fact" VALUES('checked_at','1700000000.0');
INSERT INTO "fact" VALUES('erasure','6');
INSERT INTO "fact" VALUES('erasure of passages','6');
CREATE TABLE golden_query (
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
    ) STRICT;
CREATE TABLE job (
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
    , started_at REAL) STRICT;
CREATE TABLE mark (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        query TEXT NOT NULL,
        document_id INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
        mark TEXT NOT NULL CHECK (mark IN ('relevant', 'irrelevant')),
        at REAL NOT NULL,
        UNIQUE (query, document_id)
    ) STRICT;
CREATE TABLE receipt (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at REAL NOT NULL,
        reason TEXT NOT NULL,
        documents INTEGER NOT NULL,
        rows INTEGER NOT NULL,
        keyword_entries INTEGER NOT NULL,
        vectors INTEGER NOT NULL,
        cached_embeddings INTEGER NOT NULL,
        bytes INTEGER NOT NULL
    ) STRICT;
INSERT INTO "receipt" VALUES(1,1700000000.0,'removed',1,3,2,1,1,1590);
CREATE TABLE recent_search (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        query TEXT NOT NULL UNIQUE,
        at REAL NOT NULL
    ) STRICT;
CREATE TABLE saved_search (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        name_key TEXT NOT NULL UNIQUE,
        query TEXT NOT NULL,
        mode TEXT NOT NULL,
        filters TEXT NOT NULL,
        created_at REAL NOT NULL
    ) STRICT;
CREATE TABLE source (
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
    , root TEXT NOT NULL DEFAULT '', missing INTEGER NOT NULL DEFAULT 0, missing_of INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "source" VALUES(1,'texts',NULL,NULL,'texts','workspace','{}',0,NULL,'active','',1700000000.0,NULL,'',0,0);
CREATE TABLE version (
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
    ) STRICT;
INSERT INTO "version" VALUES(3,1,'469ba3ca43373deb84830f327fa20d31ab88438aaa7994c6184866cb5b2cd804','1:recursive:256:64','Heron',X'789C7354482F4AAD54C8482DCACF53282E49CC4B2956C8CC5328C94855284F2C492DD20300C6D80BCB',X'789C8B8E0500011500B9',33,'[]',0,1700000000.0);
CREATE UNIQUE INDEX source_by_path ON source (scope, path_key) WHERE path_key IS NOT NULL;
CREATE UNIQUE INDEX source_of_texts ON source (scope) WHERE kind = 'texts';
CREATE UNIQUE INDEX document_by_path ON document (source_id, path_key) WHERE path_key IS NOT NULL;
CREATE UNIQUE INDEX document_by_external_id ON document (scope, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX document_by_state ON document (state);
CREATE INDEX document_by_hash ON document (content_hash) WHERE content_hash IS NOT NULL;
CREATE INDEX document_by_expiry ON document (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX version_by_document ON version (document_id);
CREATE INDEX chunk_by_document ON chunk (document_id, ordinal);
CREATE INDEX chunk_by_version ON chunk (version_id);
CREATE INDEX chunk_by_embedding ON chunk (embedding_hash);
CREATE INDEX job_queue ON job (priority DESC, id) WHERE state = 'queued';
CREATE INDEX job_by_state ON job (state);
CREATE INDEX job_by_source ON job (source_id);
CREATE INDEX job_by_document ON job (document_id);
CREATE UNIQUE INDEX job_once ON job (kind, source_id, coalesce(document_id, 0))
        WHERE state = 'queued';
CREATE INDEX document_by_scope_expiry ON document (scope, expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX document_listed ON document (listed_as, scope, hidden_at, expires_at, state, kind, source_id, tags,
        size, pages, words, mtime_ns, event_time, updated_at, created_at, external_id);
CREATE INDEX mark_by_document ON mark (document_id);
CREATE INDEX golden_query_by_document ON golden_query (document_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('source',1);
INSERT INTO "sqlite_sequence" VALUES('document',2);
INSERT INTO "sqlite_sequence" VALUES('version',4);
INSERT INTO "sqlite_sequence" VALUES('job',2);
INSERT INTO "sqlite_sequence" VALUES('chunk',2);
INSERT INTO "sqlite_sequence" VALUES('change',6);
INSERT INTO "sqlite_sequence" VALUES('receipt',1);
COMMIT;
