#include "unit.h"

#include <string.h>

#include "base/str.h"
#include "schema/filter.h"
#include "schema/node.h"

static ag_schema *make(const char *dialect, const char *ns) {
    ag_schema *schema = ag_schema_new(dialect);
    static const char *const names[] = {"users",           "orders",  "tmp_a", "tmp_b",
                                        "alembic_version", "archive", "a_tmp"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ag_schema_add_table(schema, ns, names[i]);
    }
    ag_object *trigger = ag_schema_add_object(schema, AG_TRIGGER, ns, "tr");
    trigger->table = "tmp_a";
    trigger->table_ns = ns;
    ag_object *kept = ag_schema_add_object(schema, AG_TRIGGER, ns, "kept");
    kept->table = "users";
    kept->table_ns = ns;
    ag_schema_add_object(schema, AG_VIEW, ns, "tmp_view");
    static ag_sequence owned;
    owned = (ag_sequence){.ns = ns, .name = "s", .owner_ns = ns, .owner_table = "tmp_b"};
    ag_vec_push(schema->arena, &schema->sequences, &owned);
    return schema;
}

/* The names of the tables that are left, with blanks between. */
static char *left(const ag_schema *schema) {
    char *text = ag_arena_strdup(schema->arena, "");
    for (size_t i = 0; i < schema->tables.n; i++) {
        text = ag_arena_printf(schema->arena, "%s%s%s", text, i == 0 ? "" : " ",
                               schema->tables.items[i]->name);
    }
    return text;
}

static ag_strings one(const char **text) {
    return (ag_strings){text, 1, 1};
}

static void an_empty_filter_keeps_all(void **state) {
    (void)state;
    ag_schema *schema = make("postgresql", "public");
    ag_filter filter = {0};
    assert_true(ag_schema_filter(schema, &filter, NULL));
    assert_int_equal(schema->tables.n, 7);
    assert_int_equal(schema->objects.n, 3);
    ag_schema_free(schema);
}

static void excluded_tables_go_with_what_belongs_to_them(void **state) {
    (void)state;
    ag_schema *schema = make("postgresql", "public");
    const char *pattern = "^tmp_";
    ag_filter filter = {.exclude_tables = one(&pattern)};
    assert_true(ag_schema_filter(schema, &filter, NULL));
    assert_string_equal(left(schema), "users orders alembic_version archive a_tmp");
    assert_int_equal(schema->objects.n, 2);
    assert_non_null(ag_schema_object(schema, AG_TRIGGER, "public", "kept"));
    assert_non_null(ag_schema_object(schema, AG_VIEW, "public", "tmp_view"));
    assert_int_equal(schema->sequences.n, 0);
    assert_null(ag_schema_table(schema, "public", "tmp_a"));
    ag_schema_free(schema);
}

static void only_included_tables_stay(void **state) {
    (void)state;
    ag_schema *schema = make("postgresql", "public");
    const char *include = "tmp";
    const char *exclude = "_b$";
    const char *skip = "a_tmp";
    ag_filter filter = {.include_tables = one(&include),
                        .exclude_tables = one(&exclude),
                        .skip_tables = one(&skip)};
    assert_true(ag_schema_filter(schema, &filter, NULL));
    assert_string_equal(left(schema), "tmp_a");
    ag_schema_free(schema);
}

static void case_matters_as_in_the_database(void **state) {
    (void)state;
    const char *pattern = "^USERS$";
    const char *skip = "ORDERS";
    ag_filter filter = {.exclude_tables = one(&pattern), .skip_tables = one(&skip)};
    ag_schema *schema = make("postgresql", "public");
    assert_true(ag_schema_filter(schema, &filter, NULL));
    assert_int_equal(schema->tables.n, 7);
    ag_schema_free(schema);
    schema = make("sqlite", NULL);
    assert_true(ag_schema_filter(schema, &filter, NULL));
    assert_int_equal(schema->tables.n, 5);
    ag_schema_free(schema);
}

static void partitions_go_with_their_parent(void **state) {
    (void)state;
    ag_schema *schema = make("postgresql", "public");
    ag_table *child = ag_schema_add_table(schema, "public", "child");
    child->parent = "tmp_a";
    child->parent_ns = "public";
    const char *pattern = "^tmp_a$";
    ag_filter filter = {.exclude_tables = one(&pattern)};
    assert_true(ag_schema_filter(schema, &filter, NULL));
    assert_null(ag_schema_table(schema, "public", "child"));
    ag_schema_free(schema);
}

static void bad_patterns_are_input_errors(void **state) {
    (void)state;
    ag_schema *schema = make("postgresql", "public");
    const char *pattern = "tmp_(";
    ag_error err = {0};
    ag_filter filter = {.exclude_tables = one(&pattern)};
    assert_false(ag_schema_filter(schema, &filter, &err));
    assert_int_equal(err.code, AG_INPUT);
    assert_non_null(strstr(err.message, "tmp_("));
    assert_int_equal(schema->tables.n, 7);
    ag_schema_free(schema);
}

static void patterns_that_never_end_are_stopped(void **state) {
    (void)state;
    ag_schema *schema = ag_schema_new("postgresql");
    ag_schema_add_table(schema, NULL, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab");
    const char *pattern = "^(a+)+\\1$";
    ag_error err = {0};
    ag_filter filter = {.exclude_tables = one(&pattern)};
    assert_false(ag_schema_filter(schema, &filter, &err));
    assert_int_equal(err.code, AG_INPUT);
    ag_schema_free(schema);
}

static void names_that_are_no_utf8_do_no_harm(void **state) {
    (void)state;
    ag_schema *schema = ag_schema_new("sqlite");
    ag_schema_add_table(schema, NULL, "tmp_\xFF\xFE");
    ag_schema_add_table(schema, NULL, "\xFFtmp");
    const char *pattern = "^tmp_";
    ag_filter filter = {.exclude_tables = one(&pattern)};
    assert_true(ag_schema_filter(schema, &filter, NULL));
    assert_int_equal(schema->tables.n, 1);
    ag_schema_free(schema);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_filter_keeps_all),
        cmocka_unit_test(excluded_tables_go_with_what_belongs_to_them),
        cmocka_unit_test(only_included_tables_stay),
        cmocka_unit_test(case_matters_as_in_the_database),
        cmocka_unit_test(partitions_go_with_their_parent),
        cmocka_unit_test(bad_patterns_are_input_errors),
        cmocka_unit_test(patterns_that_never_end_are_stopped),
        cmocka_unit_test(names_that_are_no_utf8_do_no_harm),
    };
    return cmocka_run_group_tests_name("filter", tests, NULL, NULL);
}
