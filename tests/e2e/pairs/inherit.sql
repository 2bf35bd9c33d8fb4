-- case: inherit_meets_a1 loses
-- a
CREATE TABLE p (a int); CREATE TABLE k (c timestamptz, b int) INHERITS (p);
-- b
CREATE TABLE p (a int, c real); CREATE TABLE k (b int) INHERITS (p);
-- rows
INSERT INTO k VALUES (1, NULL, 2);
-- case: inherit_meets_a1n
-- a
CREATE TABLE p (a int); CREATE TABLE k (c timestamptz, b int) INHERITS (p);
-- b
CREATE TABLE p (a int, c real NOT NULL); CREATE TABLE k () INHERITS (p);
-- case: inherit_meets_a2
-- a
CREATE TABLE p (a int); CREATE TABLE k (c int DEFAULT 3, b int) INHERITS (p);
-- b
CREATE TABLE p (a int, c text); CREATE TABLE k (c text DEFAULT 'x', b int) INHERITS (p);
-- rows
INSERT INTO k VALUES (1, 2, 2);
-- case: inherit_meets_a3
-- a
CREATE TABLE p (a int); CREATE TABLE k (c int DEFAULT 3, b int) INHERITS (p);
-- b
CREATE TABLE p (a int, c int); CREATE TABLE k (b int) INHERITS (p);
-- rows
INSERT INTO k VALUES (1, 2, 2);
-- case: inherit_meets_b1
-- a
CREATE TABLE p (a int, c timestamptz NOT NULL); CREATE TABLE k (b int) INHERITS (p);
-- b
CREATE TABLE p (a int); CREATE TABLE k (c int DEFAULT 1, b int) INHERITS (p);
-- case: inherit_meets_b1g
-- a
CREATE TABLE p (a int, c timestamptz NOT NULL); CREATE TABLE k (b int) INHERITS (p); CREATE TABLE g (d int) INHERITS (k);
-- b
CREATE TABLE p (a int); CREATE TABLE k (b int) INHERITS (p); CREATE TABLE g (d int, c int) INHERITS (k);
-- case: inherit_meets_b2
-- a
CREATE TABLE p (a int, c int); CREATE TABLE k (b int) INHERITS (p);
-- b
CREATE TABLE p (a int); CREATE TABLE k (c int, b int) INHERITS (p);
-- rows
INSERT INTO k VALUES (1, 2, 2);
-- case: inherit_meets_c
-- a
CREATE TABLE p (a int, c int); CREATE TABLE k (c int DEFAULT 4, b int) INHERITS (p);
-- b
CREATE TABLE p (a int, c text); CREATE TABLE k (c text DEFAULT 'x', b int) INHERITS (p);
-- rows
INSERT INTO k VALUES (1, 2, 2);
-- case: inherit_meets_e
-- a
CREATE TABLE p (a int, c int); CREATE TABLE k (b int) INHERITS (p); CREATE TABLE g () INHERITS (k);
-- b
CREATE TABLE p (a int, c jsonb COMPRESSION pglz DEFAULT '[]'); CREATE TABLE k (b int) INHERITS (p); CREATE TABLE g () INHERITS (k);
-- case: inherit_meets_f
-- a
CREATE TABLE p (a int, c int); CREATE TABLE k (b int) INHERITS (p);
-- b
CREATE TABLE p (a int, c int GENERATED ALWAYS AS (a * 2) STORED); CREATE TABLE k (b int) INHERITS (p);
-- case: inherit_meets_f2
-- a
CREATE TABLE p (a int); CREATE TABLE k (c int, b int) INHERITS (p);
-- b
CREATE TABLE p (a int, c int GENERATED ALWAYS AS (a * 2) STORED); CREATE TABLE k (b int) INHERITS (p);
