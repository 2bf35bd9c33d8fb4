/* Writing single values and the fields of a scope. */
#include <inttypes.h>
#include <string.h>

#include "base/map.h"
#include "base/str.h"
#include "model/json/form.h"

static void new_line(ag_json_writer *w) {
    ag_buf_putc(w->out, '\n');
    for (int i = 0; i < w->indent; i++) {
        ag_buf_puts(w->out, "  ");
    }
}

void ag__json_item(ag_json_writer *w) {
    if (!w->is_first) {
        ag_buf_putc(w->out, ',');
    }
    if (w->n_inline == 0) {
        new_line(w);
    } else if (!w->is_first) {
        ag_buf_putc(w->out, ' ');
    }
    w->is_first = false;
}

void ag__json_open(ag_json_writer *w, char bracket, bool on_lines) {
    ag_buf_putc(w->out, bracket);
    w->is_first = true;
    if (w->n_inline > 0 || !on_lines) {
        w->n_inline++;
    } else {
        w->indent++;
    }
}

void ag__json_close(ag_json_writer *w, char bracket) {
    if (w->n_inline > 0) {
        w->n_inline--;
    } else {
        w->indent--;
        if (!w->is_first) {
            new_line(w);
        }
    }
    ag_buf_putc(w->out, bracket);
    w->is_first = false;
}

void ag__json_put_string(ag_json_writer *w, const char *text) {
    size_t n = strlen(text);
    if (!ag_utf8_valid(text, n, NULL) && !w->has_failed) {
        w->has_failed = true;
        ag_fail(w->err, AG_INPUT,
                "a name or text that is not valid UTF-8 cannot be written as JSON%s%s",
                w->table == NULL ? "" : ", in table ", w->table == NULL ? "" : w->table->name);
    }
    ag_json_quote(w->out, text);
}

void ag__json_put_key(ag_json_writer *w, const char *key) {
    ag__json_item(w);
    ag__json_put_string(w, key);
    ag_buf_puts(w->out, ": ");
}

void ag__json_put_text(ag_json_writer *w, const char *key, const char *text) {
    if (text != NULL) {
        ag__json_put_key(w, key);
        ag__json_put_string(w, text);
    }
}

void ag__json_put_true(ag_json_writer *w, const char *key) {
    ag__json_put_key(w, key);
    ag_buf_puts(w->out, "true");
}

void ag__json_put_strings(ag_json_writer *w, const ag_strings *list) {
    ag__json_open(w, '[', false);
    for (size_t i = 0; i < list->n; i++) {
        ag__json_item(w);
        ag__json_put_string(w, list->items[i]);
    }
    ag__json_close(w, ']');
}

bool ag__json_type_is_itself(ag_json_writer *w, const char *type) {
    static char yes[] = "yes";
    static char no[] = "no";
    const char *known = ag_map_get(w->types, type);
    if (known == NULL) {
        ag_arena_mark mark = ag_arena_mark_now(w->scratch);
        known = ag_text_eq(w->dialect->map_type(w->scratch, type), type) ? yes : no;
        ag_arena_reset(w->scratch, mark);
        (void)ag_map_put(w->types, type, known == yes ? yes : no);
    }
    return known == yes;
}

void ag__json_put_type(ag_json_writer *w, const char *key, const char *type) {
    if (type == NULL || *type == '\0') {
        return;
    }
    ag__json_put_key(w, key);
    if (ag__json_type_is_itself(w, type)) {
        ag__json_put_string(w, type);
        return;
    }
    ag__json_open(w, '{', false);
    ag__json_put_text(w, w->dialect->name, type);
    ag__json_close(w, '}');
}

/* A JSON number that is read back as exactly these bytes. */
static bool is_json_number(const char *text) {
    const char *p = text + (*text == '-');
    if (!ag_is_digit(*p) || (*p == '0' && ag_is_digit(p[1]))) {
        return false;
    }
    p += strspn(p, "0123456789");
    if (*p == '.') {
        size_t n = strspn(p + 1, "0123456789");
        if (n == 0) {
            return false;
        }
        p += n + 1;
    }
    return *p == '\0';
}

void ag__json_put_expr(ag_json_writer *w, const char *key, const char *expr) {
    if (expr == NULL) {
        return;
    }
    ag__json_put_key(w, key);
    if (is_json_number(expr) || ag_text_eq(expr, "true") || ag_text_eq(expr, "false")) {
        ag_buf_puts(w->out, expr);
    } else if (ag_text_eq(expr, "NULL")) {
        ag_buf_puts(w->out, "null");
    } else {
        ag__json_put_string(w, expr);
    }
}

static void put_name_part(ag_buf *buf, const char *part) {
    if (*part != '"' && strchr(part, '.') == NULL) {
        ag_buf_puts(buf, part);
        return;
    }
    ag_buf_putc(buf, '"');
    for (; *part != '\0'; part++) {
        if (*part == '"') {
            ag_buf_putc(buf, '"');
        }
        ag_buf_putc(buf, *part);
    }
    ag_buf_putc(buf, '"');
}

char *ag__json_name_from(ag_json_writer *w, const char *from, const char *ns, const char *name) {
    if ((w->dialect->capabilities & AG_CAN_NAMESPACES) == 0) {
        return ag_arena_strdup(w->scratch, name);
    }
    ag_buf buf = AG_BUF_INIT;
    if (ns != NULL && !ag_text_eq(ns, from)) {
        put_name_part(&buf, ns);
        ag_buf_putc(&buf, '.');
    }
    put_name_part(&buf, name);
    char *text = ag_buf_copy(&buf, w->scratch);
    ag_buf_release(&buf);
    return text;
}

char *ag__json_name_of(ag_json_writer *w, const char *ns, const char *name) {
    return ag__json_name_from(w, w->dialect->default_namespace, ns, name);
}

/* Each has a name and no two the same: they can be the keys of an object. */
static bool are_keys(const ag_strings *names) {
    ag_map seen = AG_MAP_INIT;
    bool ok = true;
    for (size_t i = 0; ok && i < names->n; i++) {
        const char *name = names->items[i];
        ok = name != NULL && !ag_map_has(&seen, name);
        if (ok) {
            ag_map_put(&seen, name, &seen);
        }
    }
    ag_map_release(&seen);
    return ok;
}

void ag__json_open_named(ag_json_writer *w, const ag_strings *names) {
    w->in_list = !are_keys(names);
    ag__json_open(w, w->in_list ? '[' : '{', true);
}

void ag__json_put_named(ag_json_writer *w, const char *name) {
    if (w->in_list) {
        ag__json_item(w);
    } else {
        ag__json_put_key(w, name);
    }
}

void ag__json_close_named(ag_json_writer *w) {
    ag__json_close(w, w->in_list ? ']' : '}');
    w->in_list = false;
}

static void put_options(ag_json_writer *w, const char *key, const ag_options *options) {
    ag__json_put_key(w, key);
    ag__json_open(w, '{', false);
    for (size_t i = 0; i < options->n; i++) {
        const char *value = options->items[i].value;
        ag__json_put_text(w, options->items[i].name, value == NULL ? "" : value);
    }
    ag__json_close(w, '}');
}

static void write_field(ag_json_writer *w, const ag_json_field *field, const void *node) {
    const void *member = (const char *)node + field->offset;
    const ag_strings *strings = member;
    const ag_options *options = member;
    switch (field->form) {
    case AG_FORM_TEXT:
    case AG_FORM_NAME:
    case AG_FORM_SQL:
    case AG_FORM_ACTION:
    case AG_FORM_ON_CONFLICT:
    case AG_FORM_MATCH:
    case AG_FORM_DEFERRABILITY:
    case AG_FORM_STORAGE:
    case AG_FORM_COMPRESSION:
    case AG_FORM_REPLICA_IDENTITY:
        ag__json_put_text(w, field->key, *(const char *const *)member);
        break;
    case AG_FORM_FLAG:
        if (*(const bool *)member) {
            ag__json_put_true(w, field->key);
        }
        break;
    case AG_FORM_INT:
        if (*(const int *)member != -1) {
            ag__json_put_key(w, field->key);
            ag_buf_printf(w->out, "%d", *(const int *)member);
        }
        break;
    case AG_FORM_BIG:
        if (*((const bool *)((const char *)node + field->has_offset))) {
            ag__json_put_key(w, field->key);
            ag_buf_printf(w->out, "%" PRId64, *(const int64_t *)member);
        }
        break;
    case AG_FORM_STRINGS:
        if (strings->n > 0) {
            ag__json_put_key(w, field->key);
            ag__json_put_strings(w, strings);
        }
        break;
    case AG_FORM_OPTIONS:
        if (options->n > 0) {
            put_options(w, field->key, options);
        }
        break;
    case AG_FORM_CUSTOM:
        field->write(w, field->key, node);
        break;
    case AG_FORM_NOTE:
    case AG_FORM_SUGAR:
        break;
    }
}

void ag__json_write(ag_json_writer *w, const ag_json_scope *scope, const void *node) {
    for (size_t i = 0; i < scope->n; i++) {
        write_field(w, &scope->fields[i], node);
    }
}

bool ag__json_is_plain(ag_json_writer *w, const ag_json_scope *scope, const void *node) {
    ag_json_writer probe = *w;
    ag_buf buf = AG_BUF_INIT;
    probe.out = &buf;
    probe.err = NULL;
    ag__json_write(&probe, scope, node);
    bool is_plain = buf.n == 0;
    ag_buf_release(&buf);
    return is_plain;
}
