/* The order of operations: what must come first does, and the same input gives the same list. */
#include "diff_kit.h"

static ag_table *with_column(ag_schema *s, const char *name, const char *column) {
    ag_table *t = kit_users(s, name, "x");
    kit_column(s, t, column, "bigint");
    return t;
}

static void referenced_tables_are_made_first_and_dropped_last(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    kit_reference(k.to, with_column(k.to, "a", "b_id"), "fk_a", "b_id", "b", "id");
    kit_reference(k.to, with_column(k.to, "b", "c_id"), "fk_b", "c_id", "c", "id");
    kit_index(k.to, kit_users(k.to, "c", "x"), "ix_c", "x");
    kit_expect(&k, "create table c\n"
                   "create index ix_c on c\n"
                   "create table b\n"
                   "create table a\n");
    ag_schema *empty = k.from;
    k.from = k.to;
    k.to = empty;
    kit_expect(&k, "drop table a\n"
                   "drop table b\n"
                   "drop index ix_c on c\n"
                   "drop table c\n");
    kit_free(&k);
}

static void mutual_references_become_later_constraints(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    kit_reference(k.to, with_column(k.to, "a", "b_id"), "fk_a", "b_id", "b", "id");
    kit_reference(k.to, with_column(k.to, "b", "a_id"), "fk_b", "a_id", "a", "id");
    kit_expect(&k, "create table a\n"
                   "create table b\n"
                   "add foreign key fk_a on a (b_id) to b (id)\n");
    assert_true(k.result.ops->list.items[2]->on_new_table);
    assert_int_equal(k.result.ops->list.items[0]->after.table->constraints.n, 1);
    assert_int_equal(k.result.ops->list.items[1]->after.table->constraints.n, 2);
    kit_expect_down(&k, "drop foreign key fk_a on a (b_id) to b (id)\n"
                        "drop table b\n"
                        "drop table a\n");
    ag_schema *empty = k.from;
    k.from = k.to;
    k.to = empty;
    kit_diff(&k);
    assert_int_equal(k.result.ops->list.n, 3);
    assert_int_equal(k.result.ops->list.items[0]->kind, AG_OP_DROP_CONSTRAINT);
    kit_free(&k);
}

static void reference_to_itself_stays_inside(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    kit_reference(k.to, with_column(k.to, "a", "parent"), "fk", "parent", "a", "id");
    kit_expect(&k, "create table a\n");
    kit_free(&k);
}

static void reference_to_a_unique_index_waits_for_it(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    ag_table *a = with_column(k.to, "a", "code");
    kit_index(k.to, a, "ix_code", "code")->unique = true;
    kit_reference(k.to, a, "fk_self", "id", "a", "code");
    kit_reference(k.to, with_column(k.to, "b", "a_code"), "fk", "a_code", "a", "code");
    kit_expect(&k, "create table a\n"
                   "create index ix_code on a\n"
                   "create table b\n"
                   "add foreign key fk_self on a (id) to a (code)\n");
    kit_free(&k);
}

static void late_binding_keeps_mutual_references_inside(void **state) {
    (void)state;
    kit k = kit_new(&loose_dialect);
    kit_reference(k.to, with_column(k.to, "a", "b_id"), "fk_a", "b_id", "b", "id");
    kit_reference(k.to, with_column(k.to, "b", "a_id"), "fk_b", "a_id", "a", "id");
    kit_reference(k.to, with_column(k.to, "c", "d_id"), "fk_c", "d_id", "d", "id");
    kit_users(k.to, "d", "x");
    kit_expect(&k, "create table a\n"
                   "create table b\n"
                   "create table d\n"
                   "create table c\n");
    kit_free(&k);
}

static void types_and_sequences_come_before_the_tables_that_use_them(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    kit_enum(k.to, "zmood", "ok,sad");
    ag_sequence *sequence = kit_sequence(k.to, "zseq");
    sequence->owner_ns = "public";
    sequence->owner_table = "a";
    sequence->owner_column = "n";
    ag_table *a = kit_table(k.to, "a");
    kit_column(k.to, a, "mood", "public.zmood[]");
    kit_column(k.to, a, "n", "bigint")->default_expr = "nextval('public.zseq'::regclass)";
    kit_expect(&k, "create enum zmood\n"
                   "create sequence zseq\n"
                   "create table a\n"
                   "alter sequence zseq: owned by a.n\n");
    kit_expect_down(&k, "alter sequence zseq: owned by none\n"
                        "drop table a\n"
                        "drop sequence zseq\n"
                        "drop enum zmood\n");
    ag_schema *empty = k.from;
    k.from = k.to;
    k.to = empty;
    kit_expect(&k, "alter sequence zseq: owned by none\n"
                   "drop table a\n"
                   "drop sequence zseq\n"
                   "drop enum zmood\n");
    kit_free(&k);
}

static void last_user_of_a_type_goes_before_it(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    kit_enum(k.from, "mood", "ok,sad");
    kit_column(k.from, kit_users(k.from, "users", "email"), "m", "mood");
    kit_column(k.to, kit_users(k.to, "users", "email"), "m", "text");
    kit_expect(&k, "alter column users.m: type mood -> text\n"
                   "drop enum mood\n");
    kit_expect_down(&k, "create enum mood\n"
                        "alter column users.m: type text -> mood\n");
    kit_free(&k);
}

static void function_comes_before_the_check_that_calls_it(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    kit_check(k.to, kit_users(k.to, "a", "x"), "ck", "valid(x)");
    kit_object(k.to, AG_FUNCTION, "valid", "CREATE FUNCTION valid(text) …")->signature = "(text)";
    kit_object(k.to, AG_FUNCTION, "body", "CREATE FUNCTION body() … SELECT x FROM a …");
    kit_expect(&k, "create function valid(text)\n"
                   "create table a\n"
                   "create function body\n");
    kit_free(&k);
}

static void views_follow_their_tables_and_each_other(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    kit_object(k.to, AG_VIEW, "a", "CREATE VIEW a AS SELECT x FROM b");
    kit_object(k.to, AG_VIEW, "b", "CREATE VIEW b AS SELECT x FROM t");
    kit_object(k.to, AG_MATVIEW, "c", "CREATE MATERIALIZED VIEW c AS SELECT 1");
    const char *key = ag_node_key(k.to->arena, AG_VIEW, "public", "a");
    ag_vec_push(k.to->arena, &k.to->objects.items[2]->depends, key);
    ag_index *index = ag_arena_new_of(k.to->arena, ag_index);
    *index = (ag_index){.name = "ix_c"};
    kit_put_keys(k.to, &index->keys, "x");
    ag_vec_push(k.to->arena, &k.to->objects.items[2]->indexes, index);
    kit_users(k.to, "t", "x");
    kit_expect(&k, "create table t\n"
                   "create view b\n"
                   "create view a\n"
                   "create materialized view c\n"
                   "create index ix_c on c\n");
    ag_schema *empty = k.from;
    k.from = k.to;
    k.to = empty;
    kit_expect(&k, "drop index ix_c on c\n"
                   "drop materialized view c\n"
                   "drop view a\n"
                   "drop view b\n"
                   "drop table t\n");
    kit_free(&k);
}

static void changed_constraint_goes_before_it_comes(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    kit_check(k.from, kit_users(k.from, "a", "x"), "ck", "x > 1");
    kit_check(k.to, kit_users(k.to, "a", "x"), "ck", "x > 9");
    kit_expect(&k, "drop check constraint ck on a (x > 1)\n"
                   "add check constraint ck on a (x > 9)\n");
    kit_free(&k);
}

static void name_is_free_before_it_is_taken(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    ag_table *a = kit_users(k.from, "a", "x");
    kit_index(k.from, a, "shared", "x");
    ag_table *b = kit_users(k.to, "a", "x");
    kit_constraint(k.to, b, AG_UNIQUE, "shared", "x");
    kit_users(k.from, "z", "x");
    kit_object(k.to, AG_VIEW, "z", "CREATE VIEW z AS SELECT 1");
    kit_expect(&k, "drop index shared on a\n"
                   "add unique constraint shared on a (x)\n"
                   "drop table z\n"
                   "create view z\n");
    kit_free(&k);
}

static void reference_waits_for_a_key_added_in_the_same_list(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    for (int i = 0; i < 2; i++) {
        ag_schema *s = i == 0 ? k.from : k.to;
        ag_table *a = with_column(s, "a", "z_code");
        ag_table *z = with_column(s, "z", "code");
        if (i == 1) {
            kit_reference(s, a, "fk", "z_code", "z", "code");
            kit_constraint(s, z, AG_UNIQUE, "uq", "code");
        }
    }
    kit_expect(&k, "add unique constraint uq on z (code)\n"
                   "add foreign key fk on a (z_code) to z (code)\n");
    ag_schema *before = k.from;
    k.from = k.to;
    k.to = before;
    kit_expect(&k, "drop foreign key fk on a (z_code) to z (code)\n"
                   "drop unique constraint uq on z (code)\n");
    kit_free(&k);
}

static void references_step_aside_for_a_changed_key(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    for (int i = 0; i < 2; i++) {
        ag_schema *s = i == 0 ? k.from : k.to;
        ag_constraint *key =
            kit_constraint(s, with_column(s, "a", "code"), AG_UNIQUE, "uq", "code");
        key->nulls_not_distinct = i == 1;
        kit_reference(s, with_column(s, "b", "a_code"), "fk", "a_code", "a", "code");
    }
    kit_expect(&k, "drop foreign key fk on b (a_code) to a (code)\n"
                   "drop unique constraint uq on a (code)\n"
                   "add unique constraint uq on a (code)\n"
                   "add foreign key fk on b (a_code) to a (code)\n");
    assert_true(k.result.ops->list.items[0]->is_remade);
    kit_free(&k);
}

static void views_step_aside_for_a_changed_type(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    for (int i = 0; i < 2; i++) {
        ag_schema *s = i == 0 ? k.from : k.to;
        ag_table *t = kit_users(s, "t", "x");
        t->columns.items[1]->type = i == 0 ? "text" : "varchar(9)";
        kit_object(s, AG_VIEW, "v", "CREATE VIEW v AS SELECT t.x FROM public.t");
        kit_object(s, AG_VIEW, "over", "CREATE VIEW over AS SELECT * FROM v");
        kit_object(s, AG_VIEW, "other", "CREATE VIEW other AS SELECT id FROM t");
    }
    kit_expect(&k, "drop view over\n"
                   "drop view v\n"
                   "alter column t.x: type text -> varchar(9)\n"
                   "create view v\n"
                   "create view over\n");
    k.dialect = &loose_dialect;
    kit_expect(&k, "alter column t.x: type text -> varchar(9)\n");
    kit_free(&k);
}

static void added_enum_value_precedes_its_use(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    for (int i = 0; i < 2; i++) {
        ag_schema *s = i == 0 ? k.from : k.to;
        kit_enum(s, "zmood", i == 0 ? "ok,sad" : "ok,glad,sad");
        ag_column *c = kit_column(s, kit_users(s, "a", "x"), "m", "zmood");
        c->default_expr = i == 0 ? "'ok'" : "'glad'";
    }
    kit_expect(&k, "alter enum zmood: add value glad after ok\n"
                   "alter column a.m: default 'ok' -> 'glad'\n");
    kit_free(&k);
}

static void circle_that_cannot_be_cut_is_printed(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    for (int i = 0; i < 2; i++) {
        ag_object *view =
            kit_object(k.to, AG_VIEW, i == 0 ? "a" : "b", "CREATE VIEW … AS SELECT 1");
        const char *key = ag_node_key(k.to->arena, AG_VIEW, "public", i == 0 ? "b" : "a");
        ag_vec_push(k.to->arena, &view->depends, key);
    }
    assert_string_equal(kit_diff(&k), "these changes need each other: create view a -> create "
                                      "view b -> create view a");
    assert_int_equal(k.err.code, AG_INPUT);
    kit_free(&k);
}

static void order_does_not_depend_on_the_order_of_the_model(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    static const char *const names[] = {"d", "b", "a", "e", "c"};
    for (size_t i = 0; i < 5; i++) {
        ag_table *t = with_column(k.to, names[i], "next");
        kit_index(k.to, t, ag_arena_printf(k.to->arena, "ix_%s", names[i]), "x");
        kit_reference(k.to, t, "fk", "next", names[(i + 1) % 5], "id");
    }
    ag_arena *arena = ag_arena_new();
    const char *first = ag_arena_strdup(arena, kit_diff(&k));
    ag_table *kept = k.to->tables.items[0];
    for (size_t i = 0; i < 4; i++) {
        k.to->tables.items[i] = k.to->tables.items[i + 1];
    }
    k.to->tables.items[4] = kept;
    ag_schema_touch(k.to);
    kit_expect(&k, first);
    ag_arena_free(arena);
    kit_free(&k);
}

static void not_valid_constraints_of_new_tables_stand_alone(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    kit_check(k.to, kit_users(k.to, "a", "x"), "ck", "x > 1")->not_valid = true;
    kit_expect(&k, "create table a\n"
                   "add check constraint ck on a (x > 1)\n");
    kit_expect_down(&k, "drop check constraint ck on a (x > 1)\n"
                        "drop table a\n");
    kit_free(&k);
}

static void parts_of_dropped_tables_go_with_them_even_when_uncovered(void **state) {
    (void)state;
    kit k = kit_new(&loose_dialect);
    kit_users(k.from, "t", "x");
    kit_object(k.from, AG_TRIGGER, "trg", "CREATE TRIGGER trg AFTER INSERT ON t BEGIN …")->table =
        "t";
    k.to->covers &= ~((uint64_t)1 << AG_TRIGGER);
    kit_expect(&k, "drop trigger trg on t\n"
                   "drop table t\n");
    kit_free(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(referenced_tables_are_made_first_and_dropped_last),
        cmocka_unit_test(mutual_references_become_later_constraints),
        cmocka_unit_test(reference_to_itself_stays_inside),
        cmocka_unit_test(reference_to_a_unique_index_waits_for_it),
        cmocka_unit_test(late_binding_keeps_mutual_references_inside),
        cmocka_unit_test(types_and_sequences_come_before_the_tables_that_use_them),
        cmocka_unit_test(last_user_of_a_type_goes_before_it),
        cmocka_unit_test(function_comes_before_the_check_that_calls_it),
        cmocka_unit_test(views_follow_their_tables_and_each_other),
        cmocka_unit_test(changed_constraint_goes_before_it_comes),
        cmocka_unit_test(name_is_free_before_it_is_taken),
        cmocka_unit_test(reference_waits_for_a_key_added_in_the_same_list),
        cmocka_unit_test(references_step_aside_for_a_changed_key),
        cmocka_unit_test(views_step_aside_for_a_changed_type),
        cmocka_unit_test(added_enum_value_precedes_its_use),
        cmocka_unit_test(circle_that_cannot_be_cut_is_printed),
        cmocka_unit_test(order_does_not_depend_on_the_order_of_the_model),
        cmocka_unit_test(not_valid_constraints_of_new_tables_stand_alone),
        cmocka_unit_test(parts_of_dropped_tables_go_with_them_even_when_uncovered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
