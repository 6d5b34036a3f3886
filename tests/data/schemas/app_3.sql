BEGIN TRANSACTION;
CREATE TABLE usage (
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
    ) STRICT;
INSERT INTO "usage" VALUES('f4aca9a9-f190-4a38-9007-a4f703d9f5b2','2023-11-14',0,1,1,439744,11600,0,69856,0,1700000000.0);
CREATE TABLE workspace (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        name_key TEXT NOT NULL UNIQUE,
        model TEXT NOT NULL,
        dimension INTEGER NOT NULL,
        created_at REAL NOT NULL
    , colour TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "workspace" VALUES('f4aca9a9-f190-4a38-9007-a4f703d9f5b2','Thesis','thesis','wordllama',256,1700000000.0,'');
COMMIT;
