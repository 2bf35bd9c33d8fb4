/* Templates that are wrong or too large: what is said of them, and where. */
#include "unit.h"

#include "template_kit.h"

typedef struct error_case {
    const char *text;
    int line;
    int column;
    const char *message;
    const char *hint;
} error_case;

static void check_errors(fixture *f, const error_case *cases, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const error_case *c = &cases[i];
        if (render(f, c->text)) {
            fail_msg("%s\n rendered: %s", c->text, ag_buf_text(&f->out));
        }
        if (strcmp(f->err.message, c->message) != 0 || strcmp(f->err.hint, c->hint) != 0 ||
            f->err.line != c->line || f->err.column != c->column) {
            fail_msg("%s\n said %d:%d: %s (%s)\n not  %d:%d: %s (%s)", c->text, f->err.line,
                     f->err.column, f->err.message, f->err.hint, c->line, c->column, c->message,
                     c->hint);
        }
        assert_int_equal(f->err.code, AG_INPUT);
        assert_string_equal(f->err.file, "script.mako");
        assert_int_equal(f->out.n, 0);
    }
}

#define CHECK_ERRORS(f, cases) check_errors((f), (cases), sizeof(cases) / sizeof(cases)[0])

#define PLUS_ONLY "of the arithmetic operators there is only +"

static void syntax_errors_name_the_place_and_the_way_out(void **state) {
    static const error_case cases[] = {
        {"a ${name", 1, 3, "\"${\" is never closed", "to write it as it is: ${'${'}"},
        {"${name + ", 1, 1, "\"${\" is never closed", "to write it as it is: ${'${'}"},
        {"${'abc}", 1, 3, "the string is never closed",
         "close it with ' on the same line; write a newline as \\n"},
        {"${'a\nb'}", 1, 3, "the string is never closed",
         "close it with ' on the same line; write a newline as \\n"},
        {"${}", 1, 3, "expected an expression, not \"}\"", ""},
        {"x\n\xe2\x82\xac${a b}", 2, 6, "expected \"|\" or \"}\", not \"b\"", ""},
        {"${a = 1}", 1, 5, "expected \"|\" or \"}\", not \"=\"", "compare with =="},
        {"${a && b}", 1, 5, "expected \"|\" or \"}\", not \"&&\"", "write \"and\""},
        {"${!a}", 1, 3, "expected an expression, not \"!\"", "write \"not\""},
        {"${2 * 3}", 1, 5, "expected \"|\" or \"}\", not \"*\"", PLUS_ONLY},
        {"${2 - 3}", 1, 5, "expected \"|\" or \"}\", not \"-\"", PLUS_ONLY},
        {"${xs[0:1]}", 1, 7, "slices are not part of the template language", ""},
        {"${xs[:1]}", 1, 6, "slices are not part of the template language", ""},
        {"${{}}", 1, 3, "expected an expression, not \"{\"",
         "dicts are not part of the template language"},
        {"${[x for x in xs]}", 1, 6, "expected \",\" or \"]\", not \"for\"",
         "comprehensions are not part of the template language; use % for"},
        {"${\xe2\x82\xac}", 1, 3, "expected an expression, not \"\xe2\x82\xac\"", ""},
        {"${1.5}", 1, 3, "only whole numbers are part of the template language", ""},
        {"${1a}", 1, 3, "a name cannot start with a digit", ""},
        {"${99999999999999999999}", 1, 3, "the number is too large", ""},
        {"${'\\u12'}", 1, 8, "the escape needs 4 hexadecimal digits", ""},
        {"${'\\ud800'}", 1, 6, "the escape names no character", ""},
        {"${'\\x00'}", 1, 6, "the escape names no character", ""},
        {"${'\\0'}", 1, 5, "octal escapes are not part of the template language", ""},
        {"${name | uper}", 1, 10, "there is no filter \"uper\"", "did you mean \"upper\"?"},
        {"${name | xyzzyx}", 1, 10, "there is no filter \"xyzzyx\"",
         "there are: repr, str, upper, lower, comma, comment, trim, h, n"},
        {"${name | }", 1, 10, "expected a filter, not \"}\"", ""},
        {"${name | h,}", 1, 12, "expected a filter, not \"}\"", ""},
        {"${lenn(name)}", 1, 3, "there is no function \"lenn\"", "did you mean \"len\"?"},
        {"${name.uper()}", 1, 8, "there is no method \"uper\"", "did you mean \"upper\"?"},
        {"${h(name)}", 1, 3, "there is no function \"h\"",
         "there are: len, repr, str, join, upper, lower, comma, comment, trim"},
        {"${len()}", 1, 3, "len wants 1 argument, not 0", ""},
        {"${', '.join()}", 1, 8, "join wants 1 argument, not 0", ""},
        {"${join(xs)}", 1, 3, "join wants 2 arguments, not 1", ""},
        {"${xs[0](1)}", 1, 8, "only functions and methods can be called", ""},
        {"${1 is 1}", 1, 8, "\"is\" compares with None, True or False only",
         "compare with == or !="},
        {"${1 not 1}", 1, 9, "expected \"in\" after \"not\", not \"1\"", ""},
        {"${a if b}", 1, 9, "expected \"else\", not \"}\"", ""},
        {"${a.'b'}", 1, 5, "expected a name after the dot, not 'b'", ""},
        {"${(1}", 1, 5, "expected \")\", not \"}\"", ""},
        {"a <% b", 1, 3, "of mako's tags only <%doc> is part of the template language",
         "to write it as it is: ${'<%'}"},
        {"</%doc>", 1, 1, "the tag closes nothing", ""},
        {"a\n<%doc>", 2, 1, "\"<%doc>\" is never closed", ""},
    };
    CHECK_ERRORS(*state, cases);
}

#define PERCENT "a line that starts with % is written with %%"

static void control_line_errors_name_the_place_and_the_way_out(void **state) {
    static const error_case cases[] = {
        {"x\n% if 1:\ny\n", 2, 1, "\"% if\" has no \"% endif\"", ""},
        {"% for x in xs:\n% if 1:\n% endif\n", 1, 1, "\"% for\" has no \"% endfor\"", ""},
        {"% endif\n", 1, 1, "\"% endif\" ends nothing", ""},
        {"\n% for x in xs:\n% endif\n", 3, 1, "\"% endif\" where \"% endfor\" is due for line 2",
         ""},
        {"% else:\n", 1, 1, "\"% else\" belongs to no \"% if\"", ""},
        {"% for x in xs:\n% else:\n% endfor", 2, 1, "\"% else\" belongs to no \"% if\"", ""},
        {"% if 1:\n% else:\n% elif 1:\n", 3, 1, "\"% elif\" after \"% else\"", ""},
        {"% if 1:\n% else:\n% else:\n", 3, 1, "\"% else\" after \"% else\"", ""},
        {"% if 1\nx\n% endif", 1, 7, "expected \":\"", "the line \"% if\" ends with a colon"},
        {"% if a = 1:\n", 1, 8, "expected \":\", not \"=\"", "compare with =="},
        {"% if 1: x\n% endif", 1, 8, "the line must end with the colon",
         "write the text on a line of its own"},
        {"% if 1:\n% else if 2:\n% endif", 2, 8, "expected \":\", not \"if\"", "write \"elif\""},
        {"% if 1:\n% endif:\n", 2, 8, "expected the end of the line, not \":\"", ""},
        {"% elseif 1:\n", 1, 3, "there is no \"% elseif\"", "did you mean \"% elif\"?"},
        {"% while 1:\n", 1, 3, "there is no \"% while\"",
         "there are if, elif, else, endif, for and endfor; " PERCENT},
        {"a\n%", 2, 2, "expected a keyword after \"%\"", PERCENT},
        {"  % 50\n", 1, 5, "expected a keyword after \"%\"", PERCENT},
        {"% for in xs:\n", 1, 7, "expected a variable, not \"in\"", ""},
        {"% for a, b in xs:\n", 1, 8, "a loop has one variable only", ""},
        {"% for loop in xs:\n", 1, 7, "\"loop\" is taken: it describes the loop", ""},
        {"% for x of xs:\n", 1, 9, "expected \"in\", not \"of\"", ""},
        {"% if 'a:\n", 1, 6, "the string is never closed",
         "close it with ' on the same line; write a newline as \\n"},
    };
    CHECK_ERRORS(*state, cases);
}

static void mistakes_found_while_rendering_name_the_place(void **state) {
    static const error_case cases[] = {
        {"a\n  ${nmae}", 2, 5, "undefined name \"nmae\"", "did you mean \"name\"?"},
        {"% if undefined:\n% endif", 1, 6, "undefined name \"undefined\"", ""},
        {"% for item in xs:\n${itm}\n% endfor", 2, 3, "undefined name \"itm\"",
         "did you mean \"item\"?"},
        {"% for item in xs:\n% endfor\n${item}", 3, 3, "undefined name \"item\"", ""},
        {"${loop.index}", 1, 3, "undefined name \"loop\"", ""},
        {"${repr}", 1, 3, "\"repr\" is a function: call it", ""},
        {"${config.kye}", 1, 10, "there is no \"kye\" here", "did you mean \"key\"?"},
        {"${config['kye']}", 1, 9, "there is no \"kye\" here", "did you mean \"key\"?"},
        {"${config.empty.x}", 1, 16, "there is no \"x\" here", "the dict is empty"},
        {"${name.x}", 1, 8, "a string has no attribute \"x\"", ""},
        {"${none[0]}", 1, 7, "None cannot be indexed", ""},
        {"${xs['a']}", 1, 5, "the index is a string, not a number", ""},
        {"${config[1]}", 1, 9, "the key is a number, not a string", ""},
        {"${xs[2]}", 1, 5, "index 2 is out of range: there are 2", ""},
        {"${xs[-3]}", 1, 5, "index -3 is out of range: there are 2", ""},
        {"${'a'[1]}", 1, 6, "index 1 is out of range: there is only 1", ""},
        {"${''[0]}", 1, 5, "index 0 is out of range: there are 0", ""},
        {"${'a' + 1}", 1, 7, "cannot add a string and a number",
         "str(…) makes a string of anything"},
        {"${1 + 'a'}", 1, 5, "cannot add a number and a string", ""},
        {"${None + None}", 1, 8, "cannot add None and None", ""},
        {"${9223372036854775807 + 1}", 1, 3, "the sum is too large", ""},
        {"${-(-9223372036854775807 + -1)}", 1, 3, "the number is too large", ""},
        {"${-'a'}", 1, 3, "a string cannot be negated", ""},
        {"${'a' < 1}", 1, 7, "cannot order a string and a number", ""},
        {"${xs < xs}", 1, 6, "cannot order a list and a list", ""},
        {"${1 in 'a'}", 1, 5, "cannot look for a number in a string", ""},
        {"${'a' in 1}", 1, 7, "cannot look for a string in a number", ""},
        {"${len(1)}", 1, 3, "a number has no length", ""},
        {"${join(1, 2)}", 1, 3,
         "join wants a separator and a list of strings, not a number and a number", ""},
        {"${', '.join([1])}", 1, 8, "join: item 1 of the list is a number, not a string", ""},
        {"${config | comma}", 1, 12, "comma wants a list of strings, a string or None, not a dict",
         ""},
        {"% for x in 5:\n% endfor", 1, 12, "% for needs a list, not a number", ""},
        {"% for x in none:\n% endfor", 1, 12, "% for needs a list, not None", ""},
    };
    CHECK_ERRORS(*state, cases);
}

static void an_error_shows_the_line_and_a_caret(void **state) {
    fixture *f = *state;
    assert_false(render(f, "one\ntwo ${nam} three\nfour"));
    assert_string_equal(f->err.excerpt, "two ${nam} three");
    assert_int_equal(f->err.caret, 6);
}

static void binary_templates_are_refused(void **state) {
    fixture *f = *state;
    ag_template_limits limits = AG_TEMPLATE_LIMITS_DEFAULT;
    assert_false(render_within(f, "a\nb\0c", 5, limits));
    assert_string_equal(f->err.message, "the template holds a NUL byte");
    assert_int_equal(f->err.line, 2);
    assert_int_equal(f->err.column, 2);
    assert_false(render(f, "ab\xff"));
    assert_string_equal(f->err.message, "the template is not UTF-8 (byte 0xff)");
    assert_int_equal(f->err.column, 3);
}

static void a_failing_template_leaves_the_output_as_it_was(void **state) {
    fixture *f = *state;
    const ag_template *tmpl = NULL;
    ag_buf_puts(&f->out, "before");
    assert_true(ag_template_parse(f->arena, "t", "abc ${x}", 8, &tmpl, NULL));
    assert_false(ag_template_render(tmpl, f->vars, &f->out, NULL));
    assert_string_equal(ag_buf_text(&f->out), "before");
    assert_true(ag_template_parse(f->arena, "t", " ${name}", 8, &tmpl, NULL));
    assert_true(ag_template_render(tmpl, f->vars, &f->out, NULL));
    assert_string_equal(ag_buf_text(&f->out), "before Zo\xc3\xab");
}

/* `n` times `before`, then the middle, then `n` times `after`. */
static const char *nested(fixture *f, size_t n, const char *before, const char *middle,
                          const char *after) {
    ag_buf text = AG_BUF_INIT;
    for (size_t i = 0; i < n; i++) {
        ag_buf_puts(&text, before);
    }
    ag_buf_puts(&text, middle);
    for (size_t i = 0; i < n; i++) {
        ag_buf_puts(&text, after);
    }
    const char *copy = ag_buf_copy(&text, f->arena);
    ag_buf_release(&text);
    return copy;
}

static void check_depth(fixture *f, const char *head, const char *before, const char *middle,
                        const char *after, const char *tail, const char *message) {
    const char *fine =
        ag_arena_printf(f->arena, "%s%s%s", head, nested(f, 50, before, middle, after), tail);
    if (!render(f, fine)) {
        fail_msg("50 times %s: %s", before, f->err.message);
    }
    const char *deep =
        ag_arena_printf(f->arena, "%s%s%s", head, nested(f, 20000, before, middle, after), tail);
    assert_false(render(f, deep));
    if (strstr(f->err.message, message) == NULL) {
        fail_msg("20000 times %s: %s", before, f->err.message);
    }
}

static void nesting_has_a_ceiling(void **state) {
    fixture *f = *state;
    check_depth(f, "", "% if 1:\n", "x\n", "% endif\n", "", "the template is nested too deeply");
    check_depth(f, "", "% for x in xs[0]:\n", "x\n", "% endfor\n", "", "nested too deeply");
    check_depth(f, "${", "(", "1", ")", "}", "the expression is nested too deeply");
    check_depth(f, "${", "[", "1", "]", "}", "nested too deeply");
    check_depth(f, "${", "not ", "1", "", "}", "nested too deeply");
    check_depth(f, "${", "-", "1", "", "}", "nested too deeply");
    check_depth(f, "${", "upper(", "'a'", ")", "}", "nested too deeply");
    check_depth(f, "${", "0 if 0 else ", "1", "", "}", "nested too deeply");
    check_depth(f, "${'a'", "[0]", "", "", "}", "nested too deeply");
    check_depth(f, "${'a'", ".upper()", "", "", "}", "nested too deeply");
}

static void long_chains_are_not_deep(void **state) {
    fixture *f = *state;
    assert_true(render(f, ag_arena_printf(f->arena, "${0%s}", nested(f, 50000, "+1", "", ""))));
    assert_string_equal(ag_buf_text(&f->out), "50000");
    assert_true(render(f, ag_arena_printf(f->arena, "${0%s}", nested(f, 50000, " or 0", "", ""))));
    assert_true(render(f, ag_arena_printf(f->arena, "${0%s}", nested(f, 50000, "==0", "", ""))));
    assert_true(render(f, nested(f, 20000, "${'a' | n}\n", "", "")));
    assert_int_equal(f->out.n, 40000);
}

static void check_limit(fixture *f, const char *text, ag_template_limits limits,
                        const char *message) {
    assert_false(render_within(f, text, strlen(text), limits));
    if (strstr(f->err.message, message) == NULL) {
        fail_msg("%s: %s", text, f->err.message);
    }
    assert_int_equal(f->err.code, AG_INPUT);
    assert_int_equal(f->err.line, 1 + (strstr(text, "\n${") != NULL));
    assert_int_equal(f->out.n, 0);
}

static void output_memory_and_time_have_ceilings(void **state) {
    fixture *f = *state;
    ag_template_limits limits = {.output = 100, .memory = 4000, .steps = 5000};
    ag_value *many = ag_value_list(f->arena);
    for (size_t i = 0; i < 100; i++) {
        ag_value_list_push(f->arena, many, ag_value_string(f->arena, "0123456789"));
    }
    ag_value_dict_set(f->arena, f->vars, "many", many);
    const char *long_text = nested(f, 101, "x", "", "");
    check_limit(f, long_text, limits, "the output grows too large (more than 100 bytes)");
    check_limit(f, "% for x in many:\n${x}\n% endfor", limits, "the output grows too large");
    assert_true(render_within(f, long_text, 100, limits));

    limits.output = 1000000;
    check_limit(f, "${''.join(many) + ''.join(many) + ''.join(many)}", limits,
                "the value grows too large (more than 4000 bytes)");
    check_limit(f, "${many + many + many}", limits, "the value grows too large");
    check_limit(f, "${[many, many, many]}", limits, "too large or too deeply nested");
    assert_true(render(f, "${''.join(many)}"));

    limits.memory = 1000000;
    check_limit(f, "% for x in many: # 100 times 100\n${''.join(many)}\n% endfor", limits,
                "the template takes too long (more than 5000 steps)");
    assert_string_equal(f->err.hint, "loop over less");
    check_limit(f, "% for x in many:\n${'z' in many}\n% endfor", limits, "takes too long");
    const char *looking = nested(f, 10000, "x", "", "");
    ag_value_dict_set(f->arena, f->vars, "long", ag_value_string(f->arena, looking));
    check_limit(f, "% for x in many:\n${x in long}\n% endfor", limits, "takes too long");
}

static void values_nested_too_deeply_are_an_error(void **state) {
    fixture *f = *state;
    const ag_value *deep = ag_value_none(f->arena);
    for (int i = 0; i < 100000; i++) {
        ag_value *list = ag_value_list(f->arena);
        ag_value_list_push(f->arena, list, deep);
        deep = list;
    }
    ag_value_dict_set(f->arena, f->vars, "deep", deep);
    assert_false(render(f, "${deep}"));
    assert_non_null(strstr(f->err.message, "too deeply nested to be written"));
    assert_false(render(f, "${[deep] == [deep]}"));
    assert_non_null(strstr(f->err.message, "takes too long or goes too deep"));
}

static void long_names_and_texts_are_handled(void **state) {
    fixture *f = *state;
    const char *name = nested(f, 10240, "x", "", "");
    ag_value_dict_set(f->arena, f->vars, name, ag_value_string(f->arena, "found"));
    assert_true(render(f, ag_arena_printf(f->arena, "${%s}", name)));
    assert_string_equal(ag_buf_text(&f->out), "found");
    assert_false(render(f, ag_arena_printf(f->arena, "${%sy}", name)));
    assert_int_equal(f->err.column, 3);
    assert_false(render(f, ag_arena_printf(f->arena, "${1 | %s}", name)));
    assert_false(render(f, ag_arena_printf(f->arena, "${%s(1)}", name)));
    assert_false(render(f, ag_arena_printf(f->arena, "%% %s", name)));
}

static void a_template_has_a_largest_size(void **state) {
    fixture *f = *state;
    const char *text = nested(f, AG_TEMPLATE_CEILING, "x", "y", "");
    ag_template_limits limits = AG_TEMPLATE_LIMITS_DEFAULT;
    assert_true(render_within(f, text, AG_TEMPLATE_CEILING, limits));
    assert_int_equal(f->out.n, AG_TEMPLATE_CEILING);
    assert_false(render_within(f, text, AG_TEMPLATE_CEILING + 1, limits));
    assert_int_equal(f->err.code, AG_INPUT);
    assert_non_null(strstr(f->err.message, "script.mako: the template is too large"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(syntax_errors_name_the_place_and_the_way_out),
        TEST(control_line_errors_name_the_place_and_the_way_out),
        TEST(mistakes_found_while_rendering_name_the_place),
        TEST(an_error_shows_the_line_and_a_caret),
        TEST(binary_templates_are_refused),
        TEST(a_failing_template_leaves_the_output_as_it_was),
        TEST(nesting_has_a_ceiling),
        TEST(long_chains_are_not_deep),
        TEST(output_memory_and_time_have_ceilings),
        TEST(values_nested_too_deeply_are_an_error),
        TEST(long_names_and_texts_are_handled),
        TEST(a_template_has_a_largest_size),
    };
    return cmocka_run_group_tests_name("template errors", tests, NULL, NULL);
}
