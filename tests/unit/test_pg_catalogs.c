/*
 * Nothing of a database is passed over in silence: every catalog of the server is read, or is known
 * to hold nothing of a schema; and every kind of object that is not managed is named.
 */
#include "pg_case.h"

#include "base/embed.h"

/* Catalogs that no query reads, and why nothing is missed. A new server's new catalog fails. */
static const struct {
    const char *name;
    const char *why;
} not_read[] = {
    {"pg_attrdef", "read through pg_get_expr of columns"},
    {"pg_auth_members", "of the whole server"},
    {"pg_authid", "of the whole server"},
    {"pg_init_privs", "what extensions granted by themselves"},
    {"pg_largeobject", "rows"},
    {"pg_parameter_acl", "of the whole server"},
    {"pg_partitioned_table", "read through pg_get_partkeydef"},
    {"pg_replication_origin", "of the whole server"},
    {"pg_shdepend", "of the whole server"},
    {"pg_shseclabel", "of the whole server"},
    {"pg_statistic", "about rows"},
    {"pg_statistic_ext_data", "about rows"},
    {"pg_subscription_rel", "state of subscriptions, which are named"},
    {"pg_pltemplate", "what PostgreSQL 12 still knows of languages that could be created"},
    {"pg_user_mapping", "read through pg_user_mappings"},
};

static const char *why_not_read(const char *catalog) {
    for (size_t i = 0; i < sizeof not_read / sizeof *not_read; i++) {
        if (strcmp(not_read[i].name, catalog) == 0) {
            return not_read[i].why;
        }
    }
    return NULL;
}

static bool is_word_at(const char *text, const char *at, size_t n) {
    bool starts = at == text || (!ag_is_alnum(at[-1]) && at[-1] != '_');
    return starts && !ag_is_alnum(at[n]) && at[n] != '_';
}

static bool is_read(const char *catalog) {
    for (const ag_embedded *file = ag_embedded_sql; file->name != NULL; file++) {
        const char *text = file->text;
        for (const char *at = strstr(text, catalog); at != NULL; at = strstr(at + 1, catalog)) {
            if (is_word_at(text, at, strlen(catalog))) {
                return true;
            }
        }
    }
    return false;
}

static void every_catalog_is_read_or_known(void **state) {
    pg_case *c = *state;
    ag_arena *arena = ag_arena_new();
    ag_rows rows = {.arena = arena};
    ag_error err = {0};
    assert_true(ag_conn_query(c->conn,
                              "SELECT relname FROM pg_catalog.pg_class WHERE relkind = 'r' AND "
                              "relnamespace = 'pg_catalog'::regnamespace",
                              NULL, 0, &rows, &err));
    assert_true(rows.rows.n > 50);
    for (size_t i = 0; i < rows.rows.n; i++) {
        const char *catalog = rows.rows.items[i][0];
        if (!is_read(catalog) && why_not_read(catalog) == NULL) {
            fail_msg("nobody reads %s", catalog);
        }
    }
    ag_arena_free(arena);
}

static bool is_named(const ag_schema *schema, const char *what, const char *name) {
    for (size_t i = 0; i < schema->unmanaged.n; i++) {
        const ag_unmanaged *u = &schema->unmanaged.items[i];
        if (strcmp(u->what, what) == 0 && strcmp(u->name, name) == 0) {
            return true;
        }
    }
    return false;
}

static void what_extends_the_server_is_managed(void **state) {
    static const struct {
        const char *sql, *kind, *name;
    } cases[] = {
        {"CREATE FOREIGN DATA WRAPPER w", "foreign data wrapper", "w"},
        {"CREATE SERVER s FOREIGN DATA WRAPPER w", "foreign server", "s"},
        {"CREATE FOREIGN TABLE ft (a int) SERVER s", "foreign table", "ft"},
        {"CREATE TYPE shell", "base type", "shell"},
        {"CREATE FUNCTION f(int, text) RETURNS bool IMMUTABLE LANGUAGE sql AS 'SELECT true'",
         "function", "f"},
        {"CREATE OPERATOR === (LEFTARG = int, RIGHTARG = text, FUNCTION = f)", "operator", "==="},
        {"CREATE OPERATOR FAMILY fam USING btree", "operator family", "fam"},
        {"CREATE OPERATOR CLASS ops FOR TYPE int4 USING hash AS OPERATOR 1 =", "operator class",
         "ops"},
        {"CREATE CONVERSION c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8", "conversion", "c"},
        {"CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple)", "text search dictionary", "d"},
        {"CREATE TEXT SEARCH CONFIGURATION c (COPY = english)", "text search configuration", "c"},
        {"CREATE TEXT SEARCH TEMPLATE t (LEXIZE = dsimple_lexize)", "text search template", "t"},
        {"CREATE TEXT SEARCH PARSER p (START = prsd_start, GETTOKEN = prsd_nexttoken, END = "
         "prsd_end, LEXTYPES = prsd_lextype)",
         "text search parser", "p"},
        {"CREATE LANGUAGE l HANDLER plpgsql_call_handler", "language", "l"},
        {"CREATE ACCESS METHOD am TYPE TABLE HANDLER heap_tableam_handler", "access method", "am"},
        {"CREATE TYPE pair AS (a int)", NULL, NULL},
        {"CREATE CAST (pair AS text) WITH INOUT", "cast", "(public.pair AS text)"},
        {"CREATE TRANSFORM FOR int LANGUAGE plpgsql (FROM SQL WITH FUNCTION "
         "prsd_lextype(internal))",
         "transform", "FOR integer LANGUAGE plpgsql"},
    };
    pg_case *c = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pg_case_run(c->conn, cases[i].sql);
    }
    ag_schema *schema = pg_case_read(c);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool is_there = cases[i].kind == NULL;
        for (size_t j = 0; j < schema->objects.n; j++) {
            const ag_object *object = schema->objects.items[j];
            is_there = is_there || (strcmp(ag_kind_name(object->kind), cases[i].kind) == 0 &&
                                    strcmp(object->name, cases[i].name) == 0);
        }
        if (!is_there) {
            fail_msg("no %s %s", cases[i].kind, cases[i].name);
        }
    }
    assert_int_equal(schema->unmanaged.n, 0);
    ag_schema_free(schema);
}

static void what_is_not_managed_is_named(void **state) {
    static const struct {
        const char *sql, *what, *name;
    } cases[] = {
        {"CREATE FOREIGN DATA WRAPPER w", NULL, NULL},
        {"CREATE SERVER s FOREIGN DATA WRAPPER w", NULL, NULL},
        {"CREATE USER MAPPING FOR PUBLIC SERVER s", "user mapping", "of public on s"},
        {"GRANT USAGE ON FOREIGN SERVER s TO PUBLIC", "privilege", "on foreign server s"},
        {"GRANT USAGE ON FOREIGN DATA WRAPPER w TO PUBLIC", "privilege",
         "on foreign data wrapper w"},
        {"CREATE FOREIGN TABLE ft (a int) SERVER s", NULL, NULL},
        {"GRANT SELECT ON ft TO PUBLIC", "privilege", "on foreign table public.ft"},
        {"CREATE TYPE pair AS (a int)", NULL, NULL},
        {"CREATE TABLE typed OF pair", "OF clause", "of public.typed"},
        {"SELECT lo_create(4242)", "large object", "4242"},
        {"CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1'", NULL, NULL},
        {"ALTER FUNCTION g() DEPENDS ON EXTENSION plpgsql", "extension dependency",
         "of function public.g()"},
        {"CREATE TABLE numbered (a int GENERATED ALWAYS AS IDENTITY)", NULL, NULL},
        {"COMMENT ON SEQUENCE numbered_a_seq IS 'x'", "comment",
         "on sequence public.numbered_a_seq"},
        {"CREATE TABLE t (a int)", NULL, NULL},
        {"ALTER TABLE t ADD CONSTRAINT i EXCLUDE ((a + 1) WITH =)", NULL, NULL},
        {"ALTER INDEX i ALTER COLUMN 1 SET STATISTICS 7", "statistics target", "of public.i.expr"},
        {"CREATE TABLE pt (a int) PARTITION BY LIST (a)", NULL, NULL},
        {"CREATE TABLE pt1 PARTITION OF pt DEFAULT", NULL, NULL},
        {"CREATE INDEX pi ON ONLY pt (a)", "incomplete partitioned index", "public.pi"},
        {"CREATE TABLE ls (a int GENERATED ALWAYS AS IDENTITY)", NULL, NULL},
        {"ALTER SEQUENCE ls_a_seq SET UNLOGGED", "logging of an identity sequence",
         "public.ls_a_seq"},
    };
    pg_case *c = *state;
    ag_error err = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pg_case_run_some(c->conn, cases[i].sql, false);
    }
    char sql[160];
    (void)snprintf(sql, sizeof sql, "ALTER DATABASE %s SET work_mem = '5MB'", c->database);
    pg_case_run(c->conn, sql);
    (void)snprintf(sql, sizeof sql, "COMMENT ON DATABASE %s IS 'mine'", c->database);
    pg_case_run(c->conn, sql);
    ag_schema *schema = NULL;
    if (!ag_dialect_postgresql.introspect(c->conn, NULL, &schema, &err)) {
        fail_msg("%s", err.message);
    }
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (cases[i].what != NULL && pg_case_lacks(c->conn, cases[i].sql) == 0 &&
            !is_named(schema, cases[i].what, cases[i].name)) {
            fail_msg("%s %s is not named", cases[i].what, cases[i].name);
        }
    }
    assert_true(is_named(schema, "database setting", "work_mem"));
    assert_true(is_named(schema, "database comment", "mine"));
    ag_schema_free(schema);
}

int main(void) {
    pg_case_need();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_catalog_is_read_or_known, pg_case_setup,
                                        pg_case_teardown),
        cmocka_unit_test_setup_teardown(what_extends_the_server_is_managed, pg_case_setup,
                                        pg_case_teardown),
        cmocka_unit_test_setup_teardown(what_is_not_managed_is_named, pg_case_setup,
                                        pg_case_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
