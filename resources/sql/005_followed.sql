-- How far the two logs of invalidations, the one here and the one of an L2, have told each other's store. One row for
-- each L2, by the name that its users give it.
CREATE TABLE followed (
    l2       TEXT    NOT NULL PRIMARY KEY,
    run      TEXT    NOT NULL, -- of the server, whose log was followed
    heard    TEXT    NOT NULL, -- the place in that log up to which this database knows it, sortable
    others   INTEGER NOT NULL, -- 1: in that run processes without this database were met
    told     INTEGER NOT NULL, -- the last row of invalidations that the L2 was told of
    saved_ms INTEGER NOT NULL
) WITHOUT ROWID
