#include "unit.h"

#include "template_kit.h"

typedef struct text_case {
    const char *text;
    const char *expected;
} text_case;

static void check_cases(fixture *f, const text_case *cases, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (!render(f, cases[i].text)) {
            fail_msg("%s\n: %d:%d: %s", cases[i].text, f->err.line, f->err.column, f->err.message);
        }
        if (strcmp(ag_buf_text(&f->out), cases[i].expected) != 0) {
            fail_msg("%s\n gave: %s\n not: %s", cases[i].text, ag_buf_text(&f->out),
                     cases[i].expected);
        }
    }
}

#define CHECK(f, cases) check_cases((f), (cases), sizeof(cases) / sizeof(cases)[0])

/* All expected texts of the next three tests were compared with those of mako 1.4. */
static void text_comes_through_as_in_mako(void **state) {
    static const text_case cases[] = {
        {"", ""},
        {"plain", "plain"},
        {"a\nb\n", "a\nb\n"},
        {"a\r\nb\r\n", "a\r\nb\r\n"},
        {"$ $$ {} } $x #x # y", "$ $$ {} } $x #x # y"},
        {"$${1}", "$1"},
        {"a\\\nb\n", "ab\n"},
        {"a\\\r\nb", "ab"},
        {"a\\\\\nb", "a\\b"},
        {"a\\b\\", "a\\b\\"},
        {"a\n%% b\n%%% c\n  %% d\nx %% y\n", "a\n% b\n%% c\n  % d\nx %% y\n"},
        {"%%\n", "%\n"},
        {"%%${1}", "%1"},
        {"%% if x:\n", "% if x:\n"},
        {"## c\nb\n  ## d\\\nmore\nx ## y\n", "b\nx ## y\n"},
        {"a\n##", "a\n"},
        {"##\n\n##\n", "\n"},
        {"<%doc>x</%doc>\nb", "\nb"},
        {"a<%doc>\n% if x:\n${\n</%doc>b", "ab"},
        {"a\n ", "a\n "},
        {"\xef\xbb\xbf"
         "a",
         "a"},
        {"\xe2\x82\xac ${'\xe2\x82\xac'}", "\xe2\x82\xac \xe2\x82\xac"},
    };
    CHECK(*state, cases);
}

static void expressions_mean_what_they_mean_in_python(void **state) {
    static const text_case cases[] = {
        {"${name}", "Zo\xc3\xab"},
        {"${ name }${\nname\n}", "Zo\xc3\xabZo\xc3\xab"},
        {"${'a}b'}${'|'}${\"a\\\"b\"}", "a}b|a\"b"},
        {"${'a' 'b' \"c\"}${'''x'''}", "abcx"},
        {"${'a\\\nb'}", "ab"},
        {"${'\\n\\t\\\\\\'\\x41\\u20ac\\U0001f600\\q'}", "\n\t\\'A\xe2\x82\xac\xf0\x9f\x98\x80\\q"},
        {"${None} ${True} ${False} ${7} ${-7} ${--7}", "None True False 7 -7 7"},
        {"${[1, 'a', None, True, []]}", "[1, 'a', None, True, []]"},
        {"${[]}${[1,]}${(1)}", "[][1]1"},
        {"${1 + 2 + 3}${'a' + 'b'}${[1] + [2]}${True + 1}", "6ab[1, 2]2"},
        {"${-3 + 5}${-3 + -5}", "2-8"},
        {"${not 1 == 2} ${not not 0}", "True False"},
        {"${1 < 2 < 3} ${1 < 2 > 3} ${3 > 2 >= 2 <= 2}", "True False True"},
        {"${1 == True} ${'1' == 1} ${'a' != 'b'} ${[1, 'x'] == [True, 'x']}",
         "True False True True"},
        {"${'a' < 'b'} ${'ab' < 'a'} ${'' < 'a'} ${'B' < 'a'}", "True False True True"},
        {"${'b' in 'abc'} ${'' in ''} ${'x' not in 'abc'} ${'a' in xs} ${1 in [True]}",
         "True True True True True"},
        {"${none is None} ${none is not None} ${yes is True} ${'' is None} ${yes is False}",
         "True False True False False"},
        {"${'' or 'x'} ${'a' or 'x'} ${'' and 'x'}| ${'a' and 'x'} ${0 or None or []}",
         "x a | x []"},
        {"${1 or undefined} ${0 and undefined}", "1 0"},
        {"${'x' if 1 else 'y' if 2 else 'z'} ${'x' if 0 else 'y' if 0 else 'z'}", "x z"},
        {"${undefined if False else 'ok'}", "ok"},
        {"${[1,2,3][-1]} ${[1,2,3][0]} ${'Zo\xc3\xab'[-1]} ${name[2]} ${[[1]][0][0]}",
         "3 1 \xc3\xab \xc3\xab 1"},
        {"${not 'a' in xs}", "False"},
        {"${yes == 1 and number + 1 == 8}", "True"},
    };
    CHECK(*state, cases);
}

static void control_lines_choose_and_repeat(void **state) {
    static const text_case cases[] = {
        {"% if 1:\nx\n% endif\n", "x\n"},
        {"%if 1:\nx\n%endif", "x\n"},
        {"  %  if 1 :  # why\nx\n\t% endif # end\n", "x\n"},
        {"% if 0:\nx\n% elif 1:\ny\n% elif 1:\nz\n% else:\nw\n% endif\n", "y\n"},
        {"% if 0:\nx\n% elif 0:\ny\n% else:\nw\n% endif\n", "w\n"},
        {"% if 0:\nx\n% else:\n% if 1:\ny\n% endif\n% endif\n", "y\n"},
        {"% if 1:\n% endif", ""},
        {"% if 1\\\n and 0:\nx\n% endif", ""},
        {"a\\\n% if 1:\nb\n% endif", "ab\n"},
        {"a\r\n% if 1:\r\nx\r\n% endif\r\n", "a\r\nx\r\n"},
        {"% for x in ['a', 'b']:\n${x},\\\n% endfor\n", "a,b,"},
        {"% for x in []:\nx\n% endfor\n", ""},
        {"% for x in 'Zo\xc3\xab':\n${x}.\\\n% endfor\n", "Z.o.\xc3\xab."},
        {"% for x in [1, 2]:\n% for y in [3, 4]:\n${x}${y} \\\n% endfor\n% endfor\n",
         "13 14 23 24 "},
        {"% for x in [5,6,7]:\n${loop.index}${loop.first}${loop.last}${loop.even}${loop.odd}"
         "${loop.reverse_index}\n% endfor\n",
         "0TrueFalseTrueFalse2\n1FalseFalseFalseTrue1\n2FalseTrueTrueFalse0\n"},
        {"% for x in [1]:\n% for x in [2]:\n${x}${loop.last}\n% endfor\n${x}\n% endfor\n",
         "2True\n1\n"},
    };
    CHECK(*state, cases);
}

static void attributes_and_keys_reach_into_dicts(void **state) {
    static const text_case cases[] = {
        {"${config.key} ${config['key']} ${'key' in config} ${'no' in config}",
         "value value True False"},
        {"${config}", "{'key': 'value', 'empty': {}}"},
        {"${len(config)} ${config.empty == config['empty']} ${config == config.empty}",
         "2 True False"},
        {"% for k in config:\n${k}=${config[k]};\\\n% endfor\n", "key=value;empty={};"},
        {"${config.nokey if 'nokey' in config else 'default'}", "default"},
    };
    CHECK(*state, cases);
}

static void functions_methods_and_filters_work(void **state) {
    static const text_case cases[] = {
        {"${len(name)} ${len(xs)} ${len('')}", "3 2 0"},
        {"${str(7)} ${str(None)} ${repr('a')} ${repr(xs)}", "7 None 'a' ['a', 'b']"},
        {"${join(', ', xs)} ${', '.join(xs)} ${join(xs, '-')} ${''.join([])}", "a, b a, b a-b "},
        {"${upper(name)} ${name.upper()} ${'ABC'.lower()} ${lower('X') + 'y'}",
         "ZO\xc3\xab ZO\xc3\xab abc xy"},
        {"[${' a b '.strip()}] [${'  ' | trim}] [${' x' | trim, upper}]", "[a b] [] [X]"},
        {"${html | h}", "&lt;a href=&#39;x&#39;&gt;&#34;&amp;&#34;&lt;/a&gt;"},
        {"${xs | comma} ${xs | comma,n} ${none | comma}. ${name | comma} ${comma(nothing)}.",
         "a, b a, b . Zo\xc3\xab ."},
        {"${none | repr} ${'x' | repr} ${none | n} ${xs | str}", "None 'x' None ['a', 'b']"},
        {"${'a' | n,trim , h}", "a"},
        {"${lines.splitlines()}", "['one', 'two', 'three', 'four']"},
        {"${'a\\n'.splitlines()}${'\\n'.splitlines()}${''.splitlines()}", "['a'][''][]"},
        {"${'a'.upper().lower().strip()[0]}", "a"},
    };
    CHECK(*state, cases);
}

static void repr_gives_the_python_literal(void **state) {
    static const text_case cases[] = {
        {"${repr('it\\'s')}${repr('\"')}${repr('\\'\"')}", "\"it's\"'\"''\\'\"'"},
        {"${repr('\\n\\r\\t\\\\\\x1b\\x7f')}", "'\\n\\r\\t\\\\\\x1b\\x7f'"},
        {"${repr('\xc3\xa9\\u2028\\x85\\xa0')}", "'\xc3\xa9\\u2028\\x85\\xa0'"},
        {"${repr(bytes)}", "'a\\x00b\\xff'"},
    };
    CHECK(*state, cases);
}

static void a_comment_can_hide_no_sql_no_directive_and_no_header_key(void **state) {
    static const text_case cases[] = {
        {"${'add users' | comment}", "-- add users"},
        {"${'' | comment}", "--"},
        {"${lines | comment}", "-- one\n-- two\n-- three\n-- four"},
        {"${'a\\n\\n  b  \\n\\n' | comment}", "-- a\n--\n--   b"},
        {"${'autogen:upgrade' | comment}", "-- \\autogen:upgrade"},
        {"${'x\\n \\tAutoGen:downgrade pg' | comment}", "-- x\n--  \t\\AutoGen:downgrade pg"},
        {"${'-- autogen:part' | comment}", "-- -- \\autogen:part"},
        {"${'x\\rautogen:part' | comment}", "-- x\n-- \\autogen:part"},
        {"${'Revision ID: 1\\nrevises: 2\\nBranch Labels: x' | comment}",
         "-- \\Revision ID: 1\n-- \\revises: 2\n-- \\Branch Labels: x"},
        {"${'fix: all\\nautogenerated' | comment}", "-- fix: all\n-- autogenerated"},
        {"${'a\\x1b[31m\\x07b\\tc' | comment}", "-- a [31m b\tc"},
        {"${bytes | comment}", "-- a b\xff"},
        {"${'\xe2\x80\xae' + 'autogen:upgrade' | comment}", "--  \\autogen:upgrade"},
        {"${'a\xe2\x81\xa6' + 'b\xe2\x80\xa9' + 'c\xc2\x85' + 'd\xd8\x9c' | comment}",
         "-- a b c d"},
        {"${'\xe2\x9d\xa4\xef\xb8\x8f \xc3\xa9' | comment}",
         "-- \xe2\x9d\xa4\xef\xb8\x8f \xc3\xa9"},
        {"${none | comment}", "-- None"},
    };
    CHECK(*state, cases);
}

static void values_are_kept_as_given(void **state) {
    fixture *f = *state;
    ag_value *dict = ag_value_dict(f->arena);
    ag_value_dict_set(f->arena, dict, "a", ag_value_int(f->arena, 1));
    ag_value_dict_set(f->arena, dict, "a", ag_value_int(f->arena, 2));
    assert_int_equal(dict->as.dict.n, 1);
    assert_int_equal(ag_value_dict_get(dict, ag_str_of("a"))->as.integer, 2);
    assert_null(ag_value_dict_get(dict, ag_str_of("b")));
    assert_null(ag_value_dict_get(ag_value_none(f->arena), ag_str_of("b")));
    assert_int_equal(ag_value_string(f->arena, NULL)->kind, AG_VALUE_NONE);
    assert_true(render(f, "${bytes}"));
    assert_int_equal(f->out.n, 4);
    assert_memory_equal(f->out.text, "a\0b\xff", 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(text_comes_through_as_in_mako),
        TEST(expressions_mean_what_they_mean_in_python),
        TEST(control_lines_choose_and_repeat),
        TEST(attributes_and_keys_reach_into_dicts),
        TEST(functions_methods_and_filters_work),
        TEST(repr_gives_the_python_literal),
        TEST(a_comment_can_hide_no_sql_no_directive_and_no_header_key),
        TEST(values_are_kept_as_given),
    };
    return cmocka_run_group_tests_name("template", tests, NULL, NULL);
}
