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
-- case: inherit_meets_e pg14
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
-- case: access_behind_late_view alone
-- set: include = grants
-- a
CREATE TABLE t (id int, b int); CREATE VIEW v AS SELECT id FROM t;
-- b
CREATE TABLE t (id int PRIMARY KEY, b text); CREATE VIEW v AS SELECT id, b FROM t GROUP BY id; GRANT SELECT ON v TO PUBLIC;
-- case: table_logged_with_key
-- a
CREATE UNLOGGED TABLE l (id int PRIMARY KEY); CREATE TABLE u (id int, r int);
-- b
CREATE TABLE l (id int PRIMARY KEY); CREATE TABLE u (id int, r int REFERENCES l);
-- case: partition_new_with_new_keys
-- a
CREATE TABLE t (a int, b int) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
-- b
CREATE TABLE t (a int, b int) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1); CREATE TABLE t2 PARTITION OF t FOR VALUES IN (2); ALTER TABLE t ADD CONSTRAINT u UNIQUE (a, b); CREATE UNIQUE INDEX ON t (b, a);
-- case: partition_ns_new_with_new_keys alone
-- a
CREATE SCHEMA partition_ns; CREATE TABLE t (a int, b int, n text) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
-- b
CREATE SCHEMA partition_ns; CREATE TABLE t (a int, b int, n text) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1); CREATE TABLE partition_ns.t2 PARTITION OF t FOR VALUES IN (2); ALTER TABLE t ADD CONSTRAINT u UNIQUE (a, b) INCLUDE (n); ALTER TABLE t ADD CONSTRAINT u2 UNIQUE (b, a);
-- case: partition_new_with_statistics
-- a
CREATE TABLE t (a int, b int);
-- b
CREATE TABLE t (a int, b int, c int) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1); ALTER TABLE t ALTER c SET STATISTICS 200;
-- case: generated_from_another_column
-- a
CREATE TABLE users (id integer NOT NULL, data text, note text GENERATED ALWAYS AS (data || '!') STORED); CREATE TABLE k () INHERITS (users); CREATE INDEX ki ON k (note);
-- b
CREATE TABLE users (id bigint NOT NULL, data text, note bigint GENERATED ALWAYS AS (id + 1) STORED);CREATE TABLE k () INHERITS (users); CREATE INDEX ki ON k (note);
-- case: partition_parent_moves alone
-- a
CREATE SCHEMA one; CREATE SCHEMA two; CREATE TABLE one.t (a int, b int) PARTITION BY LIST (a); CREATE TABLE one.t1 PARTITION OF one.t FOR VALUES IN (1); CREATE INDEX i ON one.t (b);
-- b
CREATE SCHEMA one; CREATE SCHEMA two; CREATE TABLE two.t (a int, b int) PARTITION BY LIST (a); CREATE TABLE one.t1 PARTITION OF two.t FOR VALUES IN (1); CREATE INDEX i ON two.t (b);
-- case: partition_parent_moves_and_changes alone
-- a
CREATE SCHEMA one; CREATE SCHEMA two; CREATE TABLE one.t (a int, b int, g int GENERATED ALWAYS AS (b) STORED) PARTITION BY LIST (a); CREATE TABLE one.t1 PARTITION OF one.t FOR VALUES IN (1);
-- b
CREATE SCHEMA one; CREATE SCHEMA two; CREATE TABLE two.t (a int, c text NOT NULL, g int) PARTITION BY LIST (a); CREATE TABLE one.t1 PARTITION OF two.t FOR VALUES IN (1);
-- case: partition_other_parent_and_columns alone
-- a
CREATE TABLE t (a int, b int, g int GENERATED ALWAYS AS (b) STORED) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
-- b
CREATE TABLE u (a int, c text NOT NULL, g int) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF u FOR VALUES IN (1);
-- case: partition_partitioned_other_parent alone
-- a
CREATE TABLE t (a int, b int) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1) PARTITION BY HASH (a);
-- b
CREATE TABLE u (a int, b int, c int) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF u FOR VALUES IN (1) PARTITION BY HASH (a);
-- case: key_leaves_retyped_column
-- a
CREATE TABLE t (a int NOT NULL, b int NOT NULL, n json NOT NULL, PRIMARY KEY (a, b));
-- b
CREATE TABLE t (a int NOT NULL, b int NOT NULL, n real NOT NULL, PRIMARY KEY (a, n));
