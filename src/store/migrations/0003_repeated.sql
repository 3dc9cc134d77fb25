-- What the articles of a site repeat: bytes that only extraction understands, and learns anew where they are lost.
CREATE TABLE repeated (
    site  TEXT PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;
