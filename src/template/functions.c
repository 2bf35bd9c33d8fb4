#include "template/functions.h"

#include <stdlib.h>
#include <string.h>

#include "template/eval.h"

static bool text_arg(const ag_call *call, size_t i, ag_str *out) {
    return ag__eval_text(call->eval, call->at, call->args[i], out);
}

/* Ends a function that built its result in a buffer. */
static bool give_buf(const ag_call *call, ag_buf *buf, const ag_value **out) {
    bool ok = ag__eval_string(call->eval, call->at, ag_buf_text(buf), buf->n, out);
    ag_buf_release(buf);
    return ok;
}

static bool run_len(const ag_call *call, const ag_value **out) {
    const ag_value *value = call->args[0];
    size_t n = 0;
    switch (value->kind) {
    case AG_VALUE_STRING:
        n = ag_utf8_length(value->as.string.p, value->as.string.n);
        break;
    case AG_VALUE_LIST:
        n = value->as.list.n;
        break;
    case AG_VALUE_DICT:
        n = value->as.dict.n;
        break;
    case AG_VALUE_NONE:
    case AG_VALUE_BOOL:
    case AG_VALUE_INT:
        return ag__template_fail(call->eval->tmpl, call->at, call->eval->err, "%s has no length",
                                 ag_value_kind_name(value->kind));
    }
    *out = ag_value_int(call->eval->scratch, (int64_t)n);
    return true;
}

static bool run_repr(const ag_call *call, const ag_value **out) {
    return ag__eval_repr(call->eval, call->at, call->args[0], out);
}

static bool run_str(const ag_call *call, const ag_value **out) {
    *out = call->args[0];
    return (*out)->kind == AG_VALUE_STRING ||
           ag__eval_repr(call->eval, call->at, call->args[0], out);
}

static bool join(const ag_call *call, ag_str separator, const ag_value *list,
                 const ag_value **out) {
    ag_buf buf = AG_BUF_INIT;
    bool ok = true;
    for (size_t i = 0; ok && i < list->as.list.n; i++) {
        const ag_value *item = list->as.list.items[i];
        if (item->kind != AG_VALUE_STRING) {
            ag_buf_release(&buf);
            return ag__template_fail(call->eval->tmpl, call->at, call->eval->err,
                                     "%s: item %zu of the list is %s, not a string", call->name,
                                     i + 1, ag_value_kind_name(item->kind));
        }
        if (i > 0) {
            ag_buf_putn(&buf, separator.p, separator.n);
        }
        ag_buf_putn(&buf, item->as.string.p, item->as.string.n);
        ok = ag__eval_step(call->eval, call->at, separator.n + item->as.string.n) &&
             (buf.n <= call->eval->limits.memory || ag__eval_take(call->eval, call->at, buf.n));
    }
    if (!ok) {
        ag_buf_release(&buf);
        return false;
    }
    return give_buf(call, &buf, out);
}

/* Either order: `join(", ", xs)`, which `", ".join(xs)` is too, and `join(xs, ", ")`. */
static bool run_join(const ag_call *call, const ag_value **out) {
    const ag_value *first = call->args[0];
    const ag_value *second = call->args[1];
    if (first->kind == AG_VALUE_STRING && second->kind == AG_VALUE_LIST) {
        return join(call, first->as.string, second, out);
    }
    if (first->kind == AG_VALUE_LIST && second->kind == AG_VALUE_STRING) {
        return join(call, second->as.string, first, out);
    }
    return ag__template_fail(call->eval->tmpl, call->at, call->eval->err,
                             "join wants a separator and a list of strings, not %s and %s",
                             ag_value_kind_name(first->kind), ag_value_kind_name(second->kind));
}

/* As Alembic's: nothing for None, a string as it is, a list with commas between. */
static bool run_comma(const ag_call *call, const ag_value **out) {
    const ag_value *value = call->args[0];
    switch (value->kind) {
    case AG_VALUE_NONE:
        return ag__eval_string(call->eval, call->at, "", 0, out);
    case AG_VALUE_STRING:
        *out = value;
        return true;
    case AG_VALUE_LIST:
        return join(call, ag_str_of(", "), value, out);
    case AG_VALUE_BOOL:
    case AG_VALUE_INT:
    case AG_VALUE_DICT:
        break;
    }
    return ag__template_fail(call->eval->tmpl, call->at, call->eval->err,
                             "comma wants a list of strings, a string or None, not %s",
                             ag_value_kind_name(value->kind));
}

static char upper_char(char c) {
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool map_chars(const ag_call *call, char (*map)(char), const ag_value **out) {
    ag_str text;
    if (!text_arg(call, 0, &text)) {
        return false;
    }
    ag_buf buf = AG_BUF_INIT;
    for (size_t i = 0; i < text.n; i++) {
        ag_buf_putc(&buf, map(text.p[i]));
    }
    return give_buf(call, &buf, out);
}

static bool run_upper(const ag_call *call, const ag_value **out) {
    return map_chars(call, upper_char, out);
}

static bool run_lower(const ag_call *call, const ag_value **out) {
    return map_chars(call, ag_lower_char, out);
}

static bool run_trim(const ag_call *call, const ag_value **out) {
    ag_str text;
    if (!text_arg(call, 0, &text)) {
        return false;
    }
    ag_str trimmed = ag_str_trim(text);
    return ag__eval_string(call->eval, call->at, trimmed.p, trimmed.n, out);
}

static bool run_h(const ag_call *call, const ag_value **out) {
    ag_str text;
    if (!text_arg(call, 0, &text)) {
        return false;
    }
    static const char special[] = "&<>'\"";
    static const char *const entity[] = {"&amp;", "&lt;", "&gt;", "&#39;", "&#34;"};
    ag_buf buf = AG_BUF_INIT;
    for (size_t i = 0; i < text.n && buf.n <= call->eval->limits.memory; i++) {
        const char *found = text.p[i] == '\0' ? NULL : strchr(special, text.p[i]);
        if (found != NULL) {
            ag_buf_puts(&buf, entity[found - special]);
        } else {
            ag_buf_putc(&buf, text.p[i]);
        }
    }
    return give_buf(call, &buf, out);
}

/* Takes the next line (without its \n, \r or \r\n) off the text. */
static ag_str next_line(ag_str *text) {
    ag_str line = {.p = text->p, .n = 0};
    while (line.n < text->n && line.p[line.n] != '\n' && line.p[line.n] != '\r') {
        line.n++;
    }
    size_t end = line.n;
    if (end + 1 < text->n && text->p[end] == '\r' && text->p[end + 1] == '\n') {
        end++;
    }
    end += end < text->n;
    text->p += end;
    text->n -= end;
    return line;
}

static bool run_splitlines(const ag_call *call, const ag_value **out) {
    ag_str text;
    if (!text_arg(call, 0, &text)) {
        return false;
    }
    ag_value *list = ag_value_list(call->eval->scratch);
    while (text.n > 0) {
        ag_str line = next_line(&text);
        const ag_value *item;
        if (!ag__eval_string(call->eval, call->at, line.p, line.n, &item)) {
            return false;
        }
        ag_value_list_push(call->eval->scratch, list, item);
    }
    *out = list;
    return true;
}

/* Whether a comment of this text would be read as a directive or a key of the revision header. */
static bool is_reserved(ag_str text) {
    static const char *const words[] = {
        "autogen:", "Revision ID:", "Revises:", "Branch Labels:", "Depends On:", "Create Date:"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        ag_str start = {.p = text.p, .n = strlen(words[i])};
        if (text.n >= start.n && ag_str_ieq(start, words[i])) {
            return true;
        }
    }
    return false;
}

static bool is_control(char c) {
    return (unsigned char)c < ' ' || c == 0x7f;
}

static ag_str trim_end(ag_str text) {
    while (text.n > 0 && (text.p[text.n - 1] == ' ' || is_control(text.p[text.n - 1]))) {
        text.n--;
    }
    return text;
}

static void put_comment(ag_buf *buf, ag_str line) {
    char *safe = ag_xmalloc(line.n);
    if (line.n > 0) {
        memcpy(safe, line.p, line.n);
    }
    line = trim_end((ag_str){.p = safe, .n = ag_blank_unsafe(safe, line.n, false)});
    ag_buf_puts(buf, line.n == 0 ? "--" : "-- ");
    size_t indent = 0;
    while (indent < line.n && strchr(" \t-", line.p[indent]) != NULL) {
        indent++;
    }
    bool must_escape = is_reserved((ag_str){.p = line.p + indent, .n = line.n - indent});
    for (size_t i = 0; i < line.n; i++) {
        if (i == indent && must_escape) {
            ag_buf_putc(buf, '\\');
        }
        ag_buf_putc(buf, line.p[i]);
    }
    free(safe);
}

/*
 * Makes a text of any number of lines a SQL comment: no line of it can be read as SQL, as a
 * directive or as a header key; control characters, bidi marks and line separators become blanks;
 * no blanks at line ends, no empty lines at the end.
 */
static bool run_comment(const ag_call *call, const ag_value **out) {
    ag_str text;
    if (!text_arg(call, 0, &text)) {
        return false;
    }
    text = trim_end(text);
    ag_buf buf = AG_BUF_INIT;
    do {
        put_comment(&buf, next_line(&text));
        ag_buf_puts(&buf, text.n > 0 ? "\n" : "");
    } while (text.n > 0 && buf.n <= call->eval->limits.memory);
    return give_buf(call, &buf, out);
}

/* mako's "no default filters": nothing to do here, where a filter gets the value itself. */
static bool run_n(const ag_call *call, const ag_value **out) {
    *out = call->args[0];
    return true;
}

const ag_function ag__functions[] = {
    /* name, arguments, function, method, filter */
    {"len", 1, 1, true, false, false, run_len},
    {"repr", 1, 1, true, false, true, run_repr},
    {"str", 1, 1, true, false, true, run_str},
    {"join", 2, 2, true, true, false, run_join},
    {"upper", 1, 1, true, true, true, run_upper},
    {"lower", 1, 1, true, true, true, run_lower},
    {"strip", 1, 1, false, true, false, run_trim},
    {"splitlines", 1, 1, false, true, false, run_splitlines},
    {"comma", 1, 1, true, false, true, run_comma},
    {"comment", 1, 1, true, false, true, run_comment},
    {"trim", 1, 1, true, false, true, run_trim},
    {"h", 1, 1, false, false, true, run_h},
    {"n", 1, 1, false, false, true, run_n},
};
const size_t ag__n_functions = sizeof ag__functions / sizeof ag__functions[0];

const ag_function *ag__function_find(ag_str name) {
    for (size_t i = 0; i < ag__n_functions; i++) {
        if (ag_str_eq(name, ag__functions[i].name)) {
            return &ag__functions[i];
        }
    }
    return NULL;
}
