CREATE TABLE invalidations (
    seq    INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice, so a reader can tell a gap
    origin TEXT NOT NULL,                     -- the process that wrote it
    scope  TEXT NOT NULL                      -- Selector::toWire()
);
CREATE TABLE edges (
    space    TEXT    NOT NULL, -- of the child
    child    TEXT    NOT NULL,
    parent   TEXT    NOT NULL,
    declared INTEGER NOT NULL, -- 1: by a person, stays until removed, 0: dies with the entry
    PRIMARY KEY (space, child, parent)
) WITHOUT ROWID;
CREATE INDEX edges_by_parent ON edges (parent);
CREATE TABLE identity (id TEXT NOT NULL);
INSERT INTO identity VALUES (lower(hex(randomblob(16))))
