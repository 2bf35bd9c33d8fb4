-- case: migrate_shop_grows
-- a
CREATE TABLE customers (id serial PRIMARY KEY, email varchar(100) UNIQUE, name text);
CREATE TABLE orders (id serial PRIMARY KEY, customer_id int REFERENCES customers (id), total numeric(10,2), status text DEFAULT 'new');
CREATE INDEX orders_customer ON orders (customer_id);
CREATE VIEW order_totals AS SELECT c.id, c.email, sum(o.total) AS total FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id;
-- b
CREATE TYPE order_status AS ENUM ('new', 'paid', 'shipped');
CREATE TABLE customers (id bigserial PRIMARY KEY, email text NOT NULL UNIQUE, name text, created_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE, total numeric(12,2) CHECK (total >= 0), status order_status NOT NULL DEFAULT 'new');
CREATE INDEX orders_customer ON orders (customer_id) WHERE status <> 'shipped';
CREATE VIEW order_totals AS SELECT c.id, c.email, sum(o.total) AS total, count(*) AS n FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id;
COMMENT ON TABLE orders IS 'what was bought';
COMMENT ON COLUMN orders.total IS 'in euros';
-- rows
INSERT INTO customers (email) VALUES ('a'), ('b'); INSERT INTO orders (customer_id, total) VALUES (1, 1.5), (2, 3);
-- case: migrate_default_function_table_view pg14
-- a
CREATE FUNCTION next_code() RETURNS text LANGUAGE sql AS $$ SELECT 'x'::text $$;
CREATE TABLE item (id int PRIMARY KEY, code text DEFAULT next_code());
CREATE VIEW item_v AS SELECT id, code FROM item;
CREATE FUNCTION item_count() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM item_v; END;
-- b
CREATE FUNCTION next_code(prefix text) RETURNS varchar LANGUAGE sql AS $$ SELECT prefix || 'x' $$;
CREATE TABLE item (id int PRIMARY KEY, code varchar DEFAULT next_code('a'), extra jsonb DEFAULT '{}');
CREATE VIEW item_v AS SELECT id, code, extra FROM item;
CREATE FUNCTION item_count(min_id int DEFAULT 0) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT count(*)::int FROM item_v WHERE id >= min_id; END;
-- rows
INSERT INTO item VALUES (1);
-- case: migrate_atomic_chain pg14
-- a
CREATE TABLE t (a int, b int);
CREATE FUNCTION f1() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT max(a) FROM t; END;
CREATE FUNCTION f2() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT f1() + 1; END;
CREATE VIEW v AS SELECT f2() AS x;
CREATE FUNCTION f3() RETURNS SETOF v LANGUAGE sql BEGIN ATOMIC SELECT * FROM v; END;
-- b
CREATE TABLE t (a bigint, b int);
CREATE FUNCTION f1() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT max(a) FROM t; END;
CREATE FUNCTION f2() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT f1() + 1; END;
CREATE VIEW v AS SELECT f2() AS x, 1 AS y;
CREATE FUNCTION f3() RETURNS SETOF v LANGUAGE sql BEGIN ATOMIC SELECT * FROM v; END;
-- rows
INSERT INTO t VALUES (1, 2);
-- case: migrate_overloads
-- a
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(text) RETURNS int LANGUAGE sql AS 'SELECT 2';
CREATE FUNCTION f(int, text) RETURNS int LANGUAGE sql AS 'SELECT 3';
COMMENT ON FUNCTION f(int) IS 'one';
COMMENT ON FUNCTION f(text) IS 'two';
-- b
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(text, VARIADIC int[]) RETURNS int LANGUAGE sql AS 'SELECT 2';
CREATE FUNCTION f(bigint, text DEFAULT 'x') RETURNS int LANGUAGE sql AS 'SELECT 3';
CREATE FUNCTION f(int, text) RETURNS bigint LANGUAGE sql AS 'SELECT 3::bigint';
COMMENT ON FUNCTION f(int) IS 'first';
COMMENT ON FUNCTION f(bigint, text) IS 'big';
-- case: migrate_returns_table
-- a
CREATE TABLE t (a int, b text);
CREATE FUNCTION f(x int) RETURNS TABLE (a int, b text) LANGUAGE sql STABLE AS $$ SELECT a, b FROM t WHERE a = x $$;
CREATE VIEW v AS SELECT a, b FROM f(1);
CREATE FUNCTION g(INOUT x int, OUT y text) LANGUAGE plpgsql AS $$ BEGIN y := x::text; END $$;
-- b
CREATE TABLE t (a int, b text, c date);
CREATE FUNCTION f(x int) RETURNS TABLE (a int, b text, c date) LANGUAGE sql STABLE AS $$ SELECT a, b, c FROM t WHERE a = x $$;
CREATE VIEW v AS SELECT a, b, c FROM f(1);
CREATE FUNCTION g(INOUT x int, OUT y text, OUT z int) LANGUAGE plpgsql AS $$ BEGIN y := x::text; z := 1; END $$;
-- case: migrate_triggers_transition
-- a
CREATE TABLE t (a int PRIMARY KEY, b int);
CREATE TABLE log (at timestamptz DEFAULT now(), what text);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log (what) SELECT 'x' FROM new_rows; RETURN NULL; END $$;
CREATE TRIGGER t_ins AFTER INSERT ON t REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note();
CREATE TRIGGER t_when BEFORE UPDATE OF b ON t FOR EACH ROW WHEN (OLD.b IS DISTINCT FROM NEW.b) EXECUTE FUNCTION note();
-- b
CREATE TABLE t (a int PRIMARY KEY, b bigint, c text);
CREATE TABLE log (at timestamptz DEFAULT now(), what text, n int);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log (what, n) SELECT 'x', 1 FROM new_rows; RETURN NULL; END $$;
CREATE FUNCTION deferred_check() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER t_ins AFTER UPDATE ON t REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note();
CREATE TRIGGER t_when BEFORE UPDATE OF b, c ON t FOR EACH ROW WHEN (OLD.b IS DISTINCT FROM NEW.b OR NEW.c = 'x') EXECUTE FUNCTION note('arg', '1');
CREATE CONSTRAINT TRIGGER t_con AFTER INSERT OR UPDATE ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION deferred_check();
ALTER TABLE t DISABLE TRIGGER t_when;
-- rows
INSERT INTO t VALUES (1, 2);
-- case: migrate_rls
-- a
CREATE TABLE docs (id int PRIMARY KEY, owner text, body text);
CREATE POLICY p_read ON docs FOR SELECT USING (owner = current_user);
ALTER TABLE docs ENABLE ROW LEVEL SECURITY;
CREATE FUNCTION is_admin() RETURNS boolean LANGUAGE sql STABLE AS 'SELECT true';
-- b
CREATE TABLE teams (id int PRIMARY KEY, members text[]);
CREATE TABLE docs (id int PRIMARY KEY, owner varchar(50), body text, team_id int REFERENCES teams);
CREATE FUNCTION is_admin(u text) RETURNS boolean LANGUAGE sql STABLE AS 'SELECT true';
CREATE POLICY p_read ON docs FOR SELECT USING (owner = current_user OR is_admin(current_user) OR EXISTS (SELECT 1 FROM teams WHERE teams.id = docs.team_id AND current_user = ANY (members)));
CREATE POLICY p_write ON docs AS RESTRICTIVE FOR INSERT WITH CHECK (owner = current_user);
ALTER TABLE docs ENABLE ROW LEVEL SECURITY;
ALTER TABLE docs FORCE ROW LEVEL SECURITY;
-- rows
INSERT INTO docs VALUES (1, 'x', 'y');
-- case: migrate_enum_everywhere
-- a
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE p (id int PRIMARY KEY, m mood DEFAULT 'ok', ms mood[] DEFAULT ARRAY['ok']::mood[], CHECK (m <> 'sad'));
CREATE INDEX p_m ON p (m) WHERE m = 'happy';
CREATE VIEW pv AS SELECT id, m FROM p WHERE m > 'sad';
CREATE FUNCTION mood_text(m mood) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT m::text $$;
-- b
CREATE TYPE mood AS ENUM ('ok', 'happy', 'glad');
CREATE TABLE p (id int PRIMARY KEY, m mood DEFAULT 'glad', ms mood[] DEFAULT ARRAY['ok']::mood[], CHECK (m <> 'glad'));
CREATE INDEX p_m ON p (m) WHERE m = 'happy';
CREATE VIEW pv AS SELECT id, m FROM p WHERE m > 'ok';
CREATE FUNCTION mood_text(m mood) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT m::text || '' $$;
-- rows
INSERT INTO p VALUES (1);
-- case: migrate_domains
-- a
CREATE DOMAIN email AS varchar(100) CHECK (VALUE LIKE '%@%');
CREATE DOMAIN pos AS int DEFAULT 1 CHECK (VALUE > 0);
CREATE TABLE u (e email, n pos, es email[]);
CREATE VIEW uv AS SELECT e, n FROM u;
CREATE FUNCTION ef(email) RETURNS email LANGUAGE sql AS 'SELECT $1';
-- b
CREATE DOMAIN email AS text NOT NULL CONSTRAINT has_at CHECK (VALUE LIKE '%@%.%');
CREATE DOMAIN pos AS bigint DEFAULT 2 CHECK (VALUE > 0) CHECK (VALUE < 1000);
CREATE TABLE u (e email, n pos, es email[]);
CREATE VIEW uv AS SELECT e, n FROM u;
CREATE FUNCTION ef(email) RETURNS email LANGUAGE sql AS 'SELECT $1';
-- rows
INSERT INTO u VALUES ('a@b.c', 5, '{}');
-- case: migrate_composites
-- a
CREATE TYPE addr AS (street text, zip varchar(5));
CREATE TYPE person AS (name text, home addr);
CREATE TABLE ppl (id int, p person, old_homes addr[]);
CREATE VIEW pplv AS SELECT id, (p).name, ((p).home).street FROM ppl;
CREATE FUNCTION zip(addr) RETURNS text LANGUAGE sql AS 'SELECT $1.zip';
-- b
CREATE TYPE addr AS (street text, zip varchar(10), city text);
CREATE TYPE person AS (name varchar(200), home addr);
CREATE TABLE ppl (id int, p person, old_homes addr[]);
CREATE VIEW pplv AS SELECT id, (p).name, ((p).home).street, ((p).home).city FROM ppl;
CREATE FUNCTION zip(addr) RETURNS text LANGUAGE sql AS 'SELECT $1.zip';
-- rows
INSERT INTO ppl VALUES (1, ROW('x', ROW('s', '12345')), NULL);
-- case: migrate_aggregate
-- a
CREATE FUNCTION acc(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT coalesce($1,0) + $2';
CREATE AGGREGATE my_sum(int) (SFUNC = acc, STYPE = int, INITCOND = '0');
CREATE VIEW v AS SELECT my_sum(x) AS s FROM generate_series(1, 3) x;
-- b
CREATE FUNCTION acc(bigint, int) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT coalesce($1,0) + $2';
CREATE FUNCTION fin(bigint) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1::text';
CREATE AGGREGATE my_sum(int) (SFUNC = acc, STYPE = bigint, INITCOND = '0', FINALFUNC = fin, PARALLEL = safe);
CREATE VIEW v AS SELECT my_sum(x) AS s FROM generate_series(1, 3) x;
COMMENT ON AGGREGATE my_sum(int) IS 'sum';
-- case: migrate_procedures
-- a
CREATE TABLE acc (id int PRIMARY KEY, bal numeric);
CREATE PROCEDURE transfer(a int, b int, amt numeric) LANGUAGE plpgsql AS $$ BEGIN UPDATE acc SET bal = bal - amt WHERE id = a; END $$;
CREATE PROCEDURE noop() LANGUAGE sql AS '';
-- b
CREATE TABLE acc (id int PRIMARY KEY, bal numeric(20,4) NOT NULL DEFAULT 0);
CREATE PROCEDURE transfer(a int, b int, amt numeric, INOUT ok boolean DEFAULT true) LANGUAGE plpgsql AS $$ BEGIN UPDATE acc SET bal = bal - amt WHERE id = a; END $$;
CREATE PROCEDURE noop() LANGUAGE sql SECURITY DEFINER SET search_path = public AS '';
COMMENT ON PROCEDURE noop() IS 'nothing';
-- rows
INSERT INTO acc VALUES (1, 2), (2, 3);
-- case: migrate_matviews
-- a
CREATE TABLE s (d date, v int);
CREATE MATERIALIZED VIEW mv AS SELECT d, sum(v) AS total FROM s GROUP BY d;
CREATE UNIQUE INDEX mv_d ON mv (d);
CREATE INDEX mv_t ON mv (total DESC);
CREATE VIEW over_mv AS SELECT max(total) AS m FROM mv;
COMMENT ON MATERIALIZED VIEW mv IS 'sums';
-- b
CREATE TABLE s (d date, v bigint, region text);
CREATE MATERIALIZED VIEW mv AS SELECT d, region, sum(v) AS total FROM s GROUP BY d, region WITH NO DATA;
CREATE UNIQUE INDEX mv_d ON mv (d, region);
CREATE INDEX mv_t ON mv (total DESC) WHERE total > 0;
CREATE VIEW over_mv AS SELECT region, max(total) AS m FROM mv GROUP BY region;
COMMENT ON MATERIALIZED VIEW mv IS 'sums';
COMMENT ON COLUMN mv.total IS 'the sum';
-- rows
INSERT INTO s VALUES ('2020-01-01', 3);
-- case: migrate_view_options pg15
-- a
CREATE TABLE t (a int, b text);
CREATE VIEW v1 WITH (security_barrier) AS SELECT a, b FROM t;
CREATE VIEW v2 AS SELECT a FROM v1 WHERE a > 0 WITH LOCAL CHECK OPTION;
CREATE VIEW v3 AS SELECT a FROM v2;
ALTER VIEW v3 ALTER COLUMN a SET DEFAULT 5;
-- b
CREATE TABLE t (a bigint, b text);
CREATE VIEW v1 WITH (security_invoker = true) AS SELECT a, b FROM t;
CREATE VIEW v2 AS SELECT a FROM v1 WHERE a > 0 WITH CASCADED CHECK OPTION;
CREATE VIEW v3 (x) AS SELECT a FROM v2;
ALTER VIEW v3 ALTER COLUMN x SET DEFAULT 6;
-- rows
INSERT INTO t VALUES (1, 'x');
-- case: migrate_partitions pg13
-- a
CREATE TABLE ev (id bigint GENERATED ALWAYS AS IDENTITY, at timestamptz NOT NULL, kind text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE ev_1 PARTITION OF ev FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE INDEX ev_kind ON ev (kind);
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER ev_t BEFORE INSERT ON ev FOR EACH ROW EXECUTE FUNCTION tf();
-- b
CREATE TABLE ev (id bigint GENERATED ALWAYS AS IDENTITY, at timestamptz NOT NULL, kind varchar(20) NOT NULL DEFAULT 'x', payload jsonb, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE ev_1 PARTITION OF ev FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE ev_2 PARTITION OF ev FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
CREATE TABLE ev_def PARTITION OF ev DEFAULT;
CREATE INDEX ev_kind ON ev (kind, at);
CREATE INDEX ev_2_payload ON ev_2 USING gin (payload);
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER ev_t BEFORE INSERT OR UPDATE ON ev FOR EACH ROW EXECUTE FUNCTION tf();
-- rows
INSERT INTO ev (at, kind) VALUES ('2020-05-05', 'k');
-- case: migrate_identity_serial
-- a
CREATE TABLE t1 (id serial PRIMARY KEY);
CREATE TABLE t2 (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE t3 (id int PRIMARY KEY);
CREATE TABLE t4 (id bigint GENERATED BY DEFAULT AS IDENTITY (START 10 INCREMENT 5));
CREATE TABLE t5 (id bigserial, x int);
-- b
CREATE TABLE t1 (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY);
CREATE TABLE t2 (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY);
CREATE TABLE t3 (id serial PRIMARY KEY);
CREATE TABLE t4 (id bigint GENERATED ALWAYS AS IDENTITY (START 100 INCREMENT 1 CYCLE MAXVALUE 1000));
CREATE TABLE t5 (id bigint NOT NULL, x serial);
-- rows
INSERT INTO t1 DEFAULT VALUES; INSERT INTO t2 DEFAULT VALUES; INSERT INTO t3 VALUES (3); INSERT INTO t5 (x) VALUES (1);
-- case: migrate_generated
-- a
CREATE FUNCTION full_name(a text, b text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT a || b $$;
CREATE TABLE t (a text, b text, f text GENERATED ALWAYS AS (full_name(a, b)) STORED, n int GENERATED ALWAYS AS (length(a)) STORED);
CREATE INDEX t_f ON t (f);
CREATE VIEW v AS SELECT f FROM t;
-- b
CREATE FUNCTION full_name(a text, b text, c text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT a || b || c $$;
CREATE TABLE t (a text, b varchar(40), f text GENERATED ALWAYS AS (full_name(a, b, 'x')) STORED, n int);
CREATE INDEX t_f ON t (f);
CREATE VIEW v AS SELECT f, n FROM t;
-- rows
INSERT INTO t VALUES ('a', 'b');
-- case: migrate_fk_cycle
-- a
CREATE TABLE a (id int PRIMARY KEY, b_id int);
CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a);
-- b
CREATE TABLE a (id bigint PRIMARY KEY, b_id bigint);
CREATE TABLE b (id bigint PRIMARY KEY, a_id bigint REFERENCES a ON UPDATE CASCADE, c_id bigint);
CREATE TABLE c (id bigint PRIMARY KEY, a_id bigint REFERENCES a (id) MATCH FULL ON DELETE SET NULL);
ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b DEFERRABLE;
ALTER TABLE b ADD CONSTRAINT b_c FOREIGN KEY (c_id) REFERENCES c NOT VALID;
-- rows
INSERT INTO a VALUES (1, 1); INSERT INTO b VALUES (1, 1);
-- case: migrate_reserved
-- a
CREATE TABLE "user" ("select" int PRIMARY KEY, "Order" text, "a.b" int, "quo""te" int);
CREATE INDEX "Index Name" ON "user" ("Order");
CREATE VIEW "table" AS SELECT "select", "Order" FROM "user";
CREATE FUNCTION "Fn"("user") RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TYPE "Type" AS ENUM ('A b', 'it''s');
-- b
CREATE TYPE "Type" AS ENUM ('A b', 'it''s', 'c"d');
CREATE TABLE "user" ("select" bigint PRIMARY KEY, "Order" varchar(10), "a.b" bigint, "quo""te" text, "group" "Type" DEFAULT 'it''s');
CREATE INDEX "Index Name" ON "user" ("Order", "a.b");
CREATE VIEW "table" AS SELECT "select", "Order", "group" FROM "user";
CREATE FUNCTION "Fn"("user", "when" int DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT 1';
COMMENT ON COLUMN "user"."quo""te" IS 'it''s "it"';
-- rows
INSERT INTO "user" VALUES (1, 'x', 2, 3);
-- case: migrate_comments
-- a
CREATE TABLE t (a int PRIMARY KEY, b int CHECK (b > 0)); COMMENT ON TABLE t IS 'x'; COMMENT ON COLUMN t.a IS 'y';
CREATE VIEW v AS SELECT a FROM t; COMMENT ON VIEW v IS 'v'; COMMENT ON COLUMN v.a IS 'va';
CREATE SEQUENCE s; COMMENT ON SEQUENCE s IS 's';
CREATE TYPE e AS ENUM ('x'); COMMENT ON TYPE e IS 'e';
CREATE DOMAIN d AS int CONSTRAINT dc CHECK (VALUE > 0); COMMENT ON DOMAIN d IS 'd'; COMMENT ON CONSTRAINT dc ON DOMAIN d IS 'dc';
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; COMMENT ON FUNCTION f() IS 'f';
CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f(); COMMENT ON TRIGGER tr ON t IS 'tr';
CREATE POLICY p ON t; COMMENT ON POLICY p ON t IS 'p';
CREATE RULE r AS ON UPDATE TO t DO ALSO NOTHING; COMMENT ON RULE r ON t IS 'r';
COMMENT ON CONSTRAINT t_b_check ON t IS 'chk';
CREATE INDEX i ON t (b); COMMENT ON INDEX i IS 'i';
-- b
CREATE TABLE t (a int PRIMARY KEY, b int CHECK (b > 0)); COMMENT ON TABLE t IS 'x2'; COMMENT ON COLUMN t.b IS 'y';
CREATE VIEW v AS SELECT a FROM t; COMMENT ON VIEW v IS E'v\nline'; COMMENT ON COLUMN v.a IS NULL;
CREATE SEQUENCE s; COMMENT ON SEQUENCE s IS 's2';
CREATE TYPE e AS ENUM ('x'); COMMENT ON TYPE e IS NULL;
CREATE DOMAIN d AS int CONSTRAINT dc CHECK (VALUE > 0); COMMENT ON DOMAIN d IS 'd2'; COMMENT ON CONSTRAINT dc ON DOMAIN d IS 'dc2';
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; COMMENT ON FUNCTION f() IS 'f''2';
CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f(); COMMENT ON TRIGGER tr ON t IS 'tr2';
CREATE POLICY p ON t; COMMENT ON POLICY p ON t IS 'p2';
CREATE RULE r AS ON UPDATE TO t DO ALSO NOTHING; COMMENT ON RULE r ON t IS 'r2';
COMMENT ON CONSTRAINT t_b_check ON t IS 'chk2';
CREATE INDEX i ON t (b); COMMENT ON INDEX i IS '\back';
-- case: migrate_cross_namespace alone
-- a
CREATE SCHEMA app; CREATE SCHEMA lib;
CREATE TYPE lib.kind AS ENUM ('a', 'b');
CREATE FUNCTION lib.now_utc() RETURNS timestamp LANGUAGE sql STABLE AS $$ SELECT now() AT TIME ZONE 'utc' $$;
CREATE TABLE app.t (id int PRIMARY KEY, k lib.kind DEFAULT 'a', at timestamp DEFAULT lib.now_utc());
CREATE VIEW public.v AS SELECT id, k FROM app.t;
-- b
CREATE SCHEMA app; CREATE SCHEMA lib; CREATE SCHEMA audit;
CREATE TYPE lib.kind AS ENUM ('a', 'b', 'c');
CREATE DOMAIN lib.stamp AS timestamp;
CREATE FUNCTION lib.now_utc() RETURNS lib.stamp LANGUAGE sql STABLE AS $$ SELECT (now() AT TIME ZONE 'utc')::lib.stamp $$;
CREATE TABLE app.t (id int PRIMARY KEY, k lib.kind DEFAULT 'c', at lib.stamp DEFAULT lib.now_utc());
CREATE TABLE audit.t (LIKE app.t INCLUDING ALL, who text DEFAULT current_user);
CREATE FUNCTION audit.log() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO audit.t SELECT NEW.*; RETURN NEW; END $$;
CREATE TRIGGER log AFTER INSERT ON app.t FOR EACH ROW EXECUTE FUNCTION audit.log();
CREATE VIEW public.v AS SELECT id, k, at FROM app.t UNION ALL SELECT id, k, at FROM audit.t;
-- rows
INSERT INTO app.t VALUES (1);
-- case: migrate_sequences
-- a
CREATE SEQUENCE s1; CREATE SEQUENCE s2 AS int INCREMENT 2; CREATE SEQUENCE s3;
CREATE TABLE t (a int DEFAULT nextval('s1'), b int DEFAULT nextval('s2'));
ALTER SEQUENCE s1 OWNED BY t.a;
-- b
CREATE SEQUENCE s1 AS smallint MINVALUE 5 START 5; CREATE SEQUENCE s2 AS bigint INCREMENT 3 CACHE 10;
CREATE SEQUENCE s4 OWNED BY NONE;
CREATE TABLE t (a int, b bigint DEFAULT nextval('s2'), c int DEFAULT nextval('s4'));
ALTER SEQUENCE s2 OWNED BY t.b;
-- rows
INSERT INTO t DEFAULT VALUES;
-- case: migrate_extensions alone
-- a
CREATE EXTENSION citext; CREATE EXTENSION hstore;
CREATE TABLE t (id int PRIMARY KEY, email citext UNIQUE, h hstore DEFAULT ''); CREATE INDEX t_h ON t USING gist (h);
CREATE VIEW v AS SELECT email, h -> 'a' AS a FROM t;
-- b
CREATE EXTENSION citext; CREATE EXTENSION ltree; CREATE EXTENSION pg_trgm; CREATE EXTENSION btree_gist;
CREATE TABLE t (id int PRIMARY KEY, email text UNIQUE, path ltree, r int4range, EXCLUDE USING gist (id WITH =, r WITH &&));
CREATE INDEX t_p ON t USING gist (path); CREATE INDEX t_e ON t USING gin (email gin_trgm_ops);
CREATE TABLE u (c citext COLLATE "C" DEFAULT 'x'::citext CHECK (c <> 'Y'));
CREATE VIEW v AS SELECT email, path FROM t WHERE email = 'a'::citext;
-- rows
INSERT INTO t VALUES (1, 'a', 'x=>1');
-- case: migrate_extension_function_default alone
-- a
CREATE EXTENSION "uuid-ossp"; CREATE TABLE t (id uuid DEFAULT uuid_generate_v4() PRIMARY KEY, n int);
-- b
CREATE EXTENSION pgcrypto; CREATE TABLE t (id uuid DEFAULT gen_random_uuid() PRIMARY KEY, n int, h bytea DEFAULT digest('x', 'sha1'));
CREATE FUNCTION h(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT encode(public.digest($1, 'sha256'), 'hex') $$;
CREATE INDEX th ON t (h(n::text));
-- rows
INSERT INTO t (n) VALUES (1);
