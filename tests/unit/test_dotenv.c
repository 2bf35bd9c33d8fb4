#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "config/dotenv.h"

typedef struct fixture {
    ag_arena *arena;
    ag_diags diags;
    ag_dotenv dotenv;
} fixture;

static int set_up(void **state) {
    fixture *f = calloc(1, sizeof *f);
    f->arena = ag_arena_new();
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    fixture *f = *state;
    ag_diags_release(&f->diags);
    ag_arena_free(f->arena);
    free(f);
    return 0;
}

static const char *fake_get(void *context, const char *name) {
    (void)context;
    return strcmp(name, "HOST") == 0 ? "env-host" : strcmp(name, "BLANK") == 0 ? "" : NULL;
}

static bool parse(fixture *f, const char *text) {
    static const ag_env env = {fake_get, NULL};
    ag_diags_release(&f->diags);
    return ag_dotenv_parse(f->arena, "dir/.env", text, strlen(text), &env, &f->diags, &f->dotenv);
}

static void assert_value(fixture *f, const char *line, const char *expected) {
    bool ok = parse(f, line);
    const ag_dotenv_entry *entry = ag_dotenv_get(&f->dotenv, "K");
    if (!ok || entry == NULL) {
        fail_msg("%s: %s", line, ok ? "no K" : f->diags.list.items[0].message);
    } else {
        assert_string_equal(entry->value, expected);
    }
}

static void reads_values_as_people_write_them(void **state) {
    static const char *const cases[][2] = {
        {"K=v", "v"},
        {"export K=v", "v"},
        {"  export   K = v  ", "v"},
        {"K: v", "v"},
        {"K=", ""},
        {"K= # comment", ""},
        {"K=#v", "#v"},
        {"K=a#b", "a#b"},
        {"K=a b # c", "a b"},
        {"K=a=b&c=d", "a=b&c=d"},
        {"K=v\r\n", "v"},
        {"\xef\xbb\xbfK=v", "v"},
        {"K='a \"b\" # $HOST \\n'", "a \"b\" # $HOST \\n"},
        {"K='it\\'s \\\\'", "it's \\"},
        {"K=\"a 'b' # c\" # d", "a 'b' # c"},
        {"K=\"a\\nb\\t\\\"c\\\" \\\\ \\$HOST \\q\"", "a\nb\t\"c\" \\ $HOST \\q"},
        {"K=\"one\r\ntwo\nthree\"", "one\ntwo\nthree"},
        {"K='one\ntwo'", "one\ntwo"},
        {"K=\"\"", ""},
        {"K=it's", "it's"},
        {"K=C:\\dir\\x", "C:\\dir\\x"},
        {"K=first\nK=second", "second"},
        {"# K=no\n\n   \nOTHER\nexport OTHER\nK=v", "v"},
        {"export=x\nK=v", "v"},
        {"K=\xc3\xa9", "\xc3\xa9"},
        {"a.b-c=1\nK=v", "v"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_value(*state, cases[i][0], cases[i][1]);
    }
}

static void expands_variables_of_the_environment_then_of_earlier_keys(void **state) {
    static const char *const cases[][2] = {
        {"K=pg://$HOST/x", "pg://env-host/x"},
        {"K=\"pg://${HOST}/x\"", "pg://env-host/x"},
        {"DB=d\nK=$HOST/${DB}", "env-host/d"},
        {"HOST=file-host\nK=$HOST", "env-host"},
        {"K=[${NOWHERE}]", "[]"},
        {"K=pa$word$", "pa$word$"},
        {"K=a$1b", "a$1b"},
        {"K=${NOWHERE:-dflt}", "dflt"},
        {"K=${NOWHERE-d f}", "d f"},
        {"E=\nK=${E:-dflt}", "dflt"},
        {"E=\nK=${E-dflt}", ""},
        {"K=${HOST:-dflt}", "env-host"},
        {"K=${not closed", "${not closed"},
        {"K=${HOST", "${HOST"},
        {"K=${}", "${}"},
        {"K=${A B}", "${A B}"},
        {"K=\\$HOST", "$HOST"},
        {"K='$HOST'", "$HOST"},
        {"LATER_IS_NOT_SEEN=1\nK=${LATER}\nLATER=x", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_value(*state, cases[i][0], cases[i][1]);
    }
}

static void mistakes_are_reported_with_their_line_and_reading_goes_on(void **state) {
    fixture *f = *state;
    assert_false(parse(f, "A=1\njust words\nB=\"never closed\nC='x' y\n=v\nK=last\n"));
    assert_int_equal(f->diags.list.n, 4);
    static const int lines[] = {2, 3, 4, 5};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(f->diags.list.items[i].line, lines[i]);
        assert_string_equal(f->diags.list.items[i].file, "dir/.env");
        assert_string_equal(f->diags.list.items[i].excerpt, "");
    }
    assert_string_equal(ag_dotenv_get(&f->dotenv, "K")->value, "last");
    assert_null(ag_dotenv_get(&f->dotenv, "B"));
    assert_int_equal(ag_dotenv_get(&f->dotenv, "K")->loc.line, 6);
}

static void lines_are_counted_through_quotes(void **state) {
    fixture *f = *state;
    assert_false(parse(f, "A=\"1\n2\\\n3\"\nbad line\n"));
    assert_int_equal(f->diags.list.items[0].line, 4);
}

static void bytes_that_are_no_text_are_refused(void **state) {
    fixture *f = *state;
    assert_false(parse(f, "A=1\nB=\xff\n"));
    assert_int_equal(f->diags.list.items[0].line, 2);
    assert_false(ag_dotenv_parse(f->arena, ".env", "A=\0", 3, NULL, &f->diags, &f->dotenv));
    char *large = malloc(AG_DOTENV_CEILING + 2);
    memset(large, '#', AG_DOTENV_CEILING + 1);
    assert_false(ag_dotenv_parse(f->arena, ".env", large, AG_DOTENV_CEILING + 1, NULL, &f->diags,
                                 &f->dotenv));
    free(large);
}

static void values_that_multiply_are_stopped(void **state) {
    fixture *f = *state;
    ag_buf text = AG_BUF_INIT;
    ag_buf_puts(&text, "A0=0123456789\n");
    for (int i = 1; i < 20; i++) {
        ag_buf_printf(&text, "A%d=", i);
        for (int j = 0; j < 10; j++) {
            ag_buf_printf(&text, "${A%d}", i - 1);
        }
        ag_buf_putc(&text, '\n');
    }
    assert_false(parse(f, ag_buf_text(&text)));
    assert_non_null(strstr(f->diags.list.items[0].message, "too long"));
    ag_buf_release(&text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(reads_values_as_people_write_them),
        TEST(expands_variables_of_the_environment_then_of_earlier_keys),
        TEST(mistakes_are_reported_with_their_line_and_reading_goes_on),
        TEST(lines_are_counted_through_quotes),
        TEST(bytes_that_are_no_text_are_refused),
        TEST(values_that_multiply_are_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
