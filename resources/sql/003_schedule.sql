CREATE TABLE schedule (
    id              INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice: who cancels one cancels no other
    space           TEXT    NOT NULL,           -- of the process that made it
    due_ms          INTEGER NOT NULL,           -- wall time
    made_ms         INTEGER NOT NULL,
    made_by         TEXT    NOT NULL,
    scope           TEXT    NOT NULL,           -- Selector::toWire()
    tiers           INTEGER NOT NULL,           -- those still to be done, bit 0 is L1
    expire          INTEGER NOT NULL,
    dependents      INTEGER NOT NULL,
    reason          TEXT    NOT NULL,
    owner           TEXT    NOT NULL DEFAULT '', -- the process that carries it out
    leased_until_ms INTEGER NOT NULL DEFAULT 0   -- until when it belongs to that process
);
CREATE INDEX schedule_by_due ON schedule (space, due_ms)
