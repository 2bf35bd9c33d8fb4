#include "unit.h"

#include <string.h>

#include "schema/node.h"

static char *name_of(const ag_schema *schema, const char *prefix, int i) {
    return ag_arena_printf(schema->arena, "%s%d", prefix, i);
}

static void lookups_find_each_of_many_tables(void **state) {
    (void)state;
    ag_schema *schema = ag_schema_new("postgresql");
    for (int i = 0; i < 8477; i++) {
        ag_schema_add_table(schema, "public", name_of(schema, "t", i));
        assert_non_null(ag_schema_table(schema, "public", name_of(schema, "t", i)));
    }
    for (int i = 0; i < 8477; i++) {
        ag_table *table = ag_schema_table(schema, "public", name_of(schema, "t", i));
        assert_ptr_equal(table, schema->tables.items[i]);
        assert_null(ag_schema_table(schema, "other", name_of(schema, "t", i)));
        assert_null(ag_schema_table(schema, NULL, name_of(schema, "t", i)));
    }
    assert_null(ag_schema_table(schema, "public", "t8477"));
    assert_null(ag_schema_table(schema, "public", "T1"));
    ag_schema_free(schema);
}

static void lookups_fold_case_on_sqlite(void **state) {
    (void)state;
    ag_schema *schema = ag_schema_new("sqlite");
    for (int i = 0; i < 100; i++) {
        ag_table *table = ag_schema_add_table(schema, NULL, name_of(schema, "Table", i));
        assert_ptr_equal(ag_schema_table(schema, NULL, name_of(schema, "tABLE", i)), table);
        ag_table_add_column(schema, table, "Mixed");
        assert_non_null(ag_table_column(schema, table, "MIXED"));
        ag_table_add_index(schema, table, "Ix");
        assert_non_null(ag_table_index(schema, table, "iX"));
    }
    ag_schema_free(schema);
}

static void lookups_follow_renames_and_removals_after_a_touch(void **state) {
    (void)state;
    ag_schema *schema = ag_schema_new("postgresql");
    for (int i = 0; i < 50; i++) {
        ag_schema_add_table(schema, NULL, name_of(schema, "t", i));
    }
    assert_non_null(ag_schema_table(schema, NULL, "t40"));
    schema->tables.items[40]->name = "renamed";
    ag_schema_touch(schema);
    assert_null(ag_schema_table(schema, NULL, "t40"));
    assert_ptr_equal(ag_schema_table(schema, NULL, "renamed"), schema->tables.items[40]);
    schema->tables.n = 40;
    assert_null(ag_schema_table(schema, NULL, "renamed"));
    assert_non_null(ag_schema_table(schema, NULL, "t39"));
    ag_schema_free(schema);
}

static void lookups_find_the_first_of_equal_names(void **state) {
    (void)state;
    ag_schema *schema = ag_schema_new("postgresql");
    ag_table *first = ag_schema_add_table(schema, "a", "same");
    for (int i = 0; i < 200; i++) {
        ag_schema_add_table(schema, "a", "same");
        assert_ptr_equal(ag_schema_table(schema, "a", "same"), first);
    }
    ag_schema_free(schema);
}

static void objects_are_found_by_kind_too(void **state) {
    (void)state;
    ag_schema *schema = ag_schema_new("postgresql");
    for (int i = 0; i < 40; i++) {
        ag_object *view = ag_schema_add_object(schema, AG_VIEW, "p", name_of(schema, "o", i));
        ag_object *rule = ag_schema_add_object(schema, AG_RULE, "p", name_of(schema, "o", i));
        assert_ptr_equal(ag_schema_object(schema, AG_VIEW, "p", view->name), view);
        assert_ptr_equal(ag_schema_object(schema, AG_RULE, "p", view->name), rule);
        assert_null(ag_schema_object(schema, AG_TRIGGER, "p", view->name));
    }
    ag_schema_free(schema);
}

static void columns_of_wide_tables_are_found(void **state) {
    (void)state;
    ag_schema *schema = ag_schema_new("postgresql");
    ag_table *wide[2] = {ag_schema_add_table(schema, NULL, "a"),
                         ag_schema_add_table(schema, NULL, "b")};
    for (int i = 0; i < 10000; i++) {
        ag_table_add_column(schema, wide[0], name_of(schema, "c", i));
        ag_table_add_column(schema, wide[1], name_of(schema, "d", i));
    }
    for (int i = 0; i < 10000; i++) {
        assert_int_equal(ag_table_column_index(schema, wide[0], name_of(schema, "c", i)), i);
    }
    assert_int_equal(ag_table_column_index(schema, wide[1], "d9999"), 9999);
    assert_int_equal(ag_table_column_index(schema, wide[0], "d9999"), -1);
    wide[0]->columns.items[5000]->name = "renamed";
    assert_int_equal(ag_table_column_index(schema, wide[0], "renamed"), 5000);
    assert_int_equal(ag_table_column_index(schema, wide[0], "c5000"), -1);
    ag_schema_free(schema);
}

static void added_nodes_have_defaults(void **state) {
    (void)state;
    ag_schema *schema = ag_schema_new("sqlite");
    ag_table *table = ag_schema_add_table(schema, NULL, "t");
    ag_column *column = ag_table_add_column(schema, table, "c");
    assert_true(column->nullable);
    assert_int_equal(column->statistics, -1);
    assert_string_equal(column->type, "");
    assert_int_equal(ag_table_add_constraint(schema, table, AG_CHECK)->name_origin, AG_NAME_NONE);
    assert_int_equal(ag_table_add_index(schema, table, "i")->name_origin, AG_NAME_GIVEN);
    assert_false(ag_schema_covers(schema, AG_VIEW));
    ag_schema_cover(schema, AG_VIEW);
    assert_true(ag_schema_covers(schema, AG_VIEW));
    ag_schema_free(schema);
}

static void keys_tell_dots_and_colons_apart(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    assert_string_equal(ag_node_key(arena, AG_TABLE, "a.b", "c"), "table:a\\.b.c");
    assert_string_equal(ag_node_key(arena, AG_TABLE, "a", "b.c"), "table:a.b\\.c");
    assert_string_equal(ag_node_key(arena, AG_MATVIEW, NULL, "x:\\"), "materialized view:x\\:\\\\");
    assert_string_equal(ag_node_display(arena, "a", "b"), "a.b");
    assert_string_equal(ag_node_display(arena, NULL, "b"), "b");
    ag_arena_free(arena);
}

static ag_table *full_table(ag_schema *schema) {
    ag_table *table = ag_schema_add_table(schema, "ns", "t");
    table->loc = (ag_loc){"file.json", 1, 2};
    table->comment = "words";
    ag_vec_push(schema->arena, &table->inherits, "parent");
    ag_vec_push(schema->arena, &table->options, ((ag_option){"fillfactor", "70"}));
    ag_column *column = ag_table_add_column(schema, table, "c");
    column->type = "text";
    column->default_expr = "'x'";
    column->loc = table->loc;
    ag_constraint *fk = ag_table_add_constraint(schema, table, AG_FOREIGN_KEY);
    fk->name = "fk";
    ag_key key = {.column = "c", .loc = table->loc};
    ag_vec_push(schema->arena, &key.opclass_options, ((ag_option){"siglen", "8"}));
    ag_vec_push(schema->arena, &fk->keys, key);
    fk->ref_table = "t";
    ag_vec_push(schema->arena, &fk->ref_columns, "c");
    ag_index *index = ag_table_add_index(schema, table, "i");
    ag_vec_push(schema->arena, &index->keys, ((ag_key){.expr = "lower(c)"}));
    index->where = "c > 1";
    return table;
}

static void clones_point_only_into_their_own_arena(void **state) {
    (void)state;
    ag_schema *schema = ag_schema_new("postgresql");
    const ag_table *from = full_table(schema);
    ag_arena *arena = ag_arena_new();
    ag_table *copy = ag_table_clone(arena, from);
    assert_null(ag_table_clone(arena, NULL));
    const void *parts[] = {copy,
                           copy->ns,
                           copy->name,
                           copy->comment,
                           copy->loc.file,
                           copy->inherits.items[0],
                           copy->options.items[0].value,
                           copy->columns.items[0],
                           copy->columns.items[0]->default_expr,
                           copy->columns.items[0]->loc.file,
                           copy->constraints.items[0]->keys.items,
                           copy->constraints.items[0]->keys.items[0].column,
                           copy->constraints.items[0]->keys.items[0].opclass_options.items[0].name,
                           copy->constraints.items[0]->ref_columns.items[0],
                           copy->indexes.items[0]->keys.items[0].expr,
                           copy->indexes.items[0]->where};
    ag_schema_free(schema);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        assert_true(ag_arena_owns(arena, parts[i]));
    }
    assert_string_equal(copy->columns.items[0]->default_expr, "'x'");
    assert_string_equal(copy->constraints.items[0]->keys.items[0].opclass_options.items[0].name,
                        "siglen");
    assert_string_equal(copy->loc.file, "file.json");
    ag_arena_free(arena);
}

static void parts_compare_by_meaning(void **state) {
    (void)state;
    ag_option ab[] = {{"a", "1"}, {"b", "2"}};
    ag_option ba[] = {{"B", "2"}, {"a", "1"}};
    ag_options one = {ab, 2, 2};
    ag_options two = {ba, 2, 2};
    assert_true(ag_options_equal(&one, &two));
    ba[1].value = "3";
    assert_false(ag_options_equal(&one, &two));
    const char *lower[] = {"x"};
    const char *upper[] = {"X"};
    ag_strings a = {lower, 1, 1};
    ag_strings b = {upper, 1, 1};
    assert_true(ag_strings_equal(&a, &b, true));
    assert_false(ag_strings_equal(&a, &b, false));
    ag_sequence_options s = {.start = 5};
    ag_sequence_options t = {.start = 6};
    assert_true(ag_sequence_options_equal(&s, &t));
    s.has_start = t.has_start = true;
    assert_false(ag_sequence_options_equal(&s, &t));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lookups_find_each_of_many_tables),
        cmocka_unit_test(lookups_fold_case_on_sqlite),
        cmocka_unit_test(lookups_follow_renames_and_removals_after_a_touch),
        cmocka_unit_test(lookups_find_the_first_of_equal_names),
        cmocka_unit_test(objects_are_found_by_kind_too),
        cmocka_unit_test(columns_of_wide_tables_are_found),
        cmocka_unit_test(added_nodes_have_defaults),
        cmocka_unit_test(keys_tell_dots_and_colons_apart),
        cmocka_unit_test(clones_point_only_into_their_own_arena),
        cmocka_unit_test(parts_compare_by_meaning),
    };
    return cmocka_run_group_tests_name("node", tests, NULL, NULL);
}
