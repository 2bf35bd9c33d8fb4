-- case: function_and_procedure_swap
-- a
CREATE TABLE t (a int); CREATE FUNCTION f(x int) RETURNS void LANGUAGE plpgsql AS 'BEGIN END'; CREATE PROCEDURE g(x int) LANGUAGE sql AS ''; COMMENT ON FUNCTION f(int) IS 'f';
-- b
CREATE TABLE t (a int); CREATE PROCEDURE f(x int) LANGUAGE plpgsql AS 'BEGIN END'; CREATE FUNCTION g(x int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE VIEW v AS SELECT g(a) FROM t; COMMENT ON PROCEDURE f(int) IS 'p';
-- case: function_to_aggregate
-- a
CREATE FUNCTION agg(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1'; CREATE VIEW v AS SELECT agg(1) AS x;
-- b
CREATE AGGREGATE agg(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0'); CREATE VIEW v AS SELECT agg(1) AS x;
-- case: table_view_matview_swap loses
-- a
CREATE TABLE base (id int PRIMARY KEY, n int); CREATE TABLE x (id int, n int); CREATE VIEW y AS SELECT id, n FROM base; CREATE MATERIALIZED VIEW z AS SELECT id FROM base; CREATE UNIQUE INDEX zi ON z (id); CREATE VIEW over_all AS SELECT x.id, y.n FROM x JOIN y USING (id) JOIN z USING (id);
-- b
CREATE TABLE base (id int PRIMARY KEY, n int); CREATE VIEW x AS SELECT id, n FROM base; CREATE MATERIALIZED VIEW y AS SELECT id, n FROM base; CREATE TABLE z (id int PRIMARY KEY); CREATE VIEW over_all AS SELECT x.id, y.n FROM x JOIN y USING (id) JOIN z USING (id);
-- rows
INSERT INTO base VALUES (1, 2); INSERT INTO x VALUES (1, 2);
-- case: instead_of
-- a
CREATE TABLE t (id int PRIMARY KEY, v text); CREATE VIEW tv AS SELECT id, v FROM t; CREATE FUNCTION ins() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO t VALUES (NEW.id, NEW.v); RETURN NEW; END'; CREATE TRIGGER tvi INSTEAD OF INSERT ON tv FOR EACH ROW EXECUTE FUNCTION ins();
-- b
CREATE TABLE t (id bigint PRIMARY KEY, v varchar(30), w int); CREATE VIEW tv AS SELECT id, v, w FROM t; CREATE FUNCTION ins() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO t VALUES (NEW.id, NEW.v, NEW.w); RETURN NEW; END'; CREATE TRIGGER tvi INSTEAD OF INSERT OR UPDATE ON tv FOR EACH ROW EXECUTE FUNCTION ins(); COMMENT ON TRIGGER tvi ON tv IS 'writes';
-- rows
INSERT INTO t VALUES (1, 'x');
-- case: view_chain_reordered
-- a
CREATE TABLE t (a int, b int, c int); CREATE VIEW v1 AS SELECT a, b FROM t; CREATE VIEW v2 AS SELECT a FROM v1; CREATE VIEW v3 AS SELECT a FROM v2; CREATE MATERIALIZED VIEW m1 AS SELECT a FROM v3; CREATE INDEX m1i ON m1 (a); CREATE VIEW v4 AS SELECT a FROM m1;
-- b
CREATE TABLE t (a numeric, b int, d text); CREATE VIEW v4 AS SELECT a, d FROM t; CREATE VIEW v3 AS SELECT a, d FROM v4; CREATE MATERIALIZED VIEW m1 AS SELECT a, d FROM v3; CREATE INDEX m1i ON m1 (a, d); CREATE VIEW v1 AS SELECT a FROM m1; CREATE VIEW v2 AS SELECT v1.a, v3.d FROM v1, v3;
-- rows
INSERT INTO t VALUES (1, 2, 3);
-- case: recursive_view
-- a
CREATE TABLE n (id int PRIMARY KEY, p int REFERENCES n); CREATE RECURSIVE VIEW tree (id, depth) AS SELECT id, 0 FROM n WHERE p IS NULL UNION ALL SELECT n.id, t.depth + 1 FROM n JOIN tree t ON n.p = t.id;
-- b
CREATE TABLE n (id bigint PRIMARY KEY, p bigint REFERENCES n ON DELETE CASCADE, label text); CREATE RECURSIVE VIEW tree (id, label, depth) AS SELECT id, label, 0 FROM n WHERE p IS NULL UNION ALL SELECT n.id, n.label, t.depth + 1 FROM n JOIN tree t ON n.p = t.id; CREATE INDEX np ON n (p);
-- rows
INSERT INTO n VALUES (1, NULL), (2, 1);
-- case: policy_roles alone
-- a
CREATE TABLE t (a int, o name DEFAULT current_user); ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p1 ON t FOR ALL TO postgres USING (o = current_user); CREATE POLICY p2 ON t FOR UPDATE TO PUBLIC USING (true) WITH CHECK (a > 0); CREATE POLICY p3 ON t AS RESTRICTIVE USING (a > 1);
-- b
CREATE TABLE t (a bigint, o name DEFAULT session_user); ALTER TABLE t FORCE ROW LEVEL SECURITY; CREATE POLICY p1 ON t FOR ALL TO postgres, schemainspect_test_role USING (o = current_user); CREATE POLICY p2 ON t FOR DELETE TO PUBLIC USING (true); CREATE POLICY p3 ON t AS PERMISSIVE USING (a > 1); CREATE POLICY p4 ON t FOR INSERT WITH CHECK (a < 10); COMMENT ON POLICY p4 ON t IS 'small';
-- rows
INSERT INTO t VALUES (1);
-- case: attach_detach keeps loses
-- a
CREATE TABLE p (id int NOT NULL, k int NOT NULL, v text, PRIMARY KEY (id, k)) PARTITION BY LIST (k); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE TABLE p2 (id int NOT NULL, k int NOT NULL, v text, PRIMARY KEY (id, k)); CREATE INDEX pv ON p (v); CREATE TABLE child (pid int, pk int, FOREIGN KEY (pid, pk) REFERENCES p);
-- b
CREATE TABLE p (id int NOT NULL, k int NOT NULL, v text, PRIMARY KEY (id, k)) PARTITION BY LIST (k); CREATE TABLE p1 (id int NOT NULL, k int NOT NULL, v text, PRIMARY KEY (id, k)); CREATE TABLE p2 (id int NOT NULL, k int NOT NULL, v text, CONSTRAINT p2_pkey PRIMARY KEY (id, k)); ALTER TABLE p ATTACH PARTITION p2 FOR VALUES IN (2, 3); CREATE INDEX pv ON p (v); CREATE TABLE child (pid int, pk int, FOREIGN KEY (pid, pk) REFERENCES p ON DELETE CASCADE);
-- rows
INSERT INTO p VALUES (1, 1, 'x'); INSERT INTO p2 VALUES (1, 2, 'y');
-- case: partition_own_things
-- a
CREATE TABLE p (a int, b text) PARTITION BY HASH (a); CREATE TABLE p0 PARTITION OF p FOR VALUES WITH (MODULUS 2, REMAINDER 0); CREATE TABLE p1 PARTITION OF p FOR VALUES WITH (MODULUS 2, REMAINDER 1); ALTER TABLE p0 ADD CONSTRAINT c0 CHECK (a > 0); CREATE INDEX p1b ON p1 (b); ALTER TABLE p1 ALTER b SET DEFAULT 'x';
-- b
CREATE TABLE p (a int NOT NULL, b text, c int DEFAULT 1) PARTITION BY HASH (a); CREATE TABLE p0 PARTITION OF p FOR VALUES WITH (MODULUS 2, REMAINDER 0); CREATE TABLE p1 PARTITION OF p FOR VALUES WITH (MODULUS 2, REMAINDER 1); ALTER TABLE p0 ADD CONSTRAINT c0 CHECK (a > 1); CREATE UNIQUE INDEX p1b ON p1 (b, a); ALTER TABLE p1 ALTER b SET DEFAULT 'y'; ALTER TABLE p0 ALTER c SET DEFAULT 2; COMMENT ON TABLE p0 IS 'even'; ALTER TABLE p1 SET (fillfactor = 50); CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER tr AFTER UPDATE ON p0 FOR EACH ROW EXECUTE FUNCTION tf();
-- rows
INSERT INTO p SELECT i, i::text FROM generate_series(2, 9) i;
-- case: table_to_partitioned keeps pg13
-- a
CREATE TABLE ev (id bigserial PRIMARY KEY, at date NOT NULL, x int); CREATE INDEX evx ON ev (x); CREATE VIEW v AS SELECT x FROM ev; CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER tr BEFORE INSERT ON ev FOR EACH ROW EXECUTE FUNCTION tf(); COMMENT ON COLUMN ev.x IS 'x';
-- b
CREATE TABLE ev (id bigserial, at date NOT NULL, x int, PRIMARY KEY (id, at)) PARTITION BY RANGE (at); CREATE TABLE ev_def PARTITION OF ev DEFAULT; CREATE INDEX evx ON ev (x); CREATE VIEW v AS SELECT x FROM ev; CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER tr BEFORE INSERT ON ev FOR EACH ROW EXECUTE FUNCTION tf(); COMMENT ON COLUMN ev.x IS 'x';
-- rows
INSERT INTO ev (at, x) VALUES ('2020-01-01', 1);
-- case: defaults_zoo pg13
-- a
CREATE SEQUENCE sq; CREATE FUNCTION df() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (a int DEFAULT 1, b text DEFAULT 'x', c timestamptz DEFAULT now(), d jsonb DEFAULT '{"a": 1}', e e DEFAULT 'a', f int DEFAULT df(), g int[] DEFAULT '{}', h boolean DEFAULT false, i int DEFAULT nextval('sq'), j numeric DEFAULT -1.50, k uuid DEFAULT gen_random_uuid(), l interval DEFAULT '1 day', m bytea DEFAULT '\x00', n point DEFAULT '(1,2)');
-- b
CREATE SEQUENCE sq2; CREATE FUNCTION df(x int DEFAULT 5) RETURNS int LANGUAGE sql AS 'SELECT x'; CREATE TYPE e AS ENUM ('a', 'b', 'c'); CREATE TABLE t (a int DEFAULT 1 + 1, b text DEFAULT E'it''s\n', c timestamptz DEFAULT (now() AT TIME ZONE 'utc'), d jsonb DEFAULT jsonb_build_object('a', 2), e e DEFAULT 'c', f int DEFAULT df(), g int[] DEFAULT ARRAY[1, 2], h boolean DEFAULT true, i int DEFAULT nextval('sq2'), j numeric DEFAULT 1e3, k uuid, l interval DEFAULT '1 day 2 hours', m bytea DEFAULT '\x01', n point DEFAULT point(1, 3));
-- rows
INSERT INTO t DEFAULT VALUES;
-- case: checks_zoo
-- a
CREATE TABLE t (a int CHECK (a > 0), b text CHECK (b IN ('x', 'y')), c date, d date, CONSTRAINT dates CHECK (c < d), e jsonb CHECK (e ? 'k'), f text CHECK (f ~* '^a'), g int CHECK (g BETWEEN 1 AND 5));
-- b
CREATE TABLE t (a int CHECK (a >= 0), b text CHECK (b IN ('x', 'y', 'z')), c date, d date, CONSTRAINT dates CHECK (c <= d AND d IS NOT NULL), e jsonb CHECK (e ?| ARRAY['k', 'l']), f text CHECK (f !~ 'z' AND length(f) < 10), g int CHECK (g IS NULL OR g BETWEEN 1 AND 6), CONSTRAINT multi CHECK (CASE WHEN a > 1 THEN b = 'x' ELSE true END));
-- rows
INSERT INTO t VALUES (1, 'x', '2020-01-01', '2020-01-02', '{"k": 1}', 'ab', 3);
-- case: fk_zoo
-- a
CREATE TABLE a (id int PRIMARY KEY, code text UNIQUE); CREATE TABLE b (a_id int REFERENCES a, code text REFERENCES a (code), self int); ALTER TABLE b ADD UNIQUE (a_id); ALTER TABLE b ADD FOREIGN KEY (self) REFERENCES b (a_id);
-- b
CREATE TABLE a (id bigint PRIMARY KEY, code varchar(20) NOT NULL, CONSTRAINT code_unique UNIQUE (code)); CREATE TABLE b (a_id bigint REFERENCES a ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED, code varchar(20) REFERENCES a (code) ON UPDATE CASCADE, self bigint); ALTER TABLE b ADD CONSTRAINT b_pk PRIMARY KEY (a_id); ALTER TABLE b ADD CONSTRAINT selfish FOREIGN KEY (self) REFERENCES b ON DELETE SET NULL; CREATE TABLE ab (x bigint, y varchar(20), FOREIGN KEY (x) REFERENCES b, FOREIGN KEY (y) REFERENCES a (code));
-- rows
INSERT INTO a VALUES (1, 'x'); INSERT INTO b VALUES (1, 'x', 1);
-- case: generated_zoo
-- a
CREATE TABLE t (a int, b int, s int GENERATED ALWAYS AS (a + b) STORED, u text GENERATED ALWAYS AS (a::text) STORED, p int); CREATE INDEX ON t (s); CREATE VIEW v AS SELECT s, u FROM t; ALTER TABLE t ADD CONSTRAINT sc CHECK (s > 0);
-- b
CREATE TABLE t (a bigint, b int, s bigint GENERATED ALWAYS AS (a * b) STORED, u text, p bigint GENERATED ALWAYS AS (a - 1) STORED, q text GENERATED ALWAYS AS (upper(u)) STORED); CREATE INDEX ON t (s, p); CREATE VIEW v AS SELECT s, u, p FROM t; ALTER TABLE t ADD CONSTRAINT sc CHECK (s > 0 AND p >= 0);
-- rows
INSERT INTO t (a, b) VALUES (2, 3);
-- case: identity_zoo
-- a
CREATE TABLE t1 (id int GENERATED ALWAYS AS IDENTITY (START WITH 10), x int); CREATE TABLE t2 (id bigint PRIMARY KEY); CREATE TABLE t3 (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY); CREATE TABLE t4 (id smallserial PRIMARY KEY, n serial);
-- b
CREATE TABLE t1 (id int NOT NULL, x int GENERATED ALWAYS AS IDENTITY); CREATE TABLE t2 (id bigint GENERATED ALWAYS AS IDENTITY (INCREMENT BY 2 MINVALUE 5 START 5 CACHE 3) PRIMARY KEY); CREATE TABLE t3 (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY); CREATE TABLE t4 (id bigserial PRIMARY KEY, n int GENERATED BY DEFAULT AS IDENTITY);
-- rows
INSERT INTO t1 (x) VALUES (1); INSERT INTO t2 VALUES (7); INSERT INTO t3 DEFAULT VALUES; INSERT INTO t4 DEFAULT VALUES;
-- case: trigger_zoo
-- a
CREATE TABLE t (a int, b int, c text); CREATE TABLE u (a int); CREATE FUNCTION f1() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE FUNCTION f2() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER a_first BEFORE INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f1(); CREATE TRIGGER b_stmt AFTER TRUNCATE ON t EXECUTE FUNCTION f2(); CREATE TRIGGER c_when AFTER UPDATE OF a, b ON t FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION f2(); CREATE CONSTRAINT TRIGGER d_con AFTER INSERT ON t FROM u NOT DEFERRABLE FOR EACH ROW EXECUTE FUNCTION f2(); ALTER TABLE t ENABLE ALWAYS TRIGGER a_first; ALTER TABLE t ENABLE REPLICA TRIGGER c_when;
-- b
CREATE TABLE t (a bigint, b int, d text); CREATE TABLE u (a int); CREATE FUNCTION f1() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.a := 1; RETURN NEW; END'; CREATE FUNCTION f3() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER a_first BEFORE INSERT OR UPDATE OR DELETE ON t FOR EACH ROW EXECUTE FUNCTION f1('x'); CREATE TRIGGER b_stmt AFTER TRUNCATE ON t EXECUTE FUNCTION f3(); CREATE TRIGGER c_when AFTER UPDATE OF a, d ON t FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION f3(); CREATE CONSTRAINT TRIGGER d_con AFTER INSERT ON t FROM u DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION f3(); ALTER TABLE t DISABLE TRIGGER a_first; ALTER TABLE t ENABLE ALWAYS TRIGGER c_when;
-- rows
INSERT INTO t VALUES (1, 2, 'x');
-- case: function_zoo
-- a
CREATE FUNCTION f1(a int, b int DEFAULT 2) RETURNS int LANGUAGE sql IMMUTABLE STRICT AS 'SELECT a + b'; CREATE FUNCTION f2(OUT x int, OUT y text) LANGUAGE sql AS $$ SELECT 1, 'a'::text $$; CREATE FUNCTION f3(VARIADIC a int[]) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION f4(anyelement) RETURNS anyelement LANGUAGE sql AS 'SELECT $1'; CREATE FUNCTION f5() RETURNS SETOF int LANGUAGE sql ROWS 5 COST 7 AS 'SELECT 1'; CREATE FUNCTION f6() RETURNS int LANGUAGE plpgsql SET work_mem = '1MB' SET search_path = public AS 'BEGIN RETURN 1; END';
-- b
CREATE FUNCTION f1(x int, y int DEFAULT 3) RETURNS int LANGUAGE sql STABLE PARALLEL SAFE AS 'SELECT x + y'; CREATE FUNCTION f2(OUT x int, OUT z date) LANGUAGE sql AS $$ SELECT 1, current_date $$; CREATE FUNCTION f3(VARIADIC a text[]) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION f4(anyarray) RETURNS anyelement LANGUAGE sql AS 'SELECT $1[1]'; CREATE FUNCTION f5() RETURNS SETOF int LANGUAGE sql ROWS 6 LEAKPROOF AS 'SELECT 1'; CREATE FUNCTION f6() RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET work_mem = '2MB' AS 'BEGIN RETURN 1; END';
-- case: function_default_uses_table_type
-- a
CREATE TABLE t (a int, b text); CREATE TYPE e AS ENUM ('x', 'y'); CREATE FUNCTION f(r t, k e DEFAULT 'x', OUT o t) LANGUAGE sql AS 'SELECT r'; CREATE FUNCTION g(k e[]) RETURNS TABLE (k e, r t) LANGUAGE sql AS 'SELECT NULL::e, NULL::t'; CREATE VIEW v AS SELECT (f(t)).a FROM t;
-- b
CREATE TABLE t (a int, b text, c int); CREATE TYPE e AS ENUM ('x', 'z'); CREATE FUNCTION f(r t, k e DEFAULT 'z', OUT o t) LANGUAGE sql AS 'SELECT r'; CREATE FUNCTION g(k e[]) RETURNS TABLE (k e, r t) LANGUAGE sql AS 'SELECT NULL::e, NULL::t'; CREATE VIEW v AS SELECT (f(t)).a, (f(t)).c FROM t;
-- rows
INSERT INTO t VALUES (1, 'x');
-- case: statistics_and_options pg13
-- a
CREATE TABLE t (a int, b int, c text) WITH (fillfactor = 90); CREATE STATISTICS st (dependencies) ON a, b FROM t; CREATE INDEX ti ON t (a) INCLUDE (b) WITH (fillfactor = 80, deduplicate_items = off);
-- b
CREATE TABLE t (a bigint, b int, c text) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.1, parallel_workers = 2); CREATE STATISTICS st (dependencies, mcv) ON a, b, c FROM t; CREATE INDEX ti ON t (a) INCLUDE (c) WITH (fillfactor = 70); ALTER TABLE t ALTER a SET STATISTICS 200; COMMENT ON STATISTICS st IS 's';
-- rows
INSERT INTO t VALUES (1, 2, 'x');
-- case: publications alone pg15
-- a
CREATE SCHEMA s; CREATE TABLE t (a int PRIMARY KEY, b int); CREATE TABLE s.u (a int PRIMARY KEY); CREATE PUBLICATION p FOR TABLE t; CREATE PUBLICATION q FOR TABLES IN SCHEMA s;
-- b
CREATE SCHEMA s; CREATE TABLE t (a bigint PRIMARY KEY, c text); CREATE TABLE s.u (a int PRIMARY KEY); CREATE TABLE s.w (a int PRIMARY KEY); CREATE PUBLICATION p FOR TABLE t (a, c) WHERE (a > 5), s.w WITH (publish = 'insert, update'); CREATE PUBLICATION q FOR TABLE s.u; CREATE PUBLICATION r FOR ALL TABLES;
-- rows
INSERT INTO t VALUES (1, 2);
-- case: names_swap
-- a
CREATE TABLE t (a int, b text, CONSTRAINT c1 CHECK (a > 0), CONSTRAINT c2 CHECK (b <> '')); CREATE INDEX i1 ON t (a); CREATE INDEX i2 ON t (b); CREATE VIEW v1 AS SELECT a FROM t; CREATE VIEW v2 AS SELECT b FROM t; CREATE FUNCTION f1() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION f2() RETURNS text LANGUAGE sql AS 'SELECT 2::text';
-- b
CREATE TABLE t (b int, a text, CONSTRAINT c2 CHECK (b > 0), CONSTRAINT c1 CHECK (a <> '')); CREATE INDEX i2 ON t (b); CREATE INDEX i1 ON t (a); CREATE VIEW v2 AS SELECT b FROM t; CREATE VIEW v1 AS SELECT a FROM t; CREATE FUNCTION f2() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION f1() RETURNS text LANGUAGE sql AS 'SELECT 2::text';
-- case: long_names
-- a
CREATE TABLE a_very_long_table_name_that_is_nearly_at_the_limit_of_names (a_very_long_column_name_that_is_nearly_at_the_limit_of_names serial PRIMARY KEY, another_very_long_column_name_with_many_many_many_characters int UNIQUE);
-- b
CREATE TABLE a_very_long_table_name_that_is_nearly_at_the_limit_of_names (a_very_long_column_name_that_is_nearly_at_the_limit_of_names bigserial PRIMARY KEY, another_very_long_column_name_with_many_many_many_characters bigint CHECK (another_very_long_column_name_with_many_many_many_characters > 0), UNIQUE (another_very_long_column_name_with_many_many_many_characters, a_very_long_column_name_that_is_nearly_at_the_limit_of_names)); CREATE INDEX ON a_very_long_table_name_that_is_nearly_at_the_limit_of_names (another_very_long_column_name_with_many_many_many_characters);
-- rows
INSERT INTO a_very_long_table_name_that_is_nearly_at_the_limit_of_names (another_very_long_column_name_with_many_many_many_characters) VALUES (1);
-- case: unicode_names
-- a
CREATE TABLE "täble ü" ("cölumn" int, "emoji 😀" text); CREATE TYPE "tÿpe" AS ENUM ('ä', 'ß'); CREATE VIEW "vïew" AS SELECT "cölumn" FROM "täble ü";
-- b
CREATE TYPE "tÿpe" AS ENUM ('ä', 'ß', '😀'); CREATE TABLE "täble ü" ("cölumn" bigint, "emoji 😀" varchar(5), "nëw" "tÿpe" DEFAULT 'ß'); CREATE VIEW "vïew" AS SELECT "cölumn", "nëw" FROM "täble ü"; COMMENT ON COLUMN "täble ü"."nëw" IS '日本語';
-- rows
INSERT INTO "täble ü" VALUES (1, 'x');
-- case: range_type_new_and_gone loses pg14
-- a
CREATE TYPE old_r AS RANGE (SUBTYPE = float8, MULTIRANGE_TYPE_NAME = old_rs); CREATE TABLE t (a int, o old_rs); CREATE FUNCTION g(old_rs) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- b
CREATE TYPE fr AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi, MULTIRANGE_TYPE_NAME = "A rs"); CREATE TYPE zr AS RANGE (SUBTYPE = date); CREATE TABLE t (a int, r fr, rs "A rs"); CREATE TABLE aa (z zr_multirange DEFAULT '{}'); CREATE FUNCTION f(fr) RETURNS "A rs" LANGUAGE sql AS 'SELECT NULL::"A rs"';
-- rows
INSERT INTO t VALUES (1);
-- case: unlogged_and_fk
-- a
CREATE UNLOGGED TABLE a (id int PRIMARY KEY); CREATE UNLOGGED TABLE b (a int REFERENCES a); CREATE SEQUENCE s;
-- b
CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a int REFERENCES a); CREATE TABLE c (a int REFERENCES a);
-- rows
INSERT INTO a VALUES (1); INSERT INTO b VALUES (1);
-- case: extension_functions alone pg13
-- a
CREATE EXTENSION citext; CREATE EXTENSION pgcrypto; CREATE TABLE u (id uuid DEFAULT gen_random_uuid(), mail citext NOT NULL, pw text DEFAULT crypt('x', gen_salt('md5'))); CREATE UNIQUE INDEX um ON u (mail); CREATE FUNCTION login(m citext) RETURNS boolean LANGUAGE sql AS 'SELECT EXISTS (SELECT 1 FROM u WHERE mail = m)'; CREATE VIEW v AS SELECT mail FROM u;
-- b
CREATE SCHEMA ext; CREATE EXTENSION citext WITH SCHEMA ext; CREATE EXTENSION hstore; CREATE EXTENSION unaccent; CREATE TABLE u (id uuid DEFAULT gen_random_uuid(), mail ext.citext NOT NULL, h hstore); CREATE UNIQUE INDEX um ON u (mail) WHERE mail <> 'x'; CREATE FUNCTION login(m ext.citext) RETURNS boolean LANGUAGE sql AS 'SELECT EXISTS (SELECT 1 FROM u WHERE mail = m)'; CREATE VIEW v AS SELECT mail, h FROM u; CREATE INDEX uh ON u USING gin (h);
-- rows
INSERT INTO u (mail) VALUES ('a@b');
-- case: text_search
-- a
CREATE TABLE d (id int PRIMARY KEY, body text, tsv tsvector); CREATE INDEX di ON d USING gin (tsv); CREATE TRIGGER tsu BEFORE INSERT OR UPDATE ON d FOR EACH ROW EXECUTE FUNCTION tsvector_update_trigger(tsv, 'pg_catalog.english', body);
-- b
CREATE TABLE d (id int PRIMARY KEY, title text, body text, tsv tsvector GENERATED ALWAYS AS (setweight(to_tsvector('english', coalesce(title, '')), 'A') || to_tsvector('english', coalesce(body, ''))) STORED); CREATE INDEX di ON d USING gin (tsv);
-- rows
INSERT INTO d VALUES (1, 'hello world');
-- case: many_namespaces alone
-- a
CREATE SCHEMA a; CREATE SCHEMA b; CREATE TABLE a.t (id int PRIMARY KEY); CREATE TABLE b.t (id int PRIMARY KEY, a_id int REFERENCES a.t); CREATE VIEW a.v AS SELECT t.id FROM b.t; CREATE VIEW b.v AS SELECT id FROM a.v; CREATE FUNCTION a.f() RETURNS SETOF b.v LANGUAGE sql AS 'SELECT * FROM b.v'; CREATE TYPE a.t2 AS ENUM ('x'); CREATE SEQUENCE b.s;
-- b
CREATE SCHEMA a; CREATE SCHEMA b; CREATE SCHEMA "C"; CREATE TABLE a.t (id bigint PRIMARY KEY, k int); CREATE TABLE b.t (id bigint PRIMARY KEY, a_id bigint REFERENCES a.t); CREATE VIEW b.v AS SELECT t.id, t.k FROM a.t; CREATE VIEW a.v AS SELECT id FROM b.v; CREATE FUNCTION a.f() RETURNS SETOF a.v LANGUAGE sql AS 'SELECT * FROM a.v'; CREATE TYPE b.t2 AS ENUM ('x'); CREATE SEQUENCE b.s; CREATE TABLE "C".t (x b.t2, y int DEFAULT nextval('b.s'));
-- rows
INSERT INTO a.t VALUES (1); INSERT INTO b.t VALUES (1, 1);
-- case: drop_everything loses
-- a
CREATE TYPE e AS ENUM ('a'); CREATE DOMAIN d AS e; CREATE TYPE c AS (x d, y e[]); CREATE TABLE t (a c, b d DEFAULT 'a', id serial PRIMARY KEY); CREATE FUNCTION f(c) RETURNS d LANGUAGE sql IMMUTABLE AS 'SELECT $1.x'; CREATE INDEX ti ON t (f(a)); CREATE VIEW v AS SELECT f(a) AS z FROM t; CREATE MATERIALIZED VIEW m AS SELECT z FROM v; CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf(); CREATE POLICY p ON t USING (f(a)::e = 'a'); CREATE RULE r AS ON DELETE TO t DO ALSO NOTHING; CREATE TABLE u (id int REFERENCES t); CREATE AGGREGATE ag(e) (SFUNC = array_append, STYPE = e[], INITCOND = '{}'); CREATE STATISTICS st ON b, id FROM t; CREATE PROCEDURE pr() LANGUAGE sql AS ''; CREATE TABLE pt (a e) PARTITION BY LIST (a); CREATE TABLE pt1 PARTITION OF pt FOR VALUES IN ('a');
-- b
CREATE TABLE other (a int);
-- rows
INSERT INTO t (b) VALUES ('a');
-- case: new_required_columns
-- a
CREATE TABLE t (id int PRIMARY KEY, name text); CREATE TABLE u (id int PRIMARY KEY);
-- b
CREATE TABLE t (id int PRIMARY KEY, name text NOT NULL DEFAULT 'none', at timestamptz NOT NULL DEFAULT now(), n int NOT NULL DEFAULT 0 CHECK (n >= 0), k serial, i bigint GENERATED ALWAYS AS IDENTITY, u_id int, g int GENERATED ALWAYS AS (id * 2) STORED, CONSTRAINT uk UNIQUE (k)); CREATE TABLE u (id int PRIMARY KEY, t_id int UNIQUE REFERENCES t); ALTER TABLE t ADD FOREIGN KEY (u_id) REFERENCES u;
-- rows
INSERT INTO t VALUES (1, 'x');
-- case: exclude_and_btree_gist alone
-- a
CREATE EXTENSION btree_gist; CREATE TABLE r (room int, during tsrange, CONSTRAINT no_overlap EXCLUDE USING gist (room WITH =, during WITH &&));
-- b
CREATE EXTENSION btree_gist; CREATE TABLE r (room bigint, during tstzrange, who text, CONSTRAINT no_overlap EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (who <> '') DEFERRABLE);
-- rows
INSERT INTO r VALUES (1, '[2020-01-01, 2020-01-02)');
-- case: view_with_everything
-- a
CREATE TABLE o (id int, c int, amt numeric, at date); CREATE VIEW r AS WITH x AS (SELECT c, sum(amt) AS s FROM o GROUP BY c) SELECT x.c, x.s, rank() OVER (ORDER BY x.s DESC) AS rk, (SELECT count(*) FROM o WHERE o.c = x.c) AS n, CASE WHEN x.s > 10 THEN 'big' ELSE 'small' END AS size FROM x WHERE EXISTS (SELECT 1 FROM o WHERE o.c = x.c) ORDER BY 3 LIMIT 10;
-- b
CREATE TABLE o (id int, c bigint, amt numeric(12,2), at timestamptz, note text); CREATE VIEW r AS WITH x AS (SELECT c, date_trunc('month', at) AS m, sum(amt) FILTER (WHERE note IS NULL) AS s FROM o GROUP BY GROUPING SETS ((c, date_trunc('month', at)), ())) SELECT x.c, x.m, x.s, row_number() OVER w AS rk, array_agg(DISTINCT l.note) AS notes FROM x LEFT JOIN LATERAL (SELECT note FROM o WHERE o.c = x.c LIMIT 3) l ON true GROUP BY x.c, x.m, x.s WINDOW w AS (PARTITION BY x.c ORDER BY x.s) ORDER BY 1;
-- rows
INSERT INTO o VALUES (1, 2, 3, '2020-01-01');
