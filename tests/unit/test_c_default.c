/* AG_DEFAULT: what constants of C become, and SQL in structs that are part of others. */
#include "c_kit.h"

#include "model/c/constant.h"

#define H                                                                                          \
    "#include <autogen/model.h>\n#include <limits.h>\n#include <stdbool.h>\n#include <stdint.h>\n" \
    "enum role { ROLE_ADMIN AG_VALUE(\"admin\"), ROLE_USER, N_ROLES AG_SKIP };\n"                  \
    "enum { TRIES = 5, BELOW = -3, HIGH = 0x7fffffff };\n"                                         \
    "#define RETRIES (5)\n#define HOUR (60 * 60)\n#define NOW \"CURRENT\" \"_TIMESTAMP\"\n"

/* The default of the column a, written as SQL; of SQLite. */
static const char *default_of(c_kit *kit, const char *type, const char *argument) {
    c_kit_add(kit, "m.h",
              ag_arena_printf(kit->arena, H "struct AG_TABLE(t) t { %s a AG_DEFAULT(%s); };", type,
                              argument));
    ag_schema *schema = c_kit_read(kit, &ag_dialect_sqlite);
    const char *found = schema->tables.items[0]->columns.items[0]->default_expr;
    found = found == NULL ? "none" : ag_arena_strdup(kit->arena, found);
    ag_schema_free(schema);
    c_kit_reset(kit);
    return found;
}

static void constants_of_c_become_values(void **state) {
    static const struct {
        const char *type, *argument, *expected;
    } cases[] = {
        {"enum role", "ROLE_ADMIN", "'admin'"},
        {"enum role", "ROLE_USER", "'ROLE_USER'"},
        {"enum role", "(ROLE_ADMIN)", "'admin'"},
        {"enum role", "((ROLE_USER))", "'ROLE_USER'"},
        {"enum role", "1", "'ROLE_USER'"},
        {"enum role", "TRIES - 5", "'admin'"},
        {"enum role", "\"'admin'\"", "'admin'"},
        {"bool", "3", "true"},
        {"bool", "-1", "true"},
        {"bool", "0.0", "false"},
        {"char", "65", "'A'"},
        {"uint8_t", "255", "255"},
        {"int8_t", "-128", "-128"},
        {"int", "1e3", "1e3"},
        {"int16_t", "\"70000\"", "70000"},
        {"int", "ROLE_USER", "1"},
        {"int", "TRIES", "5"},
        {"int", "BELOW", "-3"},
        {"int64_t", "HIGH + 1u", "2147483648"},
        {"int", "RETRIES", "5"},
        {"int", "HOUR * 2", "7200"},
        {"int", "TRIES > 3 ? 7 : 8", "7"},
        {"int", "(1 << 4) | 3", "19"},
        {"unsigned", "10UL", "10"},
        {"int", "0x1F", "31"},
        {"int", "010", "8"},
        {"int", "1'000'000", "1000000"},
        {"float", "1.5f", "1.5"},
        {"double", "-1.5", "-1.5"},
        {"double", "(-.5)", "-.5"},
        {"double", "1.", "1."},
        {"double", "1e3", "1e3"},
        {"int64_t", "INT64_MIN", "-9223372036854775808"},
        {"uint64_t", "UINT64_MAX", "18446744073709551615"},
        {"int", "INT_MIN", "-2147483648"},
        {"char", "'c'", "'c'"},
        {"char", "'\\''", "''''"},
        {"int", "'c'", "99"},
        {"bool", "true", "true"},
        {"bool", "1", "true"},
        {"bool", "0", "false"},
        {"bool", "\"1\"", "1"},
        {"char *", "NULL", "NULL"},
        {"char *", "'new'", "'new'"},
        {"char *", "NOW", "CURRENT_TIMESTAMP"},
        {"char *", "CURRENT_DATE", "CURRENT_DATE"},
        {"char *", "datetime('now')", "datetime('now')"},
        {"int", "AG_SQLITE(TRIES), AG_POSTGRESQL(HOUR)", "5"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(default_of(*state, cases[i].type, cases[i].argument),
                            cases[i].expected);
    }
}

static void what_is_no_constant_is_refused_with_the_way_out(void **state) {
    static const char *const cases[] = {"sizeof(int)", "UNKNOWN", "(UNKNOWN + 1)", "0x1p3",
                                        "1/0",         "10wb",    "L\"x\"",        "\"a\" + 1"};
    c_kit *kit = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        c_kit_assert_refused(kit,
                             ag_arena_printf(kit->arena,
                                             H "struct AG_TABLE(t) t {\n int a AG_DEFAULT(%s); };",
                                             cases[i]),
                             11, "neither a constant known here nor SQL", "SQL goes in quotes");
    }
    c_kit_assert_refused(kit, H "struct AG_TABLE(t) t {\nenum role r AG_DEFAULT(N_ROLES); };", 11,
                         "N_ROLES is no value of the column", "AG_SKIP");
}

static bool no_names(void *data, ag_str name, ag_c_number *out) {
    (void)data;
    *out = (ag_c_number){.bits = name.n};
    return name.n == 1;
}

static void expressions_follow_the_rules_of_c(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t value;
    } good[] = {{"1 + 2 * 3", 7},
                {"(1 + 2) * 3", 9},
                {"10 - 4 - 3", 3},
                {"-7 / 2", -3},
                {"-7 % 3", -1},
                {"~0", -1},
                {"~0u", 4294967295},
                {"2147483647 + 1", -2147483648LL},
                {"2147483648", 2147483648LL},
                {"0xffffffff", 4294967295},
                {"-1 < 0u", 0},
                {"-1 < 0", 1},
                {"1 << 31 >> 31", -1},
                {"1u << 31", 2147483648LL},
                {"1 | 2 ^ 3 & 6", 1},
                {"!0 && 2 == 2 || 0", 1},
                {"3 >= 4 ? 1 : 0 ? 5 : 6", 6},
                {"-9223372036854775807L - 1", INT64_MIN},
                {"'a' + 1", 98},
                {"x::y", 1},
                {"0b101", 5}};
    static const char *const bad[] = {"",
                                      "1 +",
                                      "(1",
                                      "1)",
                                      "1 / 0",
                                      "1 % 0",
                                      "1 << 32",
                                      "1 2",
                                      "1.5",
                                      "09",
                                      "two",
                                      "1 = 2",
                                      "''",
                                      "'ab'",
                                      "1 ? 2",
                                      "0x1p3",
                                      "99999999999999999999",
                                      "'\\x'",
                                      "\"a\""};
    ag_c_number number;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        if (!ag_c_evaluate(good[i].text, no_names, NULL, &number)) {
            fail_msg("%s", good[i].text);
        }
        assert_int_equal((int64_t)number.bits, good[i].value);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        if (ag_c_evaluate(bad[i], no_names, NULL, &number)) {
            fail_msg("%s", bad[i]);
        }
    }
}

static void deep_expressions_are_refused(void **state) {
    c_kit *kit = *state;
    ag_c_number number;
    enum { DEPTH = 100000 };
    char *text = ag_arena_alloc(kit->arena, DEPTH + 1);
    for (int kind = 0; kind < 2; kind++) {
        memset(text, kind == 0 ? '(' : '-', DEPTH);
        text[DEPTH] = '\0';
        assert_false(ag_c_evaluate(text, no_names, NULL, &number));
    }
}

/* ---- structs in structs ---- */

static void sql_in_a_struct_names_its_own_fields(void **state) {
    c_kit *kit = *state;
    c_kit_add(
        kit, "m.h",
        H "struct geo { double lat AG_CHECK(\"lat > -91 and zip <> ''\");\n"
          " double sum AG_GENERATED_STORED(\"lat + 1\"); };\n"
          "struct address {\n"
          " char zip[6] AG_CHECK(\"length(zip) = 5 and zip <> 'zip'\");\n"
          " char city[21] AG_INDEX_AS(, AG_WHERE(\"city > zip\"))\n"
          "  AG_CHECK(AG_SQLITE(\"city > \\\"zip\\\"\"), AG_POSTGRESQL(\"home_city > zip\"));\n"
          " struct geo at; };\n"
          "struct AG_TABLE(t) t { struct address home; struct address flat AG_PREFIX(\"\"); };");
    c_kit_assert_same(
        kit,
        "{\"tables\": {\"t\": {\"columns\": {"
        "\"home_zip\": {\"type\": \"varchar(5)\", \"nullable\": false},"
        "\"home_city\": {\"type\": \"varchar(20)\", \"nullable\": false},"
        "\"home_at_lat\": {\"type\": \"double precision\", \"nullable\": false},"
        "\"home_at_sum\": {\"type\": \"double precision\", \"nullable\": false,"
        " \"generated\": \"home_at_lat + 1\", \"stored\": true},"
        "\"zip\": {\"type\": \"varchar(5)\", \"nullable\": false},"
        "\"city\": {\"type\": \"varchar(20)\", \"nullable\": false},"
        "\"at_lat\": {\"type\": \"double precision\", \"nullable\": false},"
        "\"at_sum\": {\"type\": \"double precision\", \"nullable\": false,"
        " \"generated\": \"at_lat + 1\", \"stored\": true}},"
        "\"checks\": [\"length(home_zip) = 5 and home_zip <> 'zip'\","
        " {\"expr\": {\"sqlite\": \"home_city > \\\"home_zip\\\"\","
        " \"postgresql\": \"home_city > home_zip\"}},"
        " \"home_at_lat > -91 and home_zip <> ''\","
        " \"length(zip) = 5 and zip <> 'zip'\","
        " {\"expr\": {\"sqlite\": \"city > \\\"zip\\\"\", \"postgresql\": \"home_city > zip\"}},"
        " \"at_lat > -91 and zip <> ''\"],"
        "\"indexes\": [{\"columns\": [\"home_city\"], \"where\": \"home_city > home_zip\"},"
        " {\"columns\": [\"city\"], \"where\": \"city > zip\"}]}}}");
}

static void renamed_structs_rename_their_columns(void **state) {
    c_kit *kit = *state;
    c_kit_add(kit, "m.h",
              H "struct address { char *zip; char *city AG_RENAMED_FROM(town); };\n"
                "struct AG_TABLE(t) t { struct address home AG_RENAMED_FROM(house);\n"
                " struct address work; };");
    c_kit_assert_same(kit,
                      "{\"tables\": {\"t\": {\"columns\": {"
                      "\"home_zip\": {\"type\": \"text\", \"renamed_from\": \"house_zip\"},"
                      "\"home_city\": {\"type\": \"text\", \"renamed_from\": \"house_town\"},"
                      "\"work_zip\": \"text\","
                      "\"work_city\": {\"type\": \"text\", \"renamed_from\": \"work_town\"}}}}}");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, c_kit_setup, c_kit_teardown)

/* Fields come first, also where columns take each other's names. */
static void sql_in_a_struct_may_name_fields_or_columns(void **state) {
    c_kit *kit = *state;
    c_kit_add(kit, "m.h",
              "#include <autogen/model.h>\n"
              "struct a { char zip[6] AG_COLUMN(plz) AG_CHECK(\"length(zip) = 5\");\n"
              "  int n AG_CHECK(\"plz <> ''\"); int x AG_COLUMN(y) AG_CHECK(\"x > y\");\n"
              "  int y AG_COLUMN(x); };\n"
              "struct AG_TABLE(t) t { int id AG_PRIMARY_KEY; struct a h; };\n");
    c_kit_assert_same(
        kit, "{\"tables\": {\"t\": {\"columns\": {\"id\": {\"type\": \"integer\"},"
             "\"h_plz\": {\"type\": \"varchar(5)\", \"nullable\": false},"
             "\"h_n\": {\"type\": \"integer\", \"nullable\": false},"
             "\"h_y\": {\"type\": \"integer\", \"nullable\": false},"
             "\"h_x\": {\"type\": \"integer\", \"nullable\": false}},"
             "\"primary_key\": [\"id\"], \"checks\": [\"length(h_plz) = 5\", \"h_plz <> ''\","
             "\"h_y > h_x\"]}}}");
}

static void one_member_of_an_anonymous_union_is_the_column(void **state) {
    static const char *const unions[] = {
        "union { struct { int x, y; }; long all AG_SKIP; };",
        "union { union { int x; int z AG_SKIP; }; long all AG_SKIP; }; int y;",
        "union { struct { long lo, hi; } AG_SKIP; int x; }; int y;",
    };
    c_kit *kit = *state;
    for (size_t i = 0; i < sizeof unions / sizeof *unions; i++) {
        c_kit_add(kit, "m.h",
                  ag_arena_printf(kit->arena,
                                  "#include <autogen/model.h>\n"
                                  "struct AG_TABLE(t) t { int id AG_PRIMARY_KEY; %s };\n",
                                  unions[i]));
        c_kit_assert_same(kit, "{\"tables\": {\"t\": {\"columns\": {\"id\": {\"type\":"
                               " \"integer\"}, \"x\": {\"type\": \"integer\", \"nullable\":"
                               " false}, \"y\": {\"type\": \"integer\", \"nullable\": false}},"
                               " \"primary_key\": [\"id\"]}}}");
        c_kit_reset(kit);
    }
}

static void a_type_for_another_database_leaves_the_one_of_c(void **state) {
    c_kit *kit = *state;
    c_kit_add(kit, "m.h",
              "#include <autogen/model.h>\ntypedef char *json AG_TYPE(AG_POSTGRESQL(\"jsonb\"));\n"
              "typedef struct { int amount; } money AG_TYPE(\"numeric(12,2)\");\n"
              "struct AG_TABLE(t) t { int id AG_PRIMARY_KEY; json a;\n"
              "  char *b AG_TYPE(AG_POSTGRESQL(\"jsonb\")); money c; };\n");
    ag_schema *schema = c_kit_read(kit, &ag_dialect_sqlite);
    const ag_columns *columns = &schema->tables.items[0]->columns;
    assert_string_equal(columns->items[1]->type, "text");
    assert_string_equal(columns->items[2]->type, "text");
    assert_string_equal(columns->items[3]->type, "numeric(12,2)");
    ag_schema_free(schema);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(constants_of_c_become_values),
        TEST(what_is_no_constant_is_refused_with_the_way_out),
        cmocka_unit_test(expressions_follow_the_rules_of_c),
        TEST(deep_expressions_are_refused),
        TEST(sql_in_a_struct_names_its_own_fields),
        TEST(renamed_structs_rename_their_columns),
        TEST(sql_in_a_struct_may_name_fields_or_columns),
        TEST(one_member_of_an_anonymous_union_is_the_column),
        TEST(a_type_for_another_database_leaves_the_one_of_c),
    };
    void *symbol = NULL;
    if (!ag_module_open("clang", "ag_module_clang_read", &symbol, NULL)) {
        return 77; /* built without libclang */
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
