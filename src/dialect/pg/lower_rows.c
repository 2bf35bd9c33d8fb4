/*
 * Rows of a table that is made anew: they wait in a table of their own, which has no keys and
 * nothing that could be in the way of what happens meanwhile.
 */
#include "base/str.h"
#include "dialect/pg/lower.h"
#include "dialect/pg/sequence.h"
#include "schema/node.h"
#include "sql/normal.h"

static bool is_of_type(const ag_op *op, const char *type) {
    return op->new_name == NULL && op->name != NULL &&
           ag_sql_refers_to(AG_SQL_POSTGRES, type, op->name);
}

/* Nothing is left of a type that changes or goes; its values are kept as texts. */
static bool is_in_the_way(const ag_pg_lowering *l, const char *type) {
    for (size_t i = 0; i < l->ops->list.n; i++) {
        const ag_op *op = l->ops->list.items[i];
        bool changes = false;
        switch ((int)op->kind) {
        case AG_OP_ALTER_ENUM:
            changes = ag_pg_swaps_enum(op->before.enum_, op->after.enum_);
            break;
        case AG_OP_ALTER_DOMAIN:
        case AG_OP_ALTER_COMPOSITE:
        case AG_OP_DROP_ENUM:
        case AG_OP_DROP_DOMAIN:
        case AG_OP_DROP_COMPOSITE:
            changes = true;
            break;
        case AG_OP_DROP_OBJECT:
            changes = op->object == AG_RANGE;
            break;
        default:
            break;
        }
        if (changes && is_of_type(op, type)) {
            return true;
        }
    }
    return false;
}

/* The table that holds the rows: the columns that both have and whose values can be set. */
static const ag_table *table_between(ag_pg_lowering *l, const ag_table *before,
                                     const ag_table *after) {
    ag_table *between = ag_arena_new_of(l->arena, ag_table);
    between->ns = before->ns;
    between->name = ag_pg_object_name(l->arena, before->name, NULL, "autogen_rows");
    for (size_t i = 0; i < before->columns.n; i++) {
        const ag_column *column = before->columns.items[i];
        const ag_column *next = ag_pg_find_column(&after->columns, column->name);
        if (next == NULL || next->generated != AG_GENERATED_NONE) {
            continue;
        }
        ag_column *kept = ag_arena_copy(l->arena, column, sizeof *kept);
        kept->type = is_in_the_way(l, column->type) ? "text" : column->type;
        bool has_counter = column->serial || column->identity != AG_IDENTITY_NONE;
        bool gets_counter = next->serial || next->identity != AG_IDENTITY_NONE;
        kept->serial = has_counter && gets_counter;
        ag_vec_push(l->arena, &between->columns, kept);
    }
    return between;
}

/* A partition that is made anew somewhere else has its rows put aside by itself. */
static void detach_leaving(ag_pg_lowering *l, const ag_op *rows) {
    for (size_t i = 0; i < l->ops->list.n; i++) {
        const ag_op *op = l->ops->list.items[i];
        if (op->kind != AG_OP_SAVE_ROWS || op == rows || op->before.table->parent == NULL ||
            !ag_text_eq(op->before.table->parent, rows->name) ||
            !ag_text_eq(op->before.table->parent_ns, rows->ns)) {
            continue;
        }
        ag_pg_emit_detach(l, op);
    }
}

void ag_pg_expand_save_rows(ag_pg_lowering *l, const ag_op *op) {
    const ag_table *between = table_between(l, op->before.table, op->after.table);
    detach_leaving(l, op);
    ag_pg_emit(l, op)->after.table = between;
}

static bool is_in(const ag_pg_lowering *l, const ag_op *rows, const ag_table *table) {
    const ag_table *top = rows->after.table;
    const ag_op about = {.ns = table->parent_ns, .table = table->parent};
    (void)l;
    return ag_text_eq(about.ns, top->ns) && ag_text_eq(about.table, top->name);
}

/* Partitions that come back have their rows with them, which no other partition may take. */
static bool attach_partitions(ag_pg_lowering *l, const ag_op *rows) {
    bool ok = true;
    for (size_t i = l->at + 1; ok && i < l->ops->list.n; i++) {
        const ag_op *op = l->ops->list.items[i];
        if (op->kind == AG_OP_ALTER_TABLE && !l->is_done[i] && op->after.table->parent != NULL &&
            !ag_pg_same_parent(op->before.table, op->after.table) &&
            is_in(l, rows, op->after.table)) {
            ok = ag_pg_expand_alter_table(l, op);
            l->is_done[i] = true;
        }
    }
    ag_pg_attach_all(l);
    return ok;
}

bool ag_pg_expand_restore_rows(ag_pg_lowering *l, const ag_op *op) {
    bool ok = attach_partitions(l, op);
    ag_op *restore = ag_pg_emit(l, op);
    restore->before.table = table_between(l, op->before.table, op->after.table);
    return ok;
}
