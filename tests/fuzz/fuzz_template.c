/* Any bytes as a template: parsed, and rendered with small limits over variables of each kind. */
#include <stdlib.h>

#include "fuzz.h"
#include "template/template.h"

static const ag_value *make_vars(ag_arena *arena) {
    static const char *const items[] = {"a", "b", "autogen:upgrade"};
    ag_value *x = ag_value_dict(arena);
    ag_value_dict_set(arena, x, "KEY", ag_value_string(arena, "value"));
    ag_value *config = ag_value_dict(arena);
    ag_value_dict_set(arena, config, "x", x);
    ag_value *section = ag_value_dict(arena);
    ag_value_dict_set(arena, section, "dialect", ag_value_string(arena, "sqlite"));
    ag_value_dict_set(arena, section, "upgrades", ag_value_string(arena, "SELECT 1;\n"));
    ag_value_dict_set(arena, section, "downgrades", ag_value_stringn(arena, "a\0\xff\n", 4));
    ag_value *sections = ag_value_list(arena);
    ag_value_list_push(arena, sections, section);
    ag_value_list_push(arena, sections, section);
    ag_value *vars = ag_value_dict(arena);
    ag_value_dict_set(arena, vars, "message", ag_value_string(arena, "Zo\xc3\xab\n x\r\n"));
    ag_value_dict_set(arena, vars, "down_revision", ag_value_none(arena));
    ag_value_dict_set(arena, vars, "depends_on", ag_value_list_of(arena, items, 3));
    ag_value_dict_set(arena, vars, "yes", ag_value_bool(arena, true));
    ag_value_dict_set(arena, vars, "number", ag_value_int(arena, INT64_MIN));
    ag_value_dict_set(arena, vars, "sections", sections);
    ag_value_dict_set(arena, vars, "config", config);
    return vars;
}

/* A failure says what and where; a success stays within the limits. */
static void check(bool ok, const ag_error *err, size_t n_out, size_t limit) {
    bool is_clean = ok ? n_out <= limit
                       : err->code == AG_INPUT && err->message[0] != '\0' && err->line > 0 &&
                             err->column > 0 && n_out == 0;
    if (!is_clean) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    ag_template_limits limits = {.output = 10000, .memory = 100000, .steps = 20000};
    ag_arena *arena = ag_arena_new();
    const ag_template *tmpl = NULL;
    ag_error err = {0};
    ag_buf out = AG_BUF_INIT;
    bool ok = ag_template_parse(arena, "fuzz", (const char *)data, size, &tmpl, &err);
    check(ok, &err, 0, 0);
    if (ok) {
        ok = ag_template_render_within(tmpl, make_vars(arena), limits, &out, &err);
        check(ok, &err, out.n, limits.output);
    }
    ag_buf_release(&out);
    ag_arena_free(arena);
    return 0;
}
