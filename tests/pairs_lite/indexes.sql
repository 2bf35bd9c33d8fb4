-- each: index
-- form
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT);
$*
-- rows
INSERT INTO t VALUES (1, 'x', 2), (5, 'y', NULL);
-- as: none
-- as: plain
CREATE INDEX i ON t (a);
-- as: unique
CREATE UNIQUE INDEX i ON t (a);
-- as: desc
CREATE INDEX i ON t (a DESC);
-- as: two
CREATE INDEX i ON t (a, b);
-- as: expr
CREATE INDEX i ON t (lower(a));
-- as: collate
CREATE INDEX i ON t (a COLLATE NOCASE);
-- as: partial
CREATE INDEX i ON t (a) WHERE b > 1;
-- as: partial2
CREATE INDEX i ON t (a) WHERE b > 2;
-- as: quoted
CREATE INDEX IF NOT EXISTS "i" ON [t] (`a`, "b" DESC);
-- as: comment
CREATE INDEX i /* why */ ON t (a) -- because
;
-- as: renamed
CREATE INDEX j ON t (a);

-- case: constraint_to_index
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE, b INT);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT);CREATE UNIQUE INDEX i ON t (a);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (5, 'y', NULL);

-- case: index_to_constraint
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT);CREATE UNIQUE INDEX i ON t (a);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE, b INT);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (5, 'y', NULL);
