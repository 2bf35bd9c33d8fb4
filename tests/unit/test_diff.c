/* What the differ finds between two schemas, kind by kind. */
#include "diff_kit.h"

static void equal_schemas_have_no_difference(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    for (int i = 0; i < 2; i++) {
        ag_schema *s = i == 0 ? k.from : k.to;
        ag_table *t = kit_users(s, "users", "email");
        kit_check(s, t, "ck", i == 0 ? "(length(email) > 3)" : "length(email) > 3");
        kit_index(s, t, "ix_users_email", "email");
        kit_enum(s, "mood", "ok,sad");
        kit_object(s, AG_VIEW, "v",
                   i == 0 ? "CREATE VIEW v AS SELECT 1" : "create view v as\nselect 1");
    }
    kit_expect(&k, "");
    kit_free(&k);
}

static void new_table_comes_with_its_indexes_and_goes_with_them(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    kit_index(k.to, kit_users(k.to, "users", "email"), "ix_users_email", "email");
    kit_expect(&k, "create table users\n"
                   "create index ix_users_email on users\n");
    assert_true(k.result.ops->list.items[1]->on_new_table);
    assert_int_equal(k.result.ops->list.items[0]->after.table->indexes.n, 0);
    kit_expect_down(&k, "drop index ix_users_email on users\n"
                        "drop table users\n");
    kit_free(&k);
}

static void dropped_table_drops_its_indexes_before_so_that_the_way_back_makes_them(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    kit_index(k.from, kit_users(k.from, "users", "email"), "ix_users_email", "email");
    kit_expect(&k, "drop index ix_users_email on users\n"
                   "drop table users\n");
    assert_true(k.result.ops->list.items[0]->on_dropped_table);
    kit_expect_down(&k, "create table users\n"
                        "create index ix_users_email on users\n");
    kit_free(&k);
}

static void uncovered_kinds_are_left_alone(void **state) {
    (void)state;
    kit k = kit_new(&loose_dialect);
    kit_users(k.from, "users", "email");
    kit_users(k.to, "users", "email");
    kit_object(k.from, AG_VIEW, "v", "CREATE VIEW v AS SELECT 1");
    k.to->covers &= ~((uint64_t)1 << AG_VIEW);
    kit_expect(&k, "");
    kit_free(&k);
}

static void every_column_property_is_compared(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    ag_table *a = kit_users(k.from, "users", "email");
    ag_table *b = kit_users(k.to, "users", "email");
    ag_column *c = kit_column(k.from, a, "c", "text");
    ag_column *d = kit_column(k.to, b, "c", "varchar(20)");
    d->nullable = false;
    d->default_expr = "'x'";
    d->collation = "C";
    d->storage = "external";
    d->compression = "lz4";
    d->statistics = 100;
    d->comment = "a comment";
    c->comment = "old";
    kit_expect(&k, "alter column users.c: type text -> varchar(20), set not null, set default "
                   "'x', set collation C, set storage external, set compression lz4, set "
                   "statistics 100\n"
                   "comment on column users.c: a comment\n");
    kit_expect_down(&k, "comment on column users.c: old\n"
                        "alter column users.c: type varchar(20) -> text, drop not null, drop "
                        "default 'x', drop collation C, drop storage external, drop compression "
                        "lz4, reset statistics\n");
    kit_free(&k);
}

static void unchanged_properties_of_an_altered_column_have_one_spelling(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    ag_column *c = kit_column(k.from, kit_users(k.from, "users", "email"), "n", "integer");
    ag_column *d = kit_column(k.to, kit_users(k.to, "users", "email"), "n", "int");
    c->default_expr = "(1)";
    d->default_expr = "1";
    d->nullable = false;
    kit_expect(&k, "alter column users.n: set not null\n");
    kit_free(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_schemas_have_no_difference),
        cmocka_unit_test(new_table_comes_with_its_indexes_and_goes_with_them),
        cmocka_unit_test(dropped_table_drops_its_indexes_before_so_that_the_way_back_makes_them),
        cmocka_unit_test(uncovered_kinds_are_left_alone),
        cmocka_unit_test(every_column_property_is_compared),
        cmocka_unit_test(unchanged_properties_of_an_altered_column_have_one_spelling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
