/*
 * Trying doubtful texts in batches: all at once as long as the server takes them all, by halves
 * when it refuses something, one by one at last.
 */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/introspect.h"
#include "dialect/pg/settle.h"
#include "schema/node.h"

/* Tables at a time: each holds a few locks until it is rolled back. */
enum { BATCH = 200 };

/* The catalogs in which trials are read back. */
static const unsigned trial_queries = 1u << AG_PG_TYPES | 1u << AG_PG_TABLES | 1u << AG_PG_COLUMNS |
                                      1u << AG_PG_INDEXES | 1u << AG_PG_INDEX_KEYS |
                                      1u << AG_PG_CONSTRAINTS;

/* A statement failed for what it says, and not for the state of the server. */
static bool is_refusal(const ag_error *err) {
    static const char *const classes[] = {"0A", "22", "23", "2B", "3F", "42", "44", "54", "P0"};
    for (size_t i = 0; err->code == AG_DATABASE && i < sizeof classes / sizeof classes[0]; i++) {
        if (ag_text_starts(err->sqlstate, classes[i])) {
            return true;
        }
    }
    return false;
}

bool ag_pg_go_back(ag_pg_settler *s, const char *savepoint, ag_error *err) {
    const char *sql = ag_arena_printf(s->scratch, "ROLLBACK TO SAVEPOINT %s", savepoint);
    return ag_conn_exec(s->conn, sql, err);
}

bool ag_pg_run_many(ag_pg_settler *s, const char *savepoint, const ag_strings *sql, ag_rows *last,
                    bool *ran, ag_error *err) {
    ag_error refused = {0};
    size_t n = sql->n + 1;
    const char **all = ag_arena_array(s->scratch, n, sizeof *all);
    ag_rows *rows = ag_arena_array(s->scratch, n, sizeof *rows);
    all[0] = ag_arena_printf(s->scratch, "SAVEPOINT %s", savepoint);
    for (size_t i = 0; i < n; i++) {
        rows[i].arena = s->scratch;
        all[i] = i == 0 ? all[0] : sql->items[i - 1];
    }
    *ran = ag_conn_query_many(s->conn, all, n, rows, &refused);
    if (*ran) {
        if (last != NULL) {
            *last = rows[n - 1];
        }
        return true;
    }
    if (!is_refusal(&refused)) {
        if (err != NULL) {
            *err = refused;
        }
        return false;
    }
    return ag_pg_go_back(s, savepoint, err);
}

/* ---- types ---- */

static bool try_type(ag_pg_settler *s, const char *type, ag_error *err) {
    ag_strings sql = {NULL, 0, 0};
    ag_rows last = {0};
    bool ran = false;
    ag_vec_push(s->scratch, &sql,
                ag_arena_printf(s->scratch, "CREATE TEMP TABLE autogen_type (a %s)", type));
    ag_vec_push(s->scratch, &sql, "SELECT pg_catalog.set_config('search_path', '', true)");
    ag_vec_push(s->scratch, &sql,
                "SELECT pg_catalog.format_type(a.atttypid, a.atttypmod) "
                "FROM pg_catalog.pg_attribute a "
                "WHERE a.attrelid = 'pg_temp.autogen_type'::regclass AND a.attnum > 0");
    if (!ag_pg_run_many(s, "autogen_type", &sql, &last, &ran, err)) {
        return false;
    }
    bool is_known = ran && last.rows.n == 1;
    const char *spelled = is_known ? ag_arena_strdup(s->model->arena, last.rows.items[0][0]) : "";
    ag_map_put(&s->types, type, (void *)(uintptr_t)spelled);
    return !ran || ag_pg_go_back(s, "autogen_type", err);
}

static bool is_built_in(ag_arena *arena, const char *type) {
    bool is_array = ag_text_ends(type, "[]");
    return ag_pg_is_built_in(is_array ? ag_arena_strndup(arena, type, strlen(type) - 2) : type);
}

/* What the database says of its own columns needs no trial. */
static void learn_known_types(ag_pg_settler *s) {
    for (size_t i = 0; i < s->database->tables.n; i++) {
        const ag_columns *columns = &s->database->tables.items[i]->columns;
        for (size_t j = 0; j < columns->n; j++) {
            const char *type = columns->items[j]->type;
            if (!ag_map_has(&s->types, type)) {
                ag_map_put(&s->types, type, (void *)(uintptr_t)type);
            }
        }
    }
}

static bool try_types_of(ag_pg_settler *s, const ag_table *table, ag_error *err) {
    for (size_t i = 0; i < table->columns.n; i++) {
        const char *type = table->columns.items[i]->type;
        if (!ag_map_has(&s->types, type) && !is_built_in(s->scratch, type) &&
            !try_type(s, type, err)) {
            return false;
        }
    }
    return true;
}

bool ag_pg_try_types(ag_pg_settler *s, ag_error *err) {
    learn_known_types(s);
    for (size_t i = 0; i < s->trials.n; i++) {
        const ag_table *table = s->trials.items[i]->table;
        const ag_table *parent =
            table == NULL ? NULL : ag_schema_table(s->model, table->parent_ns, table->parent);
        if ((table != NULL && !try_types_of(s, table, err)) ||
            (parent != NULL && !try_types_of(s, parent, err))) {
            return false;
        }
    }
    for (size_t i = 0; i < s->trials.n; i++) {
        const ag_pg_trial *trial = s->trials.items[i];
        for (size_t j = 0; j < trial->doubts.n; j++) {
            const ag_pg_doubt *doubt = &trial->doubts.items[j];
            const char *known =
                doubt->kind == AG_PG_DOUBT_TYPE ? ag_map_get(&s->types, doubt->column->type) : NULL;
            if (known != NULL && known[0] != '\0') {
                doubt->column->type = ag_arena_strdup(s->model->arena, known);
            }
        }
    }
    return true;
}

/* ---- reading back ---- */

static void take(const ag_pg_settler *s, const char *from, const char **to) {
    if (from != NULL) {
        *to = ag_arena_strdup(s->model->arena, from);
    }
}

static void take_constraint(const ag_pg_settler *s, const ag_constraints *from, ag_constraint *to) {
    for (size_t i = 0; i < from->n; i++) {
        const ag_constraint *tried = from->items[i];
        if (tried->kind == to->kind && ag_text_eq(tried->name, to->name)) {
            take(s, tried->expr, &to->expr);
            to->where = ag_arena_strdup(s->model->arena, tried->where); /* "true" is none */
            ag_keys_clone(s->model->arena, &to->keys, &tried->keys);
        }
    }
}

static void take_from_table(const ag_pg_settler *s, const ag_schema *read, const ag_table *tried,
                            const ag_pg_trial *trial, const ag_pg_doubt *doubt) {
    const ag_column *column =
        doubt->column == NULL ? NULL : ag_table_column(read, tried, doubt->column->name);
    const ag_index *index =
        doubt->index == NULL ? NULL : ag_table_index(read, tried, doubt->index->name);
    switch (doubt->kind) {
    case AG_PG_DOUBT_DEFAULT:
        take(s, column == NULL ? NULL : column->default_expr, &doubt->column->default_expr);
        break;
    case AG_PG_DOUBT_GENERATED:
        take(s, column == NULL ? NULL : column->generated_expr, &doubt->column->generated_expr);
        break;
    case AG_PG_DOUBT_CONSTRAINT:
        take_constraint(s, &tried->constraints, doubt->constraint);
        break;
    case AG_PG_DOUBT_INDEX:
        if (index != NULL) {
            ag_keys_clone(s->model->arena, &doubt->index->keys, &index->keys);
            doubt->index->where = ag_arena_strdup(s->model->arena, index->where);
        }
        break;
    case AG_PG_DOUBT_PARTITION_BY:
        take(s, tried->partition_by, &trial->table->partition_by);
        break;
    case AG_PG_DOUBT_BOUND:
        take(s, tried->bound, &trial->table->bound);
        break;
    case AG_PG_DOUBT_TYPE:
    case AG_PG_DOUBT_DOMAIN_DEFAULT:
        break;
    }
}

static void take_from_domain(const ag_pg_settler *s, const ag_domain *tried,
                             const ag_pg_trial *trial, const ag_pg_doubt *doubt) {
    ag_domain *domain = trial->domain;
    if (doubt->kind == AG_PG_DOUBT_DOMAIN_DEFAULT) {
        take(s, tried->default_expr, &domain->default_expr);
    } else {
        take_constraint(s, &tried->checks, doubt->constraint);
    }
}

static bool read_back(ag_pg_settler *s, ag_pg_trial *const *trials, size_t n, bool is_shape,
                      ag_error *err) {
    ag_introspect_options options = {.namespaces = {&s->temp, 1, 1}};
    ag_schema *read = NULL;
    if (!ag_pg_introspect_some(s->conn, &options, trial_queries, &read, err)) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        const ag_pg_trial *trial = trials[i];
        const ag_table *table =
            trial->table == NULL ? NULL : ag_schema_table(read, s->temp, trial->table->name);
        const ag_domain *domain =
            trial->domain == NULL ? NULL : ag_schema_domain(read, s->temp, trial->domain->name);
        for (size_t j = 0; j < trial->doubts.n; j++) {
            const ag_pg_doubt *doubt = &trial->doubts.items[j];
            if (table != NULL && ag_pg_is_shape(doubt) == is_shape) {
                take_from_table(s, read, table, trial, doubt);
            } else if (domain != NULL) {
                take_from_domain(s, domain, trial, doubt);
            }
        }
    }
    ag_schema_free(read);
    return true;
}

/* ---- batches ---- */

static void add_statements(ag_pg_settler *s, const ag_pg_trial *trial, ag_strings *sql) {
    ag_vec_push(s->scratch, sql, ag_pg_trial_create(s, trial));
    for (size_t i = 0; i < trial->doubts.n; i++) {
        const char *add = ag_pg_trial_add(s, trial, &trial->doubts.items[i]);
        if (add != NULL) {
            ag_vec_push(s->scratch, sql, add);
        }
    }
}

static ag_strings statements_of(ag_pg_settler *s, ag_pg_trial *const *trials, size_t n,
                                bool is_shape) {
    ag_strings sql = {NULL, 0, 0};
    ag_map parents = AG_MAP_INIT;
    for (size_t i = 0; i < n; i++) {
        if (is_shape) {
            ag_pg_trial_shape(s, trials[i], &parents, &sql);
        } else {
            add_statements(s, trials[i], &sql);
        }
    }
    ag_map_release(&parents);
    return sql;
}

/* The statements of one trial, each of which may fail; what stands then is read back. */
static bool try_one_by_one(ag_pg_settler *s, ag_pg_trial *trial, bool is_shape, ag_error *err) {
    ag_strings sql = statements_of(s, &trial, 1, is_shape);
    bool ran = false;
    if (!ag_conn_exec(s->conn, "SAVEPOINT autogen_batch", err)) {
        return false;
    }
    for (size_t i = 0; i < sql.n; i++) {
        ag_strings one = {&sql.items[i], 1, 1};
        if (!ag_pg_run_many(s, "autogen_statement", &one, NULL, &ran, err)) {
            return false;
        }
        if (i == 0 && !ran) {
            break; /* without the table nothing can be tried */
        }
    }
    return (sql.n == 0 || read_back(s, &trial, 1, is_shape, err)) &&
           ag_pg_go_back(s, "autogen_batch", err);
}

static bool try_batch(ag_pg_settler *s, ag_pg_trial *const *trials, size_t n, bool is_shape,
                      ag_error *err) {
    ag_strings sql = statements_of(s, trials, n, is_shape);
    bool ran = false;
    if (n == 0 || sql.n == 0) {
        return true;
    }
    if (!ag_pg_run_many(s, "autogen_batch", &sql, NULL, &ran, err)) {
        return false;
    }
    if (ran) {
        return read_back(s, trials, n, is_shape, err) && ag_pg_go_back(s, "autogen_batch", err);
    }
    if (n == 1) {
        return try_one_by_one(s, trials[0], is_shape, err);
    }
    return try_batch(s, trials, n / 2, is_shape, err) &&
           try_batch(s, trials + n / 2, n - n / 2, is_shape, err);
}

static bool has_any(const ag_pg_trial *trial, bool is_shape) {
    for (size_t i = 0; i < trial->doubts.n; i++) {
        const ag_pg_doubt *doubt = &trial->doubts.items[i];
        if (doubt->kind != AG_PG_DOUBT_TYPE && ag_pg_is_shape(doubt) == is_shape) {
            return true;
        }
    }
    return false;
}

static bool try_kind(ag_pg_settler *s, bool is_shape, ag_error *err) {
    ag_pg_trials todo = {NULL, 0, 0};
    for (size_t i = 0; i < s->trials.n; i++) {
        if (has_any(s->trials.items[i], is_shape)) {
            ag_vec_push(s->scratch, &todo, s->trials.items[i]);
        }
    }
    for (size_t i = 0; i < todo.n; i += BATCH) {
        size_t n = todo.n - i < BATCH ? todo.n - i : BATCH;
        if (!try_batch(s, todo.items + i, n, is_shape, err)) {
            return false;
        }
    }
    return true;
}

bool ag_pg_try_trials(ag_pg_settler *s, ag_error *err) {
    return try_kind(s, false, err) && try_kind(s, true, err);
}
