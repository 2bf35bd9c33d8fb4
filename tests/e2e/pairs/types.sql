-- case: enum_new_and_gone
-- a
CREATE TYPE e AS ENUM ('a', 'b'); COMMENT ON TYPE e IS 'x';
-- b
CREATE TYPE f AS ENUM (); CREATE TYPE g AS ENUM ('it''s', 'B b');
-- case: enum_add_values
-- a
CREATE TYPE e AS ENUM ('b', 'd'); CREATE TABLE t (a e DEFAULT 'b');
-- b
CREATE TYPE e AS ENUM ('a', 'b', 'c', 'd', 'e'); CREATE TABLE t (a e DEFAULT 'b');
-- rows
INSERT INTO t VALUES ('b'), ('d');
-- case: enum_add_and_use
-- a
CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (a e);
-- b
CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (a e DEFAULT 'b', b e NOT NULL DEFAULT 'b', CHECK (a <> 'b'));
-- case: enum_remove_value
-- a
CREATE TYPE e AS ENUM ('a', 'b', 'c'); CREATE TABLE t (a e DEFAULT 'a' NOT NULL, b e[] DEFAULT '{a}', c e); CREATE INDEX ti ON t (a) WHERE a = 'a'; CREATE VIEW v AS SELECT a, b FROM t WHERE a = 'a';
-- b
CREATE TYPE e AS ENUM ('c', 'a'); CREATE TABLE t (a e DEFAULT 'a' NOT NULL, b e[] DEFAULT '{a}', c e); CREATE INDEX ti ON t (a) WHERE a = 'a'; CREATE VIEW v AS SELECT a, b FROM t WHERE a = 'a';
-- rows
INSERT INTO t VALUES ('c', '{c,a}', 'a');
-- case: enum_remove_dependants
-- a
CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE TABLE t (a e CHECK (a <> 'c'), b int);
CREATE FUNCTION f(e) RETURNS e LANGUAGE sql AS 'SELECT $1';
CREATE MATERIALIZED VIEW m AS SELECT a, count(*) FROM t GROUP BY a; CREATE INDEX mi ON m (a);
CREATE VIEW v AS SELECT f(a) AS fa FROM t;
CREATE FUNCTION trf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER tr BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (NEW.a = 'a') EXECUTE FUNCTION trf();
ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t USING (a = 'a');
-- b
CREATE TYPE e AS ENUM ('a', 'c');
CREATE TABLE t (a e CHECK (a <> 'c'), b int);
CREATE FUNCTION f(e) RETURNS e LANGUAGE sql AS 'SELECT $1';
CREATE MATERIALIZED VIEW m AS SELECT a, count(*) FROM t GROUP BY a; CREATE INDEX mi ON m (a);
CREATE VIEW v AS SELECT f(a) AS fa FROM t;
CREATE FUNCTION trf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER tr BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (NEW.a = 'a') EXECUTE FUNCTION trf();
ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t USING (a = 'a');
-- rows
INSERT INTO t VALUES ('a', 1);
-- case: enum_comment
-- a
CREATE TYPE e AS ENUM ('a'); COMMENT ON TYPE e IS 'x'; CREATE TYPE f AS ENUM ('a');
-- b
CREATE TYPE e AS ENUM ('a'); COMMENT ON TYPE e IS 'y'; CREATE TYPE f AS ENUM ('a'); COMMENT ON TYPE f IS 'z';
-- case: enum_replaced_by_other_kind
-- a
CREATE TYPE e AS ENUM ('a'); CREATE DOMAIN d AS int; CREATE TYPE c AS (a int);
-- b
CREATE DOMAIN e AS int; CREATE TYPE d AS (a int); CREATE TYPE c AS ENUM ('x');
-- case: enum_dropped_with_column loses
-- a
CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (a int, b e DEFAULT 'a');
-- b
CREATE TABLE t (a int);
-- case: domain_all
-- a
CREATE DOMAIN d1 AS int; CREATE DOMAIN d2 AS text DEFAULT 'x' NOT NULL; CREATE DOMAIN d3 AS text CHECK (VALUE <> ''); CREATE DOMAIN d4 AS text CONSTRAINT c CHECK (VALUE <> ''); CREATE DOMAIN gone AS int; COMMENT ON DOMAIN d1 IS 'x';
CREATE TABLE t (a d1, b d2, c d3, d d4);
-- b
CREATE DOMAIN d1 AS int DEFAULT 3 NOT NULL CHECK (VALUE > 0); CREATE DOMAIN d2 AS text; CREATE DOMAIN d3 AS text CHECK (VALUE <> 'q'); CREATE DOMAIN d4 AS text CONSTRAINT c CHECK (VALUE <> '') CONSTRAINT e CHECK (length(VALUE) < 5); CREATE DOMAIN added AS varchar(5) COLLATE "C" CHECK (VALUE ~ '^x'); COMMENT ON DOMAIN d1 IS 'y';
CREATE TABLE t (a d1, b d2, c d3, d d4);
-- rows
INSERT INTO t VALUES (1, 'x', 'c', 'd');
-- case: domain_type_changes
-- a
CREATE DOMAIN d AS int CHECK (VALUE > 0); CREATE TABLE t (a d DEFAULT 1, b d[]); CREATE VIEW v AS SELECT a FROM t; CREATE INDEX i ON t (a);
-- b
CREATE DOMAIN d AS bigint CHECK (VALUE > 0); CREATE TABLE t (a d DEFAULT 1, b d[]); CREATE VIEW v AS SELECT a FROM t; CREATE INDEX i ON t (a);
-- rows
INSERT INTO t VALUES (1, '{2}');
-- case: domain_not_valid
-- a
CREATE DOMAIN d AS int; CREATE TABLE t (a d);
-- b
CREATE DOMAIN d AS int; ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID; CREATE TABLE t (a d);
-- rows
INSERT INTO t VALUES (-1);
-- case: domain_over_domain
-- a
CREATE DOMAIN d1 AS int;
-- b
CREATE DOMAIN d1 AS int; CREATE DOMAIN d2 AS d1 CHECK (VALUE < 10); CREATE TABLE t (a d2, b d2[]);
-- case: domain_function
-- a
CREATE DOMAIN x AS text;
-- b
CREATE DOMAIN x AS text; CREATE FUNCTION ok(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 <> ''no'''; CREATE DOMAIN y AS text CHECK (ok(VALUE)); CREATE TABLE t (a y);
-- case: composite_all
-- a
CREATE TYPE c1 AS (a int, c varchar(5), b text); CREATE TYPE gone AS (x int); COMMENT ON TYPE c1 IS 'x'; COMMENT ON COLUMN c1.a IS 'aa';
-- b
CREATE TYPE c1 AS (a bigint, c varchar(10), d text COLLATE "C"); CREATE TYPE added AS (x int, y text[]);
-- case: composite_nested
-- a
CREATE TYPE c1 AS (a int);
-- b
CREATE TYPE c1 AS (a int, n text); CREATE TYPE c2 AS (x c1, y c1[]); CREATE TABLE t (a c2);
-- case: composite_used
-- a
CREATE TYPE c AS (a int, b text); CREATE TABLE t (x c, y c[]); CREATE VIEW v AS SELECT (x).a FROM t; CREATE FUNCTION f(c) RETURNS int LANGUAGE sql AS 'SELECT $1.a';
-- b
CREATE TYPE c AS (a int, b text, d date); CREATE TABLE t (x c, y c[]); CREATE VIEW v AS SELECT (x).a FROM t; CREATE FUNCTION f(c) RETURNS int LANGUAGE sql AS 'SELECT $1.a';
-- rows
INSERT INTO t VALUES (ROW(1, 'x'), NULL);
-- case: composite_used_by_table_type_change
-- a
CREATE TYPE c AS (a int, b text); CREATE TABLE t (x c);
-- b
CREATE TYPE c AS (a bigint, b text); CREATE TABLE t (x c);
-- rows
INSERT INTO t VALUES (ROW(1, 'x'));
-- case: composite_in_columns
-- a
CREATE TYPE c AS (a int, b text); COMMENT ON TYPE c IS 'x'; CREATE TABLE t (n int, x c DEFAULT ROW(1, 'y'), y c[]); CREATE VIEW v AS SELECT (x).a FROM t; CREATE FUNCTION f(c) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- b
CREATE TYPE c AS (a bigint, b text); COMMENT ON TYPE c IS 'x'; CREATE TABLE t (n int, x c DEFAULT ROW(1, 'y'), y c[]); CREATE FUNCTION f(c) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- rows
INSERT INTO t VALUES (1, ROW(1, 'x, "y'), ARRAY[ROW(2, NULL)::c, NULL]);
-- case: range_types pg14
-- a
CREATE TYPE r1 AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi); CREATE TYPE r2 AS RANGE (SUBTYPE = text, COLLATION = "C"); CREATE TYPE r3 AS RANGE (SUBTYPE = int); COMMENT ON TYPE r1 IS 'x';
-- b
CREATE TYPE r1 AS RANGE (SUBTYPE = float8); CREATE TYPE r4 AS RANGE (SUBTYPE = timetz, MULTIRANGE_TYPE_NAME = mr4); CREATE TYPE r3 AS RANGE (SUBTYPE = int); COMMENT ON TYPE r3 IS 'new';
-- case: range_used
-- a
CREATE TYPE r AS RANGE (SUBTYPE = int); CREATE TABLE t (a r, b int);
-- b
CREATE FUNCTION fd(time, time) RETURNS float8 LANGUAGE sql STRICT IMMUTABLE AS 'SELECT EXTRACT(EPOCH FROM ($1 - $2))::float8'; CREATE TYPE s AS RANGE (SUBTYPE = time, SUBTYPE_DIFF = fd); CREATE TYPE r AS RANGE (SUBTYPE = int); CREATE TABLE t (a r, b int, c s, EXCLUDE USING gist (a WITH &&));
-- case: sequence_all pg15
-- a
CREATE SEQUENCE s1; CREATE SEQUENCE s2 START 5 INCREMENT 2 MINVALUE 1 MAXVALUE 100 CACHE 5 CYCLE; CREATE SEQUENCE s3 AS smallint; CREATE SEQUENCE gone; CREATE TABLE t (a int, b int); CREATE SEQUENCE s4 OWNED BY t.a; CREATE SEQUENCE s5; CREATE SEQUENCE s6 OWNED BY t.a; COMMENT ON SEQUENCE s1 IS 'x';
-- b
CREATE SEQUENCE s1 INCREMENT -1; CREATE SEQUENCE s2; CREATE SEQUENCE s3 AS bigint; CREATE UNLOGGED SEQUENCE added AS int; CREATE TABLE t (a int, b int); CREATE SEQUENCE s4; CREATE SEQUENCE s5 OWNED BY t.b; CREATE SEQUENCE s6 OWNED BY t.b; COMMENT ON SEQUENCE s1 IS 'y'; COMMENT ON SEQUENCE s5 IS 'z';
-- case: sequence_unlogged pg15
-- a
CREATE SEQUENCE s; CREATE UNLOGGED SEQUENCE u;
-- b
CREATE UNLOGGED SEQUENCE s; CREATE SEQUENCE u;
-- case: sequence_of_dropped_table
-- a
CREATE TABLE t (a int); CREATE SEQUENCE s OWNED BY t.a; CREATE TABLE u (a int DEFAULT nextval('s'));
-- b
CREATE TABLE u (a int);
-- case: sequence_shared
-- a
CREATE TABLE t (a serial); CREATE TABLE u (a int DEFAULT nextval('t_a_seq'));
-- b
CREATE SEQUENCE shared; CREATE TABLE t (a int DEFAULT nextval('shared')); CREATE TABLE u (a int DEFAULT nextval('shared'));
-- case: enum_swapped_below_and_in_bodies pg14
-- a
CREATE TYPE e AS ENUM ('a', 'b', 'c'); CREATE TABLE t (k int, a e);
CREATE TABLE ch (n int) INHERITS (t); CREATE INDEX ci ON ch (a) WHERE a > 'a'; CREATE VIEW v AS SELECT a FROM ch; CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(a) FROM t; END; CREATE FUNCTION g() RETURNS bigint LANGUAGE sql RETURN f(); CREATE VIEW w AS SELECT g() AS x;
CREATE STATISTICS s ON a, k FROM t; ALTER STATISTICS s SET STATISTICS 77; CREATE MATERIALIZED VIEW m AS SELECT a, k FROM t; CREATE STATISTICS ms ON a, k FROM m;
-- b
CREATE TYPE e AS ENUM ('a', 'c', 'd'); CREATE TABLE t (k int, a e);
CREATE TABLE ch (n int) INHERITS (t); CREATE INDEX ci ON ch (a) WHERE a > 'a'; CREATE VIEW v AS SELECT a FROM ch; CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(a) FROM t; END; CREATE FUNCTION g() RETURNS bigint LANGUAGE sql RETURN f(); CREATE VIEW w AS SELECT g() AS x;
CREATE STATISTICS s ON a, k FROM t; ALTER STATISTICS s SET STATISTICS 77; CREATE MATERIALIZED VIEW m AS SELECT a, k FROM t; CREATE STATISTICS ms ON a, k FROM m;
-- rows
INSERT INTO t VALUES (1, 'a'); INSERT INTO ch VALUES (1, 'c', 1);
-- case: enum_added_to_published_column alone pg15
-- a
CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (k int, a e); CREATE PUBLICATION p FOR TABLE t (a);
-- b
CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (k int, a e); CREATE PUBLICATION p FOR TABLE t (a);
-- case: domain_swapped_under_default pg13
-- a
CREATE DOMAIN d AS int; CREATE FUNCTION f() RETURNS d LANGUAGE sql AS 'SELECT 5'; CREATE TABLE t (a d DEFAULT f());
-- b
CREATE DOMAIN d AS bigint; CREATE FUNCTION f() RETURNS d LANGUAGE sql AS 'SELECT 5'; CREATE TABLE t (a d DEFAULT f());
-- rows
INSERT INTO t VALUES (1);
-- case: type_swapped_in_composites
-- a
CREATE TYPE y AS ENUM ('a', 'b', 'c'); CREATE DOMAIN d AS y; CREATE TYPE cc AS (z y, n int); COMMENT ON TYPE cc IS 'x'; CREATE TYPE ccc AS (q cc, w d); CREATE FUNCTION g(cc) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TABLE t (k int, c cc, e ccc[]); CREATE VIEW v AS SELECT (c).z FROM t;
-- b
CREATE TYPE y AS ENUM ('a', 'c'); CREATE DOMAIN d AS y; CREATE TYPE cc AS (z y, n int); COMMENT ON TYPE cc IS 'x'; CREATE TYPE ccc AS (q cc, w d); CREATE FUNCTION g(cc) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TABLE t (k int, c cc, e ccc[]); CREATE VIEW v AS SELECT (c).z FROM t;
-- rows
INSERT INTO t VALUES (1, ROW('a', 1), ARRAY[ROW(ROW('c', 2)::cc, 'a')::ccc]);
-- case: composite_grows_and_is_retyped
-- a
CREATE TYPE addr AS (street text, zip int, gone int); CREATE TABLE p (id int, home addr, others addr[]); CREATE FUNCTION fmt(a addr) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT a.street'; CREATE VIEW v AS SELECT (home).zip, fmt(home) AS f FROM p; CREATE INDEX pi ON p (((home).zip)); CREATE TYPE y AS (p int); CREATE VIEW w AS SELECT ROW(1)::y AS x;
-- b
CREATE TYPE addr AS (street text, zip text, country text); CREATE TABLE p (id int, home addr, others addr[]); CREATE FUNCTION fmt(a addr) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT a.street || a.country'; CREATE VIEW v AS SELECT (home).zip, (home).country, fmt(home) AS f FROM p; CREATE INDEX pi ON p (((home).zip)); CREATE TYPE y AS (p bigint); CREATE VIEW w AS SELECT ROW(1)::y AS x;
-- rows
INSERT INTO p VALUES (1, ROW('a', 5, 1), NULL);
-- case: range_replaced
-- a
CREATE TABLE x (id int PRIMARY KEY, name text); CREATE TYPE y AS RANGE (subtype = int4); CREATE TYPE z AS ENUM ('a');
-- b
CREATE TYPE x AS RANGE (subtype = int4); CREATE DOMAIN y AS int; CREATE TYPE z AS RANGE (subtype = int4);
-- case: type_replaced_by_table pg14
-- a
CREATE TYPE x AS (id int, name text); CREATE FUNCTION dg(a x) RETURNS text LANGUAGE sql AS 'SELECT $1::text'; CREATE SEQUENCE y; CREATE FUNCTION da() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM y; END; CREATE TYPE e AS ENUM ('a'); CREATE FUNCTION fe(a e) RETURNS e LANGUAGE sql AS 'SELECT a'; CREATE VIEW v AS SELECT dg(NULL) AS d;
-- b
CREATE TABLE x (id int, name text); CREATE FUNCTION dg(a x) RETURNS text LANGUAGE sql AS 'SELECT $1::text'; CREATE VIEW y AS SELECT 1; CREATE FUNCTION da() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM y; END; CREATE DOMAIN e AS text; CREATE FUNCTION fe(a e) RETURNS e LANGUAGE sql AS 'SELECT a'; CREATE VIEW v AS SELECT dg(NULL) AS d;
-- case: composite_order
-- a
CREATE TYPE c AS (a int, b text); CREATE FUNCTION f(c) RETURNS c LANGUAGE sql AS 'SELECT $1';
-- b
CREATE TYPE c AS (b text, n int, a int); CREATE FUNCTION f(c) RETURNS c LANGUAGE sql AS 'SELECT $1';
-- case: composite_order_used
-- a
CREATE TYPE c AS (a int, b text); CREATE TABLE t (x c, y c[]); CREATE VIEW v AS SELECT (x).a FROM t;
-- b
CREATE TYPE c AS (b text, n int, a int); CREATE TABLE t (x c, y c[]); CREATE VIEW v AS SELECT (x).a FROM t;
-- rows
INSERT INTO t VALUES (ROW(1, 'x'), ARRAY[ROW(1, 'x')::c, NULL]); INSERT INTO t VALUES (NULL, NULL);
-- case: composite_default_and_view
-- a
CREATE TYPE c AS (a int, b text); CREATE TABLE t (x c DEFAULT ROW(1,'x')::c, n int DEFAULT (ROW(5,'y')::c).a); CREATE VIEW v AS SELECT ROW(1, 'q')::c AS r, n FROM t;
-- b
CREATE TYPE c AS (a bigint, b text); CREATE TABLE t (x c DEFAULT ROW(1,'x')::c, n int DEFAULT (ROW(5,'y')::c).a); CREATE VIEW v AS SELECT ROW(1, 'q')::c AS r, n FROM t;
-- rows
INSERT INTO t DEFAULT VALUES;
-- case: enum_to_domain
-- a
CREATE TYPE st AS ENUM ('on', 'off'); CREATE TABLE t (a int, s st DEFAULT 'on', ss st[]); CREATE VIEW v AS SELECT s FROM t; CREATE FUNCTION f(st) RETURNS st LANGUAGE sql AS 'SELECT $1';
-- b
CREATE DOMAIN st AS text CHECK (VALUE IN ('on', 'off')); CREATE TABLE t (a int, s st DEFAULT 'on', ss st[]); CREATE VIEW v AS SELECT s FROM t; CREATE FUNCTION f(st) RETURNS st LANGUAGE sql AS 'SELECT $1';
-- rows
INSERT INTO t VALUES (1, 'off', '{on}');
-- case: domain_to_enum
-- a
CREATE DOMAIN st AS text CHECK (VALUE IN ('on', 'off')); CREATE TABLE t (a int PRIMARY KEY, s st DEFAULT 'on' NOT NULL, CHECK (s <> 'x'));
CREATE INDEX ti ON t (s);
-- b
CREATE TYPE st AS ENUM ('on', 'off'); CREATE TABLE t (a int PRIMARY KEY, s st DEFAULT 'on' NOT NULL, CHECK (s <> 'off'));
CREATE INDEX ti ON t (s);
-- rows
INSERT INTO t VALUES (1, 'on');
-- case: domain_over_array
-- a
CREATE DOMAIN d AS int[] CHECK (array_length(VALUE, 1) < 5); CREATE TYPE c AS (a int, b int); CREATE DOMAIN dc AS c CHECK ((VALUE).a > 0); CREATE TABLE t (x d, y dc);
-- b
CREATE DOMAIN d AS int[] CHECK (array_length(VALUE, 1) < 6) CHECK (VALUE[1] > 0); CREATE TYPE c AS (a int, b int, c int); CREATE DOMAIN dc AS c CHECK ((VALUE).a > 0 AND (VALUE).b > 0); CREATE TABLE t (x d, y dc);
-- rows
INSERT INTO t VALUES ('{1,2}', ROW(1,2));
-- case: domain_over_composite_retyped
-- a
CREATE TYPE c AS (a int, b int); CREATE DOMAIN dc AS c CHECK ((VALUE).a > 0); CREATE TABLE t (x int, y dc, z dc[]);
-- b
CREATE TYPE c AS (a bigint, b int); CREATE DOMAIN dc AS c CHECK ((VALUE).a > 0); CREATE TABLE t (x int, y dc, z dc[]);
-- rows
INSERT INTO t VALUES (1, ROW(1,2));
-- case: default_casts_to_swapped
-- a
CREATE TYPE e AS ENUM ('a', 'b', 'c'); CREATE TABLE t (x text DEFAULT 'b'::e::text, y int, z boolean GENERATED ALWAYS AS ((CASE WHEN y > 1 THEN 'b'::e ELSE 'a'::e END) = 'b'::e) STORED, CHECK (x <> ('a'::e)::text)); CREATE DOMAIN d AS text DEFAULT 'c'::e::text CHECK (VALUE <> 'a'::e::text); CREATE INDEX i ON t ((CASE WHEN y > 1 THEN 'b'::e ELSE 'a'::e END)); CREATE TABLE u (a e DEFAULT 'c', b e DEFAULT 'a', c d);
-- b
CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (x text DEFAULT 'b'::e::text, y int, z boolean GENERATED ALWAYS AS ((CASE WHEN y > 1 THEN 'b'::e ELSE 'a'::e END) = 'b'::e) STORED, CHECK (x <> ('a'::e)::text)); CREATE DOMAIN d AS text DEFAULT 'b'::e::text CHECK (VALUE <> 'a'::e::text); CREATE INDEX i ON t ((CASE WHEN y > 1 THEN 'b'::e ELSE 'a'::e END)); CREATE TABLE u (a e DEFAULT 'b', b e DEFAULT 'a', c d);
-- rows
INSERT INTO t (y) VALUES (1), (2);
-- case: range_type_changed keeps
-- a
CREATE TYPE r AS RANGE (subtype = float8); CREATE TABLE t (a r, b r[]);
-- b
CREATE TYPE r AS RANGE (subtype = float8, subtype_diff = float8mi); CREATE TABLE t (a r, b r[]);
-- rows
INSERT INTO t VALUES ('[1,2)', ARRAY['[3,4)'::r]);
-- case: collation_replaced_under_index keeps
-- a
CREATE COLLATION k (LOCALE = 'C'); CREATE TABLE t (a text COLLATE k UNIQUE, b text, CHECK (a > 'x' COLLATE k)); CREATE INDEX ON t (b COLLATE k);
-- b
CREATE COLLATION k (LOCALE = 'POSIX'); CREATE TABLE t (a text COLLATE k UNIQUE, b text, CHECK (a > 'x' COLLATE k)); CREATE INDEX ON t (b COLLATE k);
-- rows
INSERT INTO t VALUES ('y', 'z');
-- case: row_type_in_composite keeps
-- a
CREATE TABLE u (x int); CREATE TYPE c AS (q u, z int); CREATE TABLE t (a c);
-- b
CREATE TABLE u (x int); CREATE TYPE c AS (q u, z bigint); CREATE TABLE t (a c);
-- rows
INSERT INTO t VALUES (ROW(ROW(1), 2));
-- case: row_type_of_changed_table keeps
-- a
CREATE TABLE u (x int); CREATE TABLE t (a u);
-- b
CREATE TABLE u (x bigint); CREATE TABLE t (a u);
-- rows
INSERT INTO t VALUES (ROW(1));
-- case: enum_swapped_under_computed_column
-- a
CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (id int, k e GENERATED ALWAYS AS ('a'::e) STORED, m e, n e GENERATED ALWAYS AS (m) STORED); CREATE INDEX i ON t (k); CREATE VIEW v AS SELECT k FROM t; CREATE TABLE p (id int, k e GENERATED ALWAYS AS ('a'::e) STORED) PARTITION BY LIST (id); CREATE TABLE p1 PARTITION OF p DEFAULT; CREATE INDEX pi ON p1 (k);
-- b
CREATE TYPE e AS ENUM ('c', 'a'); CREATE TABLE t (id int, k e GENERATED ALWAYS AS ('a'::e) STORED, m e, n e GENERATED ALWAYS AS (m) STORED); CREATE INDEX i ON t (k); CREATE VIEW v AS SELECT k FROM t; CREATE TABLE p (id int, k e GENERATED ALWAYS AS ('a'::e) STORED) PARTITION BY LIST (id); CREATE TABLE p1 PARTITION OF p DEFAULT; CREATE INDEX pi ON p1 (k);
-- rows
INSERT INTO t (id, m) VALUES (1, 'a'); INSERT INTO p (id) VALUES (1);
-- case: domain_rule_inside_lists
-- a
CREATE DOMAIN d AS text; CREATE DOMAIN n AS int; CREATE TYPE c AS (x n); CREATE TABLE t (id int, c d DEFAULT 'q', a d[], k c); CREATE VIEW v AS SELECT c, a FROM t; CREATE FUNCTION f(d) RETURNS d LANGUAGE sql AS 'SELECT $1';
-- b
CREATE DOMAIN d AS text CONSTRAINT short CHECK (length(VALUE) < 100); CREATE DOMAIN n AS int NOT NULL; CREATE TYPE c AS (x n); CREATE TABLE t (id int, c d DEFAULT 'q', a d[], k c); CREATE VIEW v AS SELECT c, a FROM t; CREATE FUNCTION f(d) RETURNS d LANGUAGE sql AS 'SELECT $1';
-- rows
INSERT INTO t VALUES (1, 'x', '{y}', ROW(1));
