/* Lists of operations: copies, inversion, and the line that describes each kind. */
#include "op/op.h"

#include <string.h>

#include "base/str.h"
#include "schema/access.h"
#include "schema/node.h"
#include "unit.h"

static ag_column column_email = {.name = "email", .type = "varchar(20)", .nullable = true};
static ag_column column_email_new = {.name = "email", .type = "text", .default_expr = "''"};
static ag_namespace ns_app = {.name = "app"};
static ag_extension ext = {.name = "citext", .version = "1.5"};
static ag_extension ext_new = {.name = "citext", .version = "1.6", .ns = "app"};
static ag_enum_value values_old[] = {
    {.name = "new", .renamed_from = "fresh"}, {.name = "paid"}, {.name = "lost"}};
static ag_enum_value values_new[] = {{.name = "draft"},
                                     {.name = "paid"},
                                     {.name = "fresh", .renamed_from = "new"},
                                     {.name = "sent"}};
static ag_enum enum_old = {.ns = "public", .name = "status", .values = {values_old, 3, 3}};
static ag_enum enum_new = {.ns = "public", .name = "status", .values = {values_new, 4, 4}};
static ag_constraint domain_check = {.kind = AG_CHECK, .name = "positive", .expr = "VALUE > 0"};
static ag_constraint *domain_checks[] = {&domain_check};
static ag_domain domain_old = {.ns = "app", .name = "n", .type = "integer", .nullable = true};
static ag_domain domain_new = {.ns = "app",
                               .name = "n",
                               .type = "integer",
                               .default_expr = "1",
                               .checks = {domain_checks, 1, 1}};
static ag_column *attributes_old[] = {&column_email};
static ag_column *attributes_new[] = {&column_email_new};
static ag_composite composite_old = {.name = "pair", .attributes = {attributes_old, 1, 1}};
static ag_composite composite_new = {.name = "pair", .attributes = {attributes_new, 1, 1}};
static ag_sequence sequence_old = {.name = "s", .type = "bigint"};
static ag_sequence sequence_new = {
    .name = "s",
    .type = "integer",
    .options = {.has_increment = true, .increment = -2, .cycle = true},
    .owner_table = "users",
    .owner_column = "id"};
static ag_option fillfactor = {"fillfactor", "70"};
static ag_table table_old = {.name = "users"};
static ag_table table_new = {
    .name = "users", .strict = true, .row_security = true, .options = {&fillfactor, 1, 1}};
static ag_key key_id = {.column = "id"};
static ag_key key_lower = {.expr = "lower(email)"};
static const char *referred[] = {"id"};
static ag_constraint reference = {.kind = AG_FOREIGN_KEY,
                                  .name = "fk",
                                  .keys = {&key_id, 1, 1},
                                  .ref_namespace = "app",
                                  .ref_table = "orgs",
                                  .ref_columns = {referred, 1, 1}};
static ag_constraint reference_new = {.kind = AG_FOREIGN_KEY,
                                      .name = "fk",
                                      .keys = {&key_id, 1, 1},
                                      .ref_table = "orgs",
                                      .deferrable = true,
                                      .not_valid = true};
static ag_constraint unnamed_check = {.kind = AG_CHECK, .expr = "id > 0"};
static ag_index index_old = {.name = "ix", .keys = {&key_lower, 1, 1}};
static ag_index index_new = {.name = "ix", .clustered = true, .tablespace = "fast"};
static ag_object function_f = {.kind = AG_FUNCTION,
                               .name = "f",
                               .signature = "(a integer)",
                               .definition = "CREATE FUNCTION f …"};
static ag_rebuild rebuild = {.table = "users"};

/* Every kind once; the last member is the line. */
#define MAY(what) (1u << AG_MAY_##what)
static ag_grant grants_old[] = {
    {NULL, "", MAY(SELECT) | MAY(DELETE), 0},
    {NULL, "reader", MAY(SELECT), MAY(SELECT)},
};
static ag_grant grants_new[] = {
    {NULL, "", MAY(SELECT), 0},
    {NULL, "public", MAY(INSERT), MAY(INSERT)},
    {NULL, "reader", MAY(SELECT), 0},
    {"email", "reader", MAY(UPDATE), 0},
};
static const ag_access access_old = {.kind = AG_TABLE,
                                     .name = "users",
                                     .owner = "alice",
                                     .has_grants = true,
                                     .grants = {grants_old, 2, 2}};
static const ag_access access_new = {.kind = AG_TABLE,
                                     .name = "users",
                                     .owner = "bob",
                                     .has_grants = true,
                                     .grants = {grants_new, 4, 4}};

typedef struct golden {
    ag_op_kind kind;
    const char *ns, *table, *name, *new_name;
    const void *before, *after;
    const char *line;
} golden;

static const golden lines[] = {
    {AG_OP_CREATE_NAMESPACE, NULL, NULL, "app", NULL, NULL, &ns_app, "create namespace app"},
    {AG_OP_DROP_NAMESPACE, NULL, NULL, "app", NULL, &ns_app, NULL, "drop namespace app"},
    {AG_OP_RENAME_NAMESPACE, NULL, NULL, "app", "web", &ns_app, &ns_app,
     "rename namespace app to web"},
    {AG_OP_CREATE_EXTENSION, "app", NULL, "citext", NULL, NULL, &ext, "create extension citext"},
    {AG_OP_DROP_EXTENSION, "app", NULL, "citext", NULL, &ext, NULL, "drop extension citext"},
    {AG_OP_ALTER_EXTENSION, "app", NULL, "citext", NULL, &ext, &ext_new,
     "alter extension citext: version 1.5 -> 1.6, set namespace app"},
    {AG_OP_CREATE_ENUM, "public", NULL, "status", NULL, NULL, &enum_old, "create enum status"},
    {AG_OP_DROP_ENUM, "app", NULL, "status", NULL, &enum_old, NULL, "drop enum app.status"},
    {AG_OP_RENAME_ENUM, "public", NULL, "status", "state", &enum_old, &enum_new,
     "rename enum status to state"},
    {AG_OP_ALTER_ENUM, "public", NULL, "status", NULL, &enum_old, &enum_new,
     "alter enum status: remove value lost, add value draft first, rename value new to fresh, add "
     "value sent after fresh, reorder values"},
    {AG_OP_CREATE_DOMAIN, "app", NULL, "n", NULL, NULL, &domain_old, "create domain app.n"},
    {AG_OP_DROP_DOMAIN, "app", NULL, "n", NULL, &domain_old, NULL, "drop domain app.n"},
    {AG_OP_RENAME_DOMAIN, "app", NULL, "n", "m", &domain_old, &domain_new,
     "rename domain app.n to m"},
    {AG_OP_ALTER_DOMAIN, "app", NULL, "n", NULL, &domain_old, &domain_new,
     "alter domain app.n: set not null, set default 1, add check positive (VALUE > 0)"},
    {AG_OP_CREATE_COMPOSITE, NULL, NULL, "pair", NULL, NULL, &composite_old, "create type pair"},
    {AG_OP_DROP_COMPOSITE, NULL, NULL, "pair", NULL, &composite_old, NULL, "drop type pair"},
    {AG_OP_RENAME_COMPOSITE, NULL, NULL, "pair", "two", &composite_old, &composite_new,
     "rename type pair to two"},
    {AG_OP_ALTER_COMPOSITE, NULL, NULL, "pair", NULL, &composite_old, &composite_new,
     "alter type pair: attribute email type varchar(20) -> text"},
    {AG_OP_CREATE_SEQUENCE, NULL, NULL, "s", NULL, NULL, &sequence_old, "create sequence s"},
    {AG_OP_DROP_SEQUENCE, NULL, NULL, "s", NULL, &sequence_old, NULL, "drop sequence s"},
    {AG_OP_RENAME_SEQUENCE, NULL, NULL, "s", "t", &sequence_old, &sequence_new,
     "rename sequence s to t"},
    {AG_OP_ALTER_SEQUENCE, NULL, NULL, "s", NULL, &sequence_old, &sequence_new,
     "alter sequence s: type bigint -> integer, set increment -2, set cycle, owned by users.id"},
    {AG_OP_CREATE_TABLE, "app", NULL, "users", NULL, NULL, &table_old, "create table app.users"},
    {AG_OP_DROP_TABLE, NULL, NULL, "users", NULL, &table_old, NULL, "drop table users"},
    {AG_OP_RENAME_TABLE, NULL, NULL, "users", "people", &table_old, &table_new,
     "rename table users to people"},
    {AG_OP_ALTER_TABLE, NULL, NULL, "users", NULL, &table_old, &table_new,
     "alter table users: set strict, set option fillfactor=70, set row security"},
    {AG_OP_SAVE_ROWS, NULL, NULL, "users", NULL, &table_old, &table_new, "save rows of users"},
    {AG_OP_RESTORE_ROWS, NULL, NULL, "users", NULL, &table_old, &table_new,
     "restore rows of users"},
    {AG_OP_ADD_COLUMN, NULL, "users", "email", NULL, NULL, &column_email_new,
     "add column users.email text not null"},
    {AG_OP_DROP_COLUMN, "app", "users", "email", NULL, &column_email, NULL,
     "drop column app.users.email"},
    {AG_OP_RENAME_COLUMN, NULL, "users", "email", "mail", &column_email, &column_email_new,
     "rename column users.email to mail"},
    {AG_OP_ALTER_COLUMN, NULL, "users", "email", NULL, &column_email, &column_email_new,
     "alter column users.email: type varchar(20) -> text, set not null, set default ''"},
    {AG_OP_ADD_CONSTRAINT, NULL, "users", "fk", NULL, NULL, &reference,
     "add foreign key fk on users (id) to app.orgs (id)"},
    {AG_OP_DROP_CONSTRAINT, NULL, "users", NULL, NULL, &unnamed_check, NULL,
     "drop check constraint on users (id > 0)"},
    {AG_OP_RENAME_CONSTRAINT, NULL, "users", "fk", "fk2", &reference, &reference,
     "rename foreign key fk on users to fk2"},
    {AG_OP_ALTER_CONSTRAINT, NULL, "users", "fk", NULL, &reference, &reference_new,
     "alter foreign key fk on users: set deferrable, set not valid"},
    {AG_OP_CREATE_INDEX, NULL, "users", "ix", NULL, NULL, &index_old, "create index ix on users"},
    {AG_OP_DROP_INDEX, "app", "users", "ix", NULL, &index_old, NULL, "drop index ix on app.users"},
    {AG_OP_RENAME_INDEX, NULL, "users", "ix", "iy", &index_old, &index_new,
     "rename index ix on users to iy"},
    {AG_OP_ALTER_INDEX, NULL, "users", "ix", NULL, &index_old, &index_new,
     "alter index ix on users: set tablespace fast, set cluster"},
    {AG_OP_CREATE_OBJECT, "app", NULL, "f", NULL, NULL, &function_f,
     "create function app.f(a integer)"},
    {AG_OP_DROP_OBJECT, NULL, NULL, "f", NULL, &function_f, NULL, "drop function f(a integer)"},
    {AG_OP_RENAME_OBJECT, NULL, NULL, "f", "g", &function_f, &function_f,
     "rename function f(a integer) to g"},
    {AG_OP_REPLACE_OBJECT, NULL, NULL, "f", NULL, &function_f, &function_f,
     "replace function f(a integer)"},
    {AG_OP_SET_COMMENT, NULL, NULL, "users", NULL, NULL, "hello", "comment on table users: hello"},
    {AG_OP_ALTER_ACCESS, NULL, NULL, "users", NULL, &access_old, &access_new,
     "alter access to table users: owner alice -> bob, revoke delete from owner, revoke grant "
     "option "
     "for select from reader, grant insert to public with grant option, grant update (email) to "
     "reader"},
    {AG_OP_REBUILD_TABLE, NULL, NULL, "users", NULL, &rebuild, &rebuild, "rebuild table users"},
};

static ag_op op_of(const golden *g) {
    ag_op op = {.kind = g->kind,
                .object = ag_op_object_kind(g->kind),
                .ns = g->ns,
                .table = g->table,
                .name = g->name,
                .new_name = g->new_name};
    op.before.any = g->before;
    op.after.any = g->after;
    if (op.object == AG_N_KINDS) {
        bool is_table = g->kind == AG_OP_SET_COMMENT || g->kind == AG_OP_ALTER_ACCESS;
        op.object = is_table ? AG_TABLE : function_f.kind;
    }
    return op;
}

static void every_kind_is_described_in_one_line(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    assert_int_equal(sizeof lines / sizeof *lines, AG_N_OP_KINDS);
    for (int i = 0; i < AG_N_OP_KINDS; i++) {
        assert_int_equal(lines[i].kind, i);
        ag_op op = op_of(&lines[i]);
        assert_string_equal(ag_op_describe(arena, &op), lines[i].line);
    }
    ag_arena_free(arena);
}

static void inverting_twice_gives_the_same_lines(void **state) {
    (void)state;
    ag_ops *ops = ag_ops_new();
    for (int i = 0; i < AG_N_OP_KINDS; i++) {
        ag_op op = op_of(&lines[i]);
        ag_ops_add_copy(ops, &op);
    }
    ag_ops *down = ag_ops_invert(ops);
    ag_ops *up = ag_ops_invert(down);
    assert_int_equal(down->list.n, AG_N_OP_KINDS);
    for (int i = 0; i < AG_N_OP_KINDS; i++) {
        const ag_op *inverse = down->list.items[AG_N_OP_KINDS - 1 - i];
        assert_int_equal(inverse->kind, ag_op_inverse_kind((ag_op_kind)i));
        assert_string_equal(ag_op_describe(up->arena, up->list.items[i]), lines[i].line);
    }
    ag_ops_free(ops);
    ag_ops_free(down);
    ag_ops_free(up);
}

static void copies_share_nothing_with_the_original(void **state) {
    (void)state;
    ag_ops *ops = ag_ops_new();
    for (int i = 0; i < AG_N_OP_KINDS; i++) {
        ag_op op = op_of(&lines[i]);
        const ag_op *copy = ag_ops_add_copy(ops, &op);
        assert_true(copy->name == NULL || ag_arena_owns(ops->arena, copy->name));
        bool is_shared = i == AG_OP_REBUILD_TABLE;
        assert_true(copy->after.any == NULL || is_shared || copy->after.any != op.after.any);
        assert_true(copy->before.any == NULL || is_shared || copy->before.any != op.before.any);
    }
    ag_ops_free(ops);
}

static void inverse_of_a_rename_swaps_the_names(void **state) {
    (void)state;
    ag_ops *ops = ag_ops_new();
    ag_op op = op_of(&lines[AG_OP_RENAME_TABLE]);
    ag_ops_add_copy(ops, &op);
    ag_ops *down = ag_ops_invert(ops);
    assert_string_equal(down->list.items[0]->name, "people");
    assert_string_equal(down->list.items[0]->new_name, "users");
    assert_true(down->list.items[0]->after.table->row_security == false);
    ag_ops_free(ops);
    ag_ops_free(down);
}

static void inverse_of_a_new_table_is_a_dropped_one(void **state) {
    (void)state;
    ag_ops *ops = ag_ops_new();
    ag_op op = op_of(&lines[AG_OP_CREATE_INDEX]);
    op.on_new_table = true;
    ag_ops_add_copy(ops, &op);
    ag_ops *down = ag_ops_invert(ops);
    assert_true(down->list.items[0]->on_dropped_table);
    assert_false(down->list.items[0]->on_new_table);
    ag_ops_free(ops);
    ag_ops_free(down);
}

static void inverse_kinds_are_mutual_and_names_unique(void **state) {
    (void)state;
    for (int i = 0; i < AG_N_OP_KINDS; i++) {
        ag_op_kind inverse = ag_op_inverse_kind((ag_op_kind)i);
        assert_int_equal(ag_op_inverse_kind(inverse), i);
        for (int j = 0; j < i; j++) {
            assert_string_not_equal(ag_op_json_name((ag_op_kind)i), ag_op_json_name((ag_op_kind)j));
        }
    }
}

static void hostile_names_are_described_as_they_are(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    ag_op op = {.kind = AG_OP_DROP_TABLE, .object = AG_TABLE, .name = "a\"b\n%s;--"};
    assert_string_equal(ag_op_describe(arena, &op), "drop table a\"b\n%s;--");
    ag_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_is_described_in_one_line),
        cmocka_unit_test(inverting_twice_gives_the_same_lines),
        cmocka_unit_test(copies_share_nothing_with_the_original),
        cmocka_unit_test(inverse_of_a_rename_swaps_the_names),
        cmocka_unit_test(inverse_of_a_new_table_is_a_dropped_one),
        cmocka_unit_test(inverse_kinds_are_mutual_and_names_unique),
        cmocka_unit_test(hostile_names_are_described_as_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
