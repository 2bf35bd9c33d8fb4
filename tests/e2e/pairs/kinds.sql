-- case: row_type_column
-- a
CREATE TABLE base (a int, b text); CREATE TABLE holder (id int, r base, rs base[]);
CREATE FUNCTION fr(base) RETURNS base LANGUAGE sql AS 'SELECT $1';
-- b
CREATE TABLE base (a int, b text, c date); CREATE TABLE holder (id int, r base, rs base[]);
CREATE FUNCTION fr(base) RETURNS base LANGUAGE sql AS 'SELECT $1';
-- rows
INSERT INTO base VALUES (1, 'x'); INSERT INTO holder VALUES (1, ROW(1,'x'), NULL);
-- case: row_type_created
-- a
CREATE TABLE x (n int);
-- b
CREATE TABLE x (n int); CREATE TABLE zz (y int, z text); CREATE TABLE aa (x int, z zz[], w zz); ALTER TABLE x ADD m zz;
-- case: setof_table_function_view
-- a
CREATE TABLE t (a int, b text); CREATE FUNCTION f() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t'; CREATE VIEW v AS SELECT a, b FROM f(); CREATE VIEW w AS SELECT * FROM f() x;
-- b
CREATE TABLE t (a int, b varchar(10), c int); CREATE FUNCTION f() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t'; CREATE VIEW v AS SELECT a, b FROM f(); CREATE VIEW w AS SELECT * FROM f() x;
-- rows
INSERT INTO t VALUES (1, 'x');
-- case: setof_table_column_dropped loses
-- a
CREATE TABLE t (a int, b text, c int); CREATE FUNCTION f() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t'; CREATE VIEW v AS SELECT a, b FROM f(); CREATE VIEW w AS SELECT * FROM f() x;
-- b
CREATE TABLE t (a int, c int); CREATE FUNCTION f() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t'; CREATE VIEW v AS SELECT a FROM f(); CREATE VIEW w AS SELECT * FROM f() x;
-- rows
INSERT INTO t VALUES (1, 'x');
-- case: partition_key_function
-- a
CREATE FUNCTION bucket(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 / 10'; CREATE TABLE t (a int, b text) PARTITION BY LIST (bucket(a)); CREATE TABLE t0 PARTITION OF t FOR VALUES IN (0); CREATE TABLE td PARTITION OF t DEFAULT;
-- b
CREATE FUNCTION bucket(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 / 100'; CREATE TABLE t (a int, b text, c int) PARTITION BY LIST (bucket(a)); CREATE TABLE t0 PARTITION OF t FOR VALUES IN (0); CREATE TABLE td PARTITION OF t DEFAULT;
-- rows
INSERT INTO t VALUES (5, 'x'), (50, 'y');
-- case: partition_key_enum_swap
-- a
CREATE TYPE k AS ENUM ('a', 'b', 'c'); CREATE TABLE t (a k, b text) PARTITION BY LIST (a); CREATE TABLE ta PARTITION OF t FOR VALUES IN ('a'); CREATE TABLE tb PARTITION OF t FOR VALUES IN ('b'); CREATE VIEW v AS SELECT a FROM t;
-- b
CREATE TYPE k AS ENUM ('b', 'a'); CREATE TABLE t (a k, b text) PARTITION BY LIST (a); CREATE TABLE ta PARTITION OF t FOR VALUES IN ('a'); CREATE TABLE tb PARTITION OF t FOR VALUES IN ('b'); CREATE VIEW v AS SELECT a FROM t;
-- rows
INSERT INTO t VALUES ('a', 'x');
-- case: matview_columns pg14
-- a
CREATE TABLE t (a int, b text, c text); CREATE MATERIALIZED VIEW m AS SELECT a, b, c FROM t; ALTER MATERIALIZED VIEW m ALTER a SET STATISTICS 50; ALTER MATERIALIZED VIEW m ALTER b SET STORAGE EXTERNAL; COMMENT ON COLUMN m.c IS 'x'; ALTER MATERIALIZED VIEW m ALTER c SET (n_distinct = 5);
-- b
CREATE TABLE t (a int, b text, c text); CREATE MATERIALIZED VIEW m AS SELECT a, b, c FROM t; ALTER MATERIALIZED VIEW m ALTER a SET STATISTICS 60; ALTER MATERIALIZED VIEW m ALTER c SET STORAGE MAIN; COMMENT ON COLUMN m.c IS 'y'; ALTER MATERIALIZED VIEW m ALTER c SET COMPRESSION pglz;
-- case: matview_columns_remade
-- a
CREATE TABLE t (a int, b text); CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t; ALTER MATERIALIZED VIEW m ALTER a SET STATISTICS 50; ALTER MATERIALIZED VIEW m ALTER b SET STORAGE EXTERNAL;
CREATE INDEX mi ON m (a); ALTER MATERIALIZED VIEW m CLUSTER ON mi; ALTER MATERIALIZED VIEW m SET (fillfactor = 50);
-- b
CREATE TABLE t (a bigint, b text); CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t; ALTER MATERIALIZED VIEW m ALTER a SET STATISTICS 50; ALTER MATERIALIZED VIEW m ALTER b SET STORAGE EXTERNAL;
CREATE INDEX mi ON m (a); ALTER MATERIALIZED VIEW m CLUSTER ON mi; ALTER MATERIALIZED VIEW m SET (fillfactor = 50);
-- case: two_parents_leave keeps
-- a
CREATE TABLE p1 (a int); CREATE TABLE p2 (b int); CREATE TABLE ch (c int) INHERITS (p1, p2);
-- b
CREATE TABLE p2 (b int); CREATE TABLE p1 (a int) ; CREATE TABLE ch (a int, c int, b int) INHERITS (p2);
-- rows
INSERT INTO ch VALUES (1, 2, 3); INSERT INTO p1 VALUES (9);
-- case: function_order_chain pg14
-- a
CREATE TABLE zz (a int);
-- b
CREATE FUNCTION b_fn(int) RETURNS int LANGUAGE sql IMMUTABLE RETURN $1 + 1;
CREATE FUNCTION a_fn(int) RETURNS int LANGUAGE sql IMMUTABLE RETURN b_fn($1) * 2;
CREATE TABLE aa (x int CHECK (a_fn(x) > 0), y int GENERATED ALWAYS AS (a_fn(x)) STORED, z int DEFAULT b_fn(1));
CREATE FUNCTION c_fn() RETURNS SETOF aa LANGUAGE sql BEGIN ATOMIC SELECT * FROM aa; END;
CREATE VIEW a_view AS SELECT x FROM c_fn();
CREATE FUNCTION a0_fn(v a_view) RETURNS int LANGUAGE sql IMMUTABLE RETURN v.x;
CREATE TABLE zz (a int, CHECK (a_fn(a) > 1)); CREATE INDEX zi ON zz (b_fn(a));
CREATE MATERIALIZED VIEW a_mv AS SELECT a0_fn(a_view) AS k FROM a_view;
CREATE POLICY pol ON zz USING (EXISTS (SELECT 1 FROM a_mv WHERE k = zz.a));
CREATE DOMAIN a_dom AS int CHECK (b_fn(VALUE) > 0) DEFAULT a_fn(1);
CREATE TYPE a_comp AS (d a_dom, v a_view);
-- case: view_renamed_and_grants alone
-- set: include = grants, owners
-- with: --rename v=w
-- a
CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT a FROM t; GRANT SELECT ON v TO postgres; GRANT UPDATE (a) ON v TO postgres;
-- b
CREATE TABLE t (a bigint, b int); CREATE VIEW w AS SELECT a FROM t; GRANT SELECT ON w TO postgres; GRANT UPDATE (a) ON w TO postgres;
-- case: event_trigger alone
-- a
CREATE FUNCTION ev() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER et ON ddl_command_start EXECUTE FUNCTION ev(); ALTER EVENT TRIGGER et DISABLE;
-- b
CREATE FUNCTION ev() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN NULL; END'; CREATE EVENT TRIGGER et ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION ev(); ALTER EVENT TRIGGER et DISABLE; COMMENT ON EVENT TRIGGER et IS 'x'; CREATE TABLE t (a int);
-- case: rules
-- a
CREATE TABLE t (a int, b text); CREATE TABLE l (a int); CREATE VIEW v AS SELECT a FROM t; CREATE RULE r1 AS ON INSERT TO v DO INSTEAD INSERT INTO t (a) VALUES (NEW.a); CREATE RULE r2 AS ON DELETE TO t DO ALSO INSERT INTO l VALUES (OLD.a);
-- b
CREATE TABLE t (a bigint, b text); CREATE TABLE l (a bigint, at date); CREATE VIEW v AS SELECT a, b FROM t; CREATE RULE r1 AS ON INSERT TO v DO INSTEAD INSERT INTO t (a, b) VALUES (NEW.a, NEW.b) RETURNING a, b; CREATE RULE r2 AS ON DELETE TO t WHERE OLD.a > 1 DO ALSO INSERT INTO l VALUES (OLD.a); ALTER TABLE t DISABLE RULE r2;
-- case: column_type_zoo
-- a
CREATE TABLE t (a int, b text, c varchar(10), d date, e timestamp, f numeric(10,2), g json, h text, i int[], j boolean, k char(5), l interval, m text DEFAULT '5', n int DEFAULT 1, o text, p timestamp);
-- b
CREATE TABLE t (a text, b int, c varchar(20), d timestamptz, e date, f numeric(5), g jsonb, h uuid, i bigint[], j int, k varchar, l interval(3), m int DEFAULT 5, n boolean DEFAULT true, o text[], p timestamptz);
-- rows
INSERT INTO t (a, b, c, d, e, f, g, h, i, j, k, p) VALUES (1, '5', 'x', '2020-01-01', '2020-01-01', 1.5, '{}', '6ecd8c99-4036-403d-bf84-cf8400f67836', '{1}', true, 'a', '2020-01-01 10:00');
-- case: inherit_changes
-- a
CREATE TABLE p (id serial PRIMARY KEY, a int NOT NULL, CHECK (a > 0)); CREATE TABLE c1 (x text) INHERITS (p); CREATE TABLE c2 () INHERITS (p); CREATE VIEW v AS SELECT * FROM p;
-- b
CREATE TABLE p (id bigserial PRIMARY KEY, a bigint DEFAULT 5, b text, CONSTRAINT pos CHECK (a >= 0)); CREATE TABLE c1 (x text, y int) INHERITS (p); CREATE TABLE c2 (b text) INHERITS (p); CREATE TABLE c3 (z int) INHERITS (c1); CREATE VIEW v AS SELECT * FROM p;
-- rows
INSERT INTO p (a) VALUES (1); INSERT INTO c1 (a, x) VALUES (2, 'x'); INSERT INTO c2 (a) VALUES (3);
-- case: constraints_zoo pg15
-- a
CREATE TABLE r (x int, y int, PRIMARY KEY (x, y)); CREATE TABLE t (a int, b int, c tsrange, d text, CONSTRAINT uq UNIQUE (a), CONSTRAINT ex EXCLUDE USING gist (c WITH &&), CONSTRAINT fk FOREIGN KEY (a, b) REFERENCES r, CONSTRAINT ck CHECK (a > 0) NO INHERIT);
-- b
CREATE TABLE r (x int, y int, PRIMARY KEY (y, x)); CREATE TABLE t (a int, b int, c tsrange, d text, CONSTRAINT uq UNIQUE NULLS NOT DISTINCT (a) INCLUDE (b) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT ex EXCLUDE USING gist (c WITH &&) WHERE (a > 1), CONSTRAINT fk FOREIGN KEY (b, a) REFERENCES r (y, x) ON DELETE SET NULL (b) ON UPDATE RESTRICT, CONSTRAINT ck CHECK (a > 1) NOT VALID, CONSTRAINT ck2 CHECK (d ~ '^\w+$'));
-- rows
INSERT INTO r VALUES (1, 2); INSERT INTO t VALUES (5, NULL);
-- case: unlogged_options pg14
-- a
CREATE UNLOGGED TABLE t (a int, b text) WITH (fillfactor = 70, autovacuum_enabled = false); CREATE INDEX i ON t (a) WITH (fillfactor = 60); ALTER TABLE t ALTER b SET STORAGE EXTERNAL, ALTER a SET STATISTICS 100, CLUSTER ON i; ALTER TABLE t REPLICA IDENTITY FULL;
-- b
CREATE TABLE t (a int NOT NULL, b text) WITH (fillfactor = 80, toast.autovacuum_enabled = false); CREATE UNIQUE INDEX i ON t (a) WITH (fillfactor = 90); ALTER TABLE t ALTER b SET STORAGE MAIN, ALTER b SET COMPRESSION pglz, ALTER a SET (n_distinct = -0.5); ALTER TABLE t REPLICA IDENTITY USING INDEX i;
-- rows
INSERT INTO t VALUES (1, 'x');
-- case: index_zoo pg15
-- a
CREATE TABLE t (a int, b text, c jsonb, d tsvector, e point); CREATE INDEX i1 ON t (a); CREATE INDEX i2 ON t USING hash (a); CREATE INDEX i3 ON t USING gin (c); CREATE INDEX i4 ON t (lower(b)); CREATE INDEX i5 ON t USING brin (a); CREATE INDEX i6 ON t USING gist (e);
-- b
CREATE TABLE t (a int, b text, c jsonb, d tsvector, e point); CREATE INDEX i1 ON t (a DESC NULLS LAST, b COLLATE "C" text_pattern_ops) INCLUDE (d); CREATE UNIQUE INDEX i2 ON t (a) NULLS NOT DISTINCT WHERE b IS NOT NULL; CREATE INDEX i3 ON t USING gin (c jsonb_path_ops) WITH (fastupdate = off); CREATE INDEX i4 ON t (lower(b), upper(b), (a + 1)); CREATE INDEX i5 ON t USING brin (a) WITH (pages_per_range = 16); CREATE INDEX i6 ON t USING spgist (e); CREATE INDEX i7 ON t USING gin (to_tsvector('english', b));
-- rows
INSERT INTO t VALUES (1, 'x', '{}', 'a b', '(1,2)');
-- case: namespaces_move_by_drop alone loses
-- a
CREATE SCHEMA one; CREATE TABLE one.t (a serial PRIMARY KEY, b int); CREATE VIEW one.v AS SELECT a FROM one.t; CREATE FUNCTION one.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TYPE one.e AS ENUM ('a'); CREATE TABLE one.u (e one.e, t_id int REFERENCES one.t);
-- b
CREATE SCHEMA two; CREATE TABLE two.t (a serial PRIMARY KEY, b int); CREATE VIEW two.v AS SELECT a FROM two.t; CREATE FUNCTION two.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TYPE two.e AS ENUM ('a'); CREATE TABLE two.u (e two.e, t_id int REFERENCES two.t);
-- rows
INSERT INTO one.t (b) VALUES (1);
