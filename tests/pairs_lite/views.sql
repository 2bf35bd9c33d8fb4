-- each: view
-- form
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT);
$*
-- rows
INSERT INTO t VALUES (1, 'x', 2), (5, 'y', NULL);
-- as: none
-- as: plain
CREATE VIEW v AS SELECT id, a FROM t;
-- as: other
CREATE VIEW v AS SELECT id, b FROM t;
-- as: cols
CREATE VIEW v (x, y) AS SELECT id, a FROM t;
-- as: nested
CREATE VIEW v AS SELECT id, a FROM t; CREATE VIEW w AS SELECT * FROM v;
-- as: nested2
CREATE VIEW v AS SELECT id, a, b FROM t; CREATE VIEW w AS SELECT * FROM v;
-- as: instead
CREATE VIEW v AS SELECT id, a FROM t; CREATE TRIGGER vi INSTEAD OF INSERT ON v BEGIN INSERT INTO t (a) VALUES (new.a); END;
-- as: instead2
CREATE VIEW v AS SELECT id, a FROM t; CREATE TRIGGER vi INSTEAD OF DELETE ON v WHEN old.id > 1 BEGIN DELETE FROM t WHERE id = old.id; END;
-- as: cte
CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i FROM n;
-- as: comment
CREATE VIEW v AS /* ; */ SELECT id, -- the key;
 a FROM t;
-- as: broken
CREATE VIEW v AS SELECT x FROM nowhere;
-- as: if_not
CREATE VIEW IF NOT EXISTS v AS SELECT id, a FROM t;

-- each: view over a rebuild
-- form
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b $1);
$2
-- rows
INSERT INTO t VALUES (1, 'x', 2), (5, 'y', NULL);
-- as: none
INT

-- as: none_rebuilt
NUMERIC

-- as: plain
INT
CREATE VIEW v AS SELECT id, a FROM t;
-- as: plain_rebuilt
NUMERIC
CREATE VIEW v AS SELECT id, a FROM t;
-- as: nested
INT
CREATE VIEW v AS SELECT id, a FROM t; CREATE VIEW w AS SELECT * FROM v;
-- as: nested_rebuilt
NUMERIC
CREATE VIEW v AS SELECT id, a FROM t; CREATE VIEW w AS SELECT * FROM v;
-- as: nested2
INT
CREATE VIEW v AS SELECT id, a, b FROM t; CREATE VIEW w AS SELECT * FROM v;
-- as: nested2_rebuilt
NUMERIC
CREATE VIEW v AS SELECT id, a, b FROM t; CREATE VIEW w AS SELECT * FROM v;
-- as: instead
INT
CREATE VIEW v AS SELECT id, a FROM t; CREATE TRIGGER vi INSTEAD OF INSERT ON v BEGIN INSERT INTO t (a) VALUES (new.a); END;
-- as: instead_rebuilt
NUMERIC
CREATE VIEW v AS SELECT id, a FROM t; CREATE TRIGGER vi INSTEAD OF INSERT ON v BEGIN INSERT INTO t (a) VALUES (new.a); END;
-- as: instead2
INT
CREATE VIEW v AS SELECT id, a FROM t; CREATE TRIGGER vi INSTEAD OF DELETE ON v WHEN old.id > 1 BEGIN DELETE FROM t WHERE id = old.id; END;
-- as: instead2_rebuilt
NUMERIC
CREATE VIEW v AS SELECT id, a FROM t; CREATE TRIGGER vi INSTEAD OF DELETE ON v WHEN old.id > 1 BEGIN DELETE FROM t WHERE id = old.id; END;
-- as: broken
INT
CREATE VIEW v AS SELECT x FROM nowhere;
-- as: broken_rebuilt
NUMERIC
CREATE VIEW v AS SELECT x FROM nowhere;
