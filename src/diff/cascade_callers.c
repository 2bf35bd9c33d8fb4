/*
 * What names a function or a type that goes, or is made anew, without being an object of its own:
 * parts of tables and domains. They go and come along.
 */
#include "diff/cascade.h"
#include "schema/node.h"
#include "sql/normal.h"

static bool names(const ag_cascade *c, const char *text, const ag_named *what) {
    return text != NULL && ag_sql_refers_into(c->d->dialect->flavor, text, what->ns, what->name);
}

/* The columns of a type are for its own change to take over, with all that is over them. */
static bool is_taken_over(const ag_cascade *c, const ag_column *column, const ag_named *what) {
    return what->is_type && names(c, column->type, what);
}

/* The column without what it computes. */
static ag_column *without_texts(ag_cascade *c, const ag_column *column) {
    ag_column *bare = ag_arena_copy(c->d->scratch, column, sizeof *column);
    bare->default_expr = bare->generated_expr = NULL;
    bare->generated = AG_GENERATED_NONE;
    return bare;
}

const ag_op *ag__find_op(const ag_cascade *c, ag_op_kind kind, const void *before) {
    for (size_t i = 0; i < c->d->ops.n; i++) {
        const ag_op *op = c->d->ops.items[i];
        if (op->kind == kind && op->before.any == before) {
            return op;
        }
    }
    return NULL;
}

static void emit_change(ag_cascade *c, const ag_table *table, const ag_column *before,
                        const ag_column *after) {
    ag_op *op = ag__emit_on(c->d, AG_OP_ALTER_COLUMN, table, after->name);
    op->before.column = before;
    op->after.column = after;
    op->is_remade = true;
}

/* First the column computes nothing, then what it is to compute. */
static void free_column(ag_cascade *c, const ag_named *what, const ag_table *to,
                        const ag_column *column) {
    bool has_name = names(c, column->default_expr, what) ||
                    (!column->inherited && names(c, column->generated_expr, what));
    const ag_column *twin = ag_table_column(c->d->to, to, column->name);
    if (!has_name || twin == NULL || is_taken_over(c, column, what) ||
        ag__touching(c, column) != NULL) {
        return;
    }
    const ag_op *change = ag__find_op(c, AG_OP_ALTER_COLUMN, column);
    ag_column *after = ag_arena_copy(c->d->scratch, column, sizeof *column);
    if (change != NULL) {
        *after = *change->after.column;
    }
    /* Texts that mean the same may be worded for the arguments of another function, or for another
     * type. */
    (void)ag__keep(&after->default_expr, twin->default_expr, after->default_expr != NULL);
    (void)ag__keep(&after->generated_expr, twin->generated_expr, after->generated_expr != NULL);
    if (!names(c, after->default_expr, what) && !names(c, after->generated_expr, what)) {
        return;
    }
    ag__forget_ops(c->d, column);
    const ag_column *bare = without_texts(c, column);
    emit_change(c, to, column, bare);
    ag__touch(c, c->d->ops.items[c->d->ops.n - 1]);
    emit_change(c, to, bare, after);
}

static bool index_does_name(const ag_cascade *c, const ag_index *index, const ag_named *what) {
    bool does = names(c, index->where, what);
    for (size_t i = 0; !does && i < index->keys.n; i++) {
        does = names(c, index->keys.items[i].expr, what);
    }
    return does;
}

static void free_index(ag_cascade *c, const ag_table *from, const ag_table *to,
                       const ag_index *index) {
    const ag_index *twin = ag_table_index(c->d->to, to, index->name);
    if (twin == NULL || index->parent != NULL || ag__find_op(c, AG_OP_DROP_INDEX, index) != NULL) {
        return;
    }
    ag__forget_ops(c->d, index);
    ag__drop_index(c->d, from, index, false)->is_remade = true;
    ag__create_index(c->d, to, twin, false)->is_remade = true;
}

static bool key_does_name(const ag_cascade *c, const ag_constraint *key, const ag_named *what) {
    bool does = names(c, key->expr, what) || names(c, key->where, what);
    for (size_t i = 0; !does && i < key->keys.n; i++) {
        does = names(c, key->keys.items[i].expr, what);
    }
    return does;
}

/* The domain without what names the thing. */
static ag_domain *domain_without_names(ag_cascade *c, const ag_domain *domain,
                                       const ag_named *what) {
    ag_domain *bare = ag_arena_copy(c->d->scratch, domain, sizeof *domain);
    if (names(c, domain->default_expr, what)) {
        bare->default_expr = NULL;
    }
    bare->checks = (ag_constraints){NULL, 0, 0};
    for (size_t i = 0; i < domain->checks.n; i++) {
        if (!names(c, domain->checks.items[i]->expr, what)) {
            ag_vec_push(c->d->scratch, &bare->checks, domain->checks.items[i]);
        }
    }
    return bare;
}

static bool domain_does_name(const ag_cascade *c, const ag_domain *domain, const ag_named *what) {
    bool does = names(c, domain->default_expr, what);
    for (size_t i = 0; !does && i < domain->checks.n; i++) {
        does = names(c, domain->checks.items[i]->expr, what);
    }
    return does;
}

static void emit_domain(ag_cascade *c, const ag_domain *before, const ag_domain *after) {
    ag_op *op = ag__emit(c->d, AG_OP_ALTER_DOMAIN, before->ns, before->name);
    op->before.domain = before;
    op->after.domain = after;
    op->is_remade = true;
}

static void free_domain(ag_cascade *c, const ag_named *what, const ag_domain *domain) {
    const ag_domain *twin = ag_schema_domain(c->d->to, domain->ns, domain->name);
    if (twin == NULL || ag__touching(c, domain) != NULL || !domain_does_name(c, domain, what) ||
        !domain_does_name(c, twin, what)) {
        return;
    }
    const ag_op *change = ag__find_op(c, AG_OP_ALTER_DOMAIN, domain);
    ag_domain *after = ag_arena_copy(c->d->scratch, domain, sizeof *after);
    if (change != NULL) {
        *after = *change->after.domain;
    }
    after->default_expr = twin->default_expr;
    after->checks = twin->checks;
    const ag_domain *bare = domain_without_names(c, domain, what);
    ag__forget_ops(c->d, domain);
    emit_domain(c, domain, bare);
    ag__touch(c, c->d->ops.items[c->d->ops.n - 1]);
    emit_domain(c, bare, after);
}

/* Whether keys or texts are over a column that is taken over, which then takes care of them. */
static bool is_over_taken(const ag_cascade *c, const ag_table *table, const ag_keys *keys,
                          const char *expr, const char *where, const ag_named *what) {
    ag_sql_flavor flavor = c->d->dialect->flavor;
    for (size_t i = 0; i < table->columns.n; i++) {
        const ag_column *column = table->columns.items[i];
        if (!is_taken_over(c, column, what)) {
            continue;
        }
        bool is_over = (expr != NULL && ag_sql_refers_to(flavor, expr, column->name)) ||
                       (where != NULL && ag_sql_refers_to(flavor, where, column->name));
        for (size_t k = 0; k < keys->n && !is_over; k++) {
            const ag_key *key = &keys->items[k];
            is_over = ag__same_name(c->d, key->column, column->name) ||
                      (key->expr != NULL && ag_sql_refers_to(flavor, key->expr, column->name));
        }
        if (is_over) {
            return true;
        }
    }
    return false;
}

static void free_table(ag_cascade *c, const ag_named *what, const ag_table *from,
                       const ag_table *to) {
    for (size_t i = 0; i < from->constraints.n; i++) {
        const ag_constraint *it = from->constraints.items[i];
        if (key_does_name(c, it, what) &&
            !is_over_taken(c, from, &it->keys, it->expr, it->where, what)) {
            ag__put_back_constraint(c, from, it);
        }
    }
    for (size_t i = 0; i < from->indexes.n; i++) {
        const ag_index *it = from->indexes.items[i];
        if (index_does_name(c, it, what) &&
            !is_over_taken(c, from, &it->keys, NULL, it->where, what)) {
            free_index(c, from, to, it);
        }
    }
    for (size_t i = 0; i < from->columns.n; i++) {
        free_column(c, what, to, from->columns.items[i]);
    }
}

void ag__free_callers(ag_cascade *c, const ag_named *what) {
    for (size_t i = 0; i < c->d->from->tables.n; i++) {
        const ag_table *from = c->d->from->tables.items[i];
        const ag_table *to = ag_schema_table(c->d->to, from->ns, from->name);
        if (to != NULL) {
            free_table(c, what, from, to);
        }
    }
    for (size_t i = 0; i < c->d->from->domains.n; i++) {
        free_domain(c, what, c->d->from->domains.items[i]);
    }
}
