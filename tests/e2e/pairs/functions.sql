-- case: function_new
-- b
CREATE FUNCTION f1(a int, b text DEFAULT 'x') RETURNS int LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5 AS $$ SELECT a $$;
CREATE FUNCTION f2(OUT a int, OUT b text) LANGUAGE plpgsql AS $$ BEGIN a := 1; END $$;
CREATE FUNCTION f3(VARIADIC a int[]) RETURNS SETOF int LANGUAGE sql ROWS 7 AS 'SELECT unnest(a)';
CREATE FUNCTION f4(INOUT a int) LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET work_mem = '1MB' AS 'SELECT a';
CREATE FUNCTION f5() RETURNS TABLE (x int, y text) LANGUAGE sql STABLE LEAKPROOF AS 'SELECT 1, ''a''';
CREATE FUNCTION f6(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT a + 1; SELECT a + 2; END;
CREATE FUNCTION f7(a int) RETURNS int LANGUAGE sql RETURN a * 2;
CREATE PROCEDURE p1(a int, INOUT b int DEFAULT 3) LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;
COMMENT ON FUNCTION f1 IS 'one'; COMMENT ON PROCEDURE p1 IS 'two';
-- case: function_overloads
-- a
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION f(text) RETURNS int LANGUAGE sql AS 'SELECT 2'; CREATE FUNCTION f(int, int) RETURNS int LANGUAGE sql AS 'SELECT 3';
-- b
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION f(text) RETURNS int LANGUAGE sql AS 'SELECT 22'; CREATE FUNCTION f(bigint) RETURNS int LANGUAGE sql AS 'SELECT 4'; COMMENT ON FUNCTION f(int) IS 'the int one';
-- case: function_properties
-- a
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION g(int) RETURNS int LANGUAGE sql IMMUTABLE STRICT SECURITY DEFINER COST 3 SET work_mem = '1MB' AS 'SELECT 1'; CREATE FUNCTION h() RETURNS SETOF int LANGUAGE sql ROWS 5 AS 'SELECT 1';
-- b
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE STRICT SECURITY DEFINER PARALLEL RESTRICTED COST 3 SET search_path = '' AS 'SELECT 1'; CREATE FUNCTION g(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION h() RETURNS SETOF int LANGUAGE sql ROWS 50 AS 'SELECT 1';
-- case: function_language
-- a
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
-- b
CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
-- case: function_return_type
-- a
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE VIEW v AS SELECT f() AS x; CREATE TABLE t (a int); CREATE VIEW w AS SELECT x FROM v; COMMENT ON FUNCTION f() IS 'keep'; COMMENT ON VIEW v IS 'keep';
-- b
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'; CREATE VIEW v AS SELECT f() AS x; CREATE TABLE t (a int); CREATE VIEW w AS SELECT x FROM v; COMMENT ON FUNCTION f() IS 'keep'; COMMENT ON VIEW v IS 'keep';
-- case: function_return_type_used_everywhere
-- a
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'; CREATE TABLE t (a int DEFAULT f(1), b int, g int GENERATED ALWAYS AS (f(b)) STORED, CONSTRAINT c CHECK (f(a) > 0)); CREATE INDEX ti ON t (f(a)); CREATE INDEX tj ON t (b) WHERE f(b) > 0; ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t USING (f(a) > 0);
-- b
CREATE FUNCTION f(int) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT 1::bigint'; CREATE TABLE t (a int DEFAULT f(1), b int, g int GENERATED ALWAYS AS (f(b)) STORED, CONSTRAINT c CHECK (f(a) > 0)); CREATE INDEX ti ON t (f(a)); CREATE INDEX tj ON t (b) WHERE f(b) > 0; ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t USING (f(a) > 0);
-- rows
INSERT INTO t (a, b) VALUES (1, 2);
-- case: function_argument_names
-- a
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT $1'; CREATE VIEW v AS SELECT f(1) AS x;
-- b
CREATE FUNCTION f(b int) RETURNS int LANGUAGE sql AS 'SELECT $1'; CREATE VIEW v AS SELECT f(1) AS x;
-- case: function_argument_defaults
-- a
CREATE FUNCTION f(a int, b int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION g(a int, b int DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- b
CREATE FUNCTION f(a int, b int DEFAULT 5) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION g(a int, b int) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- case: function_out_columns
-- a
CREATE FUNCTION f() RETURNS TABLE (a int) LANGUAGE sql AS 'SELECT 1'; CREATE VIEW v AS SELECT a FROM f();
-- b
CREATE FUNCTION f() RETURNS TABLE (a int, b int) LANGUAGE sql AS 'SELECT 1, 2'; CREATE VIEW v AS SELECT a FROM f();
-- case: function_body_only
-- a
CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $x$ BEGIN RETURN 1; END $x$; CREATE INDEX ti ON t (a);
-- b
CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $x$
-- a comment; with a semicolon

BEGIN
    EXECUTE $y$ SELECT 'x' $y$;
    RETURN 2;
END
$x$; CREATE INDEX ti ON t (a);
-- case: function_bodies_refer_forward
-- b
CREATE TABLE t (a int);
CREATE FUNCTION z() RETURNS int LANGUAGE sql AS 'SELECT a FROM t';
CREATE FUNCTION a() RETURNS int LANGUAGE sql AS 'SELECT z()';
CREATE FUNCTION b() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN a() + (SELECT count(*) FROM later); END';
CREATE TABLE later (x int DEFAULT a());
-- case: function_atomic_depends
-- a
CREATE TABLE t (a int, b int); CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT a FROM t; END; CREATE FUNCTION g() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT f(); END;
-- b
CREATE TABLE t (a bigint, b int); CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT a::int FROM t; END; CREATE FUNCTION g() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT f(); END;
-- case: function_atomic_drop_column
-- a
CREATE TABLE t (a int, b int); CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT b FROM t; END;
-- b
CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT a FROM t; END;
-- case: function_row_type
-- a
CREATE TABLE t (a int, b text); CREATE FUNCTION full_name(t) RETURNS text LANGUAGE sql AS 'SELECT $1.b'; CREATE FUNCTION s() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t'; CREATE VIEW v AS SELECT full_name(t.*) AS n FROM t;
-- b
CREATE TABLE t (a bigint, b text, c int); CREATE FUNCTION full_name(t) RETURNS text LANGUAGE sql AS 'SELECT $1.b'; CREATE FUNCTION s() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t'; CREATE VIEW v AS SELECT full_name(t.*) AS n FROM t;
-- rows
INSERT INTO t VALUES (1, 'x');
-- case: function_of_dropped_table
-- a
CREATE TABLE t (a int); CREATE FUNCTION f(t) RETURNS int LANGUAGE sql AS 'SELECT $1.a'; CREATE FUNCTION g() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';
-- b
-- case: function_of_types
-- a
CREATE TYPE e AS ENUM ('a'); CREATE FUNCTION f(e) RETURNS e LANGUAGE sql AS 'SELECT $1';
-- b
CREATE DOMAIN d AS int; CREATE TYPE c AS (x int); CREATE FUNCTION f(d, c[]) RETURNS c LANGUAGE sql AS 'SELECT ROW(1)::c';
-- case: function_to_procedure
-- a
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE PROCEDURE g() LANGUAGE sql AS 'SELECT 1';
-- b
CREATE PROCEDURE f(a int) LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1';
-- case: procedure_changes
-- a
CREATE PROCEDURE p(a int) LANGUAGE sql AS 'SELECT 1'; COMMENT ON PROCEDURE p IS 'x'; CREATE PROCEDURE q(a int) LANGUAGE sql AS 'SELECT 1';
-- b
CREATE PROCEDURE p(b int, c text) LANGUAGE sql AS 'SELECT 2'; COMMENT ON PROCEDURE p IS 'y'; CREATE PROCEDURE q(a int) LANGUAGE sql SECURITY DEFINER AS 'SELECT 2';
-- case: aggregate_all
-- a
CREATE AGGREGATE a1(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0'); CREATE AGGREGATE a2(int) (SFUNC = int4pl, STYPE = int);
-- b
CREATE AGGREGATE a1(int) (SFUNC = int4pl, STYPE = int, INITCOND = '5'); CREATE FUNCTION s(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * $2'; CREATE AGGREGATE a3(int) (SFUNC = s, STYPE = int, PARALLEL = SAFE); COMMENT ON AGGREGATE a3(int) IS 'x'; CREATE VIEW v AS SELECT a3(x) AS y FROM generate_series(1, 3) x;
-- case: aggregate_kinds
-- b
CREATE AGGREGATE o(float8 ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);
CREATE AGGREGATE m(int) (SFUNC = int4pl, STYPE = int, MSFUNC = int4pl, MINVFUNC = int4mi, MSTYPE = int, INITCOND = '0', MINITCOND = '0');
CREATE AGGREGATE srt(int) (SFUNC = int4larger, STYPE = int, SORTOP = OPERATOR(pg_catalog.>));
CREATE FUNCTION va(int, VARIADIC int[]) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'; CREATE AGGREGATE v(VARIADIC int[]) (SFUNC = va, STYPE = int);
-- case: aggregate_used
-- a
CREATE AGGREGATE ag(int) (SFUNC = int4pl, STYPE = int); CREATE VIEW v AS SELECT ag(x) AS s FROM generate_series(1, 3) x;
-- b
CREATE AGGREGATE ag(int) (SFUNC = int4mi, STYPE = int); CREATE VIEW v AS SELECT ag(x) AS s FROM generate_series(1, 3) x;
-- case: function_support_window
-- b
CREATE FUNCTION f(int) RETURNS int LANGUAGE internal IMMUTABLE STRICT AS 'int4abs'; CREATE FUNCTION w() RETURNS bigint LANGUAGE internal WINDOW AS 'window_row_number';
-- case: function_quoting
-- b
CREATE FUNCTION "F f"("Arg ""1" int DEFAULT 1, b text DEFAULT 'it''s, ok)') RETURNS text LANGUAGE plpgsql AS $function$ BEGIN RETURN $body$x$body$; END $function$;
COMMENT ON FUNCTION "F f"(int, text) IS E'back\\slash';
-- case: function_depends_on_extension alone
-- a
CREATE EXTENSION citext; CREATE FUNCTION f(citext) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- b
CREATE TABLE t (a int);
-- case: check_function_changes
-- a
CREATE FUNCTION ok(int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 0'; CREATE TABLE t (a int CHECK (ok(a))); CREATE DOMAIN d AS int CHECK (ok(VALUE));
-- b
CREATE FUNCTION ok(int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 >= 0'; CREATE TABLE t (a int CHECK (ok(a))); CREATE DOMAIN d AS int CHECK (ok(VALUE));
-- rows
INSERT INTO t VALUES (1);
-- case: function_dropped_with_users
-- a
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TABLE t (a int DEFAULT f(), b int CHECK (b > f())); CREATE VIEW v AS SELECT f() AS x; CREATE MATERIALIZED VIEW m AS SELECT f() AS x;
-- b
CREATE TABLE t (a int, b int);
