/* What the review says of rewritten tables, held against what the server does. */
#include "pg_case.h"

#include "base/str.h"

static const char *const types[] = {
    "smallint",
    "integer",
    "bigint",
    "numeric",
    "numeric(10,2)",
    "numeric(12,2)",
    "numeric(12,4)",
    "real",
    "double precision",
    "money",
    "boolean",
    "character(5)",
    "character(8)",
    "bpchar",
    "character varying(5)",
    "character varying(8)",
    "character varying",
    "text",
    "\"char\"",
    "name",
    "bytea",
    "date",
    "time without time zone",
    "time(0) without time zone",
    "time(3) without time zone",
    "time with time zone",
    "time(3) with time zone",
    "timestamp without time zone",
    "timestamp(0) without time zone",
    "timestamp(3) without time zone",
    "timestamp with time zone",
    "timestamp(3) with time zone",
    "interval",
    "interval(3)",
    "interval(5)",
    "interval day to second(3)",
    "interval year",
    "interval day",
    "interval year to month",
    "interval(6)",
    "timestamp(6) without time zone",
    "uuid",
    "json",
    "jsonb",
    "xml",
    "bit(3)",
    "bit(5)",
    "bit varying(3)",
    "bit varying(5)",
    "bit varying",
    "inet",
    "cidr",
    "macaddr",
    "macaddr8",
    "oid",
    "regclass",
    "regtype",
    "xid",
    "xid8",
    "int4range",
    "int8range",
    "integer[]",
    "bigint[]",
    "character varying(5)[]",
    "character varying(8)[]",
    "character varying[]",
    "text[]",
    "numeric(10,2)[]",
    "numeric[]",
    "public.citext",
    "point",
    "tsvector",

    "public.d_long",
    "public.d_checked",
    "public.e",
    "public.f",
    "public.c",
};

/* The server's own word for the file of the table. */
static char *filenode(const pg_case *c, ag_arena *arena, const char *table) {
    ag_rows rows = {.arena = arena};
    ag_error err;
    const char *sql = ag_arena_printf(arena, "SELECT pg_relation_filenode('%s')", table);
    if (!ag_conn_query(c->conn, sql, NULL, 0, &rows, &err)) {
        fail_msg("%s", err.message);
    }
    return ag_arena_strdup(arena, rows.rows.items[0][0]);
}

static bool run_op(const pg_case *c, const ag_op *op) {
    const ag_compile_options options = {.concurrently = true};
    ag_script *script = ag_script_new();
    ag_error err;
    bool ok = ag_dialect_postgresql.compile(op, &options, script, &err);
    for (size_t i = 0; ok && i < script->items.n; i++) {
        const ag_item *item = &script->items.items[i];
        ok = item->kind != AG_ITEM_STATEMENT || ag_conn_exec(c->conn, item->text, &err);
    }
    ag_script_free(script);
    return ok;
}

static size_t n_wrong, n_tried;

/*
 * Whether the review is right about what an operation, which the server may refuse, rewrites. It is
 * taken back.
 */
static void hold(const pg_case *c, const ag_op *op, const char *what) {
    ag_arena *arena = ag_arena_new();
    pg_case_run(c->conn, "BEGIN");
    char *before = filenode(c, arena, "t");
    if (run_op(c, op)) {
        bool rewrote = strcmp(before, filenode(c, arena, "t")) != 0;
        bool says = (ag_dialect_postgresql.effects(op) & AG_REWRITES_TABLE) != 0;
        n_tried++;
        if (rewrote != says) {
            n_wrong++;
            print_error("%s: %s\n", what,
                        rewrote ? "rewrites the table without a word" : "rewrites nothing");
        }
    }
    pg_case_run(c->conn, "ROLLBACK");
    ag_arena_free(arena);
}

static void alter_type(const pg_case *c, const char *from, const char *to) {
    char text[80];
    ag_column before = {.name = "a", .type = from, .nullable = true};
    ag_column after = {.name = "a", .type = to, .nullable = true};
    ag_op op = {.kind = AG_OP_ALTER_COLUMN,
                .object = AG_COLUMN,
                .ns = "public",
                .table = "t",
                .name = "a",
                .before.column = &before,
                .after.column = &after};
    (void)snprintf(text, sizeof text, "%s -> %s", from, to);
    hold(c, &op, text);
}

static void a_change_of_type_says_whether_it_rewrites(void **state) {
    const pg_case *c = *state;
    pg_case_run(c->conn,
                "SET client_min_messages = error; SET timezone = 'Asia/Kolkata'; "
                "CREATE EXTENSION citext; CREATE DOMAIN d_long AS "
                "bigint; CREATE DOMAIN d_checked AS integer CHECK (value > 0); CREATE TYPE e AS "
                "ENUM ('a'); CREATE TYPE f AS ENUM ('a'); CREATE TYPE c AS (x integer)");
    n_wrong = n_tried = 0;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        char text[80];
        (void)snprintf(text, sizeof text, "CREATE TABLE t (a %s)", types[i]);
        pg_case_run(c->conn, text);
        for (size_t j = 0; j < sizeof types / sizeof *types; j++) {
            if (i != j) {
                alter_type(c, types[i], types[j]);
            }
        }
        pg_case_run(c->conn, "DROP TABLE t");
    }
    print_message("%zu changes\n", n_tried);
    assert_true(n_tried > 1000);
    assert_int_equal(n_wrong, 0);
}

int main(void) {
    pg_case_need();
    const struct CMUnitTest tests[] = {
        PG_TEST(a_change_of_type_says_whether_it_rewrites),
    };
    return cmocka_run_group_tests_name("hazards on PostgreSQL", tests, NULL, NULL);
}
