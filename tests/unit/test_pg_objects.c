/* Objects that are compared by definition: what is read runs again and gives the same. */
#include "pg_case.h"

#include "base/str.h"
#include "sql/normal.h"

static const char tables[] = "CREATE SCHEMA app; CREATE TYPE public.mood AS ENUM ('sad', 'happy');"
                             "CREATE TABLE app.t (id int PRIMARY KEY, name text, m public.mood);"
                             "CREATE TABLE public.p (a int, b int) PARTITION BY RANGE (a);"
                             "CREATE TABLE public.p1 PARTITION OF public.p DEFAULT;"
                             "CREATE SEQUENCE app.s;";

static const char objects[] =
    "SET search_path = app, public;"
    "CREATE FUNCTION f(a int, b text DEFAULT 'x') RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT "
    "$2';"
    "CREATE FUNCTION f(a t) RETURNS SETOF mood[] LANGUAGE plpgsql AS 'BEGIN RETURN; END';"
    "CREATE FUNCTION g() RETURNS bigint BEGIN ATOMIC SELECT nextval('app.s'); SELECT count(*) FROM "
    "t; END;"
    "CREATE PROCEDURE pr(INOUT x int) LANGUAGE plpgsql AS 'BEGIN x := 1; END';"
    "CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
    "CREATE FUNCTION etrg() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';"
    "CREATE FUNCTION acc(text, text) RETURNS text LANGUAGE sql AS 'SELECT $1 || $2';"
    "CREATE AGGREGATE cat(text) (SFUNC = acc, STYPE = text, INITCOND = 'it''s', PARALLEL = SAFE);"
    "CREATE AGGREGATE pct(float8 ORDER BY anyelement) (SFUNC = ordered_set_transition,"
    " STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);"
    "CREATE VIEW v WITH (security_barrier = true) AS SELECT id, upper(name) AS \"Up per\", m FROM "
    "t;"
    "ALTER VIEW v ALTER COLUMN id SET DEFAULT 5; COMMENT ON VIEW v IS 'the v';"
    "COMMENT ON COLUMN v.id IS 'number';"
    "CREATE VIEW vv (x, y) AS VALUES (1, 'a'), (2, 'b');"
    "CREATE RECURSIVE VIEW r (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM r WHERE n < 5;"
    "CREATE MATERIALIZED VIEW mv WITH (fillfactor = 70) AS SELECT * FROM v WITH NO DATA;"
    "CREATE UNIQUE INDEX mvi ON mv (id);"
    "CREATE TRIGGER tr BEFORE UPDATE OF name ON t FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)"
    " EXECUTE FUNCTION trg('a');"
    "ALTER TABLE t DISABLE TRIGGER tr; COMMENT ON TRIGGER tr ON t IS 'tt';"
    "CREATE TRIGGER ptr AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION trg();"
    "CREATE RULE ru AS ON DELETE TO t WHERE old.id > 5 DO INSTEAD"
    " (INSERT INTO t VALUES (1); UPDATE t SET name = 'x');"
    "ALTER TABLE t ENABLE ALWAYS RULE ru;"
    "CREATE POLICY po ON t AS RESTRICTIVE FOR UPDATE TO PUBLIC USING (id > 1) WITH CHECK (name <> "
    "'');"
    "CREATE POLICY pall ON t USING (true); COMMENT ON POLICY pall ON t IS 'all';"
    "CREATE TYPE frange AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi);"
    "CREATE TYPE odd AS RANGE (SUBTYPE = text, COLLATION = \"C\","
    " MULTIRANGE_TYPE_NAME = odds, SUBTYPE_OPCLASS = text_pattern_ops);"
    "CREATE COLLATION co (provider = icu, locale = 'und-u-ks-level2', deterministic = false);"
    "CREATE COLLATION cc (lc_collate = 'C', lc_ctype = 'POSIX');"
    "CREATE STATISTICS st (ndistinct) ON id, name FROM t; ALTER STATISTICS st SET STATISTICS 50;"
    "CREATE EVENT TRIGGER ev ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP TABLE')"
    " EXECUTE FUNCTION etrg();"
    "ALTER EVENT TRIGGER ev DISABLE;"
    "CREATE PUBLICATION pub FOR TABLE t WHERE (id > 3), TABLES IN SCHEMA public"
    " WITH (publish = 'insert', publish_via_partition_root);"
    "CREATE PUBLICATION cols FOR TABLE t (id, name), p;"
    "CREATE PUBLICATION pall FOR ALL TABLES; CREATE PUBLICATION empty;";

static const ag_object *object_of(const ag_schema *s, ag_kind kind, const char *ns,
                                  const char *name) {
    const ag_object *object = ag_schema_object(s, kind, ns, name);
    if (object == NULL) {
        fail_msg("no %s %s", ag_kind_name(kind), name);
    }
    return object;
}

static bool depends_on(const ag_object *object, const char *key) {
    for (size_t i = 0; i < object->depends.n; i++) {
        if (ag_text_eq(object->depends.items[i], key)) {
            return true;
        }
    }
    return false;
}

static ag_schema *read_objects(const pg_case *c) {
    pg_case_run(c->conn, "SET client_min_messages = error");
    pg_case_run(c->conn, tables);
    pg_case_run_some(c->conn, objects, false);
    return pg_case_read(c);
}

static void definitions_are_create_statements(void **state) {
    const pg_case *c = *state;
    ag_schema *s = read_objects(c);
    assert_int_equal(s->unmanaged.n, 0);
    assert_string_equal(
        object_of(s, AG_VIEW, "app", "v")->definition,
        pg_case_version(c->conn) < 160000
            ? "CREATE VIEW app.v WITH (security_barrier=true) AS\n"
              " SELECT t.id,\n    upper(t.name) AS \"Up per\",\n    t.m\n   FROM app.t"
            : "CREATE VIEW app.v WITH (security_barrier=true) AS\n"
              " SELECT id,\n    upper(name) AS \"Up per\",\n    m\n   FROM app.t");
    assert_string_equal(object_of(s, AG_POLICY, "app", "po")->definition,
                        "CREATE POLICY po ON app.t AS RESTRICTIVE FOR UPDATE USING ((id > 1))"
                        " WITH CHECK ((name <> ''::text))");
    assert_string_equal(object_of(s, AG_AGGREGATE, "app", "cat")->definition,
                        "CREATE AGGREGATE app.cat(text) (SFUNC = app.acc, STYPE = text,"
                        " INITCOND = 'it''s', PARALLEL = SAFE)");
    assert_string_equal(object_of(s, AG_AGGREGATE, "app", "cat")->signature, "(text)");
    assert_string_equal(object_of(s, AG_EVENT_TRIGGER, NULL, "ev")->definition,
                        "CREATE EVENT TRIGGER ev ON ddl_command_end WHEN TAG IN"
                        " ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION app.etrg()");
    ag_schema_free(s);
}

static void what_create_cannot_say_is_in_the_extras(void **state) {
    ag_schema *s = read_objects(*state);
    assert_string_equal(object_of(s, AG_TRIGGER, "app", "tr")->extras.items[0],
                        "ALTER TABLE app.t DISABLE TRIGGER tr");
    assert_string_equal(object_of(s, AG_RULE, "app", "ru")->extras.items[0],
                        "ALTER TABLE app.t ENABLE ALWAYS RULE ru");
    assert_string_equal(object_of(s, AG_VIEW, "app", "v")->extras.items[0],
                        "ALTER VIEW app.v ALTER COLUMN id SET DEFAULT 5");
    assert_int_equal(object_of(s, AG_POLICY, "app", "pall")->extras.n, 0);
    ag_schema_free(s);
}

static void parts_and_comments_come_along(void **state) {
    ag_schema *s = read_objects(*state);
    const ag_object *v = object_of(s, AG_VIEW, "app", "v");
    assert_string_equal(v->comment, "the v");
    assert_int_equal(v->columns.n, 3);
    assert_string_equal(v->columns.items[0]->comment, "number");
    assert_string_equal(v->columns.items[1]->name, "Up per");
    const ag_object *mv = object_of(s, AG_MATVIEW, "app", "mv");
    assert_int_equal(mv->indexes.n, 1);
    assert_string_equal(mv->indexes.items[0]->name, "mvi");
    assert_string_equal(mv->indexes.items[0]->keys.items[0].column, "id");
    const ag_object *tr = object_of(s, AG_TRIGGER, "app", "tr");
    assert_string_equal(tr->table, "t");
    assert_string_equal(tr->table_ns, "app");
    assert_string_equal(tr->comment, "tt");
    ag_schema_free(s);
}

static void dependencies_name_what_is_needed(void **state) {
    ag_schema *s = read_objects(*state);
    const ag_object *v = object_of(s, AG_VIEW, "app", "v");
    assert_true(depends_on(v, "table:app.t"));
    assert_true(depends_on(object_of(s, AG_MATVIEW, "app", "mv"), "view:app.v"));
    assert_false(depends_on(object_of(s, AG_MATVIEW, "app", "mv"), "table:app.t"));
    assert_true(depends_on(object_of(s, AG_TRIGGER, "app", "tr"), "function:app.trg"));
    assert_true(depends_on(object_of(s, AG_AGGREGATE, "app", "cat"), "function:app.acc"));
    assert_true(depends_on(object_of(s, AG_EVENT_TRIGGER, NULL, "ev"), "function:app.etrg"));
    ag_schema_free(s);
}

static void what_came_after_postgresql_12_is_read_like_the_rest(void **state) {
    const pg_case *c = *state;
    if (pg_case_version(c->conn) < 150000) {
        print_message("needs PostgreSQL 15\n");
        skip();
    }
    ag_schema *s = read_objects(c);
    assert_string_equal(object_of(s, AG_RANGE, "app", "odd")->definition,
                        "CREATE TYPE app.odd AS RANGE (SUBTYPE = text,"
                        " SUBTYPE_OPCLASS = pg_catalog.text_pattern_ops,"
                        " COLLATION = pg_catalog.\"C\", MULTIRANGE_TYPE_NAME = app.odds)");
    assert_string_equal(object_of(s, AG_STATISTICS, "app", "st")->extras.items[0],
                        "ALTER STATISTICS app.st SET STATISTICS 50");
    assert_true(depends_on(object_of(s, AG_FUNCTION, "app", "g"), "sequence:app.s"));
    assert_true(depends_on(object_of(s, AG_PUBLICATION, NULL, "pub"), "table:app.t"));
    ag_schema_free(s);
}

static void the_trigger_of_a_partitioned_table_is_one(void **state) {
    ag_schema *s = read_objects(*state);
    size_t n = 0;
    for (size_t i = 0; i < s->objects.n; i++) {
        n += s->objects.items[i]->kind == AG_TRIGGER;
    }
    assert_int_equal(n, 2);
    ag_schema_free(s);
}

/* Objects by kind are in an order that runs, but for functions on types that come later. */
static void run_all(ag_conn *conn, const ag_schema *s) {
    static const ag_kind order[] = {AG_COLLATION,  AG_RANGE,  AG_FUNCTION,      AG_PROCEDURE,
                                    AG_AGGREGATE,  AG_VIEW,   AG_MATVIEW,       AG_RULE,
                                    AG_TRIGGER,    AG_POLICY, AG_EVENT_TRIGGER, AG_STATISTICS,
                                    AG_PUBLICATION};
    for (size_t k = 0; k < sizeof order / sizeof order[0]; k++) {
        for (size_t i = 0; i < s->objects.n; i++) {
            const ag_object *object = s->objects.items[i];
            if (object->kind != order[k]) {
                continue;
            }
            pg_case_run(conn, object->definition);
            for (size_t e = 0; e < object->extras.n; e++) {
                pg_case_run(conn, object->extras.items[e]);
            }
        }
    }
}

static void definitions_run_and_give_the_same_again(void **state) {
    pg_case *c = *state;
    void *again = NULL;
    ag_schema *s = read_objects(c);
    assert_int_equal(pg_case_setup(&again), 0);
    const pg_case *other = again;
    pg_case_run(other->conn, "SET client_min_messages = error; SET search_path = ''");
    pg_case_run(other->conn, tables);
    run_all(other->conn, s);
    ag_schema *copy = pg_case_read(other);
    assert_int_equal(s->objects.n, copy->objects.n);
    for (size_t i = 0; i < s->objects.n; i++) {
        const ag_object *a = s->objects.items[i];
        const ag_object *b = copy->objects.items[i];
        assert_string_equal(a->name, b->name);
        if (!ag_sql_tokens_equal(AG_SQL_POSTGRES, a->definition, b->definition)) {
            assert_string_equal(a->definition, b->definition);
        }
        assert_true(ag_strings_equal(&a->extras, &b->extras, false));
        assert_true(ag_strings_equal(&a->depends, &b->depends, false));
    }
    ag_schema_free(copy);
    ag_schema_free(s);
    assert_int_equal(pg_case_teardown(&again), 0);
}

static void what_is_not_managed_is_named(void **state) {
    ag_schema *s = pg_case_read_after(
        *state, "CREATE TYPE pair AS (a int); CREATE TABLE typed OF pair;"
                "CREATE FUNCTION f(pair) RETURNS text LANGUAGE sql AS 'SELECT NULL::text';"
                "CREATE CAST (pair AS text) WITH FUNCTION f(pair);"
                "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER sv FOREIGN DATA WRAPPER w;"
                "CREATE FOREIGN TABLE ft (a int) SERVER sv;"
                "CREATE TEXT SEARCH CONFIGURATION cfg (COPY = simple);"
                "CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq)");
    static const char *const expected[][2] = {
        {"OF clause", "of public.typed"},
    };
    assert_int_equal(s->unmanaged.n, sizeof expected / sizeof expected[0]);
    for (size_t i = 0; i < s->unmanaged.n; i++) {
        assert_string_equal(s->unmanaged.items[i].what, expected[i][0]);
        assert_string_equal(s->unmanaged.items[i].name, expected[i][1]);
    }
    assert_int_equal(s->tables.n, 1); /* its columns are as good as any */
    assert_int_equal(s->tables.items[0]->columns.n, 1);
    ag_schema_free(s);
}

static void a_role_without_rights_reads_all_the_same(void **state) {
    const pg_case *c = *state;
    pg_case_run(c->conn, "CREATE SCHEMA app; REVOKE ALL ON SCHEMA app FROM public;"
                         "CREATE TABLE app.t (a int PRIMARY KEY DEFAULT 5);"
                         "CREATE VIEW app.v AS SELECT * FROM app.t;"
                         "CREATE ROLE reader_of_catalogs; SET ROLE reader_of_catalogs");
    ag_schema *s = pg_case_read(c);
    assert_int_equal(s->tables.n, 1);
    assert_string_equal(s->tables.items[0]->columns.items[0]->default_expr, "5");
    assert_int_equal(s->objects.n, 1);
    ag_schema_free(s);
    pg_case_run(c->conn, "RESET ROLE; DROP ROLE reader_of_catalogs");
}

int main(void) {
    pg_case_need();
    const struct CMUnitTest tests[] = {
        PG_TEST(definitions_are_create_statements),
        PG_TEST(what_create_cannot_say_is_in_the_extras),
        PG_TEST(parts_and_comments_come_along),
        PG_TEST(dependencies_name_what_is_needed),
        PG_TEST(what_came_after_postgresql_12_is_read_like_the_rest),
        PG_TEST(the_trigger_of_a_partitioned_table_is_one),
        PG_TEST(definitions_run_and_give_the_same_again),
        PG_TEST(what_is_not_managed_is_named),
        PG_TEST(a_role_without_rights_reads_all_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
