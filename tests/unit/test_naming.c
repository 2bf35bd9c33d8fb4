#include "unit.h"

#include <string.h>

#include "base/str.h"
#include "schema/naming.h"
#include "schema/node.h"

static void patterns_are_checked(void **state) {
    (void)state;
    ag_error err = {0};
    assert_true(ag_naming_check("ix_{table}_{columns}", &err));
    assert_true(ag_naming_check("plain", &err));
    assert_true(ag_naming_check("", &err));
    assert_true(ag_naming_check("{column}{referred_table}{referred_columns}{name}", &err));
    assert_false(ag_naming_check("ix_{tabel}", &err));
    assert_non_null(strstr(err.hint, "{referred_table}"));
    assert_false(ag_naming_check("ix_{", &err));
    assert_false(ag_naming_check("ix_{table", &err));
    assert_false(ag_naming_check("ix_}", &err));
    assert_false(ag_naming_check("{a{table}}", &err));
    assert_false(ag_naming_check("{}", &err));
    assert_int_equal(err.code, AG_INPUT);
}

static void long_names_are_cut_to_distinct_ones(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    char a[101];
    memset(a, 'a', 100);
    a[100] = '\0';
    char *b = ag_arena_printf(arena, "%.99sb", a);
    const char *short_a = ag_name_shorten(arena, a, 63);
    const char *short_b = ag_name_shorten(arena, b, 63);
    assert_int_equal(strlen(short_a), 63);
    assert_string_not_equal(short_a, short_b);
    assert_string_equal(short_a, ag_name_shorten(arena, a, 63));
    assert_int_equal(strncmp(short_a, a, 54), 0);
    assert_string_equal(ag_name_shorten(arena, "fits", 63), "fits");
    assert_ptr_equal(ag_name_shorten(arena, a, 0), a);
    ag_arena_free(arena);
}

static void a_cut_never_splits_a_character(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    for (size_t max = 12; max < 40; max++) {
        const char *name = ag_name_shorten(
            arena,
            "\xE2\x82\xAC\xE2\x82\xAC\xC3\xA9\xF0\x9F\x98\x80\xE2\x82\xAC\xE2\x82\xAC\xE2"
            "\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82"
            "\xAC\xE2\x82\xAC",
            max);
        assert_true(strlen(name) <= max);
        assert_true(ag_utf8_valid(name, strlen(name), NULL));
    }
    ag_arena_free(arena);
}

static void only_what_has_no_name_is_named(void **state) {
    (void)state;
    ag_schema *schema = ag_schema_new("postgresql");
    ag_table *t = ag_schema_add_table(schema, "public", "t");
    ag_constraint *given = ag_table_add_constraint(schema, t, AG_UNIQUE);
    given->name = "mine";
    given->name_origin = AG_NAME_GIVEN;
    ag_constraint *fk = ag_table_add_constraint(schema, t, AG_FOREIGN_KEY);
    fk->ref_table = "t";
    fk->ref_namespace = "public";
    ag_vec_push(schema->arena, &fk->keys, ((ag_key){.column = "a"}));
    ag_constraint *pk = ag_table_add_constraint(schema, t, AG_PRIMARY_KEY);
    ag_vec_push(schema->arena, &pk->keys, ((ag_key){.column = "x"}));
    ag_vec_push(schema->arena, &pk->keys, ((ag_key){.column = "y"}));
    ag_constraint *check = ag_table_add_constraint(schema, t, AG_CHECK);
    check->expr = "a > 0";
    ag_naming naming = {.pk = "pk_{table}_{columns}",
                        .uq = "uq_{table}",
                        .fk = "fk_{column}_{referred_table}_{referred_columns}",
                        .ck = "ck_{table}_{name}"};
    ag_naming_apply(schema, &naming, 63);
    assert_string_equal(given->name, "mine");
    assert_int_equal(given->name_origin, AG_NAME_GIVEN);
    assert_string_equal(pk->name, "pk_t_x_y");
    assert_string_equal(fk->name, "fk_a_t_x_y");
    assert_int_equal(fk->name_origin, AG_NAME_CONVENTION);
    assert_null(check->name); /* its pattern wants a {name} it does not have */
    assert_int_equal(check->name_origin, AG_NAME_NONE);
    ag_schema_free(schema);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_are_checked),
        cmocka_unit_test(long_names_are_cut_to_distinct_ones),
        cmocka_unit_test(a_cut_never_splits_a_character),
        cmocka_unit_test(only_what_has_no_name_is_named),
    };
    return cmocka_run_group_tests_name("naming", tests, NULL, NULL);
}
