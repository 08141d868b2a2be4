CREATE TABLE entries (
    space          TEXT    NOT NULL,
    key            TEXT    NOT NULL,
    envelope       BLOB    NOT NULL,
    written_ms     INTEGER NOT NULL, -- wall time of the write
    life_ms        INTEGER NOT NULL, -- physical life that remained then
    stale_ms       INTEGER NOT NULL, -- how much of it is stale time
    negative       INTEGER NOT NULL,
    stale_until_ms INTEGER NOT NULL, -- written_ms + life_ms
    PRIMARY KEY (space, key)
) WITHOUT ROWID;
CREATE INDEX entries_by_end ON entries (stale_until_ms);
