#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "sql/split.h"

/* The bare statements, each followed by '|' when a semicolon ended it, by '$' when not. */
static char *split_by(ag_sql_flavor flavor, const char *text, bool is_script) {
    ag_arena *arena = ag_arena_new();
    ag_statements list = {0};
    ag_error err = {0};
    bool ok = is_script ? ag_sql_split_script(arena, flavor, "f.sql", ag_str_of(text), &list, &err)
                        : ag_sql_split(arena, flavor, "f.sql", ag_str_of(text), &list, &err);
    if (!ok) {
        fail_msg("%s: %s", text, err.message);
    }
    ag_buf out = AG_BUF_INIT;
    for (size_t i = 0; i < list.n; i++) {
        const ag_statement *s = &list.items[i];
        assert_ptr_equal(s->sql.p, text + s->start);
        assert_true(s->offset <= s->start);
        assert_true(s->start + s->sql.n <= s->offset + s->n);
        ag_loc loc = ag_loc_of_offset("f.sql", text, strlen(text), s->start);
        assert_int_equal(loc.line, s->loc.line);
        assert_int_equal(loc.column, s->loc.column);
        ag_buf_putn(&out, s->sql.p, s->sql.n);
        ag_buf_putc(&out, s->is_command ? '!' : s->is_closed ? '|' : '$');
    }
    ag_arena_free(arena);
    ag_buf_putc(&out, '.');
    return ag_buf_steal(&out);
}

static char *split_of(ag_sql_flavor flavor, const char *text) {
    return split_by(flavor, text, false);
}

static void check_script(ag_sql_flavor flavor, const char *text, const char *expected) {
    char *found = split_by(flavor, text, true);
    assert_string_equal(found, expected);
    free(found);
}

static void check(ag_sql_flavor flavor, const char *text, const char *expected) {
    char *found = split_of(flavor, text);
    assert_string_equal(found, expected);
    free(found);
}

/* Checks one statement in the middle of others. */
static void check_whole(ag_sql_flavor flavor, const char *statement) {
    ag_buf text = AG_BUF_INIT;
    ag_buf expected = AG_BUF_INIT;
    ag_buf_printf(&text, "SELECT 1; %s; SELECT 2", statement);
    ag_buf_printf(&expected, "SELECT 1|%s|SELECT 2$.", statement);
    check(flavor, ag_buf_text(&text), ag_buf_text(&expected));
    ag_buf_release(&text);
    ag_buf_release(&expected);
}

static const ag_sql_flavor all_flavors[] = {AG_SQL_GENERIC, AG_SQL_SQLITE, AG_SQL_POSTGRES};

static void semicolons_end_statements(void **state) {
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        check(all_flavors[i], "", ".");
        check(all_flavors[i], " ;; -- x\n ; ", ".");
        check(all_flavors[i], "a;b ; c", "a|b|c$.");
        check(all_flavors[i], "a;\n-- only a comment", "a|.");
        check(all_flavors[i], "a -- b;\n; /* ; */ c;", "a|c|.");
        check_whole(all_flavors[i], "SELECT ';', \";\", 'it'';s'");
        check_whole(all_flavors[i], "BEGIN");
        check_whole(all_flavors[i], "END");
        check_whole(all_flavors[i], "CREATE TABLE t (a int, b int)");
    }
}

static void comments_before_a_statement_belong_to_it(void **state) {
    (void)state;
    const char *text = "a; -- one\n\n/* two */ b -- three\n;\n-- four\n";
    ag_arena *arena = ag_arena_new();
    ag_statements list = {0};
    assert_true(ag_sql_split(arena, AG_SQL_POSTGRES, NULL, ag_str_of(text), &list, NULL));
    assert_int_equal(list.n, 2);
    ag_statement b = list.items[1];
    assert_memory_equal(text + b.offset, "-- one\n\n/* two */ b -- three\n;", b.n);
    assert_int_equal(b.n, 30);
    assert_int_equal(b.sql.n, 1);
    assert_int_equal(b.loc.line, 3);
    assert_int_equal(b.loc.column, 11);
    ag_arena_free(arena);
}

static void pg_bodies_stay_whole(void **state) {
    (void)state;
    static const char *const statements[] = {
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END",
        "CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC VALUES (CASE WHEN a THEN 1 ELSE 2 END); END",
        "CREATE FUNCTION p() BEGIN ATOMIC SELECT CASE WHEN CASE 1 WHEN 1 THEN a END THEN 2 END;END",
        "create function f(\"begin\" int) begin atomic select t.end, 1 as end, t.case; end",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC END",
        "CREATE FUNCTION f() RETURNS int AS $$ BEGIN; RETURN 1; END; $$ LANGUAGE plpgsql",
        "CREATE FUNCTION f() RETURNS int AS $fn$ SELECT $$;$$; $fn$ LANGUAGE sql",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN CASE WHEN true THEN 1 END",
        "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2;)",
        "DO $$ BEGIN PERFORM 1; END $$",
        "CREATE TRIGGER t BEFORE INSERT ON begin EXECUTE FUNCTION f()",
        "CREATE TRIGGER begin AFTER UPDATE OF begin ON t FOR EACH ROW EXECUTE FUNCTION begin()",
        "SELECT E'\\';'",
        "SELECT /* a; /* b; */ c; */ 1",
    };
    for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++) {
        check_whole(AG_SQL_POSTGRES, statements[i]);
        check_whole(AG_SQL_GENERIC, statements[i]);
    }
    check(AG_SQL_POSTGRES, "CREATE TRIGGER x BEGIN SELECT 1; END;",
          "CREATE TRIGGER x BEGIN SELECT 1|END|.");
    check(AG_SQL_POSTGRES, "BEGIN ATOMIC; a;", "BEGIN ATOMIC|a|.");
}

/* SQLite itself is asked: prepared one by one, the statements end where ours do. */
static void sqlite_ends_statements_where_we_do(void **state) {
    (void)state;
    static const char script[] =
        "CREATE TABLE t(a, b, \"x;y\", [c;d], `e;f`);\n"
        "CREATE TABLE begin(a);\n"
        "CREATE TRIGGER r1 AFTER INSERT ON t BEGIN SELECT 1; UPDATE t SET a = CASE WHEN b THEN 1 "
        "ELSE 2 END; END;\n"
        "CREATE TEMP TRIGGER r2 AFTER DELETE ON main.t WHEN CASE old.a WHEN 1 THEN 1 END\n"
        "BEGIN -- ; END;\n DELETE FROM t WHERE a = ';'; /* END; */ END;\n"
        "CREATE TRIGGER IF NOT EXISTS begin AFTER INSERT ON begin BEGIN SELECT 1 end; SELECT 2 AS "
        "[end];END ;\n"
        "EXPLAIN QUERY PLAN SELECT 1;\n"
        "EXPLAIN CREATE TRIGGER r3 AFTER INSERT ON t BEGIN SELECT 1; SELECT 2; END;\n"
        "BEGIN; INSERT INTO t(a) VALUES (';'); END;;\n"
        "SELECT x'3b', a->>'$.b;c' FROM t; SELECT '/*;', 1 /* ; */;\n"
        "CREATE TEMPORARY TRIGGER r4 AFTER UPDATE OF a ON t BEGIN SELECT 1; END";
    ag_arena *arena = ag_arena_new();
    ag_statements list = {0};
    ag_error err = {0};
    ag_str text = ag_str_of(script);
    assert_true(ag_sql_split(arena, AG_SQL_SQLITE, NULL, text, &list, &err));
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    size_t i = 0;
    for (const char *at = script; *at != '\0';) {
        sqlite3_stmt *stmt = NULL;
        assert_int_equal(sqlite3_prepare_v2(db, at, -1, &stmt, &at), SQLITE_OK);
        if (stmt != NULL) {
            assert_true(i < list.n);
            assert_ptr_equal(at, script + list.items[i].offset + list.items[i].n);
            i++;
            while (sqlite3_step(stmt) == SQLITE_ROW) {
            }
            assert_int_equal(sqlite3_finalize(stmt), SQLITE_OK);
        }
    }
    assert_int_equal(i, list.n);
    assert_int_equal(list.n, 13);
    sqlite3_close(db);
    list = (ag_statements){0};
    assert_true(ag_sql_split(arena, AG_SQL_GENERIC, NULL,
                             ag_str_of("CREATE TEMP TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; "
                                       "SELECT CASE 1 WHEN 1 THEN 2 END; END; SELECT 2"),
                             &list, &err));
    assert_int_equal(list.n, 2);
    ag_arena_free(arena);
}

static void sqlite_ignores_open_parentheses(void **state) {
    (void)state;
    check(AG_SQL_SQLITE, "a (; b", "a (|b$.");
    check(AG_SQL_POSTGRES, "a (; b", "a (; b$.");
    check(AG_SQL_POSTGRES, "a )); b", "a ))|b$.");
}

static void check_fails(ag_sql_flavor flavor, ag_str text, int line, int column,
                        const char *message) {
    ag_arena *arena = ag_arena_new();
    ag_statements list = {0};
    ag_error err = {0};
    assert_false(ag_sql_split(arena, flavor, "f.sql", text, &list, &err));
    assert_int_equal(err.code, AG_INPUT);
    assert_string_equal(err.file, "f.sql");
    assert_int_equal(err.line, line);
    assert_int_equal(err.column, column);
    assert_string_equal(err.message, message);
    assert_false(ag_sql_split(arena, flavor, "f.sql", text, &list, NULL));
    ag_arena_free(arena);
}

static void what_is_not_closed_is_shown_at_its_start(void **state) {
    (void)state;
    check_fails(AG_SQL_POSTGRES, ag_str_of("a;\nb;\n\xC3\xA9 'c;\n d"), 3, 3,
                "a string is not closed");
    check_fails(AG_SQL_POSTGRES, ag_str_of("a; $$ b"), 1, 4, "a dollar quote is not closed");
    check_fails(AG_SQL_SQLITE, ag_str_of("a\n/* b;"), 2, 1, "a comment is not closed");
    check_fails(AG_SQL_GENERIC, ag_str_of("\"a"), 1, 1, "a quoted identifier is not closed");
    check_fails(AG_SQL_GENERIC, (ag_str){"a;\n'b\0c'", 9}, 2, 3, "a NUL byte");
}

static void psql_commands_are_errors_but_those_of_pg_dump(void **state) {
    (void)state;
    check(AG_SQL_POSTGRES, "-- dump\n\n\\restrict AbC';\n\nSET a = 1;\n\\unrestrict AbC",
          "SET a = 1|.");
    check(AG_SQL_GENERIC, "\\restrict AbC\nSELECT 1", "SELECT 1$.");
    check_fails(AG_SQL_POSTGRES, ag_str_of("a;\n \\connect x\nb;"), 2, 2,
                "\\connect is a command of psql, not SQL");
    check_fails(AG_SQL_GENERIC, ag_str_of("\\"), 1, 1, "\\ is a command of psql, not SQL");
}

static void deep_and_long_scripts_are_split_in_linear_time(void **state) {
    (void)state;
    ag_buf text = AG_BUF_INIT;
    for (int i = 0; i < 200000; i++) {
        ag_buf_puts(&text, i % 2 == 0 ? "((" : "/**/");
    }
    ag_buf_puts(&text, ";");
    for (int i = 0; i < 200000; i++) {
        ag_buf_puts(&text, "a;");
    }
    ag_arena *arena = ag_arena_new();
    ag_statements list = {0};
    assert_true(ag_sql_split(arena, AG_SQL_SQLITE, NULL, (ag_str){text.text, text.n}, &list, NULL));
    assert_int_equal(list.n, 200001);
    assert_int_equal(list.items[200000].loc.column, 1 + text.n - 2);
    ag_arena_free(arena);
    ag_buf_release(&text);
}

static void scripts_have_lines_for_the_shell(void **state) {
    (void)state;
    check_script(AG_SQL_POSTGRES, "SELECT 1;\n\\connect 'a;b'\r\n\\restrict x\nSELECT 2",
                 "SELECT 1|\\connect 'a;b'!SELECT 2$.");
    check_script(AG_SQL_POSTGRES, "\\echo", "\\echo!.");
    check_script(AG_SQL_SQLITE, ".mode box\nSELECT 1;\n.quit", ".mode box!SELECT 1|.quit!.");
    check_script(AG_SQL_SQLITE, "SELECT a\n.b", "SELECT a\n.b$.");
    ag_arena *arena = ag_arena_new();
    ag_statements list = {0};
    ag_error err;
    assert_false(ag_sql_split_script(arena, AG_SQL_POSTGRES, "f.sql",
                                     ag_str_of("SELECT 1\n \\gexec"), &list, &err));
    assert_int_equal(err.line, 2);
    assert_non_null(strstr(err.message, "\\gexec"));
    ag_arena_free(arena);
}

static void rows_behind_copy_are_left_out_of_scripts(void **state) {
    (void)state;
    check_script(AG_SQL_POSTGRES, "COPY t (a) FROM stdin;\n1;'\n\\.x\n\\N\n\\.\n\nSELECT 2;",
                 "COPY t (a) FROM stdin|SELECT 2|.");
    check_script(AG_SQL_POSTGRES, "copy t FROM STDIN WITH (FORMAT csv);\r\n'\r\n\\.\r\nSELECT 2",
                 "copy t FROM STDIN WITH (FORMAT csv)|SELECT 2$.");
    check_script(AG_SQL_POSTGRES, "COPY t FROM stdin;\n1", "COPY t FROM stdin|.");
    check_script(AG_SQL_POSTGRES, "COPY t FROM stdin;", "COPY t FROM stdin|.");
    check_script(AG_SQL_POSTGRES, "COPY t FROM 'stdin';SELECT 2", "COPY t FROM 'stdin'|SELECT 2$.");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(semicolons_end_statements),
        cmocka_unit_test(comments_before_a_statement_belong_to_it),
        cmocka_unit_test(pg_bodies_stay_whole),
        cmocka_unit_test(sqlite_ends_statements_where_we_do),
        cmocka_unit_test(sqlite_ignores_open_parentheses),
        cmocka_unit_test(what_is_not_closed_is_shown_at_its_start),
        cmocka_unit_test(psql_commands_are_errors_but_those_of_pg_dump),
        cmocka_unit_test(scripts_have_lines_for_the_shell),
        cmocka_unit_test(rows_behind_copy_are_left_out_of_scripts),
        cmocka_unit_test(deep_and_long_scripts_are_split_in_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
