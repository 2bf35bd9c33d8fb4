#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "sql/token.h"

/* Tokens as "kind:text kind:text …" with one letter per kind, white space left out. */
static char *tokens_of(ag_sql_flavor flavor, const char *text) {
    static const char letters[] = "$ cwqsnpo.!";
    ag_buf out = AG_BUF_INIT;
    ag_lexer lexer = ag_lexer_of(flavor, ag_str_of(text));
    size_t at = 0;
    for (;;) {
        ag_token token = ag_lexer_next(&lexer);
        assert_int_equal(token.offset, at);
        at += token.n;
        if (token.kind == AG_TOKEN_END) {
            break;
        }
        assert_true(token.n > 0);
        if (token.kind != AG_TOKEN_SPACE) {
            ag_buf_printf(&out, "%s%c:%.*s", out.n > 0 ? " " : "", letters[token.kind],
                          (int)token.n, text + token.offset);
        }
    }
    assert_int_equal(at, strlen(text));
    return ag_buf_steal(&out);
}

static void check(ag_sql_flavor flavor, const char *text, const char *expected) {
    char *found = tokens_of(flavor, text);
    assert_string_equal(found == NULL ? "" : found, expected);
    free(found);
}

static void pg_tokens_follow_its_scanner(void **state) {
    (void)state;
    const ag_sql_flavor pg = AG_SQL_POSTGRES;
    check(pg, "", "");
    check(pg, "SELECT a.b, 1", "w:SELECT w:a .:. w:b .:, n:1");
    check(pg, "a::text", "w:a o::: w:text");
    check(pg, "a->>'b'||c", "w:a o:->> s:'b' o:|| w:c");
    check(pg, "a<=>b", "w:a o:<=> w:b");
    check(pg, "a=-1", "w:a o:= o:- n:1");
    check(pg, "a=+-1", "w:a o:= o:+ o:- n:1");
    check(pg, "a@-1", "w:a o:@- n:1");
    check(pg, "a<--x", "w:a o:< c:--x");
    check(pg, "a*/*x*/b", "w:a o:* c:/*x*/ w:b");
    check(pg, "f(a => 1, b := 2)", "w:f .:( w:a o:=> n:1 .:, w:b o::= n:2 .:)");
    check(pg, "x[1:y]", "w:x .:[ n:1 o:: w:y .:]");
    check(pg, "1..10", "n:1 o:.. n:10");
    check(pg, "1.5e-3 .5 1. 0x1F 1_000", "n:1.5e-3 n:.5 n:1. n:0x1F n:1_000");
    check(pg, "$1 $12a", "p:$1 p:$12 w:a");
    check(pg, "a$b$c", "w:a$b$c");
    check(pg, "j ? 'k' ?| x", "w:j o:? s:'k' o:?| w:x");
    check(pg, "`a`", "o:` w:a o:`");
    check(pg, "a-- b\nc", "w:a c:-- b w:c");
    check(pg, "a-- b\rc", "w:a c:-- b w:c");
    check(pg, "/* a /* b */ c */ d", "c:/* a /* b */ c */ w:d");
    check(pg, "/*/ */ d", "c:/*/ */ w:d");
    check(pg, "\xC3\xA9t\xC3\xA9", "w:\xC3\xA9t\xC3\xA9");
    check(pg, "\xEF\xBB\xBFSELECT", "w:SELECT");
}

static void pg_strings_of_every_kind_are_one_token(void **state) {
    (void)state;
    const ag_sql_flavor pg = AG_SQL_POSTGRES;
    check(pg, "'it''s' 'b'", "s:'it''s' s:'b'");
    check(pg, "'a\\' b", "s:'a\\' w:b");
    check(pg, "E'a\\' b' c", "s:E'a\\' b' w:c");
    check(pg, "e'a\\\\' b", "s:e'a\\\\' w:b");
    check(pg, "E 'a'", "w:E s:'a'");
    check(pg, "U&'d\\0061' U&\"x\" b'01' X'ff' n'a'",
          "s:U&'d\\0061' q:U&\"x\" s:b'01' s:X'ff' s:n'a'");
    check(pg, "u & 'a'", "w:u o:& s:'a'");
    check(pg, "$$a;'b$$ $x$ $$ $y$ $x$c", "s:$$a;'b$$ s:$x$ $$ $y$ $x$ w:c");
    check(pg, "'a'\n'b'", "s:'a'\n'b'");
    check(pg, "'a' -- x\n 'b'", "s:'a' -- x\n 'b'");
    check(pg, "'a' -- x\n b", "s:'a' c:-- x w:b");
    check(pg, "E'a'\n'\\'b' c", "s:E'a'\n'\\'b' w:c");
    check(pg, "\"a\"\"b\"", "q:\"a\"\"b\"");
}

static void sqlite_tokens_follow_its_scanner(void **state) {
    (void)state;
    const ag_sql_flavor lite = AG_SQL_SQLITE;
    check(lite, "`a``b` [c ' d] \"e\"\"f\"", "q:`a``b` q:[c ' d] q:\"e\"\"f\"");
    check(lite, "x'00ff' X'' E'a'", "s:x'00ff' s:X'' w:E s:'a'");
    check(lite, "? ?12 :a @b $c $d::e #f", "p:? p:?12 p::a p:@b p:$c p:$d::e p:#f");
    check(lite, "a->b->>'c'||d<<1==2!=3<>4",
          "w:a o:-> w:b o:->> s:'c' o:|| w:d o:<< n:1 o:== n:2 o:!= n:3 o:<> n:4");
    check(lite, "a=-1", "w:a o:= o:- n:1");
    check(lite, "1-+-1", "n:1 o:- o:+ o:- n:1");
    check(lite, "/* a /* b */ c", "c:/* a /* b */ w:c");
    check(lite, "-- a\rb\nc", "c:-- a\rb w:c");
    check(lite, "'a'\n'b'", "s:'a' s:'b'");
    check(lite, "'a\\' b", "s:'a\\' w:b");
}

static void generic_takes_both_databases_forms(void **state) {
    (void)state;
    check(AG_SQL_GENERIC, "`a` ARRAY['x'] $$;$$ E'\\''",
          "q:`a` w:ARRAY .:[ s:'x' .:] s:$$;$$ s:E'\\''");
    check(AG_SQL_GENERIC, "/* /* */ */ a", "c:/* /* */ */ w:a");
    check(AG_SQL_GENERIC, "/* /* */ a /* /* */ b", "c:/* /* */ w:a c:/* /* */ w:b");
    check(AG_SQL_GENERIC, "a||`b`", "w:a o:|| q:`b`");
}

static void what_is_not_closed_is_an_error_to_the_end(void **state) {
    (void)state;
    static const struct {
        ag_sql_flavor flavor;
        const char *text;
        const char *problem;
    } cases[] = {
        {AG_SQL_POSTGRES, "'a; b", "a string is not closed"},
        {AG_SQL_POSTGRES, "E'a\\'", "a string is not closed"},
        {AG_SQL_POSTGRES, "E'\"", "a string is not closed"},
        {AG_SQL_POSTGRES, "E'\\", "a string is not closed"},
        {AG_SQL_POSTGRES, "$a$ b $a", "a dollar quote is not closed"},
        {AG_SQL_POSTGRES, "/* /* */", "a comment is not closed"},
        {AG_SQL_POSTGRES, "\"a", "a quoted identifier is not closed"},
        {AG_SQL_POSTGRES, "U&\"a", "a quoted identifier is not closed"},
        {AG_SQL_SQLITE, "[a", "a quoted identifier is not closed"},
        {AG_SQL_SQLITE, "`a``", "a quoted identifier is not closed"},
        {AG_SQL_SQLITE, "/*", "a comment is not closed"},
        {AG_SQL_GENERIC, "/*/", "a comment is not closed"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ag_str text = ag_str_of(cases[i].text);
        ag_lexer lexer = ag_lexer_of(cases[i].flavor, text);
        ag_token token = ag_lexer_next(&lexer);
        assert_int_equal(token.kind, AG_TOKEN_ERROR);
        assert_int_equal(token.n, text.n);
        assert_string_equal(ag_token_problem(text, token), cases[i].problem);
    }
}

static void nul_bytes_are_errors_outside_of_quotes(void **state) {
    (void)state;
    ag_str text = {"a\0b'\0'", 6};
    ag_lexer lexer = ag_lexer_of(AG_SQL_POSTGRES, text);
    assert_int_equal(ag_lexer_next(&lexer).kind, AG_TOKEN_WORD);
    ag_token token = ag_lexer_next(&lexer);
    assert_int_equal(token.kind, AG_TOKEN_ERROR);
    assert_int_equal(token.n, 1);
    assert_string_equal(ag_token_problem(text, token), "a NUL byte");
    token = ag_lexer_next(&lexer);
    assert_int_equal(token.kind, AG_TOKEN_STRING);
    assert_int_equal(token.n, 4);
}

static void solid_tokens_end_with_an_end_that_is_not_counted(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    ag_str text = ag_str_of(" a /* x */ + -- y\n b ");
    ag_tokens tokens = ag_sql_tokens(arena, AG_SQL_POSTGRES, text);
    assert_int_equal(tokens.n, 3);
    assert_true(ag_token_is(text, tokens.items[0], "A"));
    assert_true(ag_token_is(text, tokens.items[1], "+"));
    assert_int_equal(tokens.items[2].offset, 19);
    assert_int_equal(tokens.items[3].kind, AG_TOKEN_END);
    assert_false(ag_token_is(text, tokens.items[3], ""));
    ag_arena_free(arena);
    ag_tokens heap = ag_sql_tokens(NULL, AG_SQL_SQLITE, ag_str_of("'select'"));
    assert_int_equal(heap.n, 1);
    assert_false(ag_token_is(ag_str_of("'select'"), heap.items[0], "'select'"));
    ag_vec_release(&heap);
}

static void check_value(ag_sql_flavor flavor, const char *text, const char *value) {
    ag_arena *arena = ag_arena_new();
    ag_tokens tokens = ag_sql_tokens(arena, flavor, ag_str_of(text));
    assert_int_equal(tokens.n, 1);
    assert_string_equal(ag_token_unquote(arena, flavor, ag_str_of(text), tokens.items[0]), value);
    ag_arena_free(arena);
}

static void tokens_know_what_they_stand_for(void **state) {
    (void)state;
    const ag_sql_flavor pg = AG_SQL_POSTGRES;
    check_value(pg, "Users", "users");
    check_value(pg, "\"Us\"\"ers\"", "Us\"ers");
    check_value(pg, "U&\"d\\0061t\\+000061\"", "data");
    check_value(pg, "'it''s'", "it's");
    check_value(pg, "''", "");
    check_value(pg, "''''", "'");
    check_value(pg, "'a' -- don't\n 'b''c'\n'd'", "ab'cd");
    check_value(pg, "E'a\\n\\t\\'''\\\\\\x41\\101\\u00e9\\q'", "a\n\t''\\AA\xC3\xA9q");
    check_value(pg, "E'\\U0001F600\\ud83d\\ude00'", "\xF0\x9F\x98\x80\xF0\x9F\x98\x80");
    check_value(pg, "E'a'\n'\\n'", "a\n");
    check_value(pg, "U&'\\d83d\\de00\\\\'", "\xF0\x9F\x98\x80\\");
    check_value(pg, "$$it's$$", "it's");
    check_value(pg, "$a$$$ b$a$", "$$ b");
    check_value(pg, "X'1F'", "1F");
    check_value(pg, "N'x'", "x");
    check_value(AG_SQL_SQLITE, "Users", "Users");
    check_value(AG_SQL_SQLITE, "`a``b`", "a`b");
    check_value(AG_SQL_SQLITE, "[a\"b]", "a\"b");
    check_value(AG_SQL_SQLITE, "x'00ff'", "00ff");
    check_value(AG_SQL_GENERIC, "Users", "Users");
}

static void check_quoted(ag_sql_flavor flavor, const char *name, bool force, const char *expected) {
    ag_buf buf = AG_BUF_INIT;
    ag_sql_quote_ident(&buf, flavor, name, force);
    assert_string_equal(ag_buf_text(&buf), expected);
    ag_buf_release(&buf);
}

static void identifiers_are_quoted_when_needed(void **state) {
    (void)state;
    check_quoted(AG_SQL_POSTGRES, "users", false, "users");
    check_quoted(AG_SQL_POSTGRES, "users", true, "\"users\"");
    check_quoted(AG_SQL_POSTGRES, "Users", false, "\"Users\"");
    check_quoted(AG_SQL_POSTGRES, "user", false, "\"user\"");
    check_quoted(AG_SQL_POSTGRES, "integer", false, "\"integer\"");
    check_quoted(AG_SQL_POSTGRES, "key", false, "key");
    check_quoted(AG_SQL_POSTGRES, "1a", false, "\"1a\"");
    check_quoted(AG_SQL_POSTGRES, "", false, "\"\"");
    check_quoted(AG_SQL_POSTGRES, "a\"b", false, "\"a\"\"b\"");
    check_quoted(AG_SQL_POSTGRES, "\xC3\xA9", false, "\"\xC3\xA9\"");
    check_quoted(AG_SQL_SQLITE, "Users", false, "Users");
    check_quoted(AG_SQL_SQLITE, "key", false, "\"key\"");
    check_quoted(AG_SQL_SQLITE, "user", false, "user");
    check_quoted(AG_SQL_GENERIC, "user", false, "\"user\"");
    check_quoted(AG_SQL_GENERIC, "key", false, "\"key\"");
    check_quoted(AG_SQL_GENERIC, "users", false, "users");
}

static void a_string_is_quoted_so_that_it_reads_back(void **state) {
    (void)state;
    ag_buf buf = AG_BUF_INIT;
    ag_sql_quote_string(&buf, "it's \\ '");
    assert_string_equal(ag_buf_text(&buf), "'it''s \\ '''");
    check_value(AG_SQL_POSTGRES, ag_buf_text(&buf), "it's \\ '");
    check_value(AG_SQL_SQLITE, ag_buf_text(&buf), "it's \\ '");
    ag_buf_release(&buf);
}

static void run_lite(sqlite3 *db, int expected, const char *format, const char *word) {
    char *sql = sqlite3_mprintf(format, word, word);
    int result = sqlite3_exec(db, sql, NULL, NULL, NULL);
    if ((result == SQLITE_OK) != (expected == SQLITE_OK)) {
        fail_msg("%s: %d", sql, result);
    }
    sqlite3_free(sql);
}

static void sqlite_agrees_on_every_keyword(void **state) {
    (void)state;
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    ag_buf quoted = AG_BUF_INIT;
    for (int i = 0; i < sqlite3_keyword_count(); i++) {
        const char *name = NULL;
        int n = 0;
        assert_int_equal(sqlite3_keyword_name(i, &name, &n), SQLITE_OK);
        char word[64] = {0};
        memcpy(word, name, (size_t)n);
        ag_str as_str = ag_str_of(word);
        assert_true(ag_sql_is_keyword(AG_SQL_SQLITE, as_str));
        ag_buf_clear(&quoted);
        ag_sql_quote_ident(&quoted, AG_SQL_SQLITE, word, false);
        run_lite(db, SQLITE_OK, "CREATE TABLE %s(%s int)", ag_buf_text(&quoted));
        run_lite(db, SQLITE_OK, "INSERT INTO %s(%s) VALUES (1)", ag_buf_text(&quoted));
        run_lite(db, SQLITE_OK, "DROP TABLE %s -- %s", ag_buf_text(&quoted));
        if (!ag_sql_is_reserved(AG_SQL_SQLITE, as_str)) {
            run_lite(db, SQLITE_OK, "SELECT %s FROM (SELECT 1 AS \"%s\")", word);
        } else if (strcmp(word, "CAST") != 0 && strcmp(word, "RAISE") != 0 &&
                   strcmp(word, "NULL") != 0) {
            run_lite(db, SQLITE_ERROR, "SELECT %s FROM (SELECT 1 AS \"%s\")", word);
        }
    }
    ag_buf_release(&quoted);
    sqlite3_close(db);
}

static void keywords_differ_by_database(void **state) {
    (void)state;
    assert_true(ag_sql_is_keyword(AG_SQL_POSTGRES, ag_str_of("Between")));
    assert_false(ag_sql_is_reserved(AG_SQL_POSTGRES, ag_str_of("between")));
    assert_true(ag_sql_is_reserved(AG_SQL_POSTGRES, ag_str_of("user")));
    assert_false(ag_sql_is_reserved(AG_SQL_GENERIC, ag_str_of("user")));
    assert_true(ag_sql_is_reserved(AG_SQL_GENERIC, ag_str_of("select")));
    assert_true(ag_sql_is_keyword(AG_SQL_GENERIC, ag_str_of("key")));
    assert_false(ag_sql_is_keyword(AG_SQL_POSTGRES, ag_str_of("key")));
    assert_false(ag_sql_is_keyword(AG_SQL_GENERIC, ag_str_of("")));
    assert_false(ag_sql_is_keyword(AG_SQL_GENERIC, (ag_str){"all\0", 4}));
    assert_false(ag_sql_is_keyword(AG_SQL_GENERIC, (ag_str){"allx", 4}));
    assert_true(ag_sql_is_keyword(AG_SQL_GENERIC, (ag_str){"allx", 3}));
}

static void check_comment(const char *text, const char *expected) {
    ag_buf buf = AG_BUF_INIT;
    ag_sql_comment_text(&buf, text);
    assert_string_equal(ag_buf_text(&buf), expected);
    ag_buf_release(&buf);
}

static void comment_text_stays_on_its_line(void **state) {
    (void)state;
    check_comment("plain \xC3\xA9 \\n", "plain \xC3\xA9 \\n");
    check_comment("a\nb\rc\td\x1B[31m\x7F", "a\\nb\\rc\\td\\x1b[31m\\x7f");
    check_comment("\xE2\x80\xA8\xE2\x80\xA9\xC2\x85", "\\u2028\\u2029\\u0085");
    check_comment("\xE2\x80\xAE\xE2\x81\xA6\xE2\x80\x8B\xEF\xBB\xBF",
                  "\\u202e\\u2066\\u200b\\ufeff");
    check_comment("\xF3\xA0\x80\xA1", "\\U000e0021");
    check_comment("\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80");
    check_comment("a\xFF\xC3", "a\\xff\\xc3");
    check_comment("\xE2\x80", "\\xe2\\x80");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pg_tokens_follow_its_scanner),
        cmocka_unit_test(pg_strings_of_every_kind_are_one_token),
        cmocka_unit_test(sqlite_tokens_follow_its_scanner),
        cmocka_unit_test(generic_takes_both_databases_forms),
        cmocka_unit_test(what_is_not_closed_is_an_error_to_the_end),
        cmocka_unit_test(nul_bytes_are_errors_outside_of_quotes),
        cmocka_unit_test(solid_tokens_end_with_an_end_that_is_not_counted),
        cmocka_unit_test(tokens_know_what_they_stand_for),
        cmocka_unit_test(identifiers_are_quoted_when_needed),
        cmocka_unit_test(a_string_is_quoted_so_that_it_reads_back),
        cmocka_unit_test(sqlite_agrees_on_every_keyword),
        cmocka_unit_test(keywords_differ_by_database),
        cmocka_unit_test(comment_text_stays_on_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
