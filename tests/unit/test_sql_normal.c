#include "unit.h"

#include <string.h>

#include "sql/lists.h"
#include "sql/normal.h"

static void check_form(ag_sql_flavor flavor, ag_sql_rules rules, const char *text,
                       const char *expected) {
    ag_buf form = AG_BUF_INIT;
    ag_buf again = AG_BUF_INIT;
    ag_sql_normalise(&form, flavor, rules, ag_str_of(text));
    assert_string_equal(ag_buf_text(&form), expected);
    ag_sql_normalise(&again, flavor, rules, (ag_str){ag_buf_text(&form), form.n});
    assert_string_equal(ag_buf_text(&again), expected);
    ag_buf_release(&form);
    ag_buf_release(&again);
}

static void same(ag_sql_flavor flavor, ag_sql_rules rules, const char *a, const char *b) {
    if (!ag_sql_equal(flavor, rules, a, b) || !ag_sql_equal(flavor, rules, b, a)) {
        fail_msg("should be the same: %s / %s", a, b);
    }
}

static void different(ag_sql_flavor flavor, ag_sql_rules rules, const char *a, const char *b) {
    if (ag_sql_equal(flavor, rules, a, b) || ag_sql_equal(flavor, rules, b, a)) {
        fail_msg("should be different: %s / %s", a, b);
    }
}

static const char cast_list[] =
    "(v)::text = ANY ((ARRAY['a'::character varying, 'b,'']'::character varying])::text[])";
static const char list_of_casts[] =
    "(v)::text = ANY (ARRAY[('a'::character varying)::text, ('b,'']'::character varying)::text])";
static const char plain_list[] =
    "(v)::text = ANY (ARRAY['a'::character varying, 'b,'']'::character varying])";

static void check_lists(const char *text, ag_sql_lists which, const char *expected) {
    ag_buf buf = AG_BUF_INIT;
    ag_sql_put_plain_lists(&buf, text, which);
    assert_string_equal(ag_buf_text(&buf), expected);
    ag_buf_release(&buf);
}

static void own_names_lose_their_namespace(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    static const char *const texts[][2] = {
        {"public.t.a > 0", "t.a > 0"},
        {"PUBLIC.\"t\".a > public.t.b", "\"t\".a > t.b"},
        {"x.public.t.a > 0", "x.public.t.a > 0"},
        {"public.u.a > 'public.t.a'", "public.u.a > 'public.t.a'"},
        {"public.t(a)", "public.t(a)"},
        {"public.t", "public.t"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_string_equal(ag_sql_unqualify(arena, AG_SQL_POSTGRES, texts[i][0], "public", "t"),
                            texts[i][1]);
    }
    ag_arena_free(arena);
}

static void lists_are_written_as_postgres_reads_them_back(void **state) {
    (void)state;
    check_lists(cast_list, AG_SQL_LISTS_CAST, plain_list);
    check_lists(list_of_casts, AG_SQL_LISTS_CAST, list_of_casts);
    check_lists(list_of_casts, AG_SQL_LISTS_ALL, plain_list);
    check_lists(plain_list, AG_SQL_LISTS_ALL, plain_list);
    check_lists("", AG_SQL_LISTS_ALL, "");
}

static void lists_of_other_types_stay(void **state) {
    (void)state;
    static const char *const texts[] = {
        "(v)::citext = ANY ((ARRAY['a'::character varying])::text[])",
        "(v)::text = ANY ((ARRAY['a'::character varying])::citext[])",
        "(v)::text = ANY ((ARRAY['a'::character varying, w])::text[])",
        "(v)::text = ANY ((ARRAY[])::text[])",
        "(v)::text = ANY ((ARRAY['a'::character varying",
        "(v)::text = ANY (ARRAY[('a'::character varying)::text, w])",
        "(v)::text = ANY (ARRAY[('a'::character varying)::text",
        "::text = ANY (",
        "f((ARRAY['a'::character varying])::text[])",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        check_lists(texts[i], AG_SQL_LISTS_ALL, texts[i]);
    }
}

static void the_ways_that_a_list_is_cast_do_not_count(void **state) {
    (void)state;
    same(AG_SQL_POSTGRES, AG_SQL_TOKENS, cast_list, list_of_casts);
    same(AG_SQL_POSTGRES, AG_SQL_EXACT, cast_list, plain_list);
    same(AG_SQL_POSTGRES, AG_SQL_EXACT, list_of_casts, plain_list);
    different(AG_SQL_POSTGRES, AG_SQL_EXACT, cast_list,
              "(v)::text = ANY ((ARRAY['a'::character varying])::text[])");
    different(AG_SQL_SQLITE, AG_SQL_EXACT, cast_list, list_of_casts);
}

static void space_comments_and_case_do_not_count(void **state) {
    (void)state;
    check_form(AG_SQL_POSTGRES, AG_SQL_TOKENS, " Age>=0 -- x\n AND/**/B ", "age >= 0 and b");
    check_form(AG_SQL_POSTGRES, AG_SQL_TOKENS, "", "");
    check_form(AG_SQL_POSTGRES, AG_SQL_TOKENS, "'A' || E'B' || 1E5", "'A' || E'B' || 1e5");
    check_form(AG_SQL_SQLITE, AG_SQL_TOKENS, "VARCHAR ( 10 )", "varchar ( 10 )");
    same(AG_SQL_POSTGRES, AG_SQL_TOKENS, "CHARACTER VARYING(10)", "character varying (10)");
    different(AG_SQL_POSTGRES, AG_SQL_TOKENS, "'a'", "'A'");
    different(AG_SQL_POSTGRES, AG_SQL_TOKENS, "1.0", "1");
    different(AG_SQL_POSTGRES, AG_SQL_TOKENS, "a b", "ab");
    different(AG_SQL_POSTGRES, AG_SQL_TOKENS, "a", "a a");
}

static void needless_identifier_quotes_do_not_count(void **state) {
    (void)state;
    const ag_sql_flavor pg = AG_SQL_POSTGRES;
    const ag_sql_flavor lite = AG_SQL_SQLITE;
    same(pg, AG_SQL_TOKENS, "\"users\"", "Users");
    same(pg, AG_SQL_TOKENS, "U&\"us\\0065rs\"", "users");
    different(pg, AG_SQL_TOKENS, "\"Users\"", "users");
    different(pg, AG_SQL_TOKENS, "\"user\"", "user");
    different(pg, AG_SQL_TOKENS, "\"a b\"", "a b");
    different(pg, AG_SQL_TOKENS, "\"a\"", "'a'");
    different(pg, AG_SQL_TOKENS, "\"\"", "");
    same(lite, AG_SQL_TOKENS, "\"Users\" `key` [a\"b]", "users KEY \"A\"\"B\"");
    different(lite, AG_SQL_TOKENS, "\"order\"", "order");
    different(lite, AG_SQL_TOKENS, "\"true\"", "true");
    different(lite, AG_SQL_TOKENS, "\"null\"", "null");
    different(lite, AG_SQL_TOKENS, "'a'", "\"a\"");
    check_form(pg, AG_SQL_TOKENS, "U&\"d!0061\" UESCAPE '!'", "U&\"d!0061\" uescape '!'");
}

static void sqlite_minds_the_case_of_what_may_be_a_string(void **state) {
    (void)state;
    const ag_sql_flavor lite = AG_SQL_SQLITE;
    same(lite, AG_SQL_EXACT, "\"userId\" > 0", "userId > 0");
    same(lite, AG_SQL_EXACT, "USERID > 0", "userId > 0");
    same(lite, AG_SQL_EXACT, "[userid] > 0", "userId > 0");
    same(lite, AG_SQL_LOOSE, "\"USERID\" > 0", "userId > 0");
    different(lite, AG_SQL_EXACT, "\"USERID\" > 0", "userId > 0");
    different(lite, AG_SQL_EXACT, "x IN (\"a\")", "x IN (\"A\")");
    different(lite, AG_SQL_EXACT, "\"true\"", "true");
    different(lite, AG_SQL_EXACT, "\"a\"", "\"a\" b");
}

static void parentheses_that_only_group_do_not_count(void **state) {
    (void)state;
    const ag_sql_flavor pg = AG_SQL_POSTGRES;
    check_form(pg, AG_SQL_EXACT, "(((a > 0)))", "a > 0");
    check_form(pg, AG_SQL_EXACT, "((a) > (0)) AND ((b))", "( a > 0 ) and b");
    check_form(pg, AG_SQL_EXACT, "((a + 1)) * 2", "( a + 1 ) * 2");
    check_form(pg, AG_SQL_EXACT, "(a) AND (b)", "a and b");
    check_form(pg, AG_SQL_EXACT, "f((a), ((b + 1)))", "f ( a , ( b + 1 ) )");
    check_form(pg, AG_SQL_EXACT, "(a))", "a )");
    check_form(pg, AG_SQL_EXACT, "((a)", "( a");
    check_form(pg, AG_SQL_EXACT, "()", "");
    different(pg, AG_SQL_TOKENS, "(a)", "a");
    different(pg, AG_SQL_EXACT, "(a OR b) AND c", "a OR b AND c");
    different(pg, AG_SQL_EXACT, "(a).b", "a.b");
    different(pg, AG_SQL_EXACT, "((a)).b = 1", "a.b = 1");
    different(pg, AG_SQL_EXACT, "f(a)", "f a");
    different(pg, AG_SQL_EXACT, "\"f\"(a) > 1", "f a > 1");
    different(pg, AG_SQL_EXACT, "f((a, b))", "f(a, b)");
    different(pg, AG_SQL_EXACT, "a IN ((SELECT 1))", "a IN (SELECT 1)");
    different(pg, AG_SQL_EXACT, "a = ANY (b)", "a = ANY b");
    different(pg, AG_SQL_EXACT, "x - (-(1))", "x - (- 1)");
    same(pg, AG_SQL_EXACT, "(arr)[(1)]", "arr[1]");
    same(AG_SQL_SQLITE, AG_SQL_EXACT, "CASE WHEN (a) THEN ('x') ELSE (1) END",
         "case when a then 'x' else 1 end");
}

static void spellings_of_one_operator_or_string_do_not_count(void **state) {
    (void)state;
    same(AG_SQL_POSTGRES, AG_SQL_EXACT, "a != b", "a <> b");
    same(AG_SQL_SQLITE, AG_SQL_EXACT, "a == b", "a = b");
    different(AG_SQL_POSTGRES, AG_SQL_EXACT, "a == b", "a = b");
    different(AG_SQL_POSTGRES, AG_SQL_TOKENS, "a != b", "a <> b");
    same(AG_SQL_POSTGRES, AG_SQL_EXACT, "E'it\\'s\\\\'", "'it''s\\'");
    same(AG_SQL_POSTGRES, AG_SQL_EXACT, "$q$it's$q$", "'it''s'");
    same(AG_SQL_POSTGRES, AG_SQL_EXACT, "'a'\n'b'", "'ab'");
    same(AG_SQL_POSTGRES, AG_SQL_EXACT, "U&'\\0061'", "'a'");
    different(AG_SQL_POSTGRES, AG_SQL_EXACT, "U&'!0061' UESCAPE '!'", "'!0061' UESCAPE '!'");
    different(AG_SQL_POSTGRES, AG_SQL_EXACT, "B'01'", "'01'");
    different(AG_SQL_POSTGRES, AG_SQL_EXACT, "N'01'", "'01'");
    different(AG_SQL_POSTGRES, AG_SQL_EXACT, "E'a\\000b'", "'a'");
    different(AG_SQL_POSTGRES, AG_SQL_TOKENS, "E'a'", "'a'");
    same(AG_SQL_SQLITE, AG_SQL_EXACT, "X'0AFF'", "x'0aff'");
}

static void loose_rules_drop_casts_of_literals(void **state) {
    (void)state;
    const ag_sql_flavor pg = AG_SQL_POSTGRES;
    static const char *const casts[] = {
        "'x'::text",
        "('x'::text)",
        "('x')::text",
        "'x'::text::varchar(10)",
        "'x'::character varying",
        "'x'::character varying(10)",
        "'x'::pg_catalog.\"Type\"",
        "'x'::timestamp(3) with time zone",
        "'x'::timestamp without time zone",
        "'x'::time",
        "'x'::interval day to second(3)",
        "'x'::geometry(Point, 4326)",
        "'x'::numeric(10,-2)",
        "'x'::bit varying(3)",
        "'x'::integer[][3]",
        "'x'::double precision",
        "'x'::national character varying(3)",
        "E'x'::text",
    };
    for (size_t i = 0; i < sizeof casts / sizeof casts[0]; i++) {
        check_form(pg, AG_SQL_LOOSE, casts[i], "'x'");
        different(pg, AG_SQL_EXACT, casts[i], "'x'");
    }
    check_form(pg, AG_SQL_LOOSE, "NULL::text", "null");
    check_form(pg, AG_SQL_LOOSE, "(0)::numeric", "0");
    check_form(pg, AG_SQL_LOOSE, "(-1)::numeric", "- 1");
    check_form(pg, AG_SQL_LOOSE, "'-1'::integer", "- 1");
    check_form(pg, AG_SQL_LOOSE, "'1.50'::numeric(3,2)", "1.50");
    check_form(pg, AG_SQL_LOOSE, "'1'::integer[]", "'1'");
    check_form(pg, AG_SQL_LOOSE, "'1e5'::integer", "'1e5'");
    check_form(pg, AG_SQL_LOOSE, "'-'::integer", "'-'");
    check_form(pg, AG_SQL_LOOSE, "a::text", "a :: text");
    check_form(pg, AG_SQL_LOOSE, "'x'::", "'x' ::");
    check_form(pg, AG_SQL_LOOSE, "'x'::(text)", "'x' :: ( text )");
    check_form(pg, AG_SQL_LOOSE, "'x'::timestamp", "'x'");
    check_form(pg, AG_SQL_LOOSE, "'x'::text(a + b)", "'x' ( a + b )");
    check_form(pg, AG_SQL_LOOSE, "a NOT LIKE ('x'::text)", "a !~~ 'x'");
    same(pg, AG_SQL_LOOSE, "name ~~ 'a%'::text", "name LIKE 'a%'");
    same(pg, AG_SQL_LOOSE, "name !~~* 'a%'", "name NOT ILIKE 'a%'");
    different(pg, AG_SQL_LOOSE, "a::int", "a::bigint");
    different(pg, AG_SQL_LOOSE, "name LIKE 'a%'", "name NOT LIKE 'a%'");
}

static void broken_texts_are_compared_by_their_bytes(void **state) {
    (void)state;
    check_form(AG_SQL_POSTGRES, AG_SQL_EXACT, "A  'b", "A  'b");
    same(AG_SQL_POSTGRES, AG_SQL_EXACT, "a 'b", "a 'b");
    different(AG_SQL_POSTGRES, AG_SQL_EXACT, "a 'b", "A 'b");
}

static void the_hash_is_of_tokens(void **state) {
    (void)state;
    char a[AG_SQL_HASH_SIZE];
    char b[AG_SQL_HASH_SIZE];
    ag_sql_token_hash(AG_SQL_SQLITE, "CREATE TABLE \"t\" (a INTEGER DEFAULT 'X')", a);
    ag_sql_token_hash(AG_SQL_SQLITE, "create table T(\n  [a] integer /* x */ default 'X')", b);
    assert_string_equal(a, b);
    assert_int_equal(strlen(a), 16);
    ag_sql_token_hash(AG_SQL_SQLITE, "CREATE TABLE t (a INTEGER DEFAULT 'x')", b);
    assert_string_not_equal(a, b);
    assert_true(ag_sql_tokens_equal(AG_SQL_SQLITE, "a ( b )", "A(b)"));
    assert_false(ag_sql_tokens_equal(AG_SQL_SQLITE, "a ( b )", "A(c)"));
    /* written into revision files: must never change */
    ag_sql_token_hash(AG_SQL_SQLITE, "CREATE TABLE t (a)", a);
    assert_string_equal(a, "2e381493b85a127a");
}

static void check_stripped(const char *text, const char *expected) {
    ag_str found = ag_sql_strip_parens(AG_SQL_POSTGRES, ag_str_of(text));
    assert_int_equal(found.n, strlen(expected));
    assert_memory_equal(found.p, expected, found.n);
}

static void outer_parentheses_are_cut_off(void **state) {
    (void)state;
    check_stripped(" ( /* a */ ( a + 1 ) ) -- b", "a + 1");
    check_stripped("(a) + (b)", "(a) + (b)");
    check_stripped("((a) + (b))", "(a) + (b)");
    check_stripped("(')')", "')'");
    check_stripped("()", "");
    check_stripped("", "");
    check_stripped("((a)", "((a)");
    check_stripped(" (a", "(a");
    check_stripped(" ('a) ", "('a)");
}

static void check_cast(const char *text, const char *literal, const char *type) {
    ag_str l = {"", 0};
    ag_str t = {"", 0};
    bool is_cast = ag_sql_literal_cast(ag_str_of(text), &l, &t);
    assert_int_equal(is_cast, literal != NULL);
    if (is_cast) {
        assert_true(ag_str_eq(l, literal));
        assert_true(ag_str_eq(t, type));
    }
}

static void a_literal_and_its_type_come_apart(void **state) {
    (void)state;
    check_cast("'x'::text", "'x'", "text");
    check_cast("(('x')::character varying(10))", "'x'", "character varying(10)");
    check_cast("(-1)::numeric", "-1", "numeric");
    check_cast("NULL::public.\"Mood\"[]", "NULL", "public.\"Mood\"[]");
    check_cast("'a::b' :: timestamp with time zone", "'a::b'", "timestamp with time zone");
    check_cast("'x'", NULL, NULL);
    check_cast("", NULL, NULL);
    check_cast("::text", NULL, NULL);
    check_cast("'x'::", NULL, NULL);
    check_cast("a::text", NULL, NULL);
    check_cast("'a'::text || 'b'::text", NULL, NULL);
    check_cast("'a'::text::varchar", NULL, NULL);
    check_cast("f('a'::text)", NULL, NULL);
    check_cast("'a'::text 'b", NULL, NULL);
}

static void huge_texts_take_linear_time(void **state) {
    (void)state;
    enum { DEPTH = 500000 };
    ag_buf text = AG_BUF_INIT;
    for (int i = 0; i < DEPTH; i++) {
        ag_buf_putc(&text, '(');
    }
    ag_buf_puts(&text, "a + 'x'::text");
    for (int i = 0; i < DEPTH; i++) {
        ag_buf_putc(&text, ')');
    }
    assert_true(ag_sql_equal(AG_SQL_POSTGRES, AG_SQL_LOOSE, ag_buf_text(&text), "a + 'x'"));
    assert_int_equal(ag_sql_strip_parens(AG_SQL_POSTGRES, (ag_str){text.text, text.n}).n, 13);
    ag_buf_release(&text);
}

static void identifiers_are_found_in_any_case_and_quotes(void **state) {
    (void)state;
    assert_true(ag_sql_refers_to(AG_SQL_POSTGRES, "lower(Email) > 'x'", "email"));
    assert_true(ag_sql_refers_to(AG_SQL_POSTGRES, "u.\"Email\"", "email"));
    assert_true(ag_sql_refers_to(AG_SQL_SQLITE, "[a b] + 1", "A B"));
    assert_false(ag_sql_refers_to(AG_SQL_POSTGRES, "'email' -- email", "email"));
    assert_false(ag_sql_refers_to(AG_SQL_POSTGRES, "e_mail", "email"));
    assert_false(ag_sql_refers_to(AG_SQL_POSTGRES, "a ORDER BY b", "order"));
    assert_true(ag_sql_refers_to(AG_SQL_POSTGRES, "\"order\"", "order"));
    assert_false(ag_sql_refers_to(AG_SQL_POSTGRES, "", ""));
}

static void check_renamed(ag_sql_flavor flavor, const ag_sql_rename *rename, const char *text,
                          size_t n, const char *expected) {
    ag_buf buf = AG_BUF_INIT;
    assert_int_equal(ag_sql_rename_ident(&buf, flavor, text, rename), n);
    assert_string_equal(ag_buf_text(&buf), expected);
    ag_buf_release(&buf);
}

static void columns_are_renamed_and_nothing_else(void **state) {
    (void)state;
    const ag_sql_flavor pg = AG_SQL_POSTGRES;
    ag_sql_rename mail = {.from = "mail", .to = "email"};
    check_renamed(pg, &mail, "", 0, "");
    check_renamed(pg, &mail, "Mail /* mail */ <> 'mail'", 1, "email /* mail */ <> 'mail'");
    check_renamed(pg, &mail, "\"mail\" = \"Mail\"", 1, "\"email\" = \"Mail\"");
    check_renamed(pg, &mail, "u.mail = mail.x", 1, "u.email = mail.x");
    check_renamed(pg, &mail, "mail(mail)", 1, "mail(email)");
    check_renamed(pg, &mail, "x::mail, x::a.mail, mail::text", 1,
                  "x::mail, x::a.mail, email::text");
    check_renamed(pg, &mail, "(x).mail, a AS mail", 0, "(x).mail, a AS mail");
    check_renamed(AG_SQL_SQLITE, &mail, "[MAIL] + `mail`", 2, "\"email\" + \"email\"");
    ag_sql_rename short_name = {.from = "mail", .to = "e"};
    check_renamed(pg, &short_name, "1mail'x' mail+mail&1", 3, "1 e 'x' e+e &1");
    ag_sql_rename reserved = {.from = "order", .to = "Select"};
    check_renamed(pg, &reserved, "a ORDER BY \"order\"", 1, "a ORDER BY \"Select\"");
    ag_sql_rename owned = {.from = "mail", .to = "e mail", .qualifier = "users"};
    check_renamed(pg, &owned, "mail, users.mail, s.users.mail, orgs.mail", 3,
                  "\"e mail\", users.\"e mail\", s.users.\"e mail\", orgs.mail");
}

static void tables_are_renamed_where_tables_stand(void **state) {
    (void)state;
    ag_sql_rename users = {.from = "users", .to = "people", .is_table = true};
    check_renamed(AG_SQL_SQLITE, &users, "CREATE TABLE \"users\" (users int, CHECK (users.a > 0))",
                  2, "CREATE TABLE \"people\" (users int, CHECK (people.a > 0))");
    check_renamed(AG_SQL_SQLITE, &users, "x int REFERENCES users(id)", 1,
                  "x int REFERENCES people(id)");
    check_renamed(AG_SQL_SQLITE, &users, "CREATE INDEX users ON users(a)", 1,
                  "CREATE INDEX users ON people(a)");
    check_renamed(AG_SQL_POSTGRES, &users, "SELECT users FROM s.users", 0,
                  "SELECT users FROM s.users");
    users.qualifier = "s";
    check_renamed(AG_SQL_POSTGRES, &users, "SELECT s.users.a FROM s.users, t.users", 2,
                  "SELECT s.people.a FROM s.people, t.users");
    check_renamed(AG_SQL_POSTGRES, &users, "a IS DISTINCT FROM users", 0,
                  "a IS DISTINCT FROM users");
    check_renamed(AG_SQL_POSTGRES, &users,
                  "SELECT users, s.users(1) FROM s.a, s.users, ((s.users b JOIN s.users", 3,
                  "SELECT users, s.users(1) FROM s.a, s.people, ((s.people b JOIN s.people");
    check_renamed(AG_SQL_POSTGRES, &users, "CREATE RULE r AS ON UPDATE TO s.users DO NOTHING", 1,
                  "CREATE RULE r AS ON UPDATE TO s.people DO NOTHING");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(space_comments_and_case_do_not_count),
        cmocka_unit_test(own_names_lose_their_namespace),
        cmocka_unit_test(lists_are_written_as_postgres_reads_them_back),
        cmocka_unit_test(lists_of_other_types_stay),
        cmocka_unit_test(the_ways_that_a_list_is_cast_do_not_count),
        cmocka_unit_test(needless_identifier_quotes_do_not_count),
        cmocka_unit_test(sqlite_minds_the_case_of_what_may_be_a_string),
        cmocka_unit_test(parentheses_that_only_group_do_not_count),
        cmocka_unit_test(spellings_of_one_operator_or_string_do_not_count),
        cmocka_unit_test(loose_rules_drop_casts_of_literals),
        cmocka_unit_test(broken_texts_are_compared_by_their_bytes),
        cmocka_unit_test(the_hash_is_of_tokens),
        cmocka_unit_test(outer_parentheses_are_cut_off),
        cmocka_unit_test(a_literal_and_its_type_come_apart),
        cmocka_unit_test(huge_texts_take_linear_time),
        cmocka_unit_test(identifiers_are_found_in_any_case_and_quotes),
        cmocka_unit_test(columns_are_renamed_and_nothing_else),
        cmocka_unit_test(tables_are_renamed_where_tables_stand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
