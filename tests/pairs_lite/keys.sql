-- each: key
-- form
CREATE TABLE t $*;
-- rows
INSERT INTO t VALUES (3, 'x', 1), (4, 'y', 2), (8, 'z', 3);
-- as: none
(a INT NOT NULL, b TEXT NOT NULL, c)
-- as: inline
(a INT NOT NULL PRIMARY KEY, b TEXT NOT NULL, c)
-- as: table
(a INT NOT NULL, b TEXT NOT NULL, c, PRIMARY KEY (a))
-- as: named
(a INT NOT NULL, b TEXT NOT NULL, c, CONSTRAINT pk PRIMARY KEY (a))
-- as: composite
(a INT NOT NULL, b TEXT NOT NULL, c, PRIMARY KEY (a, b))
-- as: reversed
(a INT NOT NULL, b TEXT NOT NULL, c, PRIMARY KEY (b, a))
-- as: desc
(a INT NOT NULL, b TEXT NOT NULL, c, PRIMARY KEY (a DESC, b))
-- as: other
(a INT NOT NULL, b TEXT NOT NULL PRIMARY KEY, c)
-- as: conflict
(a INT NOT NULL PRIMARY KEY ON CONFLICT REPLACE, b TEXT NOT NULL, c)
-- as: without
(a INT NOT NULL PRIMARY KEY, b TEXT NOT NULL, c) WITHOUT ROWID
-- as: without_two
(a INT NOT NULL, b TEXT NOT NULL, c, PRIMARY KEY (a, b)) WITHOUT ROWID
-- as: collate
(a INT NOT NULL, b TEXT NOT NULL, c, PRIMARY KEY (b COLLATE NOCASE))
-- as: rowid
(a INTEGER PRIMARY KEY, b TEXT NOT NULL, c)
-- as: rowid_table
(a INTEGER, b TEXT NOT NULL, c, PRIMARY KEY (a))
-- as: auto
(a INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT NOT NULL, c)
-- as: auto_table
(a INTEGER, b TEXT NOT NULL, c, CONSTRAINT p PRIMARY KEY (a AUTOINCREMENT))
-- as: desc_rowid
(a INTEGER PRIMARY KEY DESC, b TEXT NOT NULL, c)

-- each: key of a column that comes with it
-- form
CREATE TABLE t (a INT NOT NULL, b TEXT$*;
-- rows
INSERT INTO t (a, b) VALUES (3, 'x'), (4, 'y'), (8, 'z');
-- as: none
)
-- as: old_key
, PRIMARY KEY (a))
-- as: integer
, n INTEGER PRIMARY KEY DESC)
-- as: integer_named
, n INTEGER CONSTRAINT pk PRIMARY KEY DESC)
-- as: text
, n TEXT, PRIMARY KEY (n DESC))
-- as: two
, n INTEGER, PRIMARY KEY (n DESC, a))

-- each: unique
-- form
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT $1, b INT$2);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (5, 'y', NULL);
-- as: none
-- as: inline
UNIQUE
-- as: table

, UNIQUE (a)
-- as: named

, CONSTRAINT uq UNIQUE (a)
-- as: named2

, CONSTRAINT uq2 UNIQUE (a)
-- as: two

, UNIQUE (a, b)
-- as: two_named

, CONSTRAINT uq UNIQUE (a, b)
-- as: swapped

, UNIQUE (b, a)
-- as: desc

, UNIQUE (a DESC)
-- as: collate

, UNIQUE (a COLLATE NOCASE)
-- as: conflict

, UNIQUE (a) ON CONFLICT IGNORE
-- as: several

, UNIQUE (a), UNIQUE (b), UNIQUE (a, b)
