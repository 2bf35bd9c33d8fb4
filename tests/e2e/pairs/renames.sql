-- case: rename_table keeps
-- with: --rename t=u
-- a
CREATE TABLE t (a serial PRIMARY KEY, b int UNIQUE, c int CHECK (c > 0)); CREATE INDEX ON t (c); CREATE TABLE r (x int REFERENCES t); CREATE VIEW v AS SELECT a, b FROM t; CREATE POLICY p ON t USING (a > 0); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
-- b
CREATE TABLE u (a serial PRIMARY KEY, b int UNIQUE, c int CHECK (c > 0)); CREATE INDEX ON u (c); CREATE TABLE r (x int REFERENCES u); CREATE VIEW v AS SELECT a, b FROM u; CREATE POLICY p ON u USING (a > 0); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER tr BEFORE INSERT ON u FOR EACH ROW EXECUTE FUNCTION f();
-- rows
INSERT INTO t (b, c) VALUES (1, 1); INSERT INTO r VALUES (1);
-- case: rename_column keeps
-- with: --rename t.b=t.c
-- a
CREATE TABLE t (a int, b int UNIQUE CHECK (b > 0), g int GENERATED ALWAYS AS (b + 1) STORED); CREATE INDEX ON t (b, a); CREATE VIEW v AS SELECT b FROM t; CREATE STATISTICS s ON a, b FROM t;
-- b
CREATE TABLE t (a int, c int UNIQUE CHECK (c > 0), g int GENERATED ALWAYS AS (c + 1) STORED); CREATE INDEX ON t (c, a); CREATE VIEW v AS SELECT c FROM t; CREATE STATISTICS s ON a, c FROM t;
-- rows
INSERT INTO t VALUES (1, 2);
-- case: rename_column_view_keeps_name keeps
-- with: --rename t.b=t.c
-- a
CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT b FROM t; CREATE VIEW w AS SELECT b FROM v;
-- b
CREATE TABLE t (a int, c int); CREATE VIEW v AS SELECT c AS b FROM t; CREATE VIEW w AS SELECT b FROM v;
-- rows
INSERT INTO t VALUES (1, 2);
-- case: rename_serial_column keeps
-- with: --rename t.a=t.id
-- a
CREATE TABLE t (a serial PRIMARY KEY);
-- b
CREATE TABLE t (id serial PRIMARY KEY);
-- rows
INSERT INTO t DEFAULT VALUES;
-- case: rename_index alone
-- with: --rename ti=tj
-- a
CREATE TABLE t (a int); CREATE INDEX ti ON t (a); COMMENT ON INDEX ti IS 'x';
-- b
CREATE TABLE t (a int); CREATE INDEX tj ON t (a); COMMENT ON INDEX tj IS 'x';
-- case: rename_constraint alone
-- with: --rename t.c1=t.c2
-- a
CREATE TABLE t (a int, CONSTRAINT c1 CHECK (a > 0));
-- b
CREATE TABLE t (a int, CONSTRAINT c2 CHECK (a > 0));
-- case: rename_enum keeps
-- with: --rename e=f
-- a
CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (a e DEFAULT 'a', b e[]); CREATE FUNCTION fn(e) RETURNS e LANGUAGE sql AS 'SELECT $1'; CREATE VIEW v AS SELECT a, 'b'::e AS k FROM t;
-- b
CREATE TYPE f AS ENUM ('a', 'b'); CREATE TABLE t (a f DEFAULT 'a', b f[]); CREATE FUNCTION fn(f) RETURNS f LANGUAGE sql AS 'SELECT $1'; CREATE VIEW v AS SELECT a, 'b'::f AS k FROM t;
-- rows
INSERT INTO t DEFAULT VALUES;
-- case: rename_enum_value
-- with: --rename e.a=e.x
-- a
CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (a e DEFAULT 'a');
-- b
CREATE TYPE e AS ENUM ('x', 'b'); CREATE TABLE t (a e DEFAULT 'x');
-- rows
INSERT INTO t DEFAULT VALUES;
-- case: rename_domain keeps
-- with: --rename d=dd
-- a
CREATE DOMAIN d AS int CHECK (VALUE > 0); CREATE TABLE t (a d);
-- b
CREATE DOMAIN dd AS int CHECK (VALUE > 0); CREATE TABLE t (a dd);
-- rows
INSERT INTO t VALUES (1);
-- case: rename_composite keeps
-- with: --rename c=cc
-- a
CREATE TYPE c AS (x int); CREATE TABLE t (a c);
-- b
CREATE TYPE cc AS (x int); CREATE TABLE t (a cc);
-- rows
INSERT INTO t VALUES (ROW(1));
-- case: rename_composite_attribute
-- with: --rename c.x=c.y
-- a
CREATE TYPE c AS (x int); CREATE TABLE t (a c);
-- b
CREATE TYPE c AS (y int); CREATE TABLE t (a c);
-- case: rename_sequence keeps
-- with: --rename s=s2
-- a
CREATE SEQUENCE s; CREATE TABLE t (a int DEFAULT nextval('s'));
-- b
CREATE SEQUENCE s2; CREATE TABLE t (a int DEFAULT nextval('s2'));
-- rows
INSERT INTO t DEFAULT VALUES;
-- case: rename_view
-- with: --rename v=w
-- a
CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW over_it AS SELECT a FROM v; COMMENT ON VIEW v IS 'x';
-- b
CREATE TABLE t (a int); CREATE VIEW w AS SELECT a FROM t; CREATE VIEW over_it AS SELECT a FROM w; COMMENT ON VIEW w IS 'x';
-- case: rename_matview
-- with: --rename v=w
-- a
CREATE TABLE t (a int); CREATE MATERIALIZED VIEW v AS SELECT a FROM t; CREATE INDEX vi ON v (a);
-- b
CREATE TABLE t (a int); CREATE MATERIALIZED VIEW w AS SELECT a FROM t; CREATE INDEX vi ON w (a);
-- case: rename_function
-- with: --rename f=g
-- a
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE VIEW v AS SELECT f(1) AS x;
-- b
CREATE FUNCTION g(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE VIEW v AS SELECT g(1) AS x;
-- case: rename_namespace keeps
-- with: --rename one=two
-- a
CREATE SCHEMA one; CREATE TYPE one.e AS ENUM ('a'); CREATE TABLE one.t (a serial PRIMARY KEY, b one.e); CREATE INDEX ON one.t (b); CREATE VIEW one.v AS SELECT a FROM one.t; CREATE FUNCTION one.f(one.t) RETURNS int LANGUAGE sql AS 'SELECT $1.a'; CREATE TABLE r (a int REFERENCES one.t);
-- b
CREATE SCHEMA two; CREATE TYPE two.e AS ENUM ('a'); CREATE TABLE two.t (a serial PRIMARY KEY, b two.e); CREATE INDEX ON two.t (b); CREATE VIEW two.v AS SELECT a FROM two.t; CREATE FUNCTION two.f(two.t) RETURNS int LANGUAGE sql AS 'SELECT $1.a'; CREATE TABLE r (a int REFERENCES two.t);
-- rows
INSERT INTO one.t (b) VALUES ('a');
-- case: rename_table_and_column keeps
-- with: --rename t=u --rename t.a=u.b
-- a
CREATE TABLE t (a int PRIMARY KEY, x text); CREATE TABLE r (y int REFERENCES t);
-- b
CREATE TABLE u (b int PRIMARY KEY, x text); CREATE TABLE r (y int REFERENCES u);
-- rows
INSERT INTO t VALUES (1, 'q');
-- case: rename_column_and_type
-- with: --rename t.a=t.b
-- a
CREATE TABLE t (a int NOT NULL DEFAULT 1); CREATE VIEW v AS SELECT a FROM t;
-- b
CREATE TABLE t (b bigint DEFAULT 2); CREATE VIEW v AS SELECT b FROM t;
-- rows
INSERT INTO t DEFAULT VALUES;
-- case: rename_swap keeps loses
-- with: --rename t=u --rename u=t
-- a
CREATE TABLE t (a int); CREATE TABLE u (b text);
-- b
CREATE TABLE u (a int); CREATE TABLE t (b text);
-- rows
INSERT INTO t VALUES (1);
-- case: rename_partitioned keeps
-- with: --rename t=u
-- a
CREATE TABLE t (a int PRIMARY KEY) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
-- b
CREATE TABLE u (a int PRIMARY KEY) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF u FOR VALUES IN (1);
-- rows
INSERT INTO t VALUES (1);
-- case: rename_swap_columns keeps
-- with: --rename t.a=t.b --rename t.b=t.a
-- a
CREATE TABLE t (a int, b text, c int);
-- b
CREATE TABLE t (b int, a text, c int);
-- rows
INSERT INTO t VALUES (1, 'x', 2);
-- case: rename_ring keeps loses
-- with: --rename t=u --rename u=v --rename v=t
-- a
CREATE TABLE t (a serial PRIMARY KEY); CREATE TABLE u (b serial PRIMARY KEY); CREATE TABLE v (c serial PRIMARY KEY, r int REFERENCES t);
-- b
CREATE TABLE u (a serial PRIMARY KEY); CREATE TABLE v (b serial PRIMARY KEY); CREATE TABLE t (c serial PRIMARY KEY, r int REFERENCES u);
-- rows
INSERT INTO t DEFAULT VALUES; INSERT INTO v (r) VALUES (1);
-- case: rename_index_bare alone
-- with: --rename ti=tj --rename k=kk
-- a
CREATE TABLE t (a int, CONSTRAINT k UNIQUE (a)); CREATE INDEX ti ON t (a) WHERE a > 1;
-- b
CREATE TABLE t (a int, CONSTRAINT kk UNIQUE (a)); CREATE INDEX tj ON t (a) WHERE a > 1;
-- case: rename_table_of_functions keeps pg14
-- with: --rename t=u
-- a
CREATE TABLE t (a int); CREATE FUNCTION f(x t) RETURNS SETOF t LANGUAGE sql AS 'SELECT x'; CREATE FUNCTION g(t) RETURNS int LANGUAGE sql RETURN ($1).a;
-- b
CREATE TABLE u (a int); CREATE FUNCTION f(x u) RETURNS SETOF u LANGUAGE sql AS 'SELECT x'; CREATE FUNCTION g(u) RETURNS int LANGUAGE sql RETURN ($1).a;
-- rows
INSERT INTO t VALUES (1);
-- case: rename_swap_with_views keeps loses
-- with: --rename t=u --rename u=t --rename u.x=t.y --rename u.y=t.x
-- a
CREATE TABLE t (a int CHECK (a > 0)); CREATE TABLE u (x int CHECK (x > 1), y int); CREATE VIEW v AS SELECT t.a, u.x AS i, u.y AS j FROM t, u; CREATE INDEX ON u (x, (y + 1));
-- b
CREATE TABLE u (a int CHECK (a > 0)); CREATE TABLE t (y int CHECK (y > 1), x int); CREATE VIEW v AS SELECT u.a, t.y AS i, t.x AS j FROM u, t; CREATE INDEX ON t (y, (x + 1));
-- rows
INSERT INTO t VALUES (1); INSERT INTO u VALUES (2, 3);
-- case: rename_column_of_detached loses
-- with: --rename h.k=h.r
-- a
CREATE TABLE p (id int, k int, CHECK (k > 0)) PARTITION BY LIST (id); CREATE TABLE h PARTITION OF p FOR VALUES IN (1);
-- b
CREATE TABLE p (id int, k int, CHECK (k > 0)) PARTITION BY LIST (id); CREATE TABLE h (id int, r int DEFAULT 5, x text);
-- rows
INSERT INTO p VALUES (1, 2);
-- case: rename_column_of_former_child keeps
-- with: --rename c.k=c.r
-- a
CREATE TABLE m (k int); CREATE TABLE c (k int, y int); ALTER TABLE c INHERIT m; CREATE VIEW v AS SELECT k FROM c;
-- b
CREATE TABLE m (k int); CREATE TABLE c (r int, y int); CREATE VIEW v AS SELECT r AS k FROM c;
-- rows
INSERT INTO c VALUES (3, 4);
-- case: rename_column_of_parent_and_detached loses
-- with: --rename p.a=p.b --rename h.k=h.r
-- a
CREATE TABLE p (id int, a int, k int) PARTITION BY LIST (id); CREATE TABLE h PARTITION OF p FOR VALUES IN (1); CREATE INDEX ON p (a);
-- b
CREATE TABLE p (id int, b int, k int) PARTITION BY LIST (id); CREATE TABLE h (id int, b int, r int); CREATE INDEX ON p (b); CREATE INDEX ON h (b);
-- rows
INSERT INTO p VALUES (1, 2, 3);
-- case: rename_table_in_lists keeps pg15
-- with: --rename b=c
-- a
CREATE TABLE a (id int); CREATE TABLE b (id int, x int); CREATE VIEW v AS SELECT b.x FROM a, b, LATERAL (SELECT 1 WHERE a.id = b.id) l; CREATE VIEW w AS SELECT x FROM (a JOIN b USING (id)) JOIN a z ON true; CREATE RULE u AS ON INSERT TO b WHERE (new.id > 0) DO ALSO DELETE FROM b WHERE id = 5; CREATE PUBLICATION pub_lists FOR TABLE a, b;
-- b
CREATE TABLE a (id int); CREATE TABLE c (id int, x int); CREATE VIEW v AS SELECT c.x FROM a, c, LATERAL (SELECT 1 WHERE a.id = c.id) l; CREATE VIEW w AS SELECT x FROM (a JOIN c USING (id)) JOIN a z ON true; CREATE RULE u AS ON INSERT TO c WHERE (new.id > 0) DO ALSO DELETE FROM c WHERE id = 5; CREATE PUBLICATION pub_lists FOR TABLE a, c;
-- rows
INSERT INTO b VALUES (-1, 2);
