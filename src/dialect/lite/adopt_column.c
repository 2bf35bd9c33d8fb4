/* Columns of a model as SQLite has them. */
#include <string.h>

#include "base/str.h"
#include "dialect/lite/adopt.h"
#include "schema/node.h"
#include "sql/normal.h"

/* The part of a qualified type name behind the last dot. */
static const char *last_part(const char *type) {
    const char *dot = strrchr(type, '.');
    return dot == NULL ? type : dot + 1;
}

/* "ns.name" or "name" as the model may write it, against a node. */
static bool is_named(const char *type, const char *ns, const char *name) {
    if (ag_text_ieq(type, name)) {
        return true;
    }
    size_t n = ns == NULL ? 0 : strlen(ns);
    return n > 0 && ag_text_istarts(type, ns) && type[n] == '.' && ag_text_ieq(type + n + 1, name);
}

static const ag_enum *enum_of(const ag_schema *model, const char *type) {
    for (size_t i = 0; i < model->enums.n; i++) {
        if (is_named(type, model->enums.items[i]->ns, model->enums.items[i]->name)) {
            return model->enums.items[i];
        }
    }
    return NULL;
}

static const ag_domain *domain_of(const ag_schema *model, const char *type) {
    for (size_t i = 0; i < model->domains.n; i++) {
        if (is_named(type, model->domains.items[i]->ns, model->domains.items[i]->name)) {
            return model->domains.items[i];
        }
    }
    return NULL;
}

static ag_constraint *add_check(ag_lite_adopter *a, const ag_column *column, ag_buf *expr) {
    ag_constraint *check = ag_table_add_constraint(a->model, a->table, AG_CHECK);
    check->expr = ag_buf_copy(expr, a->arena);
    check->inline_column = column->name;
    check->loc = column->loc;
    check->expr_loc = ag_lite_loc(column->type_loc, column->loc);
    return check;
}

/* An enum is text that is one of its values. */
static void adopt_enum(ag_lite_adopter *a, ag_column *column, const ag_enum *type) {
    ag_buf expr = AG_BUF_INIT;
    ag_lite_quote(&expr, column->name);
    ag_buf_puts(&expr, " IN (");
    for (size_t i = 0; i < type->values.n; i++) {
        ag_buf_puts(&expr, i > 0 ? ", " : "");
        ag_sql_quote_string(&expr, type->values.items[i].name);
    }
    ag_buf_putc(&expr, ')');
    add_check(a, column, &expr)->values = type->values;
    ag_buf_release(&expr);
    column->type = "TEXT";
}

/* A domain is its base type with its rules written out at the column. */
static void adopt_domain(ag_lite_adopter *a, ag_column *column, const ag_domain *domain) {
    column->type = ag_lite_map_type(a->arena, domain->type);
    column->nullable = column->nullable && domain->nullable;
    if (column->default_expr == NULL && column->generated == AG_GENERATED_NONE) {
        column->default_expr = domain->default_expr;
        column->default_loc = domain->loc;
    }
    column->collation = column->collation == NULL ? domain->collation : column->collation;
    for (size_t i = 0; i < domain->checks.n; i++) {
        ag_buf expr = AG_BUF_INIT;
        ag_sql_rename rename = {.from = "value", .to = column->name};
        ag_sql_rename_ident(&expr, AG_SQL_SQLITE, domain->checks.items[i]->expr, &rename);
        add_check(a, column, &expr);
        ag_buf_release(&expr);
    }
}

/* Resolves enums and domains, a domain over an enum too. */
static void resolve_type(ag_lite_adopter *a, ag_column *column) {
    for (int depth = 0; depth < 32; depth++) {
        const ag_enum *type = enum_of(a->model, column->type);
        if (type != NULL) {
            adopt_enum(a, column, type);
            return;
        }
        const ag_domain *domain = domain_of(a->model, column->type);
        if (domain == NULL) {
            return;
        }
        adopt_domain(a, column, domain);
    }
    ag_lite_refuse(a, column->loc, NULL, "the domains of column %s.%s refer to each other",
                   a->table->name, column->name);
}

static bool is_type(ag_lite_adopter *a, const char *type) {
    static char good[] = "good";
    if (ag_map_has(&a->good_types, type)) {
        return true;
    }
    if (!ag_lite_is_type(type)) {
        return false;
    }
    (void)ag_map_put(&a->good_types, type, good);
    return true;
}

static void check_type(ag_lite_adopter *a, ag_column *column) {
    ag_loc loc = ag_lite_loc(column->type_loc, column->loc);
    if (strchr(column->type, '.') != NULL && !is_type(a, column->type)) {
        /* A type of an extension's namespace: SQLite takes any word. */
        column->type = ag_lite_map_type(a->arena, last_part(column->type));
    }
    if (!is_type(a, column->type)) {
        ag_lite_refuse(a, loc,
                       "name a type for each database: {\"sqlite\": \"TEXT\", …}; in C"
                       " AG_TYPE(AG_SQLITE(\"TEXT\"))",
                       "SQLite takes no type like %s (column %s.%s)", column->type, a->table->name,
                       column->name);
        return;
    }
    if (a->table->strict && !ag_lite_is_strict_type(column->type)) {
        static const struct {
            const char *type, *others;
        } fitting[] = {[AG_LITE_BLOB] = {"BLOB", ""},
                       [AG_LITE_TEXT] = {"TEXT", ""},
                       [AG_LITE_NUMERIC] = {"INTEGER", " (or REAL, or TEXT)"},
                       [AG_LITE_INTEGER] = {"INTEGER", ""},
                       [AG_LITE_REAL] = {"REAL", ""}};
        const char *type = fitting[ag_lite_affinity_of(column->type)].type;
        char *hint = ag_arena_printf(
            a->arena, "%s%s fits: {\"sqlite\": \"%s\"}; in C AG_TYPE(AG_SQLITE(\"%s\"))", type,
            fitting[ag_lite_affinity_of(column->type)].others, type, type);
        ag_lite_refuse(a, loc, hint,
                       "a STRICT table takes INT, INTEGER, REAL, TEXT, BLOB and ANY only: column"
                       " %s.%s is %s",
                       a->table->name, column->name,
                       *column->type == '\0' ? "without a type" : column->type);
    }
}

/* 'new'::status and the like: the cast says nothing to SQLite. */
static void strip_cast(ag_lite_adopter *a, ag_column *column) {
    ag_str literal;
    ag_str type;
    if (column->default_expr != NULL &&
        ag_sql_literal_cast(ag_str_of(column->default_expr), &literal, &type)) {
        column->default_expr = ag_arena_strndup(a->arena, literal.p, literal.n);
    }
}

static void adopt_identity(ag_lite_adopter *a, ag_column *column) {
    const ag_constraint *key = ag_table_primary_key(a->table);
    bool is_key = key != NULL && key->keys.n == 1 && !a->table->without_rowid &&
                  ag_text_ieq(key->keys.items[0].column, column->name);
    if (!is_key || ag_lite_affinity_of(column->type) != AG_LITE_INTEGER) {
        ag_lite_refuse(a, column->loc,
                       "make it the table's only primary-key column, of an integer type",
                       "SQLite counts up only an integer primary key: column %s.%s", a->table->name,
                       column->name);
    } else if (!ag_lite_is_rowid_type(column->type)) {
        column->type = "INTEGER";
        column->nullable = true;
    }
    column->identity = AG_IDENTITY_NONE;
    column->identity_options = (ag_sequence_options){0};
    column->serial = false;
}

static void adopt_generated(ag_lite_adopter *a, ag_column *column) {
    ag_lite_check_expr(a, ag_lite_loc(column->generated_loc, column->loc), "generated column",
                       column->generated_expr);
    if (column->generated != AG_GENERATED_NONE && column->default_expr != NULL) {
        ag_lite_refuse(a, ag_lite_loc(column->default_loc, column->loc), NULL,
                       "generated column %s.%s cannot have a default", a->table->name,
                       column->name);
    }
}

static void adopt_column(ag_lite_adopter *a, ag_column *column) {
    bool is_counted = column->identity != AG_IDENTITY_NONE || column->serial;
    resolve_type(a, column);
    check_type(a, column);
    if (is_counted) {
        adopt_identity(a, column);
    }
    strip_cast(a, column);
    ag_lite_check_expr(a, ag_lite_loc(column->default_loc, column->loc), "default",
                       column->default_expr);
    adopt_generated(a, column);
    if (ag_text_ieq(column->collation, "binary") || ag_text_ieq(column->collation, "default")) {
        column->collation = NULL;
    }
    if (column->collation != NULL && *column->collation == '\0') {
        ag_lite_refuse(a, column->loc, NULL, "the collation of column %s of table %s is empty",
                       column->name, a->table->name);
    }
    column->storage = NULL;
    column->compression = NULL;
    column->statistics = -1;
    column->options.n = 0;
    column->comment = NULL;
}

void ag_lite_adopt_columns(ag_lite_adopter *a) {
    for (size_t i = 0; i < a->table->columns.n; i++) {
        adopt_column(a, a->table->columns.items[i]);
    }
}
