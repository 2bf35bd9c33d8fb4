#include "template/value.h"

#include <inttypes.h>
#include <string.h>

static ag_value *make(ag_arena *arena, ag_value_kind kind) {
    ag_value *value = ag_arena_new_of(arena, ag_value);
    value->kind = kind;
    return value;
}

ag_value *ag_value_none(ag_arena *arena) {
    return make(arena, AG_VALUE_NONE);
}

ag_value *ag_value_bool(ag_arena *arena, bool boolean) {
    ag_value *value = make(arena, AG_VALUE_BOOL);
    value->as.boolean = boolean;
    return value;
}

ag_value *ag_value_int(ag_arena *arena, int64_t integer) {
    ag_value *value = make(arena, AG_VALUE_INT);
    value->as.integer = integer;
    return value;
}

ag_value *ag_value_stringn(ag_arena *arena, const char *text, size_t n) {
    ag_value *value = make(arena, AG_VALUE_STRING);
    value->as.string = (ag_str){.p = ag_arena_strndup(arena, n == 0 ? "" : text, n), .n = n};
    return value;
}

ag_value *ag_value_string(ag_arena *arena, const char *text) {
    return text == NULL ? ag_value_none(arena) : ag_value_stringn(arena, text, strlen(text));
}

ag_value *ag_value_list(ag_arena *arena) {
    return make(arena, AG_VALUE_LIST);
}

ag_value *ag_value_list_of(ag_arena *arena, const char *const *items, size_t n) {
    ag_value *list = ag_value_list(arena);
    for (size_t i = 0; i < n; i++) {
        ag_value_list_push(arena, list, ag_value_string(arena, items[i]));
    }
    return list;
}

void ag_value_list_push(ag_arena *arena, ag_value *list, const ag_value *item) {
    ag_vec_push(arena, &list->as.list, item);
}

ag_value *ag_value_dict(ag_arena *arena) {
    return make(arena, AG_VALUE_DICT);
}

static ag_value_entry *find_entry(const ag_value *dict, ag_str key) {
    for (size_t i = 0; i < dict->as.dict.n; i++) {
        ag_value_entry *entry = &dict->as.dict.items[i];
        if (ag_str_eq(key, entry->key)) {
            return entry;
        }
    }
    return NULL;
}

void ag_value_dict_set(ag_arena *arena, ag_value *dict, const char *key, const ag_value *value) {
    ag_value_entry *entry = find_entry(dict, ag_str_of(key));
    if (entry != NULL) {
        entry->value = value;
        return;
    }
    ag_value_entry added = {.key = ag_arena_strdup(arena, key), .value = value};
    ag_vec_push(arena, &dict->as.dict, added);
}

const ag_value *ag_value_dict_get(const ag_value *dict, ag_str key) {
    const ag_value_entry *entry = dict->kind == AG_VALUE_DICT ? find_entry(dict, key) : NULL;
    return entry == NULL ? NULL : entry->value;
}

const char *ag_value_kind_name(ag_value_kind kind) {
    switch (kind) {
    case AG_VALUE_NONE:
        return "None";
    case AG_VALUE_BOOL:
        return "a boolean";
    case AG_VALUE_INT:
        return "a number";
    case AG_VALUE_STRING:
        return "a string";
    case AG_VALUE_LIST:
        return "a list";
    case AG_VALUE_DICT:
        return "a dict";
    }
    return "a value";
}

bool ag_value_is_true(const ag_value *value) {
    switch (value->kind) {
    case AG_VALUE_NONE:
        return false;
    case AG_VALUE_BOOL:
        return value->as.boolean;
    case AG_VALUE_INT:
        return value->as.integer != 0;
    case AG_VALUE_STRING:
        return value->as.string.n > 0;
    case AG_VALUE_LIST:
        return value->as.list.n > 0;
    case AG_VALUE_DICT:
        return value->as.dict.n > 0;
    }
    return false;
}

bool ag_value_number(const ag_value *value, int64_t *number) {
    if (value->kind == AG_VALUE_BOOL) {
        *number = value->as.boolean;
        return true;
    }
    if (value->kind == AG_VALUE_INT) {
        *number = value->as.integer;
        return true;
    }
    return false;
}

static bool spend(size_t *work, size_t amount) {
    *work = *work > amount ? *work - amount : 0;
    return *work > 0;
}

static bool equal_at(const ag_value *a, const ag_value *b, unsigned depth, size_t *work);

static bool lists_equal(const ag_value *a, const ag_value *b, unsigned depth, size_t *work) {
    if (a->as.list.n != b->as.list.n) {
        return false;
    }
    for (size_t i = 0; i < a->as.list.n; i++) {
        if (!equal_at(a->as.list.items[i], b->as.list.items[i], depth + 1, work)) {
            return false;
        }
    }
    return true;
}

static bool dicts_equal(const ag_value *a, const ag_value *b, unsigned depth, size_t *work) {
    if (a->as.dict.n != b->as.dict.n) {
        return false;
    }
    for (size_t i = 0; i < a->as.dict.n; i++) {
        const ag_value_entry *entry = &a->as.dict.items[i];
        const ag_value_entry *other = find_entry(b, ag_str_of(entry->key));
        if (!spend(work, 1 + b->as.dict.n) || other == NULL ||
            !equal_at(entry->value, other->value, depth + 1, work)) {
            return false;
        }
    }
    return true;
}

static bool strings_equal(ag_str a, ag_str b, size_t *work) {
    return a.n == b.n && spend(work, 1 + a.n / 64) && memcmp(a.p, b.p, a.n) == 0;
}

static bool equal_at(const ag_value *a, const ag_value *b, unsigned depth, size_t *work) {
    int64_t x = 0;
    int64_t y = 0;
    if (!spend(work, depth > AG_VALUE_DEPTH ? SIZE_MAX : 1)) {
        return false;
    }
    if (ag_value_number(a, &x) && ag_value_number(b, &y)) {
        return x == y;
    }
    if (a->kind != b->kind) {
        return false;
    }
    switch (a->kind) {
    case AG_VALUE_NONE:
    case AG_VALUE_BOOL:
    case AG_VALUE_INT:
        return true;
    case AG_VALUE_STRING:
        return strings_equal(a->as.string, b->as.string, work);
    case AG_VALUE_LIST:
        return lists_equal(a, b, depth, work);
    case AG_VALUE_DICT:
        return dicts_equal(a, b, depth, work);
    }
    return false;
}

bool ag_value_equal(const ag_value *a, const ag_value *b, size_t *work) {
    return equal_at(a, b, 0, work);
}

/* Appends the character (or stray byte) at p as it stands in a Python literal; its length. */
static size_t repr_char(ag_buf *out, const char *p, size_t left, char quote) {
    unsigned char c = (unsigned char)*p;
    if (c == '\n' || c == '\r' || c == '\t') {
        ag_buf_puts(out, c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t");
        return 1;
    }
    if (c < 0x80) {
        if (c < 0x20 || c == 0x7f) {
            ag_buf_printf(out, "\\x%02x", c);
        } else {
            if (c == '\\' || *p == quote) {
                ag_buf_putc(out, '\\');
            }
            ag_buf_putc(out, *p);
        }
        return 1;
    }
    size_t n = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
    if (n > left || !ag_utf8_valid(p, n, NULL)) {
        ag_buf_printf(out, "\\x%02x", c);
        return 1;
    }
    if (c == 0xc2 && (unsigned char)p[1] <= 0xa0) { /* control characters of Latin 1 */
        ag_buf_printf(out, "\\x%02x", (unsigned char)p[1]);
    } else if (memcmp(p, "\xe2\x80\xa8", n) == 0 || memcmp(p, "\xe2\x80\xa9", n) == 0) {
        ag_buf_printf(out, "\\u20%02x", (unsigned char)p[2] - 0x80u); /* line separators */
    } else {
        ag_buf_putn(out, p, n);
    }
    return n;
}

static bool repr_string(ag_str s, ag_buf *out, size_t limit) {
    bool has_single = s.n > 0 && memchr(s.p, '\'', s.n) != NULL;
    bool has_double = s.n > 0 && memchr(s.p, '"', s.n) != NULL;
    char quote = has_single && !has_double ? '"' : '\'';
    ag_buf_putc(out, quote);
    for (size_t i = 0; i < s.n && out->n <= limit;) {
        i += repr_char(out, s.p + i, s.n - i, quote);
    }
    ag_buf_putc(out, quote);
    return out->n <= limit;
}

static bool repr_at(const ag_value *value, ag_buf *out, size_t limit, unsigned depth);

static bool repr_list(const ag_value *list, ag_buf *out, size_t limit, unsigned depth) {
    ag_buf_putc(out, '[');
    for (size_t i = 0; i < list->as.list.n; i++) {
        ag_buf_puts(out, i == 0 ? "" : ", ");
        if (!repr_at(list->as.list.items[i], out, limit, depth + 1)) {
            return false;
        }
    }
    ag_buf_putc(out, ']');
    return true;
}

static bool repr_dict(const ag_value *dict, ag_buf *out, size_t limit, unsigned depth) {
    ag_buf_putc(out, '{');
    for (size_t i = 0; i < dict->as.dict.n; i++) {
        const ag_value_entry *entry = &dict->as.dict.items[i];
        ag_buf_puts(out, i == 0 ? "" : ", ");
        (void)repr_string(ag_str_of(entry->key), out, limit);
        ag_buf_puts(out, ": ");
        if (!repr_at(entry->value, out, limit, depth + 1)) {
            return false;
        }
    }
    ag_buf_putc(out, '}');
    return true;
}

static bool repr_at(const ag_value *value, ag_buf *out, size_t limit, unsigned depth) {
    if (depth > AG_VALUE_DEPTH || out->n > limit) {
        return false;
    }
    switch (value->kind) {
    case AG_VALUE_NONE:
        ag_buf_puts(out, "None");
        break;
    case AG_VALUE_BOOL:
        ag_buf_puts(out, value->as.boolean ? "True" : "False");
        break;
    case AG_VALUE_INT:
        ag_buf_printf(out, "%" PRId64, value->as.integer);
        break;
    case AG_VALUE_STRING:
        return repr_string(value->as.string, out, limit);
    case AG_VALUE_LIST:
        return repr_list(value, out, limit, depth);
    case AG_VALUE_DICT:
        return repr_dict(value, out, limit, depth);
    }
    return out->n <= limit;
}

bool ag_value_repr(const ag_value *value, ag_buf *out, size_t limit) {
    return repr_at(value, out, limit, 0);
}
