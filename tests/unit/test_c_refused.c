/* What C says that no schema can hold, or that would be dropped in silence, is refused. */
#include "c_kit.h"

#include "model/c/hint.h"

#define H                                                                                          \
    "#include <autogen/model.h>\n#include <stdbool.h>\n#include <stdint.h>\n"                      \
    "enum e { A = 1, B = 2, C = 4 };\nenum f { X, Y };\n"

typedef struct refusal {
    const char *text, *message, *hint;
} refusal;

/* Each text begins in line 6. */
static void assert_refused(c_kit *kit, const refusal *cases, size_t n) {
    for (size_t i = 0; i < n; i++) {
        c_kit_assert_refused(kit, ag_arena_printf(kit->arena, H "%s\n", cases[i].text), 6,
                             cases[i].message, cases[i].hint);
    }
}

#define ASSERT_FIELDS_REFUSED(state, ...)                                                          \
    do {                                                                                           \
        c_kit *kit_ = *(state);                                                                    \
        refusal list_[] = {__VA_ARGS__};                                                           \
        for (size_t i_ = 0; i_ < sizeof list_ / sizeof *list_; i_++) {                             \
            list_[i_].text = ag_arena_printf(                                                      \
                kit_->arena, "struct AG_TABLE(t) t { int id AG_PRIMARY_KEY; %s };",                \
                list_[i_].text);                                                                   \
        }                                                                                          \
        assert_refused(kit_, list_, sizeof list_ / sizeof *list_);                                 \
    } while (0)

#define ASSERT_REFUSED(state, ...)                                                                 \
    do {                                                                                           \
        const refusal list_[] = {__VA_ARGS__};                                                     \
        assert_refused(*(state), list_, sizeof list_ / sizeof *list_);                             \
    } while (0)

static void a_default_that_is_no_value_of_the_enum_is_refused(void **state) {
    ASSERT_FIELDS_REFUSED(
        state, {"enum e a AG_DEFAULT(A|B);", "\"A|B\" is no value of enum e", "A, B, C"},
        {"enum e a AG_DEFAULT(Y);", "Y is a constant of enum f, not of enum e", "A, B, C"},
        {"enum e a AG_DEFAULT((Y));", "Y is a constant of enum f", "AG_TYPE"},
        {"enum e a AG_DEFAULT(7);", "\"7\" is no value of enum e", "A, B, C"},
        {"enum e a AG_DEFAULT(\"'D'\");", "\"'D'\" is no value of enum e", "A, B, C"},
        {"enum e a AG_DEFAULT(1.5);", "\"1.5\" is no value of enum e", "A, B, C"},
        {"enum e a AG_DEFAULT(true);", "\"true\" is no value of enum e", "A, B, C"});
}

static void a_default_that_the_field_cannot_hold_is_refused(void **state) {
    static const char quotes[] = "in quotes";
    ASSERT_FIELDS_REFUSED(
        state, {"int16_t a AG_DEFAULT(70000);", "field a (int16_t) cannot hold 70000", quotes},
        {"int32_t a AG_DEFAULT(0x1FFFFFFFF);", "cannot hold 0x1FFFFFFFF", quotes},
        {"uint8_t a AG_DEFAULT(-1);", "cannot hold -1", quotes},
        {"uint8_t a AG_DEFAULT(255 + 1);", "cannot hold 255 + 1", quotes},
        {"int8_t a AG_DEFAULT(-129);", "cannot hold -129", quotes},
        {"unsigned a : 3 AG_DEFAULT(8);", "cannot hold 8", quotes},
        {"int64_t a AG_DEFAULT(9223372036854775808);", "cannot hold", quotes},
        {"int64_t a AG_DEFAULT(99999999999999999999);", "cannot hold", quotes},
        {"int a AG_DEFAULT(1.5);", "cannot hold 1.5", quotes},
        {"char a AG_DEFAULT(0);", "field a (char) cannot hold 0", quotes});
}

static void the_same_annotation_twice_is_refused(void **state) {
    ASSERT_FIELDS_REFUSED(state,
                          {"int a AG_UNIQUE AG_UNIQUE;", "AG_UNIQUE is there twice", "line 6"},
                          {"int a AG_INDEX AG_NULL AG_INDEX;", "AG_INDEX is there twice", "line 6"},
                          {"int a AG_CHECK(\"a > 0\") AG_CHECK(\"a > 0\");",
                           "AG_CHECK is there twice, the same each time", "line 6"});
}

static void what_sqlite_has_not_is_refused_in_words_of_c(void **state) {
    ASSERT_REFUSED(state,
                   {"struct AG_TABLE(t) AG_STRICT t { int64_t id AG_PRIMARY_KEY; };",
                    "column t.id is bigint", "in C AG_TYPE(AG_SQLITE(\"INTEGER\"))"},
                   {"struct AG_TABLE(t) AG_STRICT t { char name[20]; };",
                    "column t.name is varchar(19)", "in C AG_TYPE(AG_SQLITE(\"TEXT\"))"},
                   {"struct AG_TABLE(t) AG_STRICT t { char *a AG_TYPE(\"decimal(3,2)\"); };",
                    "column t.a is decimal(3,2)", "INTEGER (or REAL, or TEXT) fits"},
                   {"struct AG_TABLE(t) t { int a AG_INDEX_AS(ix, AG_METHOD(hash)); };",
                    "no hash indexes", "in C AG_METHOD(AG_POSTGRESQL(…))"});
}

static void what_is_said_of_a_table_wants_a_table(void **state) {
    ASSERT_REFUSED(
        state,
        {"struct AG_STRICT t { int id; };", "AG_STRICT at struct t, which is no", "AG_TABLE"},
        {"typedef struct { int id; } t AG_WITHOUT_ROWID;", "AG_WITHOUT_ROWID at struct t",
         "AG_TABLE"},
        {"struct t { int id; }; struct AG_TABLE(t) t;", "must precede definition",
         "where the fields are"},
        {"int f(int x) AG_NOT_NULL;", "AG_NOT_NULL means nothing at file scope", ""});
}

static void what_means_nothing_at_a_field_is_refused(void **state) {
    ASSERT_FIELDS_REFUSED(
        state, {"int a AG_PREFIX(\"x_\");", "AG_PREFIX means nothing at field t.a", "AG_COLUMN"},
        {"char a[0];", "field t.a (char[0]): an array of no elements holds nothing", "AG_TYPE"},
        {"uint8_t a[0];", "field t.a (uint8_t[0]): an array of no elements", "AG_SKIP"},
        {"int a AG_CHECK(\"a > \");", "ends where something has to follow", ""},
        {"int a AG_CHECK(\"a > 0 and\");", "ends where something has to follow", ""},
        {"int a AG_INDEX_AS(ix, AG_WHERE());", "AG_WHERE takes one value", "AG_WHERE(\"…\")"},
        {"void *a AG_TYPE(AG_POSTGRESQL(\"jsonb\"));",
         "AG_TYPE names none for sqlite, and such a pointer", "AG_TYPE"},
        {"int a AG_TYPE(AG_ON(postgres, \"x\"));", "no kind of database \"postgres\"",
         "postgresql"});
}

static void an_anonymous_union_is_named_by_the_first_field_in_it(void **state) {
    ASSERT_FIELDS_REFUSED(state, {"union { struct { int x, y; }; int64_t all; };",
                                  "the anonymous union of x and others in struct t", "AG_SKIP"});
}

static void a_name_in_a_struct_that_is_there_twice_is_refused(void **state) {
    ASSERT_REFUSED(state,
                   {"struct a { char zip[6] AG_CHECK_AS(ck, \"zip <> ''\"); };"
                    "struct AG_TABLE(t) t { int id AG_PRIMARY_KEY; struct a home, work; };",
                    "AG_CHECK_AS: the name \"ck\" fits one use of the struct only",
                    "AG_TABLE_CHECK"},
                   {"struct a { int n AG_UNIQUE_AS(uq); };"
                    "struct AG_TABLE(t) t { int id AG_PRIMARY_KEY; struct a home, work; };",
                    "AG_UNIQUE_AS: the name \"uq\"", "AG_UNIQUE leaves the name"},
                   {"struct a { int n AG_INDEX_AS(ix); };"
                    "struct AG_TABLE(t) t { int id AG_PRIMARY_KEY; struct a one; };"
                    "struct AG_TABLE(u) u { int id AG_PRIMARY_KEY; struct a one; };",
                    "AG_INDEX_AS: the name \"ix\" fits one use", "AG_INDEX leaves the name"});
}

static void texts_that_are_not_utf_8_are_refused_where_they_are(void **state) {
    ASSERT_FIELDS_REFUSED(
        state, {"/** caf\xe9 */ int a;", "documentation comment", "UTF-8"},
        {"int a AG_CHECK(\"a <> 'caf\xe9'\");", "annotation is not valid UTF-8", "UTF-8"});
}

static void hints_name_what_was_meant(void **state) {
    ASSERT_FIELDS_REFUSED(
        state, {"int a AG_PK;", "expected ';'", "unknown annotation AG_PK: see"},
        {"int a AG_UNIQUE_INDEX;", "expected ';'", "AG_UNIQUE_INDEX stands only inside"},
        {"int a AG_COLUMN;", "expected ';'", "AG_COLUMN takes arguments"});
}

/* A macro of the file's own is none of ours, and a type that is not there needs no hint. */
static void hints_name_nothing_that_was_not_meant(void **state) {
    c_kit *kit = *state;
    c_kit_add(kit, "m.h",
              H "#define AG_MAX 3\nstruct AG_TABLE(t) t { char a[AG_MAX]; foo_t b AG_NOT_NULL; };");
    ag_error err = c_kit_refused(kit);
    assert_string_equal(err.message, "unknown type name 'foo_t'");
    assert_string_equal(err.hint, "");
}

static void a_header_of_ones_own_may_include_model_h(void **state) {
    c_kit *kit = *state;
    (void)c_kit_write(kit, "all.h", H "struct tm;\n");
    c_kit_add(kit, "m.h", "#include \"all.h\"\nstruct AG_TABLE(t) t { struct tm a AG_NULL; };\n");
    ag_error err = c_kit_refused(kit);
    assert_non_null(strstr(err.message, "incomplete type 'struct tm'"));
    assert_null(strstr(err.hint, "included?"));
    (void)unlink(ag_path_join(kit->arena, kit->folder, "all.h"));
    c_kit_reset(kit);
    c_kit_assert_refused(kit, "struct AG_TABLE(t) t { int a; };\n", 1, "expected",
                         "is <autogen/model.h> included?");
}

static void annotations_behind_the_tag_are_shown_their_place(void **state) {
    ASSERT_REFUSED(
        state, {"struct t AG_TABLE(t) { int a; };", "expected identifier", "before its tag"},
        {"struct AG_TABLE(t) t AG_STRICT { int a; };", "expected identifier", "before its tag"});
}

static void a_folder_with_a_blank_is_quoted_in_the_hint(void **state) {
    c_kit *kit = *state;
    const char *folder = ag_path_join(kit->arena, kit->folder, "a b");
    assert_true(ag_dir_make(folder, NULL));
    const char *header = c_kit_write(kit, "a b/other.h", "");
    kit->options.cflags_folder = kit->folder;
    c_kit_assert_refused(kit, "#include \"other.h\"\n", 1, "'other.h' file not found",
                         "cflags = -I'a b'");
    (void)unlink(header);
    (void)rmdir(folder);
}

/* Without libclang, which leaks what it is given together with such an option. */
static void a_refused_option_has_a_way_out(void **state) {
    c_kit *kit = *state;
    const ag_c_hint_place place = {.project = NULL};
    ag_error err = {0};
    (void)ag_fail(&err, AG_INPUT, "libclang refuses the compiler option '-std=c++17'");
    ag_c_add_hint(kit->arena, &err, &place);
    assert_non_null(strstr(err.hint, "-x c++ before"));
}

static void a_broken_compile_commands_is_shown_where_it_is(void **state) {
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"[", "the text ends"},
        {" ", "the file is empty"},
        {"{}", "a list of commands"},
        {"[1]", "must be an object"},
        {"[{\"directory\": \"/\"}]", "needs its \"directory\" and its \"file\""},
        {"[{\"directory\": \"/\", \"file\": \"m.h\"}]", "its \"arguments\" or its \"command\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        c_kit *kit = *state;
        (void)c_kit_write(kit, "compile_commands.json", cases[i].text);
        kit->options.compile_commands = kit->folder;
        c_kit_add(kit, "m.h", H);
        ag_error err = c_kit_refused(kit);
        if (strstr(err.message, cases[i].message) == NULL) {
            fail_msg("%s", err.message);
        }
        c_kit_reset(kit);
    }
}

static void a_struct_or_enum_that_a_model_changes_by_macros_is_refused(void **state) {
    static const char header[] =
        "#ifndef A_H\n#define A_H\n#include <autogen/model.h>\n"
        "enum s { S1,\n#ifdef WITH_S2\n S2,\n#endif\n};\n"
        "struct AG_TABLE(t) t { int id AG_PRIMARY_KEY; enum s s;\n#ifdef WITH_X\n int x;\n#endif\n"
        "};\n#endif\n";
    static const struct {
        const char *macro, *message;
    } cases[] = {
        {"#define WITH_X 1", "struct t is another one in "},
        {"#define WITH_S2 1", "enum s is another one in "},
    };
    c_kit *kit = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        c_kit_add(kit, "a.h", header);
        c_kit_add(kit, "b.c",
                  ag_arena_printf(kit->arena, "%s\n#include \"a.h\"\n", cases[i].macro));
        ag_error err = c_kit_refused(kit);
        if (strstr(err.message, cases[i].message) == NULL) {
            fail_msg("%s", err.message);
        }
        assert_non_null(strstr(err.message, "by itself"));
        c_kit_reset(kit);
    }
    c_kit_add(kit, "a.h", header);
    c_kit_add(kit, "b.c", "#include \"a.h\"\n");
    ag_schema_free(c_kit_read(kit, &ag_dialect_sqlite));
}

/* A header that needs the includes before it is what the program sees. */
static void a_header_that_does_not_stand_by_itself_is_read_as_the_program_does(void **state) {
    c_kit *kit = *state;
    c_kit_add(kit, "a.h",
              "#include <autogen/model.h>\n#ifdef WITH_X\n#endif\n"
              "struct AG_TABLE(t) t { number id AG_PRIMARY_KEY; };\n");
    c_kit_add(kit, "b.c", "typedef int number;\n#include \"a.h\"\n");
    ag_schema_free(c_kit_read(kit, &ag_dialect_sqlite));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, c_kit_setup, c_kit_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_default_that_is_no_value_of_the_enum_is_refused),
        TEST(a_default_that_the_field_cannot_hold_is_refused),
        TEST(the_same_annotation_twice_is_refused),
        TEST(what_sqlite_has_not_is_refused_in_words_of_c),
        TEST(what_is_said_of_a_table_wants_a_table),
        TEST(what_means_nothing_at_a_field_is_refused),
        TEST(an_anonymous_union_is_named_by_the_first_field_in_it),
        TEST(a_name_in_a_struct_that_is_there_twice_is_refused),
        TEST(texts_that_are_not_utf_8_are_refused_where_they_are),
        TEST(hints_name_what_was_meant),
        TEST(hints_name_nothing_that_was_not_meant),
        TEST(a_header_of_ones_own_may_include_model_h),
        TEST(annotations_behind_the_tag_are_shown_their_place),
        TEST(a_folder_with_a_blank_is_quoted_in_the_hint),
        TEST(a_refused_option_has_a_way_out),
        TEST(a_broken_compile_commands_is_shown_where_it_is),
        TEST(a_struct_or_enum_that_a_model_changes_by_macros_is_refused),
        TEST(a_header_that_does_not_stand_by_itself_is_read_as_the_program_does),
    };
    void *symbol = NULL;
    if (!ag_module_open("clang", "ag_module_clang_read", &symbol, NULL)) {
        return 77; /* built without libclang */
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
