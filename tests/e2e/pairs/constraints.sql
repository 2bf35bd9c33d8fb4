-- case: pk_add
-- a
CREATE TABLE t (a int, b int);
-- b
CREATE TABLE t (a int, b int, PRIMARY KEY (a, b));
-- rows
INSERT INTO t VALUES (1, 2);
-- case: pk_change
-- a
CREATE TABLE t (a int PRIMARY KEY, b int NOT NULL); CREATE TABLE c (a int REFERENCES t);
-- b
CREATE TABLE t (a int NOT NULL UNIQUE, b int PRIMARY KEY); CREATE TABLE c (a int REFERENCES t (a));
-- rows
INSERT INTO t VALUES (1, 2); INSERT INTO c VALUES (1);
-- case: pk_to_unique
-- a
CREATE TABLE t (a int, CONSTRAINT k PRIMARY KEY (a));
-- b
CREATE TABLE t (a int, CONSTRAINT k UNIQUE (a));
-- case: pk_name
-- a
CREATE TABLE t (a int, CONSTRAINT k PRIMARY KEY (a)); CREATE TABLE c (a int REFERENCES t);
-- b
CREATE TABLE t (a int, CONSTRAINT m PRIMARY KEY (a)); CREATE TABLE c (a int REFERENCES t);
-- case: pk_deferrable
-- a
CREATE TABLE t (a int PRIMARY KEY); CREATE TABLE u (a int UNIQUE DEFERRABLE INITIALLY DEFERRED);
-- b
CREATE TABLE t (a int PRIMARY KEY DEFERRABLE); CREATE TABLE u (a int UNIQUE);
-- case: pk_include_options
-- a
CREATE TABLE t (a int, b int, PRIMARY KEY (a) INCLUDE (b) WITH (fillfactor = 70));
-- b
CREATE TABLE t (a int, b int, PRIMARY KEY (a) WITH (fillfactor = 80));
-- case: unique_kinds pg15
-- a
CREATE TABLE t (a int, b int, UNIQUE (a), CONSTRAINT x UNIQUE (a, b));
-- b
CREATE TABLE t (a int, b int, UNIQUE NULLS NOT DISTINCT (a), CONSTRAINT x UNIQUE (b, a) INCLUDE (a));
-- case: unique_to_index
-- a
CREATE TABLE t (a int, b int, CONSTRAINT x UNIQUE (a)); CREATE UNIQUE INDEX y ON t (b);
-- b
CREATE TABLE t (a int, b int, CONSTRAINT y UNIQUE (b)); CREATE UNIQUE INDEX x ON t (a);
-- rows
INSERT INTO t VALUES (1, 2);
-- case: unique_comment
-- a
CREATE TABLE t (a int, CONSTRAINT x UNIQUE (a), CONSTRAINT c CHECK (a > 0)); COMMENT ON CONSTRAINT x ON t IS 'one';
-- b
CREATE TABLE t (a int, CONSTRAINT x UNIQUE (a), CONSTRAINT c CHECK (a > 0)); COMMENT ON CONSTRAINT x ON t IS 'two'; COMMENT ON CONSTRAINT c ON t IS 'see'; COMMENT ON INDEX x IS 'index';
-- case: key_index_comments
-- a
CREATE TABLE t (a int, b text, v int[], CONSTRAINT t_pkey PRIMARY KEY (a), CONSTRAINT u UNIQUE (b), CONSTRAINT x EXCLUDE USING btree (a WITH =), CONSTRAINT w UNIQUE (a, b)); COMMENT ON INDEX t_pkey IS 'pk'; COMMENT ON CONSTRAINT t_pkey ON t IS 'key'; COMMENT ON INDEX u IS 'u'; COMMENT ON INDEX w IS 'gone';
-- b
CREATE TABLE t (a bigint, b text, v int[], CONSTRAINT t_pkey PRIMARY KEY (a), CONSTRAINT u UNIQUE (b, a), CONSTRAINT x EXCLUDE USING btree (a WITH =), CONSTRAINT w2 UNIQUE (a, b) DEFERRABLE); COMMENT ON INDEX t_pkey IS 'it''s'; COMMENT ON CONSTRAINT t_pkey ON t IS 'key'; COMMENT ON INDEX u IS 'u'; COMMENT ON INDEX x IS 'x'; COMMENT ON CONSTRAINT w2 ON t IS 'w'; CREATE TABLE n (a int PRIMARY KEY); COMMENT ON INDEX n_pkey IS 'new';
-- rows
INSERT INTO t VALUES (1, 'x', '{1}');
-- case: key_index_comment_kept
-- a
CREATE TABLE t (a int PRIMARY KEY); COMMENT ON INDEX t_pkey IS 'pk';
-- b
CREATE TABLE t (a bigint PRIMARY KEY); COMMENT ON INDEX t_pkey IS 'pk';
-- rows
INSERT INTO t VALUES (1);
-- case: key_index_to_index
-- a
CREATE TABLE t (a int, CONSTRAINT x UNIQUE (a)); COMMENT ON INDEX x IS 'c'; COMMENT ON CONSTRAINT x ON t IS 'k';
-- b
CREATE TABLE t (a int); CREATE UNIQUE INDEX x ON t (a); COMMENT ON INDEX x IS 'c';
-- case: key_index_partition_comment
-- a
CREATE TABLE p (a int PRIMARY KEY) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
-- b
CREATE TABLE p (a int PRIMARY KEY) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); COMMENT ON INDEX p_pkey IS 'p'; COMMENT ON INDEX p1_pkey IS 'p1'; COMMENT ON CONSTRAINT p1_pkey ON p1 IS 'key';
-- case: check_change
-- a
CREATE TABLE t (a int, b text, CONSTRAINT c1 CHECK (a > 0), CONSTRAINT c2 CHECK (b IN ('x', 'y')), CHECK (a < 100));
-- b
CREATE TABLE t (a int, b text, CONSTRAINT c1 CHECK (a >= 0), CONSTRAINT c3 CHECK (b IN ('x', 'y', 'z')), CHECK (a < 1000));
-- rows
INSERT INTO t VALUES (1, 'x');
-- case: check_not_valid
-- a
CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID; ALTER TABLE t ADD CONSTRAINT d CHECK (a > 1);
-- b
CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0); ALTER TABLE t ADD CONSTRAINT d CHECK (a > 1) NOT VALID;
-- case: check_new_not_valid
-- a
CREATE TABLE t (a int);
-- b
CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
-- rows
INSERT INTO t VALUES (-1);
-- case: check_forms
-- a
CREATE TABLE t (a int, b text, c date, d numeric);
-- b
CREATE TABLE t (a int CHECK (a BETWEEN 1 AND 5), b text CHECK (b ~ '^[a-z]+$' AND length(b) < 10), c date CHECK (c > '2000-01-01'), d numeric CHECK (d IS NULL OR d <> 0), CHECK ((a, b) IS NOT NULL), CHECK (CASE WHEN a = 1 THEN b LIKE 'x%' ELSE true END));
-- case: fk_add
-- a
CREATE TABLE p (a int PRIMARY KEY); CREATE TABLE c (a int);
-- b
CREATE TABLE p (a int PRIMARY KEY); CREATE TABLE c (a int REFERENCES p);
-- rows
INSERT INTO p VALUES (1); INSERT INTO c VALUES (1);
-- case: fk_actions
-- a
CREATE TABLE p (a int PRIMARY KEY); CREATE TABLE c (a int REFERENCES p ON DELETE CASCADE, b int REFERENCES p ON UPDATE CASCADE, c int REFERENCES p);
-- b
CREATE TABLE p (a int PRIMARY KEY); CREATE TABLE c (a int REFERENCES p ON DELETE SET NULL, b int REFERENCES p ON UPDATE RESTRICT ON DELETE SET DEFAULT, c int REFERENCES p ON DELETE RESTRICT);
-- case: fk_set_null_columns pg15
-- a
CREATE TABLE p (a int, b int, PRIMARY KEY (a, b)); CREATE TABLE c (a int, b int, FOREIGN KEY (a, b) REFERENCES p ON DELETE SET NULL);
-- b
CREATE TABLE p (a int, b int, PRIMARY KEY (a, b)); CREATE TABLE c (a int, b int, FOREIGN KEY (a, b) REFERENCES p ON DELETE SET NULL (b));
-- case: fk_match_defer
-- a
CREATE TABLE p (a int, b int, PRIMARY KEY (a, b)); CREATE TABLE c (a int, b int, CONSTRAINT f FOREIGN KEY (a, b) REFERENCES p MATCH FULL, CONSTRAINT g FOREIGN KEY (a, b) REFERENCES p DEFERRABLE INITIALLY DEFERRED);
-- b
CREATE TABLE p (a int, b int, PRIMARY KEY (a, b)); CREATE TABLE c (a int, b int, CONSTRAINT f FOREIGN KEY (a, b) REFERENCES p DEFERRABLE, CONSTRAINT g FOREIGN KEY (a, b) REFERENCES p DEFERRABLE);
-- case: fk_not_valid
-- a
CREATE TABLE p (a int PRIMARY KEY); CREATE TABLE c (a int); ALTER TABLE c ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES p NOT VALID;
-- b
CREATE TABLE p (a int PRIMARY KEY); CREATE TABLE c (a int); ALTER TABLE c ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES p;
-- case: fk_other_table
-- a
CREATE TABLE p (a int PRIMARY KEY); CREATE TABLE q (a int PRIMARY KEY, b int UNIQUE); CREATE TABLE c (a int CONSTRAINT f REFERENCES p);
-- b
CREATE TABLE p (a int PRIMARY KEY); CREATE TABLE q (a int PRIMARY KEY, b int UNIQUE); CREATE TABLE c (a int CONSTRAINT f REFERENCES q (b));
-- case: fk_target_replaced loses
-- a
CREATE TABLE p (a int PRIMARY KEY); CREATE TABLE c (a int CONSTRAINT f REFERENCES p);
-- b
CREATE TABLE p2 (a int PRIMARY KEY, x text NOT NULL); CREATE TABLE c (a int CONSTRAINT f REFERENCES p2);
-- case: fk_to_unique_index
-- a
CREATE TABLE p (a int, b int); CREATE UNIQUE INDEX pi ON p (a); CREATE TABLE c (a int REFERENCES p (a));
-- b
CREATE TABLE p (a int UNIQUE, b int); CREATE TABLE c (a int REFERENCES p (a));
-- case: fk_self_new_column
-- a
CREATE TABLE t (a int PRIMARY KEY);
-- b
CREATE TABLE t (a int PRIMARY KEY, up int REFERENCES t ON DELETE CASCADE, UNIQUE (up, a));
-- case: exclude_constraint
-- a
CREATE TABLE t (a int4range, b int4range, CONSTRAINT x EXCLUDE USING gist (a WITH &&), CONSTRAINT y EXCLUDE USING gist (b WITH &&));
-- b
CREATE TABLE t (a int4range, b int4range, CONSTRAINT x EXCLUDE USING gist (a WITH &&, b WITH =), CONSTRAINT y EXCLUDE USING gist (b WITH &&) WHERE (NOT isempty(b)) DEFERRABLE, EXCLUDE USING btree ((lower(a)) WITH =));
-- case: constraint_names_swap
-- a
CREATE TABLE t (a int, b int, CONSTRAINT x CHECK (a > 0), CONSTRAINT y CHECK (b > 0));
-- b
CREATE TABLE t (a int, b int, CONSTRAINT y CHECK (a > 0), CONSTRAINT x CHECK (b > 0));
-- case: constraint_name_moves
-- a
CREATE TABLE t (a int, b int, CONSTRAINT x UNIQUE (a));
-- b
CREATE TABLE t (a int, b int, CONSTRAINT x CHECK (a > 0));
-- case: constraint_unnamed_many
-- a
CREATE TABLE t (a int CHECK (a > 0) CHECK (a < 9), b int UNIQUE, CHECK (a < b), CHECK (b < 100));
-- b
CREATE TABLE t (a int CHECK (a > 1) CHECK (a < 9), b int UNIQUE, CHECK (b < 100), UNIQUE (a, b));
-- case: index_simple
-- a
CREATE TABLE t (a int, b text);
-- b
CREATE TABLE t (a int, b text); CREATE INDEX ON t (a); CREATE UNIQUE INDEX u ON t (b, a);
-- rows
INSERT INTO t VALUES (1, 'x');
-- case: index_properties pg15
-- a
CREATE TABLE t (a int, b text, c int[], d tsvector, e jsonb);
CREATE INDEX i1 ON t (a); CREATE INDEX i2 ON t (b); CREATE INDEX i3 ON t USING hash (a); CREATE INDEX i4 ON t (a) WHERE a > 0; CREATE INDEX i5 ON t USING gin (c); CREATE INDEX i6 ON t (a) INCLUDE (b); CREATE UNIQUE INDEX i7 ON t (a); CREATE INDEX i8 ON t (a) WITH (fillfactor = 60); CREATE INDEX i9 ON t (lower(b)); CREATE INDEX i10 ON t USING gin (e);
-- b
CREATE TABLE t (a int, b text, c int[], d tsvector, e jsonb);
CREATE INDEX i1 ON t (a DESC NULLS LAST); CREATE INDEX i2 ON t (b COLLATE "C" text_pattern_ops); CREATE INDEX i3 ON t USING brin (a) WITH (pages_per_range = 16); CREATE INDEX i4 ON t (a) WHERE a > 1; CREATE INDEX i5 ON t USING gin (c) WITH (fastupdate = off); CREATE INDEX i6 ON t (a) INCLUDE (b, c); CREATE UNIQUE INDEX i7 ON t (a) NULLS NOT DISTINCT; CREATE INDEX i8 ON t (a) WITH (deduplicate_items = off); CREATE INDEX i9 ON t (upper(b), (a + 1) DESC); CREATE INDEX i10 ON t USING gin (e jsonb_path_ops);
-- case: index_opclass_options pg13
-- a
CREATE TABLE t (d tsvector); CREATE INDEX i ON t USING gist (d);
-- b
CREATE TABLE t (d tsvector); CREATE INDEX i ON t USING gist (d tsvector_ops (siglen = 100));
-- case: index_comment_statistics
-- a
CREATE TABLE t (a int, b text); CREATE INDEX i ON t (lower(b)); COMMENT ON INDEX i IS 'x';
-- b
CREATE TABLE t (a int, b text); CREATE INDEX i ON t (lower(b)); COMMENT ON INDEX i IS 'y'; ALTER INDEX i ALTER COLUMN 1 SET STATISTICS 50; CREATE INDEX j ON t (a, (a + 1), (a + 2)); ALTER INDEX j ALTER COLUMN 2 SET STATISTICS 0; ALTER INDEX j ALTER COLUMN 3 SET STATISTICS 7;
-- case: index_drop_with_table
-- a
CREATE TABLE t (a int PRIMARY KEY); CREATE INDEX i ON t ((a + 1)); COMMENT ON INDEX i IS 'x'; COMMENT ON CONSTRAINT t_pkey ON t IS 'pk';
-- b
-- case: index_function
-- a
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1'; CREATE TABLE t (a int); CREATE INDEX i ON t (f(a));
-- b
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 1'; CREATE TABLE t (a int); CREATE INDEX i ON t (f(a));
-- case: two_keys_one_reference
-- a
CREATE TABLE entity (id int NOT NULL, code text NOT NULL, CONSTRAINT entity_id_key UNIQUE (id), CONSTRAINT entity_pkey PRIMARY KEY (code));
CREATE TABLE aa (id int PRIMARY KEY, e int, CONSTRAINT aa_fk FOREIGN KEY (e) REFERENCES entity (id));
CREATE TABLE zz (id int PRIMARY KEY, e int, CONSTRAINT zz_fk FOREIGN KEY (e) REFERENCES entity (id) ON DELETE CASCADE);
-- b
CREATE TABLE entity (id int NOT NULL, code text NOT NULL, CONSTRAINT entity_pkey PRIMARY KEY (id));
CREATE TABLE aa (id int PRIMARY KEY, e int, CONSTRAINT aa_fk FOREIGN KEY (e) REFERENCES entity (id));
CREATE TABLE new (id int PRIMARY KEY, e int, CONSTRAINT new_fk FOREIGN KEY (e) REFERENCES entity (id));
CREATE TABLE zz (id int PRIMARY KEY, e int, CONSTRAINT zz_fk FOREIGN KEY (e) REFERENCES entity (id));
-- rows
INSERT INTO entity VALUES (1, 'a'); INSERT INTO aa VALUES (1, 1); INSERT INTO zz VALUES (1, 1);
