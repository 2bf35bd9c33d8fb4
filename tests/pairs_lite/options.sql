-- each: option of int
-- form
CREATE TABLE t (a INT PRIMARY KEY, b TEXT) $*;
CREATE INDEX i ON t (b);
-- rows
INSERT INTO t (a, b) VALUES (3, 'x'), (9, 'y');
-- as: rowid
-- as: without
WITHOUT ROWID
-- as: strict
STRICT
-- as: both
STRICT, WITHOUT ROWID

-- each: option of integer
-- form
CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) $*;
CREATE INDEX i ON t (b);
-- rows
INSERT INTO t (a, b) VALUES (3, 'x'), (9, 'y');
-- as: rowid
-- as: without
WITHOUT ROWID
-- as: strict
STRICT
-- as: both
STRICT, WITHOUT ROWID

-- each: option of pair
-- form
CREATE TABLE t (a INT, b TEXT, c ANY, PRIMARY KEY (b, a)) $*;
CREATE INDEX i ON t (b);
-- rows
INSERT INTO t (a, b) VALUES (3, 'x'), (9, 'y');
-- as: rowid
-- as: without
WITHOUT ROWID
-- as: strict
STRICT
-- as: both
STRICT, WITHOUT ROWID

-- each: option of desc
-- form
CREATE TABLE t (a INTEGER, b TEXT, PRIMARY KEY (a DESC)) $*;
CREATE INDEX i ON t (b);
-- rows
INSERT INTO t (a, b) VALUES (3, 'x'), (9, 'y');
-- as: rowid
-- as: without
WITHOUT ROWID
-- as: strict
STRICT
-- as: both
STRICT, WITHOUT ROWID
