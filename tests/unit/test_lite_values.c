/* Which values of enums the rows of a rebuilt table have to follow. */
#include "unit.h"

#include "dialect/lite/rebuild.h"
#include "schema/node.h"

typedef struct renamed {
    const char *name, *from;
} renamed;

/* The steps of a table with a check of these texts whose model has these values: "a>b c>d". */
static void assert_due(const char *check, const renamed *values, size_t n, const char *expected) {
    ag_arena *arena = ag_arena_new();
    ag_enum_values list = {NULL, 0, 0};
    for (size_t i = 0; i < n; i++) {
        ag_enum_value value = {.name = values[i].name, .renamed_from = values[i].from};
        ag_vec_push(arena, &list, value);
    }
    ag_schema *schema = ag_schema_new("sqlite");
    ag_table *table = ag_schema_add_table(schema, NULL, "t");
    ag_constraint *constraint = ag_table_add_constraint(schema, table, AG_CHECK);
    constraint->inline_column = "s";
    constraint->values = list;
    const char *sql = ag_arena_printf(arena, "CREATE TABLE t (s TEXT, u TEXT, %s)", check);
    ag_lite_values found = {NULL, 0, 0};
    assert_true(ag_lite_find_values(arena, sql, table, &found, NULL));
    ag_buf out = AG_BUF_INIT;
    for (size_t i = 0; i < found.n; i++) {
        assert_string_equal(found.items[i].column, "s");
        ag_buf_printf(&out, "%s%s>%s", i > 0 ? " " : "", found.items[i].from, found.items[i].to);
    }
    assert_string_equal(ag_buf_text(&out), expected);
    ag_buf_release(&out);
    ag_schema_free(schema);
    ag_arena_free(arena);
}

#define ASSERT_DUE(check, expected, ...)                                                           \
    do {                                                                                           \
        const renamed list[] = {__VA_ARGS__};                                                      \
        assert_due(check, list, sizeof list / sizeof *list, expected);                             \
    } while (0)

static void a_renamed_value_is_due_while_the_table_has_the_old_one(void **state) {
    (void)state;
    ASSERT_DUE("CHECK (s IN ('a', 'c'))", "a>b", {"b", "a"}, {"c", NULL});
    ASSERT_DUE("CHECK (\"S\" IN ('it''s'))", "it's>b", {"b", "it's"});
}

static void a_rename_that_was_done_is_not_done_again(void **state) {
    (void)state;
    ASSERT_DUE("CHECK (s IN ('b', 'c'))", "", {"b", "a"}, {"c", NULL});
    ASSERT_DUE("CHECK (s IN ('b', 'c'))", "", {"b", "a"}, {"c", "b"});
    ASSERT_DUE("CHECK (s IN ('a', 'b'))", "", {"b", "a"}, {"a", NULL});
}

static void a_name_that_is_given_up_may_be_taken(void **state) {
    (void)state;
    ASSERT_DUE("CHECK (s IN ('a', 'b'))", "a>b b>c", {"b", "a"}, {"c", "b"});
}

static void checks_of_other_columns_say_nothing(void **state) {
    (void)state;
    ASSERT_DUE("CHECK (u IN ('a', 'c'))", "", {"b", "a"}, {"c", NULL});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_renamed_value_is_due_while_the_table_has_the_old_one),
        cmocka_unit_test(a_rename_that_was_done_is_not_done_again),
        cmocka_unit_test(a_name_that_is_given_up_may_be_taken),
        cmocka_unit_test(checks_of_other_columns_say_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
