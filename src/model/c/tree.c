#include "model/c/tree.h"

#include <string.h>

#include "base/str.h"

/* ---- making ---- */

ag_c_node *ag_c_node_new(ag_arena *arena, ag_c_shape shape, ag_loc loc) {
    ag_c_node *node = ag_arena_new_of(arena, ag_c_node);
    node->shape = shape;
    node->loc = loc;
    return node;
}

ag_c_node *ag_c_get(const ag_c_node *object, const char *key) {
    for (size_t i = 0; i < object->items.n; i++) {
        if (ag_text_eq(object->items.items[i]->key, key)) {
            return object->items.items[i];
        }
    }
    return NULL;
}

ag_c_node *ag_c_member(ag_arena *arena, ag_c_node *object, const char *key, ag_c_shape shape,
                       ag_loc loc) {
    ag_c_node *node = ag_c_get(object, key);
    if (node == NULL) {
        node = ag_c_node_new(arena, shape, loc);
        node->key = key;
        ag_vec_push(arena, &object->items, node);
    }
    return node;
}

void ag_c_set(ag_arena *arena, ag_c_node *object, const char *key, const char *raw, ag_loc loc) {
    ag_c_node *node = ag_c_member(arena, object, key, AG_C_RAW, loc);
    node->shape = AG_C_RAW;
    node->raw = raw;
    node->loc = loc;
}

void ag_c_set_text(ag_arena *arena, ag_c_node *object, const char *key, const char *text,
                   ag_loc loc) {
    ag_c_set(arena, object, key, ag_c_quote(arena, text), loc);
}

void ag_c_set_path(ag_arena *arena, ag_c_node *object, const char *path, const char *raw,
                   ag_loc loc) {
    const char *dot = strchr(path, '.'); /* the model is one level deep: names may hold dots */
    if (dot != NULL) {
        const char *key = ag_arena_strndup(arena, path, (size_t)(dot - path));
        ag_c_node *inner = ag_c_member(arena, object, key, AG_C_OBJECT, loc);
        if (inner->shape == AG_C_RAW) { /* "identity" given as a word becomes its kind */
            const char *kind = inner->raw;
            inner->shape = AG_C_OBJECT;
            ag_c_set(arena, inner, "kind", kind, inner->loc);
        }
        object = inner;
        path = dot + 1;
    }
    ag_c_set(arena, object, path, raw, loc);
}

void ag_c_push(ag_arena *arena, ag_c_node *list, ag_c_node *item) {
    ag_vec_push(arena, &list->items, item);
}

void ag_c_push_text(ag_arena *arena, ag_c_node *list, const char *text, ag_loc loc) {
    ag_c_node *node = ag_c_node_new(arena, AG_C_RAW, loc);
    node->raw = ag_c_quote(arena, text);
    ag_c_push(arena, list, node);
}

ag_c_node *ag_c_push_object(ag_arena *arena, ag_c_node *list, ag_loc loc) {
    ag_c_node *node = ag_c_node_new(arena, AG_C_OBJECT, loc);
    ag_c_push(arena, list, node);
    return node;
}

/* ---- rendering ---- */

static bool is_empty(const ag_c_node *node) {
    return node->shape != AG_C_RAW && node->items.n == 0 && !node->is_kept;
}

void ag_c_render(ag_arena *arena, const ag_c_node *node, ag_buf *out, ag_c_places *places) {
    ag_json_place place = {.offset = (uint32_t)out->n, .loc = node->loc};
    ag_vec_push(arena, places, place);
    if (node->key != NULL) {
        ag_json_quote(out, node->key);
        ag_buf_puts(out, ": ");
    }
    if (node->shape == AG_C_RAW) {
        ag_buf_puts(out, node->raw);
        return;
    }
    ag_buf_putc(out, node->shape == AG_C_LIST ? '[' : '{');
    bool is_first = true;
    for (size_t i = 0; i < node->items.n; i++) {
        if (is_empty(node->items.items[i])) {
            continue;
        }
        ag_buf_puts(out, is_first ? "" : ", ");
        is_first = false;
        ag_c_render(arena, node->items.items[i], out, places);
    }
    ag_buf_putc(out, node->shape == AG_C_LIST ? ']' : '}');
}

/* ---- values ---- */

const char *ag_c_quote(ag_arena *arena, const char *text) {
    ag_buf out = AG_BUF_INIT;
    ag_json_quote(&out, text);
    const char *quoted = ag_buf_copy(&out, arena);
    ag_buf_release(&out);
    return quoted;
}

/* JSON takes fewer spellings of numbers than C does. */
static bool is_json_number(const char *text) {
    size_t whole = strspn(text, "0123456789");
    const char *p = text + whole;
    if (whole == 0 || (whole > 1 && text[0] == '0')) {
        return false;
    }
    if (*p == '.') {
        size_t n = strspn(++p, "0123456789");
        p += n;
        if (n == 0) {
            return false;
        }
    }
    if (*p == 'e' || *p == 'E') {
        p += p[1] == '+' || p[1] == '-' ? 2 : 1;
        size_t n = strspn(p, "0123456789");
        p += n;
        if (n == 0) {
            return false;
        }
    }
    return *p == '\0';
}

bool ag_c_is_decimal(const char *text) {
    const char *point = strchr(text, '.');
    bool is_bare = point != NULL && (point == text || !ag_is_digit(point[1]));
    size_t n = strspn(text, "0123456789.");
    return is_json_number(text) ||
           (is_bare && n > 1 && text[n] == '\0' && strchr(point + 1, '.') == NULL);
}

bool ag_c_is_call(const ag_arg *arg, const char *name) {
    return arg->kind == AG_ARG_CALL && strcmp(arg->text, name) == 0;
}

static const char *list_value(ag_arena *arena, const ag_args *args, size_t from) {
    const char *out = "[";
    for (size_t i = from; i < args->n; i++) {
        out = ag_arena_printf(arena, "%s%s%s", out, i == from ? "" : ", ",
                              ag_c_value(arena, &args->items[i]));
    }
    return ag_arena_printf(arena, "%s]", out);
}

const char *ag_c_value(ag_arena *arena, const ag_arg *arg) {
    switch (arg->kind) {
    case AG_ARG_WORD:
        if (strcmp(arg->text, "true") == 0 || strcmp(arg->text, "false") == 0 ||
            strcmp(arg->text, "null") == 0) {
            return arg->text;
        }
        return strcmp(arg->text, "NULL") == 0 ? "null" : ag_c_quote(arena, arg->text);
    case AG_ARG_NUMBER:
        return is_json_number(arg->text) ? arg->text : ag_c_quote(arena, arg->source);
    case AG_ARG_TEXT:
        return ag_c_quote(arena, arg->text);
    case AG_ARG_LIST:
        return list_value(arena, &arg->args, 0);
    case AG_ARG_EMPTY:
    case AG_ARG_CALL:
    case AG_ARG_CODE:
        break;
    }
    bool is_negative = arg->source[0] == '-' && is_json_number(arg->source + 1);
    return is_negative ? arg->source : ag_c_quote(arena, arg->source);
}

/* {"sqlite": VALUE, …} */
static const char *dialect_values(ag_arena *arena, const ag_args *args, size_t from) {
    ag_c_node *object = ag_c_node_new(arena, AG_C_OBJECT, (ag_loc){0});
    for (size_t i = from; i < args->n; i++) {
        const ag_arg *arg = &args->items[i];
        const char *name =
            ag_c_is_call(arg, "ag_on") && arg->args.n > 1 ? ag_c_name(&arg->args.items[0]) : NULL;
        if (name == NULL || ag_c_get(object, name) != NULL) {
            return NULL;
        }
        ag_c_set(arena, object, name,
                 arg->args.n == 2 ? ag_c_value(arena, &arg->args.items[1])
                                  : list_value(arena, &arg->args, 1),
                 object->loc);
    }
    ag_buf out = AG_BUF_INIT;
    ag_c_places places = {NULL, 0, 0};
    ag_c_render(arena, object, &out, &places);
    const char *text = ag_buf_copy(&out, arena);
    ag_buf_release(&out);
    return text;
}

const char *ag_c_values(ag_arena *arena, const ag_args *args, size_t from) {
    if (from >= args->n) {
        return NULL;
    }
    if (ag_c_is_call(&args->items[from], "ag_on")) {
        return dialect_values(arena, args, from);
    }
    return args->n - from == 1 && args->items[from].kind != AG_ARG_EMPTY
               ? ag_c_value(arena, &args->items[from])
               : NULL;
}

const char *ag_c_name(const ag_arg *arg) {
    return arg->kind == AG_ARG_WORD || arg->kind == AG_ARG_TEXT ? arg->text : arg->word;
}
