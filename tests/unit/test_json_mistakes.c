#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fake_pg.h"
#include "json_kit.h"

/* ---- what is not taken ---- */

static void all_mistakes_come_at_once(void **state) {
    (void)state;
    ASSERT_MISTAKES(
        &ag_dialect_sqlite,
        "{\"tabels\": {},\n"
        "\"naming\": {\"ix\": \"ix_{tabel}\"},\n"
        "\"tables\": {\"users\": {\n"
        "\"columns\": {\"id\": {\"type\": \"bigint\", \"nulable\": false},\n"
        "\"email\": {\"type\": 5, \"default\": {\"postgresq\": \"x\"}},\n"
        "\"Email\": \"text\"},\n"
        "\"primary_key\": [\"idd\"],\n"
        "\"primary_key\": [\"id\"],\n"
        "\"unique\": [[\"mail\"], []],\n"
        "\"checks\": {\"\": \"a > 1\", \"b\": \"(a\", \"c\": 5},\n"
        "\"foreign_keys\": {\"fk\": {\"columns\": [\"id\"], \"references\": \"org\", "
        "\"on_delete\": \"casacde\"}},\n"
        "\"indexes\": {\"ix\": {\"columns\": [{\"nme\": \"id\"}], \"unique\": \"yes\"}}},\n"
        "\"orgs\": {\"columns\": {\"id\": \"bigint\"}},\n"
        "\"ORGS\": {\"columns\": {\"id\": \"bigint\"}}}}",
        "1:2 unknown key \"tabels\"|did you mean \"tables\"", "2:18 unknown token {tabel}",
        "4:38 unknown key \"nulable\"|did you mean \"nullable\"", "5:19 \"type\" must be a string",
        "5:34 unknown dialect \"postgresq\"|did you mean \"postgresql\"",
        "6:1 two columns named \"Email\"|a.json:5:1", "7:17 no column \"idd\"|did you mean \"id\"",
        "8:1 is here twice|a.json:7:1", "9:13 no column \"mail\"|did you mean \"email\"",
        "9:22 list of columns is empty", "10:30 a parenthesis is not closed",
        "10:41 must be SQL text or an object", "11:18 no table \"org\"|did you mean \"orgs\"",
        "11:78 unknown value \"casacde\"|did you mean \"cascade\"",
        "12:33 unknown key \"nme\"|did you mean \"name\"", "12:58 \"unique\" must be true or false",
        "14:1 defined twice, but for case|a.json:13:1");
}

static void texts_that_are_no_piece_of_sql_are_refused(void **state) {
    (void)state;
    static const char *const texts[] = {
        "0; DROP TABLE t", "1) ; --", "a, b", "'open",    "(a",       "a)",     "[a",
        "/* open",         "",        "  ",   "\\\"open", "$x$ open", "a) + (b"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char text[200];
        (void)snprintf(text, sizeof text,
                       "{\"tables\": {\"t\": {\"columns\": {\"a\": {\"type\": \"int\", "
                       "\"default\": \"%s\"}}}}}",
                       texts[i]);
        ASSERT_MISTAKES(&fake_pg, text, "1:63 \"default\" is not a piece of SQL");
    }
}

static void comments_at_the_end_of_sql_go(void **state) {
    (void)state;
    model m = read_good(&fake_pg, "{\"tables\": {\"t\": {\"columns\": {\"a\": {\"type\": \"int\", "
                                  "\"default\": \"1 + /* in */ 2 -- end\"}}}}}");
    assert_string_equal(column_of(&m, "t", "a")->default_expr, "1 + /* in */ 2");
    release(&m);
}

static void definitions_are_one_statement_of_their_kind(void **state) {
    (void)state;
    ASSERT_MISTAKES(&fake_pg, "{\"views\": {\"v\": \"SELECT 1; DROP TABLE users\"}}",
                    "1:17 one SQL statement, not 2");
    ASSERT_MISTAKES(&fake_pg, "{\"views\": {\"v\": \"SELECT 'open\"}}", "1:17 no SQL statement");
    ASSERT_MISTAKES(&fake_pg, "{\"views\": {\"v\": \"CREATE TABLE x (a int)\"}}",
                    "1:17 must be a CREATE statement");
    ASSERT_MISTAKES(&fake_pg, "{\"functions\": {\"f\": \"DROP TABLE users\"}}",
                    "1:21 must be a CREATE statement");
    ASSERT_MISTAKES(&fake_pg, "{\"views\": {\"v\": \" -- nothing \"}}",
                    "1:17 one SQL statement, not 0");
    ASSERT_MISTAKES(&fake_pg,
                    "{\"functions\": {\"f\": {\"definition\": \"CREATE FUNCTION f()\", "
                    "\"extras\": [\"SELECT 1; SELECT 2\"]}}}",
                    "1:69 one SQL statement, not 2");
    model m = read_good(&fake_pg, "{\"views\": {\"v\": \" create or replace view v as select 1 ; "
                                  "\"}}");
    assert_string_equal(m.schema->objects.items[0]->definition,
                        "create or replace view v as select 1");
    release(&m);
}

static void names_are_unique_where_the_database_wants_it(void **state) {
    (void)state;
    ASSERT_MISTAKES(
        &fake_pg,
        "{\"tables\": {\n\"t\": {\"columns\": {\"a\": \"int\"}, \"unique\": {\"x\": [\"a\"]},"
        " \"checks\": {\"x\": \"a > 0\"}, \"indexes\": {\"i\": [\"a\"]}},\n"
        "\"u\": {\"columns\": {\"a\": \"int\"}, \"indexes\": {\"i\": [\"a\"]}},\n"
        "\"i2\": {\"columns\": {\"a\": \"int\"}, \"indexes\": {\"i2\": [\"a\"]}}},\n"
        "\"views\": {\"t\": \"SELECT 1\"}}",
        "2:67 the constraint \"x\" is defined twice|a.json:2:43",
        "3:44 the index \"public.i\" is defined twice", "4:45 table and index are both named",
        "5:11 table and view are both named");
}

static void keys_and_references_must_fit(void **state) {
    (void)state;
    ASSERT_MISTAKES(
        &fake_pg,
        "{\"tables\": {\"t\": {\"columns\": {\"a\": {\"type\": \"int\", \"primary_key\": true},\n"
        "\"b\": {\"type\": \"int\", \"default\": 1, \"generated\": \"a\", \"stored\": true},\n"
        "\"c\": {}, \"s\": {\"type\": \"int\", \"stored\": true}},\n"
        "\"primary_key\": [\"a\", \"a\"],\n"
        "\"foreign_keys\": {\"one\": {\"columns\": [\"a\", \"b\"], \"references\": \"t\"},\n"
        "\"two\": {\"columns\": [\"a\"], \"references\": \"u\"},\n"
        "\"three\": {\"columns\": [\"a\"], \"references\": \"t\", \"referred\": [\"z\"]},\n"
        "\"four\": {\"columns\": [\"a\"]}}},\n"
        "\"u\": {\"columns\": {\"a\": \"int\"}, \"partition_of\": \"nowhere\"}}}",
        "2:1 has both a default and an expression", "3:1 \"c\" has no type",
        "3:10 stored but not generated",
        "4:16 two primary keys|a.json:1:", "4:22 names the column \"a\" twice",
        "5:18 2 columns but 1 referred one", "7:1 has no column \"z\"", "8:9 needs \"references\"",
        "9:1 no table \"public.nowhere\"");
}

static void two_documents_are_merged(void **state) {
    (void)state;
    model m = read_texts(&fake_pg, "{\"tables\": {\"a\": {\"columns\": {\"x\": \"int\"}}}}",
                         "{\"tables\": {\"b\": {\"columns\": {\"x\": \"int\"}}}}");
    assert_true(m.ok);
    assert_int_equal(m.schema->tables.n, 2);
    assert_string_equal(m.schema->tables.items[1]->loc.file, "b.json");
    release(&m);
    m = read_texts(&fake_pg, "{\"enums\": {\"e\": []}, \"tables\": {\"a\": {\"columns\": {}}}}",
                   "{\n\"tables\": {\"a\": {\"columns\": {\"x\": 1}}}, \"enums\": {\"e\": []}}");
    assert_false(m.ok);
    assert_int_equal(m.diags.list.n, 3);
    assert_string_equal(m.diags.list.items[0].file, "b.json");
    assert_non_null(strstr(m.diags.list.items[0].message, "\"a\" is defined twice"));
    assert_non_null(strstr(m.diags.list.items[0].hint, "a.json:1:33"));
    assert_non_null(strstr(m.diags.list.items[1].message, "must be an object"));
    assert_non_null(strstr(m.diags.list.items[2].message, "enum \"e\" is defined twice"));
    assert_int_equal(m.err.code, AG_INPUT);
    release(&m);
}

static void naming_conventions_may_not_disagree(void **state) {
    (void)state;
    static const char *const expected[] = {"1:19 two naming conventions|a.json:1:19", NULL};
    assert_mistakes(&fake_pg, "{\"naming\": {\"ix\": \"a\"}}", "{\"naming\": {\"ix\": \"b\"}}",
                    expected);
}

static void wrong_types_are_named(void **state) {
    (void)state;
    ASSERT_MISTAKES(&fake_pg, "[]", "1:1 a model must be an object, not a list");
    ASSERT_MISTAKES(&fake_pg, "{\"tables\": []}", "1:12 \"tables\" must be an object, not a list");
    ASSERT_MISTAKES(&fake_pg, "{\"tables\": {\"t\": 1}}", "1:18 a table must be an object");
    ASSERT_MISTAKES(&fake_pg, "{\"enums\": {\"e\": \"x\"}}", "1:17 an enum must be an object");
    ASSERT_MISTAKES(&fake_pg, "{\"enums\": {\"e\": [\"a\", 1, \"a\"]}}",
                    "1:23 a value of an enum must be an object", "1:26 \"a\" twice|1:18");
    ASSERT_MISTAKES(&fake_pg,
                    "{\"sequences\": {\"s\": {\"start\": 1.5, \"max\": "
                    "9223372036854775808, \"min\": \"1\"}}}",
                    "1:31 \"start\" must be an integer", "1:43 \"max\" is out of range",
                    "1:71 \"min\" must be an integer");
    ASSERT_MISTAKES(&fake_pg, "{\"tables\": {\"a.b.c\": {}, \"\": {}, \".a\": {}, \"\\\"x\": {}}}",
                    "1:13 is not a name or namespace.name", "1:26 the name of a table is empty",
                    "1:34 is not a name", "1:44 is not a name");
    ASSERT_MISTAKES(&fake_pg, "{\"triggers\": {\"g\": {\"table\": \"t\"}}}",
                    "1:15 needs \"definition\"");
    ASSERT_MISTAKES(&fake_pg, "{\"triggers\": {\"g\": \"CREATE TRIGGER g AFTER INSERT ON t\"}}",
                    "1:15 there is no table \"public.t\"");
}

static void what_is_written_for_another_database_is_checked_too(void **state) {
    (void)state;
    static const char text[] =
        "{\"tables\": {\"t\": {\n"
        "\"columns\": {\"a\": {\"type\": {\"sqlite\": \"TEXT\", \"postgresql\": 5}},\n"
        "\"b\": {\"type\": \"int\", \"nullable\": {\"postgresql\": \"no\"}}},\n"
        "\"indexes\": {\"i\": {\"columns\": {\"sqlite\": [\"a\"], \"postgresql\": "
        "[{\"nme\": \"a\"}]}}}}}}";
    ASSERT_MISTAKES(&ag_dialect_sqlite, text, "2:60 must be a string, not a number",
                    "3:49 must be true or false", "4:64 unknown key|did you mean \"name\"?");
    ASSERT_MISTAKES(&ag_dialect_postgresql,
                    "{\"tables\": {\"t\": {\"columns\": {\"a\": {\"type\": {\"sqlite\": [],"
                    " \"postgresql\": \"text\"}}}}}}",
                    "1:56 must be a string, not a list");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_mistakes_come_at_once),
        cmocka_unit_test(texts_that_are_no_piece_of_sql_are_refused),
        cmocka_unit_test(comments_at_the_end_of_sql_go),
        cmocka_unit_test(definitions_are_one_statement_of_their_kind),
        cmocka_unit_test(names_are_unique_where_the_database_wants_it),
        cmocka_unit_test(keys_and_references_must_fit),
        cmocka_unit_test(two_documents_are_merged),
        cmocka_unit_test(naming_conventions_may_not_disagree),
        cmocka_unit_test(wrong_types_are_named),
        cmocka_unit_test(what_is_written_for_another_database_is_checked_too),
    };
    return cmocka_run_group_tests_name("json_mistakes", tests, NULL, NULL);
}
