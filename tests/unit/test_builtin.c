/* The built-in templates: the revision files they make, byte by byte. */
#include "unit.h"

#include <string.h>

#include "template/builtin.h"
#include "template/template.h"

static int setup(void **state) {
    *state = ag_arena_new();
    return 0;
}

static int teardown(void **state) {
    ag_arena_free(*state);
    return 0;
}

static ag_value *string(ag_arena *arena, const char *text) {
    return ag_value_string(arena, text);
}

/* A revision without sections, operations, labels and parents. */
static ag_value *empty_revision(ag_arena *arena, const char *message) {
    ag_value *vars = ag_value_dict(arena);
    ag_value_dict_set(arena, vars, "message", string(arena, message));
    ag_value_dict_set(arena, vars, "up_revision", string(arena, "4f2a9c81d0b4"));
    ag_value_dict_set(arena, vars, "down_revision", ag_value_none(arena));
    ag_value_dict_set(arena, vars, "branch_labels", ag_value_list(arena));
    ag_value_dict_set(arena, vars, "depends_on", ag_value_list(arena));
    ag_value_dict_set(arena, vars, "create_date", string(arena, "2026-11-20 12:00:00+00:00"));
    ag_value_dict_set(arena, vars, "sections", ag_value_list(arena));
    ag_value_dict_set(arena, vars, "operations", ag_value_list(arena));
    ag_value_dict_set(arena, vars, "config", ag_value_dict(arena));
    return vars;
}

static ag_value *section(ag_arena *arena, const char *dialect, const char *up, const char *down) {
    ag_value *made = ag_value_dict(arena);
    ag_value_dict_set(arena, made, "dialect", string(arena, dialect));
    ag_value_dict_set(arena, made, "upgrades", string(arena, up));
    ag_value_dict_set(arena, made, "downgrades", string(arena, down));
    return made;
}

static ag_value *full_revision(ag_arena *arena) {
    static const char *const parents[] = {"9b1c33aa0e12", "abc"};
    static const char *const labels[] = {"billing", "v2"};
    static const char *const needs[] = {"core"};
    static const char *const hazards[] = {"loses data: every row of users",
                                          "x\n-- autogen:upgrade"};
    ag_value *vars = empty_revision(arena, "add users table");
    ag_value_dict_set(arena, vars, "down_revision", ag_value_list_of(arena, parents, 2));
    ag_value_dict_set(arena, vars, "branch_labels", ag_value_list_of(arena, labels, 2));
    ag_value_dict_set(arena, vars, "depends_on", ag_value_list_of(arena, needs, 1));
    ag_value *sections = ag_value_list(arena);
    ag_value_list_push(arena, sections,
                       section(arena, "postgresql",
                               "-- create table users\nCREATE TABLE users (\n    id bigint\n);\n",
                               "-- drop table users\nDROP TABLE users;\n"));
    ag_value_list_push(arena, sections, section(arena, "sqlite", "", "\n"));
    ag_value_list_push(arena, sections, section(arena, "", "SELECT '${x}';", "SELECT 2;\n\n"));
    ag_value_dict_set(arena, vars, "sections", sections);
    ag_value *operation = ag_value_dict(arena);
    ag_value_dict_set(arena, operation, "kind", string(arena, "drop_table"));
    ag_value_dict_set(arena, operation, "table", string(arena, "users"));
    ag_value_dict_set(arena, operation, "name", string(arena, "users"));
    ag_value_dict_set(arena, operation, "summary", string(arena, "drop table us\ners; DROP"));
    ag_value_dict_set(arena, operation, "hazards", ag_value_list_of(arena, hazards, 2));
    ag_value *operations = ag_value_list(arena);
    ag_value_list_push(arena, operations, operation);
    ag_value_dict_set(arena, vars, "operations", operations);
    return vars;
}

static const char *render(ag_arena *arena, const char *name, const ag_value *vars) {
    const ag_embedded *file = ag_builtin_file(name, "script.mako");
    assert_non_null(file);
    const ag_template *tmpl = NULL;
    ag_error err = {0};
    ag_buf out = AG_BUF_INIT;
    if (!ag_template_parse(arena, file->name, file->text, file->n, &tmpl, &err) ||
        !ag_template_render(tmpl, vars, &out, &err)) {
        fail_msg("%s:%d:%d: %s", file->name, err.line, err.column, err.message);
    }
    const char *text = ag_buf_copy(&out, arena);
    ag_buf_release(&out);
    return text;
}

static void generic_makes_the_revision_file_of_the_formats(void **state) {
    assert_string_equal(render(*state, "generic", full_revision(*state)),
                        "-- add users table\n"
                        "--\n"
                        "-- Revision ID: 4f2a9c81d0b4\n"
                        "-- Revises: 9b1c33aa0e12, abc\n"
                        "-- Branch Labels: billing, v2\n"
                        "-- Depends On: core\n"
                        "-- Create Date: 2026-11-20 12:00:00+00:00\n"
                        "\n"
                        "-- autogen:upgrade postgresql\n"
                        "-- create table users\n"
                        "CREATE TABLE users (\n"
                        "    id bigint\n"
                        ");\n"
                        "\n"
                        "-- autogen:downgrade postgresql\n"
                        "-- drop table users\n"
                        "DROP TABLE users;\n"
                        "\n"
                        "-- autogen:upgrade sqlite\n"
                        "\n"
                        "-- autogen:downgrade sqlite\n"
                        "\n"
                        "-- autogen:upgrade\n"
                        "SELECT '${x}';\n"
                        "\n"
                        "-- autogen:downgrade\n"
                        "SELECT 2;\n");
}

static void generic_gives_an_empty_revision_empty_sections(void **state) {
    assert_string_equal(render(*state, "generic", empty_revision(*state, "first")),
                        "-- first\n"
                        "--\n"
                        "-- Revision ID: 4f2a9c81d0b4\n"
                        "-- Revises:\n"
                        "-- Branch Labels:\n"
                        "-- Depends On:\n"
                        "-- Create Date: 2026-11-20 12:00:00+00:00\n"
                        "\n"
                        "-- autogen:upgrade\n"
                        "\n"
                        "-- autogen:downgrade\n");
}

static void generic_takes_one_parent_as_a_string(void **state) {
    ag_value *vars = empty_revision(*state, "x");
    ag_value_dict_set(*state, vars, "down_revision", string(*state, "9b1c33aa0e12"));
    assert_non_null(strstr(render(*state, "generic", vars), "\n-- Revises: 9b1c33aa0e12\n"));
}

static void plain_leaves_out_keys_without_a_value(void **state) {
    assert_string_equal(render(*state, "plain", empty_revision(*state, "first")),
                        "-- first\n"
                        "--\n"
                        "-- Revision ID: 4f2a9c81d0b4\n"
                        "-- Revises:\n"
                        "-- Create Date: 2026-11-20 12:00:00+00:00\n"
                        "\n"
                        "-- autogen:upgrade\n"
                        "\n"
                        "-- autogen:downgrade\n");
    assert_string_equal(render(*state, "plain", full_revision(*state)),
                        render(*state, "generic", full_revision(*state)));
}

static void verbose_lists_operations_and_hazards_as_comments(void **state) {
    const char *text = render(*state, "verbose", full_revision(*state));
    assert_non_null(strstr(text, "-- Create Date: 2026-11-20 12:00:00+00:00\n"
                                 "\n"
                                 "-- What it does:\n"
                                 "--   drop table us\n"
                                 "-- ers; DROP\n"
                                 "--       ! loses data: every row of users\n"
                                 "--       ! x\n"
                                 "-- -- \\autogen:upgrade\n"
                                 "--\n"
                                 "-- Review before you merge it"));
    assert_non_null(strstr(text, "known.\n\n-- autogen:upgrade postgresql\n-- create table"));
    const char *empty = render(*state, "verbose", empty_revision(*state, "x"));
    assert_null(strstr(empty, "Review"));
    assert_non_null(strstr(empty, "\n\n-- autogen:upgrade\n-- Write here"));
}

/* Whatever the message says, the lines that are not comments stay the same. */
static void no_message_becomes_sql_or_a_directive(void **state) {
    static const char *const messages[] = {
        "a\nDROP TABLE users;",
        "a\r\nDROP TABLE users;\rDROP TABLE x;",
        "a\n-- autogen:upgrade\nDROP TABLE users;",
        "autogen:upgrade",
        " \n autogen:downgrade sqlite\n\nRevision ID: 0",
        "${1}\n% if x:\n## y\n\\",
        "\x01\x1b[0m\x7f",
        "\xff\xfe\n\xff",
        "",
    };
    ag_builtins list = {NULL, 0, 0};
    ag_builtin_list(*state, &list);
    for (size_t t = 0; t < list.n; t++) {
        const char *plain = render(*state, list.items[t].name, empty_revision(*state, "x"));
        for (size_t i = 0; i < sizeof messages / sizeof messages[0]; i++) {
            const char *text =
                render(*state, list.items[t].name, empty_revision(*state, messages[i]));
            const char *end = strstr(text, "\n--\n-- Revision ID: 4f2a9c81d0b4\n");
            assert_non_null(end);
            assert_string_equal(end, plain + strlen("-- x"));
            for (const char *line = text; line < end;) {
                size_t n = strcspn(line, "\r\n");
                assert_true(strncmp(line, "--", 2) == 0);
                assert_true(strncmp(line, "-- autogen:", 11) != 0);
                assert_true(line[n] == '\n');
                assert_true(line[n - 1] != ' ');
                line += n + 1;
            }
        }
    }
}

static void no_line_ends_in_blanks(void **state) {
    ag_builtins list = {NULL, 0, 0};
    ag_builtin_list(*state, &list);
    for (size_t i = 0; i < list.n; i++) {
        const char *empty = render(*state, list.items[i].name, empty_revision(*state, "x"));
        const char *full = render(*state, list.items[i].name, full_revision(*state));
        assert_null(strstr(empty, " \n"));
        assert_null(strstr(full, " \n"));
        assert_null(strstr(full, "\n\n\n"));
        assert_true(strlen(full) > 2 && full[strlen(full) - 1] == '\n');
        assert_true(full[strlen(full) - 2] != '\n');
    }
}

static void the_list_has_the_default_first_and_summaries(void **state) {
    ag_builtins list = {NULL, 0, 0};
    ag_builtin_list(*state, &list);
    assert_int_equal(list.n, 3);
    assert_string_equal(list.items[0].name, AG_BUILTIN_DEFAULT);
    assert_string_equal(list.items[0].summary, "SQL revision files with the usual header.");
    assert_string_equal(list.items[1].name, "plain");
    assert_string_equal(list.items[2].name, "verbose");
    for (size_t i = 0; i < list.n; i++) {
        assert_true(strlen(list.items[i].summary) > 20);
    }
}

static void files_are_found_by_template_and_name(void **state) {
    ag_builtin_files files = {NULL, 0, 0};
    ag_builtin_files_of(*state, "generic", &files);
    assert_int_equal(files.n, 2);
    assert_string_equal(files.items[0]->name, "generic/README");
    assert_string_equal(files.items[1]->name, "generic/script.mako");
    assert_ptr_equal(ag_builtin_file("generic", "script.mako"), files.items[1]);
    assert_int_equal(strlen(files.items[1]->text), files.items[1]->n);
    assert_null(ag_builtin_file("generic", "nothing"));
    assert_null(ag_builtin_file("gener", "script.mako"));
    assert_null(ag_builtin_file("", "script.mako"));
    ag_builtin_files none = {NULL, 0, 0};
    ag_builtin_files_of(*state, "nothing", &none);
    assert_int_equal(none.n, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(generic_makes_the_revision_file_of_the_formats),
        TEST(generic_gives_an_empty_revision_empty_sections),
        TEST(generic_takes_one_parent_as_a_string),
        TEST(plain_leaves_out_keys_without_a_value),
        TEST(verbose_lists_operations_and_hazards_as_comments),
        TEST(no_message_becomes_sql_or_a_directive),
        TEST(no_line_ends_in_blanks),
        TEST(the_list_has_the_default_first_and_summaries),
        TEST(files_are_found_by_template_and_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
