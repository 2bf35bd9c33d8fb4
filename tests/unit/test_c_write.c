/* A schema written as C reads back as the same schema. */
#include "c_kit.h"

#include "model/c/write.h"

static ag_schema *of_json(c_kit *kit, const char *json, const ag_dialect *dialect) {
    ag_schema *schema = NULL;
    ag_error err = {0};
    ag_json_source source = {.file = "model.json", .text = json, .n = strlen(json)};
    if (!ag_model_read_json_texts(&source, 1, dialect, &schema, &kit->diags, &err)) {
        fail_msg("%d:%d: %s", err.line, err.column, err.message);
    }
    return schema;
}

/* The header of a model in JSON. */
static const char *header_of(c_kit *kit, const ag_schema *schema, const ag_dialect *dialect,
                             ag_strings *warnings) {
    ag_buf out = AG_BUF_INIT;
    assert_true(ag_model_write_c(schema, dialect, &out, kit->arena, warnings, NULL));
    const char *text = ag_buf_copy(&out, kit->arena);
    ag_buf_release(&out);
    return text;
}

/* Writes a model as C, reads that, and holds both against each other. */
static const char *comes_back(void **state, const char *json, const ag_dialect *dialect) {
    c_kit *kit = *state;
    ag_strings warnings = {NULL, 0, 0};
    ag_schema *schema = of_json(kit, json, dialect);
    const char *header = header_of(kit, schema, dialect, &warnings);
    c_kit_add(kit, "m.h", header);
    ag_schema *again = NULL;
    ag_error err = {0};
    if (!ag_model_read(&kit->files, &kit->options, dialect, &again, &kit->diags, &err)) {
        fail_msg("%d:%d: %s\n%s", err.line, err.column, err.message, header);
    }
    const char *first = c_kit_json(kit, schema, dialect);
    const char *second = c_kit_json(kit, again, dialect);
    if (strcmp(first, second) != 0) {
        print_error("%s\n", header);
    }
    assert_string_equal(second, first);
    assert_int_equal(warnings.n, 0);
    ag_schema_free(schema);
    ag_schema_free(again);
    c_kit_reset(kit);
    return header;
}

static void comes_back_in_both(void **state, const char *json) {
    (void)comes_back(state, json, &ag_dialect_sqlite);
    (void)comes_back(state, json, &ag_dialect_postgresql);
}

static void has(const char *header, const char *text) {
    if (strstr(header, text) == NULL) {
        fail_msg("no %s in\n%s", text, header);
    }
}

static void a_table_is_written_as_one_would_write_it(void **state) {
    const char *header = comes_back(
        state,
        "{\"tables\": {\"users\": {\"comment\": \"People\", \"columns\": {"
        "\"id\": {\"type\": \"bigint\", \"identity\": \"always\"},"
        "\"email\": {\"type\": \"varchar(320)\", \"nullable\": false, \"comment\": \"mail\"},"
        "\"bio\": \"text\", \"age\": \"integer\","
        "\"is_new\": {\"type\": \"boolean\", \"nullable\": false, \"default\": true},"
        "\"org_id\": {\"type\": \"bigint\"}}, \"primary_key\": [\"id\"],"
        "\"unique\": {\"uq\": [\"email\"]},"
        "\"foreign_keys\": {\"fk\": {\"columns\": [\"org_id\"], \"references\": \"users\","
        " \"referred\": [\"id\"], \"on_delete\": \"cascade\", \"deferrable\": true}},"
        "\"indexes\": {\"ix_bio\": {\"columns\": [\"bio\"], \"where\": \"age > 1\"},"
        "\"ix_two\": [\"age\", \"bio\"], \"ix_low\": {\"columns\": [{\"expr\": \"lower(bio)\"}],"
        " \"unique\": true}}}}}",
        &ag_dialect_postgresql);
    has(header, "/** People */\nstruct AG_TABLE(users) users {\n");
    has(header, "    int64_t id AG_IDENTITY AG_PRIMARY_KEY_AS(users_pkey);\n");
    has(header, "    /** mail */\n    char email[321] AG_UNIQUE_AS(uq);\n");
    has(header, "    char *bio AG_INDEX_AS(ix_bio, AG_WHERE(\"age > 1\"));\n");
    has(header, "    int32_t age AG_NULL;\n");
    has(header, "    bool is_new AG_DEFAULT(true);\n");
    has(header, "AG_REFERENCES_AS(fk, users, id, \"on delete cascade deferrable\")");
    has(header, "AG_TABLE_INDEX(users, ix_two, age, bio)\n");
    has(header, "AG_TABLE_INDEX(users, ix_low, \"lower(bio)\", AG_UNIQUE_INDEX)\n");
}

static void names_that_are_no_identifiers_survive(void **state) {
    comes_back_in_both(
        state, "{\"tables\": {\"int\": {\"columns\": {\"class\": \"text\", \"a b\": \"text\","
               "\"a-b\": \"text\", \"1st\": \"text\", \"_x\": \"text\", \"AG_NULL\": \"text\","
               "\"linux\": \"text\", \"true\": \"text\", \"NULL\": \"text\", \"bool\": \"text\","
               "\"say \\\"hi\\\"\": \"text\", \"line\\nbreak\": \"text\", \"b\\\\s\": \"text\","
               "\"\\u00e9t\\u00e9\": \"text\", \"what?\?/\": \"text\", \"x, y)\": \"text\","
               "\"'\": \"text\", \"/* no\": \"text\", \"a_b\": \"text\", \"desc\": \"text\"},"
               "\"indexes\": {\"i x\": [\"a b\", \"say \\\"hi\\\"\", \"true\", \"linux\","
               " \"desc\", \"NULL\"], \"i\\\"y\": [{\"name\": \"x, y)\", \"order\": \"desc\"}]},"
               "\"unique\": {\"u;q\": [\"a b\"], \"AG_UNNAMED\": [\"bool\"]}},"
               "\"struct\": {\"columns\": {\"t\": \"bigint\"}},"
               "\"int \": {\"columns\": {\"t\": \"bigint\"}}}}");
}

/* A program includes what it likes before it includes the header. */
static void names_that_are_macros_survive_the_headers_of_c(void **state) {
    c_kit *kit = *state;
    const char *json =
        "{\"tables\": {\"tm\": {\"columns\": {\"EOF\": \"text\", \"NULL\": \"text\","
        "\"errno\": \"text\", \"stdin\": \"text\", \"assert\": \"text\", \"unix\": \"text\","
        "\"linux\": \"text\", \"signed\": \"text\", \"class\": \"text\", \"new\": \"text\","
        "\"I\": \"text\", \"SIGINT\": \"text\", \"complex\": \"text\", \"isnan\": \"text\","
        "\"st_mtime\": \"text\", \"RAND_MAX\": \"text\", \"bool\": \"text\", \"E2BIG\": \"text\"},"
        "\"primary_key\": [\"EOF\", \"errno\"], \"indexes\": {\"NAN\": [\"I\", \"linux\"],"
        " \"ix\": [\"NULL\"]}, \"foreign_keys\": {\"fk\": {\"columns\": [\"stdin\"],"
        " \"references\": \"DOMAIN\", \"referred\": [\"OVERFLOW\"]}}},"
        " \"DOMAIN\": {\"columns\": {\"OVERFLOW\": \"text\"}, \"primary_key\": [\"OVERFLOW\"]}}}";
    const ag_dialect *const *all = NULL;
    size_t n = ag_dialect_all(&all);
    for (size_t i = 0; i < n; i++) {
        ag_strings warnings = {NULL, 0, 0};
        ag_schema *schema = of_json(kit, json, all[i]);
        c_kit_write(kit, "m.h", header_of(kit, schema, all[i], &warnings));
        c_kit_add(kit, "program.c",
                  "#include <assert.h>\n#include <complex.h>\n#include <errno.h>\n"
                  "#include <math.h>\n#include <signal.h>\n#include <stdio.h>\n"
                  "#include <stdlib.h>\n#include <sys/stat.h>\n#include <time.h>\n"
                  "#include \"m.h\"\n");
        ag_schema *again = c_kit_read(kit, all[i]);
        assert_string_equal(c_kit_json(kit, again, all[i]), c_kit_json(kit, schema, all[i]));
        assert_int_equal(warnings.n, 0);
        ag_schema_free(schema);
        ag_schema_free(again);
        c_kit_reset(kit);
    }
}

static void empty_names_survive_where_the_database_takes_them(void **state) {
    const char *header = comes_back(
        state,
        "{\"tables\": {\"\": {\"columns\": {\"\": {\"type\": \"INTEGER\"}, \"b\": \"text\"},"
        "\"primary_key\": [\"\"], \"checks\": {\"\": \"b > ''\"}, \"unique\": [[\"\", \"b\"]],"
        "\"foreign_keys\": {\"\": {\"columns\": [\"b\"], \"references\": \"\","
        " \"referred\": [\"\"]}}, \"indexes\": {\"i\": [\"\", \"b\"]}}}}",
        &ag_dialect_sqlite);
    has(header, "struct AG_TABLE(\"\") c_ {\n");
    has(header, "AG_COLUMN(\"\")");
}

static void types_are_written_as_the_database_has_them(void **state) {
    const char *header =
        comes_back(state,
                   "{\"tables\": {\"t\": {\"columns\": {\"a\": \"TEXT\", \"b\": \"text\","
                   "\"c\": \"VARCHAR(20)\", \"d\": \"BIGINT\", \"e\": \"Boolean\"}}}}",
                   &ag_dialect_sqlite);
    has(header, "    char *a AG_TYPE(\"TEXT\");\n    char *b;\n");
    has(header, "    char c[21] AG_TYPE(\"VARCHAR(20)\") AG_NULL;\n");
}

static void numbers_as_defaults_stay_what_they_are(void **state) {
    comes_back_in_both(state, "{\"tables\": {\"t\": {\"columns\": {"
                              "\"a\": {\"type\": \"boolean\", \"default\": 1},"
                              "\"b\": {\"type\": \"boolean\", \"default\": true},"
                              "\"c\": {\"type\": \"bigint\", \"default\": -0},"
                              "\"d\": {\"type\": \"text\", \"default\": 1e3},"
                              "\"e\": {\"type\": \"text\", \"default\": 12345678901234567890123},"
                              "\"f\": {\"type\": \"real\", \"default\": -1.50}}}}}");
}

static void enums_of_any_name_are_types(void **state) {
    (void)comes_back(
        state,
        "{\"enums\": {\"say \\\"hi\\\"\": [\"a b\", \"A-B\", \"A_B\", \"int\", \"*/\"],"
        "\"user\": [\"a\"], \"ns.Mood 2\": [\"x\"], \"\\\"a.b\\\"\": [\"y\"]},"
        "\"tables\": {\"t\": {\"columns\": {\"a\": {\"type\": \"\\\"say \\\"\\\"hi\\\"\\\"\\\"\"},"
        "\"b\": {\"type\": \"\\\"user\\\"\"}, \"c\": {\"type\": \"ns.\\\"Mood 2\\\"\"},"
        "\"d\": {\"type\": \"\\\"a.b\\\"\"}}},"
        "\"ns.u\": {\"columns\": {\"a\": {\"type\": \"\\\"user\\\"\"},"
        "\"c\": {\"type\": \"ns.\\\"Mood 2\\\"\"}}}}}",
        &ag_dialect_postgresql);
}

static void characters_that_turn_the_direction_are_escaped(void **state) {
    const char *header =
        comes_back(state,
                   "{\"tables\": {\"t\": {\"comment\": \"a\\u202eb\", \"columns\":"
                   " {\"x\\u2066y\": {\"type\": \"text\", \"comment\": \"\\u200f\"},"
                   " \"caf\\u00e9\\u2026\": \"text\"}}}}",
                   &ag_dialect_postgresql);
    has(header, "AG_COMMENT(\"a\\342\\200\\256b\")");
    has(header, "AG_COLUMN(\"x\\342\\201\\246y\")");
    has(header, "\"caf\303\251\342\200\246\"");
}

static void long_names_survive(void **state) {
    c_kit *kit = *state;
    char *name = ag_arena_alloc(kit->arena, 10001);
    for (int i = 0; i < 10000; i++) {
        name[i] = "abc"[i % 3];
    }
    (void)comes_back(state,
                     ag_arena_printf(kit->arena,
                                     "{\"tables\": {\"%s\": {\"columns\": {\"%s\": \"text\","
                                     " \"%s2\": \"text\"}}}}",
                                     name, name, name),
                     &ag_dialect_sqlite);
}

static void texts_of_all_kinds_survive(void **state) {
    comes_back_in_both(
        state,
        "{\"tables\": {\"t\": {\"comment\": \"a */ b\\n\\n  c \\\\ ?\? \\\"q\\\"\", \"columns\": {"
        "\"a\": {\"type\": \"text\", \"default\": \"'a\\\"b\\\\n\\nc'\", \"comment\": \" x \"},"
        "\"b\": {\"type\": \"integer\", \"default\": -1.5e3, \"comment\": \"@brief y\"},"
        "\"c\": {\"type\": \"integer\", \"default\": null, \"comment\": \"<z\"},"
        "\"d\": {\"type\": \"integer\", \"default\": 12345678901234567890123, \"comment\":"
        " \"\\u00fcber\\u0001\\u007f\"},"
        "\"e\": {\"type\": \"integer\", \"default\": \"007\"},"
        "\"f\": {\"type\": \"integer\", \"generated\": \"b + 1\", \"stored\": true}},"
        "\"checks\": [\"a <> 'x;\\\"'\", \"b > 0 /* ok */\"]}}}");
}

static void constraints_keep_their_order_and_options(void **state) {
    comes_back_in_both(
        state,
        "{\"tables\": {\"p\": {\"columns\": {\"x\": \"integer\", \"y\": \"integer\"},"
        "\"primary_key\": {\"name\": \"pk_p\", \"columns\": [\"y\", \"x\"]}},"
        "\"c\": {\"columns\": {\"a\": \"integer\", \"b\": \"integer\", \"c\": \"text\","
        " \"d\": {\"type\": \"integer\", \"nullable\": false}},"
        "\"primary_key\": [\"a\", \"d\"],"
        "\"unique\": {\"u1\": [\"b\"], \"u2\": [\"a\"], \"u3\": [\"b\", \"c\"], \"u4\": [\"c\"]},"
        "\"checks\": {\"k1\": \"a > 1\", \"k2\": \"b > 1\"},"
        "\"foreign_keys\": {\"f1\": {\"columns\": [\"b\", \"a\"], \"references\": \"p\","
        " \"referred\": [\"y\", \"x\"], \"on_update\": \"set default\", \"match\": \"full\","
        " \"initially_deferred\": true, \"deferrable\": true},"
        "\"f2\": {\"columns\": [\"a\"], \"references\": \"gone\", \"referred\": [\"z\"],"
        " \"external\": true}},"
        "\"indexes\": {\"i1\": {\"columns\": [{\"name\": \"a\", \"order\": \"desc\"},"
        " {\"expr\": \"b + 1\"}, {\"expr\": \"lower(c)\", \"order\": \"desc\"}],"
        " \"where\": \"a > 1 and c is not null\"}, \"i2\": [\"a\"]}}}}");
}

static void sqlite_keeps_what_only_it_has(void **state) {
    (void)comes_back(
        state,
        "{\"tables\": {\"a\": {\"columns\": {\"id\": {\"type\": \"INTEGER\"},"
        "\"n\": {\"type\": {\"sqlite\": \"UUID\"}, \"nullable\": false, \"on_conflict\": "
        "\"ignore\","
        " \"not_null_name\": \"nn\", \"collation\": \"NOCASE\"},"
        "\"v\": {}, \"d\": {\"type\": \"DECIMAL(10,2)\"}, \"i\": {\"type\": \"int\"},"
        "\"f\": {\"type\": \"NVARCHAR(70)\"}, \"g\": {\"type\": \"MEDIUMBLOB\"}},"
        "\"primary_key\": {\"columns\": [\"id\"], \"on_conflict\": \"replace\"},"
        "\"unique\": [{\"columns\": [\"n\"], \"on_conflict\": \"abort\"}, [\"v\"]],"
        "\"autoincrement\": true},"
        "\"b\": {\"columns\": {\"k\": {\"type\": \"text\", \"nullable\": true}},"
        " \"primary_key\": {\"columns\": [\"k\"], \"position\": 1}, \"unique\": [[\"k\"]]},"
        "\"c\": {\"columns\": {\"x\": {\"type\": \"text\"}, \"y\": {\"type\": \"ANY\"}},"
        " \"primary_key\": [\"x\", \"y\"], \"strict\": true, \"without_rowid\": true},"
        "\"d\": {\"columns\": {\"i\": {\"type\": \"INTEGER\"}}, \"primary_key\":"
        " {\"columns\": [{\"name\": \"i\", \"order\": \"desc\"}], \"inline\": true}}}}",
        &ag_dialect_sqlite);
}

static void postgresql_keeps_what_only_it_has(void **state) {
    (void)comes_back(
        state,
        "{\"enums\": {\"mood\": {\"values\": [\"so so\", \"ok\", {\"name\": \"happy\","
        " \"renamed_from\": \"glad\"}], \"comment\": \"how\"}, \"app.mood\": [\"a\", \"A\"],"
        " \"Odd One\": [\"\\\"\", \"1\"], \"users\": [\"x\"], \"unused\": [\"x\"]},"
        "\"tables\": {\"app.users\": {\"columns\": {"
        "\"id\": {\"type\": \"bigint\", \"identity\": {\"kind\": \"by default\", \"start\": 10,"
        " \"increment\": -2, \"cycle\": true}},"
        "\"m\": {\"type\": \"mood\", \"nullable\": false, \"default\": \"'a'::app.mood\"},"
        "\"n\": {\"type\": \"app.mood\"}, \"o\": {\"type\": \"\\\"Odd One\\\"\"},"
        "\"ms\": {\"type\": \"mood[]\"}, \"u\": {\"type\": \"users\"},"
        "\"j\": {\"type\": \"jsonb\", \"storage\": \"external\", \"compression\": \"lz4\","
        " \"statistics\": 100, \"options\": {\"n_distinct\": 5}},"
        "\"s\": {\"type\": \"integer\", \"serial\": true, \"nullable\": false},"
        "\"p\": {\"type\": \"numeric(10,2)[]\"}, \"q\": {\"type\": \"timestamptz(3)\"},"
        "\"r\": {\"type\": \"uuid\"}},"
        "\"primary_key\": {\"name\": \"pk\", \"columns\": [\"id\"], \"include\": [\"s\"],"
        " \"options\": {\"fillfactor\": 70}},"
        "\"unique\": {\"uq\": {\"columns\": [\"m\"], \"nulls_not_distinct\": true}},"
        "\"excludes\": {\"ex\": {\"method\": \"gist\", \"columns\": [{\"name\": \"s\","
        " \"op\": \"=\"}, {\"expr\": \"int8range(id, id + 1)\", \"op\": \"&&\"}],"
        " \"where\": \"s > 0\"}},"
        "\"indexes\": {\"ix\": {\"columns\": [{\"name\": \"j\", \"opclass\": \"jsonb_path_ops\","
        " \"collation\": \"C\", \"nulls\": \"first\"}], \"method\": \"gin\","
        " \"include\": [\"s\", \"m\"], \"options\": {\"fillfactor\": 50}}},"
        "\"unlogged\": true, \"options\": {\"toast.autovacuum_enabled\": \"false\"}},"
        "\"log\": {\"columns\": {\"at\": {\"type\": \"date\", \"nullable\": false}},"
        "\"partition_by\": \"RANGE (at)\", \"partitions\": {\"log_1\": \"FOR VALUES FROM"
        " ('2024-01-01') TO ('2025-01-01')\"}}}}",
        &ag_dialect_postgresql);
}

static void what_c_cannot_say_is_named(void **state) {
    c_kit *kit = *state;
    ag_strings warnings = {NULL, 0, 0};
    ag_schema *schema =
        of_json(kit,
                "{\"tables\": {\"t\": {\"columns\": {\"a\": \"integer\"}}},"
                "\"views\": {\"v\": \"SELECT a FROM t\"},"
                "\"triggers\": {\"g\": {\"table\": \"t\", \"definition\": \"CREATE TRIGGER g AFTER"
                " INSERT ON t BEGIN SELECT 1; END\"}}}",
                &ag_dialect_sqlite);
    (void)header_of(kit, schema, &ag_dialect_sqlite, &warnings);
    assert_int_equal(warnings.n, 2);
    assert_string_equal(warnings.items[0],
                        "view v is not in the header: C says tables and enums only");
    assert_string_equal(warnings.items[1],
                        "trigger g is not in the header: C says tables and enums only");
    ag_schema_free(schema);
}

static void an_enum_without_values_is_named_and_left_out(void **state) {
    c_kit *kit = *state;
    ag_strings warnings = {NULL, 0, 0};
    ag_schema *schema = of_json(kit,
                                "{\"enums\": {\"none\": [], \"one\": [\"a\"]},"
                                "\"tables\": {\"t\": {\"columns\": {\"a\": \"one\"}}}}",
                                &ag_dialect_postgresql);
    const char *header = header_of(kit, schema, &ag_dialect_postgresql, &warnings);
    assert_null(strstr(header, "AG_ENUM(none)"));
    assert_non_null(strstr(header, "AG_ENUM(one)"));
    assert_int_equal(warnings.n, 1);
    assert_string_equal(warnings.items[0],
                        "enum none is not in the header: C has none without constants");
    ag_schema_free(schema);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, c_kit_setup, c_kit_teardown)

/* Every REAL of SQLite has 64 bits; float is for what says that it has 32. */
static void real_of_sqlite_is_double(void **state) {
    const char *header = comes_back(
        state,
        "{\"tables\": {\"t\": {\"columns\": {\"a\": {\"type\": {\"sqlite\": \"REAL\"}},"
        " \"b\": {\"type\": \"double precision\"}, \"c\": {\"type\": {\"sqlite\": \"float4\"}}}}}}",
        &ag_dialect_sqlite);
    has(header, "double a AG_TYPE(\"REAL\")");
    has(header, "double b ");
    has(header, "float c ");
    has(comes_back(state, "{\"tables\": {\"t\": {\"columns\": {\"a\": {\"type\": \"real\"}}}}}",
                   &ag_dialect_postgresql),
        "float a ");
}

static void a_default_that_the_field_cannot_hold_is_sql(void **state) {
    const char *header =
        comes_back(state,
                   "{\"tables\": {\"t\": {\"columns\": {\"a\": {\"type\": \"smallint\","
                   " \"default\": 70000}, \"b\": {\"type\": \"bigint\", \"default\":"
                   " 99999999999999999999}, \"c\": {\"type\": \"integer\", \"default\": 1.5},"
                   " \"d\": {\"type\": \"smallint\", \"default\": -1}}}}}",
                   &ag_dialect_postgresql);
    has(header, "AG_DEFAULT(\"70000\")");
    has(header, "AG_DEFAULT(\"99999999999999999999\")");
    has(header, "AG_DEFAULT(\"1.5\")");
    has(header, "AG_DEFAULT(-1)");
}

static void what_a_table_has_twice_comes_back_twice(void **state) {
    (void)comes_back(state,
                     "{\"tables\": {\"t\": {\"columns\": {\"a\": {\"type\": \"int\"}},"
                     " \"unique\": [[\"a\"], [\"a\"]], \"checks\": [\"a > 0\", \"a > 0\"]}}}",
                     &ag_dialect_sqlite);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(real_of_sqlite_is_double),
        TEST(a_default_that_the_field_cannot_hold_is_sql),
        TEST(what_a_table_has_twice_comes_back_twice),
        TEST(a_table_is_written_as_one_would_write_it),
        TEST(names_that_are_no_identifiers_survive),
        TEST(names_that_are_macros_survive_the_headers_of_c),
        TEST(empty_names_survive_where_the_database_takes_them),
        TEST(types_are_written_as_the_database_has_them),
        TEST(numbers_as_defaults_stay_what_they_are),
        TEST(enums_of_any_name_are_types),
        TEST(an_enum_without_values_is_named_and_left_out),
        TEST(characters_that_turn_the_direction_are_escaped),
        TEST(long_names_survive),
        TEST(texts_of_all_kinds_survive),
        TEST(constraints_keep_their_order_and_options),
        TEST(sqlite_keeps_what_only_it_has),
        TEST(postgresql_keeps_what_only_it_has),
        TEST(what_c_cannot_say_is_named),
    };
    void *symbol = NULL;
    if (!ag_module_open("clang", "ag_module_clang_read", &symbol, NULL)) {
        return 77; /* built without libclang */
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
