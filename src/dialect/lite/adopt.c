#include "dialect/lite/adopt.h"

#include <stdarg.h>

#include "base/str.h"
#include "schema/node.h"

void ag_lite_refuse(ag_lite_adopter *a, ag_loc loc, const char *hint, const char *format, ...) {
    ag_buf message = AG_BUF_INIT;
    va_list args;
    va_start(args, format);
    ag_buf_vprintf(&message, format, args);
    va_end(args);
    ag_error *err = ag_diags_at(a->diags, loc, NULL, "%s", ag_buf_text(&message));
    if (err != NULL && hint != NULL) {
        ag_hint(err, "%s", hint);
    }
    ag_buf_release(&message);
    a->is_good = false;
}

void ag_lite_check_expr(ag_lite_adopter *a, ag_loc loc, const char *what, const char *expr) {
    const char *problem = expr == NULL ? NULL : ag_lite_expr_problem(expr);
    if (problem != NULL) {
        ag_lite_refuse(a, loc, NULL, "the %s of table %s is no SQL expression: %s", what,
                       a->table->name, problem);
    }
}

ag_loc ag_lite_loc(ag_loc loc, ag_loc fallback) {
    return loc.line > 0 ? loc : fallback;
}

static bool is_one_of(const char *word, const char *const *words, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (ag_text_ieq(words[i], word)) {
            return true;
        }
    }
    return false;
}

static void check_conflict(ag_lite_adopter *a, const char **on_conflict, ag_loc loc) {
    static const char *const words[] = {"rollback", "abort", "fail", "ignore", "replace"};
    if (*on_conflict == NULL) {
        return;
    }
    if (!is_one_of(*on_conflict, words, sizeof words / sizeof words[0])) {
        ag_lite_refuse(a, loc, "one of rollback, abort, fail, ignore, replace",
                       "unknown conflict clause %s", *on_conflict);
    }
    *on_conflict = ag_text_lower(a->arena, *on_conflict);
}

static void check_action(ag_lite_adopter *a, const char **action, ag_loc loc) {
    static const char *const words[] = {"set null", "set default", "cascade", "restrict"};
    if (*action == NULL) {
        return;
    }
    if (ag_text_ieq(*action, "no action")) {
        *action = NULL;
        return;
    }
    if (!is_one_of(*action, words, sizeof words / sizeof words[0])) {
        ag_lite_refuse(a, loc, "one of cascade, restrict, set null, set default, no action",
                       "unknown referential action %s", *action);
    }
    *action = ag_text_lower(a->arena, *action);
}

/* The collation a key has anyway is none that is written. */
static void settle_collation(ag_lite_adopter *a, ag_key *key) {
    const ag_column *column =
        key->column == NULL ? NULL : ag_table_column(a->model, a->table, key->column);
    const char *own = column == NULL || column->collation == NULL ? "binary" : column->collation;
    if (column != NULL) {
        key->column = column->name;
    }
    if (ag_text_ieq(key->collation, own)) {
        key->collation = NULL;
    }
}

static void adopt_keys(ag_lite_adopter *a, ag_keys *keys, ag_loc loc) {
    for (size_t i = 0; i < keys->n; i++) {
        ag_key *key = &keys->items[i];
        ag_lite_check_expr(a, ag_lite_loc(key->loc, loc), "key", key->expr);
        settle_collation(a, key);
        /* Of speed only, or what SQLite does anyway. */
        key->opclass = NULL;
        key->opclass_options.n = 0;
        key->nulls = AG_NULLS_DEFAULT;
    }
}

static void adopt_foreign_key(ag_lite_adopter *a, ag_constraint *key) {
    check_action(a, &key->on_delete, key->loc);
    check_action(a, &key->on_update, key->loc);
    if (key->on_delete_columns.n > 0) {
        ag_lite_refuse(a, key->loc, "name no columns behind on_delete",
                       "SQLite cannot set single columns of a foreign key to NULL or its default");
    }
    if (ag_text_ieq(key->match, "simple")) {
        key->match = NULL;
    }
    key->ref_namespace = NULL;
    /* Words that say what is so anyway give way to what is asked for. */
    bool is_not = ag_text_starts(key->deferrability == NULL ? "" : key->deferrability, "not ");
    if ((is_not && key->deferrable) || key->initially_deferred) {
        key->deferrability = NULL;
    }
    key->deferrable = key->deferrable || (key->deferrability != NULL && !is_not);
}

static void adopt_constraint(ag_lite_adopter *a, ag_constraint *constraint) {
    if (constraint->kind == AG_EXCLUDE) {
        ag_lite_refuse(a, constraint->loc, "keep it in a model for PostgreSQL only",
                       "SQLite has no exclusion constraints (table %s)", a->table->name);
    }
    if (constraint->nulls_not_distinct) {
        ag_lite_refuse(a, constraint->loc, "use a unique index on coalesce(column, …)",
                       "in SQLite NULLs are always distinct (table %s)", a->table->name);
    }
    adopt_keys(a, &constraint->keys, constraint->loc);
    ag_lite_check_expr(a, ag_lite_loc(constraint->expr_loc, constraint->loc), "check",
                       constraint->expr);
    check_conflict(a, &constraint->on_conflict, constraint->loc);
    if (constraint->kind == AG_FOREIGN_KEY) {
        adopt_foreign_key(a, constraint);
    }
    constraint->not_valid = false;
    constraint->no_inherit = false;
    constraint->include.n = 0;
    constraint->options.n = 0;
    constraint->tablespace = NULL;
    constraint->comment = constraint->index_comment = NULL;
}

/* An index must have a name; without one and without a convention it gets PostgreSQL's. */
static void name_index(ag_lite_adopter *a, ag_index *index) {
    if (index->name != NULL) {
        return;
    }
    ag_buf name = AG_BUF_INIT;
    ag_buf_puts(&name, a->table->name);
    for (size_t i = 0; i < index->keys.n; i++) {
        const char *column = index->keys.items[i].column;
        ag_buf_printf(&name, "_%s", column == NULL ? "expr" : column);
    }
    ag_buf_puts(&name, "_idx");
    size_t n = name.n;
    for (int i = 1; ag_table_index(a->model, a->table, ag_buf_text(&name)) != NULL; i++) {
        ag_buf_truncate(&name, n);
        ag_buf_printf(&name, "%d", i);
    }
    index->name = ag_buf_copy(&name, a->arena);
    index->name_origin = AG_NAME_SERVER;
    ag_buf_release(&name);
}

static void adopt_index(ag_lite_adopter *a, ag_index *index) {
    if (index->method != NULL && !ag_text_ieq(index->method, "btree")) {
        ag_lite_refuse(a, index->loc,
                       "say it for PostgreSQL alone: {\"postgresql\": …}; in C"
                       " AG_METHOD(AG_POSTGRESQL(…))",
                       "SQLite has no %s indexes (index %s)", index->method,
                       index->name == NULL ? "without a name" : index->name);
    }
    if (index->nulls_not_distinct) {
        ag_lite_refuse(a, index->loc, "index coalesce(column, …)",
                       "in SQLite NULLs are always distinct (table %s)", a->table->name);
    }
    adopt_keys(a, &index->keys, index->loc);
    ag_lite_check_expr(a, ag_lite_loc(index->where_loc, index->loc), "condition of an index",
                       index->where);
    name_index(a, index);
    index->method = NULL;
    index->include.n = 0;
    index->options.n = index->statistics.n = 0;
    index->tablespace = NULL;
    index->comment = NULL;
    index->clustered = false;
    index->replica_identity = false;
}

/* Conflict clauses and names belong to a clause; where there is none, to nothing. */
static void forget_missing_clauses(ag_table *table) {
    for (size_t i = 0; i < table->columns.n; i++) {
        ag_column *column = table->columns.items[i];
        if (column->nullable) {
            column->on_conflict = NULL;
            column->not_null_name = NULL;
        }
        column->default_name = column->default_expr == NULL ? NULL : column->default_name;
        column->collation_name = column->collation == NULL ? NULL : column->collation_name;
        column->generated_name = column->generated_expr == NULL ? NULL : column->generated_name;
    }
}

/* What SQLite has nothing like; dropping it silently would leave out what somebody relies on. */
static void refuse_foreign_features(ag_lite_adopter *a) {
    const ag_table *table = a->table;
    const struct {
        bool is_used;
        const char *what;
    } features[] = {
        {table->partition_by != NULL || table->parent != NULL, "partitions"},
        {table->inherits.n > 0, "table inheritance"},
        {table->row_security || table->force_row_security, "row-level security"},
    };
    for (size_t i = 0; i < sizeof features / sizeof features[0]; i++) {
        if (features[i].is_used) {
            ag_lite_refuse(a, table->loc, "keep the table in a model for PostgreSQL only",
                           "SQLite has no %s (table %s)", features[i].what, table->name);
        }
    }
    if (table->ns != NULL && !ag_text_ieq(table->ns, "public") && !ag_text_ieq(table->ns, "main")) {
        ag_lite_refuse(a, table->loc, "leave the namespace out",
                       "SQLite has no namespaces (table %s.%s)", table->ns, table->name);
    }
}

static void check_rowid(ag_lite_adopter *a) {
    const ag_table *table = a->table;
    const ag_constraint *key = ag_table_primary_key(table);
    bool is_alias = ag_lite_is_rowid_key(table, key);
    if (table->without_rowid && key == NULL) {
        ag_lite_refuse(a, table->loc, NULL, "table %s is WITHOUT ROWID and needs a primary key",
                       table->name);
    }
    if (table->autoincrement && !is_alias) {
        ag_lite_refuse(a, table->loc, "give it one integer primary key column with identity",
                       "table %s: only an INTEGER PRIMARY KEY can be AUTOINCREMENT", table->name);
    }
    ag_lite_settle_nullable(a->model, table);
    forget_missing_clauses(a->table);
}

static void adopt_table(ag_lite_adopter *a) {
    ag_table *table = a->table;
    refuse_foreign_features(a);
    if (ag_text_istarts(table->name, "sqlite_")) {
        ag_lite_refuse(a, table->loc, NULL, "names that begin with sqlite_ are SQLite's own: %s",
                       table->name);
    }
    table->ns = NULL;
    ag_lite_adopt_columns(a);
    for (size_t i = 0; i < table->columns.n; i++) {
        check_conflict(a, &table->columns.items[i]->on_conflict, table->columns.items[i]->loc);
    }
    for (size_t i = 0; i < table->constraints.n; i++) {
        adopt_constraint(a, table->constraints.items[i]);
    }
    for (size_t i = 0; i < table->indexes.n; i++) {
        adopt_index(a, table->indexes.items[i]);
    }
    check_rowid(a);
    table->unlogged = false;
    table->options.n = 0;
    table->tablespace = NULL;
    table->access_method = NULL;
    table->replica_identity = NULL;
    table->comment = NULL;
}

bool ag_lite_adopt(ag_schema *model, ag_diags *diags) {
    ag_lite_adopter a = {.model = model, .arena = model->arena, .diags = diags, .is_good = true};
    for (size_t i = 0; i < model->tables.n; i++) {
        a.table = model->tables.items[i];
        adopt_table(&a);
    }
    a.table = NULL;
    ag_lite_adopt_objects(&a);
    /* Enums and domains are checks of their columns by now. */
    model->enums.n = 0;
    model->domains.n = 0;
    model->namespaces.n = 0;
    model->extensions.n = 0;
    ag_schema_touch(model);
    ag_map_release(&a.good_types);
    return a.is_good;
}
