/*
 * Columns whose change touches others: a column that is computed anew goes and comes back with its
 * indexes and constraints; one whose type changes makes the columns computed from it do so.
 */
#include <string.h>

#include "base/str.h"
#include "dialect/pg_lower.h"
#include "dialect/pg_sequence.h"
#include "schema/node.h"
#include "sql/normal.h"

/* What hangs on a column */

static bool mentions(const char *text, const char *column) {
    return text != NULL && ag_sql_refers_to(AG_SQL_POSTGRES, text, column);
}

static bool is_listed(const ag_strings *names, const char *column) {
    for (size_t i = 0; i < names->n; i++) {
        if (ag_text_eq(names->items[i], column)) {
            return true;
        }
    }
    return false;
}

static bool has_key(const ag_keys *keys, const char *column) {
    for (size_t i = 0; i < keys->n; i++) {
        if (ag_text_eq(keys->items[i].column, column) || mentions(keys->items[i].expr, column)) {
            return true;
        }
    }
    return false;
}

static void put_off(ag_pg_lowering *l, ag_pg_steps *later, const ag_op *like, ag_op_kind kind,
                    const ag_table *table, const char *name, const void *node) {
    ag_op *op = ag_arena_copy(l->arena, like, sizeof *op);
    op->kind = kind;
    op->object = ag_op_object_kind(kind);
    op->ns = table->ns;
    op->table = table->name;
    op->table_kind = table->kind;
    op->name = name;
    op->new_name = NULL;
    op->before.any = NULL;
    op->after.any = node;
    op->plan = (ag_op_plan){.only = false};
    op->is_remade = true;
    ag_pg_step step = {.op = op, .in_place = true};
    ag_vec_push(l->arena, later, step);
}

static void take_part(ag_pg_lowering *l, const ag_table *table, ag_op_kind drop, const char *name,
                      const void *node, ag_pg_steps *later) {
    const ag_op *like = l->ops->list.items[l->at];
    ag_op *op = ag_pg_emit_like(l, like, drop, name, node, NULL);
    op->ns = table->ns;
    op->table = table->name;
    op->table_kind = table->kind;
    op->is_remade = true;
    ag_pg_in_place(l);
    put_off(l, later, like, ag_op_inverse_kind(drop), table, name, node);
}

void ag_pg_take_down(ag_pg_lowering *l, const ag_table *table, const char *column,
                     ag_pg_steps *later) {
    for (size_t i = 0; i < table->constraints.n; i++) {
        const ag_constraint *it = table->constraints.items[i];
        if (!it->inherited && (has_key(&it->keys, column) || is_listed(&it->include, column) ||
                               mentions(it->expr, column) || mentions(it->where, column))) {
            take_part(l, table, AG_OP_DROP_CONSTRAINT, it->name, it, later);
        }
    }
    for (size_t i = 0; i < table->indexes.n; i++) {
        const ag_index *it = table->indexes.items[i];
        if (it->parent == NULL && (has_key(&it->keys, column) || is_listed(&it->include, column) ||
                                   mentions(it->where, column))) {
            take_part(l, table, AG_OP_DROP_INDEX, it->name, it, later);
        }
    }
}

void ag_pg_put_back(ag_pg_lowering *l, const ag_pg_steps *later) {
    for (size_t i = 0; i < later->n; i++) {
        ag_vec_push(l->arena, &l->steps, later->items[i]);
    }
}

/* Computed columns */

static bool is_recomputed(const ag_column *before, const ag_column *after) {
    return after->generated != AG_GENERATED_NONE &&
           (before->generated != after->generated ||
            !ag_text_eq(before->generated_expr, after->generated_expr));
}

static void expand_recomputed(ag_pg_lowering *l, const ag_op *op) {
    ag_table *table = ag_pg_table_now(l, op->ns, op->table);
    ag_pg_steps later = {NULL, 0, 0};
    ag_pg_steps objects = {NULL, 0, 0};
    if (table != NULL) {
        ag_pg_take_objects(l, table, op->name, &objects);
        ag_pg_take_down(l, table, op->name, &later);
    }
    ag_column *after = ag_arena_copy(l->arena, op->after.column, sizeof *after);
    after->comment = op->before.column->comment;
    ag_pg_emit(l, op)->after.column = after;
    ag_pg_in_place(l);
    ag_pg_put_back(l, &later);
    ag_pg_put_back(l, &objects);
}

/* The columns computed from one whose type changes go before it does, and come back behind. */
static void take_computed(ag_pg_lowering *l, const ag_op *op, ag_pg_steps *later,
                          ag_pg_steps *objects) {
    ag_table *table = ag_pg_table_now(l, op->ns, op->table);
    for (size_t i = 0; table != NULL && i < table->columns.n; i++) {
        const ag_column *column = table->columns.items[i];
        if (column->generated != AG_GENERATED_NONE && !column->inherited &&
            mentions(column->generated_expr, op->name)) {
            ag_pg_steps parts = {NULL, 0, 0};
            ag_pg_take_objects(l, table, column->name, objects);
            ag_pg_take_down(l, table, column->name, &parts);
            take_part(l, table, AG_OP_DROP_COLUMN, column->name, column, later);
            for (size_t j = 0; j < parts.n; j++) {
                ag_vec_push(l->arena, later, parts.items[j]);
            }
        }
    }
}

/* Alterations */

static bool changes_type(const ag_op *op) {
    return !ag_text_eq(op->before.column->type, op->after.column->type) ||
           !ag_text_eq(op->before.column->collation, op->after.column->collation);
}

/*
 * Where the type changes, the default that the model has is written, though the old one may mean
 * the same: it is of the old type.
 */
static void take_default(const ag_pg_lowering *l, const ag_op *op, ag_column *after) {
    const ag_table *table = l->is_up ? ag_schema_table(l->model, op->ns, op->table) : NULL;
    const ag_column *wanted = table == NULL ? NULL : ag_pg_find_column(&table->columns, op->name);
    if (wanted != NULL && after->default_expr != NULL && wanted->default_expr != NULL) {
        after->default_expr = wanted->default_expr;
    }
}

/* A child has NOT NULL from its parent: what the parent's change brings is not said again. */
static void take_nullability(const ag_pg_lowering *l, const ag_op *op, ag_column *after) {
    const ag_table *table = ag_schema_table(l->model, op->ns, op->table);
    const ag_table *parent = table == NULL || table->parent == NULL
                                 ? NULL
                                 : ag_pg_table_now(l, table->parent_ns, table->parent);
    if (parent != NULL && op->before.column->inherited && after->inherited) {
        after->nullable = op->before.column->nullable;
    }
}

/* A serial column whose sequence becomes, or was, one of its own kind keeps it. */
static bool names_sequence(const ag_pg_lowering *l, const ag_op *op, const ag_column *other) {
    const char *name = ag_pg_object_name(l->arena, op->table, op->name, "seq");
    return ag_text_eq(other->default_expr, ag_pg_nextval(l->arena, op->ns, name));
}

static void keep_sequence(const ag_pg_lowering *l, const ag_op *op, ag_column *before,
                          ag_column *after) {
    if (before->serial && !after->serial && names_sequence(l, op, after)) {
        before->serial = false;
        before->default_expr = after->default_expr;
    } else if (after->serial && !before->serial && names_sequence(l, op, before)) {
        after->serial = false;
        after->default_expr = before->default_expr;
    }
}

static bool has_parts(const ag_pg_lowering *l, const ag_op *op) {
    if (op->table_kind == AG_TABLE_PARTITIONED) {
        return true;
    }
    ag_buf name = AG_BUF_INIT;
    ag_pg_put_name(&name, op->ns, op->table);
    bool has_child = false;
    for (size_t i = 0; i < l->model->tables.n && !has_child; i++) {
        const ag_strings *parents = &l->model->tables.items[i]->inherits;
        has_child = is_listed(parents, ag_buf_text(&name));
    }
    ag_buf_release(&name);
    return has_child;
}

/* The end of this direction; only on the way up do we know it. */
static bool keeps_column(const ag_table *child, const char *parent, const char *column) {
    return is_listed(&child->inherits, parent) &&
           ag_pg_find_column(&child->columns, column) != NULL;
}

/*
 * A child that is to keep the column as its own: then the parent drops it alone, and the children
 * that are not to keep it drop theirs.
 */
void ag_pg_expand_drop_column(ag_pg_lowering *l, const ag_op *op) {
    ag_buf parent = AG_BUF_INIT;
    ag_pg_put_name(&parent, op->ns, op->table);
    bool is_kept = false;
    for (size_t i = 0; l->is_up && i < l->model->tables.n && !is_kept; i++) {
        is_kept = keeps_column(l->model->tables.items[i], ag_buf_text(&parent), op->name);
    }
    ag_pg_emit(l, op)->plan.only = is_kept;
    for (size_t i = 0; is_kept && i < l->model->tables.n; i++) {
        const ag_table *child = l->model->tables.items[i];
        const ag_table *now = is_listed(&child->inherits, ag_buf_text(&parent))
                                  ? ag_pg_table_now(l, child->ns, child->name)
                                  : NULL;
        if (now != NULL && ag_pg_find_column(&child->columns, op->name) == NULL) {
            ag_op *drop = ag_pg_emit(l, op);
            drop->ns = child->ns;
            drop->table = child->name;
        }
    }
    ag_buf_release(&parent);
}

void ag_pg_expand_alter_column(ag_pg_lowering *l, const ag_op *op) {
    if (is_recomputed(op->before.column, op->after.column)) {
        expand_recomputed(l, op);
        return;
    }
    ag_column *before = ag_arena_copy(l->arena, op->before.column, sizeof *before);
    ag_column *after = ag_arena_copy(l->arena, op->after.column, sizeof *after);
    ag_pg_steps later = {NULL, 0, 0};
    ag_pg_steps objects = {NULL, 0, 0};
    if (changes_type(op)) {
        take_default(l, op, after);
        take_computed(l, op, &later, &objects);
    }
    take_nullability(l, op, after);
    keep_sequence(l, op, before, after);
    ag_op *alter = ag_pg_emit(l, op);
    alter->before.column = before;
    alter->after.column = after;
    alter->plan.only = has_parts(l, op);
    ag_pg_put_back(l, &later);
    ag_pg_put_back(l, &objects);
}

/* Sequences */

/* The alteration of the column that had or gets this sequence as that of its type "serial". */
static const ag_op *serial_change(const ag_pg_lowering *l, const ag_op *op) {
    for (size_t i = 0; i < l->ops->list.n; i++) {
        const ag_op *other = l->ops->list.items[i];
        if (other->kind != AG_OP_ALTER_COLUMN || !ag_text_eq(other->ns, op->ns) ||
            other->before.column->serial == other->after.column->serial) {
            continue;
        }
        const ag_column *plain =
            other->before.column->serial ? other->after.column : other->before.column;
        if (names_sequence(l, other, plain) &&
            ag_text_eq(op->name, ag_pg_object_name(l->arena, other->table, other->name, "seq"))) {
            return other;
        }
    }
    return NULL;
}

bool ag_pg_expand_sequence(ag_pg_lowering *l, const ag_op *op) {
    const ag_op *change = serial_change(l, op);
    if (change == NULL) {
        ag_pg_emit(l, op);
        return true;
    }
    bool creates = op->kind == AG_OP_CREATE_SEQUENCE;
    const ag_column *serial = creates ? change->before.column : change->after.column;
    ag_sequence *usual = ag_arena_new_of(l->arena, ag_sequence);
    usual->ns = op->ns;
    usual->name = op->name;
    usual->type = serial->type;
    usual->owner_ns = change->ns;
    usual->owner_table = change->table;
    usual->owner_column = change->name;
    const void *before = creates ? usual : op->before.any;
    const void *after = creates ? op->after.any : (const void *)usual;
    ag_pg_emit_like(l, op, AG_OP_ALTER_SEQUENCE, op->name, before, after);
    const char *comment = creates ? op->after.sequence->comment : NULL;
    if (creates ? comment != NULL : op->before.sequence->comment != NULL) {
        ag_op *said = ag_pg_emit_like(l, op, AG_OP_SET_COMMENT, op->name, NULL, comment);
        said->object = AG_SEQUENCE;
    }
    return true;
}
