-- case: add_last
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_first
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (d TEXT, id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_middle
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, d TEXT, b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_several
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, x INT, a TEXT, y, b INT, c REAL DEFAULT 1.5, z BLOB);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_not_null_default
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT NOT NULL DEFAULT 7);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_collate
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT COLLATE NOCASE);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_check
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT CHECK (d > 0));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_check_default
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT 1 CHECK (d > 0));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_named_check
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT CONSTRAINT ck CHECK (d > 0));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_unique
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT UNIQUE);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_named_unique
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT CONSTRAINT uq UNIQUE);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_references
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT REFERENCES t (id));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_references_default
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT 1 REFERENCES t (id));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_references_null
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT NULL REFERENCES t ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_virtual
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT AS (b * 2));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_virtual_long
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT GENERATED ALWAYS AS (b * 2) VIRTUAL);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_stored
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT AS (b * 2) STORED);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_not_null_virtual
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT NOT NULL AS (coalesce(b, 0) * 2));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_untyped
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_odd_type
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d UNSIGNED BIG INT);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_type_args
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d DECIMAL(10, 2));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_quoted_type
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d "my type");
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_varying
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d VARYING CHARACTER (255));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_null_written
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT NULL);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_conflict
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT NOT NULL ON CONFLICT IGNORE DEFAULT 1);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_unique_conflict
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT UNIQUE ON CONFLICT REPLACE);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_everything
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT CONSTRAINT nn NOT NULL CONSTRAINT df DEFAULT 'q' CONSTRAINT ck CHECK (d <> '') COLLATE RTRIM);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_primary_key_column
-- a
CREATE TABLE t (a TEXT, b INT);
-- b
CREATE TABLE t (a TEXT, b INT, id INTEGER PRIMARY KEY);
-- rows
INSERT INTO t VALUES ('x', 1), ('y', 2);

-- case: add_primary_key_column_first
-- a
CREATE TABLE t (a TEXT, b INT);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b INT);
-- rows
INSERT INTO t VALUES ('x', 1), ('y', 2);

-- case: add_not_null_without_default
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT NOT NULL);

-- case: drop_unique
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL, d TEXT UNIQUE, e INT CHECK (e > 0), f INT REFERENCES t (id), g INT AS (b + 1), UNIQUE (a, c));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL, e INT CHECK (e > 0), f INT REFERENCES t (id), g INT AS (b + 1), UNIQUE (a, c));
-- rows
INSERT INTO t (id, a, b, c, d, e, f) VALUES (1, 'x', 2, 1.5, 'd1', 3, NULL), (5, 'y', NULL, 2.5, NULL, 4, 1);

-- case: drop_checked
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL, d TEXT UNIQUE, e INT CHECK (e > 0), f INT REFERENCES t (id), g INT AS (b + 1), UNIQUE (a, c));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL, d TEXT UNIQUE, f INT REFERENCES t (id), g INT AS (b + 1), UNIQUE (a, c));
-- rows
INSERT INTO t (id, a, b, c, d, e, f) VALUES (1, 'x', 2, 1.5, 'd1', 3, NULL), (5, 'y', NULL, 2.5, NULL, 4, 1);

-- case: drop_referring
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL, d TEXT UNIQUE, e INT CHECK (e > 0), f INT REFERENCES t (id), g INT AS (b + 1), UNIQUE (a, c));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL, d TEXT UNIQUE, e INT CHECK (e > 0), g INT AS (b + 1), UNIQUE (a, c));
-- rows
INSERT INTO t (id, a, b, c, d, e, f) VALUES (1, 'x', 2, 1.5, 'd1', 3, NULL), (5, 'y', NULL, 2.5, NULL, 4, 1);

-- case: drop_generated
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL, d TEXT UNIQUE, e INT CHECK (e > 0), f INT REFERENCES t (id), g INT AS (b + 1), UNIQUE (a, c));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL, d TEXT UNIQUE, e INT CHECK (e > 0), f INT REFERENCES t (id), UNIQUE (a, c));
-- rows
INSERT INTO t (id, a, b, c, d, e, f) VALUES (1, 'x', 2, 1.5, 'd1', 3, NULL), (5, 'y', NULL, 2.5, NULL, 4, 1);

-- case: drop_generated_and_source
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL, d TEXT UNIQUE, e INT CHECK (e > 0), f INT REFERENCES t (id), g INT AS (b + 1), UNIQUE (a, c));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c REAL, d TEXT UNIQUE, e INT CHECK (e > 0), f INT REFERENCES t (id), UNIQUE (a, c));
-- rows
INSERT INTO t (id, a, b, c, d, e, f) VALUES (1, 'x', 2, 1.5, 'd1', 3, NULL), (5, 'y', NULL, 2.5, NULL, 4, 1);

-- case: drop_of_composite
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL, d TEXT UNIQUE, e INT CHECK (e > 0), f INT REFERENCES t (id), g INT AS (b + 1), UNIQUE (a, c));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, b INT, c REAL, d TEXT UNIQUE, e INT CHECK (e > 0), f INT REFERENCES t (id), g INT AS (b + 1));
-- rows
INSERT INTO t (id, a, b, c, d, e, f) VALUES (1, 'x', 2, 1.5, 'd1', 3, NULL), (5, 'y', NULL, 2.5, NULL, 4, 1);

-- case: drop_of_composite_narrower
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL, d TEXT UNIQUE, e INT CHECK (e > 0), f INT REFERENCES t (id), g INT AS (b + 1), UNIQUE (a, c));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, b INT, c REAL, d TEXT UNIQUE, e INT CHECK (e > 0), f INT REFERENCES t (id), g INT AS (b + 1), UNIQUE (c));
-- rows
INSERT INTO t (id, a, b, c, d, e, f) VALUES (1, 'x', 2, 1.5, 'd1', 3, NULL), (5, 'y', NULL, 2.5, NULL, 4, 1);

-- case: drop_rowid
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL, d TEXT UNIQUE, e INT CHECK (e > 0), f INT REFERENCES t (id), g INT AS (b + 1), UNIQUE (a, c));
-- b
CREATE TABLE t (a TEXT, b INT, c REAL, d TEXT UNIQUE, e INT CHECK (e > 0), g INT AS (b + 1), UNIQUE (a, c));
-- rows
INSERT INTO t (id, a, b, c, d, e, f) VALUES (1, 'x', 2, 1.5, 'd1', 3, NULL), (5, 'y', NULL, 2.5, NULL, 4, 1);

-- case: drop_all_but_one
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL, d TEXT UNIQUE, e INT CHECK (e > 0), f INT REFERENCES t (id), g INT AS (b + 1), UNIQUE (a, c));
-- b
CREATE TABLE t (c REAL);
-- rows
INSERT INTO t (id, a, b, c, d, e, f) VALUES (1, 'x', 2, 1.5, 'd1', 3, NULL), (5, 'y', NULL, 2.5, NULL, 4, 1);

-- case: drop_all
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL, d TEXT UNIQUE, e INT CHECK (e > 0), f INT REFERENCES t (id), g INT AS (b + 1), UNIQUE (a, c));
-- b
CREATE TABLE t (other TEXT);
-- rows
INSERT INTO t (id, a, b, c, d, e, f) VALUES (1, 'x', 2, 1.5, 'd1', 3, NULL), (5, 'y', NULL, 2.5, NULL, 4, 1);

-- case: drop_first
-- a
CREATE TABLE t (a TEXT, b INT);
-- b
CREATE TABLE t (b INT);
-- rows
INSERT INTO t VALUES ('x', 1);

-- case: drop_last
-- a
CREATE TABLE t (a TEXT, b INT);
-- b
CREATE TABLE t (a TEXT);
-- rows
INSERT INTO t VALUES ('x', 1);

-- case: drop_indexed
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);CREATE INDEX i ON t (a); CREATE INDEX j ON t (b);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, b INT, c REAL DEFAULT 1.5);CREATE INDEX j ON t (b);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: drop_in_partial_index
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);CREATE INDEX i ON t (b) WHERE a IS NOT NULL;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, b INT, c REAL DEFAULT 1.5);CREATE INDEX i ON t (b);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: drop_in_expression_index
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);CREATE INDEX i ON t (b, lower(a));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, b INT, c REAL DEFAULT 1.5);CREATE INDEX i ON t (b);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: drop_in_view
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);CREATE VIEW v AS SELECT id, a, b FROM t;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, b INT, c REAL DEFAULT 1.5);CREATE VIEW v AS SELECT id, b FROM t;
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: drop_in_star_view
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);CREATE VIEW v AS SELECT * FROM t;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, b INT, c REAL DEFAULT 1.5);CREATE VIEW v AS SELECT * FROM t;
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: drop_in_trigger
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);CREATE TRIGGER tr AFTER UPDATE OF a ON t BEGIN UPDATE t SET b = 0 WHERE id = new.id AND new.a <> old.a; END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, b INT, c REAL DEFAULT 1.5);CREATE TRIGGER tr AFTER UPDATE OF b ON t BEGIN UPDATE t SET b = 0 WHERE id = new.id; END;
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);
