/*
 * The differ on real databases: random pairs of SQLite schemas, both introspected. The lowered and
 * compiled operations run on the first and make it the second; then back, text by text.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "dialect/dialect.h"
#include "diff_kit.h"
#include "diff_random.h"

#ifndef N_PAIRS
#define N_PAIRS 250
#endif

/* A CREATE TABLE with one to six columns; c0 is there always. */
static void put_column(rng *r, ag_buf *sql, unsigned i) {
    ag_buf_printf(sql, "%sc%u %s", i > 0 ? ", " : "", i,
                  PICK(r, "INTEGER", "TEXT", "VARCHAR(20)", "REAL", "BLOB", ""));
    if (chance(r, 30)) {
        ag_buf_puts(
            sql, PICK(r, " NOT NULL", " NOT NULL ON CONFLICT IGNORE", " CONSTRAINT nn NOT NULL"));
    }
    if (chance(r, 30)) {
        ag_buf_puts(sql,
                    PICK(r, " DEFAULT 0", " DEFAULT 'x'", " DEFAULT (1 + 1)", " DEFAULT NULL"));
    }
    if (chance(r, 20)) {
        ag_buf_puts(sql, PICK(r, " COLLATE NOCASE", " COLLATE RTRIM"));
    }
    if (chance(r, 15)) {
        ag_buf_puts(sql, PICK(r, " UNIQUE", " UNIQUE ON CONFLICT REPLACE"));
    }
    if (chance(r, 15)) {
        ag_buf_printf(sql, " CHECK (c%u > %u)", i, below(r, 3));
    }
    if (chance(r, 15)) {
        ag_buf_printf(sql, " REFERENCES t%u (c0)%s", below(r, 4),
                      PICK(r, "", " ON DELETE CASCADE", " DEFERRABLE INITIALLY DEFERRED",
                           " ON UPDATE NO ACTION"));
    }
}

static void put_table(rng *r, ag_buf *sql, unsigned i) {
    unsigned n = 1 + below(r, 6);
    bool has_key = false;
    ag_buf_printf(sql, "CREATE TABLE t%u (", i);
    for (unsigned c = 0; c < n; c++) {
        put_column(r, sql, c);
        if (chance(r, 12)) {
            ag_buf_printf(sql, ", g%u AS (c%u || 'x') %s", c, c, PICK(r, "STORED", "VIRTUAL"));
        }
    }
    if (chance(r, 60)) {
        has_key = true;
        ag_buf_printf(sql, ", PRIMARY KEY (c0%s)", n > 1 && chance(r, 30) ? ", c1 DESC" : "");
    }
    if (chance(r, 30)) {
        ag_buf_printf(sql, ", %sUNIQUE (c%u)", PICK(r, "", "CONSTRAINT uq "), below(r, n));
    }
    if (chance(r, 30)) {
        ag_buf_printf(sql, ", %sCHECK (c%u <> %u)", PICK(r, "", "CONSTRAINT ck "), below(r, n),
                      below(r, 2));
    }
    if (chance(r, 30)) {
        ag_buf_printf(sql, ", CONSTRAINT fk FOREIGN KEY (c%u) REFERENCES t%u (c0)", below(r, n),
                      below(r, 4));
    }
    ag_buf_printf(sql, ")%s;\n", has_key && chance(r, 20) ? " WITHOUT ROWID" : "");
    if (chance(r, 40)) {
        ag_buf_printf(sql, "CREATE %sINDEX ix%u ON t%u (%s)%s;\n", PICK(r, "", "UNIQUE "),
                      below(r, 2) * 4 + i, i, PICK(r, "c0", "c0 DESC", "lower(c0)"),
                      PICK(r, "", " WHERE c0 IS NOT NULL"));
    }
    if (chance(r, 25)) {
        ag_buf_printf(sql, "CREATE TRIGGER trg%u AFTER %s ON t%u BEGIN SELECT %u; END;\n", i,
                      PICK(r, "INSERT", "DELETE"), i, below(r, 3));
    }
}

static void put_schema(rng *r, ag_buf *sql) {
    for (unsigned i = 0; i < 4; i++) {
        if (chance(r, 75)) {
            put_table(r, sql, i);
            if (chance(r, 25)) {
                ag_buf_printf(sql, "CREATE VIEW v%u AS SELECT c0 FROM t%u;\n", i, i);
            }
        }
    }
}

static ag_conn *open_with(const char *sql) {
    ag_conn *conn = NULL;
    ag_error err = {.code = AG_OK};
    ag_open_options options = {.create = true};
    if (!ag_conn_open(ag_dialect_sqlite.driver, ":memory:", &options, &conn, &err)) {
        fail_msg("%s", err.message);
    }
    char *rest = ag_xstrdup(sql);
    for (char *line = rest, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        if (!ag_conn_exec(conn, line, &err)) {
            fail_msg("%s\n%s", err.message, line);
        }
    }
    free(rest);
    return conn;
}

static ag_schema *read_schema(ag_conn *conn) {
    ag_schema *schema = NULL;
    ag_error err = {.code = AG_OK};
    ag_introspect_options options = {.namespaces = {NULL, 0, 0}};
    if (!ag_dialect_sqlite.introspect(conn, &options, &schema, &err)) {
        fail_msg("%s", err.message);
    }
    return schema;
}

/* Stored texts by their tokens, so that the quotes of identifiers do not count. */
static char *stored_texts(ag_conn *conn) {
    ag_arena *arena = ag_arena_new();
    ag_rows rows = {.arena = arena};
    ag_buf buf = AG_BUF_INIT;
    assert_true(ag_conn_query(conn, "SELECT name, sql FROM sqlite_schema ORDER BY type, name", NULL,
                              0, &rows, NULL));
    for (size_t i = 0; i < rows.rows.n; i++) {
        const char *sql = rows.rows.items[i][1];
        ag_buf_printf(&buf, "%s: ", rows.rows.items[i][0]);
        ag_sql_normalise(&buf, AG_SQL_SQLITE, AG_SQL_TOKENS, ag_str_of(sql != NULL ? sql : ""));
        ag_buf_putc(&buf, '\n');
    }
    ag_arena_free(arena);
    return ag_buf_steal(&buf);
}

static void run(ag_conn *conn, const ag_ops *ops, uint64_t seed) {
    ag_compile_options options = {.concurrently = false};
    ag_script *script = ag_script_new();
    ag_error err = {.code = AG_OK};
    for (size_t i = 0; i < ops->list.n; i++) {
        if (!ag_dialect_sqlite.compile(ops->list.items[i], &options, script, &err)) {
            fail_msg("seed %" PRIu64 ": %s", seed, err.message);
        }
    }
    for (size_t i = 0; i < script->items.n; i++) {
        const ag_item *item = &script->items.items[i];
        if (item->kind == AG_ITEM_STATEMENT && !ag_conn_exec(conn, item->text, &err)) {
            fail_msg("seed %" PRIu64 ": %s\n%s", seed, err.message, item->text);
        }
    }
    ag_script_free(script);
}

static void expect_equal(ag_conn *conn, const ag_schema *goal, uint64_t seed) {
    kit k = {.dialect = &ag_dialect_sqlite,
             .options = {.compare_type = true, .compare_server_default = true}};
    k.from = read_schema(conn);
    k.to = (ag_schema *)(uintptr_t)goal;
    const char *left = kit_diff(&k);
    if (left[0] != '\0') {
        fail_msg("seed %" PRIu64 ": still to do\n%s", seed, left);
    }
    k.to = NULL;
    kit_free(&k);
}

static void try_pair(uint64_t seed) {
    rng r = rng_of(seed);
    ag_buf sql = AG_BUF_INIT;
    put_schema(&r, &sql);
    ag_conn *conn = open_with(ag_buf_text(&sql));
    ag_schema *from = read_schema(conn);
    char *texts_before = stored_texts(conn);
    ag_buf_clear(&sql);
    put_schema(&r, &sql);
    ag_conn *other = open_with(ag_buf_text(&sql));
    ag_schema *to = read_schema(other);

    ag_diff_result result = {.ops = NULL};
    ag_error err = {.code = AG_OK};
    ag_ops *up = NULL;
    ag_ops *down = NULL;
    ag_compile_options options = {.concurrently = false};
    if (!ag_diff(&ag_dialect_sqlite, from, to, NULL, &result, &err)) {
        fail_msg("seed %" PRIu64 ": %s", seed, err.message);
    }
    if (!ag_dialect_sqlite.lower(result.ops, from, to, &options, &up, &down, &err)) {
        fail_msg("seed %" PRIu64 ": %s", seed, err.message);
    }
    run(conn, up, seed);
    expect_equal(conn, to, seed);
    run(conn, down, seed);
    expect_equal(conn, from, seed);
    char *texts_after = stored_texts(conn);
    assert_string_equal(texts_before, texts_after);

    free(texts_before);
    free(texts_after);
    ag_ops_free(up);
    ag_ops_free(down);
    ag_diff_result_release(&result);
    ag_schema_free(from);
    ag_schema_free(to);
    ag_conn_close(conn);
    ag_conn_close(other);
    ag_buf_release(&sql);
}

static void operations_make_one_database_the_other_and_back(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= N_PAIRS; seed++) {
        try_pair(seed);
    }
}

static void an_introspected_schema_does_not_differ_from_itself(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= N_PAIRS; seed++) {
        rng r = rng_of(seed);
        ag_buf sql = AG_BUF_INIT;
        put_schema(&r, &sql);
        ag_conn *conn = open_with(ag_buf_text(&sql));
        ag_schema *schema = read_schema(conn);
        expect_equal(conn, schema, seed);
        ag_schema_free(schema);
        ag_conn_close(conn);
        ag_buf_release(&sql);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operations_make_one_database_the_other_and_back),
        cmocka_unit_test(an_introspected_schema_does_not_differ_from_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
