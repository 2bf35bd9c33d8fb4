#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "config/ini.h"

typedef struct fixture {
    ag_arena *arena;
    ag_diags diags;
    ag_ini ini;
    ag_pairs x;
} fixture;

static int set_up(void **state) {
    fixture *f = calloc(1, sizeof *f);
    f->arena = ag_arena_new();
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    fixture *f = *state;
    ag_ini_release(&f->ini);
    ag_diags_release(&f->diags);
    ag_arena_free(f->arena);
    free(f);
    return 0;
}

static bool parse_n(fixture *f, const char *text, size_t n) {
    ag_ini_release(&f->ini);
    ag_diags_release(&f->diags);
    return ag_ini_parse(f->arena, "/etc/my app/autogen.ini", text, n, f->x, &f->diags, &f->ini);
}

static bool parse(fixture *f, const char *text) {
    return parse_n(f, text, strlen(text));
}

/* The value of a key of [a], or NULL when it is not there or not right. */
static const char *get(fixture *f, const char *key) {
    const ag_ini_section *section = ag_ini_section_of(&f->ini, "a");
    ag_ini_entry *entry = section == NULL ? NULL : ag_ini_find(&f->ini, section, key);
    ag_ini_value value;
    bool ok = entry != NULL && ag_ini_expand(&f->ini, section, entry, &f->diags, &value);
    return ok ? value.text : NULL;
}

static const ag_error *diag(fixture *f, size_t i) {
    assert_true(i < f->diags.list.n);
    return &f->diags.list.items[i];
}

static void assert_diag(fixture *f, size_t i, int line, int column, const char *part) {
    const ag_error *e = diag(f, i);
    assert_int_equal(e->line, line);
    assert_int_equal(e->column, column);
    assert_int_equal(e->code, AG_INPUT);
    if (strstr(e->message, part) == NULL) {
        fail_msg("\"%s\" is not in \"%s\"", part, e->message);
    }
}

static void reads_keys_values_and_comments(void **state) {
    fixture *f = *state;
    assert_true(parse(f, "# top\n; top too\n[a] ; section\none = 1\ntwo: 2   # end\n"
                         "three=a;b#c\nfour =\nfive =    ; nothing\n  \nsix = x ; y # z\n"));
    assert_string_equal(get(f, "one"), "1");
    assert_string_equal(get(f, "two"), "2");
    assert_string_equal(get(f, "three"), "a;b#c");
    assert_string_equal(get(f, "four"), "");
    assert_string_equal(get(f, "five"), "");
    assert_string_equal(get(f, "six"), "x");
    assert_null(get(f, "seven"));
}

static void keys_ignore_case_and_sections_do_not(void **state) {
    fixture *f = *state;
    assert_true(parse(f, "[a]\nUrl = x\n[A]\nurl = y\n"));
    assert_string_equal(get(f, "URL"), "x");
    assert_ptr_not_equal(ag_ini_section_of(&f->ini, "a"), ag_ini_section_of(&f->ini, "A"));
}

static void indented_lines_continue_a_value(void **state) {
    fixture *f = *state;
    assert_true(parse(f, "[a]\nlist = one\n   two ; not this\n\n   # nor this\n\tthree\nnext = 4\n"
                         "  indented = no\n"));
    assert_string_equal(get(f, "list"), "one\ntwo\nthree");
    assert_string_equal(get(f, "next"), "4\nindented = no");
}

static void keys_indented_alike_are_keys(void **state) {
    fixture *f = *state;
    assert_true(parse(f, "[a]\n  one = 1\n  two = 2\n    more\n"));
    assert_string_equal(get(f, "one"), "1");
    assert_string_equal(get(f, "two"), "2\nmore");
}

static void reads_crlf_and_byte_order_mark_and_no_final_newline(void **state) {
    fixture *f = *state;
    assert_true(parse(f, "\xef\xbb\xbf[a]\r\none = 1\r\ntwo = 2\r\n  more\r\nlast = x"));
    assert_string_equal(get(f, "one"), "1");
    assert_string_equal(get(f, "two"), "2\nmore");
    assert_string_equal(get(f, "last"), "x");
}

static void an_empty_file_is_no_mistake(void **state) {
    fixture *f = *state;
    assert_true(parse(f, ""));
    assert_null(ag_ini_section_of(&f->ini, "a"));
}

static void expands_here_percent_keys_and_x(void **state) {
    fixture *f = *state;
    ag_pair pairs[] = {{"tenant", "t 1"}, {"db", "%(raw)s"}};
    f->x = (ag_pairs){pairs, 2, 2};
    assert_true(parse(f, "[a]\nhere_too = %(here)s/x\npercent = 100%%\nurl = pg/%(base)s/%(x_db)s\n"
                         "base = b%(n)s\nn = 7\nx = %(x_tenant)s\n"));
    assert_string_equal(get(f, "here_too"), "/etc/my app/x");
    assert_string_equal(get(f, "percent"), "100%");
    assert_string_equal(get(f, "url"), "pg/b7/%(raw)s");
    assert_string_equal(get(f, "x"), "t 1");
    assert_int_equal(f->diags.list.n, 0);
}

static void inserted_text_is_marked_literal_and_other_bytes_know_their_place(void **state) {
    fixture *f = *state;
    assert_true(parse(f, "[a]\nk = %(here)s,b\n  c\n"));
    const ag_ini_section *section = ag_ini_section_of(&f->ini, "a");
    ag_ini_value value;
    assert_true(
        ag_ini_expand(&f->ini, section, ag_ini_find(&f->ini, section, "k"), &f->diags, &value));
    assert_string_equal(value.text, "/etc/my app,b\nc");
    size_t comma = strlen("/etc/my app");
    assert_true((value.at[comma - 1] & AG_INI_LITERAL) != 0);
    assert_true((value.at[comma] & AG_INI_LITERAL) == 0);
    ag_loc c = ag_ini_loc(&f->ini, value.at[value.n - 1]);
    assert_int_equal(c.line, 3);
    assert_int_equal(c.column, 3);
}

static void default_section_counts_for_every_section(void **state) {
    fixture *f = *state;
    assert_true(parse(f, "[DEFAULT]\nhost = %(name)s.example\n[a]\nname = db\nurl = %(host)s\n"
                         "[b]\nname = other\n"));
    assert_string_equal(get(f, "url"), "db.example");
    assert_string_equal(get(f, "host"), "db.example");
    const ag_ini_section *b = ag_ini_section_of(&f->ini, "b");
    ag_ini_value value;
    assert_true(ag_ini_expand(&f->ini, b, ag_ini_find(&f->ini, b, "host"), &f->diags, &value));
    assert_string_equal(value.text, "other.example");
    assert_null(ag_ini_own(&f->ini, b, "host"));
}

static void values_of_unread_sections_may_hold_anything(void **state) {
    fixture *f = *state;
    assert_true(parse(f, "[a]\nx = 1\n[formatter_generic]\n"
                         "format = %(levelname)-5.5s [%(name)s] 100%\n"));
    assert_string_equal(get(f, "x"), "1");
    assert_int_equal(f->diags.list.n, 0);
}

static void reports_every_mistake_of_the_file_at_once(void **state) {
    fixture *f = *state;
    assert_false(parse(f, "early = 1\n[a]\njust words\n= value\n[b\nx = 1\n[a]\ny = 2\n[] \n"
                          "[c] x\nk = 1\nK = 2\n"));
    assert_int_equal(f->diags.list.n, 8);
    assert_diag(f, 0, 1, 1, "before any section");
    assert_diag(f, 1, 3, 1, "key = value");
    assert_diag(f, 2, 4, 1, "key is missing");
    assert_diag(f, 3, 5, 3, "closing ]");
    assert_diag(f, 4, 7, 1, "line 2 and 7");
    assert_diag(f, 5, 9, 1, "no name");
    assert_diag(f, 6, 10, 4, "may follow");
    assert_diag(f, 7, 12, 1, "line 11 and 12");
    assert_string_equal(diag(f, 7)->excerpt, "K = 2");
}

static void a_line_that_lost_its_indent_gets_a_hint(void **state) {
    fixture *f = *state;
    assert_false(parse(f, "[a]\nmodel = one.json\ntwo.json\n"));
    assert_diag(f, 0, 3, 1, "key = value");
    assert_non_null(strstr(diag(f, 0)->hint, "model"));
}

static void reports_nul_bytes_and_broken_utf8_with_their_places(void **state) {
    fixture *f = *state;
    static const char text[] = "[a]\none = x\0y\ntwo = \xc3\xa9\xff\nthree = 3\n";
    assert_false(parse_n(f, text, sizeof text - 1));
    assert_int_equal(f->diags.list.n, 2);
    assert_diag(f, 0, 2, 8, "NUL");
    assert_diag(f, 1, 3, 8, "UTF-8");
    assert_string_equal(get(f, "three"), "3");
    assert_string_equal(diag(f, 0)->excerpt, "one = x y");
}

static void refuses_utf16_and_files_that_are_too_large(void **state) {
    fixture *f = *state;
    assert_false(parse_n(f, "\xff\xfe[\0a\0]\0", 8));
    assert_diag(f, 0, 1, 1, "UTF-16");
    char *large = calloc(1, AG_INI_CEILING + 2);
    memset(large, '#', AG_INI_CEILING + 1);
    assert_false(parse_n(f, large, AG_INI_CEILING + 1));
    assert_diag(f, 0, 1, 1, "refused");
    free(large);
}

static void explains_percent_signs(void **state) {
    fixture *f = *state;
    assert_true(parse(f, "[a]\none = 50% off\ntwo = a%40b\nthree = %(here)\nfour = %(here\n"
                         "five = %\nsix = %(rev)s\nseven = %(month).2d\n"));
    for (const char *const *key =
             (const char *const[]){"one", "two", "three", "four", "five", "six", "seven", NULL};
         *key != NULL; key++) {
        assert_null(get(f, *key));
    }
    assert_int_equal(f->diags.list.n, 7);
    assert_diag(f, 0, 2, 9, "written %%");
    assert_diag(f, 1, 3, 8, "written %%");
    assert_string_equal(diag(f, 1)->hint, "write %%40");
    assert_diag(f, 2, 4, 9, "end in )s");
    assert_diag(f, 3, 5, 8, "end in )s");
    assert_diag(f, 4, 6, 8, "written %%");
    assert_diag(f, 5, 7, 7, "no key rev");
    assert_non_null(strstr(diag(f, 5)->hint, "%%(rev)s"));
    assert_diag(f, 6, 8, 9, "end in )s");
}

static void unknown_names_get_a_suggestion(void **state) {
    fixture *f = *state;
    assert_true(parse(f, "[a]\ndb_host = x\nurl = %(db_hots)s\nb = %(hree)s\n"));
    assert_null(get(f, "url"));
    assert_string_equal(diag(f, 0)->hint, "did you mean %(db_host)s?");
    assert_null(get(f, "b"));
    assert_string_equal(diag(f, 1)->hint, "did you mean %(here)s?");
}

static void a_missing_x_is_reported_where_it_is_needed(void **state) {
    fixture *f = *state;
    assert_true(parse(f, "[a]\nurl = pg/%(db)s\ndb = %(x_tenant)s\n"));
    assert_null(get(f, "url"));
    assert_int_equal(f->diags.list.n, 1);
    assert_diag(f, 0, 3, 6, "%(x_tenant)s");
    assert_string_equal(diag(f, 0)->hint, "give one with -x tenant=VALUE");
    assert_null(get(f, "db"));
    assert_int_equal(f->diags.list.n, 2);
}

static void circles_and_deep_chains_are_errors(void **state) {
    fixture *f = *state;
    assert_true(parse(f, "[a]\none = %(two)s\ntwo = %(one)s\nself = %(self)s\n"));
    assert_null(get(f, "one"));
    assert_diag(f, 0, 3, 7, "back to itself");
    assert_null(get(f, "self"));
    ag_buf text = AG_BUF_INIT;
    ag_buf_puts(&text, "[a]\n");
    for (int i = 0; i < 5000; i++) {
        ag_buf_printf(&text, "k%d = %%(k%d)s\n", i, i + 1);
    }
    ag_buf_puts(&text, "k5000 = end\n");
    assert_true(parse(f, ag_buf_text(&text)));
    assert_null(get(f, "k0"));
    assert_diag(f, 0, AG_INI_DEPTH + 1, 7, "too many times");
    assert_string_equal(get(f, "k4990"), "end");
    ag_buf_release(&text);
}

static void values_that_multiply_are_stopped(void **state) {
    fixture *f = *state;
    ag_buf text = AG_BUF_INIT;
    ag_buf_puts(&text, "[a]\nk0 = 0123456789\n");
    for (int i = 1; i < 20; i++) {
        ag_buf_printf(&text, "k%d = ", i);
        for (int j = 0; j < 10; j++) {
            ag_buf_printf(&text, "%%(k%d)s", i - 1);
        }
        ag_buf_putc(&text, '\n');
    }
    assert_true(parse(f, ag_buf_text(&text)));
    assert_null(get(f, "k19"));
    assert_non_null(strstr(diag(f, 0)->message, "too long"));
    assert_int_equal(strlen(get(f, "k3")), 10000);
    ag_buf_release(&text);
}

static void excerpts_never_show_a_password(void **state) {
    fixture *f = *state;
    static const char *const lines[] = {
        "url = postgresql://me:hunter2%40@h/db",
        "URL: postgres://me:hunter2/%4@h/db",
        "db_password = hunter2 %x",
        "dev_url = host=x password=hunter2 %x",
        "dev_url = host=x password='a hunter2 %x",
        "whatever = me:hunter2@h %x",
        "url = postgresql://h/db?password=hunter2%",
        "url = x\n  password=hunter2 %x",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char *text = ag_arena_printf(f->arena, "[a]\n%s\n%s\n", lines[i], lines[i]);
        assert_false(parse(f, text)); /* the key is here twice */
        const ag_ini_section *section = ag_ini_section_of(&f->ini, "a");
        ag_ini_value value;
        assert_false(ag_ini_expand(&f->ini, section, section->entries.items[0], &f->diags, &value));
        assert_true(f->diags.list.n >= 2);
        for (size_t d = 0; d < f->diags.list.n; d++) {
            assert_null(strstr(diag(f, d)->excerpt, "hunter2"));
            assert_null(strstr(diag(f, d)->message, "hunter2"));
            assert_null(strstr(diag(f, d)->hint, "hunter2"));
        }
    }
}

static void knows_which_keys_are_mentioned(void **state) {
    fixture *f = *state;
    assert_true(parse(f, "[a]\nurl = %%(no)s %(DB_host)s\nlast = x\n  %(more)s\n"));
    assert_true(ag_ini_is_referenced(&f->ini, "db_host"));
    assert_true(ag_ini_is_referenced(&f->ini, "More"));
    assert_false(ag_ini_is_referenced(&f->ini, "no"));
}

static void long_and_many_names_are_read(void **state) {
    fixture *f = *state;
    ag_buf text = AG_BUF_INIT;
    ag_buf_puts(&text, "[a]\n");
    for (int i = 0; i < 10240; i++) {
        ag_buf_putc(&text, 'k');
    }
    ag_buf_puts(&text, " = v\n");
    for (int i = 0; i < 20000; i++) {
        ag_buf_printf(&text, "n%d = %d\n", i, i);
    }
    assert_true(parse(f, ag_buf_text(&text)));
    assert_string_equal(get(f, "n19999"), "19999");
    ag_buf_puts(&text, "[");
    ag_buf_release(&text);
}

static void escape_doubles_percent_signs(void **state) {
    fixture *f = *state;
    assert_string_equal(ag_ini_escape(f->arena, "a%40b%"), "a%%40b%%");
    assert_string_equal(ag_ini_escape(f->arena, ""), "");
    char *text = ag_arena_printf(f->arena, "[a]\nk = %s\n", ag_ini_escape(f->arena, "%(here)s%%"));
    assert_true(parse(f, text));
    assert_string_equal(get(f, "k"), "%(here)s%%");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(reads_keys_values_and_comments),
        TEST(keys_ignore_case_and_sections_do_not),
        TEST(indented_lines_continue_a_value),
        TEST(keys_indented_alike_are_keys),
        TEST(reads_crlf_and_byte_order_mark_and_no_final_newline),
        TEST(an_empty_file_is_no_mistake),
        TEST(expands_here_percent_keys_and_x),
        TEST(inserted_text_is_marked_literal_and_other_bytes_know_their_place),
        TEST(default_section_counts_for_every_section),
        TEST(values_of_unread_sections_may_hold_anything),
        TEST(reports_every_mistake_of_the_file_at_once),
        TEST(a_line_that_lost_its_indent_gets_a_hint),
        TEST(reports_nul_bytes_and_broken_utf8_with_their_places),
        TEST(refuses_utf16_and_files_that_are_too_large),
        TEST(explains_percent_signs),
        TEST(unknown_names_get_a_suggestion),
        TEST(a_missing_x_is_reported_where_it_is_needed),
        TEST(circles_and_deep_chains_are_errors),
        TEST(values_that_multiply_are_stopped),
        TEST(excerpts_never_show_a_password),
        TEST(knows_which_keys_are_mentioned),
        TEST(long_and_many_names_are_read),
        TEST(escape_doubles_percent_signs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
