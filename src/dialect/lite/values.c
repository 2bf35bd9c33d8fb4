/* Values of enums that a model renames: which of them the rows of a table have to follow. */
#include <string.h>

#include "base/str.h"
#include "dialect/lite/ddl.h"
#include "dialect/lite/lite.h"
#include "dialect/lite/rebuild.h"
#include "sql/normal.h"

/* What the checks of a column say it may be: every text in them. */
static void add_literals(ag_arena *arena, ag_str expr, const char *column, ag_strings *out) {
    const char *text = ag_arena_strndup(arena, expr.p, expr.n);
    if (!ag_sql_refers_to(AG_SQL_SQLITE, text, column)) {
        return;
    }
    ag_tokens tokens = ag_sql_tokens(arena, AG_SQL_SQLITE, expr);
    for (size_t i = 0; i < tokens.n; i++) {
        if (tokens.items[i].kind == AG_TOKEN_STRING) {
            ag_vec_push(arena, out, ag_token_unquote(arena, AG_SQL_SQLITE, expr, tokens.items[i]));
        }
    }
}

static void add_of_parts(ag_arena *arena, const char *sql, const ag_lite_parts *parts,
                         const char *column, ag_strings *out) {
    for (size_t i = 0; i < parts->n; i++) {
        if (parts->items[i].kind == AG_LITE_CHECK) {
            add_literals(arena, ag_lite_slice(sql, parts->items[i].expr), column, out);
        }
    }
}

static ag_strings values_of(ag_arena *arena, const char *sql, const ag_lite_table *table,
                            const char *column) {
    ag_strings out = {NULL, 0, 0};
    for (size_t i = 0; i < table->columns.n; i++) {
        add_of_parts(arena, sql, &table->columns.items[i].parts, column, &out);
    }
    add_of_parts(arena, sql, &table->constraints, column, &out);
    return out;
}

static bool has_text(const ag_strings *list, const char *text) {
    for (size_t i = 0; i < list->n; i++) {
        if (strcmp(list->items[i], text) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_value(const ag_enum_values *values, const char *name) {
    for (size_t i = 0; i < values->n; i++) {
        if (strcmp(values->items[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* A name that is still there, and whose new one is there as well, was renamed long ago. */
static bool is_due(const ag_strings *old, const ag_enum_values *values,
                   const ag_enum_value *value) {
    return value->renamed_from != NULL && has_text(old, value->renamed_from) &&
           (!has_text(old, value->name) || !has_value(values, value->renamed_from));
}

bool ag_lite_find_values(ag_arena *arena, const char *before_sql, const ag_table *model,
                         ag_lite_values *out, ag_error *err) {
    ag_lite_table before;
    if (!ag_lite_parse_table(arena, before_sql, &before, err)) {
        return false;
    }
    for (size_t i = 0; i < model->constraints.n; i++) {
        const ag_constraint *check = model->constraints.items[i];
        if (check->inline_column == NULL || check->values.n == 0) {
            continue;
        }
        ag_strings old = values_of(arena, before_sql, &before, check->inline_column);
        for (size_t k = 0; k < check->values.n; k++) {
            const ag_enum_value *value = &check->values.items[k];
            if (is_due(&old, &check->values, value)) {
                ag_lite_value item = {check->inline_column, value->renamed_from, value->name};
                ag_vec_push(arena, out, item);
            }
        }
    }
    return true;
}
