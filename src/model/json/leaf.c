/* Reading single values: strings, numbers, lists, and what the fields of a scope say of them. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "model/json/form.h"
#include "sql/normal.h"

enum { MAX_DIALECTS = 8, MAX_FIELDS = 64, LONGEST_KEY = 77 };

static const char *const actions[] = {"no action", "restrict",    "cascade",
                                      "set null",  "set default", NULL};
static const char *const conflicts[] = {"none",   "abort",   "rollback", "fail",
                                        "ignore", "replace", NULL};
static const char *const matches[] = {"simple", "full", "partial", NULL};
static const char *const deferrabilities[] = {"unstated",
                                              "not deferrable",
                                              "not deferrable initially immediate",
                                              "not deferrable initially deferred",
                                              "deferrable initially immediate",
                                              NULL};
static const char *const storages[] = {"default", "plain", "external", "extended", "main", NULL};
static const char *const compressions[] = {"default", "pglz", "lz4", NULL};
static const char *const replica_identities[] = {"default", "full", "nothing", NULL};

ag_loc ag__json_loc(const ag_json_reader *r, const ag_json *value) {
    return ag_json_loc(r->doc, value->start);
}

ag_error *ag__json_mistake(ag_json_reader *r, const ag_json *at, const char *format, ...) {
    va_list args;
    va_start(args, format);
    ag_error *err = ag_diags_vat(r->diags, ag__json_loc(r, at), NULL, format, args);
    va_end(args);
    ag_json_excerpt(err, r->doc, at->start);
    return err;
}

bool ag__json_gives_up(const ag_json_reader *r) {
    return r->diags->n_dropped >= 10000;
}

void ag__json_already(ag_error *err, ag_loc loc) {
    (void)ag_hint(err, "it is at %s:%d:%d already", loc.file, loc.line, loc.column);
}

static const char *list_words(ag_arena *arena, const char *const *words) {
    const char *text = words[0];
    for (size_t i = 1; words[i] != NULL; i++) {
        text = ag_arena_printf(arena, words[i + 1] == NULL ? "%s or %s" : "%s, %s", text, words[i]);
    }
    return text;
}

static size_t dialect_names(const char *names[MAX_DIALECTS]) {
    const ag_dialect *const *all = NULL;
    size_t n = ag_dialect_all(&all);
    n = n > MAX_DIALECTS ? MAX_DIALECTS : n;
    for (size_t i = 0; i < n; i++) {
        names[i] = all[i]->name;
    }
    return n;
}

static bool is_dialect(const ag_json_reader *r, const ag_json *key) {
    const char *names[MAX_DIALECTS];
    size_t n = dialect_names(names);
    bool found = false;
    for (size_t i = 0; i < n && !found; i++) {
        found = ag_json_is(r->doc, key, names[i]);
    }
    return found;
}

bool ag__json_is_per_dialect(const ag_json_reader *r, const ag_json *value) {
    if (value->type != AG_JSON_OBJECT || value->n == 0) {
        return false;
    }
    for (size_t i = 0; i < value->n; i++) {
        if (!is_dialect(r, ag_json_key(value, i))) {
            return false;
        }
    }
    return true;
}

/* Remembers which other dialects there is something for, so that it can be checked later. */
static void note_others(ag_json_reader *r, const ag_json *value, const ag_json *picked) {
    const char *names[MAX_DIALECTS];
    size_t n = dialect_names(names);
    for (size_t i = 0; i < n; i++) {
        const ag_json *other = ag_json_get(r->doc, value, names[i]);
        if (other != NULL && other != picked) {
            r->others |= 1u << i;
        }
    }
}

const ag_json *ag__json_pick(ag_json_reader *r, const ag_json *value) {
    if (!ag__json_is_per_dialect(r, value)) {
        return value;
    }
    const ag_json *picked = ag_json_get(r->doc, value, r->dialect->name);
    if (!r->is_of_other) {
        note_others(r, value, picked);
    } else if (picked != NULL) {
        ag_json_span span = {ag_json_loc(r->doc, picked->start), ag_json_loc(r->doc, picked->end)};
        ag_vec_push(NULL, &r->spans, span);
    }
    return picked;
}

/* The value is of the wrong type. An object may be a per-dialect one with a slip in it. */
static void wrong_type(ag_json_reader *r, const ag_json *value, const char *what,
                       const char *wanted) {
    const char *names[MAX_DIALECTS];
    size_t n = dialect_names(names);
    if (value->type == AG_JSON_OBJECT) {
        for (size_t i = 0; i < value->n; i++) {
            const ag_json *key = ag_json_key(value, i);
            const char *text = ag_json_text(r->arena, r->doc, key);
            const char *near = ag_did_you_mean(text, names, n);
            if (near != NULL && !is_dialect(r, key)) {
                ag_hint(ag__json_mistake(r, key, "unknown dialect \"%s\"", text),
                        "did you mean \"%s\"?", near);
                return;
            }
        }
    }
    ag__json_mistake(r, value, "%s must be %s, not %s", what, wanted, ag_json_type_name(value));
}

const char *ag__json_string(ag_json_reader *r, const ag_json *value, const char *what) {
    if (value->type != AG_JSON_STRING) {
        wrong_type(r, value, what, "a string");
        return NULL;
    }
    return ag_json_text(r->arena, r->doc, value);
}

const char *ag__json_name(ag_json_reader *r, const ag_json *value, const char *what) {
    const char *text = ag__json_string(r, value, what);
    bool takes_empty = (r->dialect->capabilities & AG_EMPTY_NAMES) != 0;
    if (text != NULL && *text == '\0' && !takes_empty) {
        ag__json_mistake(r, value, "%s is empty", what);
        return NULL;
    }
    return text;
}

/* Length of a text up to its last token: a comment at the end would swallow what follows. */
static size_t solid_length(const ag_json_reader *r, const char *text) {
    ag_lexer lexer = ag_lexer_of(r->dialect->flavor, ag_str_of(text));
    size_t n = 0;
    for (ag_token t = ag_lexer_next_solid(&lexer); t.kind != AG_TOKEN_END;
         t = ag_lexer_next_solid(&lexer)) {
        n = t.offset + t.n;
    }
    return n;
}

const char *ag__json_fragment(ag_json_reader *r, const ag_json *value, const char *what) {
    const char *text = ag__json_string(r, value, what);
    const char *problem = text == NULL ? NULL : ag_sql_expr_problem(r->dialect->flavor, text);
    if (problem != NULL) {
        ag__json_mistake(r, value, "%s is not a piece of SQL: %s", what, problem);
        return NULL;
    }
    size_t n = text == NULL ? 0 : solid_length(r, text);
    return text == NULL || text[n] == '\0' ? text : ag_arena_strndup(r->arena, text, n);
}

const char *ag__json_expr(ag_json_reader *r, const ag_json *value, const char *what) {
    switch ((ag_json_type)value->type) {
    case AG_JSON_NULL:
        return "NULL";
    case AG_JSON_FALSE:
        return "false";
    case AG_JSON_TRUE:
        return "true";
    case AG_JSON_NUMBER: {
        ag_str raw = ag_json_raw(r->doc, value);
        return ag_arena_strndup(r->arena, raw.p, raw.n);
    }
    case AG_JSON_STRING:
        return ag__json_fragment(r, value, what);
    case AG_JSON_LIST:
    case AG_JSON_OBJECT:
        break;
    }
    wrong_type(r, value, what, "SQL text or a literal");
    return NULL;
}

bool ag__json_bool(ag_json_reader *r, const ag_json *value, const char *what, bool *out) {
    if (value->type != AG_JSON_TRUE && value->type != AG_JSON_FALSE) {
        wrong_type(r, value, what, "true or false");
        return false;
    }
    *out = value->type == AG_JSON_TRUE;
    return true;
}

const char *ag__json_type(ag_json_reader *r, const ag_json *value, ag_loc *loc) {
    bool is_raw = ag__json_is_per_dialect(r, value);
    const ag_json *picked = ag__json_pick(r, value);
    if (picked == NULL) {
        return NULL;
    }
    if (loc != NULL) {
        *loc = ag__json_loc(r, picked);
    }
    if (is_raw) {
        return ag__json_fragment(r, picked, "\"type\"");
    }
    const char *written = ag__json_string(r, picked, "\"type\"");
    const char *mapped = written == NULL ? NULL : ag_map_get(&r->types, written);
    if (written == NULL || mapped != NULL) {
        return mapped;
    }
    const char *text = ag__json_fragment(r, picked, "\"type\"");
    if (text == NULL) {
        return NULL;
    }
    char *known = ag_arena_strdup(r->arena, r->dialect->map_type(r->arena, text));
    (void)ag_map_put(&r->types, written, known);
    return known;
}

bool ag__json_strings(ag_json_reader *r, const ag_json *value, const char *what, ag_strings *out) {
    if (value->type == AG_JSON_STRING) {
        const char *text = ag__json_name(r, value, what);
        if (text != NULL) {
            ag_vec_push(r->arena, out, text);
        }
        return text != NULL;
    }
    if (value->type != AG_JSON_LIST) {
        wrong_type(r, value, what, "a list of strings");
        return false;
    }
    bool ok = true;
    for (size_t i = 0; i < value->n; i++) {
        const char *text = ag__json_name(r, &value->items[i], what);
        ok = ok && text != NULL;
        if (text != NULL) {
            ag_vec_push(r->arena, out, text);
        }
    }
    return ok;
}

const char *ag__json_name_part(ag_arena *arena, const char **text) {
    const char *p = *text;
    if (*p != '"') {
        size_t n = strcspn(p, ".");
        *text = p + n;
        return ag_arena_strndup(arena, p, n);
    }
    char *part = ag_arena_alloc(arena, strlen(p) + 1);
    size_t n = 0;
    for (p++; *p != '\0'; p++) {
        if (*p == '"' && *++p != '"') {
            break;
        }
        part[n++] = *p;
    }
    bool is_closed = p[-1] == '"' && (*p == '.' || *p == '\0');
    *text = p;
    return is_closed ? part : NULL;
}

bool ag__json_qualified(ag_json_reader *r, const ag_json *at, const char *text, const char **ns,
                        const char **name) {
    *ns = NULL;
    *name = text;
    if ((r->dialect->capabilities & AG_CAN_NAMESPACES) == 0) {
        return true;
    }
    const char *rest = text;
    const char *first = ag__json_name_part(r->arena, &rest);
    const char *second = NULL;
    if (first != NULL && *rest == '.') {
        rest++;
        second = ag__json_name_part(r->arena, &rest);
    }
    if (first == NULL || (second == NULL && *rest != '\0') || *rest != '\0' || *first == '\0' ||
        (second != NULL && *second == '\0')) {
        ag_hint(ag__json_mistake(r, at, "\"%s\" is not a name or namespace.name", text),
                "a part that holds a dot or begins with a quote is written in double quotes");
        return false;
    }
    if (second != NULL) {
        *ns = first;
    }
    *name = second == NULL ? first : second;
    return true;
}

static const char *const *words_of(ag_json_form form) {
    switch (form) {
    case AG_FORM_ACTION:
        return actions;
    case AG_FORM_ON_CONFLICT:
        return conflicts;
    case AG_FORM_MATCH:
        return matches;
    case AG_FORM_DEFERRABILITY:
        return deferrabilities;
    case AG_FORM_STORAGE:
        return storages;
    case AG_FORM_COMPRESSION:
        return compressions;
    case AG_FORM_REPLICA_IDENTITY:
        return replica_identities;
    case AG_FORM_NOTE:
    case AG_FORM_TEXT:
    case AG_FORM_NAME:
    case AG_FORM_SQL:
    case AG_FORM_FLAG:
    case AG_FORM_INT:
    case AG_FORM_BIG:
    case AG_FORM_STRINGS:
    case AG_FORM_OPTIONS:
    case AG_FORM_CUSTOM:
    case AG_FORM_SUGAR:
        break;
    }
    return NULL;
}

static void read_word(ag_json_reader *r, const ag_json *value, const char *what, ag_json_form form,
                      const char **out) {
    const char *const *words = words_of(form);
    const char *text = ag__json_string(r, value, what);
    if (text == NULL) {
        return;
    }
    size_t n = 0;
    while (words[n] != NULL && !ag_text_ieq(words[n], text)) {
        n++;
    }
    if (words[n] != NULL) {
        *out = n == 0 ? NULL : words[n];
        return;
    }
    const char *near = ag_did_you_mean(text, words, n);
    ag_error *err = ag__json_mistake(r, value, "unknown value \"%s\" of %s", text, what);
    if (near != NULL) {
        ag_hint(err, "did you mean \"%s\"?", near);
    } else {
        ag_hint(err, "it may be %s", list_words(r->arena, words));
    }
}

static bool read_integer(ag_json_reader *r, const ag_json *value, const char *what, int64_t least,
                         int64_t most, int64_t *out) {
    ag_str raw = ag_json_raw(r->doc, value);
    if (value->type != AG_JSON_NUMBER || memchr(raw.p, '.', raw.n) != NULL ||
        memchr(raw.p, 'e', raw.n) != NULL || memchr(raw.p, 'E', raw.n) != NULL) {
        wrong_type(r, value, what, "an integer");
        return false;
    }
    char digits[32];
    bool fits = raw.n < sizeof digits;
    if (fits) {
        memcpy(digits, raw.p, raw.n);
        digits[raw.n] = '\0';
        errno = 0;
        *out = strtoll(digits, NULL, 10);
        fits = errno == 0 && *out >= least && *out <= most;
    }
    if (!fits) {
        ag_hint(ag__json_mistake(r, value, "%s is out of range", what),
                "it may be %" PRId64 " to %" PRId64, least, most);
    }
    return fits;
}

static void read_options(ag_json_reader *r, const ag_json *value, const char *what,
                         ag_options *out) {
    if (value->type != AG_JSON_OBJECT) {
        wrong_type(r, value, what, "an object");
        return;
    }
    for (size_t i = 0; i < value->n; i++) {
        const ag_json *key = ag_json_key(value, i);
        const ag_json *item = ag__json_pick(r, ag_json_value(value, i));
        ag_option option = {.name = ag__json_name(r, key, "the name of an option")};
        if (item == NULL || option.name == NULL) {
            continue;
        }
        if (item->type == AG_JSON_STRING) {
            option.value = ag_json_text(r->arena, r->doc, item);
        } else if (item->type != AG_JSON_LIST && item->type != AG_JSON_OBJECT &&
                   item->type != AG_JSON_NULL) {
            option.value = ag__json_expr(r, item, what);
        } else {
            wrong_type(r, item, "the value of an option", "a string, number, true or false");
            continue;
        }
        ag_vec_push(r->arena, out, option);
    }
}

/* The key in quotes, for messages; most are never seen, so that printing would be a waste. */
static void quote_key(char to[LONGEST_KEY + 3], const char *key) {
    size_t n = strnlen(key, LONGEST_KEY);
    to[0] = '"';
    memcpy(to + 1, key, n);
    to[n + 1] = '"';
    to[n + 2] = '\0';
}

static void read_field(ag_json_reader *r, const ag_json_field *field, const ag_json *value,
                       void *node) {
    void *member = (char *)node + field->offset;
    char what[LONGEST_KEY + 3];
    int64_t number = 0;
    const char *text = NULL;
    if (field->form == AG_FORM_CUSTOM || field->form == AG_FORM_SUGAR) {
        field->read(r, value, node);
        return;
    }
    quote_key(what, field->key);
    const ag_json *picked = field->form == AG_FORM_OPTIONS && !ag__json_is_per_dialect(r, value)
                                ? value
                                : ag__json_pick(r, value);
    if (picked == NULL) {
        return;
    }
    switch (field->form) {
    case AG_FORM_NOTE:
        (void)ag__json_string(r, picked, what);
        break;
    case AG_FORM_TEXT:
    case AG_FORM_NAME:
        text = field->form == AG_FORM_TEXT ? ag__json_string(r, picked, what)
                                           : ag__json_name(r, picked, what);
        if (text != NULL) {
            *(const char **)member = text;
        }
        break;
    case AG_FORM_SQL:
        *(const char **)member = ag__json_fragment(r, picked, what);
        break;
    case AG_FORM_FLAG:
        (void)ag__json_bool(r, picked, what, member);
        break;
    case AG_FORM_INT:
        if (read_integer(r, picked, what, -1, 32767, &number)) {
            *(int *)member = (int)number;
        }
        break;
    case AG_FORM_BIG:
        *(bool *)((char *)node + field->has_offset) =
            read_integer(r, picked, what, INT64_MIN, INT64_MAX, member);
        break;
    case AG_FORM_STRINGS:
        (void)ag__json_strings(r, picked, what, member);
        break;
    case AG_FORM_OPTIONS:
        read_options(r, picked, what, member);
        break;
    case AG_FORM_ACTION:
    case AG_FORM_ON_CONFLICT:
    case AG_FORM_MATCH:
    case AG_FORM_DEFERRABILITY:
    case AG_FORM_STORAGE:
    case AG_FORM_COMPRESSION:
    case AG_FORM_REPLICA_IDENTITY:
        read_word(r, picked, what, field->form, member);
        break;
    case AG_FORM_CUSTOM:
    case AG_FORM_SUGAR:
        break;
    }
}

static void unknown_key(ag_json_reader *r, const ag_json_scope *scope, const ag_json *key) {
    const char *names[MAX_FIELDS];
    size_t n = 0;
    for (; n < scope->n && n < MAX_FIELDS; n++) {
        names[n] = scope->fields[n].key;
    }
    const char *text = ag_json_text(r->arena, r->doc, key);
    ag_error *err = ag__json_mistake(r, key, "unknown key \"%s\" in %s", text, scope->what);
    const char *near = err == NULL ? NULL : ag_did_you_mean(text, names, n);
    if (near != NULL) {
        ag_hint(err, "did you mean \"%s\"?", near);
    }
}

bool ag__json_read(ag_json_reader *r, const ag_json_scope *scope, const ag_json *object,
                   void *node) {
    if (object->type != AG_JSON_OBJECT) {
        ag__json_mistake(r, object, "%s must be an object, not %s", scope->what,
                         ag_json_type_name(object));
        return false;
    }
    for (size_t i = 0; i < object->n && !ag__json_gives_up(r); i++) {
        const ag_json *key = ag_json_key(object, i);
        size_t f = 0;
        while (f < scope->n && !ag_json_is(r->doc, key, scope->fields[f].key)) {
            f++;
        }
        if (f == scope->n) {
            unknown_key(r, scope, key);
        } else {
            read_field(r, &scope->fields[f], ag_json_value(object, i), node);
        }
    }
    return true;
}
