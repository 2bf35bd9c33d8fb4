/*
 * What the tests of templates share: variables of every kind, and rendering with them.
 */
#ifndef AG_TESTS_TEMPLATE_KIT_H
#define AG_TESTS_TEMPLATE_KIT_H

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "template/template.h"

typedef struct fixture {
    ag_arena *arena;
    ag_value *vars;
    ag_buf out;
    ag_error err;
} fixture;

static inline const ag_value *list_of_two(ag_arena *arena) {
    static const char *const items[] = {"a", "b"};
    return ag_value_list_of(arena, items, 2);
}

static inline void fill_vars(ag_arena *arena, ag_value *vars) {
    ag_value *inner = ag_value_dict(arena);
    ag_value_dict_set(arena, inner, "key", ag_value_string(arena, "value"));
    ag_value_dict_set(arena, inner, "empty", ag_value_dict(arena));
    ag_value_dict_set(arena, vars, "name", ag_value_string(arena, "Zo\xc3\xab"));
    ag_value_dict_set(arena, vars, "xs", list_of_two(arena));
    ag_value_dict_set(arena, vars, "none", ag_value_none(arena));
    ag_value_dict_set(arena, vars, "empty", ag_value_string(arena, ""));
    ag_value_dict_set(arena, vars, "nothing", ag_value_list(arena));
    ag_value_dict_set(arena, vars, "number", ag_value_int(arena, 7));
    ag_value_dict_set(arena, vars, "yes", ag_value_bool(arena, true));
    ag_value_dict_set(arena, vars, "html", ag_value_string(arena, "<a href='x'>\"&\"</a>"));
    ag_value_dict_set(arena, vars, "lines", ag_value_string(arena, "one\ntwo\r\nthree\rfour"));
    ag_value_dict_set(arena, vars, "bytes", ag_value_stringn(arena, "a\0b\xff", 4));
    ag_value_dict_set(arena, vars, "config", inner);
}

static inline int setup(void **state) {
    static fixture f;
    f = (fixture){.arena = ag_arena_new()};
    f.vars = ag_value_dict(f.arena);
    fill_vars(f.arena, f.vars);
    ag_buf_init(&f.out);
    *state = &f;
    return 0;
}

static inline int teardown(void **state) {
    fixture *f = *state;
    ag_buf_release(&f->out);
    ag_arena_free(f->arena);
    return 0;
}

static inline bool render_within(fixture *f, const char *text, size_t n,
                                 ag_template_limits limits) {
    const ag_template *tmpl = NULL;
    ag_buf_clear(&f->out);
    ag_error_clear(&f->err);
    return ag_template_parse(f->arena, "script.mako", text, n, &tmpl, &f->err) &&
           ag_template_render_within(tmpl, f->vars, limits, &f->out, &f->err);
}

static inline bool render(fixture *f, const char *text) {
    ag_template_limits limits = AG_TEMPLATE_LIMITS_DEFAULT;
    return render_within(f, text, strlen(text), limits);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
