-- Every feed that a configuration ever named: its address was given away. `mark` is what it is recognised by under another
-- name, the heir what took its place. `number` grows, so that the oldest can be forgotten.
CREATE TABLE given (
    number    INTEGER PRIMARY KEY,
    kind      TEXT NOT NULL,
    site      TEXT NOT NULL,
    name      TEXT NOT NULL,
    mark      TEXT NOT NULL,
    stands    INTEGER NOT NULL,
    heir_kind TEXT,
    heir_site TEXT,
    heir_name TEXT,
    UNIQUE (kind, site, name)
) STRICT;
