/* The language of annotations, and that its macros are in model.h. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/str.h"
#include "model/c/annot.h"

static ag_arena *arena;

static int make_arena(void **state) {
    (void)state;
    arena = ag_arena_new();
    return 0;
}

static int free_arena(void **state) {
    (void)state;
    ag_arena_free(arena);
    return 0;
}

static ag_annot parsed(const char *text, ag_annot_place place) {
    ag_annot annot;
    ag_error err = {0};
    if (!ag_annot_parse(arena, text, place, &annot, &err)) {
        fail_msg("%s: %s", text, err.message);
    }
    return annot;
}

static ag_error refused(const char *text, ag_annot_place place) {
    ag_annot annot;
    ag_error err = {0};
    if (ag_annot_parse(arena, text, place, &annot, &err)) {
        fail_msg("%s was taken", text);
    }
    assert_int_equal(err.code, AG_INPUT);
    return err;
}

static const ag_arg *first(const char *text) {
    char *both = ag_arena_printf(arena, "default(%s)\n(%s)", text, text);
    ag_annot annot = parsed(both, AG_ON_FIELD);
    assert_true(annot.args.n >= 1);
    return ag_arena_copy(arena, &annot.args.items[0], sizeof *annot.args.items);
}

static void an_annotation_without_arguments_has_none(void **state) {
    (void)state;
    ag_annot annot = parsed("not_null()\n()", AG_ON_FIELD);
    assert_int_equal(annot.id, AG_ANNOT_not_null);
    assert_int_equal(annot.args.n, 0);
    assert_int_equal(parsed("not_null()", AG_ON_FIELD).args.n, 0);
}

static void arguments_are_words_texts_numbers_calls_lists_or_code(void **state) {
    (void)state;
    static const struct {
        const char *text;
        ag_arg_kind kind;
        const char *value;
    } cases[] = {
        {"users", AG_ARG_WORD, "users"},
        {"\"a\" \"b\"", AG_ARG_TEXT, "ab"},
        {"u8\"\\u00e9\\n\\x41\\101\"", AG_ARG_TEXT, "\xc3\xa9\nAA"},
        {"\"say \\\"x\\\", (y)\"", AG_ARG_TEXT, "say \"x\", (y)"},
        {"0x10UL", AG_ARG_NUMBER, "16"},
        {"010", AG_ARG_NUMBER, "8"},
        {"0b101", AG_ARG_NUMBER, "5"},
        {"42l", AG_ARG_NUMBER, "42"},
        {"1.5f", AG_ARG_NUMBER, "1.5"},
        {"1e3", AG_ARG_NUMBER, "1e3"},
        {"lower(email)", AG_ARG_CALL, "lower"},
        {"(a, b)", AG_ARG_LIST, ""},
        {"a > 3", AG_ARG_CODE, "a > 3"},
        {"f(a)(b)", AG_ARG_CODE, "f(a)(b)"},
        {"'x'", AG_ARG_CODE, "'x'"},
        {"-1", AG_ARG_CODE, "-1"},
        {"\"a\" b", AG_ARG_CODE, "\"a\" b"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const ag_arg *arg = first(cases[i].text);
        assert_string_equal(arg->text, cases[i].value);
        assert_int_equal(arg->kind, cases[i].kind);
    }
}

static void calls_and_lists_nest(void **state) {
    (void)state;
    const ag_arg *arg = first("ag_key(\"lower(a)\", ag_option(order, desc), (x, (y)))");
    assert_int_equal(arg->args.n, 3);
    assert_int_equal(arg->args.items[1].kind, AG_ARG_CALL);
    assert_string_equal(arg->args.items[1].args.items[1].text, "desc");
    assert_int_equal(arg->args.items[2].args.items[1].kind, AG_ARG_LIST);
}

static void empty_arguments_count_between_commas(void **state) {
    (void)state;
    ag_annot annot = parsed("table_unique(user, , a)\n(user, , a)", AG_ON_FILE);
    assert_int_equal(annot.args.n, 3);
    assert_int_equal(annot.args.items[1].kind, AG_ARG_EMPTY);
}

static void macros_count_as_what_they_expand_to(void **state) {
    (void)state;
    ag_annot annot = parsed("default(MAX_AGE)\n(120)", AG_ON_FIELD);
    assert_int_equal(annot.args.items[0].kind, AG_ARG_NUMBER);
    assert_string_equal(annot.args.items[0].text, "120");
    assert_string_equal(annot.args.items[0].word, "MAX_AGE");
}

static void words_that_headers_define_keep_their_meaning(void **state) {
    (void)state;
    ag_annot annot = parsed("default(true)\n(1)", AG_ON_FIELD);
    assert_int_equal(annot.args.items[0].kind, AG_ARG_WORD);
    assert_string_equal(annot.args.items[0].text, "true");
    annot = parsed("set(\"identity.cycle\", ag_on(sqlite, false))\n"
                   "(\"identity.cycle\", ag_on(sqlite, 0))",
                   AG_ON_FIELD);
    assert_string_equal(annot.args.items[1].args.items[1].text, "false");
}

static void an_unknown_name_gets_the_nearest_one(void **state) {
    (void)state;
    ag_error err = refused("primry_key()\n()", AG_ON_FIELD);
    assert_non_null(strstr(err.message, "primry_key"));
    assert_string_equal(err.hint, "did you mean \"primary_key\"?");
}

static void a_wrong_place_or_count_is_refused(void **state) {
    (void)state;
    assert_string_equal(refused("strict()\n()", AG_ON_FIELD).message,
                        "AG_STRICT means nothing at a field");
    assert_string_equal(refused("not_null(1)\n(1)", AG_ON_FIELD).message,
                        "AG_NOT_NULL takes no arguments");
    assert_string_equal(refused("table(a, b)\n(a, b)", AG_ON_TABLE).message,
                        "AG_TABLE takes 1 argument, not 2");
    assert_string_equal(refused("set(a)\n(a)", AG_ON_TABLE).message,
                        "AG_SET takes at least 2 arguments, not 1");
    assert_string_equal(refused("references()\n()", AG_ON_FIELD).message,
                        "AG_REFERENCES takes at least 1 argument, not 0");
}

static void broken_texts_are_refused(void **state) {
    (void)state;
    static const char *const texts[] = {"",
                                        "(",
                                        "not_null",
                                        "default(",
                                        "default(\"a)",
                                        "default(\"a\\0b\")",
                                        "default(\"\\ud800\")",
                                        "default((a)",
                                        "default(a)\n",
                                        "default(a)\n(b",
                                        "default(a) x"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        (void)refused(texts[i], AG_ON_FIELD);
    }
}

static void deep_nesting_is_an_error(void **state) {
    (void)state;
    ag_buf text = AG_BUF_INIT;
    ag_buf_puts(&text, "default");
    for (int i = 0; i < 100000; i++) {
        ag_buf_putc(&text, '(');
    }
    assert_string_equal(refused(ag_buf_text(&text), AG_ON_FIELD).message,
                        "parentheses are nested too deeply");
    ag_buf_release(&text);
}

static void a_misspelt_macro_is_found_in_a_line(void **state) {
    (void)state;
    const char *near = NULL;
    assert_string_equal(ag_annot_unknown_word(arena, "  int id AG_NOTNULL; // AG_NOT_NULL", &near),
                        "AG_NOTNULL");
    assert_string_equal(near, "AG_NOT_NULL");
    assert_null(ag_annot_unknown_word(arena, "int a AG_NOT_NULL AG_DEFAULT(\"AG_X\");", &near));
}

/* The names that a half of model.h defines, each with blanks around it. */
static const char *macros_of(const char *from, const char *to) {
    const char *out = " ";
    for (const char *p = strstr(from, "#define AG_"); p != NULL && p < to;
         p = strstr(p + 1, "#define AG_")) {
        const char *name = p + strlen("#define ");
        if (!ag_text_starts(name, "AG__")) {
            out = ag_arena_printf(arena, "%s%.*s ", out, (int)strcspn(name, "( \n"), name);
        }
    }
    return out;
}

static void model_h_has_every_annotation_for_every_compiler(void **state) {
    (void)state;
    const char *text = ag_embedded_find(ag_embedded_headers, "autogen/model.h")->text;
    const char *divide = strstr(text, "\n#else /* every other");
    assert_non_null(divide);
    const char *clang = macros_of(text, divide);
    const char *others = macros_of(divide, text + strlen(text));
    for (int id = 0; id < AG_N_ANNOTS; id++) {
        char *word = ag_arena_printf(arena, " %s ", ag_annot_macro((ag_annot_id)id));
        if (strstr(clang, word) == NULL || strstr(others, word) == NULL) {
            fail_msg("model.h lacks%s", word);
        }
    }
    const char *near = NULL;
    assert_null(ag_annot_unknown_word(arena, clang, &near));
    assert_null(ag_annot_unknown_word(arena, others, &near));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_annotation_without_arguments_has_none),
        cmocka_unit_test(arguments_are_words_texts_numbers_calls_lists_or_code),
        cmocka_unit_test(calls_and_lists_nest),
        cmocka_unit_test(empty_arguments_count_between_commas),
        cmocka_unit_test(macros_count_as_what_they_expand_to),
        cmocka_unit_test(words_that_headers_define_keep_their_meaning),
        cmocka_unit_test(an_unknown_name_gets_the_nearest_one),
        cmocka_unit_test(a_wrong_place_or_count_is_refused),
        cmocka_unit_test(broken_texts_are_refused),
        cmocka_unit_test(deep_nesting_is_an_error),
        cmocka_unit_test(a_misspelt_macro_is_found_in_a_line),
        cmocka_unit_test(model_h_has_every_annotation_for_every_compiler),
    };
    return cmocka_run_group_tests(tests, make_arena, free_arena);
}
