/*
 * Tables that belong to others: partitions, children, and the indexes that reach over both.
 *
 * A partition that is more than its parent's columns is made as a table of its own, with its keys
 * and indexes, and attached then: the server takes over what it finds and makes anew, under names
 * of its own, only what is missing. Attaching also locks the parent less.
 */
#include <string.h>

#include "base/str.h"
#include "dialect/pg_lower.h"
#include "dialect/pg_sequence.h"
#include "schema/node.h"

/* A table as it is now; one that this list makes and the model lacks is as it was made. */
static const ag_table *table_now(const ag_pg_lowering *l, const char *ns, const char *name) {
    if (ag_schema_table(l->model, ns, name) != NULL) {
        return ag_pg_table_now(l, ns, name);
    }
    const ag_op *op = ag_map_get(&l->created, ag_node_key(l->arena, AG_TABLE, ns, name));
    return op == NULL ? NULL : op->after.table;
}

/* Columns */

static bool has_same_attributes(const ag_column *a, const ag_column *b) {
    return ag_text_ieq(a->storage, b->storage) && ag_text_ieq(a->compression, b->compression) &&
           a->statistics == b->statistics && ag_options_equal(&a->options, &b->options);
}

static bool follows(const ag_column *parent, const ag_column *child) {
    return child->inherited && ag_text_eq(parent->name, child->name) &&
           ag_text_eq(parent->default_expr, child->default_expr) &&
           parent->serial == child->serial && parent->nullable == child->nullable &&
           parent->generated == child->generated &&
           ag_text_eq(parent->generated_expr, child->generated_expr) &&
           parent->identity == child->identity && has_same_attributes(parent, child);
}

static bool columns_follow(const ag_table *parent, const ag_table *child) {
    bool is_same = parent->columns.n == child->columns.n;
    for (size_t i = 0; is_same && i < child->columns.n; i++) {
        is_same = follows(parent->columns.items[i], child->columns.items[i]);
    }
    return is_same;
}

/* A column that a child declares again without a default has its parent's all the same. */
static bool would_take_default(const ag_column *parent, const ag_column *child) {
    return child->default_expr == NULL && !child->serial && child->generated == AG_GENERATED_NONE &&
           child->identity == AG_IDENTITY_NONE && parent->default_expr != NULL;
}

static void emit_override(ag_pg_lowering *l, const ag_op *op, const ag_column *before,
                          const ag_column *after) {
    ag_pg_emit_like(l, op, AG_OP_ALTER_COLUMN, after->name, before, after)->table = op->name;
    ag_pg_in_place(l);
}

/* What a child says otherwise of the columns that it has from its parents. */
static void emit_overrides(ag_pg_lowering *l, const ag_op *op, const ag_table *parent) {
    const ag_table *table = op->after.table;
    for (size_t i = 0; parent != NULL && i < table->columns.n; i++) {
        const ag_column *column = table->columns.items[i];
        const ag_column *theirs = ag_pg_find_column(&parent->columns, column->name);
        if (theirs == NULL ||
            (column->inherited ? follows(theirs, column) : !would_take_default(theirs, column))) {
            continue;
        }
        ag_column *before = ag_arena_copy(l->arena, column, sizeof *column);
        before->default_expr = theirs->default_expr;
        if (!column->inherited) {
            emit_override(l, op, before, column);
            continue;
        }
        before->nullable = theirs->nullable;
        before->storage = theirs->storage;
        before->compression = theirs->compression;
        before->statistics = -1;
        before->options = (ag_options){NULL, 0, 0};
        emit_override(l, op, before, column);
    }
}

static const ag_table *find_parent_text(const ag_pg_lowering *l, const char *qualified) {
    for (size_t i = 0; i < l->model->tables.n; i++) {
        const ag_table *table = l->model->tables.items[i];
        ag_buf name = AG_BUF_INIT;
        ag_pg_put_name(&name, table->ns, table->name);
        bool is_it = ag_text_eq(ag_buf_text(&name), qualified);
        ag_buf_release(&name);
        if (is_it) {
            return table;
        }
    }
    return NULL;
}

enum { DEEPEST_INHERITANCE = 64 };

static bool is_below(const ag_pg_lowering *l, const ag_table *table, const char *ns,
                     const char *name, int depth) {
    if (table == NULL || depth > DEEPEST_INHERITANCE) {
        return false;
    }
    if (ag_text_eq(table->ns, ns) && ag_text_eq(table->name, name)) {
        return true;
    }
    bool is = table->parent != NULL &&
              is_below(l, ag_schema_table(l->model, table->parent_ns, table->parent), ns, name,
                       depth + 1);
    for (size_t i = 0; i < table->inherits.n && !is; i++) {
        is = is_below(l, find_parent_text(l, table->inherits.items[i]), ns, name, depth + 1);
    }
    return is;
}

bool ag_pg_is_below(const ag_pg_lowering *l, const ag_op *op, const char *ns, const char *name) {
    return (ag_text_eq(op->ns, ns) && ag_text_eq(op->table, name)) ||
           is_below(l, ag_schema_table(l->model, op->ns, op->table), ns, name, 0);
}

/* Partitions */

const char *ag_pg_joined_columns(ag_arena *arena, const ag_keys *keys) {
    ag_buf buf = AG_BUF_INIT;
    for (size_t i = 0; i < keys->n; i++) {
        const char *column = keys->items[i].column;
        ag_buf_printf(&buf, "%s%s", i > 0 ? "_" : "", column != NULL ? column : "expr");
    }
    const char *text = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return text;
}

/* The name that the server gives to what it makes on a partition for a key of the parent. */
static const char *usual_name(ag_arena *arena, const ag_table *table,
                              const ag_constraint *constraint) {
    switch (constraint->kind) {
    case AG_PRIMARY_KEY:
        return ag_pg_object_name(arena, table->name, NULL, "pkey");
    case AG_UNIQUE:
        return ag_pg_object_name(arena, table->name, ag_pg_joined_columns(arena, &constraint->keys),
                                 "key");
    case AG_EXCLUDE:
        return ag_pg_object_name(arena, table->name, ag_pg_joined_columns(arena, &constraint->keys),
                                 "excl");
    case AG_FOREIGN_KEY:
    case AG_CHECK:
        break;
    }
    return constraint->name;
}

static bool is_usual(ag_pg_lowering *l, const ag_table *parent, const ag_table *table,
                     const ag_constraint *constraint) {
    if (!constraint->inherited) {
        return true;
    }
    const char *name = usual_name(l->arena, table, constraint);
    const ag_table *wanted = ag_schema_table(l->model, parent->ns, parent->name);
    if (constraint->kind == AG_FOREIGN_KEY && wanted != NULL) {
        parent = wanted; /* keys into the partitioned table itself come after its partitions */
    }
    bool is_named_alike = name == constraint->name
                              ? ag_table_constraint(l->model, parent, name) != NULL
                              : ag_text_eq(name, constraint->name);
    return is_named_alike && constraint->comment == NULL && !constraint->clustered &&
           !constraint->replica_identity;
}

static bool is_plain_partition(ag_pg_lowering *l, const ag_table *parent, const ag_table *table) {
    if (parent == NULL || !columns_follow(parent, table) ||
        ag_map_has(&l->has_index, ag_node_key(l->arena, AG_TABLE, table->ns, table->name))) {
        return false;
    }
    for (size_t i = 0; i < table->constraints.n; i++) {
        if (!is_usual(l, parent, table, table->constraints.items[i])) {
            return false;
        }
    }
    return true;
}

/* The table without its parent: all that it has is its own. */
static ag_table *on_its_own(ag_pg_lowering *l, const ag_table *table) {
    ag_table *own = ag_table_clone(l->arena, table);
    own->parent = own->parent_ns = own->bound = NULL;
    for (size_t i = 0; i < own->columns.n; i++) {
        own->columns.items[i]->inherited = false;
    }
    for (size_t i = 0; i < own->constraints.n; i++) {
        own->constraints.items[i]->inherited = false;
    }
    return own;
}

/* Indexes that are to be there before their table is attached. */
static void take_indexes(ag_pg_lowering *l, const char *ns, const char *table) {
    for (size_t i = l->at + 1; i < l->ops->list.n; i++) {
        const ag_op *op = l->ops->list.items[i];
        if (op->kind == AG_OP_CREATE_INDEX && !l->is_done[i] && ag_text_eq(op->ns, ns) &&
            ag_text_eq(op->table, table)) {
            ag_index *index = ag_arena_copy(l->arena, op->after.index, sizeof *index);
            index->parent = NULL;
            index->inherited = false;
            ag_pg_emit(l, op)->after.index = index;
            ag_pg_in_place(l);
            l->is_done[i] = true;
        }
    }
}

/* The last operation of the list that changes what the partitions of a table must have. */
static size_t last_change(const ag_pg_lowering *l, const char *ns, const char *table) {
    size_t last = l->at;
    for (size_t i = l->at + 1; i < l->ops->list.n; i++) {
        const ag_op *op = l->ops->list.items[i];
        bool is_part = op->object == AG_COLUMN || op->object == AG_CONSTRAINT ||
                       op->kind == AG_OP_CREATE_INDEX;
        if (is_part && op->kind != AG_OP_SET_COMMENT && op->new_name == NULL &&
            ag_text_eq(op->ns, ns) && ag_text_eq(op->table, table)) {
            last = i;
        }
    }
    return last;
}

/* The partition has what its parent will have: it is attached when the parent has it too. */
static void attach(ag_pg_lowering *l, const ag_op *op, const ag_table *before) {
    const ag_table *after = op->after.table;
    ag_op *alter = ag_pg_emit_like(l, op, AG_OP_ALTER_TABLE, op->name, before, after);
    size_t last = last_change(l, after->parent_ns, after->parent);
    size_t own = op->kind == AG_OP_ALTER_TABLE ? last_change(l, op->ns, op->name) : l->at;
    last = own > last ? own : last;
    if (last > l->at) {
        ag_pg_step step = {.op = alter};
        l->steps.n--;
        ag_vec_push(l->arena, &l->attaching, step);
        ag_vec_push(l->arena, &l->ready, last);
    }
}

void ag_pg_attach_all(ag_pg_lowering *l) {
    for (size_t i = 0; i < l->attaching.n; i++) {
        if (l->ready.items[i] != SIZE_MAX) {
            ag_vec_push(l->arena, &l->steps, l->attaching.items[i]);
            l->ready.items[i] = SIZE_MAX;
        }
    }
}

void ag_pg_attach_ready(ag_pg_lowering *l) {
    for (size_t i = 0; i < l->attaching.n; i++) {
        if (l->ready.items[i] == l->at) {
            ag_vec_push(l->arena, &l->steps, l->attaching.items[i]);
            l->ready.items[i] = SIZE_MAX;
        }
    }
}

static bool is_key(const ag_constraint *constraint) {
    return constraint->kind != AG_CHECK && constraint->kind != AG_FOREIGN_KEY;
}

static bool has_same_columns(const ag_constraint *a, const ag_constraint *b) {
    bool is_same = (a->kind == AG_EXCLUDE) == (b->kind == AG_EXCLUDE) && a->keys.n == b->keys.n &&
                   ag_strings_equal(&a->include, &b->include, false);
    for (size_t i = 0; is_same && i < a->keys.n; i++) {
        is_same = ag_text_eq(a->keys.items[i].column, b->keys.items[i].column);
    }
    return is_same;
}

/* Of keys that are alike CREATE TABLE makes but the first. */
static bool repeats_key(const ag_table *table, size_t at) {
    const ag_constraint *key = table->constraints.items[at];
    for (size_t i = 0; is_key(key) && i < at; i++) {
        if (is_key(table->constraints.items[i]) &&
            has_same_columns(table->constraints.items[i], key)) {
            return true;
        }
    }
    return false;
}

static void emit_key(ag_pg_lowering *l, const ag_op *op, const ag_constraint *key) {
    ag_op *add = ag_pg_emit_like(l, op, AG_OP_ADD_CONSTRAINT, key->name, NULL, key);
    add->table = op->name;
    add->on_new_table = true;
    ag_pg_in_place(l);
}

/* CREATE TABLE, and after it the keys that it would leave out. */
static void emit_create(ag_pg_lowering *l, const ag_op *op, const ag_table *table) {
    ag_table *own = ag_arena_copy(l->arena, table, sizeof *table);
    own->constraints = (ag_constraints){NULL, 0, 0};
    ag_pg_emit(l, op)->after.table = own;
    for (size_t i = 0; i < table->constraints.n; i++) {
        if (repeats_key(table, i)) {
            emit_key(l, op, table->constraints.items[i]);
        } else {
            ag_vec_push(l->arena, &own->constraints, table->constraints.items[i]);
        }
    }
}

static void emit_attached(ag_pg_lowering *l, const ag_op *op) {
    const ag_table *table = op->after.table;
    const ag_table *own = on_its_own(l, table);
    emit_create(l, op, own);
    if (ag_map_has(&l->has_index, ag_node_key(l->arena, AG_TABLE, table->ns, table->name))) {
        take_indexes(l, table->ns, table->name);
    }
    attach(l, op, own);
}

static const ag_table *parent_now(const ag_pg_lowering *l, const char *qualified) {
    const ag_table *parent = find_parent_text(l, qualified);
    return parent == NULL ? NULL : table_now(l, parent->ns, parent->name);
}

/* What a parent computes a child may declare again, but not compute: older servers refuse that. */
static const ag_table *without_repeats(ag_pg_lowering *l, const ag_table *table) {
    ag_table *own = NULL;
    for (size_t p = 0; p < table->inherits.n; p++) {
        const ag_table *parent = parent_now(l, table->inherits.items[p]);
        for (size_t i = 0; parent != NULL && i < table->columns.n; i++) {
            const ag_column *column = table->columns.items[i];
            const ag_column *theirs = ag_pg_find_column(&parent->columns, column->name);
            if (column->inherited || column->generated == AG_GENERATED_NONE || theirs == NULL ||
                theirs->generated != column->generated ||
                !ag_text_eq(theirs->generated_expr, column->generated_expr)) {
                continue;
            }
            own = own == NULL ? ag_table_clone(l->arena, table) : own;
            own->columns.items[i]->generated = AG_GENERATED_NONE;
            own->columns.items[i]->generated_expr = NULL;
        }
    }
    return own == NULL ? table : own;
}

void ag_pg_expand_create_table(ag_pg_lowering *l, const ag_op *op) {
    const ag_table *table = op->after.table;
    if (table->parent != NULL) {
        const ag_table *parent = table_now(l, table->parent_ns, table->parent);
        if (is_plain_partition(l, parent, table)) {
            ag_pg_emit(l, op);
        } else {
            emit_attached(l, op);
        }
        return;
    }
    emit_create(l, op, without_repeats(l, table));
    for (size_t i = 0; i < table->inherits.n; i++) {
        emit_overrides(l, op, parent_now(l, table->inherits.items[i]));
    }
}

/* An operation on a part of the table that `op` is about. */
static void emit_part_op(ag_pg_lowering *l, const ag_op *op, ag_op_kind kind, const char *name,
                         const void *before, const void *after) {
    ag_pg_emit_like(l, op, kind, name, before, after)->table = op->name;
    ag_pg_in_place(l);
}

/* What a table is to have from its new parent must be there before: the server only merges. */
static void emit_missing_parts(ag_pg_lowering *l, const ag_op *op) {
    const ag_table *before = op->before.table;
    const ag_table *after = op->after.table;
    for (size_t i = 0; i < after->columns.n; i++) {
        const ag_column *column = after->columns.items[i];
        if (column->inherited && ag_pg_find_column(&before->columns, column->name) == NULL) {
            ag_column *own = ag_arena_copy(l->arena, column, sizeof *own);
            own->inherited = false;
            emit_part_op(l, op, AG_OP_ADD_COLUMN, column->name, NULL, own);
        }
    }
    for (size_t i = 0; i < after->constraints.n; i++) {
        const ag_constraint *check = after->constraints.items[i];
        if (check->kind == AG_CHECK && check->inherited &&
            ag_table_constraint(l->model, before, check->name) == NULL) {
            ag_constraint *own = ag_arena_copy(l->arena, check, sizeof *own);
            own->inherited = false;
            emit_part_op(l, op, AG_OP_ADD_CONSTRAINT, check->name, NULL, own);
        }
    }
}

static bool was_dropped(const ag_pg_lowering *l, const char *ns, const char *index) {
    for (size_t i = 0; i < l->steps.n; i++) {
        const ag_op *op = l->steps.items[i].op;
        if (op->kind == AG_OP_DROP_INDEX && ag_text_eq(op->ns, ns) && ag_text_eq(op->name, index)) {
            return true;
        }
    }
    return false;
}

/* A table that leaves its parent keeps what it had from there: what it is not to have goes then. */
static void emit_leftovers(ag_pg_lowering *l, const ag_op *op) {
    const ag_table *before = op->before.table;
    const ag_table *after = op->after.table;
    for (size_t i = 0; i < l->ops->list.n; i++) {
        const ag_op *drop = l->ops->list.items[i];
        if (drop->kind == AG_OP_DROP_INDEX && drop->before.index->parent != NULL &&
            ag_text_eq(drop->ns, op->ns) && ag_text_eq(drop->table, op->name) &&
            !was_dropped(l, op->ns, drop->before.index->parent)) {
            ag_pg_emit(l, drop);
            ag_pg_in_place(l);
        }
    }
    for (size_t i = 0; i < before->constraints.n; i++) {
        const ag_constraint *it = before->constraints.items[i];
        if (it->inherited && ag_table_constraint(l->model, after, it->name) == NULL) {
            emit_part_op(l, op, AG_OP_DROP_CONSTRAINT, it->name, it, NULL);
        }
    }
    for (size_t i = 0; i < before->columns.n; i++) {
        const ag_column *it = before->columns.items[i];
        if (it->inherited && ag_pg_find_column(&after->columns, it->name) == NULL) {
            emit_part_op(l, op, AG_OP_DROP_COLUMN, it->name, it, NULL);
        }
    }
}

bool ag_pg_expand_alter_table(ag_pg_lowering *l, const ag_op *op) {
    const ag_table *before = op->before.table;
    const ag_table *after = op->after.table;
    bool attaches = after->parent != NULL && (!ag_text_eq(before->parent, after->parent) ||
                                              !ag_text_eq(before->bound, after->bound));
    bool detaches = before->parent != NULL && !ag_text_eq(before->parent, after->parent);
    bool joins = after->parent != NULL && !ag_text_eq(before->parent, after->parent);
    if (joins || after->inherits.n > before->inherits.n) {
        emit_missing_parts(l, op);
    }
    /* One that only changes its place is back before anything is done to its parent. */
    if (attaches && !op->is_remade) {
        take_indexes(l, op->ns, op->name);
        attach(l, op, before);
    } else {
        ag_pg_emit(l, op);
    }
    if (detaches || before->inherits.n > after->inherits.n) {
        emit_leftovers(l, op);
    }
    return true;
}

/* Sequences that serial and identity columns own keep their names when the table gets another. */

static void rename_sequence(ag_pg_lowering *l, const ag_op *op, const ag_column *column,
                            const char *old_name, const char *new_name) {
    bool owns = column->serial ||
                (column->identity != AG_IDENTITY_NONE && column->identity_options.name == NULL);
    if (owns && !ag_text_eq(old_name, new_name)) {
        ag_op *rename = ag_pg_emit_like(l, op, AG_OP_RENAME_SEQUENCE, old_name, NULL, NULL);
        rename->table = NULL;
        rename->new_name = new_name;
    }
}

void ag_pg_expand_rename(ag_pg_lowering *l, const ag_op *op) {
    ag_pg_emit(l, op);
    ag_arena *arena = l->arena;
    if (op->kind == AG_OP_RENAME_COLUMN) {
        rename_sequence(l, op, op->before.column,
                        ag_pg_object_name(arena, op->table, op->name, "seq"),
                        ag_pg_object_name(arena, op->table, op->new_name, "seq"));
        return;
    }
    const ag_table *table = op->before.table;
    for (size_t i = 0; table != NULL && i < table->columns.n; i++) {
        const ag_column *column = table->columns.items[i];
        rename_sequence(l, op, column, ag_pg_object_name(arena, op->name, column->name, "seq"),
                        ag_pg_object_name(arena, op->new_name, column->name, "seq"));
    }
}
