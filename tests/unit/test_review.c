/* Which hazards an operation has, and how they are worded. */
#include "review/review.h"

#include "diff_kit.h"

static unsigned kit_effects(const ag_op *op) {
    switch ((int)op->kind) {
    case AG_OP_ALTER_COLUMN:
        return ag_text_eq(op->before.column->type, op->after.column->type)
                   ? 0
                   : (unsigned)(AG_REWRITES_TABLE | AG_BLOCKS_ALL | AG_CASTS_TYPE |
                                AG_NARROWS_TYPE);
    case AG_OP_CREATE_INDEX:
        return AG_BUILDS_INDEX | AG_NO_TRANSACTION;
    case AG_OP_DROP_COLUMN:
        return AG_LOSES_POSITION;
    default:
        return 0;
    }
}

static const char *hazards_of(kit *k, const ag_ops *ops) {
    ag_dialect dialect = *k->dialect;
    dialect.effects = kit_effects;
    ag_arena *arena = ag_arena_new();
    ag_buf_clear(&k->text);
    for (size_t i = 0; i < ops->list.n; i++) {
        ag_hazards hazards = {NULL, 0, 0};
        ag_review_op(arena, &dialect, ops->list.items[i], &hazards);
        for (size_t j = 0; j < hazards.n; j++) {
            assert_non_null(hazards.items[j].code);
            ag_buf_printf(&k->text, "%s\n", hazards.items[j].text);
        }
    }
    ag_arena_free(arena);
    return ag_buf_text(&k->text);
}

static void expect_up(kit *k, const char *lines) {
    kit_diff(k);
    assert_string_equal(k->err.message, "");
    assert_string_equal(hazards_of(k, k->result.ops), lines);
}

static void expect_down(kit *k, const char *lines) {
    ag_ops *down = ag_ops_invert(k->result.ops);
    assert_string_equal(hazards_of(k, down), lines);
    ag_ops_free(down);
}

static void new_table_has_no_hazards_and_its_way_back_loses_its_rows(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    ag_table *t = kit_users(k.to, "users", "email");
    kit_index(k.to, t, "ix", "email")->unique = true;
    kit_object(k.to, AG_TRIGGER, "trg", "CREATE TRIGGER trg …")->table = "users";
    expect_up(&k, "");
    expect_down(&k, "loses data: every row of users\n"
                    "breaks running clients: those that still use users\n");
    kit_free(&k);
}

static void column_hazards_name_the_column(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    ag_table *a = kit_users(k.from, "users", "email");
    ag_table *b = kit_users(k.to, "users", "email");
    kit_column(k.from, a, "mail", "text");
    kit_column(k.from, a, "n", "text");
    kit_column(k.to, b, "n", "integer");
    kit_column(k.to, b, "strict", "text")->nullable = false;
    kit_column(k.to, b, "filled", "bigint")->nullable = false;
    b->columns.items[b->columns.n - 1]->default_expr = "0";
    b->columns.items[1]->nullable = false;
    expect_up(&k, "may fail on existing rows: users.strict is NOT NULL and has no default\n"
                  "may fail on existing rows: NULLs in users.email\n"
                  "loses data: values of users.n that do not fit into integer\n"
                  "may fail on existing rows: values of users.n that cannot become integer\n"
                  "rewrites table: users\n"
                  "blocks reads and writes: users\n"
                  "loses data: every value of users.mail\n"
                  "breaks running clients: those that still use users.mail\n"
                  "comes back as the last column: users.mail\n");
    kit_free(&k);
}

static void constraints_and_unique_indexes_name_the_rows_in_their_way(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    for (int i = 0; i < 2; i++) {
        ag_schema *s = i == 0 ? k.from : k.to;
        ag_table *users = kit_users(s, "users", "email");
        ag_table *posts = kit_users(s, "posts", "title");
        kit_column(s, posts, "user_id", "bigint");
        if (i == 1) {
            kit_constraint(s, users, AG_UNIQUE, "uq", "email");
            kit_check(s, users, "ck", "length(email) > 3");
            kit_reference(s, posts, "fk", "user_id", "users", "id");
            kit_reference(s, posts, "fk_later", "user_id", "users", "id")->not_valid = true;
            kit_index(s, posts, "ix_title", "title")->unique = true;
        }
    }
    expect_up(&k, "may fail on existing rows: duplicates in posts (title)\n"
                  "builds index: ix_title\n"
                  "cannot run in a transaction: ix_title\n"
                  "may fail on existing rows: rows of posts (user_id) without a match in users\n"
                  "may fail on existing rows: rows of users that do not fulfil length(email) > 3\n"
                  "may fail on existing rows: duplicates in users (email)\n");
    kit_free(&k);
}

static void renames_break_clients(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    kit_users(k.from, "people", "mail");
    kit_users(k.to, "users", "email");
    kit_rename(&k, "people", "users");
    kit_rename(&k, "people.mail", "users.email");
    expect_up(&k, "breaks running clients: those that know people by its old name\n"
                  "breaks running clients: those that know users.mail by its old name\n");
    kit_free(&k);
}

static void removed_enum_value_may_be_in_rows(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    kit_enum(k.from, "mood", "ok,sad,bored");
    kit_enum(k.to, "mood", "ok,glad,bored")->values.items[1].renamed_from = "sad";
    expect_up(&k, "");
    k.to->enums.items[0]->values.n = 2;
    expect_up(&k, "loses data: value 'bored' of mood\n"
                  "may fail on existing rows: rows that hold 'bored' of mood\n");
    expect_down(&k, "");
    kit_free(&k);
}

static void view_that_is_made_anew_breaks_nobody(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    kit_object(k.from, AG_VIEW, "v", "CREATE VIEW v AS SELECT 1");
    kit_object(k.from, AG_VIEW, "w", "CREATE VIEW w AS SELECT 1");
    kit_object(k.to, AG_VIEW, "v", "CREATE VIEW v AS SELECT 2");
    expect_up(&k, "breaks running clients: those that still use w\n");
    kit_free(&k);
}

static void row_security_and_policies_change_access(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    kit_users(k.from, "users", "email");
    kit_users(k.to, "users", "email")->row_security = true;
    ag_object *policy = kit_object(k.to, AG_POLICY, "own", "CREATE POLICY own ON users");
    policy->table_ns = "public";
    policy->table = "users";
    expect_up(&k, "changes access: row security of users\n"
                  "changes access: policy own on users\n");
    kit_free(&k);
}

static void rebuild_has_the_hazards_of_the_changes_behind_it(void **state) {
    (void)state;
    ag_op change = {.kind = AG_OP_DROP_COLUMN, .object = AG_COLUMN, .table = "t", .name = "c"};
    ag_column column = {.name = "c", .type = "text"};
    change.before.column = &column;
    const ag_op *changes[] = {&change};
    ag_rebuild rebuild = {.table = "t"};
    rebuild.changes.items = changes;
    rebuild.changes.n = 1;
    ag_op op = {.kind = AG_OP_REBUILD_TABLE, .object = AG_TABLE, .name = "t"};
    op.before.rebuild = op.after.rebuild = &rebuild;
    ag_arena *arena = ag_arena_new();
    ag_hazards hazards = {NULL, 0, 0};
    ag_review_op(arena, &ag_dialect_sqlite, &op, &hazards);
    assert_int_equal(hazards.n, 3);
    assert_string_equal(hazards.items[0].text, "loses data: every value of t.c");
    assert_string_equal(hazards.items[2].text, "rewrites table: t");
    ag_arena_free(arena);
}

static void sqlite_fills_nulls_with_the_default(void **state) {
    (void)state;
    ag_column before = {.name = "c", .type = "text", .nullable = true};
    ag_column after = {.name = "c", .type = "text", .default_expr = "''"};
    ag_op op = {.kind = AG_OP_ALTER_COLUMN, .object = AG_COLUMN, .table = "t", .name = "c"};
    op.before.column = &before;
    op.after.column = &after;
    ag_arena *arena = ag_arena_new();
    ag_hazards hazards = {NULL, 0, 0};
    ag_review_op(arena, &ag_dialect_sqlite, &op, &hazards);
    assert_int_equal(hazards.n, 0);
    after.default_expr = NULL;
    ag_review_op(arena, &ag_dialect_sqlite, &op, &hazards);
    assert_int_equal(hazards.n, 1);
    assert_string_equal(hazards.items[0].text, "may fail on existing rows: NULLs in t.c");
    ag_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_table_has_no_hazards_and_its_way_back_loses_its_rows),
        cmocka_unit_test(column_hazards_name_the_column),
        cmocka_unit_test(constraints_and_unique_indexes_name_the_rows_in_their_way),
        cmocka_unit_test(renames_break_clients),
        cmocka_unit_test(removed_enum_value_may_be_in_rows),
        cmocka_unit_test(view_that_is_made_anew_breaks_nobody),
        cmocka_unit_test(row_security_and_policies_change_access),
        cmocka_unit_test(rebuild_has_the_hazards_of_the_changes_behind_it),
        cmocka_unit_test(sqlite_fills_nulls_with_the_default),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
