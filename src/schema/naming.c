#include "schema/naming.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/str.h"
#include "schema/node.h"

static const char *const tokens[] = {"table",          "column",           "columns",
                                     "referred_table", "referred_columns", "name"};
enum { N_TOKENS = sizeof tokens / sizeof *tokens, HASH_DIGITS = 8 };

/* What a pattern is filled with; NULL = there is no such thing. */
typedef struct values {
    const char *of[N_TOKENS];
} values;

enum { TABLE, COLUMN, COLUMNS, REFERRED_TABLE, REFERRED_COLUMNS, NAME };

static int token_of(const char *text, size_t n) {
    for (int i = 0; i < N_TOKENS; i++) {
        if (ag_str_eq((ag_str){text, n}, tokens[i])) {
            return i;
        }
    }
    return -1;
}

bool ag_naming_check(const char *pattern, ag_error *err) {
    for (const char *p = pattern; *p != '\0'; p++) {
        if (*p == '}') {
            return ag_fail(err, AG_INPUT, "a } without { in the pattern \"%s\"", pattern);
        }
        if (*p != '{') {
            continue;
        }
        size_t n = strcspn(p + 1, "{}");
        if (p[n + 1] != '}') {
            return ag_fail(err, AG_INPUT, "a { without } in the pattern \"%s\"", pattern);
        }
        if (token_of(p + 1, n) < 0) {
            (void)ag_fail(err, AG_INPUT, "unknown token {%.*s} in the pattern \"%s\"", (int)n,
                          p + 1, pattern);
            return ag_hint(err, "tokens are {table} {column} {columns} {referred_table} "
                                "{referred_columns} {name}");
        }
        p += n + 1;
    }
    return true;
}

const char *ag_name_shorten(ag_arena *arena, const char *name, size_t max) {
    size_t n = strlen(name);
    if (max == 0 || n <= max || max <= HASH_DIGITS + 1) {
        return name;
    }
    uint32_t hash = (uint32_t)(ag_hash(name, n) >> 32);
    char *start = ag_arena_strndup(arena, name, max - HASH_DIGITS - 1);
    ag_utf8_trim_partial(start);
    return ag_arena_printf(arena, "%s_%08" PRIx32, start, hash);
}

/* NULL when a token has no value. */
static const char *fill(ag_arena *arena, const char *pattern, const values *v, size_t max) {
    ag_buf buf = AG_BUF_INIT;
    const char *name = NULL;
    bool is_complete = true;
    for (const char *p = pattern; *p != '\0'; p++) {
        if (*p != '{') {
            ag_buf_putc(&buf, *p);
            continue;
        }
        size_t n = strcspn(p, "}");
        int token = token_of(p + 1, n - 1);
        const char *value = token < 0 ? NULL : v->of[token];
        is_complete = is_complete && value != NULL;
        ag_buf_puts(&buf, value == NULL ? "" : value);
        p += p[n] == '}' ? n : n - 1;
    }
    if (is_complete && buf.n > 0) {
        name = ag_name_shorten(arena, ag_buf_copy(&buf, arena), max);
    }
    ag_buf_release(&buf);
    return name;
}

/* The words of an expression: lower(email) gives lower_email. */
static void put_words(ag_buf *buf, const char *expr) {
    bool is_inside = false;
    size_t start = buf->n;
    for (const char *p = expr; *p != '\0'; p++) {
        bool is_word = ag_is_alnum(*p) || *p == '_' || ((unsigned char)*p & 0x80u) != 0;
        if (is_word && !is_inside && buf->n > start) {
            ag_buf_putc(buf, '_');
        }
        if (is_word) {
            ag_buf_putc(buf, *p);
        }
        is_inside = is_word;
    }
}

static const char *join_keys(ag_arena *arena, const ag_keys *keys, size_t n) {
    ag_buf buf = AG_BUF_INIT;
    for (size_t i = 0; i < n && i < keys->n; i++) {
        const ag_key *key = &keys->items[i];
        if (i > 0) {
            ag_buf_putc(&buf, '_');
        }
        if (key->column != NULL) {
            ag_buf_puts(&buf, key->column);
        } else {
            put_words(&buf, key->expr == NULL ? "" : key->expr);
        }
    }
    char *text = buf.n == 0 ? NULL : ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return text;
}

static const char *join_strings(ag_arena *arena, const ag_strings *list) {
    ag_buf buf = AG_BUF_INIT;
    for (size_t i = 0; i < list->n; i++) {
        if (i > 0) {
            ag_buf_putc(&buf, '_');
        }
        ag_buf_puts(&buf, list->items[i]);
    }
    char *text = buf.n == 0 ? NULL : ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return text;
}

static const char *pattern_of(const ag_naming *naming, ag_constraint_kind kind) {
    switch (kind) {
    case AG_PRIMARY_KEY:
        return naming->pk;
    case AG_UNIQUE:
        return naming->uq;
    case AG_FOREIGN_KEY:
        return naming->fk;
    case AG_CHECK:
        return naming->ck;
    case AG_EXCLUDE:
        return naming->ex;
    }
    return NULL;
}

static const char *referred_columns(const ag_schema *schema, const ag_constraint *c) {
    if (c->ref_columns.n > 0) {
        return join_strings(schema->arena, &c->ref_columns);
    }
    const ag_table *table =
        c->ref_table == NULL ? NULL : ag_schema_table(schema, c->ref_namespace, c->ref_table);
    const ag_constraint *key = table == NULL ? NULL : ag_table_primary_key(table);
    return key == NULL ? NULL : join_keys(schema->arena, &key->keys, key->keys.n);
}

static void name_constraint(const ag_schema *schema, const ag_table *table, ag_constraint *c,
                            const char *pattern, size_t max) {
    values v = {{[TABLE] = table->name,
                 [COLUMN] = join_keys(schema->arena, &c->keys, 1),
                 [COLUMNS] = join_keys(schema->arena, &c->keys, c->keys.n),
                 [REFERRED_TABLE] = c->ref_table,
                 [REFERRED_COLUMNS] = referred_columns(schema, c),
                 [NAME] = c->inline_column}};
    if (c->kind == AG_CHECK) {
        v.of[COLUMN] = v.of[COLUMNS] = c->inline_column;
    }
    c->name = fill(schema->arena, pattern, &v, max);
    if (c->name != NULL) {
        c->name_origin = AG_NAME_CONVENTION;
    }
}

static void name_index(const ag_schema *schema, const ag_table *table, ag_index *index,
                       const char *pattern, size_t max) {
    values v = {{[TABLE] = table->name,
                 [COLUMN] = join_keys(schema->arena, &index->keys, 1),
                 [COLUMNS] = join_keys(schema->arena, &index->keys, index->keys.n)}};
    index->name = fill(schema->arena, pattern, &v, max);
    if (index->name != NULL) {
        index->name_origin = AG_NAME_CONVENTION;
    }
}

void ag_naming_apply(ag_schema *schema, const ag_naming *naming, size_t max) {
    for (size_t i = 0; i < schema->tables.n; i++) {
        const ag_table *table = schema->tables.items[i];
        for (size_t j = 0; j < table->constraints.n; j++) {
            ag_constraint *c = table->constraints.items[j];
            const char *pattern = pattern_of(naming, c->kind);
            if (c->name == NULL && c->name_origin == AG_NAME_NONE && pattern != NULL) {
                name_constraint(schema, table, c, pattern, max);
            }
        }
        for (size_t j = 0; j < table->indexes.n && naming->ix != NULL; j++) {
            ag_index *index = table->indexes.items[j];
            if (index->name == NULL && index->name_origin == AG_NAME_NONE) {
                name_index(schema, table, index, naming->ix, max);
            }
        }
    }
}
