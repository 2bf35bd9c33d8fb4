#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "revision/file.h"
#include "revision/write.h"
#include "sql/normal.h"

#define HEAD "-- hello\n--\n-- Revision ID: abc\n-- Revises:\n\n"

static ag_rev_file *parse(const char *text) {
    ag_error err;
    ag_rev_file *file = NULL;
    if (!ag_rev_file_parse("f.sql", ag_str_of(text), &file, &err)) {
        fail_msg("%s:%d:%d: %s", err.file, err.line, err.column, err.message);
    }
    return file;
}

/* "[SELECT 1; SELECT 2] !VACUUM [rebuild t 0011223344556677 (A; B)]" */
static char *show(ag_arena *arena, const ag_rev_file *file, const char *dialect, bool up) {
    ag_rev_parts parts = {NULL, 0, 0};
    ag_error err;
    ag_buf buf = AG_BUF_INIT;
    if (!ag_rev_file_parts(file, arena, dialect, up, &parts, &err)) {
        return ag_arena_printf(arena, "error: %s", err.message);
    }
    for (size_t p = 0; p < parts.n; p++) {
        const ag_rev_part *part = &parts.items[p];
        ag_buf_printf(&buf, "%s%s", p == 0 ? "" : " ", part->is_autocommit ? "!" : "[");
        for (size_t u = 0; u < part->units.n; u++) {
            const ag_rev_unit *unit = &part->units.items[u];
            ag_buf_puts(&buf, u == 0 ? "" : "; ");
            if (unit->table != NULL) {
                ag_buf_printf(&buf, "rebuild %s %s (", unit->table, unit->hash);
            }
            for (size_t s = 0; s < unit->statements.n; s++) {
                ag_buf_printf(&buf, "%s%s", s == 0 ? "" : "; ", unit->statements.items[s].sql);
            }
            ag_buf_puts(&buf, unit->table != NULL ? ")" : "");
        }
        ag_buf_puts(&buf, part->is_autocommit ? "" : "]");
    }
    char *text = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return text;
}

static void check_both(const char *text, const char *dialect, const char *up, const char *down) {
    ag_arena *arena = ag_arena_new();
    ag_rev_file *file = parse(text);
    assert_string_equal(show(arena, file, dialect, true), up);
    assert_string_equal(show(arena, file, dialect, false), down);
    ag_rev_file_free(file);
    ag_arena_free(arena);
}

static void sections_are_chosen_by_dialect_and_run_in_file_order(void **state) {
    (void)state;
    static const char text[] = HEAD "-- autogen:upgrade sqlite\nA;\n"
                                    "-- autogen:upgrade postgresql\nB;\n"
                                    "-- autogen:upgrade\nC;\n"
                                    "-- autogen:upgrade postgresql, sqlite\nD;\n"
                                    "-- autogen:downgrade postgresql\nE; F;\n";
    check_both(text, "sqlite", "[A; C; D]",
               "error: revision abc has no downgrade section for sqlite");
    check_both(text, "postgresql", "[B; C; D]", "[E; F]");
    check_both(HEAD, "sqlite", "", "");
    check_both(HEAD "-- autogen:upgrade postgresql\nA;\n", "sqlite",
               "error: revision abc has no section for sqlite",
               "error: revision abc has no section for sqlite");
    check_both(HEAD "-- autogen:upgrade\n\n-- autogen:downgrade\n", "sqlite", "", "");
}

static void directives_cut_a_section_into_parts(void **state) {
    (void)state;
    check_both(HEAD "-- autogen:upgrade\nA;\n-- autogen:part\nB;C;\n-- autogen:part\n"
                    "-- autogen:part\nD;\n",
               "sqlite", "[A] [B; C] [D]", "");
    check_both(HEAD "-- autogen:upgrade\nA;\n-- autogen:autocommit\nB;\nC;\n"
                    "-- autogen:transaction\nD;\n-- autogen:downgrade\nE;\n"
                    "-- autogen:autocommit\nF;\n",
               "sqlite", "[A] !B !C [D]", "[E] !F");
    check_both(HEAD "-- autogen:upgrade\n-- autogen:autocommit\nA;\n-- autogen:upgrade\nB;\n",
               "sqlite", "!A [B]", "");
    check_both(HEAD "-- autogen:upgrade sqlite\nA;\n"
                    "-- autogen:rebuild users 0123456789abcdef\nB;\nC;\n-- autogen:end\nD;\n",
               "sqlite", "[A; rebuild users 0123456789abcdef (B; C); D]", "");
}

static void directives_within_texts_are_texts(void **state) {
    (void)state;
    check_both(HEAD "-- autogen:upgrade\nSELECT '\n-- autogen:part\n';\n", "sqlite",
               "[SELECT '\n-- autogen:part\n']", "");
    check_both(HEAD "-- autogen:upgrade postgresql\nSELECT $x$\n-- autogen:nonsense\n$x$;\n",
               "postgresql", "[SELECT $x$\n-- autogen:nonsense\n$x$]", "");
    check_both(HEAD "-- autogen:upgrade\nSELECT \"\n-- autogen:part\n\";\n", "sqlite",
               "[SELECT \"\n-- autogen:part\n\"]", "");
    check_both(HEAD "-- autogen:upgrade\n/*\n-- autogen:part\n*/ SELECT 1;\n", "sqlite",
               "[SELECT 1]", "");
    check_both(HEAD "-- autogen:upgrade sqlite\nSELECT [\n-- autogen:part\n];\n", "sqlite",
               "[SELECT [\n-- autogen:part\n]]", "");
    check_both(HEAD "-- autogen:upgrade\nSELECT 1 +\n -- autogen:part\n 2;\n", "sqlite",
               "[SELECT 1 +\n -- autogen:part\n 2]", "");
}

static void statements_are_split_by_the_grammar(void **state) {
    (void)state;
    check_both(HEAD "-- autogen:upgrade sqlite\n"
                    "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT 2; END;\nB",
               "sqlite", "[CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT 2; END; B]",
               "");
    check_both(HEAD "-- autogen:upgrade postgresql\nSELECT $a$;$a$; SELECT ';';", "postgresql",
               "[SELECT $a$;$a$; SELECT ';']", "");
}

static void line_ends_and_byte_order_marks_do_not_matter(void **state) {
    (void)state;
    static const char unix_text[] = HEAD "-- autogen:upgrade\nA;\n-- autogen:part\nB 'x';\n";
    ag_buf dos = AG_BUF_INIT;
    ag_buf_puts(&dos, "\xEF\xBB\xBF");
    for (const char *c = unix_text; *c != '\0'; c++) {
        ag_buf_puts(&dos, *c == '\n' ? "\r" : "");
        ag_buf_putc(&dos, *c);
    }
    check_both(ag_buf_text(&dos), "sqlite", "[A] [B 'x']", "");
    ag_rev_file *a = parse(unix_text);
    ag_rev_file *b = parse(ag_buf_text(&dos));
    assert_string_equal(a->checksum, b->checksum);
    assert_int_equal(strlen(a->checksum), 64);
    ag_rev_file_free(a);
    ag_rev_file_free(b);
    ag_buf_release(&dos);
}

static void checksums_of_parts_follow_their_statements(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    ag_rev_parts a = {NULL, 0, 0};
    ag_rev_parts b = {NULL, 0, 0};
    ag_error err;
    ag_rev_file *one = parse(HEAD "-- autogen:upgrade\nA;\n-- autogen:part\nB;\n");
    ag_rev_file *two = parse(HEAD "-- autogen:upgrade\n-- note\nA;\n-- autogen:part\nB2;\n");
    assert_true(ag_rev_file_parts(one, arena, "sqlite", true, &a, &err));
    assert_true(ag_rev_file_parts(two, arena, "sqlite", true, &b, &err));
    assert_string_equal(a.items[0].checksum, b.items[0].checksum);
    assert_string_not_equal(a.items[1].checksum, b.items[1].checksum);
    assert_int_equal(b.items[1].units.items[0].statements.items[0].loc.line, 10);
    assert_int_equal(ag_rev_parts_count(&a), 2);
    ag_rev_file_free(one);
    ag_rev_file_free(two);
    ag_arena_free(arena);
}

static void check_bad(const char *body, int line, int column, const char *message,
                      const char *hint) {
    ag_buf text = AG_BUF_INIT;
    ag_buf_printf(&text, HEAD "%s", body);
    ag_error err;
    ag_rev_file *file = NULL;
    if (ag_rev_file_parse("f.sql", (ag_str){text.text, text.n}, &file, &err)) {
        fail_msg("no error: %s", body);
    }
    assert_int_equal(err.code, AG_INPUT);
    assert_string_equal(err.file, "f.sql");
    if (strstr(err.message, message) == NULL || strstr(err.hint, hint) == NULL) {
        fail_msg("%s gives: %s (%s)", body, err.message, err.hint);
    }
    assert_int_equal(err.line, line);
    assert_int_equal(err.column, column);
    ag_buf_release(&text);
}

static void mistakes_are_placed(void **state) {
    (void)state;
    check_bad("SELECT 1;\n", 6, 1, "before the first section", "autogen:upgrade");
    check_bad("-- autogen:upgrad\n", 6, 1, "unknown directive '-- autogen:upgrad'",
              "did you mean '-- autogen:upgrade'");
    check_bad("-- autogen:\n", 6, 1, "unknown directive", "");
    check_bad("--autogen:upgrade\n", 6, 1, "not spelt right", "-- autogen:");
    check_bad("-- Autogen:upgrade\n", 6, 1, "not spelt right", "-- autogen:");
    check_bad("-- autogen:upgrade postgres\n", 6, 20, "unknown dialect 'postgres'",
              "did you mean 'postgresql'");
    check_bad("-- autogen:upgrade sqlite, oracle\n", 6, 28, "unknown dialect 'oracle'", "");
    check_bad("-- autogen:part\n", 6, 1, "misplaced", "");
    check_bad("-- autogen:upgrade\n  -- autogen:part\n", 7, 3, "beginning of its line", "");
    check_bad("-- autogen:upgrade\nA; -- autogen:part\n", 7, 4, "beginning of its line", "");
    check_bad("-- autogen:upgrade\nSELECT 1\n-- autogen:downgrade\nB;\n", 8, 1,
              "inside of a statement", "begins at line 7");
    check_bad("-- autogen:upgrade sqlite\nCREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1;\n"
              "-- autogen:part\nEND;\n",
              8, 1, "inside of a statement", "begins at line 7");
    check_bad("-- autogen:upgrade\n-- autogen:transaction\n", 7, 1, "misplaced", "");
    check_bad("-- autogen:upgrade\n-- autogen:autocommit\n-- autogen:autocommit\n", 8, 1,
              "misplaced", "");
    check_bad("-- autogen:upgrade\n-- autogen:autocommit\n-- autogen:part\n", 8, 1, "misplaced",
              "");
    check_bad("-- autogen:upgrade\n-- autogen:part now\n", 7, 17, "takes no arguments", "");
    check_bad("-- autogen:upgrade\n-- autogen:end\n", 7, 1, "misplaced", "");
    check_bad("-- autogen:upgrade\n-- autogen:rebuild \n", 7, 19, "16 hexadecimal digits", "");
    check_bad("-- autogen:upgrade\n-- autogen:rebuild t\n", 7, 20, "16 hexadecimal digits", "");
    check_bad("-- autogen:upgrade\n-- autogen:rebuild t 0123456789ABCDEF\n", 7, 20,
              "16 hexadecimal digits", "");
    check_bad("-- autogen:upgrade\n-- autogen:rebuild t 0123456789abcdef\nA;\n", 7, 1,
              "no '-- autogen:end'", "");
    check_bad("-- autogen:upgrade\n-- autogen:rebuild t 0123456789abcdef\n"
              "-- autogen:downgrade\n",
              8, 1, "misplaced", "");
    check_bad("-- autogen:upgrade\n-- autogen:rebuild t 0123456789abcdef\n-- autogen:part\n", 8, 1,
              "misplaced", "");
    check_bad("-- autogen:upgrade\nA;\n\n  SELECT 'x;\n", 9, 10, "not closed", "");
    check_bad("-- autogen:upgrade\nA;\n-- autogen:downgrade\nSELECT 'x;\n-- autogen:part\n", 9, 8,
              "not closed", "");
}

static void transactions_are_not_to_be_ended_by_hand(void **state) {
    (void)state;
    static const char *const bad[] = {"COMMIT",
                                      "commit work",
                                      "BEGIN",
                                      "BEGIN IMMEDIATE",
                                      "END",
                                      "ROLLBACK",
                                      "ABORT",
                                      "START TRANSACTION",
                                      "ROLLBACK TRANSACTION",
                                      "/* x */ commit",
                                      "PREPARE TRANSACTION 'x'"};
    static const char *const good[] = {"SAVEPOINT a",
                                       "ROLLBACK TO a",
                                       "RELEASE a",
                                       "ROLLBACK TRANSACTION TO SAVEPOINT a",
                                       "PREPARE p AS SELECT 1",
                                       "COMMENT ON TABLE a IS 'x'"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ag_arena *arena = ag_arena_new();
        ag_rev_file *file = NULL;
        ag_error err;
        char *text = ag_arena_printf(arena, HEAD "-- autogen:upgrade\n%s;\n", bad[i]);
        assert_false(ag_rev_file_parse("f.sql", ag_str_of(text), &file, &err));
        assert_int_equal(err.line, 7);
        ag_arena_free(arena);
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        ag_arena *arena = ag_arena_new();
        ag_rev_file_free(parse(ag_arena_printf(arena, HEAD "-- autogen:upgrade\n%s;\n", good[i])));
        ag_arena_free(arena);
    }
}

static void nul_bytes_are_refused(void **state) {
    (void)state;
    static const char text[] = HEAD "-- autogen:upgrade\nSELECT 1;\0SELECT 2;\n";
    static const char header[] = "-- a\0b\n-- Revision ID: a\n";
    ag_error err;
    ag_rev_file *file = NULL;
    assert_false(ag_rev_file_parse("f.sql", (ag_str){text, sizeof text - 1}, &file, &err));
    assert_int_equal(err.line, 7);
    assert_false(ag_rev_file_parse("f.sql", (ag_str){header, sizeof header - 1}, &file, &err));
    assert_int_equal(err.line, 1);
}

/* Writing. */

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sections_are_chosen_by_dialect_and_run_in_file_order),
        cmocka_unit_test(directives_cut_a_section_into_parts),
        cmocka_unit_test(directives_within_texts_are_texts),
        cmocka_unit_test(statements_are_split_by_the_grammar),
        cmocka_unit_test(line_ends_and_byte_order_marks_do_not_matter),
        cmocka_unit_test(checksums_of_parts_follow_their_statements),
        cmocka_unit_test(mistakes_are_placed),
        cmocka_unit_test(transactions_are_not_to_be_ended_by_hand),
        cmocka_unit_test(nul_bytes_are_refused),
    };
    return cmocka_run_group_tests_name("revision files, read", tests, NULL, NULL);
}
