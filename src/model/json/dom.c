#include "model/json/dom.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

enum { SMALL_OBJECT = 12 };

typedef struct parser {
    ag_json_doc *doc;
    ag_diags *diags;
    AG_VEC(ag_json) stack; /* the finished children of the containers that are still open */
    size_t n_values;
    uint32_t at;
    int depth;
} parser;

static ag_error *mistake(parser *p, size_t offset, const char *message) {
    const ag_json_doc *doc = p->doc;
    ag_error *err = ag_diags_at(p->diags, ag_json_loc(doc, (uint32_t)offset), NULL, "%s", message);
    ag_json_excerpt(err, doc, (uint32_t)offset);
    return err;
}

/* A mistake that ends the parse. */
static bool fail(parser *p, size_t offset, const char *message, const char *hint) {
    ag_error *err = mistake(p, offset, message);
    return hint == NULL ? false : ag_hint(err, "%s", hint);
}

static char peek(const parser *p) {
    return p->at < p->doc->n ? p->doc->text[p->at] : '\0';
}

static bool skip_space(parser *p) {
    const char *text = p->doc->text;
    uint32_t at = p->at;
    size_t n = p->doc->n;
    while (at < n &&
           (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
        at++;
    }
    p->at = at;
    if (at < n && (text[at] == '/' || text[at] == '#')) {
        return fail(p, p->at, "JSON has no comments",
                    "a \"comment\" key describes tables and columns");
    }
    return true;
}

static int hex_digit(char c) {
    if (ag_is_digit(c)) {
        return c - '0';
    }
    c = ag_lower_char(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The four digits of \uXXXX, or -1. */
static int32_t hex4(const char *text, size_t n, size_t at) {
    int32_t value = 0;
    for (size_t i = 0; i < 4; i++) {
        int digit = at + i < n ? hex_digit(text[at + i]) : -1;
        if (digit < 0) {
            return -1;
        }
        value = value * 16 + digit;
    }
    return value;
}

static bool check_unicode_escape(parser *p) {
    const ag_json_doc *doc = p->doc;
    uint32_t start = p->at;
    int32_t unit = hex4(doc->text, doc->n, p->at + 2);
    if (unit < 0) {
        return fail(p, start, "\\u needs four hexadecimal digits", NULL);
    }
    p->at += 6;
    if (unit == 0) {
        (void)fail(p, start, "\\u0000 cannot be in a name or text",
                   "no database can hold a NUL character");
    } else if (unit >= 0xDC00 && unit <= 0xDFFF) {
        return fail(p, start, "the second half of a surrogate pair stands alone", NULL);
    } else if (unit >= 0xD800 && unit <= 0xDBFF) {
        bool escaped =
            p->at + 1 < doc->n && doc->text[p->at] == '\\' && doc->text[p->at + 1] == 'u';
        int32_t low = escaped ? hex4(doc->text, doc->n, p->at + 2) : -1;
        if (low < 0xDC00 || low > 0xDFFF) {
            return fail(p, start, "the first half of a surrogate pair stands alone", NULL);
        }
        p->at += 6;
    }
    return true;
}

static bool check_escape(parser *p) {
    char c = p->at + 1 < p->doc->n ? p->doc->text[p->at + 1] : '\0';
    if (c == 'u') {
        return check_unicode_escape(p);
    }
    if (c == '\0' || strchr("\"\\/bfnrt", c) == NULL) {
        return fail(p, p->at, "unknown escape in a string", "a backslash itself is written \\\\");
    }
    p->at += 2;
    return true;
}

static bool parse_string(parser *p, ag_json *out) {
    const ag_json_doc *doc = p->doc;
    *out = (ag_json){.start = p->at, .type = AG_JSON_STRING};
    p->at++;
    while (p->at < doc->n && doc->text[p->at] != '"') {
        unsigned char c = (unsigned char)doc->text[p->at];
        if (c == '\\') {
            out->has_escapes = true;
            if (!check_escape(p)) {
                return false;
            }
        } else if (c == '\n' || c == '\r') {
            return fail(p, out->start, "the string is not closed on its line",
                        "a line end inside a string is written \\n");
        } else if (c < 0x20) {
            return fail(p, p->at, "a control character in a string must be written as an escape",
                        NULL);
        } else {
            p->at++;
        }
    }
    if (p->at >= doc->n) {
        return fail(p, out->start, "the string is not closed", NULL);
    }
    p->at++;
    out->end = p->at;
    return true;
}

static bool skip_digits(parser *p) {
    uint32_t start = p->at;
    while (ag_is_digit(peek(p))) {
        p->at++;
    }
    return p->at > start;
}

static bool parse_number(parser *p, ag_json *out) {
    *out = (ag_json){.start = p->at, .type = AG_JSON_NUMBER};
    bool ok = true;
    p->at += peek(p) == '-';
    if (peek(p) == '0') {
        p->at++;
        ok = !ag_is_digit(peek(p));
    } else {
        ok = skip_digits(p);
    }
    if (ok && peek(p) == '.') {
        p->at++;
        ok = skip_digits(p);
    }
    if (ok && (peek(p) == 'e' || peek(p) == 'E')) {
        p->at++;
        p->at += peek(p) == '+' || peek(p) == '-';
        ok = skip_digits(p);
    }
    out->end = p->at;
    return ok || fail(p, out->start, "not a JSON number", NULL);
}

static bool parse_word(parser *p, ag_json *out) {
    static const struct {
        const char *word;
        ag_json_type type;
    } words[] = {{"null", AG_JSON_NULL}, {"true", AG_JSON_TRUE}, {"false", AG_JSON_FALSE}};
    const ag_json_doc *doc = p->doc;
    uint32_t end = p->at;
    while (end < doc->n && (ag_is_alnum(doc->text[end]) || doc->text[end] == '_')) {
        end++;
    }
    ag_str found = {doc->text + p->at, end - p->at};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ag_str_eq(found, words[i].word)) {
            *out = (ag_json){.start = p->at, .end = end, .type = (uint8_t)words[i].type};
            p->at = end;
            return true;
        }
    }
    char c = peek(p);
    if (p->at >= doc->n) {
        return fail(p, p->at, "the text ends where a value should be", NULL);
    }
    if (c == '\'') {
        return fail(p, p->at, "strings are written in double quotes", NULL);
    }
    if (c == '}' || c == ']') {
        return fail(p, p->at, "a value should be here",
                    c == ']' ? "JSON has no comma after the last item" : NULL);
    }
    return fail(p, p->at, "not a JSON value",
                found.n > 0 ? "texts are written in double quotes" : NULL);
}

static bool parse_value(parser *p, ag_json *out);

/* Moves the children on top of the stack into the arena. */
static void close_container(parser *p, size_t base, ag_json *out) {
    size_t n = p->stack.n - base;
    p->at++;
    out->end = p->at;
    out->n = (uint32_t)(out->type == AG_JSON_OBJECT ? n / 2 : n);
    out->items =
        n == 0 ? NULL : ag_arena_copy(p->doc->arena, p->stack.items + base, n * sizeof(ag_json));
    p->stack.n = base;
}

static bool push(parser *p, const ag_json *value) {
    if (++p->n_values > AG_JSON_MAX_VALUES) {
        return fail(p, value->start, "the text holds too many values",
                    "cut the model into several files");
    }
    ag_vec_push(NULL, &p->stack, *value);
    return true;
}

static bool parse_key(parser *p) {
    ag_json key = {0};
    char c = peek(p);
    if (c != '"') {
        const char *hint = c == '}'    ? "JSON has no comma after the last item"
                           : c == '\'' ? "strings are written in double quotes"
                                       : NULL;
        return fail(p, p->at, "a key in double quotes should be here", hint);
    }
    if (!parse_string(p, &key) || !push(p, &key) || !skip_space(p)) {
        return false;
    }
    if (peek(p) != ':') {
        return fail(p, p->at, "a colon should be here, after the key", NULL);
    }
    p->at++;
    return skip_space(p);
}

/* The range of a key, or its decoded value when it has escapes. */
static ag_str key_text(const ag_json_doc *doc, const ag_json *key) {
    if (key->has_escapes) {
        return ag_str_of(ag_json_text(doc->arena, doc, key));
    }
    return (ag_str){doc->text + key->start + 1, key->end - key->start - 2};
}

typedef struct keyed {
    ag_str text;
    const ag_json *key;
} keyed;

static int compare_keys(const void *a, const void *b) {
    const keyed *x = a;
    const keyed *y = b;
    int order = memcmp(x->text.p, y->text.p, x->text.n < y->text.n ? x->text.n : y->text.n);
    if (order == 0 && x->text.n != y->text.n) {
        order = x->text.n < y->text.n ? -1 : 1;
    }
    return order != 0 ? order : x->key->start < y->key->start ? -1 : 1;
}

static void report_duplicate(parser *p, const ag_json *first, const ag_json *second) {
    const ag_json_doc *doc = p->doc;
    ag_str raw = ag_json_raw(doc, second);
    int shown = raw.n > 200 ? 200 : (int)raw.n;
    char message[300];
    (void)snprintf(message, sizeof message, "the key %.*s is here twice", shown, raw.p);
    ag_loc loc = ag_json_loc(doc, first->start);
    (void)ag_hint(mistake(p, second->start, message), "it is at %s:%d:%d already", loc.file,
                  loc.line, loc.column);
}

/* Of members with one key the first stays. `is_duplicate` is by member. */
static void drop_duplicates(ag_json *object, const bool *is_duplicate) {
    ag_json *items = (ag_json *)(uintptr_t)object->items; /* our own copy */
    uint32_t n = 0;
    for (uint32_t i = 0; i < object->n; i++) {
        if (!is_duplicate[i]) {
            items[2 * n] = items[2 * i];
            items[2 * n + 1] = items[2 * i + 1];
            n++;
        }
    }
    object->n = n;
}

static void check_duplicates(parser *p, ag_json *object) {
    if (object->n < 2) {
        return;
    }
    const ag_json_doc *doc = p->doc;
    keyed few[SMALL_OBJECT];
    keyed *keys = object->n <= SMALL_OBJECT ? few : ag_xmalloc(object->n * sizeof *keys);
    ag_arena_mark mark = ag_arena_mark_now(doc->arena);
    for (size_t i = 0; i < object->n; i++) {
        keys[i] = (keyed){key_text(doc, ag_json_key(object, i)), ag_json_key(object, i)};
    }
    qsort(keys, object->n, sizeof *keys, compare_keys);
    size_t first = 0;
    bool *is_duplicate = NULL;
    for (size_t i = 1; i < object->n; i++) {
        if (keys[i].text.n != keys[first].text.n ||
            memcmp(keys[i].text.p, keys[first].text.p, keys[i].text.n) != 0) {
            first = i;
            continue;
        }
        if (is_duplicate == NULL) {
            is_duplicate = ag_arena_array(doc->arena, object->n, sizeof *is_duplicate);
        }
        is_duplicate[(keys[i].key - object->items) / 2] = true;
        report_duplicate(p, keys[first].key, keys[i].key);
    }
    if (is_duplicate != NULL) {
        drop_duplicates(object, is_duplicate);
    }
    ag_arena_reset(doc->arena, mark);
    if (keys != few) {
        free(keys);
    }
}

static bool parse_items(parser *p, ag_json *out, char close) {
    size_t base = p->stack.n;
    p->at++;
    if (!skip_space(p)) {
        return false;
    }
    bool more = peek(p) != close;
    while (more) {
        ag_json value = {0};
        if ((out->type == AG_JSON_OBJECT && !parse_key(p)) || !parse_value(p, &value) ||
            !push(p, &value) || !skip_space(p)) {
            return false;
        }
        more = peek(p) == ',';
        if (more) {
            p->at++;
            if (!skip_space(p)) {
                return false;
            }
        }
    }
    if (peek(p) != close) {
        const char *what = out->type == AG_JSON_OBJECT ? "a comma or } should be here"
                                                       : "a comma or ] should be here";
        return fail(p, p->at, p->at < p->doc->n ? what : "the text ends before all is closed",
                    NULL);
    }
    close_container(p, base, out);
    if (out->type == AG_JSON_OBJECT) {
        check_duplicates(p, out);
    }
    return true;
}

static bool parse_value(parser *p, ag_json *out) {
    char c = peek(p);
    if (c == '"') {
        return parse_string(p, out);
    }
    if (c == '-' || ag_is_digit(c)) {
        return parse_number(p, out);
    }
    if (c != '{' && c != '[') {
        return parse_word(p, out);
    }
    if (p->depth >= AG_JSON_MAX_DEPTH) {
        return fail(p, p->at, "nested too deeply", "a model needs fewer than ten levels");
    }
    *out = (ag_json){.start = p->at, .type = c == '{' ? AG_JSON_OBJECT : AG_JSON_LIST};
    p->depth++;
    bool ok = parse_items(p, out, c == '{' ? '}' : ']');
    p->depth--;
    return ok;
}

static bool parse_document(parser *p) {
    ag_json_doc *doc = p->doc;
    size_t bad = 0;
    if (!ag_utf8_valid(doc->text, doc->n, &bad)) {
        return fail(p, bad, "not valid UTF-8", "JSON is always UTF-8; convert the file");
    }
    if (!skip_space(p)) {
        return false;
    }
    if (p->at >= doc->n) {
        return fail(p, 0, "the file is empty", "the smallest model is {}");
    }
    ag_json *root = ag_arena_new_of(doc->arena, ag_json);
    if (!parse_value(p, root) || !skip_space(p)) {
        return false;
    }
    if (p->at < doc->n) {
        return fail(p, p->at, "more text after the end of the document", NULL);
    }
    doc->root = root;
    return true;
}

bool ag_json_parse(ag_arena *arena, const char *file, const char *text, size_t n, ag_json_doc **out,
                   ag_diags *diags) {
    ag_json_source source = {.file = file, .text = text, .n = n};
    return ag_json_parse_source(arena, &source, out, diags);
}

bool ag_json_parse_source(ag_arena *arena, const ag_json_source *source, ag_json_doc **out,
                          ag_diags *diags) {
    ag_json_doc *doc = ag_arena_new_of(arena, ag_json_doc);
    bool has_mark = source->n >= 3 && memcmp(source->text, "\xEF\xBB\xBF", 3) == 0;
    doc->file = ag_arena_strdup(arena, source->file);
    doc->arena = arena;
    doc->text = has_mark ? source->text + 3 : source->text;
    doc->n = has_mark ? source->n - 3 : source->n;
    doc->places = source->places;
    doc->n_places = source->n_places;
    *out = doc;
    if (source->n > AG_JSON_MAX_BYTES) {
        ag_loc loc = {.file = doc->file, .line = 1, .column = 1};
        return ag_hint(ag_diags_at(diags, loc, NULL, "the file is larger than %d MiB",
                                   AG_JSON_MAX_BYTES >> 20),
                       "cut the model into several files");
    }
    ag__json_make_marks(doc);
    parser p = {.doc = doc, .diags = diags};
    bool ok = parse_document(&p);
    ag_vec_release(&p.stack);
    return ok;
}

ag_str ag_json_raw(const ag_json_doc *doc, const ag_json *value) {
    return (ag_str){doc->text + value->start, value->end - value->start};
}

/* Decodes one escape that was checked before; returns the bytes it took of the text. */
static size_t decode_escape(const char *text, size_t n, char *to, size_t *written) {
    static const char names[] = "\"\\/bfnrt";
    static const char values[] = "\"\\/\b\f\n\r\t";
    if (text[1] != 'u') {
        to[0] = values[strchr(names, text[1]) - names];
        *written = 1;
        return 2;
    }
    uint32_t unit = (uint32_t)hex4(text, n, 2);
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        uint32_t low = (uint32_t)hex4(text, n, 8);
        *written = ag_utf8_encode(to, 0x10000u + ((unit - 0xD800u) << 10) + (low - 0xDC00u));
        return 12;
    }
    *written = ag_utf8_encode(to, unit);
    return 6;
}

char *ag_json_text(ag_arena *arena, const ag_json_doc *doc, const ag_json *string) {
    const char *from = doc->text + string->start + 1;
    size_t n = string->end - string->start - 2;
    if (!string->has_escapes) {
        return ag_arena_strndup(arena, from, n);
    }
    char *text = ag_arena_alloc(arena, n + 1); /* a value is never longer than its spelling */
    char *to = text;
    for (size_t i = 0; i < n;) {
        if (from[i] == '\\') {
            size_t written = 0;
            i += decode_escape(from + i, n - i, to, &written);
            to += written;
        } else {
            *to++ = from[i++];
        }
    }
    *to = '\0';
    return text;
}

bool ag_json_is(const ag_json_doc *doc, const ag_json *string, const char *text) {
    if (string->type != AG_JSON_STRING) {
        return false;
    }
    if (!string->has_escapes) {
        return ag_str_eq((ag_str){doc->text + string->start + 1, string->end - string->start - 2},
                         text);
    }
    ag_arena_mark mark = ag_arena_mark_now(doc->arena);
    bool same = ag_text_eq(ag_json_text(doc->arena, doc, string), text);
    ag_arena_reset(doc->arena, mark);
    return same;
}

const char *ag_json_type_name(const ag_json *value) {
    static const char *const names[] = {"null",     "false",  "true",     "a number",
                                        "a string", "a list", "an object"};
    return names[value->type];
}

const ag_json *ag_json_get(const ag_json_doc *doc, const ag_json *object, const char *key) {
    for (size_t i = 0; i < object->n; i++) {
        if (ag_json_is(doc, ag_json_key(object, i), key)) {
            return ag_json_value(object, i);
        }
    }
    return NULL;
}

void ag_json_quote(ag_buf *out, const char *text) {
    ag_buf_putc(out, '"');
    const char *run = text;
    for (const char *p = text;; p++) {
        unsigned char c = (unsigned char)*p;
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f) {
            continue;
        }
        ag_buf_putn(out, run, (size_t)(p - run));
        run = p + 1;
        if (c == '\0') {
            break;
        }
        static const char named[] = "\"\\\b\f\n\r\t";
        const char *found = strchr(named, (char)c);
        if (found != NULL) {
            ag_buf_putc(out, '\\');
            ag_buf_putc(out, "\"\\bfnrt"[found - named]);
        } else {
            ag_buf_printf(out, "\\u%04x", c);
        }
    }
    ag_buf_putc(out, '"');
}
