-- each: null
-- form
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT $*, b INT);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (5, 'y', NULL);
-- as: none
-- as: not
NOT NULL
-- as: written
NULL
-- as: named
CONSTRAINT nn NOT NULL
-- as: conflict
NOT NULL ON CONFLICT REPLACE
-- as: default
NOT NULL DEFAULT 'q'
-- as: default_first
DEFAULT 'q' NOT NULL
-- as: both
NOT NULL UNIQUE

-- each: collation
-- form
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT $* UNIQUE, b INT);
CREATE INDEX i ON t (a DESC, b);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (5, 'y', NULL);
-- as: none
-- as: nocase
COLLATE NOCASE
-- as: rtrim
COLLATE RTRIM
-- as: binary
COLLATE BINARY
-- as: named
CONSTRAINT cn COLLATE NOCASE
-- as: quoted
COLLATE "nocase"
