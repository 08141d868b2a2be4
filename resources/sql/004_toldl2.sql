-- The L2 that the writer of the row tells itself, empty where it has none. Not behind the column: SQLite would keep the
-- comment and lose the bracket after it.
ALTER TABLE invalidations ADD COLUMN l2 TEXT NOT NULL DEFAULT ''
