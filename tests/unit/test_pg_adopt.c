#include "pg_model.h"

static const ag_table *table_of(const ag_schema *s, const char *name) {
    const ag_table *table = ag_schema_table(s, "public", name);
    assert_non_null(table);
    return table;
}

static const ag_column *column_of(const ag_schema *s, const char *table, const char *name) {
    const ag_column *column = ag_table_column(s, table_of(s, table), name);
    assert_non_null(column);
    return column;
}

static void types_are_those_of_the_server(void **state) {
    (void)state;
    ag_schema *s = pg_model_read(
        "{'enums': {'mood': ['a'], 'Odd Mood': ['b'], 'app.mood': ['c'], 'app.other': ['d']},"
        " 'tables': {'t': {'columns': {"
        "  'a': {'type': 'varchar(20)'}, 'b': {'type': 'mood[]'}, 'c': {'type': 'Odd Mood'},"
        "  'd': {'type': 'app.mood'}, 'e': {'type': 'other'}, 'f': {'type': 'MOOD'},"
        "  'g': {'type': 'citext'}}},"
        " 'app.u': {'columns': {'a': {'type': 'mood'}}}}}");
    assert_string_equal(column_of(s, "t", "a")->type, "character varying(20)");
    assert_string_equal(column_of(s, "t", "b")->type, "public.mood[]");
    assert_string_equal(column_of(s, "t", "c")->type, "public.\"Odd Mood\"");
    assert_string_equal(column_of(s, "t", "d")->type, "app.mood");
    assert_string_equal(column_of(s, "t", "e")->type, "app.other");
    assert_string_equal(column_of(s, "t", "f")->type, "public.mood");
    assert_string_equal(column_of(s, "t", "g")->type, "citext");
    const ag_table *u = ag_schema_table(s, "app", "u");
    assert_string_equal(u->columns.items[0]->type, "app.mood");
    ag_schema_free(s);
}

static void serial_and_identity_mean_not_null(void **state) {
    (void)state;
    ag_schema *s = pg_model_read(
        "{'tables': {'t': {'columns': {'a': {'type': 'bigserial'}, 'b': {'type': 'serial4'},"
        " 'c': {'type': 'int', 'identity': 'always'}, 'd': {'type': 'int'}},"
        " 'primary_key': ['d']}}}");
    assert_string_equal(column_of(s, "t", "a")->type, "bigint");
    assert_true(column_of(s, "t", "a")->serial);
    assert_false(column_of(s, "t", "a")->nullable);
    assert_true(column_of(s, "t", "b")->serial);
    assert_false(column_of(s, "t", "c")->nullable);
    assert_false(column_of(s, "t", "d")->nullable);
    ag_schema_free(s);
}

static void names_are_those_that_the_server_gives(void **state) {
    (void)state;
    ag_schema *s = pg_model_read(
        "{'tables': {"
        " 'p': {'columns': {'x': {'type': 'int'}}, 'primary_key': ['x']},"
        " 't': {'columns': {'a': {'type': 'int'}, 'b': {'type': 'text'}},"
        "  'primary_key': ['a'], 'unique': [['a', 'b'], {'columns': ['a', 'b']}],"
        "  'checks': ['a > 0', 'a < 9', 'a > length(b)', '1 = 1'],"
        "  'foreign_keys': [{'columns': ['a'], 'references': 'p'}],"
        "  'indexes': [['b'], [{'expr': 'lower(b)'}, {'expr': 'upper(b)'}, {'expr': 'b || b'}],"
        "   {'columns': [{'expr': 'lower(b)'}, {'expr': 'lower(b)'}]}]}}}");
    static const char *const expected[] = {"t_pkey",     "t_a_b_key", "t_a_b_key1", "t_a_check",
                                           "t_a_check1", "t_check",   "t_check1",   "t_a_fkey"};
    const ag_table *t = table_of(s, "t");
    assert_int_equal(t->constraints.n, sizeof expected / sizeof expected[0]);
    for (size_t i = 0; i < t->constraints.n; i++) {
        assert_non_null(ag_table_constraint(s, t, expected[i]));
        assert_int_equal(t->constraints.items[i]->name_origin, AG_NAME_SERVER);
    }
    assert_string_equal(t->indexes.items[0]->name, "t_b_idx");
    assert_string_equal(t->indexes.items[1]->name, "t_lower_upper_expr_idx");
    assert_string_equal(t->indexes.items[2]->name, "t_lower_lower1_idx");
    const ag_constraint *f = ag_table_constraint(s, t, "t_a_fkey");
    assert_string_equal(f->ref_namespace, "public");
    assert_string_equal(f->ref_columns.items[0], "x");
    ag_schema_free(s);
}

static void long_names_are_cut_as_the_server_cuts_them(void **state) {
    (void)state;
    ag_schema *s = pg_model_read(
        "{'tables': {'a_table_with_a_very_long_name_that_goes_on_and_on_and_on_and': {"
        "'columns': {'a_column_with_a_long_name_too': {'type': 'int'}, 'ä': {'type': 'int'}},"
        "'unique': [['a_column_with_a_long_name_too']], 'primary_key': ['ä']}}}");
    const ag_table *t = s->tables.items[0];
    assert_non_null(ag_table_constraint(
        s, t, "a_table_with_a_very_long_name_that_goes_on_and_on_and_on_a_pkey"));
    assert_non_null(ag_table_constraint(
        s, t, "a_table_with_a_very_long_name_a_column_with_a_long_name_too_key"));
    ag_schema_free(s);
}

static void names_that_the_server_would_cut_are_mistakes(void **state) {
    (void)state;
    ag_diags diags = AG_DIAGS_INIT;
    ag_schema *s = pg_model_read_with(
        "{'tables': {'t': {'columns': {"
        "'c123456789012345678901234567890123456789012345678901234567890123': {'type': 'int'}}}},"
        "'enums': {'e': ['v123456789012345678901234567890123456789012345678901234567890123']}}",
        &diags);
    assert_null(s);
    assert_int_equal(diags.list.n, 2);
    assert_int_equal(diags.list.items[1].line, 1);
    ag_diags_release(&diags);
}

static void expressions_cannot_break_out(void **state) {
    (void)state;
    static const char *const bad[] = {
        "{'tables': {'t': {'columns': {'a': {'type': 'int', 'default': '1); DROP TABLE x'}}}}}",
        "{'tables': {'t': {'columns': {'a': {'type': 'int', 'default': '1, b int'}}}}}",
        "{'tables': {'t': {'columns': {'a': {'type': 'int'}}, 'checks': ['a > 0) , (b']}}}",
        "{'tables': {'t': {'columns': {'a': {'type': 'int', 'generated': '(1'}}}}}",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ag_diags diags = AG_DIAGS_INIT;
        assert_null(pg_model_read_with(bad[i], &diags));
        assert_int_equal(diags.list.n, 1);
        ag_diags_release(&diags);
    }
}

static void what_is_the_default_is_not_written(void **state) {
    (void)state;
    ag_schema *s = pg_model_read(
        "{'tables': {'t': {'columns': {'a': {'type': 'text', 'storage': 'extended',"
        " 'collation': 'C', 'generated': 'b', 'on_conflict': 'abort'}, 'b': {'type': 'text',"
        " 'storage': 'external', 'collation': 'en_US.utf8'}}, 'strict': true,"
        " 'indexes': {'i': {'columns': [{'name': 'a', 'collation': 'C', 'order': 'desc',"
        " 'nulls': 'first'}], 'method': 'BTREE', 'where': '(a > b) /* so */'}},"
        " 'excludes': {'x': {'columns': [{'name': 'a', 'op': '='}]}},"
        " 'foreign_keys': {'f': {'columns': ['a'], 'references': 't', 'referred': ['b'],"
        " 'on_delete': 'no action', 'match': 'simple'}}}}}");
    const ag_table *t = table_of(s, "t");
    assert_false(t->strict);
    assert_null(column_of(s, "t", "a")->storage);
    assert_string_equal(column_of(s, "t", "b")->storage, "external");
    assert_string_equal(column_of(s, "t", "b")->collation, "\"en_US.utf8\"");
    assert_int_equal(column_of(s, "t", "a")->generated, AG_GENERATED_STORED);
    assert_null(column_of(s, "t", "a")->on_conflict);
    const ag_index *i = ag_table_index(s, t, "i");
    assert_null(i->method);
    assert_null(i->keys.items[0].collation);
    assert_int_equal(i->keys.items[0].nulls, AG_NULLS_DEFAULT);
    assert_string_equal(i->where, "a > b");
    assert_string_equal(ag_table_constraint(s, t, "x")->method, "gist");
    const ag_constraint *f = ag_table_constraint(s, t, "f");
    assert_null(f->on_delete);
    assert_null(f->match);
    ag_schema_free(s);
}

static void partitions_have_what_their_parent_has(void **state) {
    (void)state;
    ag_schema *s = pg_model_read(
        "{'tables': {'p': {'columns': {'id': {'type': 'serial'}, 'k': {'type': 'int'},"
        " 'g': {'type': 'int', 'identity': 'always'}},"
        " 'primary_key': ['k'], 'partition_by': 'RANGE (k)',"
        " 'partitions': {'p1': 'FOR VALUES FROM (1) TO (5)'}}}}");
    const ag_column *id = column_of(s, "p1", "id");
    assert_true(id->inherited);
    assert_false(id->serial);
    assert_string_equal(id->default_expr, "nextval('public.p_id_seq'::regclass)");
    assert_false(column_of(s, "p1", "k")->nullable);
    assert_int_equal(column_of(s, "p1", "g")->identity, AG_IDENTITY_NONE);
    assert_false(column_of(s, "p1", "g")->nullable);
    ag_schema_free(s);
}

static void public_is_no_node_of_its_own(void **state) {
    (void)state;
    ag_schema *s = pg_model_read("{'namespaces': ['public', 'app']}");
    assert_int_equal(s->namespaces.n, 1);
    assert_string_equal(s->namespaces.items[0]->name, "app");
    ag_schema_free(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types_are_those_of_the_server),
        cmocka_unit_test(serial_and_identity_mean_not_null),
        cmocka_unit_test(names_are_those_that_the_server_gives),
        cmocka_unit_test(long_names_are_cut_as_the_server_cuts_them),
        cmocka_unit_test(names_that_the_server_would_cut_are_mistakes),
        cmocka_unit_test(expressions_cannot_break_out),
        cmocka_unit_test(what_is_the_default_is_not_written),
        cmocka_unit_test(partitions_have_what_their_parent_has),
        cmocka_unit_test(public_is_no_node_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
