/* Renames: written in the model, asked for by option, or only suggested. */
#include "diff_kit.h"

static void column_is_renamed_by_the_model(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    ag_table *a = kit_users(k.from, "users", "mail");
    ag_table *b = kit_users(k.to, "users", "email");
    b->columns.items[1]->renamed_from = "mail";
    kit_index(k.from, a, "ix", "mail")->where = "mail IS NOT NULL";
    kit_index(k.to, b, "ix", "email")->where = "email IS NOT NULL";
    kit_check(k.from, a, "ck", "length(mail) > 3");
    kit_check(k.to, b, "ck", "length(email) > 3");
    kit_constraint(k.from, a, AG_UNIQUE, "uq", "mail");
    kit_constraint(k.to, b, AG_UNIQUE, "uq", "email");
    kit_expect(&k, "rename column users.mail to email\n");
    kit_expect_down(&k, "rename column users.email to mail\n");
    assert_int_equal(k.result.suggestions.n, 0);
    kit_free(&k);
}

static void former_name_that_is_gone_is_ignored(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    kit_users(k.from, "users", "email");
    ag_table *b = kit_users(k.to, "users", "email");
    b->renamed_from = "people";
    b->columns.items[1]->renamed_from = "mail";
    kit_expect(&k, "");
    kit_free(&k);
}

static void former_name_is_ignored_when_the_new_one_is_there(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    ag_table *a = kit_users(k.from, "users", "email");
    kit_column(k.from, a, "mail", "text");
    kit_users(k.to, "users", "email")->columns.items[1]->renamed_from = "mail";
    kit_expect(&k, "drop column users.mail\n");
    kit_free(&k);
}

static void renamed_column_may_change_as_well(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    kit_users(k.from, "users", "mail");
    ag_column *email = kit_users(k.to, "users", "email")->columns.items[1];
    email->renamed_from = "mail";
    email->nullable = false;
    kit_expect(&k, "rename column users.mail to email\n"
                   "alter column users.email: set not null\n");
    kit_expect_down(&k, "alter column users.email: drop not null\n"
                        "rename column users.email to mail\n");
    kit_free(&k);
}

static void old_name_may_be_given_to_something_new(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    kit_users(k.from, "users", "name");
    ag_table *b = kit_users(k.to, "users", "full_name");
    b->columns.items[1]->renamed_from = "name";
    kit_column(k.to, b, "name", "integer");
    kit_expect(&k, "rename column users.name to full_name\n"
                   "add column users.name integer\n");
    kit_free(&k);
}

static void table_rename_takes_server_names_and_references_along(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    ag_table *people = kit_users(k.from, "people", "mail");
    ag_table *posts = kit_users(k.from, "posts", "title");
    kit_column(k.from, posts, "person_id", "bigint");
    kit_reference(k.from, posts, "fk", "person_id", "people", "id");
    kit_check(k.from, people, "ck", "people.mail <> ''");
    kit_index(k.from, people, "ix_people_mail", "mail");

    ag_table *users = kit_users(k.to, "users", "email");
    users->renamed_from = "people";
    users->columns.items[1]->renamed_from = "mail";
    posts = kit_users(k.to, "posts", "title");
    kit_column(k.to, posts, "person_id", "bigint");
    kit_reference(k.to, posts, "fk", "person_id", "users", "id");
    kit_check(k.to, users, "ck", "users.email <> ''");
    kit_index(k.to, users, "ix_users_email", "email")->name_origin = AG_NAME_CONVENTION;
    kit_expect(&k, "rename table people to users\n"
                   "rename column users.mail to email\n"
                   "rename primary key people_pkey on users to users_pkey\n"
                   "rename index ix_people_mail on users to ix_users_email\n");
    kit_expect_down(&k, "rename index ix_users_email on users to ix_people_mail\n"
                        "rename primary key users_pkey on users to people_pkey\n"
                        "rename column users.email to mail\n"
                        "rename table users to people\n");
    kit_free(&k);
}

static void name_by_convention_that_does_not_follow_is_left(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    ag_table *a = kit_users(k.from, "users", "email");
    ag_table *b = kit_users(k.to, "users", "email");
    kit_constraint(k.from, a, AG_UNIQUE, "users_email_key", "email")->name_origin = AG_NAME_SERVER;
    kit_constraint(k.to, b, AG_UNIQUE, "uq_users_email", "email")->name_origin = AG_NAME_CONVENTION;
    kit_expect(&k, "");
    b->constraints.items[1]->name_origin = AG_NAME_GIVEN;
    kit_expect(&k, "rename unique constraint users_email_key on users to uq_users_email\n");
    kit_free(&k);
}

static void options_rename_what_they_name(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    ag_table *a = kit_users(k.from, "people", "mail");
    ag_table *b = kit_users(k.to, "users", "email");
    kit_index(k.from, a, "ix_a", "mail");
    kit_index(k.to, b, "ix_b", "email");
    kit_enum(k.from, "status", "new,paid");
    kit_enum(k.to, "order_status", "fresh,paid");
    kit_column(k.from, a, "status", "status")->default_expr = "'new'::status";
    kit_column(k.to, b, "status", "order_status")->default_expr = "'fresh'::order_status";
    kit_object(k.from, AG_VIEW, "v", "CREATE VIEW v AS SELECT mail FROM people");
    kit_object(k.to, AG_VIEW, "v", "CREATE VIEW v AS SELECT email FROM users");
    kit_rename(&k, "people.mail", "email");
    kit_rename(&k, "status", "order_status");
    kit_rename(&k, "order_status.new", "order_status.fresh");
    kit_rename(&k, "public.people", "public.users");
    kit_rename(&k, "users.ix_a", "users.ix_b");
    kit_expect(&k, "drop view v\n"
                   "rename enum status to order_status\n"
                   "rename table people to users\n"
                   "rename column users.mail to email\n"
                   "rename primary key people_pkey on users to users_pkey\n"
                   "rename index ix_a on users to ix_b\n"
                   "alter enum order_status: rename value new to fresh\n"
                   "create view v\n");
    kit_expect_down(&k, "drop view v\n"
                        "alter enum order_status: rename value fresh to new\n"
                        "rename index ix_b on users to ix_a\n"
                        "rename primary key users_pkey on users to people_pkey\n"
                        "rename column users.email to mail\n"
                        "rename table users to people\n"
                        "rename enum order_status to status\n"
                        "create view v\n");
    kit_free(&k);
}

/* The message and hint that one option gives between users.mail and users.email. */
static void expect_refusal(const char *from, const char *to, const char *message,
                           const char *hint) {
    kit k = kit_new(&strict_dialect);
    ag_table *a = kit_users(k.from, "users", "mail");
    kit_column(k.from, a, "both", "text");
    kit_column(k.to, kit_users(k.to, "users", "email"), "both", "text");
    kit_rename(&k, from, to);
    assert_string_equal(kit_diff(&k), message);
    assert_int_equal(k.err.code, AG_USAGE);
    assert_string_equal(k.err.hint, hint);
    kit_free(&k);
}

static void wrong_options_are_refused_with_a_hint(void **state) {
    (void)state;
    expect_refusal("users.mial", "users.email",
                   "--rename users.mial=users.email: there is no 'users.mial' in the database",
                   "did you mean 'users.mail'?");
    expect_refusal("users.mail", "users.emial",
                   "--rename users.mail=users.emial: there is no 'users.emial' in the model",
                   "did you mean 'users.email'?");
    expect_refusal("users.mail", "users.both",
                   "--rename users.mail=users.both: the database has a column of that name already",
                   "leave the option out if the rename was done before");
    expect_refusal("nothing", "users",
                   "--rename nothing=users: there is no 'nothing' in the database", "");
    expect_refusal("", "", "--rename =: there is no '' in the database", "");
}

static void one_thing_is_renamed_once(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    kit_users(k.from, "users", "mail");
    kit_column(k.to, kit_users(k.to, "users", "email"), "letter", "text");
    kit_rename(&k, "users.mail", "users.email");
    kit_rename(&k, "users.mail", "users.letter");
    assert_string_equal(kit_diff(&k),
                        "--rename users.mail=users.letter: 'users.mail' is renamed twice");
    kit_free(&k);
}

static void names_move_on_in_a_row_and_in_a_circle_by_one_between(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    ag_table *a = kit_users(k.from, "users", "x");
    ag_table *b = kit_users(k.to, "users", "y");
    kit_column(k.from, a, "y", "integer");
    kit_column(k.to, b, "z", "integer");
    kit_check(k.from, a, "ck", "x <> '' AND y > 0");
    kit_check(k.to, b, "ck", "y <> '' AND z > 0");
    kit_rename(&k, "users.x", "users.y");
    kit_rename(&k, "users.y", "users.z");
    kit_expect(&k, "rename column users.y to z\n"
                   "rename column users.x to y\n");
    b->columns.items[2]->name = "x";
    b->constraints.items[1]->expr = "y <> '' AND x > 0";
    ag_schema_touch(k.to);
    k.options.renames.items[1].to = "users.x";
    kit_expect(&k, "rename column users.y to autogen_y\n"
                   "rename column users.x to y\n"
                   "rename column users.autogen_y to x\n");
    kit_free(&k);
}

static void likely_renames_are_suggested_with_the_option_to_pass(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    kit_users(k.from, "users", "mail");
    kit_users(k.to, "users", "email");
    kit_column(k.from, kit_table(k.from, "old"), "x", "integer");
    kit_column(k.to, kit_table(k.to, "new one"), "x", "integer");
    kit_enum(k.from, "mood", "ok,sad");
    kit_enum(k.to, "mood", "ok,glum");
    kit_diff(&k);
    assert_int_equal(k.result.suggestions.n, 3);
    assert_string_equal(k.result.suggestions.items[0].option, "--rename mood.sad=mood.glum");
    assert_string_equal(k.result.suggestions.items[1].option, "--rename users.mail=users.email");
    assert_string_equal(k.result.suggestions.items[2].option, "--rename 'old=new one'");
    assert_string_equal(k.result.suggestions.items[1].text,
                        "column users.mail is dropped and users.email is added with the same "
                        "structure: if it was renamed, pass --rename users.mail=users.email");
    kit_rename(&k, "old", "new one");
    kit_rename(&k, "users.mail", "users.email");
    kit_rename(&k, "mood.sad", "mood.glum");
    kit_expect(&k, "rename table old to new one\n"
                   "rename column users.mail to email\n"
                   "alter enum mood: rename value sad to glum\n");
    assert_int_equal(k.result.suggestions.n, 0);
    kit_free(&k);
}

static void two_candidates_are_no_suggestion(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    ag_table *a = kit_users(k.from, "users", "mail");
    kit_column(k.from, a, "letter", "text");
    kit_users(k.to, "users", "email");
    kit_diff(&k);
    assert_int_equal(k.result.suggestions.n, 0);
    kit_free(&k);
}

static void sqlite_names_compare_without_case(void **state) {
    (void)state;
    kit k = kit_new(&loose_dialect);
    ag_table *a = kit_users(k.from, "People", "Mail");
    kit_index(k.from, a, "IX", "MAIL");
    ag_table *b = kit_users(k.to, "people", "mail");
    kit_index(k.to, b, "ix", "mail");
    kit_expect(&k, "");
    kit_rename(&k, "PEOPLE.MAIL", "people.Letter");
    b->columns.items[1]->name = "letter";
    b->indexes.items[0]->keys.items[0].column = "letter";
    ag_schema_touch(k.to);
    kit_expect(&k, "rename column People.Mail to letter\n");
    kit_free(&k);
}

static void renamed_view_keeps_its_definition(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    kit_object(k.from, AG_VIEW, "v", "CREATE OR REPLACE VIEW public.v AS SELECT v FROM t");
    kit_object(k.from, AG_TRIGGER, "v", "CREATE TRIGGER v ON t")->table = "t";
    kit_object(k.to, AG_VIEW, "w", "CREATE OR REPLACE VIEW public.w AS SELECT v FROM t")
        ->renamed_from = "v";
    kit_object(k.to, AG_TRIGGER, "v", "CREATE TRIGGER v ON t")->table = "t";
    kit_expect(&k, "rename view v to w\n");
    kit_free(&k);
}

static void namespace_rename_moves_all_that_is_in_it(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    for (int i = 0; i < 2; i++) {
        ag_schema *s = i == 0 ? k.from : k.to;
        ag_namespace *ns = ag_arena_new_of(s->arena, ag_namespace);
        ns->name = i == 0 ? "app" : "web";
        ns->renamed_from = i == 0 ? NULL : "app";
        ag_vec_push(s->arena, &s->namespaces, ns);
        ag_table *orgs = ag_schema_add_table(s, ns->name, "orgs");
        kit_column(s, orgs, "id", "bigint");
        ag_table *users = ag_schema_add_table(s, ns->name, "users");
        kit_column(s, users, "org_id", "bigint");
        kit_reference(s, users, "fk", "org_id", "orgs", "id");
    }
    kit_expect(&k, "rename namespace app to web\n");
    kit_free(&k);
}

static void composite_attribute_is_renamed_inside_its_type(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    for (int i = 0; i < 2; i++) {
        ag_schema *s = i == 0 ? k.from : k.to;
        ag_composite *pair = ag_arena_new_of(s->arena, ag_composite);
        *pair = (ag_composite){.ns = "public", .name = "pair"};
        ag_column *attribute = ag_arena_new_of(s->arena, ag_column);
        *attribute = (ag_column){.name = i == 0 ? "a" : "b", .type = "text", .statistics = -1};
        attribute->renamed_from = i == 0 ? NULL : "a";
        ag_vec_push(s->arena, &pair->attributes, attribute);
        ag_vec_push(s->arena, &s->composites, pair);
    }
    kit_diff(&k);
    assert_int_equal(k.result.ops->list.n, 1);
    const ag_op *op = k.result.ops->list.items[0];
    assert_int_equal(op->kind, AG_OP_ALTER_COMPOSITE);
    assert_string_equal(op->before.composite->attributes.items[0]->name, "a");
    assert_string_equal(op->before.composite->attributes.items[0]->renamed_from, "b");
    assert_string_equal(op->after.composite->attributes.items[0]->renamed_from, "a");
    kit_free(&k);
}

static void table_moves_to_another_namespace(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    ag_schema_add_table(k.from, "one", "t");
    ag_enum *mood = kit_enum(k.from, "mood", "ok");
    kit_column(k.from, k.from->tables.items[0], "m", "public.mood");
    ag_schema_add_table(k.to, "two", "u")->renamed_from = "one.t";
    ag_enum *moved = kit_enum(k.to, "mood", "ok");
    kit_column(k.to, k.to->tables.items[0], "m", "one.mood");
    moved->ns = "one";
    kit_rename(&k, "mood", "one.mood");
    kit_expect(&k, "move enum mood to namespace one\n"
                   "rename table one.t to u\n"
                   "move table one.u to namespace two\n");
    kit_expect_down(&k, "move table two.u to namespace one\n"
                        "rename table one.u to t\n"
                        "move enum one.mood to namespace public\n");
    mood->ns = "one"; /* it was done before */
    ag_schema_touch(k.from);
    k.options.renames.n = 0;
    k.from->tables.items[0]->ns = "two";
    k.from->tables.items[0]->name = "u";
    k.from->tables.items[0]->columns.items[0]->type = "one.mood";
    kit_expect(&k, "");
    kit_free(&k);
}

static void likely_moves_are_suggested(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    kit_column(k.from, ag_schema_add_table(k.from, "one", "t"), "a", "integer");
    kit_column(k.to, ag_schema_add_table(k.to, "two", "t"), "a", "integer");
    kit_diff(&k);
    assert_int_equal(k.result.suggestions.n, 1);
    assert_string_equal(k.result.suggestions.items[0].option, "--rename one.t=two.t");
    kit_rename(&k, "one.t", "two.t");
    kit_expect(&k, "move table one.t to namespace two\n");
    kit_free(&k);
}

static void bare_name_moves_nothing_from_an_unusual_namespace(void **state) {
    (void)state;
    kit k = kit_new(&strict_dialect);
    kit_column(k.from, ag_schema_add_table(k.from, "one", "t"), "a", "integer");
    kit_column(k.to, ag_schema_add_table(k.to, "two", "t"), "a", "integer");
    kit_rename(&k, "t", "two.t");
    assert_string_equal(kit_diff(&k), "--rename t=two.t: there is no 'two.t' in the model");
    kit_free(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(column_is_renamed_by_the_model),
        cmocka_unit_test(former_name_that_is_gone_is_ignored),
        cmocka_unit_test(former_name_is_ignored_when_the_new_one_is_there),
        cmocka_unit_test(renamed_column_may_change_as_well),
        cmocka_unit_test(old_name_may_be_given_to_something_new),
        cmocka_unit_test(table_rename_takes_server_names_and_references_along),
        cmocka_unit_test(name_by_convention_that_does_not_follow_is_left),
        cmocka_unit_test(options_rename_what_they_name),
        cmocka_unit_test(wrong_options_are_refused_with_a_hint),
        cmocka_unit_test(one_thing_is_renamed_once),
        cmocka_unit_test(names_move_on_in_a_row_and_in_a_circle_by_one_between),
        cmocka_unit_test(likely_renames_are_suggested_with_the_option_to_pass),
        cmocka_unit_test(two_candidates_are_no_suggestion),
        cmocka_unit_test(sqlite_names_compare_without_case),
        cmocka_unit_test(renamed_view_keeps_its_definition),
        cmocka_unit_test(namespace_rename_moves_all_that_is_in_it),
        cmocka_unit_test(composite_attribute_is_renamed_inside_its_type),
        cmocka_unit_test(table_moves_to_another_namespace),
        cmocka_unit_test(likely_moves_are_suggested),
        cmocka_unit_test(bare_name_moves_nothing_from_an_unusual_namespace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
