CREATE TABLE owed (
    id         INTEGER PRIMARY KEY,
    roots      TEXT    NOT NULL, -- Selector::toWire()
    dependents TEXT    NOT NULL, -- the same
    follow     INTEGER NOT NULL, -- 1: there may be more dependents
    tiers      INTEGER NOT NULL, -- 1, 2, 4: L1, L2, L3
    since_ms   INTEGER NOT NULL
);
CREATE TABLE writes (
    id         INTEGER PRIMARY KEY,
    key        TEXT    NOT NULL,
    envelope   BLOB    NOT NULL,
    written_ms INTEGER NOT NULL, -- wall time of the write
    life_ms    INTEGER NOT NULL  -- physical life that remained then
)
