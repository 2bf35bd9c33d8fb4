/* Columns as fields: the C type, and what of the column it does not say. */
#include <stdlib.h>
#include <string.h>

#include "model/c/writer.h"

/* The declaration of a field, around its name. */
typedef struct shape {
    const char *before; /* "char *" */
    const char *after;  /* "[321]" */
    bool is_pointer;
    bool is_said; /* the reader takes the type from it */
} shape;

enum { LONGEST_ARRAY = 4096 };

/* The number in the parentheses a type ends with; 0 when it is none or too long for an array. */
static int length_of(const char *type) {
    const char *open = strchr(type, '(');
    size_t n = open == NULL ? 0 : strspn(open + 1, "0123456789");
    if (n == 0 || n > 4 || strcmp(open + 1 + n, ")") != 0) {
        return 0;
    }
    long length = strtol(open + 1, NULL, 10);
    return length >= LONGEST_ARRAY ? 0 : (int)length;
}

static bool holds(const char *type, const char *word) {
    for (; *type != '\0'; type++) {
        if (ag_text_istarts(type, word)) {
            return true;
        }
    }
    return false;
}

/* Whether the database takes a generic type for this one; `*is_exact`: and spells it so. */
static bool is_generic(const ag_c_writer *w, const char *generic, const char *type, bool is_lone,
                       bool *is_exact) {
    const char *a = w->dialect->map_type(w->arena, generic);
    const char *b = w->dialect->map_type(w->arena, type);
    *is_exact = strcmp(a, b) == 0;
    return w->dialect->same_type(a, b, is_lone);
}

/* A type that one of C stands for. */
static bool find_generic(const ag_c_writer *w, const char *type, bool is_lone, shape *out) {
    static const struct {
        const char *type, *before;
        bool is_pointer;
    } known[] = {{"smallint", "int16_t ", false},
                 {"integer", "int32_t ", false},
                 {"bigint", "int64_t ", false},
                 {"real", "float ", false},
                 {"double precision", "double ", false},
                 {"boolean", "bool ", false},
                 {"text", "char *", true},
                 {"bytea", "uint8_t *", true}};
    /* Every integer of SQLite has 64 bits, whatever it is declared as. */
    bool is_wide = ag_dialect_can(w->dialect, AG_ROWID_KEYS);
    bool is_exact = false;
    for (size_t i = is_wide ? 2 : 0; i < sizeof known / sizeof known[0]; i++) {
        if (is_wide && known[i].before[0] == 'f' && !ag_text_ieq(type, "float4")) {
            continue; /* and every REAL: a float would round it */
        }
        if (is_generic(w, known[i].type, type, is_lone, &is_exact)) {
            *out = (shape){known[i].before, "", known[i].is_pointer, is_exact};
            return true;
        }
    }
    int n = length_of(type);
    if (n > 0 &&
        is_generic(w, ag_arena_printf(w->arena, "varchar(%d)", n), type, is_lone, &is_exact)) {
        *out = (shape){"char ", ag_arena_printf(w->arena, "[%d]", n + 1), false, is_exact};
        return true;
    }
    return false;
}

/* What holds values of any other type best; texts hold them all. */
static shape guess(const ag_c_writer *w, const char *type) {
    bool is_wide = ag_dialect_can(w->dialect, AG_ROWID_KEYS);
    int n = length_of(type);
    if (holds(type, "char") && n > 0) {
        return (shape){"char ", ag_arena_printf(w->arena, "[%d]", n + 1), false, false};
    }
    if (is_wide && holds(type, "int") && !holds(type, "interval") && !holds(type, "point")) {
        return (shape){"int64_t ", "", false, false};
    }
    if (is_wide && (holds(type, "real") || holds(type, "floa") || holds(type, "doub"))) {
        return (shape){"double ", "", false, false};
    }
    if (holds(type, "blob")) {
        return (shape){"uint8_t *", "", true, false};
    }
    return (shape){"char *", "", true, false};
}

static shape shape_of(const ag_c_writer *w, const ag_json *type, bool is_lone) {
    if (type == NULL) {
        return (shape){"char *", "", true, false};
    }
    if (type->type == AG_JSON_OBJECT) { /* for this database only, and not to be mapped */
        return guess(w, type->n == 0 ? "" : ag__c_w_text(w, ag_json_value(type, 0)));
    }
    const char *text = ag__c_w_text(w, type);
    const char *tag = ag_map_get(&w->enum_types, text);
    if (tag != NULL) {
        return (shape){ag_arena_printf(w->arena, "enum %s ", tag), "", false, true};
    }
    shape out = {NULL, NULL, false, false};
    return find_generic(w, text, is_lone, &out) ? out : guess(w, text);
}

static void put_type(const ag_c_writer *w, ag_buf *out, const ag_json *type, const shape *c) {
    if (c->is_said) {
        return;
    }
    ag_buf_puts(out, " AG_TYPE(");
    if (type == NULL) {
        ag_buf_puts(out, "\"\"");
    } else {
        ag__c_w_value(w, out, type);
    }
    ag_buf_putc(out, ')');
}

static bool is_true(const ag_json *value) {
    return value != NULL && value->type == AG_JSON_TRUE;
}

/* The reader takes pointers for nullable and all else for not, but in primary keys. */
static void put_nullable(const ag_c_writer *w, ag_buf *out, const ag_json *column, bool in_key,
                         const shape *c) {
    const ag_json *written = ag__c_w_get(w, column, "nullable");
    if (in_key && written == NULL) {
        return;
    }
    bool is_nullable = written != NULL ? is_true(written)
                                       : ag__c_w_get(w, column, "identity") == NULL &&
                                             !is_true(ag__c_w_get(w, column, "serial"));
    if (in_key || is_nullable != c->is_pointer) {
        ag_buf_puts(out, is_nullable ? " AG_NULL" : " AG_NOT_NULL");
    }
}

static void put_identity(const ag_c_writer *w, ag_buf *out, const ag_json *identity) {
    const ag_json *kind =
        identity->type == AG_JSON_OBJECT ? ag__c_w_get(w, identity, "kind") : identity;
    const char *word = kind == NULL ? "by default" : ag__c_w_text(w, kind);
    if (strcmp(word, "always") == 0) {
        ag_buf_puts(out, " AG_IDENTITY");
    } else {
        ag_buf_puts(out, " AG_IDENTITY_AS(\"by default\")");
    }
    for (uint32_t i = 0; identity->type == AG_JSON_OBJECT && i < identity->n; i++) {
        const char *key = ag__c_w_text(w, ag_json_key(identity, i));
        if (strcmp(key, "kind") != 0) {
            ag__c_w_set(w, out, "AG_SET", " ", ag_arena_printf(w->arena, "identity.%s", key),
                        ag_json_value(identity, i));
        }
    }
}

static void put_macro(const ag_c_writer *w, ag_buf *out, const char *macro, const ag_json *value) {
    ag_buf_printf(out, " %s(", macro);
    ag__c_w_value(w, out, value);
    ag_buf_putc(out, ')');
}

/*
 * Whether the field holds a number as it is. In a bool it would be true or false, in an enum one of
 * its constants; what may not fit an integer is left to the database.
 */
static bool is_held(const ag_c_writer *w, const shape *c, const ag_json *number) {
    static const struct {
        const char *before;
        size_t most; /* digits that surely fit. */
    } integers[] = {{"int16_t ", 4}, {"int32_t ", 9}, {"int64_t ", 18}};
    ag_str raw = ag_json_raw(w->doc, number);
    for (size_t i = 0; c->is_said && i < sizeof integers / sizeof integers[0]; i++) {
        if (strcmp(c->before, integers[i].before) == 0) {
            size_t n_sign = raw.n > 0 && *raw.p == '-' ? 1 : 0;
            bool is_whole = strspn(raw.p + n_sign, "0123456789") >= raw.n - n_sign;
            return is_whole && raw.n - n_sign <= integers[i].most;
        }
    }
    return !c->is_said || (strcmp(c->before, "bool ") != 0 && !ag_text_starts(c->before, "enum "));
}

static void put_member(const ag_c_writer *w, ag_buf *out, const ag_json *column, const shape *c,
                       const char *key, const ag_json *value) {
    static const struct {
        const char *key, *macro;
    } macros[] = {{"collation", "AG_COLLATE"},
                  {"default", "AG_DEFAULT"},
                  {"renamed_from", "AG_RENAMED_FROM"}};
    static const char *const done[] = {"type", "nullable", "stored"};
    for (size_t i = 0; i < sizeof done / sizeof done[0]; i++) {
        if (strcmp(key, done[i]) == 0) {
            return;
        }
    }
    if (value->type == AG_JSON_NUMBER && strcmp(key, "default") == 0 && !is_held(w, c, value)) {
        ag_str raw = ag_json_raw(w->doc, value);
        ag_buf_printf(out, " AG_DEFAULT(\"%.*s\")", AG_STR_ARG(raw));
        return;
    }
    for (size_t i = 0; i < sizeof macros / sizeof macros[0]; i++) {
        if (strcmp(key, macros[i].key) == 0) {
            put_macro(w, out, macros[i].macro, value);
            return;
        }
    }
    if (strcmp(key, "identity") == 0) {
        put_identity(w, out, value);
    } else if (strcmp(key, "generated") == 0) {
        bool is_stored = is_true(ag__c_w_get(w, column, "stored"));
        put_macro(w, out, is_stored ? "AG_GENERATED_STORED" : "AG_GENERATED", value);
    } else if (strcmp(key, "comment") != 0) {
        ag__c_w_set(w, out, "AG_SET", " ", key, value);
    } else if (!ag__c_w_is_doc(w->arena, ag__c_w_text(w, value))) {
        put_macro(w, out, "AG_COMMENT", value);
    }
}

void ag__c_w_column(ag_c_table_writer *t, const char *name, const ag_json *column, bool in_key,
                    bool is_lone, ag_map *taken) {
    const ag_c_writer *w = t->w;
    const ag_json *type = ag__c_w_get(w, column, "type");
    const ag_json *comment = ag__c_w_get(w, column, "comment");
    const char *text = comment == NULL ? NULL : ag__c_w_text(w, comment);
    shape c = shape_of(w, type, is_lone);
    const char *field = ag__c_w_identifier(w->arena, taken, "", name);
    const char *doc = text == NULL || !ag__c_w_is_doc(w->arena, text)
                          ? ""
                          : ag_arena_printf(w->arena, "    /** %s */\n", text);
    ag_c_member_text member = {.column = name, .annots = AG_BUF_INIT};
    member.declaration = ag_arena_printf(w->arena, "%s    %s%s%s", doc, c.before, field, c.after);
    if (strcmp(field, name) != 0) {
        ag_buf_puts(&member.annots, " AG_COLUMN(");
        ag__c_w_name(&member.annots, name);
        ag_buf_putc(&member.annots, ')');
    }
    put_type(w, &member.annots, type, &c);
    put_nullable(w, &member.annots, column, in_key, &c);
    for (uint32_t i = 0; i < column->n; i++) {
        put_member(w, &member.annots, column, &c, ag__c_w_text(w, ag_json_key(column, i)),
                   ag_json_value(column, i));
    }
    ag_vec_push(NULL, &t->members, member);
}
