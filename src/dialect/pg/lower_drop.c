/* Tables that go. */
#include "base/str.h"
#include "dialect/pg/lower.h"

void ag_pg_emit_detach(ag_pg_lowering *l, const ag_op *op) {
    ag_table *alone = ag_arena_copy(l->arena, op->before.table, sizeof *alone);
    alone->parent = alone->parent_ns = alone->bound = NULL;
    ag_op *detach = ag_pg_emit_like(l, op, AG_OP_ALTER_TABLE, op->name, op->before.table, alone);
    detach->is_remade = true;
    ag_pg_in_place(l);
}

enum { DEEPEST_PARTITION = 100 };

static bool is_referred_to(const ag_pg_lowering *l, const ag_table *table) {
    for (size_t i = 0; i < l->known.n; i++) {
        const ag_constraints *keys = &l->known.items[i]->constraints;
        for (size_t j = 0; j < keys->n; j++) {
            const ag_constraint *key = keys->items[j];
            if (key->kind == AG_FOREIGN_KEY && ag_text_eq(key->ref_table, table->name) &&
                ag_text_eq(key->ref_namespace, table->ns)) {
                return true;
            }
        }
    }
    return false;
}

/* A table above that stays, and that a foreign key refers to: it does to all partitions. */
static bool is_referred_to_above(const ag_pg_lowering *l, const ag_table *table) {
    for (int depth = 0; table->parent != NULL && depth < DEEPEST_PARTITION; depth++) {
        table = ag_pg_table_at_end(l, table->parent_ns, table->parent);
        if (table == NULL) {
            return false;
        }
        if (is_referred_to(l, table)) {
            return true;
        }
    }
    return false;
}

void ag_pg_expand_drop_table(ag_pg_lowering *l, const ag_op *op) {
    if (is_referred_to_above(l, op->before.table)) {
        ag_pg_emit_detach(l, op);
    }
    ag_pg_emit(l, op);
}
