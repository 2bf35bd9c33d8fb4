/* Parts of tables that call a function which goes, or is made anew: they go and come along. */
#include "diff/cascade.h"
#include "schema/node.h"
#include "sql/normal.h"

static bool calls(const ag_cascade *c, const char *text, const ag_object *function) {
    return text != NULL && ag_sql_refers_to(c->d->dialect->flavor, text, function->name);
}

/* The column without what it computes. */
static ag_column *without_call(ag_cascade *c, const ag_column *column) {
    ag_column *bare = ag_arena_copy(c->d->scratch, column, sizeof *column);
    bare->default_expr = bare->generated_expr = NULL;
    bare->generated = AG_GENERATED_NONE;
    return bare;
}

static ag_op *find_change(const ag_cascade *c, const ag_column *column) {
    for (size_t i = 0; i < c->d->ops.n; i++) {
        ag_op *op = c->d->ops.items[i];
        if (op->kind == AG_OP_ALTER_COLUMN && op->before.column == column) {
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
    bool has_call =
        calls(c, column->default_expr, function) || calls(c, column->generated_expr, function);
    const ag_column *twin = ag_table_column(c->d->to, to, column->name);
    if (!has_call || column->inherited || twin == NULL || ag__touching(c, column) != NULL) {
        return;
    }
    const ag_op *change = find_change(c, column);
    ag_column *after = ag_arena_copy(c->d->scratch, column, sizeof *column);
    if (change != NULL) {
        *after = *change->after.column;
    }
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
    for (size_t i = 0; i < c->d->ops.n; i++) {
        if (c->d->ops.items[i]->kind == AG_OP_DROP_INDEX &&
            c->d->ops.items[i]->before.index == index) {
            return;
        }
    }
    if (twin == NULL || index->parent != NULL) {
        return;
    }
    ag__forget_ops(c->d, index);
    ag__drop_index(c->d, from, index, false);
    c->d->ops.items[c->d->ops.n - 1]->is_remade = true;
    ag__create_index(c->d, to, twin, false);
    c->d->ops.items[c->d->ops.n - 1]->is_remade = true;
}

void ag__free_callers(ag_cascade *c, const ag_object *function) {
    for (size_t i = 0; i < c->d->from->tables.n; i++) {
        const ag_table *from = c->d->from->tables.items[i];
        const ag_table *to = ag_schema_table(c->d->to, from->ns, from->name);
        for (size_t j = 0; to != NULL && j < from->constraints.n; j++) {
            const ag_constraint *it = from->constraints.items[j];
            if (calls(c, it->expr, function) || calls(c, it->where, function)) {
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
}
