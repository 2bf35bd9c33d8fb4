/*
 * What calls a function that goes, or is made anew, without being an object of its own: parts of
 * tables and domains. They go and come along.
 */
#include "diff/cascade.h"
#include "schema/node.h"
#include "sql/normal.h"

static bool calls(const ag_cascade *c, const char *text, const ag_object *function) {
    return text != NULL &&
           ag_sql_refers_into(c->d->dialect->flavor, text, function->ns, function->name);
}

/* The column without what it computes. */
static ag_column *without_call(ag_cascade *c, const ag_column *column) {
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
static void free_column(ag_cascade *c, const ag_object *function, const ag_table *to,
                        const ag_column *column) {
    bool has_call = calls(c, column->default_expr, function) ||
                    (!column->inherited && calls(c, column->generated_expr, function));
    const ag_column *twin = ag_table_column(c->d->to, to, column->name);
    if (!has_call || twin == NULL || ag__touching(c, column) != NULL) {
        return;
    }
    const ag_op *change = ag__find_op(c, AG_OP_ALTER_COLUMN, column);
    ag_column *after = ag_arena_copy(c->d->scratch, column, sizeof *column);
    if (change != NULL) {
        *after = *change->after.column;
    }
    /* Texts that mean the same may be worded for the arguments of another function. */
    (void)ag__keep(&after->default_expr, twin->default_expr, after->default_expr != NULL);
    (void)ag__keep(&after->generated_expr, twin->generated_expr, after->generated_expr != NULL);
    if (!calls(c, after->default_expr, function) && !calls(c, after->generated_expr, function)) {
        return;
    }
    ag__forget_ops(c->d, column);
    const ag_column *bare = without_call(c, column);
    emit_change(c, to, column, bare);
    ag__touch(c, c->d->ops.items[c->d->ops.n - 1]);
    emit_change(c, to, bare, after);
}

static bool index_calls(const ag_cascade *c, const ag_index *index, const ag_object *function) {
    bool does = calls(c, index->where, function);
    for (size_t i = 0; !does && i < index->keys.n; i++) {
        does = calls(c, index->keys.items[i].expr, function);
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

static bool key_calls(const ag_cascade *c, const ag_constraint *key, const ag_object *function) {
    bool does = calls(c, key->expr, function) || calls(c, key->where, function);
    for (size_t i = 0; !does && i < key->keys.n; i++) {
        does = calls(c, key->keys.items[i].expr, function);
    }
    return does;
}

/* The domain without what calls the function. */
static ag_domain *domain_without_calls(ag_cascade *c, const ag_domain *domain,
                                       const ag_object *function) {
    ag_domain *bare = ag_arena_copy(c->d->scratch, domain, sizeof *domain);
    if (calls(c, domain->default_expr, function)) {
        bare->default_expr = NULL;
    }
    bare->checks = (ag_constraints){NULL, 0, 0};
    for (size_t i = 0; i < domain->checks.n; i++) {
        if (!calls(c, domain->checks.items[i]->expr, function)) {
            ag_vec_push(c->d->scratch, &bare->checks, domain->checks.items[i]);
        }
    }
    return bare;
}

static bool domain_calls(const ag_cascade *c, const ag_domain *domain, const ag_object *function) {
    bool does = calls(c, domain->default_expr, function);
    for (size_t i = 0; !does && i < domain->checks.n; i++) {
        does = calls(c, domain->checks.items[i]->expr, function);
    }
    return does;
}

static void emit_domain(ag_cascade *c, const ag_domain *before, const ag_domain *after) {
    ag_op *op = ag__emit(c->d, AG_OP_ALTER_DOMAIN, before->ns, before->name);
    op->before.domain = before;
    op->after.domain = after;
    op->is_remade = true;
}

static void free_domain(ag_cascade *c, const ag_object *function, const ag_domain *domain) {
    const ag_domain *twin = ag_schema_domain(c->d->to, domain->ns, domain->name);
    if (twin == NULL || ag__touching(c, domain) != NULL || !domain_calls(c, domain, function) ||
        !domain_calls(c, twin, function)) {
        return;
    }
    const ag_op *change = ag__find_op(c, AG_OP_ALTER_DOMAIN, domain);
    ag_domain *after = ag_arena_copy(c->d->scratch, domain, sizeof *after);
    if (change != NULL) {
        *after = *change->after.domain;
    }
    after->default_expr = twin->default_expr;
    after->checks = twin->checks;
    const ag_domain *bare = domain_without_calls(c, domain, function);
    ag__forget_ops(c->d, domain);
    emit_domain(c, domain, bare);
    ag__touch(c, c->d->ops.items[c->d->ops.n - 1]);
    emit_domain(c, bare, after);
}

void ag__free_callers(ag_cascade *c, const ag_object *function) {
    for (size_t i = 0; i < c->d->from->tables.n; i++) {
        const ag_table *from = c->d->from->tables.items[i];
        const ag_table *to = ag_schema_table(c->d->to, from->ns, from->name);
        for (size_t j = 0; to != NULL && j < from->constraints.n; j++) {
            const ag_constraint *it = from->constraints.items[j];
            if (key_calls(c, it, function)) {
                ag__put_back_constraint(c, from, it);
            }
        }
        for (size_t j = 0; to != NULL && j < from->indexes.n; j++) {
            if (index_calls(c, from->indexes.items[j], function)) {
                free_index(c, from, to, from->indexes.items[j]);
            }
        }
        for (size_t j = 0; to != NULL && j < from->columns.n; j++) {
            free_column(c, function, to, from->columns.items[j]);
        }
    }
    for (size_t i = 0; i < c->d->from->domains.n; i++) {
        free_domain(c, function, c->d->from->domains.items[i]);
    }
}
