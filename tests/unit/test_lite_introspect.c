#include "unit.h"

#include <string.h>

#include "dialect/dialect.h"
#include "lite_kit.h"
#include "lite_random.h"
#include "schema/node.h"

/* Takes the stored texts away, so that everything is printed from the nodes. */
static void forget_texts(ag_schema *schema) {
    for (size_t i = 0; i < schema->tables.n; i++) {
        ag_table *table = schema->tables.items[i];
        table->sql = NULL;
        for (size_t k = 0; k < table->indexes.n; k++) {
            table->indexes.items[k]->sql = NULL;
        }
    }
}

static char *dump_of(ag_schema *schema) {
    ag_buf buf = AG_BUF_INIT;
    assert_true(ag_dialect_sqlite.dump(schema, &buf, NULL));
    char *text = ag_buf_copy(&buf, schema->arena);
    ag_buf_release(&buf);
    return text;
}

/* Everything of a script must come back: printed from the nodes, and word by word. */
static void assert_round_trip(const char *what, const char *sql) {
    ag_conn *a = open_memory();
    run_script(a, sql);
    ag_schema *schema = introspect(a);
    ag_conn *verbatim = open_memory();
    run_script(verbatim, dump_of(schema));
    assert_same_catalogs(what, a, verbatim);
    ag_buf one = AG_BUF_INIT;
    ag_buf other = AG_BUF_INIT;
    static const char texts[] = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND"
                                " (type <> 'table' OR name IN (SELECT name FROM pragma_table_list"
                                " WHERE type = 'table')) ORDER BY type, name";
    catalog_query(ag_lite_handle(a), &one, "", texts, NULL);
    catalog_query(ag_lite_handle(verbatim), &other, "", texts, NULL);
    assert_same_text(what, ag_buf_text(&one), ag_buf_text(&other));
    ag_buf_release(&one);
    ag_buf_release(&other);
    forget_texts(schema);
    ag_conn *printed = open_memory();
    char *once = dump_of(schema);
    run_script(printed, once);
    assert_same_catalogs(what, a, printed);
    /* What was printed reads as what it was printed from. */
    ag_schema *again = introspect(printed);
    forget_texts(again);
    assert_same_text(what, once, dump_of(again));
    ag_schema_free(again);
    ag_schema_free(schema);
    ag_conn_close(a);
    ag_conn_close(verbatim);
    ag_conn_close(printed);
}

static void everything_of_a_schema_comes_back(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof odd_scripts / sizeof odd_scripts[0]; i++) {
        assert_round_trip(odd_scripts[i], odd_scripts[i]);
    }
}

static void tables_by_chance_come_back(void **state) {
    (void)state;
    ag_conn *judge = open_memory();
    size_t n_legal = 0;
    for (uint64_t seed = 100000; seed < 103000; seed++) {
        ag_buf sql = random_table(seed);
        run_script(judge, "BEGIN");
        if (ag_conn_exec(judge, ag_buf_text(&sql), NULL)) {
            char what[32];
            snprintf(what, sizeof what, "seed %d", (int)seed);
            assert_round_trip(what, ag_buf_text(&sql));
            n_legal++;
        }
        run_script(judge, "ROLLBACK");
        ag_buf_release(&sql);
    }
    assert_true(n_legal > 300);
    ag_conn_close(judge);
}

static void real_schemas_come_back(void **state) {
    (void)state;
    for_each_real_schema(assert_round_trip);
}

static void a_table_is_read_into_nodes(void **state) {
    (void)state;
    ag_schema *schema = schema_of(
        "CREATE TABLE p(x PRIMARY KEY);"
        "CREATE TABLE t(ID INTEGER PRIMARY KEY AUTOINCREMENT, a VARCHAR(10) NOT NULL ON CONFLICT"
        " FAIL DEFAULT ('x') COLLATE nocase, b INT AS (id) STORED, c COLLATE binary CONSTRAINT f"
        " REFERENCES p ON DELETE CASCADE DEFERRABLE, CONSTRAINT u UNIQUE (A, id DESC) ON CONFLICT"
        " IGNORE, CHECK (a > 1 /* why */));"
        "CREATE INDEX i ON t(lower(a), C DESC) WHERE a > 'm'");
    ag_table *t = ag_schema_table(schema, NULL, "T");
    assert_non_null(t);
    assert_true(t->autoincrement);
    assert_null(t->ns);
    assert_int_equal(t->columns.n, 4);
    assert_string_equal(t->columns.items[0]->name, "ID");
    assert_true(t->columns.items[0]->nullable);
    const ag_column *a = t->columns.items[1];
    assert_string_equal(a->type, "VARCHAR(10)");
    assert_false(a->nullable);
    assert_string_equal(a->on_conflict, "fail");
    assert_string_equal(a->default_expr, "('x')");
    assert_string_equal(a->collation, "nocase");
    assert_int_equal(t->columns.items[2]->generated, AG_GENERATED_STORED);
    assert_string_equal(t->columns.items[2]->generated_expr, "id");
    assert_null(t->columns.items[3]->collation);
    assert_string_equal(t->columns.items[3]->type, "");
    assert_int_equal(t->constraints.n, 4);
    const ag_constraint *f = ag_table_constraint(schema, t, "f");
    assert_int_equal(f->kind, AG_FOREIGN_KEY);
    assert_string_equal(f->inline_column, "c");
    assert_string_equal(f->on_delete, "cascade");
    assert_true(f->deferrable && !f->initially_deferred);
    assert_int_equal(f->ref_columns.n, 0);
    const ag_constraint *u = ag_table_constraint(schema, t, "u");
    assert_string_equal(u->keys.items[0].column, "a");
    assert_string_equal(u->keys.items[1].column, "ID");
    assert_true(u->keys.items[1].descending);
    assert_string_equal(u->on_conflict, "ignore");
    assert_string_equal(t->constraints.items[3]->expr, "a > 1");
    assert_int_equal(t->constraints.items[3]->name_origin, AG_NAME_NONE);
    const ag_index *i = ag_table_index(schema, t, "i");
    assert_null(i->keys.items[0].column);
    assert_string_equal(i->keys.items[0].expr, "lower(a)");
    assert_string_equal(i->keys.items[1].column, "c");
    assert_string_equal(i->where, "a > 'm'");
    assert_true(ag_schema_covers(schema, AG_TRIGGER) && ag_schema_covers(schema, AG_TABLE));
    assert_false(ag_schema_covers(schema, AG_SEQUENCE));
    ag_schema_free(schema);
}

static void virtual_tables_and_their_shadows_are_left_alone(void **state) {
    (void)state;
    ag_schema *schema = schema_of("CREATE VIRTUAL TABLE docs USING fts5(a, b);"
                                  "CREATE VIRTUAL TABLE \"r r\" USING rtree(id, x0, x1);"
                                  "CREATE TABLE docs_notes(a);"
                                  "CREATE TABLE other(a); CREATE INDEX i ON other(a);"
                                  "CREATE TRIGGER t AFTER INSERT ON other BEGIN INSERT INTO docs"
                                  " VALUES (1, 2); END");
    assert_int_equal(schema->tables.n, 2);
    assert_non_null(ag_schema_table(schema, NULL, "docs_notes"));
    assert_int_equal(schema->objects.n, 1);
    size_t n_virtual = 0;
    for (size_t i = 0; i < schema->unmanaged.n; i++) {
        n_virtual += strcmp(schema->unmanaged.items[i].what, "virtual table") == 0 ? 1 : 0;
    }
    assert_int_equal(n_virtual, 2);
    ag_schema_free(schema);
}

static void shadows_of_a_module_that_is_not_loaded_are_known_by_name(void **state) {
    (void)state;
    ag_schema *schema =
        schema_of("CREATE TABLE w_vocab(id); CREATE TABLE w_other(id);"
                  "PRAGMA writable_schema = ON;"
                  "INSERT INTO sqlite_schema VALUES ('table', 'w', 'w', 0, 'CREATE VIRTUAL TABLE w"
                  " USING spellfix1')");
    assert_int_equal(schema->tables.n, 1);
    assert_string_equal(schema->tables.items[0]->name, "w_other");
    assert_int_equal(schema->unmanaged.n, 2);
    ag_schema_free(schema);
}

static void a_text_that_cannot_be_read_is_unmanaged(void **state) {
    (void)state;
    ag_schema *schema = schema_of(
        "CREATE TABLE good(a); CREATE TABLE bad(a); CREATE INDEX i ON bad(a); CREATE INDEX j ON"
        " good(a); CREATE TRIGGER t AFTER INSERT ON bad BEGIN SELECT 1; END; CREATE TABLE"
        " none(a);PRAGMA writable_schema = ON;"
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE bad(a INT ((' WHERE name = 'bad';"
        "UPDATE sqlite_schema SET sql = 'CREATE INDEX j ON' WHERE name = 'j';"
        "UPDATE sqlite_schema SET sql = NULL WHERE name = 'none'");
    assert_int_equal(schema->tables.n, 1);
    assert_int_equal(schema->tables.items[0]->indexes.n, 0);
    assert_int_equal(schema->objects.n, 0);
    assert_int_equal(schema->unmanaged.n, 3);
    ag_schema_free(schema);
}

static void internal_tables_are_not_seen(void **state) {
    (void)state;
    ag_schema *schema = schema_of("CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT);"
                                  "INSERT INTO t VALUES (1); CREATE INDEX i ON t(id); ANALYZE");
    assert_int_equal(schema->tables.n, 1);
    assert_int_equal(schema->unmanaged.n, 0);
    ag_schema_free(schema);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_of_a_schema_comes_back),
        cmocka_unit_test(tables_by_chance_come_back),
        cmocka_unit_test(real_schemas_come_back),
        cmocka_unit_test(a_table_is_read_into_nodes),
        cmocka_unit_test(virtual_tables_and_their_shadows_are_left_alone),
        cmocka_unit_test(shadows_of_a_module_that_is_not_loaded_are_known_by_name),
        cmocka_unit_test(a_text_that_cannot_be_read_is_unmanaged),
        cmocka_unit_test(internal_tables_are_not_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
