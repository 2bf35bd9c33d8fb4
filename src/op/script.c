#include "op/script.h"

#include <stdarg.h>
#include <stdlib.h>

ag_script *ag_script_new(void) {
    ag_arena *arena = ag_arena_new();
    ag_script *script = ag_arena_new_of(arena, ag_script);
    script->arena = arena;
    return script;
}

void ag_script_free(ag_script *script) {
    if (script != NULL) {
        ag_arena_free(script->arena);
    }
}

static ag_item *add(ag_script *script, ag_item_kind kind, const char *text) {
    ag_item item = {.kind = kind, .text = text};
    ag_vec_push(script->arena, &script->items, item);
    return &script->items.items[script->items.n - 1];
}

ag_item *ag_script_add(ag_script *script, ag_item_kind kind, const char *text) {
    return add(script, kind, ag_arena_strdup(script->arena, text));
}

ag_item *ag_script_sql(ag_script *script, const char *format, ...) {
    va_list args;
    va_start(args, format);
    const char *text = ag_arena_vprintf(script->arena, format, args);
    va_end(args);
    return add(script, AG_ITEM_STATEMENT, text);
}
