-- case: table_new
-- b
CREATE TABLE t (a int PRIMARY KEY, b text NOT NULL DEFAULT 'x', c numeric(10,2), UNIQUE (b));
COMMENT ON TABLE t IS 'it''s';
COMMENT ON COLUMN t.b IS 'bee';
-- case: table_unlogged
-- a
CREATE TABLE t (a int);
-- b
CREATE UNLOGGED TABLE t (a int);
-- rows
INSERT INTO t VALUES (1), (2);
-- case: table_unlogged_serial
-- a
CREATE TABLE t (a serial, b int GENERATED ALWAYS AS IDENTITY);
-- b
CREATE UNLOGGED TABLE t (a serial, b int GENERATED ALWAYS AS IDENTITY);
-- case: table_unlogged_refs
-- a
CREATE UNLOGGED TABLE p (a int PRIMARY KEY);
CREATE UNLOGGED TABLE c (a int REFERENCES p);
-- b
CREATE TABLE p (a int PRIMARY KEY);
CREATE TABLE c (a int REFERENCES p);
-- case: table_without_columns
-- b
CREATE TABLE t ();
-- case: table_loses_all_columns loses
-- a
CREATE TABLE t (a int);
-- b
CREATE TABLE t ();
-- case: table_options
-- a
CREATE TABLE t (a int) WITH (fillfactor = 70, autovacuum_enabled = false);
-- b
CREATE TABLE t (a int) WITH (autovacuum_enabled = true, toast_tuple_target = 4000);
-- case: table_toast_options
-- a
CREATE TABLE t (a text) WITH (toast.autovacuum_enabled = false, fillfactor = 80);
-- b
CREATE TABLE t (a text) WITH (toast.autovacuum_vacuum_threshold = 100);
-- case: table_comment
-- a
CREATE TABLE t (a int); COMMENT ON TABLE t IS 'one';
CREATE TABLE u (a int);
CREATE TABLE v (a int); COMMENT ON TABLE v IS 'gone';
-- b
CREATE TABLE t (a int); COMMENT ON TABLE t IS E'two\nlines \\ "quoted" ''it''';
CREATE TABLE u (a int); COMMENT ON TABLE u IS 'new';
CREATE TABLE v (a int);
-- case: table_replica_identity
-- a
CREATE TABLE t1 (a int NOT NULL);
CREATE TABLE t2 (a int NOT NULL); ALTER TABLE t2 REPLICA IDENTITY FULL;
CREATE TABLE t3 (a int NOT NULL); CREATE UNIQUE INDEX t3i ON t3 (a); ALTER TABLE t3 REPLICA IDENTITY USING INDEX t3i;
CREATE TABLE t4 (a int PRIMARY KEY, b int NOT NULL UNIQUE); ALTER TABLE t4 REPLICA IDENTITY USING INDEX t4_b_key;
-- b
CREATE TABLE t1 (a int NOT NULL); ALTER TABLE t1 REPLICA IDENTITY FULL;
CREATE TABLE t2 (a int NOT NULL); ALTER TABLE t2 REPLICA IDENTITY NOTHING;
CREATE TABLE t3 (a int NOT NULL); CREATE UNIQUE INDEX t3i ON t3 (a); ALTER TABLE t3 REPLICA IDENTITY FULL;
CREATE TABLE t4 (a int PRIMARY KEY, b int NOT NULL UNIQUE);
-- case: table_cluster
-- a
CREATE TABLE t (a int); CREATE INDEX ti ON t (a); ALTER TABLE t CLUSTER ON ti;
CREATE TABLE u (a int PRIMARY KEY, b int); CREATE INDEX ui ON u (b);
-- b
CREATE TABLE t (a int); CREATE INDEX ti ON t (a);
CREATE TABLE u (a int PRIMARY KEY, b int); CREATE INDEX ui ON u (b); ALTER TABLE u CLUSTER ON u_pkey;
-- case: table_row_security
-- a
CREATE TABLE t (a int);
CREATE TABLE u (a int); ALTER TABLE u ENABLE ROW LEVEL SECURITY; ALTER TABLE u FORCE ROW LEVEL SECURITY;
-- b
CREATE TABLE t (a int); ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE TABLE u (a int);
-- case: inherit_new
-- b
CREATE TABLE p (a int NOT NULL DEFAULT 3, b text CHECK (b <> ''));
CREATE TABLE c (c int) INHERITS (p);
CREATE TABLE d () INHERITS (c);
-- case: inherit_toggle
-- a
CREATE TABLE p (a int, b text);
CREATE TABLE c (a int, b text) INHERITS (p);
CREATE TABLE e (a int, b text);
-- b
CREATE TABLE p (a int, b text);
CREATE TABLE c (a int, b text);
CREATE TABLE e (a int, b text) INHERITS (p);
-- rows
INSERT INTO c VALUES (1, 'x'); INSERT INTO e VALUES (2, 'y');
-- case: inherit_toggle_inherited_columns
-- a
CREATE TABLE p (a int, b text);
CREATE TABLE c (x int) INHERITS (p);
-- b
CREATE TABLE p (a int, b text);
CREATE TABLE c (a int, b text, x int);
-- rows
INSERT INTO c VALUES (1, 'x', 3);
-- case: inherit_other_parent
-- a
CREATE TABLE p (a int); CREATE TABLE q (a int); CREATE TABLE c (a int) INHERITS (p);
-- b
CREATE TABLE p (a int); CREATE TABLE q (a int); CREATE TABLE c (a int) INHERITS (q);
-- case: inherit_second_parent
-- a
CREATE TABLE p (a int); CREATE TABLE q (b int); CREATE TABLE c (a int, b int) INHERITS (p);
-- b
CREATE TABLE p (a int); CREATE TABLE q (b int); CREATE TABLE c (a int, b int) INHERITS (p, q);
-- case: inherit_parent_column_added
-- a
CREATE TABLE p (a int); CREATE TABLE c (x int) INHERITS (p);
-- b
CREATE TABLE p (a int, n text DEFAULT 'n'); CREATE TABLE c (x int) INHERITS (p);
-- rows
INSERT INTO c (a) VALUES (1);
-- case: inherit_parent_column_changed
-- a
CREATE TABLE p (a int, b varchar(5)); CREATE TABLE c (x int) INHERITS (p);
-- b
CREATE TABLE p (a bigint NOT NULL, b varchar(10) DEFAULT 'q'); CREATE TABLE c (x int) INHERITS (p);
-- rows
INSERT INTO c (a) VALUES (1);
-- case: inherit_child_default
-- a
CREATE TABLE p (a int DEFAULT 1); CREATE TABLE c () INHERITS (p);
-- b
CREATE TABLE p (a int DEFAULT 1); CREATE TABLE c () INHERITS (p); ALTER TABLE c ALTER a SET DEFAULT 2;
-- case: inherit_child_not_null
-- a
CREATE TABLE p (a int); CREATE TABLE c () INHERITS (p);
-- b
CREATE TABLE p (a int); CREATE TABLE c () INHERITS (p); ALTER TABLE c ALTER a SET NOT NULL;
-- case: inherit_check
-- a
CREATE TABLE p (a int, CONSTRAINT pos CHECK (a > 0)); CREATE TABLE c () INHERITS (p);
-- b
CREATE TABLE p (a int, CONSTRAINT pos CHECK (a > 1)); CREATE TABLE c () INHERITS (p);
-- case: inherit_check_no_inherit
-- a
CREATE TABLE p (a int, CONSTRAINT pos CHECK (a > 0)); CREATE TABLE c () INHERITS (p);
-- b
CREATE TABLE p (a int, CONSTRAINT pos CHECK (a > 0) NO INHERIT); CREATE TABLE c () INHERITS (p);
-- case: inherit_parent_dropped loses
-- a
CREATE TABLE p (a int); CREATE TABLE c (x int) INHERITS (p);
-- b
CREATE TABLE c (a int, x int);
-- case: inherit_both_new_local
-- b
CREATE TABLE p (a int); CREATE TABLE c (a int, b int) INHERITS (p);
-- case: table_typed
-- a
CREATE TYPE ty AS (a int, b text);
-- b
CREATE TYPE ty AS (a int, b text);
CREATE TABLE t (x ty, y ty[]);
-- case: table_replaced_by_view loses
-- a
CREATE TABLE t (a int);
-- b
CREATE VIEW t AS SELECT 1 AS a;
-- case: table_replaced_by_type loses
-- a
CREATE TABLE t (a int);
-- b
CREATE TYPE t AS (a int);
-- case: table_replaced_by_sequence loses
-- a
CREATE TABLE t (a int);
-- b
CREATE SEQUENCE t;
-- case: table_replaced_by_index_name
-- a
CREATE TABLE u (a int); CREATE INDEX n ON u (a);
-- b
CREATE TABLE u (a int); CREATE TABLE n (a int);
-- case: table_and_quotes
-- a
CREATE TABLE "Odd ""Name" ("Col 1" int, "select" text);
-- b
CREATE TABLE "Odd ""Name" ("Col 1" bigint, "select" text NOT NULL DEFAULT 'from', "x.y" int);
CREATE INDEX "i.x" ON "Odd ""Name" ("x.y", "Col 1" DESC);
-- case: table_mutual_references
-- b
CREATE TABLE p (a int PRIMARY KEY, c int); CREATE TABLE c (a int PRIMARY KEY, p int REFERENCES p);
ALTER TABLE p ADD FOREIGN KEY (c) REFERENCES c;
-- case: table_self_reference
-- b
CREATE TABLE p (a int PRIMARY KEY, up int REFERENCES p ON DELETE CASCADE);
-- case: table_stats_expression_row
-- a
CREATE TABLE t (a int, b int);
-- b
CREATE TABLE t (a int, b int);
CREATE STATISTICS st (ndistinct, dependencies) ON a, b FROM t;
-- case: table_replaced_by_index
-- a
CREATE TABLE x (id int PRIMARY KEY, name text);
-- b
CREATE TABLE other (id int, name text); CREATE INDEX x ON other (id);
-- case: row_type_column_retyped
-- a
CREATE TABLE base (a int, b text); CREATE TABLE holder (id int, r base);
-- b
CREATE TABLE base (a bigint, b text); CREATE TABLE holder (id int, r base);
-- rows
INSERT INTO base VALUES (1, 'x'); INSERT INTO holder VALUES (1, ROW(1,'x'));
-- case: row_type_of_parent
-- a
CREATE TABLE base (a int, b text); CREATE TABLE kid (c int) INHERITS (base); CREATE TABLE holder (id int, r base, k kid, rs base[] NOT NULL); CREATE INDEX hi ON holder (r); CREATE VIEW v AS SELECT (r).a FROM holder;
-- b
CREATE TABLE base (a bigint, b text, d date); CREATE TABLE kid (c int) INHERITS (base); CREATE TABLE holder (id int, r base, k kid, rs base[] NOT NULL); CREATE INDEX hi ON holder (r); CREATE VIEW v AS SELECT (r).a FROM holder;
-- rows
INSERT INTO holder VALUES (1, ROW(1, 'x'), ROW(1, 'y', 2), ARRAY[ROW(1, 'z')::base, NULL]);
-- case: logging_in_a_circle
-- a
CREATE UNLOGGED TABLE locks (id int PRIMARY KEY, mode int, up int REFERENCES locks);
CREATE UNLOGGED TABLE modes (id int PRIMARY KEY, lock int REFERENCES locks DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE locks ADD FOREIGN KEY (mode) REFERENCES modes;
CREATE UNLOGGED TABLE below (id int PRIMARY KEY, lock int REFERENCES locks);
-- b
CREATE TABLE locks (id int PRIMARY KEY, mode int, up int REFERENCES locks);
CREATE TABLE modes (id int PRIMARY KEY, lock int REFERENCES locks DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE locks ADD FOREIGN KEY (mode) REFERENCES modes;
CREATE TABLE below (id int PRIMARY KEY, lock int REFERENCES locks);
-- rows
INSERT INTO locks VALUES (1, NULL, 1); INSERT INTO modes VALUES (1, 1); UPDATE locks SET mode = 1; INSERT INTO below VALUES (1, 1);
