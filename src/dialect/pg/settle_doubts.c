/* Which texts of a model the server has to settle. */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/settle.h"
#include "schema/node.h"

static bool is_same(const char *a, const char *b) {
    return ag_pg_same_expr(a, b, NULL);
}

static bool may_differ(const char *mine, const char *theirs) {
    return mine != NULL && theirs != NULL && !is_same(mine, theirs);
}

static ag_pg_doubt *doubt(ag_pg_settler *s, ag_pg_trial *trial, ag_pg_doubt_kind kind) {
    ag_pg_doubt made = {.kind = kind};
    ag_vec_push(s->scratch, &trial->doubts, made);
    return &trial->doubts.items[trial->doubts.n - 1];
}

static bool is_base_built_in(ag_arena *arena, const char *type) {
    bool is_array = ag_text_ends(type, "[]");
    return ag_pg_is_built_in(is_array ? ag_arena_strndup(arena, type, strlen(type) - 2) : type);
}

/* Built-in types have one spelling; others may be written with or without a namespace. */
static bool is_type_doubtful(ag_pg_settler *s, const char *mine, const char *theirs) {
    return !ag_pg_same_type(mine, theirs, false) &&
           !(is_base_built_in(s->scratch, mine) || is_base_built_in(s->scratch, theirs));
}

static void doubt_column(ag_pg_settler *s, ag_pg_trial *trial, ag_pg_doubt_kind kind,
                         ag_column *column, const ag_column *old) {
    ag_pg_doubt *d = doubt(s, trial, kind);
    d->column = column;
    d->old_column = old;
}

static const ag_column *old_column_of(const ag_pg_settler *s, const ag_pg_trial *trial,
                                      const ag_column *column) {
    const ag_column *old = ag_table_column(s->database, trial->old_table, column->name);
    return old != NULL || column->renamed_from == NULL
               ? old
               : ag_table_column(s->database, trial->old_table, column->renamed_from);
}

static void find_in_columns(ag_pg_settler *s, ag_pg_trial *trial) {
    for (size_t i = 0; i < trial->table->columns.n; i++) {
        ag_column *column = trial->table->columns.items[i];
        const ag_column *old = old_column_of(s, trial, column);
        if (old == NULL) {
            continue;
        }
        if (is_type_doubtful(s, column->type, old->type)) {
            doubt_column(s, trial, AG_PG_DOUBT_TYPE, column, old);
        }
        if (may_differ(column->default_expr, old->default_expr)) {
            doubt_column(s, trial, AG_PG_DOUBT_DEFAULT, column, old);
        }
        if (may_differ(column->generated_expr, old->generated_expr)) {
            doubt_column(s, trial, AG_PG_DOUBT_GENERATED, column, old);
        }
    }
}

static bool is_same_key(const ag_key *a, const ag_key *b) {
    return ag_text_eq(a->column, b->column) && is_same(a->expr, b->expr) &&
           ag_text_eq(a->collation, b->collation) && ag_text_eq(a->opclass, b->opclass) &&
           ag_options_equal(&a->opclass_options, &b->opclass_options) && ag_text_eq(a->op, b->op) &&
           a->descending == b->descending && a->nulls == b->nulls;
}

static bool are_same_keys(const ag_keys *a, const ag_keys *b) {
    bool same = a->n == b->n;
    for (size_t i = 0; same && i < a->n; i++) {
        same = is_same_key(&a->items[i], &b->items[i]);
    }
    return same;
}

/* Plain columns by name leave nothing to settle. */
static bool has_text(const ag_keys *keys, const char *where) {
    bool has = where != NULL;
    for (size_t i = 0; !has && i < keys->n; i++) {
        const ag_key *key = &keys->items[i];
        has =
            key->expr != NULL || key->collation != NULL || key->opclass != NULL || key->op != NULL;
    }
    return has;
}

static bool is_same_constraint(const ag_constraint *a, const ag_constraint *b) {
    return a->kind == b->kind && is_same(a->expr, b->expr) && is_same(a->where, b->where) &&
           are_same_keys(&a->keys, &b->keys);
}

static bool is_same_index(const ag_index *a, const ag_index *b) {
    return are_same_keys(&a->keys, &b->keys) && is_same(a->where, b->where);
}

/*
 * A constraint is in doubt when the database has one of its kind that none of the model's is like:
 * it may be that one. The same for indexes.
 */
static bool has_unmatched_constraint(const ag_constraints *mine, const ag_constraints *theirs,
                                     ag_constraint_kind kind) {
    for (size_t i = 0; i < theirs->n; i++) {
        const ag_constraint *old = theirs->items[i];
        bool is_matched = old->kind != kind || old->inherited;
        for (size_t j = 0; !is_matched && j < mine->n; j++) {
            is_matched = is_same_constraint(mine->items[j], old);
        }
        if (!is_matched) {
            return true;
        }
    }
    return false;
}

static const ag_constraint *constraint_named(const ag_constraints *list, const char *name) {
    for (size_t i = 0; i < list->n; i++) {
        if (ag_text_eq(list->items[i]->name, name)) {
            return list->items[i];
        }
    }
    return NULL;
}

static bool has_same_constraint(const ag_constraints *list, const ag_constraint *constraint) {
    const ag_constraint *named = constraint_named(list, constraint->name);
    if (named != NULL) {
        return is_same_constraint(named, constraint);
    }
    for (size_t i = 0; i < list->n; i++) {
        if (is_same_constraint(list->items[i], constraint)) {
            return true;
        }
    }
    return false;
}

static void find_in_constraints(ag_pg_settler *s, ag_pg_trial *trial, ag_constraints *mine,
                                const ag_constraints *theirs) {
    static const ag_constraint_kind kinds[] = {AG_CHECK, AG_EXCLUDE};
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        if (!has_unmatched_constraint(mine, theirs, kinds[k])) {
            continue;
        }
        for (size_t i = 0; i < mine->n; i++) {
            ag_constraint *constraint = mine->items[i];
            if (constraint->kind == kinds[k] && !has_same_constraint(theirs, constraint)) {
                ag_pg_doubt *d = doubt(s, trial, AG_PG_DOUBT_CONSTRAINT);
                d->constraint = constraint;
                d->old_constraint = constraint_named(theirs, constraint->name);
            }
        }
    }
}

static bool is_index_matched(const ag_indexes *list, const ag_index *index) {
    for (size_t i = 0; i < list->n; i++) {
        if (is_same_index(list->items[i], index)) {
            return true;
        }
    }
    return false;
}

static void find_in_indexes(ag_pg_settler *s, ag_pg_trial *trial) {
    const ag_indexes *mine = &trial->table->indexes;
    const ag_indexes *theirs = &trial->old_table->indexes;
    bool has_unmatched = false;
    for (size_t i = 0; i < theirs->n; i++) {
        has_unmatched |= !is_index_matched(mine, theirs->items[i]);
    }
    for (size_t i = 0; has_unmatched && i < mine->n; i++) {
        ag_index *index = mine->items[i];
        const ag_index *old = ag_table_index(s->database, trial->old_table, index->name);
        bool is_same_one =
            old != NULL ? is_same_index(old, index) : is_index_matched(theirs, index);
        if (!is_same_one && has_text(&index->keys, index->where)) {
            ag_pg_doubt *d = doubt(s, trial, AG_PG_DOUBT_INDEX);
            d->index = index;
            d->old_index = old;
        }
    }
}

static ag_pg_trial *new_trial(ag_pg_settler *s) {
    return ag_arena_new_of(s->scratch, ag_pg_trial);
}

static void keep_trial(ag_pg_settler *s, ag_pg_trial *trial) {
    if (trial->doubts.n > 0) {
        ag_vec_push(s->scratch, &s->trials, trial);
    }
}

/* With more tables gone than these it is no rename. */
enum { MOST_GONE = 100 };

/* A table that may have been renamed without a word in the model: half of its columns are there. */
static bool is_alike(const ag_schema *database, const ag_table *old, const ag_table *table) {
    size_t n = 0;
    for (size_t i = 0; i < table->columns.n; i++) {
        n += ag_table_column(database, old, table->columns.items[i]->name) != NULL;
    }
    return n > 0 && n * 2 >= table->columns.n;
}

static const ag_table *old_table_of(const ag_pg_settler *s, const ag_table *table) {
    const ag_schema *db = s->database;
    const ag_table *old = ag_schema_table(db, table->ns, table->name);
    if (old == NULL && table->renamed_from != NULL) {
        old = ag_schema_table(db, table->ns, table->renamed_from);
    }
    for (size_t i = 0; old == NULL && i < s->gone.n && s->gone.n <= MOST_GONE; i++) {
        old = is_alike(db, s->gone.items[i], table) ? s->gone.items[i] : NULL;
    }
    return old;
}

/* Tables that the model does not have. */
static void find_gone(ag_pg_settler *s) {
    for (size_t i = 0; i < s->database->tables.n; i++) {
        const ag_table *table = s->database->tables.items[i];
        if (ag_schema_table(s->model, table->ns, table->name) == NULL) {
            ag_vec_push(s->scratch, &s->gone, table);
        }
    }
}

static void find_in_table(ag_pg_settler *s, ag_table *table) {
    const ag_table *old = old_table_of(s, table);
    if (old == NULL) {
        return;
    }
    ag_pg_trial *trial = new_trial(s);
    trial->table = table;
    trial->old_table = old;
    find_in_columns(s, trial);
    find_in_constraints(s, trial, &table->constraints, &old->constraints);
    find_in_indexes(s, trial);
    if (may_differ(table->partition_by, old->partition_by)) {
        (void)doubt(s, trial, AG_PG_DOUBT_PARTITION_BY);
    }
    if (may_differ(table->bound, old->bound)) {
        (void)doubt(s, trial, AG_PG_DOUBT_BOUND);
    }
    keep_trial(s, trial);
}

static void find_in_domain(ag_pg_settler *s, ag_domain *domain) {
    const ag_domain *old = ag_schema_domain(s->database, domain->ns, domain->name);
    if (old == NULL && domain->renamed_from != NULL) {
        old = ag_schema_domain(s->database, domain->ns, domain->renamed_from);
    }
    if (old == NULL) {
        return;
    }
    ag_pg_trial *trial = new_trial(s);
    trial->domain = domain;
    trial->old_domain = old;
    if (may_differ(domain->default_expr, old->default_expr)) {
        (void)doubt(s, trial, AG_PG_DOUBT_DOMAIN_DEFAULT);
    }
    find_in_constraints(s, trial, &domain->checks, &old->checks);
    keep_trial(s, trial);
}

void ag_pg_find_doubts(ag_pg_settler *s) {
    find_gone(s);
    for (size_t i = 0; i < s->model->tables.n; i++) {
        find_in_table(s, s->model->tables.items[i]);
    }
    for (size_t i = 0; i < s->model->domains.n; i++) {
        find_in_domain(s, s->model->domains.items[i]);
    }
}

char *ag_pg_doubt_name(ag_arena *arena, const ag_pg_trial *trial, const ag_pg_doubt *d) {
    const char *ns = trial->table != NULL ? trial->table->ns : trial->domain->ns;
    const char *name = trial->table != NULL ? trial->table->name : trial->domain->name;
    switch (d->kind) {
    case AG_PG_DOUBT_TYPE:
        return ag_arena_printf(arena, "type of %s.%s.%s", ns, name, d->column->name);
    case AG_PG_DOUBT_DEFAULT:
        return ag_arena_printf(arena, "default of %s.%s.%s", ns, name, d->column->name);
    case AG_PG_DOUBT_GENERATED:
        return ag_arena_printf(arena, "expression of %s.%s.%s", ns, name, d->column->name);
    case AG_PG_DOUBT_CONSTRAINT:
        return ag_arena_printf(arena, "constraint %s of %s.%s", d->constraint->name, ns, name);
    case AG_PG_DOUBT_INDEX:
        return ag_arena_printf(arena, "index %s of %s.%s", d->index->name, ns, name);
    case AG_PG_DOUBT_PARTITION_BY:
        return ag_arena_printf(arena, "partition key of %s.%s", ns, name);
    case AG_PG_DOUBT_BOUND:
        return ag_arena_printf(arena, "bound of %s.%s", ns, name);
    case AG_PG_DOUBT_DOMAIN_DEFAULT:
        return ag_arena_printf(arena, "default of %s.%s", ns, name);
    }
    return NULL;
}

static void assume_constraint(ag_arena *arena, const ag_pg_doubt *d) {
    if (d->old_constraint != NULL && d->old_constraint->kind == d->constraint->kind) {
        d->constraint->expr = ag_arena_strdup(arena, d->old_constraint->expr);
        d->constraint->where = ag_arena_strdup(arena, d->old_constraint->where);
        ag_keys_clone(arena, &d->constraint->keys, &d->old_constraint->keys);
    }
}

void ag_pg_assume_equal(ag_pg_settler *s, const ag_pg_trial *trial, const ag_pg_doubt *d) {
    ag_arena *arena = s->model->arena;
    switch (d->kind) {
    case AG_PG_DOUBT_TYPE:
        d->column->type = ag_arena_strdup(arena, d->old_column->type);
        break;
    case AG_PG_DOUBT_DEFAULT:
        d->column->default_expr = ag_arena_strdup(arena, d->old_column->default_expr);
        break;
    case AG_PG_DOUBT_GENERATED:
        d->column->generated_expr = ag_arena_strdup(arena, d->old_column->generated_expr);
        break;
    case AG_PG_DOUBT_CONSTRAINT:
        assume_constraint(arena, d);
        break;
    case AG_PG_DOUBT_INDEX:
        if (d->old_index != NULL) {
            ag_keys_clone(arena, &d->index->keys, &d->old_index->keys);
            d->index->where = ag_arena_strdup(arena, d->old_index->where);
        }
        break;
    case AG_PG_DOUBT_PARTITION_BY:
        trial->table->partition_by = ag_arena_strdup(arena, trial->old_table->partition_by);
        break;
    case AG_PG_DOUBT_BOUND:
        trial->table->bound = ag_arena_strdup(arena, trial->old_table->bound);
        break;
    case AG_PG_DOUBT_DOMAIN_DEFAULT:
        trial->domain->default_expr = ag_arena_strdup(arena, trial->old_domain->default_expr);
        break;
    }
}
