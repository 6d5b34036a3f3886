BEGIN TRANSACTION;
CREATE TABLE pace (
        kind TEXT PRIMARY KEY,
        files INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        seconds REAL NOT NULL
    ) STRICT;
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
INSERT INTO "usage" VALUES('5c67c1a0-a4fd-4505-94b3-64bbf4d40626','2023-11-14',0,1,1,456128,11945,0,69856,0,1700000000.0);
CREATE TABLE workspace (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        name_key TEXT NOT NULL UNIQUE,
        model TEXT NOT NULL,
        dimension INTEGER NOT NULL,
        created_at REAL NOT NULL
    , colour TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "workspace" VALUES('5c67c1a0-a4fd-4505-94b3-64bbf4d40626','Thesis','thesis','wordllama',256,1700000000.0,'');
COMMIT;
