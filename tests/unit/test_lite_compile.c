#include "unit.h"

#include <string.h>

#include "base/str.h"
#include "dialect/dialect.h"
#include "dialect/lite/driver.h"
#include "dialect/lite/lite.h"
#include "schema/node.h"

static ag_schema *schema_of(const char *sql) {
    ag_conn *conn = NULL;
    ag_schema *schema = NULL;
    char *message = NULL;
    assert_true(ag_conn_open(ag_dialect_sqlite.driver, ":memory:", NULL, &conn, NULL));
    if (sqlite3_exec(ag_lite_handle(conn), sql, NULL, NULL, &message) != SQLITE_OK) {
        fail_msg("%s", message);
    }
    assert_true(ag_dialect_sqlite.introspect(conn, NULL, &schema, NULL));
    ag_conn_close(conn);
    return schema;
}

/* The one statement of an operation. */
static void assert_compiles(const ag_op *op, const char *sql) {
    ag_script *script = ag_script_new();
    ag_error err = {0};
    if (!ag_dialect_sqlite.compile(op, NULL, script, &err)) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(script->items.n, 1);
    assert_int_equal(script->items.items[0].kind, AG_ITEM_STATEMENT);
    assert_string_equal(script->items.items[0].text, sql);
    ag_script_free(script);
}

static void a_table_is_laid_out_one_column_per_line(void **state) {
    (void)state;
    ag_schema *schema = schema_of(
        "CREATE TABLE orgs(id INTEGER PRIMARY KEY);"
        "CREATE TABLE \"Users\"(id INTEGER PRIMARY KEY AUTOINCREMENT, email VARCHAR(320) NOT NULL"
        " UNIQUE, org INT DEFAULT (1+1) REFERENCES orgs ON DELETE CASCADE, \"order\" COLLATE "
        "nocase,"
        " up TEXT AS (upper(email)), CONSTRAINT ck CHECK (length(email) > 3), FOREIGN KEY (org)"
        " REFERENCES orgs(id))");
    ag_table *table = ag_schema_table(schema, NULL, "users");
    table->sql = NULL;
    ag_ops *ops = ag_ops_new();
    ag_op *op = ag_ops_add(ops, AG_OP_CREATE_TABLE);
    op->name = "Users";
    op->after.table = table;
    assert_compiles(op, "CREATE TABLE Users (\n"
                        "    id INTEGER PRIMARY KEY AUTOINCREMENT,\n"
                        "    email VARCHAR(320) NOT NULL UNIQUE,\n"
                        "    org INT DEFAULT (1+1) REFERENCES orgs ON DELETE CASCADE,\n"
                        "    \"order\" COLLATE nocase,\n"
                        "    up TEXT GENERATED ALWAYS AS (upper(email)) VIRTUAL,\n"
                        "    CONSTRAINT ck CHECK (length(email) > 3),\n"
                        "    FOREIGN KEY (org) REFERENCES orgs (id)\n"
                        ")");
    ag_ops_free(ops);
    ag_schema_free(schema);
}

static void a_stored_text_is_printed_as_it_is(void **state) {
    (void)state;
    ag_schema *schema = schema_of("create table t ( a  INT -- one\n ) ; create index i on t ( a )");
    ag_ops *ops = ag_ops_new();
    ag_op *op = ag_ops_add(ops, AG_OP_CREATE_TABLE);
    op->after.table = schema->tables.items[0];
    assert_compiles(op, "CREATE TABLE t ( a  INT -- one\n )");
    op = ag_ops_add(ops, AG_OP_CREATE_INDEX);
    op->table = "t";
    op->after.index = schema->tables.items[0]->indexes.items[0];
    assert_compiles(op, "CREATE INDEX i on t ( a )");
    /* After a rename only the name is another. */
    op->table = "t 2";
    assert_compiles(op, "CREATE INDEX i on \"t 2\" ( a )");
    schema->tables.items[0]->name = "other";
    assert_compiles(ops->list.items[0], "CREATE TABLE other ( a  INT -- one\n )");
    ag_ops_free(ops);
    ag_schema_free(schema);
}

static void names_are_quoted_wherever_they_stand(void **state) {
    (void)state;
    ag_ops *ops = ag_ops_new();
    const char *hostile = "a\"; DROP TABLE x; --\n";
    ag_op *op = ag_ops_add(ops, AG_OP_DROP_TABLE);
    op->name = hostile;
    assert_compiles(op, "DROP TABLE \"a\"\"; DROP TABLE x; --\n\"");
    op = ag_ops_add(ops, AG_OP_RENAME_TABLE);
    op->name = "select";
    op->new_name = hostile;
    assert_compiles(op, "ALTER TABLE \"select\" RENAME TO \"a\"\"; DROP TABLE x; --\n\"");
    op = ag_ops_add(ops, AG_OP_RENAME_COLUMN);
    op->table = "t";
    op->name = "a b";
    op->new_name = "c";
    assert_compiles(op, "ALTER TABLE t RENAME COLUMN \"a b\" TO c");
    op = ag_ops_add(ops, AG_OP_DROP_COLUMN);
    op->table = "t";
    op->name = "order";
    assert_compiles(op, "ALTER TABLE t DROP COLUMN \"order\"");
    op = ag_ops_add(ops, AG_OP_DROP_INDEX);
    op->name = "i'";
    assert_compiles(op, "DROP INDEX \"i'\"");
    op = ag_ops_add(ops, AG_OP_DROP_OBJECT);
    op->object = AG_VIEW;
    op->name = "v v";
    assert_compiles(op, "DROP VIEW \"v v\"");
    ag_ops_free(ops);
}

static void columns_are_added_with_all_they_have(void **state) {
    (void)state;
    ag_ops *ops = ag_ops_new();
    ag_column column = {
        .name = "c", .type = "TEXT", .default_expr = "'a' || 'b'", .collation = "x y"};
    ag_op *op = ag_ops_add(ops, AG_OP_ADD_COLUMN);
    op->table = "t";
    op->after.column = &column;
    assert_compiles(
        op, "ALTER TABLE t ADD COLUMN c TEXT NOT NULL DEFAULT ('a' || 'b') COLLATE \"x y\"");
    column = (ag_column){.name = "c", .type = "", .nullable = true, .default_expr = "-1 -- one"};
    assert_compiles(op, "ALTER TABLE t ADD COLUMN c DEFAULT -1");
    ag_ops_free(ops);
}

static void objects_are_printed_without_a_semicolon(void **state) {
    (void)state;
    ag_ops *ops = ag_ops_new();
    ag_object object = {
        .kind = AG_TRIGGER, .name = "t", .definition = "CREATE TRIGGER t … END ; -- x"};
    ag_op *op = ag_ops_add(ops, AG_OP_CREATE_OBJECT);
    op->object = AG_TRIGGER;
    op->after.object = &object;
    assert_compiles(op, "CREATE TRIGGER t … END");
    ag_ops_free(ops);
}

static void what_has_no_statement_is_an_error(void **state) {
    (void)state;
    static const ag_op_kind kinds[] = {AG_OP_CREATE_SEQUENCE, AG_OP_DROP_ENUM,
                                       AG_OP_DROP_EXTENSION};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        ag_ops *ops = ag_ops_new();
        ag_op *op = ag_ops_add(ops, kinds[i]);
        op->table = op->name = "x";
        ag_script *script = ag_script_new();
        ag_error err = {0};
        assert_false(ag_dialect_sqlite.compile(op, NULL, script, &err));
        assert_non_null(strstr(err.message, "SQLite has no statement"));
        ag_script_free(script);
        ag_ops_free(ops);
    }
}

/* A key that SQLite would number otherwise is not moved into its column. */
static void keys_stay_in_their_order(void **state) {
    (void)state;
    ag_schema *schema =
        schema_of("CREATE TABLE t(a, b, c TEXT, UNIQUE(b), PRIMARY KEY(a), UNIQUE(c))");
    schema->tables.items[0]->sql = NULL;
    ag_buf buf = AG_BUF_INIT;
    ag_lite_put_table(&buf, schema->tables.items[0]);
    assert_string_equal(ag_buf_text(&buf),
                        "CREATE TABLE t (\n    a,\n    b,\n    c TEXT,\n"
                        "    UNIQUE (b),\n    PRIMARY KEY (a),\n    UNIQUE (c)\n)");
    ag_buf_release(&buf);
    ag_schema_free(schema);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_is_laid_out_one_column_per_line),
        cmocka_unit_test(a_stored_text_is_printed_as_it_is),
        cmocka_unit_test(names_are_quoted_wherever_they_stand),
        cmocka_unit_test(columns_are_added_with_all_they_have),
        cmocka_unit_test(objects_are_printed_without_a_semicolon),
        cmocka_unit_test(what_has_no_statement_is_an_error),
        cmocka_unit_test(keys_stay_in_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
