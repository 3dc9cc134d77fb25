-- Moments are microseconds since 1970 in UTC: whole numbers compare fast, and every date that chrono knows fits.

CREATE TABLE section (
    number INTEGER PRIMARY KEY,
    site   TEXT NOT NULL,
    name   TEXT NOT NULL,
    state  TEXT NOT NULL, -- SectionState as JSON
    UNIQUE (site, name)
) STRICT;

-- AUTOINCREMENT, so that the number of a dropped entry is never given to another: an edition may still name it.
CREATE TABLE entry (
    number        INTEGER PRIMARY KEY AUTOINCREMENT,
    site          TEXT NOT NULL,
    identity      TEXT NOT NULL,
    date          INTEGER NOT NULL, -- under which feeds order it
    updated       INTEGER NOT NULL,
    language      TEXT,
    direction     TEXT,
    story         INTEGER NOT NULL, -- hash of its id, which entries of two sites may share
    version       INTEGER NOT NULL, -- hash of all that a feed shows of it
    etag          TEXT,             -- from here on: the last reading of its page
    last_modified TEXT,
    read_at       INTEGER NOT NULL,
    reads         INTEGER NOT NULL,
    UNIQUE (site, identity)
) STRICT;

-- All that every feed's head needs of an entry, so that a start reads 4 MB for 100,000 entries and not 40.
CREATE INDEX entry_shown ON entry (number, updated, language, direction, story, version);

-- The entry itself, apart from what is searched: most questions never touch it.
CREATE TABLE content (
    entry  INTEGER PRIMARY KEY REFERENCES entry ON DELETE CASCADE,
    format INTEGER NOT NULL, -- 1: Entry as JSON, zstd
    bytes  BLOB NOT NULL
) STRICT;

-- Which sections listed an entry; `let_go` once the section's retention has no more use for it.
CREATE TABLE entry_section (
    section INTEGER NOT NULL REFERENCES section ON DELETE CASCADE,
    date    INTEGER NOT NULL,
    entry   INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,
    let_go  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (section, date, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_section_entry ON entry_section (entry, let_go);

-- A feed is never forgotten, even when it has no entries left: its address was given away.
CREATE TABLE feed (
    number  INTEGER PRIMARY KEY,
    kind    TEXT NOT NULL,
    site    TEXT NOT NULL,
    name    TEXT NOT NULL,
    label   TEXT NOT NULL,
    updated INTEGER NOT NULL,
    changed INTEGER NOT NULL, -- sequence of the change that last touched it
    UNIQUE (kind, site, name)
) STRICT;
CREATE INDEX feed_changed ON feed (changed);

CREATE TABLE feed_entry (
    feed  INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,
    date  INTEGER NOT NULL,
    entry INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,
    PRIMARY KEY (feed, date, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX feed_entry_entry ON feed_entry (entry);

-- Other addresses of an entry: what a listing links to, where the page calls itself something else.
CREATE TABLE alias (
    site     TEXT NOT NULL,
    identity TEXT NOT NULL,
    entry    INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,
    PRIMARY KEY (site, identity)
) STRICT, WITHOUT ROWID;
CREATE INDEX alias_entry ON alias (entry);

-- Addresses that are no entry. `number` grows, so that the oldest can be forgotten.
CREATE TABLE passed (
    number   INTEGER PRIMARY KEY,
    site     TEXT NOT NULL,
    identity TEXT NOT NULL,
    reason   TEXT NOT NULL,
    tries    INTEGER NOT NULL,
    retry_at INTEGER, -- never again where there is none
    UNIQUE (site, identity)
) STRICT;
CREATE INDEX passed_site ON passed (site);

CREATE TABLE fact (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
