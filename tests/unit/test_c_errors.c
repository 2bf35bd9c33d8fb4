/* What is wrong with C as a model is said with its place and the way out. */
#include "c_kit.h"

#define H "#include <autogen/model.h>\n#include <stdint.h>\n"

static void a_field_without_a_type_is_named_with_the_way_out(void **state) {
    static const struct {
        const char *field, *words;
    } cases[] = {
        {"int list[4];", "field t.list (int[4]): an array has no SQL type"},
        {"char grid[4][5];", "field t.grid (char[4][5]): an array has no SQL type"},
        {"union { int a; float b; } u;", "a union has no SQL type"},
        {"void *p;", "field t.p (void *): such a pointer has no SQL type"},
        {"char **names;", "field t.names (char **): such a pointer"},
        {"int (*call)(void);", "such a pointer has no SQL type"},
        {"struct t *next;", "a pointer to a struct has no SQL type"},
        {"struct { struct { void *q; } in; } out;", "field t.out.in.q (void *)"},
        {"long double x;", "field t.x (long double): this type has no counterpart"},
        {"struct {} e;", "this struct has no fields"},
        {"float _Complex x;", "this type has no counterpart in SQL"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        c_kit *kit = *state;
        c_kit_assert_refused(kit,
                             ag_arena_printf(kit->arena,
                                             H "struct AG_TABLE(t) t {\n  int id;\n  %s\n};",
                                             cases[i].field),
                             5, cases[i].words, "AG_TYPE");
    }
}

static void an_anonymous_union_is_named_by_its_first_field(void **state) {
    c_kit_assert_refused(*state, H "struct AG_TABLE(t) t {\n union { int a; float b; };\n};", 4,
                         "anonymous union of a and others in struct t", "AG_SKIP");
}

static void a_table_in_a_table_is_refused(void **state) {
    c_kit_assert_refused(*state,
                         H "struct AG_TABLE(o) o { int id; };\n"
                           "struct AG_TABLE(t) t {\n  struct o owner;\n};",
                         5, "field t.owner is a whole struct o, which is a table", "AG_REFERENCES");
}

static void errors_of_the_compiler_are_shown_as_they_are(void **state) {
    c_kit_assert_refused(*state, H "struct AG_TABLE(t) t {\n  int32 id;\n};", 4,
                         "unknown type name 'int32'", "");
}

/* As the compiler's own: the file that a generator was fed with is what wants mending. */
static void line_directives_say_where_an_error_is(void **state) {
    c_kit *kit = *state;
    const char *source = c_kit_write(kit, "m.def", "table t\nfield a\nfield b void *\n");
    c_kit_add(kit, "m.h",
              ag_arena_printf(kit->arena,
                              H "#line 2 \"%s\"\nstruct AG_TABLE(t) t { int a;\nvoid *b; };\n"
                                "#line 4\nstruct AG_TABLE(u) u { void *c; };\n",
                              source));
    ag_error err = c_kit_refused(kit);
    assert_string_equal(err.file, source);
    assert_int_equal(err.line, 3);
    assert_string_equal(err.excerpt, "field b void *");
    assert_int_equal(kit->diags.list.items[1].line, 4);
    c_kit_reset(kit);
    c_kit_add(kit, "m.h", H "#line 3 \"gone.y\"\nint46_t x;\n");
    err = c_kit_refused(kit);
    assert_string_equal(ag_path_base(err.file), "gone.y");
    assert_int_equal(err.line, 3);
}

static void all_errors_are_reported_in_order(void **state) {
    c_kit *kit = *state;
    c_kit_add(kit, "m.h",
              H "struct AG_TABLE(t) t {\n  void *a;\n  void *b;\n  int c AG_DEFAULT(\"1;2\");\n"
                "  int d AG_SET(stroage, plain);\n};\nAG_TABLE_INDEX(u, ix, a)\n");
    (void)c_kit_refused(kit);
    assert_int_equal(kit->diags.list.n, 3);
    assert_int_equal(kit->diags.list.items[0].line, 4);
    assert_int_equal(kit->diags.list.items[2].line, 9);
}

static void mistakes_in_sql_are_found_at_their_line(void **state) {
    c_kit_assert_refused(*state, H "struct AG_TABLE(t) t {\n  int c\n   AG_DEFAULT(\"1;2\");\n};",
                         5, "\"default\" is not a piece of SQL: a semicolon", "");
    c_kit_assert_refused(*state, H "struct AG_TABLE(t) t {\n  int d AG_SET(stroage, plain);\n};", 4,
                         "unknown key \"stroage\" in a column", "did you mean \"storage\"?");
    c_kit_assert_refused(*state, H "struct AG_TABLE(t) t { int d; };\nAG_TABLE_INDEX(t, ix, x)\n",
                         4, "x", "");
}

static void a_missing_header_says_which_option_to_set(void **state) {
    c_kit_assert_refused(*state, H "#include \"nowhere.h\"\nstruct AG_TABLE(t) t { int a; };", 3,
                         "'nowhere.h' file not found", "cflags = -IFOLDER");
}

static void a_misspelt_annotation_gets_the_nearest_one(void **state) {
    c_kit_assert_refused(*state, H "struct AG_TABLE(t) t {\n  int a AG_NOTNULL;\n};", 4, "expected",
                         "unknown annotation AG_NOTNULL: did you mean AG_NOT_NULL?");
    c_kit_assert_refused(*state, H "struct AG_TABEL(t) t {\n  int a;\n};", 3, "",
                         "did you mean AG_TABLE?");
    c_kit_assert_refused(*state,
                         H "struct AG_TABLE(t) t {\n  int a\n"
                           "  __attribute__((annotate(\"autogen:primry_key()\")));\n};",
                         5, "unknown annotation \"primry_key\"", "did you mean \"primary_key\"?");
    c_kit_assert_refused(*state, "struct AG_TABLE(t) t { int a; };", 1, "", "model.h");
}

static void annotations_in_wrong_places_are_refused(void **state) {
    c_kit_assert_refused(*state, H "struct AG_TABLE(t) AG_NOT_NULL t { int a; };", 3,
                         "AG_NOT_NULL means nothing at a struct", "");
    c_kit_assert_refused(*state, H "AG_TABLE(t) struct t { int a; };", 3,
                         "place it after \"struct\"", "");
    c_kit_assert_refused(*state, H "union AG_TABLE(t) t { int a; };", 3,
                         "union t cannot be a table", "");
    c_kit_assert_refused(*state,
                         H "struct p { int x; };\nstruct AG_TABLE(t) t {\n"
                           "  struct p at AG_DEFAULT(1);\n};",
                         5, "AG_DEFAULT means nothing at field t.at", "AG_TYPE");
}

static void clauses_of_references_are_checked(void **state) {
    c_kit_assert_refused(*state,
                         H "struct AG_TABLE(t) t {\n int a AG_REFERENCES(t, a, \"on delete"
                           " casade\");\n};",
                         4, "AG_REFERENCES: \"casade\" is not understood",
                         "did you mean \"cascade\"?");
    c_kit_assert_refused(*state,
                         H "struct AG_TABLE(t) t {\n int a AG_REFERENCES(t, a, \"on delete\");\n};",
                         4, "ends too early", "");
}

static void a_note_about_no_struct_is_refused(void **state) {
    c_kit_assert_refused(*state,
                         H "struct AG_TABLE(users) user { int a; };\nAG_TABLE_UNIQUE(usr, uq, a)\n",
                         4, "AG_TABLE_UNIQUE: no struct usr", "did you mean \"user\"?");
}

static void two_fields_of_one_column_are_refused(void **state) {
    c_kit_assert_refused(*state, H "struct AG_TABLE(t) t {\n  int a;\n  int b AG_COLUMN(a);\n};", 5,
                         "field t.b makes the column a, as t.a does", "AG_COLUMN");
}

static void files_without_a_table_are_refused(void **state) {
    c_kit_assert_refused(*state, H "struct t { int a; };", 0, "no struct is marked with AG_TABLE",
                         "AG_TABLE(users)");
}

static void a_table_of_two_structs_is_refused(void **state) {
    c_kit_assert_refused(*state,
                         H "struct AG_TABLE(t) a { int x; };\nstruct AG_TABLE(t) b { int x; };\n",
                         4, "the table \"t\" is defined twice", "m.h:3:");
}

static void hostile_files_are_errors_only(void **state) {
    c_kit *kit = *state;
    ag_buf text = AG_BUF_INIT;
    ag_buf_puts(&text, H "struct AG_TABLE(t) t {\n");
    for (int i = 0; i < 150; i++) {
        ag_buf_puts(&text, "struct {");
    }
    ag_buf_puts(&text, "int a;");
    for (int i = 0; i < 150; i++) {
        ag_buf_printf(&text, "} s%d;", i);
    }
    ag_buf_puts(&text, "\n};");
    c_kit_assert_refused(kit, ag_buf_text(&text), 4, "", "");
    ag_buf_release(&text);
    c_kit_assert_refused(kit, H "struct AG_TABLE(t) t {\n int a AG_DEFAULT(\"\\0\");\n};", 4,
                         "no name or text of a database", "");
    c_kit_assert_refused(kit, H "struct AG_TABLE(t) t {\n int a AG_COMMENT(\"\\xff\");\n};", 4,
                         "UTF-8", "");
    c_kit_assert_refused(kit, H "#include \"m.h\"\n", 3, "", "");
}

static void a_table_without_a_definition_is_refused(void **state) {
    c_kit_assert_refused(*state,
                         H "struct AG_TABLE(t) t { int a; };\n"
                           "struct AG_TABLE(gone) gone;\n",
                         4, "struct gone is a table, but it is not defined", "include it");
}

static void an_annotation_that_is_there_twice_is_refused(void **state) {
    c_kit_assert_refused(*state,
                         H "struct AG_TABLE(t) t {\n"
                           "  int a AG_DEFAULT(1) AG_DEFAULT(2);\n};",
                         4, "AG_DEFAULT is there twice", "line 4");
    c_kit_assert_refused(*state,
                         H "struct AG_TABLE(t) t {\n"
                           "  int a AG_PRIMARY_KEY AG_PRIMARY_KEY;\n};",
                         4, "AG_PRIMARY_KEY is there twice", "line 4");
    c_kit_assert_refused(*state,
                         H "struct AG_TABLE(t) t {\n"
                           "  int a AG_PRIMARY_KEY AG_PRIMARY_KEY_AS(pk);\n};",
                         4, "AG_PRIMARY_KEY_AS is there twice", "line 4");
    c_kit_assert_refused(*state,
                         H "struct AG_TABLE(t) t {\n"
                           "  int a; int b AG_GENERATED(\"a\") AG_GENERATED_STORED(\"a\");\n};",
                         4, "AG_GENERATED_STORED is there twice", "line 4");
}

static void slips_inside_of_annotations_get_the_nearest_word(void **state) {
    static const struct {
        const char *annotation, *words, *hint;
    } cases[] = {
        {"AG_DEFAULT(AG_SQLIT(1))", "unknown annotation AG_SQLIT", "did you mean AG_SQLITE?"},
        {"AG_DEFAULT(AG_ON(sqlit, 1))", "no kind of database \"sqlit\"", "\"sqlite\"?"},
        {"AG_INDEX_AS(ix, AG_ONLY(postgres))", "no kind of database \"postgres\"", "postgresql"},
        {"AG_REFERENCES(t, a, \"on delet cascade\")", "\"delet\" is not understood", "delete"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        c_kit *kit = *state;
        c_kit_assert_refused(kit,
                             ag_arena_printf(kit->arena,
                                             H "struct AG_TABLE(t) t {\n  int a AG_PRIMARY_KEY;\n"
                                               "  int b %s;\n};",
                                             cases[i].annotation),
                             5, cases[i].words, cases[i].hint);
    }
}

static void an_unknown_option_of_the_compiler_is_an_error(void **state) {
    c_kit *kit = *state;
    ag_vec_push(kit->arena, &kit->cflags, "-fno-such-thing");
    c_kit_add(kit, "m.h", H "struct AG_TABLE(t) t { int a; };");
    ag_error err = c_kit_refused(kit);
    assert_non_null(strstr(err.message, "-fno-such-thing"));
}

static void a_missing_file_or_database_is_named(void **state) {
    c_kit *kit = *state;
    ag_vec_push(kit->arena, &kit->files, "nowhere/at/all.h");
    assert_non_null(strstr(c_kit_refused(kit).message, "nowhere/at/all.h: no such file"));
    c_kit_reset(kit);
    c_kit_add(kit, "m.h", H "struct AG_TABLE(t) t { int a; };");
    kit->options.compile_commands = kit->folder;
    assert_non_null(strstr(c_kit_refused(kit).message, "no compile_commands.json there"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, c_kit_setup, c_kit_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_field_without_a_type_is_named_with_the_way_out),
        TEST(an_anonymous_union_is_named_by_its_first_field),
        TEST(a_table_in_a_table_is_refused),
        TEST(errors_of_the_compiler_are_shown_as_they_are),
        TEST(line_directives_say_where_an_error_is),
        TEST(all_errors_are_reported_in_order),
        TEST(mistakes_in_sql_are_found_at_their_line),
        TEST(a_missing_header_says_which_option_to_set),
        TEST(a_misspelt_annotation_gets_the_nearest_one),
        TEST(annotations_in_wrong_places_are_refused),
        TEST(clauses_of_references_are_checked),
        TEST(a_note_about_no_struct_is_refused),
        TEST(two_fields_of_one_column_are_refused),
        TEST(files_without_a_table_are_refused),
        TEST(a_table_of_two_structs_is_refused),
        TEST(hostile_files_are_errors_only),
        TEST(an_unknown_option_of_the_compiler_is_an_error),
        TEST(a_table_without_a_definition_is_refused),
        TEST(an_annotation_that_is_there_twice_is_refused),
        TEST(slips_inside_of_annotations_get_the_nearest_word),
        TEST(a_missing_file_or_database_is_named),
    };
    void *symbol = NULL;
    if (!ag_module_open("clang", "ag_module_clang_read", &symbol, NULL)) {
        return 77; /* built without libclang */
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
