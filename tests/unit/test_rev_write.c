/* Revision files, written: they read back as what they were made from. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "revision/file.h"
#include "revision/header.h"
#include "revision/write.h"
#include "sql/normal.h"

static const char *template_text(void) {
    return "${message | comment}\n--\n-- Revision ID: ${up_revision}\n"
           "-- Revises:${' ' + comma(down_revision) if down_revision else ''}\n"
           "-- Branch Labels:${' ' + comma(branch_labels) if branch_labels else ''}\n"
           "-- Depends On:${' ' + comma(depends_on) if depends_on else ''}\n"
           "-- Create Date: ${create_date}\n"
           "% for section in sections:\n\n"
           "-- autogen:upgrade${' ' + section.dialect if section.dialect else ''}\n"
           "${section.upgrades | trim}\n\n"
           "-- autogen:downgrade${' ' + section.dialect if section.dialect else ''}\n"
           "${section.downgrades | trim}\n"
           "% endfor\n";
}

static ag_rev_draft draft_of(ag_arena *arena, const char *message, const ag_script *up,
                             const ag_script *down) {
    ag_rev_draft draft = {
        .id = "4f2a9c81d0b4", .message = message, .create_date = "2026-11-20 12:00:00+00:00"};
    ag_rev_scripts scripts = {.dialect = "sqlite", .up = up, .down = down};
    ag_vec_push(arena, &draft.downs, "9b1c33aa0e12");
    ag_vec_push(arena, &draft.scripts, scripts);
    return draft;
}

static bool render_with(ag_arena *arena, const ag_rev_draft *draft, const char *tmpl, char **text,
                        ag_error *err) {
    size_t n = 0;
    return ag_rev_render(arena, draft, "script.mako", ag_str_of(tmpl), text, &n, err);
}

static void a_revision_is_written_as_documented(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    ag_script *up = ag_script_new();
    ag_script *down = ag_script_new();
    ag_script_add(up, AG_ITEM_COMMENT, "create table users");
    ag_script_add(up, AG_ITEM_STATEMENT, "CREATE TABLE users (\n    id integer\n)");
    ag_script_add(up, AG_ITEM_COMMENT, "create index ix");
    ag_script_add(up, AG_ITEM_STATEMENT, "CREATE INDEX ix ON users (id)");
    ag_script_add(up, AG_ITEM_AUTOCOMMIT, NULL);
    ag_script_add(up, AG_ITEM_STATEMENT, "VACUUM");
    ag_script_add(up, AG_ITEM_TRANSACTION, NULL);
    ag_item *rebuild = ag_script_add(down, AG_ITEM_REBUILD, NULL);
    rebuild->table = "my table";
    rebuild->hash = "0123456789abcdef";
    ag_script_add(down, AG_ITEM_STATEMENT, "SELECT 1");
    ag_script_add(down, AG_ITEM_END, NULL);
    ag_script_add(down, AG_ITEM_COMMENT, "drop table users");
    ag_script_add(down, AG_ITEM_WARNING, "loses data: every row of users");
    ag_script_add(down, AG_ITEM_STATEMENT, "DROP TABLE users");
    ag_rev_draft draft = draft_of(arena, "add users table", up, down);
    char *text = NULL;
    ag_error err;
    if (!render_with(arena, &draft, template_text(), &text, &err)) {
        fail_msg("%s", err.message);
    }
    assert_string_equal(text, "-- add users table\n--\n-- Revision ID: 4f2a9c81d0b4\n"
                              "-- Revises: 9b1c33aa0e12\n-- Branch Labels:\n-- Depends On:\n"
                              "-- Create Date: 2026-11-20 12:00:00+00:00\n\n"
                              "-- autogen:upgrade sqlite\n"
                              "-- create table users\n"
                              "CREATE TABLE users (\n    id integer\n);\n\n"
                              "-- create index ix\n"
                              "CREATE INDEX ix ON users (id);\n"
                              "-- autogen:autocommit\nVACUUM;\n-- autogen:transaction\n\n"
                              "-- autogen:downgrade sqlite\n"
                              "-- autogen:rebuild \"my table\" 0123456789abcdef\nSELECT 1;\n"
                              "-- autogen:end\n\n"
                              "-- drop table users\n"
                              "-- WARNING: loses data: every row of users\n"
                              "DROP TABLE users;\n");
    ag_script_free(up);
    ag_script_free(down);
    ag_arena_free(arena);
}

static uint32_t seed;

static size_t pick(size_t n) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

/* A statement of hostile pieces that lexes as one. */
static char *random_statement(ag_arena *arena, bool in_trigger) {
    static const char *const pieces[] = {"'\n-- autogen:part\n'",
                                         "'it''s; \\'",
                                         "\"a\n-- autogen:downgrade\nb\"",
                                         "x",
                                         "(1, 2)",
                                         "[odd ] name]",
                                         "`back;tick`",
                                         "/* ; \n-- autogen:end\n*/",
                                         "-- note; '\n",
                                         "\n-- autogen:upgrade\n",
                                         "\n  -- autogen:bad\n",
                                         "1.5e3",
                                         "\r\n",
                                         "\xC3\xA9\xE2\x80\xAE",
                                         "'$x$'",
                                         "+",
                                         "''",
                                         "x'00ff'",
                                         "\t"};
    ag_buf buf = AG_BUF_INIT;
    ag_buf_puts(&buf,
                in_trigger ? "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1;" : "SELECT ");
    for (size_t i = 1 + pick(8); i > 0; i--) {
        ag_buf_puts(&buf, pieces[pick(sizeof pieces / sizeof *pieces)]);
        ag_buf_putc(&buf, ' ');
    }
    ag_buf_puts(&buf, in_trigger ? "; END" : "FROM t");
    char *text = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return text;
}

static const char *random_text(void) {
    static const char *const texts[] = {
        "plain",
        "autogen:part",
        "x\n-- autogen:downgrade\nDROP TABLE users;",
        "\r\nDROP TABLE a;",
        "Revision ID: evil\nRevises: x",
        "a\x01\x7f\xff\xE2\x80\xA8z",
        "${up_revision} % for x in y:\n% endfor\n## no\n<%doc>",
        "",
    };
    return texts[pick(sizeof texts / sizeof *texts)];
}

static ag_script *random_script(ag_arena *arena) {
    ag_script *script = ag_script_new();
    for (size_t i = pick(6); i > 0; i--) {
        ag_script_add(script, pick(2) == 0 ? AG_ITEM_COMMENT : AG_ITEM_WARNING, random_text());
        size_t kind = pick(8);
        if (kind == 0) {
            ag_script_add(script, AG_ITEM_PART, NULL);
        } else if (kind == 1) {
            ag_script_add(script, AG_ITEM_AUTOCOMMIT, NULL);
            ag_script_add(script, AG_ITEM_STATEMENT, random_statement(arena, false));
            ag_script_add(script, AG_ITEM_TRANSACTION, NULL);
        } else if (kind == 2) {
            ag_item *item = ag_script_add(script, AG_ITEM_REBUILD, NULL);
            item->table = random_text()[0] == '\0' ? "t" : random_text();
            item->table = item->table[0] == '\0' ? "\xC3\xA4 \"\\" : item->table;
            item->hash = "0123456789abcdef";
            ag_script_add(script, AG_ITEM_STATEMENT, random_statement(arena, false));
            ag_script_add(script, AG_ITEM_STATEMENT, random_statement(arena, true));
            ag_script_add(script, AG_ITEM_END, NULL);
        } else {
            ag_script_add(script, AG_ITEM_STATEMENT, random_statement(arena, pick(3) == 0));
        }
    }
    return script;
}

/* Holds the statements of a script against those read, in order; returns how many there are. */
static size_t check_items(const ag_script *script, const ag_rev_parts *parts) {
    AG_VEC(const char *) got = {NULL, 0, 0};
    size_t n = 0;
    for (size_t p = 0; p < parts->n; p++) {
        for (size_t u = 0; u < parts->items[p].units.n; u++) {
            const ag_rev_unit *unit = &parts->items[p].units.items[u];
            for (size_t s = 0; s < unit->statements.n; s++) {
                ag_vec_push(NULL, &got, unit->statements.items[s].sql);
            }
        }
    }
    for (size_t i = 0; i < script->items.n; i++) {
        const ag_item *item = &script->items.items[i];
        if (item->kind == AG_ITEM_STATEMENT) {
            assert_true(n < got.n);
            /* Only a comment that would be a directive is moved by a blank. */
            if (strstr(item->text, "\n-- autogen:upgrade") == NULL) {
                assert_string_equal(got.items[n], item->text);
            } else {
                assert_true(ag_sql_tokens_equal(AG_SQL_SQLITE, got.items[n], item->text));
            }
            n++;
        }
    }
    ag_vec_release(&got);
    return n;
}

static void whatever_is_written_reads_back_the_same(void **state) {
    (void)state;
    for (uint32_t round = 0; round < 400; round++) {
        seed = round * 7919u;
        ag_arena *arena = ag_arena_new();
        ag_script *up = random_script(arena);
        ag_script *down = random_script(arena);
        const char *message = random_text();
        while (!ag_utf8_valid(message, strlen(message), NULL)) {
            message = random_text();
        }
        ag_rev_draft draft = draft_of(arena, message, up, down);
        char *text = NULL;
        ag_error err;
        if (!render_with(arena, &draft, template_text(), &text, &err)) {
            fail_msg("round %u: %s:%d: %s", round, err.file, err.line, err.message);
        }
        ag_rev_file *file = NULL;
        assert_true(ag_rev_file_parse("f.sql", ag_str_of(text), &file, &err));
        ag_rev_parts parts[2] = {{NULL, 0, 0}, {NULL, 0, 0}};
        assert_true(ag_rev_file_parts(file, arena, "sqlite", true, &parts[0], &err));
        assert_true(ag_rev_file_parts(file, arena, "sqlite", false, &parts[1], &err));
        assert_int_equal(check_items(up, &parts[0]), ag_rev_parts_count(&parts[0]));
        assert_int_equal(check_items(down, &parts[1]), ag_rev_parts_count(&parts[1]));
        assert_string_equal(file->header.id, draft.id);
        assert_string_equal(file->header.downs.items[0], "9b1c33aa0e12");
        ag_rev_file_free(file);
        ag_script_free(up);
        ag_script_free(down);
        ag_arena_free(arena);
    }
}

static void a_template_that_loses_something_is_refused(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    ag_script *up = ag_script_new();
    ag_script_add(up, AG_ITEM_STATEMENT, "SELECT 1");
    ag_rev_draft draft = draft_of(arena, "one\nDROP TABLE users;", up, NULL);
    char *text = NULL;
    ag_error err;
    static const char *const bad[][2] = {
        {"-- Revision ID: x\n-- Revises: ${down_revision}\n-- autogen:upgrade\n", "Revision ID"},
        {"-- Revision ID: ${up_revision}\n-- autogen:upgrade\n${sections[0].upgrades}", "Revises"},
        {"-- Revision ID: ${up_revision}\n-- Revises: ${down_revision}\n", "upgrades"},
        {"-- Revision ID: ${up_revision}\n-- Revises: ${down_revision}\n-- autogen:downgrade\n"
         "${sections[0].upgrades}",
         "upgrades"},
        {"-- Revision ID: ${up_revision}\n-- Revises: ${down_revision}\n-- autogen:upgrade\n"
         "-- ${message}\n${sections[0].upgrades}",
         "message"},
        {"-- Revision ID: ${up_revision}\n-- ${message}\n-- Revises: ${down_revision}\n"
         "-- autogen:upgrade\n${sections[0].upgrades}",
         "before the first section"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(render_with(arena, &draft, bad[i][0], &text, &err));
        if (strstr(err.message, bad[i][1]) == NULL) {
            fail_msg("%s: %s", bad[i][0], err.message);
        }
    }
    draft.message = "Revision ID: evil";
    assert_false(render_with(arena, &draft,
                             "-- ${message}\n-- Revision ID: ${up_revision}\n"
                             "-- Revises: ${down_revision}\n-- autogen:upgrade\n"
                             "${sections[0].upgrades}",
                             &text, &err));
    assert_non_null(strstr(err.message, "twice"));
    assert_true(render_with(arena, &draft,
                            "${message|comment}\n-- Revision ID: ${up_revision}\n"
                            "-- Revises: ${down_revision}\n-- autogen:upgrade\nSET x = 1;\n"
                            "${sections[0].upgrades}SELECT 2;",
                            &text, &err));
    ag_script_free(up);
    ag_arena_free(arena);
}

static void bad_names_are_not_written(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    char *text = NULL;
    ag_error err;
    ag_rev_draft draft = draft_of(arena, "x", NULL, NULL);
    draft.id = "bad-id";
    assert_false(render_with(arena, &draft, template_text(), &text, &err));
    assert_int_equal(err.code, AG_USAGE);
    assert_string_equal(err.message,
                        "Character(s) '-' not allowed in revision identifier 'bad-id'");
    draft.id = "good";
    draft.message = "\xFF";
    assert_false(render_with(arena, &draft, template_text(), &text, &err));
    assert_string_equal(err.message, "the message is not UTF-8");
    draft.message = "x";
    draft.id = "a23456789012345678901234567890123";
    assert_false(render_with(arena, &draft, template_text(), &text, &err));
    assert_non_null(strstr(err.message, "longer than the 32 characters"));
    draft.id = "good";
    ag_vec_push(arena, &draft.labels, "a,b");
    assert_false(render_with(arena, &draft, template_text(), &text, &err));
    ag_arena_free(arena);
}

static void parents_are_rewritten_and_nothing_else(void **state) {
    (void)state;
    static const struct {
        const char *before;
        const char *after;
    } cases[] = {
        {"-- m\n-- Revision ID: a\n-- Revises: x, y\n\nSELECT 1;\n-- Revises: z\n",
         "-- m\n-- Revision ID: a\n-- Revises: b, c\n\nSELECT 1;\n-- Revises: z\n"},
        {"-- Revision ID: a\r\n-- Revises:\r\n-- Create Date: 1\r\n",
         "-- Revision ID: a\r\n-- Revises: b, c\r\n-- Create Date: 1\r\n"},
        {"\xEF\xBB\xBF-- Revision ID: a\nSELECT 1;",
         "\xEF\xBB\xBF-- Revision ID: a\n-- Revises: b, c\nSELECT 1;"},
        {"\xEF\xBB\xBF-- Revises: x\n-- Revision ID: a",
         "\xEF\xBB\xBF-- Revises: b, c\n-- Revision ID: a"},
        {"-- Revision ID: a\n--    no list\nSELECT 1;",
         "-- Revision ID: a\n-- Revises: b, c\n--\n--    no list\nSELECT 1;"},
        {"-- Revision ID: a\n\n--    no list\n",
         "-- Revision ID: a\n-- Revises: b, c\n\n--    no list\n"},
    };
    ag_arena *arena = ag_arena_new();
    ag_strings downs = {NULL, 0, 0};
    ag_vec_push(arena, &downs, "b");
    ag_vec_push(arena, &downs, "c");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = NULL;
        size_t n = 0;
        ag_error err;
        assert_true(ag_rev_set_field(arena, "f.sql", ag_str_of(cases[i].before), "Revises", &downs,
                                     &text, &n, &err));
        assert_string_equal(text, cases[i].after);
        assert_int_equal(n, strlen(text));
        ag_rev_header header;
        bool needs_more = false;
        assert_true(ag_rev_header_parse(arena, "f.sql", (ag_str){text, n}, true, &header,
                                        &needs_more, &err));
        assert_int_equal(header.downs.n, 2);
    }
    ag_arena_free(arena);
}

static void fresh_ids_differ(void **state) {
    (void)state;
    char a[13];
    char b[13];
    ag_rev_new_id(a);
    ag_rev_new_id(b);
    assert_int_equal(strlen(a), 12);
    assert_int_equal(strspn(a, "0123456789abcdef"), 12);
    assert_string_not_equal(a, b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_revision_is_written_as_documented),
        cmocka_unit_test(whatever_is_written_reads_back_the_same),
        cmocka_unit_test(a_template_that_loses_something_is_refused),
        cmocka_unit_test(bad_names_are_not_written),
        cmocka_unit_test(parents_are_rewritten_and_nothing_else),
        cmocka_unit_test(fresh_ids_differ),
    };
    return cmocka_run_group_tests_name("revision files, written", tests, NULL, NULL);
}
