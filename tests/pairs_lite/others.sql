-- case: fts_beside
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);CREATE VIRTUAL TABLE ft USING fts5 (a, content='t', content_rowid='id');
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(9), b INT, c REAL DEFAULT 1.5);CREATE VIRTUAL TABLE ft USING fts5 (a, content='t', content_rowid='id');
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: fts_trigger
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);CREATE VIRTUAL TABLE ft USING fts5 (a, content='t', content_rowid='id');CREATE TRIGGER ti AFTER INSERT ON t BEGIN INSERT INTO ft (rowid, a) VALUES (new.id, new.a); END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c REAL DEFAULT 1.5);CREATE VIRTUAL TABLE ft USING fts5 (a, content='t', content_rowid='id');CREATE TRIGGER ti AFTER INSERT ON t BEGIN INSERT INTO ft (rowid, a) VALUES (new.id, new.a); END;
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: rtree_beside
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);CREATE VIRTUAL TABLE rt USING rtree (id, x0, x1);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c REAL DEFAULT 1.5);CREATE VIRTUAL TABLE rt USING rtree (id, x0, x1);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);INSERT INTO rt VALUES (1, 2, 3);

-- case: new_tables_with_cycle
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);CREATE TABLE x (id INTEGER PRIMARY KEY, y INT REFERENCES y (id)); CREATE TABLE y (id INTEGER PRIMARY KEY, x INT REFERENCES x (id));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: many_at_once
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);CREATE TABLE u (id INTEGER PRIMARY KEY, t INT REFERENCES t); CREATE INDEX iu ON u (t); CREATE VIEW v AS SELECT t.a FROM t JOIN u ON u.t = t.id;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT NOT NULL DEFAULT '', b TEXT, d INT DEFAULT 4, CHECK (d > 0)); CREATE TABLE u (id INTEGER PRIMARY KEY, t INT NOT NULL REFERENCES t ON DELETE CASCADE, n INT); CREATE INDEX iu ON u (t, n); CREATE VIEW v AS SELECT t.a, u.n FROM t JOIN u ON u.t = t.id; CREATE TABLE w (id INTEGER PRIMARY KEY, u INT REFERENCES u);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);INSERT INTO u VALUES (1, 1), (2, 5);

-- case: case_of_words
-- a
CREATE TABLE T1 (Id INTEGER PRIMARY KEY, Name Text);
-- b
CREATE TABLE T1 (Id integer primary key, Name TEXT, More int);
-- rows
INSERT INTO T1 VALUES (1, 'x');

-- case: everything_goes
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);CREATE INDEX i ON t (a); CREATE VIEW v AS SELECT * FROM t; CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END;
-- b
CREATE TABLE z (q);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: as_select
-- a
CREATE TABLE t AS SELECT 1 AS a, 'x' AS b;
-- b
CREATE TABLE t (a INT, b TEXT, c);

-- case: temp_is_not_stored
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);CREATE TABLE tmp (x);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);
