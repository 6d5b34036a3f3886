BEGIN TRANSACTION;
CREATE TABLE workspace (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        name_key TEXT NOT NULL UNIQUE,
        model TEXT NOT NULL,
        dimension INTEGER NOT NULL,
        created_at REAL NOT NULL
    ) STRICT;
INSERT INTO "workspace" VALUES('0c2f5b1e-7d3a-4a55-9b1f-2f1f0a6d7c11','Thesis','thesis','wordllama',256,1700000000.0);
COMMIT;
