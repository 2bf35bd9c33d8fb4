/* Rules that hold for schemas from any source, built by hand as the other readers do. */
#include "unit.h"

#include <string.h>

#include "base/error.h"
#include "schema/node.h"
#include "schema/validate.h"

static const ag_validate_rules server = {
    .names_constraints = true, .keys_are_relations = true, .needs_types = true};
static const ag_validate_rules embedded = {.names_constraints = false};

static ag_table *add_table(ag_schema *schema, const char *name, int line) {
    ag_table *table = ag_schema_add_table(schema, NULL, name);
    table->loc = (ag_loc){"m.h", line, 1};
    for (const char *column = "abc"; *column != '\0'; column++) {
        char text[2] = {*column, '\0'};
        ag_table_add_column(schema, table, text)->type = "integer";
    }
    return table;
}

static ag_constraint *add_key(ag_schema *schema, ag_table *table, ag_constraint_kind kind,
                              const char *column) {
    ag_constraint *c = ag_table_add_constraint(schema, table, kind);
    c->loc = (ag_loc){"m.h", 9, 9};
    ag_vec_push(schema->arena, &c->keys, ((ag_key){.column = column}));
    return c;
}

static void assert_good(const ag_schema *schema, const ag_validate_rules *rules) {
    ag_diags diags = AG_DIAGS_INIT;
    if (!ag_schema_validate(schema, rules, &diags, NULL)) {
        fail_msg("%s", diags.list.items[0].message);
    }
    assert_int_equal(diags.list.n, 0);
}

static void assert_bad(const ag_schema *schema, const ag_validate_rules *rules,
                       const char *message) {
    ag_diags diags = AG_DIAGS_INIT;
    assert_false(ag_schema_validate(schema, rules, &diags, NULL));
    assert_int_equal(diags.list.n, 1);
    if (strstr(diags.list.items[0].message, message) == NULL) {
        fail_msg("got \"%s\"", diags.list.items[0].message);
    }
    ag_diags_release(&diags);
}

static void a_sound_schema_passes(void **state) {
    (void)state;
    ag_schema *schema = ag_schema_new("postgresql");
    ag_table *table = add_table(schema, "t", 1);
    add_key(schema, table, AG_PRIMARY_KEY, "a");
    ag_constraint *fk = add_key(schema, table, AG_FOREIGN_KEY, "b");
    fk->ref_table = "t";
    ag_index *index = ag_table_add_index(schema, table, "i");
    ag_vec_push(schema->arena, &index->keys, ((ag_key){.expr = "lower(a)"}));
    assert_good(schema, &server);
    assert_good(schema, &embedded);
    ag_schema_free(schema);
}

static void tables_and_columns_are_there_once(void **state) {
    (void)state;
    ag_schema *schema = ag_schema_new("sqlite");
    add_table(schema, "t", 1);
    ag_table *other = add_table(schema, "u", 2);
    assert_good(schema, &embedded);
    other->name = "T";
    ag_schema_touch(schema);
    assert_bad(schema, &embedded, "the table \"T\" is defined twice");
    other->name = "u";
    ag_schema_touch(schema);
    ag_table_add_column(schema, other, "A")->type = "integer";
    assert_bad(schema, &embedded, "two columns named \"A\" (case does not count)");
    ag_schema_free(schema);
}

static void names_that_differ_by_case_are_two_on_a_server(void **state) {
    (void)state;
    ag_schema *schema = ag_schema_new("postgresql");
    add_table(schema, "t", 1);
    ag_table *other = add_table(schema, "T", 2);
    ag_table_add_column(schema, other, "A")->type = "integer";
    assert_good(schema, &server);
    ag_schema_free(schema);
}

static void keys_name_columns_that_are_there(void **state) {
    (void)state;
    ag_schema *schema = ag_schema_new("postgresql");
    ag_constraint *key = add_key(schema, add_table(schema, "t", 1), AG_UNIQUE, "z");
    assert_bad(schema, &server, "has no column \"z\"");
    key->keys.items[0].column = "a";
    ag_vec_push(schema->arena, &key->include, "y");
    assert_bad(schema, &server, "has no column \"y\"");
    ag_schema_free(schema);
}

static void a_column_is_in_a_key_once_where_the_server_says_so(void **state) {
    (void)state;
    ag_schema *schema = ag_schema_new("postgresql");
    ag_constraint *key = add_key(schema, add_table(schema, "t", 1), AG_UNIQUE, "a");
    ag_vec_push(schema->arena, &key->keys, ((ag_key){.column = "a"}));
    assert_bad(schema, &server, "names the column \"a\" twice");
    assert_good(schema, &embedded);
    ag_schema_free(schema);
}

static void constraint_names_are_unique_where_the_server_says_so(void **state) {
    (void)state;
    ag_schema *schema = ag_schema_new("postgresql");
    ag_table *table = add_table(schema, "t", 1);
    for (int i = 0; i < 2; i++) {
        ag_constraint *c = ag_table_add_constraint(schema, table, AG_CHECK);
        c->expr = "a > 0";
        c->name = "same";
        c->name_origin = AG_NAME_GIVEN;
    }
    assert_bad(schema, &server, "the constraint \"same\" is defined twice");
    assert_good(schema, &embedded);
    ag_schema_free(schema);
}

static void types_are_needed_where_the_server_says_so(void **state) {
    (void)state;
    ag_schema *schema = ag_schema_new("postgresql");
    add_table(schema, "t", 1)->columns.items[1]->type = "";
    assert_bad(schema, &server, "the column \"b\" has no type");
    assert_good(schema, &embedded);
    ag_schema_free(schema);
}

static void foreign_keys_fit_what_they_refer_to(void **state) {
    (void)state;
    ag_schema *schema = ag_schema_new("postgresql");
    ag_table *table = add_table(schema, "t", 1);
    ag_constraint *fk = add_key(schema, table, AG_FOREIGN_KEY, "b");
    fk->ref_table = "gone";
    assert_false(ag_schema_reference_fits(schema, fk));
    assert_bad(schema, &server, "there is no table \"gone\"");
    ag_constraints external = {&fk, 1, 1};
    ag_validate_rules rules = server;
    rules.external = &external;
    assert_good(schema, &rules);
    fk->ref_table = "t";
    assert_false(ag_schema_reference_fits(schema, fk));
    assert_bad(schema, &server, "has no primary key to refer to");
    ag_constraint *primary = add_key(schema, table, AG_PRIMARY_KEY, "a");
    assert_true(ag_schema_reference_fits(schema, fk));
    assert_good(schema, &server);
    ag_vec_push(schema->arena, &primary->keys, ((ag_key){.column = "c"}));
    assert_bad(schema, &server, "1 column but 2 referred ones of t");
    ag_vec_push(schema->arena, &fk->ref_columns, "nope");
    assert_bad(schema, &server, "has no column \"nope\"");
    ag_schema_free(schema);
}

static void references_that_are_not_unique_are_warned_of(void **state) {
    (void)state;
    ag_schema *schema = ag_schema_new("postgresql");
    ag_table *table = add_table(schema, "t", 1);
    ag_constraint *fk = add_key(schema, table, AG_FOREIGN_KEY, "b");
    ag_diags diags = AG_DIAGS_INIT;
    ag_diags warnings = AG_DIAGS_INIT;
    fk->ref_table = "t";
    ag_vec_push(schema->arena, &fk->ref_columns, "a");
    assert_true(ag_schema_validate(schema, &server, &diags, &warnings));
    assert_int_equal(warnings.list.n, 1);
    assert_int_equal(warnings.list.items[0].line, 9);
    ag_index *index = ag_table_add_index(schema, table, "i");
    index->unique = true;
    ag_vec_push(schema->arena, &index->keys, ((ag_key){.column = "a"}));
    assert_true(ag_schema_validate(schema, &server, &diags, &warnings));
    assert_int_equal(warnings.list.n, 1); /* a unique index will do */
    index->where = "a > 0";
    assert_true(ag_schema_validate(schema, &server, &diags, &warnings));
    assert_int_equal(warnings.list.n, 2); /* but not a partial one */
    ag_diags_release(&diags);
    ag_diags_release(&warnings);
    ag_schema_free(schema);
}

static void values_of_enums_are_there_once(void **state) {
    (void)state;
    ag_schema *schema = ag_schema_new("postgresql");
    ag_enum *e = ag_arena_new_of(schema->arena, ag_enum);
    e->name = "mood";
    ag_vec_push(schema->arena, &e->values, ((ag_enum_value){.name = "x"}));
    ag_vec_push(schema->arena, &e->values, ((ag_enum_value){.name = "X"}));
    ag_vec_push(schema->arena, &schema->enums, e);
    assert_good(schema, &server);
    ag_vec_push(schema->arena, &e->values, ((ag_enum_value){.name = "x"}));
    assert_bad(schema, &server, "the enum mood has the value \"x\" twice");
    ag_schema_free(schema);
}

static void triggers_and_sequences_name_what_is_there(void **state) {
    (void)state;
    ag_schema *schema = ag_schema_new("postgresql");
    add_table(schema, "t", 1);
    ag_object *trigger = ag_schema_add_object(schema, AG_TRIGGER, NULL, "g");
    trigger->table = "gone";
    assert_bad(schema, &server, "there is no table \"gone\"");
    ag_schema_add_object(schema, AG_VIEW, NULL, "v");
    trigger->table = "v";
    assert_good(schema, &server);
    static ag_sequence sequence = {.name = "s", .owner_table = "t", .owner_column = "z"};
    ag_vec_push(schema->arena, &schema->sequences, &sequence);
    assert_bad(schema, &server, "has no column \"z\"");
    ag_schema_free(schema);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_schema_passes),
        cmocka_unit_test(tables_and_columns_are_there_once),
        cmocka_unit_test(names_that_differ_by_case_are_two_on_a_server),
        cmocka_unit_test(keys_name_columns_that_are_there),
        cmocka_unit_test(a_column_is_in_a_key_once_where_the_server_says_so),
        cmocka_unit_test(constraint_names_are_unique_where_the_server_says_so),
        cmocka_unit_test(types_are_needed_where_the_server_says_so),
        cmocka_unit_test(foreign_keys_fit_what_they_refer_to),
        cmocka_unit_test(references_that_are_not_unique_are_warned_of),
        cmocka_unit_test(values_of_enums_are_there_once),
        cmocka_unit_test(triggers_and_sequences_name_what_is_there),
    };
    return cmocka_run_group_tests_name("validate", tests, NULL, NULL);
}
