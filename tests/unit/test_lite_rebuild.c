#include "unit.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "dialect/dialect.h"
#include "dialect/lite/driver.h"
#include "dialect/lite/lite.h"
#include "dialect/lite/rebuild.h"
#include "schema/node.h"
#include "sql/normal.h"

/* A database in memory, its schema, and the operations that a test puts together. */
typedef struct bench {
    ag_conn *conn;
    ag_schema *from;
    ag_ops *ops;
    ag_ops *up, *down;
    ag_arena *arena;
    ag_error err;
} bench;

static const char start_sql[] =
    "CREATE TABLE org (id INTEGER PRIMARY KEY);"
    "CREATE TABLE person (\n"
    "  id INTEGER PRIMARY KEY AUTOINCREMENT, -- the key\n"
    "  org_id INT CONSTRAINT fk_org REFERENCES org ON DELETE SET NULL DEFERRABLE,\n"
    "  email TEXT COLLATE NOCASE NOT NULL ON CONFLICT FAIL,\n"
    "  age INT DEFAULT 7 CHECK (age >= 0),\n"
    "  shout TEXT AS (upper(email)) STORED,\n"
    "  CONSTRAINT uq UNIQUE (email) ON CONFLICT IGNORE,\n"
    "  CHECK (email <> ';')\n"
    ");"
    "CREATE TABLE child (id INTEGER PRIMARY KEY, p INT REFERENCES person ON DELETE CASCADE);"
    "CREATE TABLE log (line TEXT);"
    "CREATE TABLE bare (a TEXT, b TEXT);"
    "CREATE TABLE self (n INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT CHECK (self.a <> ''), b);"
    "CREATE TABLE self_rowid (a TEXT CHECK (self_rowid.a <> ''), b);"
    "CREATE INDEX ix_age ON person (age DESC) WHERE age > 1;"
    "CREATE VIEW elders AS SELECT id, email FROM person WHERE age > 60;"
    "CREATE TRIGGER tr AFTER UPDATE ON person BEGIN INSERT INTO log VALUES ('u'); END;"
    "INSERT INTO org VALUES (1);"
    "INSERT INTO person (id, org_id, email, age) VALUES (3, 1, 'a', 10), (5, NULL, 'b', NULL),"
    " (90, 1, 'gone', 1);"
    "DELETE FROM person WHERE id = 90;"
    "INSERT INTO self VALUES (4, 'x', 1), (9, 'y', 2); DELETE FROM self WHERE n = 9;"
    "INSERT INTO self_rowid (rowid, a, b) VALUES (7, 'seven', x'00'), (2, 'two', NULL);"
    "INSERT INTO child VALUES (1, 3), (2, 5);"
    "INSERT INTO bare (rowid, a, b) VALUES (9, 'nine', '9'), (4, 'four', '4');";

static int set_up(void **state) {
    bench *b = calloc(1, sizeof *b);
    ag_open_options options = {.create = true};
    b->arena = ag_arena_new();
    b->ops = ag_ops_new();
    assert_true(ag_conn_open(&ag_driver_sqlite, ":memory:", &options, &b->conn, &b->err));
    assert_int_equal(sqlite3_exec(ag_lite_handle(b->conn), start_sql, NULL, NULL, NULL), SQLITE_OK);
    ag_introspect_options look = {0};
    assert_true(ag_lite_introspect(b->conn, &look, &b->from, &b->err));
    *state = b;
    return 0;
}

static int tear_down(void **state) {
    bench *b = *state;
    ag_conn_close(b->conn);
    ag_schema_free(b->from);
    ag_ops_free(b->ops);
    ag_ops_free(b->up);
    ag_ops_free(b->down);
    ag_arena_free(b->arena);
    free(b);
    return 0;
}

static ag_column *column_of(bench *b, const char *table, const char *column) {
    ag_table *t = ag_schema_table(b->from, NULL, table);
    return ag_column_clone(b->arena, ag_table_column(b->from, t, column));
}

static ag_op *add_op(bench *b, ag_op_kind kind, const char *table, const char *name) {
    ag_op *op = ag_ops_add(b->ops, kind);
    op->table = table;
    op->name = name;
    return op;
}

static void lower(bench *b) {
    ag_compile_options options = {0};
    bool ok = ag_lite_lower(b->ops, b->from, b->from, &options, &b->up, &b->down, &b->err);
    if (!ok) {
        print_message("%s\n", b->err.message);
    }
    assert_true(ok);
}

/* Runs a list as the runner does: blocks through the driver, the rest statement by statement. */
static bool run(bench *b, const ag_ops *ops) {
    ag_compile_options options = {0};
    ag_script *script = ag_script_new();
    bool ok = true;
    for (size_t i = 0; ok && i < ops->list.n; i++) {
        ok = ag_lite_compile(ops->list.items[i], &options, script, &b->err);
    }
    ok = ok && ag_lite_before_rebuild(b->conn, &b->err) && ag_conn_exec(b->conn, "BEGIN", &b->err);
    for (size_t i = 0; ok && i < script->items.n; i++) {
        const ag_item *item = &script->items.items[i];
        if (item->kind == AG_ITEM_STATEMENT) {
            ok = ag_conn_exec(b->conn, item->text, &b->err);
        } else if (item->kind == AG_ITEM_REBUILD) {
            AG_VEC(const char *) block = {0};
            for (i++; script->items.items[i].kind != AG_ITEM_END; i++) {
                ag_vec_push(script->arena, &block, script->items.items[i].text);
            }
            ok = ag_lite_run_rebuild(b->conn, item->table, item->hash, block.items, block.n,
                                     &b->err);
        }
    }
    ag_error ignored;
    (void)ag_conn_exec(b->conn, ok ? "COMMIT" : "ROLLBACK", &ignored);
    ag_script_free(script);
    return ok;
}

static const char *one(bench *b, const char *sql) {
    ag_rows rows = {.arena = b->arena};
    assert_true(ag_conn_query(b->conn, sql, NULL, 0, &rows, &b->err));
    return rows.rows.n == 0 ? NULL : rows.rows.items[0][0];
}

/* All stored texts and rows as one text. */
static const char *dump(bench *b, bool with_rows) {
    static const char objects[] =
        "SELECT group_concat(coalesce(sql, ''), char(10)) FROM (SELECT sql FROM sqlite_schema "
        "WHERE name NOT LIKE 'sqlite%' ORDER BY type, name)";
    static const char rows[] =
        "SELECT (SELECT group_concat(id || '/' || coalesce(org_id, '-') || '/' || email || '/' || "
        "coalesce(age, '-') || '/' || shout, ' ') FROM person) || (SELECT group_concat(id || p) "
        "FROM child) || (SELECT group_concat(name || seq) FROM sqlite_sequence) || (SELECT "
        "group_concat(rowid || a || b) FROM bare) || (SELECT count(*) FROM log)";
    const char *text = one(b, objects);
    return with_rows ? ag_arena_printf(b->arena, "%s\n%s", text, one(b, rows)) : text;
}

static void goes_up_and_back(bench *b) {
    const char *before = dump(b, true);
    lower(b);
    bool up = run(b, b->up);
    if (!up) {
        print_message("%s\n", b->err.message);
    }
    assert_true(up);
    assert_string_not_equal(dump(b, false), "");
    bool down = run(b, b->down);
    if (!down) {
        print_message("%s\n", b->err.message);
    }
    assert_true(down);
    const char *after = dump(b, true);
    if (!ag_sql_tokens_equal(AG_SQL_SQLITE, before, after)) {
        assert_string_equal(before, after);
    }
}

static bool up_uses(const bench *b, ag_op_kind kind) {
    for (size_t i = 0; i < b->up->list.n; i++) {
        if (b->up->list.items[i]->kind == kind) {
            return true;
        }
    }
    return false;
}

static void type_change_keeps_everything_else(void **state) {
    bench *b = *state;
    ag_op *op = add_op(b, AG_OP_ALTER_COLUMN, "person", "email");
    op->before.column = column_of(b, "person", "email");
    ag_column *after = column_of(b, "person", "email");
    after->type = "VARCHAR(99)";
    op->after.column = after;
    goes_up_and_back(b);
    assert_true(up_uses(b, AG_OP_REBUILD_TABLE));
}

static void a_table_that_names_itself_is_copied(void **state) {
    bench *b = *state;
    static const char *const tables[] = {"self", "self_rowid"};
    for (size_t i = 0; i < 2; i++) {
        ag_op *op = add_op(b, AG_OP_ALTER_COLUMN, tables[i], "b");
        op->before.column = column_of(b, tables[i], "b");
        ag_column *after = column_of(b, tables[i], "b");
        after->type = "BLOB";
        op->after.column = after;
    }
    lower(b);
    static const char rows[] =
        "SELECT (SELECT group_concat(n || a || b) FROM self) || (SELECT group_concat(rowid || a || "
        "hex(coalesce(b, 'null'))) FROM self_rowid) || (SELECT group_concat(name || seq) FROM "
        "(SELECT * FROM sqlite_sequence ORDER BY name))";
    const char *before = dump(b, false);
    const char *before_rows = one(b, rows);
    assert_true(run(b, b->up));
    assert_string_equal(one(b, rows), before_rows);
    assert_true(run(b, b->down));
    assert_string_equal(one(b, rows), before_rows);
    assert_string_equal(dump(b, false), before);
}

static void not_null_fills_with_the_default(void **state) {
    bench *b = *state;
    ag_op *op = add_op(b, AG_OP_ALTER_COLUMN, "person", "age");
    op->before.column = column_of(b, "person", "age");
    ag_column *after = column_of(b, "person", "age");
    after->nullable = false;
    op->after.column = after;
    lower(b);
    assert_true(run(b, b->up));
    assert_string_equal(one(b, "SELECT group_concat(age) FROM person"), "10,7");
    assert_string_equal(one(b, "SELECT seq FROM sqlite_sequence WHERE name = 'person'"), "90");
    assert_string_equal(one(b, "SELECT count(*) FROM sqlite_sequence"), "2");
    assert_string_equal(one(b, "SELECT count(*) FROM child"), "2");
    assert_string_equal(one(b, "SELECT count(*) FROM log"), "0");
}

static void not_null_without_a_default_counts_the_nulls(void **state) {
    bench *b = *state;
    ag_op *op = add_op(b, AG_OP_ALTER_COLUMN, "person", "org_id");
    op->before.column = column_of(b, "person", "org_id");
    ag_column *after = column_of(b, "person", "org_id");
    after->nullable = false;
    op->after.column = after;
    lower(b);
    const char *before = dump(b, true);
    assert_false(run(b, b->up));
    assert_int_equal(b->err.code, AG_DATABASE);
    assert_non_null(strstr(b->err.message, "1 row has NULL"));
    assert_string_equal(dump(b, true), before);
}

static void added_constant_column_needs_no_rebuild(void **state) {
    bench *b = *state;
    ag_column after = {.name = "n", .type = "INT", .nullable = false, .default_expr = "-1"};
    add_op(b, AG_OP_ADD_COLUMN, "person", "n")->after.column = &after;
    goes_up_and_back(b);
    assert_false(up_uses(b, AG_OP_REBUILD_TABLE));
}

static void added_computed_default_is_rebuilt(void **state) {
    bench *b = *state;
    ag_column after = {.name = "n", .type = "INT", .nullable = true, .default_expr = "1 + 1"};
    add_op(b, AG_OP_ADD_COLUMN, "bare", "n")->after.column = &after;
    goes_up_and_back(b);
    assert_true(up_uses(b, AG_OP_REBUILD_TABLE));
}

static void dropped_column_comes_back_at_its_place(void **state) {
    bench *b = *state;
    add_op(b, AG_OP_DROP_COLUMN, "bare", "a")->before.column = column_of(b, "bare", "a");
    lower(b);
    assert_false(up_uses(b, AG_OP_REBUILD_TABLE));
    const char *before = dump(b, false);
    assert_true(run(b, b->up));
    assert_string_equal(one(b, "SELECT group_concat(rowid) FROM bare"), "4,9");
    assert_true(run(b, b->down));
    assert_string_equal(one(b, "SELECT group_concat(rowid) FROM bare"), "4,9");
    assert_true(ag_sql_tokens_equal(AG_SQL_SQLITE, dump(b, false), before));
}

static void constraints_come_and_go(void **state) {
    bench *b = *state;
    const ag_table *person = ag_schema_table(b->from, NULL, "person");
    for (size_t i = 0; i < person->constraints.n; i++) {
        const ag_constraint *c = person->constraints.items[i];
        if (c->kind != AG_PRIMARY_KEY) {
            add_op(b, AG_OP_DROP_CONSTRAINT, "person", c->name)->before.constraint = c;
        }
    }
    ag_constraint check = {.kind = AG_CHECK, .name = "ck \"x\"", .expr = "age < 1000"};
    add_op(b, AG_OP_ADD_CONSTRAINT, "person", check.name)->after.constraint = &check;
    assert_int_equal(b->ops->list.n, 5);
    goes_up_and_back(b);
}

static void a_rename_and_a_change_go_together(void **state) {
    bench *b = *state;
    ag_op *rename = add_op(b, AG_OP_RENAME_COLUMN, "person", "age");
    rename->new_name = "years";
    rename->before.column = column_of(b, "person", "age");
    ag_column *renamed = column_of(b, "person", "age");
    renamed->name = "years";
    rename->after.column = renamed;
    ag_op *op = add_op(b, AG_OP_ALTER_COLUMN, "person", "years");
    op->before.column = renamed;
    ag_column *after = ag_column_clone(b->arena, renamed);
    after->default_expr = NULL;
    op->after.column = after;
    goes_up_and_back(b);
}

static void an_unknown_index_and_trigger_are_kept(void **state) {
    bench *b = *state;
    ag_op *op = add_op(b, AG_OP_ALTER_COLUMN, "person", "age");
    op->before.column = column_of(b, "person", "age");
    ag_column *after = column_of(b, "person", "age");
    after->type = "NUMERIC";
    op->after.column = after;
    lower(b);
    assert_int_equal(sqlite3_exec(ag_lite_handle(b->conn),
                                  "CREATE INDEX ix_extra ON person (lower(email));"
                                  "CREATE TRIGGER tr_extra AFTER DELETE ON person BEGIN "
                                  "DELETE FROM log; END",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_true(run(b, b->up));
    assert_string_equal(one(b, "SELECT group_concat(name) FROM (SELECT name FROM sqlite_schema "
                               "WHERE tbl_name = 'person' AND sql IS NOT NULL AND type <> 'table' "
                               "ORDER BY name)"),
                        "ix_age,ix_extra,tr,tr_extra");
}

static void a_table_altered_by_hand_is_not_touched(void **state) {
    bench *b = *state;
    ag_op *op = add_op(b, AG_OP_ALTER_COLUMN, "person", "age");
    op->before.column = column_of(b, "person", "age");
    ag_column *after = column_of(b, "person", "age");
    after->type = "NUMERIC";
    op->after.column = after;
    lower(b);
    assert_true(ag_conn_exec(b->conn, "ALTER TABLE person ADD COLUMN by_hand", &b->err));
    const char *before = dump(b, true);
    assert_false(run(b, b->up));
    assert_int_equal(b->err.code, AG_HISTORY);
    assert_non_null(strstr(b->err.message, "only in the database:"));
    assert_non_null(strstr(b->err.message, "by_hand"));
    assert_string_equal(dump(b, true), before);
}

static void a_view_that_would_break_stops_the_change(void **state) {
    bench *b = *state;
    add_op(b, AG_OP_DROP_COLUMN, "person", "email")->before.column =
        column_of(b, "person", "email");
    const ag_table *person = ag_schema_table(b->from, NULL, "person");
    for (size_t i = 0; i < person->constraints.n; i++) {
        const ag_constraint *c = person->constraints.items[i];
        if (c->kind == AG_UNIQUE || (c->kind == AG_CHECK && strstr(c->expr, "email") != NULL)) {
            add_op(b, AG_OP_DROP_CONSTRAINT, "person", c->name)->before.constraint = c;
        }
    }
    add_op(b, AG_OP_DROP_COLUMN, "person", "shout")->before.column =
        column_of(b, "person", "shout");
    lower(b);
    const char *before = dump(b, true);
    assert_false(run(b, b->up));
    assert_non_null(strstr(b->err.message, "view elders would break"));
    assert_string_equal(dump(b, true), before);
}

/* Every statement of the block fails once, as if the disk were full. */
static void a_failure_at_any_statement_changes_nothing(void **state) {
    bench *b = *state;
    ag_op *op = add_op(b, AG_OP_ALTER_COLUMN, "person", "age");
    op->before.column = column_of(b, "person", "age");
    ag_column *after = column_of(b, "person", "age");
    after->type = "NUMERIC";
    op->after.column = after;
    lower(b);
    const ag_rebuild *good = b->up->list.items[0]->after.rebuild;
    const char *before = dump(b, true);
    for (size_t i = 0; i <= good->statements.n; i++) {
        AG_VEC(const char *) statements = {0};
        for (size_t k = 0; k < good->statements.n; k++) {
            ag_vec_push(b->arena, &statements,
                        k == i ? "SELECT injected" : good->statements.items[k]);
        }
        if (i == good->statements.n) {
            ag_vec_push(b->arena, &statements, "SELECT injected");
        }
        char hash[AG_SQL_HASH_SIZE];
        ag_sql_token_hash(AG_SQL_SQLITE, good->before_sql, hash);
        assert_true(ag_conn_exec(b->conn, "BEGIN", &b->err));
        assert_false(
            ag_lite_run_rebuild(b->conn, "person", hash, statements.items, statements.n, &b->err));
        assert_true(ag_conn_exec(b->conn, "ROLLBACK", &b->err));
        assert_string_equal(dump(b, true), before);
        assert_string_equal(one(b, "PRAGMA legacy_alter_table"), "0");
    }
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(type_change_keeps_everything_else),
        TEST(a_table_that_names_itself_is_copied),
        TEST(not_null_fills_with_the_default),
        TEST(not_null_without_a_default_counts_the_nulls),
        TEST(added_constant_column_needs_no_rebuild),
        TEST(added_computed_default_is_rebuilt),
        TEST(dropped_column_comes_back_at_its_place),
        TEST(constraints_come_and_go),
        TEST(a_rename_and_a_change_go_together),
        TEST(an_unknown_index_and_trigger_are_kept),
        TEST(a_table_altered_by_hand_is_not_touched),
        TEST(a_view_that_would_break_stops_the_change),
        TEST(a_failure_at_any_statement_changes_nothing),
    };
    return cmocka_run_group_tests_name("lite_rebuild", tests, NULL, NULL);
}
