/* What a model may ask of a server, by its version: no server is needed to say so. */
#include "pg_model.h"

#include <stdio.h>

#include "base/str.h"
#include "dialect/pg/version.h"
#include "diff/diff.h"
#include "op/script.h"
#include "schema/access.h"

typedef struct plan {
    ag_ops *up, *down;
} plan;

/* From an empty database, or one model, to another on a server; false with the error. */
static bool plan_between(const char *old, const char *text, int version, plan *out, ag_error *err) {
    ag_schema *from = pg_model_read(old);
    ag_schema *to = pg_model_read(text);
    ag_diff_result diff = {0};
    *out = (plan){NULL, NULL};
    *err = (ag_error){0};
    from->server_version = version;
    const ag_compile_options options = {.concurrently = false};
    assert_true(ag_diff(&ag_dialect_postgresql, from, to, NULL, &diff, err));
    bool ok = ag_dialect_postgresql.lower(diff.ops, from, to, &options, &out->up, &out->down, err);
    ag_diff_result_release(&diff);
    ag_schema_free(from);
    ag_schema_free(to);
    return ok;
}

static void forget(plan *p) {
    ag_ops_free(p->up);
    ag_ops_free(p->down);
}

#define TABLE(rest) "{'tables': {'t': {'columns': {'a': 'integer', 'b': 'text'}" rest "}}}"
#define COLUMN(rest) "{'tables': {'t': {'columns': {'a': " rest "}}}}"
#define ON_T(rest) "{'tables': {'t': {'columns': {'a': 'integer', 'b': 'text'}}}, " rest "}"

static const struct {
    const char *model;
    int since;
    const char *words;
} asks[] = {
    {TABLE(", 'unique': {'u': {'columns': ['a'], 'nulls_not_distinct': true}}"), 15,
     "constraint public.t.u: NULLS NOT DISTINCT"},
    {TABLE(", 'indexes': {'i': {'columns': ['a'], 'unique': true, 'nulls_not_distinct': true}}"),
     15, "index public.t.i: NULLS NOT DISTINCT"},
    {TABLE(", 'indexes': {'i': {'columns': ['a'], 'options': {'deduplicate_items': 'off'}}}"), 13,
     "index public.t.i: option deduplicate_items"},
    {COLUMN("{'type': 'text', 'compression': 'pglz'}"), 14, "column public.t.a: COMPRESSION"},
    {COLUMN("'int4multirange'"), 14, "column public.t.a: type int4multirange"},
    {COLUMN("'xid8[]'"), 13, "column public.t.a: type xid8"},
    {COLUMN("'numeric(3,-2)'"), 15, "column public.t.a: a scale that is negative"},
    {COLUMN("{'type': 'uuid', 'default': 'gen_random_uuid()'}"), 13,
     "column public.t.a: gen_random_uuid() without pgcrypto"},
    {"{'sequences': {'s': {'unlogged': true}}}", 15, "sequence public.s: an unlogged sequence"},
    {"{'views': {'v': 'CREATE VIEW v WITH (security_invoker) AS SELECT 1 AS x'}}", 15,
     "view public.v: security_invoker"},
    {"{'functions': {'f(a integer)': "
     "'CREATE FUNCTION f(a integer) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT a; END'}}",
     14, "function public.f(a integer): a body of SQL statements"},
    {"{'functions': {'f(a integer)': "
     "'CREATE FUNCTION f(a integer) RETURNS int LANGUAGE sql RETURN a'}}",
     14, "function public.f(a integer): a body of SQL statements"},
    {ON_T("'publications': {'p': 'CREATE PUBLICATION p FOR TABLE t (a)'}"), 15,
     "publication p: a list of columns"},
    {ON_T("'publications': {'p': 'CREATE PUBLICATION p FOR TABLE t WHERE (a > 1)'}"), 15,
     "publication p: a row filter"},
    {ON_T("'publications': {'p': 'CREATE PUBLICATION p FOR TABLES IN SCHEMA public'}"), 15,
     "publication p: TABLES IN SCHEMA"},
    {ON_T("'statistics': {'s': 'CREATE STATISTICS s ON (a + 1), b FROM t'}"), 14,
     "statistics public.s: statistics on an expression"},
    {"{'ranges': {'r': 'CREATE TYPE r AS RANGE (SUBTYPE = float8, MULTIRANGE_TYPE_NAME = m)'}}", 14,
     "range type public.r: MULTIRANGE_TYPE_NAME"},
    {"{'collations': {'c': "
     "'CREATE COLLATION c (provider = builtin, locale = `C.UTF-8`)'}}",
     17, "collation public.c: the provider builtin"},
};

static void a_model_that_asks_for_more_than_the_server_has_is_told_so(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof asks / sizeof *asks; i++) {
        ag_error err;
        plan p;
        int version = asks[i].since * 10000;
        if (plan_between("{}", asks[i].model, version - 1, &p, &err)) {
            fail_msg("%s is taken", asks[i].model);
        }
        if (strstr(err.message, asks[i].words) == NULL) {
            fail_msg("%s: %s", asks[i].words, err.message);
        }
        char tail[80];
        (void)snprintf(tail, sizeof tail, " needs PostgreSQL %d, and the server is PostgreSQL %d",
                       asks[i].since, asks[i].since - 1);
        assert_true(ag_text_ends(err.message, tail));
        assert_int_equal(err.code, AG_INPUT);
        assert_int_equal(err.line, 1);
        forget(&p);
        for (int known = 0; known <= version; known += version) {
            if (!plan_between("{}", asks[i].model, known, &p, &err)) {
                fail_msg("%s", err.message);
            }
            forget(&p);
        }
    }
}

static void words_that_mean_something_else_are_no_matter(void **state) {
    (void)state;
    static const char *const models[] = {
        "{'views': {'v': 'CREATE VIEW v AS SELECT (security_invoker) FROM "
        "(SELECT 1 AS security_invoker) q'}}",
        "{'functions': {'f()': 'CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS "
        "`BEGIN ATOMIC; RETURN 1; END`'}}",
        ON_T("'publications': {'p': 'CREATE PUBLICATION p FOR TABLE t WITH (publish = `insert`)'}"),
        ON_T("'statistics': {'s': 'CREATE STATISTICS s (ndistinct) ON a, b FROM t'}"),
        COLUMN("'numeric(5,5)'"),
        "{'extensions': ['pgcrypto'], 'tables': {'t': {'columns': {'a': {'type': 'uuid', "
        "'default': 'gen_random_uuid()'}}}}}",
    };
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        ag_error err;
        plan p;
        if (!plan_between("{}", models[i], 120000, &p, &err)) {
            fail_msg("%s", err.message);
        }
        forget(&p);
    }
}

static void all_that_is_too_new_is_counted(void **state) {
    (void)state;
    ag_error err;
    plan p;
    assert_false(plan_between("{}", "{'tables': {'t': {'columns': {'a': 'xid8', 'b': 'xid8'}}}}",
                              120000, &p, &err));
    assert_non_null(strstr(err.hint, "1 more"));
}

static char *script_of(const ag_ops *ops) {
    ag_script *script = ag_script_new();
    ag_buf text = AG_BUF_INIT;
    ag_error err;
    const ag_compile_options options = {.concurrently = false};
    for (size_t i = 0; i < ops->list.n; i++) {
        assert_true(ag_dialect_postgresql.compile(ops->list.items[i], &options, script, &err));
    }
    for (size_t i = 0; i < script->items.n; i++) {
        const char *item = script->items.items[i].text;
        ag_buf_printf(&text, "%s;\n", item == NULL ? "" : item);
    }
    char *copy = strdup(ag_buf_text(&text));
    ag_buf_release(&text);
    ag_script_free(script);
    return copy;
}

static void a_column_stops_being_computed_as_the_server_can(void **state) {
    (void)state;
    static const char before[] = "{'tables': {'t': {'columns': {'a': 'integer', 'c': {'type': "
                                 "'integer', 'generated': 'a + 1', 'comment': 'kept'}}}}}";
    static const char after[] = "{'tables': {'t': {'columns': {'a': 'integer', 'c': {'type': "
                                "'integer', 'comment': 'kept'}}}}}";
    ag_error err;
    plan p;
    assert_true(plan_between(before, after, 130000, &p, &err));
    char *now = script_of(p.up);
    assert_non_null(strstr(now, "ALTER COLUMN c DROP EXPRESSION"));
    forget(&p);
    free(now);
    assert_true(plan_between(before, after, 120022, &p, &err));
    char *old = script_of(p.up);
    assert_null(strstr(old, "DROP EXPRESSION"));
    assert_non_null(strstr(old, "ALTER TABLE public.t ADD COLUMN t_c_new integer;\n"
                                "ALTER TABLE public.t ALTER COLUMN t_c_new TYPE integer USING c;\n"
                                "ALTER TABLE public.t DROP COLUMN c;\n"
                                "ALTER TABLE public.t RENAME COLUMN t_c_new TO c;\n"
                                "COMMENT ON COLUMN public.t.c IS 'kept';\n"));
    free(old);
    forget(&p);
}

static void all_privileges_are_those_of_the_server(void **state) {
    (void)state;
    unsigned all = ag_privileges_of(AG_TABLE, NULL);
    unsigned maintain = 1u << (unsigned)AG_MAY_MAINTAIN;
    static const struct {
        int model, server;
        bool has, gets;
    } cases[] = {
        {160000, 170000, false, true},  {170000, 160000, true, false}, {170000, 170000, true, true},
        {170000, 170000, false, false}, {0, 170000, false, false},     {0, 150000, true, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ag_schema *model = ag_schema_new("postgresql");
        model->server_version = cases[i].model;
        ag_access *it = ag_arena_new_of(model->arena, ag_access);
        *it = (ag_access){.kind = AG_TABLE, .ns = "public", .name = "t", .has_grants = true};
        ag_grant grant = {.grantee = "bob", .privileges = all | (cases[i].has ? maintain : 0)};
        ag_grants_put(model->arena, &it->grants, &grant);
        ag_vec_push(model->arena, &model->access, it);
        ag_pg_settle_privileges(model, cases[i].server);
        assert_int_equal(it->grants.items[0].privileges & maintain, cases[i].gets ? maintain : 0);
        ag_schema_free(model);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_model_that_asks_for_more_than_the_server_has_is_told_so),
        cmocka_unit_test(words_that_mean_something_else_are_no_matter),
        cmocka_unit_test(all_that_is_too_new_is_counted),
        cmocka_unit_test(a_column_stops_being_computed_as_the_server_can),
        cmocka_unit_test(all_privileges_are_those_of_the_server),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
