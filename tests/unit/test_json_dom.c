#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "model/json/dom.h"

/* Parses a text of exactly its size, so that a sanitizer sees each byte read past the end. */
typedef struct parse {
    ag_arena *arena;
    char *text;
    ag_json_doc *doc;
    ag_diags diags;
    bool ok;
} parse;

static parse parse_bytes(const char *text, size_t n) {
    parse p = {.arena = ag_arena_new(), .text = ag_xmalloc(n)};
    memcpy(p.text, text, n);
    p.ok = ag_json_parse(p.arena, "m.json", p.text, n, &p.doc, &p.diags);
    return p;
}

static parse parse_text(const char *text) {
    return parse_bytes(text, strlen(text));
}

static void release(parse *p) {
    ag_diags_release(&p->diags);
    ag_arena_free(p->arena);
    free(p->text);
}

static void assert_good(const char *text) {
    parse p = parse_text(text);
    if (!p.ok || p.diags.list.n != 0) {
        fail_msg("refused: %s: %s", text, p.diags.list.n ? p.diags.list.items[0].message : "");
    }
    release(&p);
}

static void assert_bad(const char *text, int line, int column, const char *message) {
    parse p = parse_text(text);
    if (p.diags.list.n == 0) {
        fail_msg("taken: %s", text);
    }
    const ag_error *err = &p.diags.list.items[0];
    if (strstr(err->message, message) == NULL) {
        fail_msg("%s: got \"%s\"", text, err->message);
    }
    assert_int_equal(err->line, line);
    assert_int_equal(err->column, column);
    assert_int_equal(err->code, AG_INPUT);
    assert_string_equal(err->file, "m.json");
    release(&p);
}

static void valid_texts_are_taken(void **state) {
    (void)state;
    const char *const texts[] = {"{}",
                                 "[]",
                                 " \t\r\n[ ] ",
                                 "null",
                                 "true",
                                 "false",
                                 "0",
                                 "-0",
                                 "-1.5e+10",
                                 "1E5",
                                 "123456789012345678901234567890",
                                 "\"\"",
                                 "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\uD83D\\uDE00\"",
                                 "[1,[2,[3]],{\"a\":{}}]",
                                 "{\"a\":1,\"A\":2,\"\":3}",
                                 "\xEF\xBB\xBF{}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_good(texts[i]);
    }
}

static void mistakes_are_shown_at_their_place(void **state) {
    (void)state;
    assert_bad("", 1, 1, "empty");
    assert_bad(" \n ", 1, 1, "empty");
    assert_bad("{", 1, 2, "key");
    assert_bad("[1", 1, 3, "ends before all is closed");
    assert_bad("[1 2]", 1, 4, "comma or ]");
    assert_bad("{\"a\":1 \"b\":2}", 1, 8, "comma or }");
    assert_bad("[1,]", 1, 4, "value should be here");
    assert_bad("{\"a\":1,}", 1, 8, "key in double quotes");
    assert_bad("{\"a\" 1}", 1, 6, "colon");
    assert_bad("{a:1}", 1, 2, "key in double quotes");
    assert_bad("{'a':1}", 1, 2, "key in double quotes");
    assert_bad("{} {}", 1, 4, "more text");
    assert_bad("[01]", 1, 2, "number");
    assert_bad("[1.]", 1, 2, "number");
    assert_bad("[.5]", 1, 2, "not a JSON value");
    assert_bad("[+1]", 1, 2, "not a JSON value");
    assert_bad("[-]", 1, 2, "number");
    assert_bad("[1e]", 1, 2, "number");
    assert_bad("[NaN]", 1, 2, "not a JSON value");
    assert_bad("[tru]", 1, 2, "not a JSON value");
    assert_bad("[truee]", 1, 2, "not a JSON value");
    assert_bad("// x\n{}", 1, 1, "no comments");
    assert_bad("{\n  \"a\": 1, # x\n}", 2, 11, "no comments");
    assert_bad("[\"abc]", 1, 2, "not closed");
    assert_bad("[\"a\nb\"]", 1, 2, "not closed on its line");
    assert_bad("[\"a\tb\"]", 1, 4, "control character");
    assert_bad("[\"\\x\"]", 1, 3, "unknown escape");
    assert_bad("[\"\\u12G4\"]", 1, 3, "four hexadecimal");
    assert_bad("[\"\\u12\"]", 1, 3, "four hexadecimal");
    assert_bad("[\"\\uD800\"]", 1, 3, "surrogate");
    assert_bad("[\"\\uD800\\u0041\"]", 1, 3, "surrogate");
    assert_bad("[\"\\uDC00\"]", 1, 3, "surrogate");
    assert_bad("[\"x\\u0000\"]", 1, 4, "\\u0000");
    assert_bad("[\"\xC3\xA9\xC3\xA9\", x]", 1, 8, "not a JSON value");
    assert_bad("\xEF\xBB\xBF[x]", 1, 2, "not a JSON value");
    assert_bad("[\n\"\xFF\"]", 2, 2, "UTF-8");
    assert_bad("[\"\xC0\x80\"]", 1, 3, "UTF-8");
    assert_bad("[\"\xED\xA0\x80\"]", 1, 3, "UTF-8");
}

static void nul_bytes_are_refused(void **state) {
    (void)state;
    static const char text[] = "[\"a\0b\"]";
    parse p = parse_bytes(text, sizeof text - 1);
    assert_false(p.ok);
    assert_int_equal(p.diags.list.items[0].column, 4);
    release(&p);
    p = parse_bytes("{}\0", 3);
    assert_false(p.ok);
    release(&p);
}

static void strings_are_decoded(void **state) {
    (void)state;
    parse p =
        parse_text("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\", \"\\u00e9\\u20AC\\uD83D\\uDE00\", \"plain\"]");
    const ag_json *items = p.doc->root->items;
    assert_string_equal(ag_json_text(p.arena, p.doc, &items[0]), "\"\\/\b\f\n\r\t");
    assert_string_equal(ag_json_text(p.arena, p.doc, &items[1]),
                        "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
    assert_string_equal(ag_json_text(p.arena, p.doc, &items[2]), "plain");
    assert_true(ag_json_is(p.doc, &items[2], "plain"));
    assert_false(ag_json_is(p.doc, &items[2], "plai"));
    assert_true(ag_json_is(p.doc, &items[0], "\"\\/\b\f\n\r\t"));
    release(&p);
}

static void numbers_keep_their_text(void **state) {
    (void)state;
    parse p = parse_text("[9223372036854775807123, 1.50, -0]");
    assert_true(ag_str_eq(ag_json_raw(p.doc, &p.doc->root->items[0]), "9223372036854775807123"));
    assert_true(ag_str_eq(ag_json_raw(p.doc, &p.doc->root->items[1]), "1.50"));
    assert_true(ag_str_eq(ag_json_raw(p.doc, &p.doc->root->items[2]), "-0"));
    release(&p);
}

static void members_keep_their_order(void **state) {
    (void)state;
    parse p = parse_text("{\"z\": 1, \"a\": 2, \"m\": 3}");
    const ag_json *root = p.doc->root;
    assert_int_equal(root->n, 3);
    assert_true(ag_json_is(p.doc, ag_json_key(root, 0), "z"));
    assert_true(ag_json_is(p.doc, ag_json_key(root, 2), "m"));
    assert_ptr_equal(ag_json_get(p.doc, root, "a"), ag_json_value(root, 1));
    assert_null(ag_json_get(p.doc, root, "b"));
    release(&p);
}

static void every_duplicate_key_is_reported_with_both_places(void **state) {
    (void)state;
    parse p = parse_text("{\"a\": 1,\n \"b\": {\"x\": 1, \"\\u0078\": 2},\n \"a\": 3, \"a\": 4}");
    assert_true(p.ok);
    assert_int_equal(p.diags.list.n, 3);
    assert_non_null(strstr(p.diags.list.items[0].hint, "m.json:2:8"));
    assert_int_equal(p.diags.list.items[1].line, 3);
    assert_non_null(strstr(p.diags.list.items[1].hint, "m.json:1:2"));
    assert_int_equal(p.doc->root->n, 2);
    assert_true(ag_str_eq(ag_json_raw(p.doc, ag_json_get(p.doc, p.doc->root, "a")), "1"));
    release(&p);
}

static void duplicates_are_found_among_many_keys(void **state) {
    (void)state;
    ag_buf buf = AG_BUF_INIT;
    ag_buf_putc(&buf, '{');
    for (int i = 0; i < 20000; i++) {
        ag_buf_printf(&buf, "\"k%d\": %d,\n", i, i);
    }
    ag_buf_puts(&buf, "\"k7\": 0}");
    parse p = parse_text(ag_buf_text(&buf));
    assert_int_equal(p.diags.list.n, 1);
    assert_int_equal(p.diags.list.items[0].line, 20001);
    assert_non_null(strstr(p.diags.list.items[0].hint, "m.json:8:1"));
    assert_int_equal(p.doc->root->n, 20000);
    release(&p);
    ag_buf_release(&buf);
}

static void nesting_has_a_limit(void **state) {
    (void)state;
    ag_buf buf = AG_BUF_INIT;
    for (int i = 0; i < AG_JSON_MAX_DEPTH; i++) {
        ag_buf_putc(&buf, '[');
    }
    for (int i = 0; i < AG_JSON_MAX_DEPTH; i++) {
        ag_buf_putc(&buf, ']');
    }
    assert_good(ag_buf_text(&buf));
    ag_buf_clear(&buf);
    for (int i = 0; i < 1000000; i++) {
        ag_buf_puts(&buf, i % 2 == 0 ? "[" : "{\"a\":");
    }
    parse p = parse_text(ag_buf_text(&buf));
    assert_false(p.ok);
    assert_non_null(strstr(p.diags.list.items[0].message, "nested too deeply"));
    release(&p);
    ag_buf_release(&buf);
}

static void places_agree_with_a_plain_count(void **state) {
    (void)state;
    ag_buf buf = AG_BUF_INIT;
    unsigned seed = 7;
    for (int i = 0; i < 3000; i++) {
        seed = seed * 1103515245u + 12345u;
        static const char *const pieces[] = {
            "a", "\n", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "bcd"};
        ag_buf_puts(&buf, pieces[(seed >> 16) % 6]);
    }
    parse p = parse_text(ag_buf_text(&buf)); /* no JSON, but with places */
    for (uint32_t at = 0; at <= buf.n; at++) {
        if (at < buf.n && ((unsigned char)buf.text[at] & 0xC0u) == 0x80u) {
            continue;
        }
        ag_loc expected = ag_loc_of_offset("m.json", buf.text, buf.n, at);
        ag_loc loc = ag_json_loc(p.doc, at);
        assert_int_equal(loc.line, expected.line);
        assert_int_equal(loc.column, expected.column);
    }
    release(&p);
    ag_buf_release(&buf);
}

static void excerpts_of_long_lines_are_short(void **state) {
    (void)state;
    ag_buf buf = AG_BUF_INIT;
    ag_buf_putc(&buf, '[');
    for (int i = 0; i < 100000; i++) {
        ag_buf_puts(&buf, "\"\xC3\xA9\", ");
    }
    ag_buf_puts(&buf, "oops, 1]");
    parse p = parse_text(ag_buf_text(&buf));
    const ag_error *err = &p.diags.list.items[0];
    assert_int_equal(err->line, 1);
    assert_int_equal(err->column, 2 + 5 * 100000);
    assert_true(strlen(err->excerpt) < 256);
    assert_non_null(strstr(err->excerpt, "oops"));
    assert_int_equal(
        ag_utf8_length(err->excerpt, (size_t)(strstr(err->excerpt, "oops") - err->excerpt)),
        err->caret);
    release(&p);
    ag_buf_release(&buf);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(valid_texts_are_taken),
        cmocka_unit_test(mistakes_are_shown_at_their_place),
        cmocka_unit_test(nul_bytes_are_refused),
        cmocka_unit_test(strings_are_decoded),
        cmocka_unit_test(numbers_keep_their_text),
        cmocka_unit_test(members_keep_their_order),
        cmocka_unit_test(every_duplicate_key_is_reported_with_both_places),
        cmocka_unit_test(duplicates_are_found_among_many_keys),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(places_agree_with_a_plain_count),
        cmocka_unit_test(excerpts_of_long_lines_are_short),
    };
    return cmocka_run_group_tests_name("json_dom", tests, NULL, NULL);
}
