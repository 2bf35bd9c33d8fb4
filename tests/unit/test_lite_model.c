/*
 * The main job without the command: a database becomes a JSON model, the model becomes operations,
 * the operations make a second database that is like the first, and take it back to nothing.
 */
#include "unit.h"

#include "diff/diff.h"
#include "lite_kit.h"
#include "lite_random.h"
#include "schema/node.h"

static ag_diff_result diff_of(const ag_schema *from, const ag_schema *to) {
    ag_diff_options options = {.compare_type = true, .compare_server_default = true};
    ag_diff_result result = {0};
    ag_error err = {0};
    if (!ag_diff(&ag_dialect_sqlite, from, to, &options, &result, &err)) {
        fail_msg("%s", err.message);
    }
    return result;
}

static void assert_no_difference(const char *what, const ag_schema *from, const ag_schema *to) {
    ag_diff_result result = diff_of(from, to);
    if (result.ops->list.n > 0) {
        print_message("%s\n", what);
        fail_msg("%s", ag_op_describe(result.ops->arena, result.ops->list.items[0]));
    }
    ag_diff_result_release(&result);
}

/* Runs lowered operations as a revision would. */
static void run_ops(ag_conn *conn, const ag_ops *ops) {
    ag_script *script = ag_script_new();
    ag_error err = {0};
    ag_compile_options options = {0};
    for (size_t i = 0; i < ops->list.n; i++) {
        if (!ag_dialect_sqlite.compile(ops->list.items[i], &options, script, &err)) {
            fail_msg("%s", err.message);
        }
    }
    for (size_t i = 0; i < script->items.n; i++) {
        const ag_item *item = &script->items.items[i];
        if (item->kind == AG_ITEM_STATEMENT && !ag_conn_exec(conn, item->text, &err)) {
            fail_msg("%s\n%s", err.message, item->text);
        }
    }
    ag_script_free(script);
}

/*
 * The one thing a model does not say: whether a lone INTEGER PRIMARY KEY DESC stands in its column
 * or behind the columns. SQLite numbers the indexes of the table by that.
 */
static bool has_doubtful_key(const ag_schema *schema) {
    for (size_t i = 0; i < schema->tables.n; i++) {
        const ag_constraint *key = ag_table_primary_key(schema->tables.items[i]);
        if (key != NULL && key->keys.n == 1 && key->keys.items[0].descending) {
            return true;
        }
    }
    return false;
}

static void assert_made_from_its_model(const char *what, const char *sql) {
    ag_conn *a = open_memory();
    run_script(a, sql);
    ag_schema *schema = introspect(a);
    ag_schema *model = through_json(schema);
    assert_no_difference(what, schema, model);

    ag_conn *b = open_memory();
    ag_schema *empty = introspect(b);
    ag_diff_result result = diff_of(empty, model);
    ag_compile_options options = {0};
    ag_ops *up = NULL;
    ag_ops *down = NULL;
    ag_error err = {0};
    if (!ag_dialect_sqlite.lower(result.ops, empty, model, &options, &up, &down, &err)) {
        fail_msg("%s: %s", what, err.message);
    }
    run_ops(b, up);
    assert_same_catalogs(what, a, b);
    ag_schema *made = introspect(b);
    assert_no_difference(what, made, model);
    assert_no_difference(what, made, schema);
    run_ops(b, down);
    ag_schema *nothing = introspect(b);
    assert_int_equal(nothing->tables.n + nothing->objects.n, 0);

    ag_schema_free(nothing);
    ag_schema_free(made);
    ag_ops_free(up);
    ag_ops_free(down);
    ag_diff_result_release(&result);
    ag_schema_free(empty);
    ag_schema_free(model);
    ag_schema_free(schema);
    ag_conn_close(a);
    ag_conn_close(b);
}

static void odd_schemas_are_made_from_their_models(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof odd_scripts / sizeof odd_scripts[0]; i++) {
        assert_made_from_its_model(odd_scripts[i], odd_scripts[i]);
    }
}

static void tables_by_chance_are_made_from_their_models(void **state) {
    (void)state;
    ag_conn *judge = open_memory();
    size_t n_legal = 0;
    for (uint64_t seed = 200000; seed < 201500; seed++) {
        ag_buf sql = random_table(seed);
        run_script(judge, "BEGIN");
        bool is_legal = ag_conn_exec(judge, ag_buf_text(&sql), NULL);
        ag_schema *schema = introspect(judge);
        if (is_legal && !has_doubtful_key(schema)) {
            char what[32];
            snprintf(what, sizeof what, "seed %d", (int)seed);
            assert_made_from_its_model(what, ag_buf_text(&sql));
            n_legal++;
        }
        ag_schema_free(schema);
        run_script(judge, "ROLLBACK");
        ag_buf_release(&sql);
    }
    assert_true(n_legal > 100);
    ag_conn_close(judge);
}

static void real_schemas_are_made_from_their_models(void **state) {
    (void)state;
    for_each_real_schema(assert_made_from_its_model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(odd_schemas_are_made_from_their_models),
        cmocka_unit_test(tables_by_chance_are_made_from_their_models),
        cmocka_unit_test(real_schemas_are_made_from_their_models),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
