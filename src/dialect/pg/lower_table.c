/*
 * Tables that belong to others: partitions, children, and the indexes that reach over both.
 *
 * A partition that is more than its parent's columns is made as a table of its own, with its keys
 * and indexes, and attached then: the server takes over what it finds and makes anew, under names
 * of its own, only what is missing. Attaching also locks the parent less.
 */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/lower.h"
#include "dialect/pg/sequence.h"
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

/* Partitions */

const char *ag_pg_joined_columns(ag_arena *arena, const ag_keys *keys, const ag_strings *include) {
    ag_buf buf = AG_BUF_INIT;
    for (size_t i = 0; i < keys->n; i++) {
        const char *column = keys->items[i].column;
        ag_buf_printf(&buf, "%s%s", i > 0 ? "_" : "", column != NULL ? column : "expr");
    }
    for (size_t i = 0; i < include->n; i++) {
        ag_buf_printf(&buf, "_%s", include->items[i]);
    }
    const char *text = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return text;
}

/* The name that the server gives to what it makes on a partition for a key of the parent. */
static const char *usual_name(ag_arena *arena, const ag_table *table,
                              const ag_constraint *constraint) {
    const char *columns = ag_pg_joined_columns(arena, &constraint->keys, &constraint->include);
    switch (constraint->kind) {
    case AG_PRIMARY_KEY:
        return ag_pg_object_name(arena, table->name, NULL, "pkey");
    case AG_UNIQUE:
        return ag_pg_object_name(arena, table->name, columns, "key");
    case AG_EXCLUDE:
        return ag_pg_object_name(arena, table->name, columns, "excl");
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
    return is_named_alike && constraint->comment == NULL && constraint->index_comment == NULL &&
           !constraint->clustered && !constraint->replica_identity;
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

static void take_index(ag_pg_lowering *l, size_t at) {
    const ag_op *op = l->ops->list.items[at];
    ag_index *index = ag_arena_copy(l->arena, op->after.index, sizeof *index);
    index->parent = NULL;
    index->inherited = false;
    ag_pg_emit(l, op)->after.index = index;
    ag_pg_in_place(l);
    l->is_done[at] = true;
}

/*
 * Indexes that are to be there before their table is attached. Of two that would do the server
 * takes the older one as the part of its parent's.
 */
static void take_indexes(ag_pg_lowering *l, const char *ns, const char *table) {
    for (int round = 0; round < 2; round++) {
        for (size_t i = l->at + 1; i < l->ops->list.n; i++) {
            const ag_op *op = l->ops->list.items[i];
            if (op->kind == AG_OP_CREATE_INDEX && !l->is_done[i] && ag_text_eq(op->ns, ns) &&
                ag_text_eq(op->table, table) && (round > 0 || op->after.index->parent != NULL)) {
                take_index(l, i);
            }
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
        bool is_made = op->kind == AG_OP_CREATE_TABLE && ag_text_eq(op->name, table);
        if (((is_part && op->kind != AG_OP_SET_COMMENT && op->new_name == NULL &&
              ag_text_eq(op->table, table)) ||
             is_made) &&
            ag_text_eq(op->ns, ns)) {
            last = i;
        }
    }
    return last;
}

/* An operation on a part of the table that `op` is about. */
static void emit_part_op(ag_pg_lowering *l, const ag_op *op, ag_op_kind kind, const char *name,
                         const void *before, const void *after) {
    ag_pg_emit_like(l, op, kind, name, before, after)->table = op->name;
    ag_pg_in_place(l);
}

/* Whether a constraint of that name comes, or goes, with an operation of its own. */
static bool has_own_change(const ag_pg_lowering *l, const ag_op *op, ag_op_kind kind,
                           const char *name) {
    for (size_t i = 0; i < l->ops->list.n; i++) {
        const ag_op *other = l->ops->list.items[i];
        if (other->kind == kind && ag_text_eq(other->ns, op->ns) &&
            ag_text_eq(other->table, op->name) && ag_text_eq(other->name, name)) {
            return true;
        }
    }
    return false;
}

/* …checks at the last moment: a change of a column's type would reword them. */
static void emit_missing_checks(ag_pg_lowering *l, const ag_op *op) {
    const ag_table *before = op->before.table;
    const ag_table *after = op->after.table;
    for (size_t i = 0; i < after->constraints.n; i++) {
        const ag_constraint *check = after->constraints.items[i];
        if (check->kind == AG_CHECK && check->inherited &&
            (ag_table_constraint(l->model, before, check->name) == NULL ||
             has_own_change(l, op, AG_OP_DROP_CONSTRAINT, check->name))) {
            ag_constraint *own = ag_arena_copy(l->arena, check, sizeof *own);
            own->inherited = false;
            emit_part_op(l, op, AG_OP_ADD_CONSTRAINT, check->name, NULL, own);
        }
    }
}

/* The last operation that changes what a table, or its new parents, must have. */
static size_t last_of_all(const ag_pg_lowering *l, const ag_op *op) {
    const ag_table *after = op->after.table;
    size_t last = op->kind == AG_OP_ALTER_TABLE ? last_change(l, op->ns, op->name) : l->at;
    for (size_t i = last + 1; i < l->ops->list.n; i++) {
        last = l->ops->list.items[i] == op ? i : last; /* what it left behind goes first */
    }
    if (after->parent != NULL) {
        size_t its = last_change(l, after->parent_ns, after->parent);
        last = its > last ? its : last;
    }
    for (size_t i = 0; i < after->inherits.n; i++) {
        const ag_table *parent = ag_pg_table_of_text(l, after->inherits.items[i]);
        size_t its = parent == NULL ? l->at : last_change(l, parent->ns, parent->name);
        last = its > last ? its : last;
    }
    return last;
}

/* The steps from `first` on wait for an operation. */
static void put_off(ag_pg_lowering *l, size_t first, size_t ready) {
    for (size_t i = first; ready > l->at && i < l->steps.n; i++) {
        ag_vec_push(l->arena, &l->attaching, l->steps.items[i]);
        ag_vec_push(l->arena, &l->ready, ready);
    }
    l->steps.n = ready > l->at ? first : l->steps.n;
}

/*
 * Columns that got other names when their table was on its own get them back before it is attached,
 * and the table is attached before the parent's get theirs back: those are its own as well then. So
 * both happens ahead of all that is called otherwise.
 */
static void take_renames(ag_pg_lowering *l, const ag_op *op, size_t *ready) {
    size_t first = l->ops->list.n;
    bool has_any = false;
    for (size_t i = l->ops->list.n; i > l->at + 1; i--) {
        const ag_op *rename = l->ops->list.items[i - 1];
        first = rename->new_name != NULL ? i - 1 : first;
        has_any = has_any || ag_pg_renames_column_of(rename, op);
    }
    for (size_t i = l->at + 1; i < l->ops->list.n; i++) {
        if (ag_pg_renames_column_of(l->ops->list.items[i], op)) {
            ag_pg_expand_rename(l, l->ops->list.items[i]);
            l->is_done[i] = true;
        }
    }
    *ready = has_any ? first - 1 : *ready;
}

/* The table has what its parent will have: it is attached when the parent has it too. */
static void attach(ag_pg_lowering *l, const ag_op *op, const ag_table *before) {
    size_t first = l->steps.n;
    size_t ready = last_of_all(l, op);
    bool joins = op->kind == AG_OP_ALTER_TABLE &&
                 (!ag_pg_same_parent(before, op->after.table) ||
                  !ag_strings_equal(&before->inherits, &op->after.table->inherits, false));
    if (joins) {
        emit_missing_checks(l, op);
        put_off(l, first, ready);
        first = l->steps.n;
        take_renames(l, op, &ready);
    }
    ag_pg_emit_like(l, op, AG_OP_ALTER_TABLE, op->name, before, op->after.table);
    put_off(l, first, ready);
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

static bool has_renames(const ag_pg_lowering *l) {
    for (size_t i = 0; i < l->ops->list.n; i++) {
        if (l->ops->list.items[i]->new_name != NULL) {
            return true;
        }
    }
    return false;
}

/* What the partition has of a key of its parent at the end of this way; NULL where unknown. */
static const ag_constraint *part_of_key(const ag_pg_lowering *l, const ag_table *part,
                                        const ag_constraint *key) {
    const ag_table *end = l->is_up         ? ag_schema_table(l->model, part->ns, part->name)
                          : has_renames(l) ? NULL /* the old schema speaks in old names */
                                           : ag_schema_table(l->old, part->ns, part->name);
    for (size_t i = 0; end != NULL && i < end->constraints.n; i++) {
        const ag_constraint *it = end->constraints.items[i];
        if (it->inherited && it->kind == key->kind && has_same_columns(it, key) &&
            it->deferrable == key->deferrable &&
            it->nulls_not_distinct == key->nulls_not_distinct) {
            return it;
        }
    }
    return NULL;
}

void ag_pg_expand_add_constraint(ag_pg_lowering *l, const ag_op *op) {
    const ag_constraint *key = op->after.constraint;
    if (key->inherited) {
        return;
    }
    ag_pg_tables family = {NULL, 0, 0};
    if (op->table_kind == AG_TABLE_PARTITIONED && is_key(key) && !op->on_new_table) {
        ag_pg_list_family(l, op, &family);
    }
    for (size_t i = 0; i + 1 < family.n; i++) {
        const ag_table *part = family.items[i];
        const ag_constraint *own = part_of_key(l, part, key);
        const ag_constraint *now =
            own == NULL ? NULL : ag_table_constraint(l->model, part, own->name);
        bool is_there =
            (now != NULL && !now->inherited) ||
            ag_map_has(&l->created, ag_node_key(l->arena, AG_TABLE, part->ns, part->name));
        if (own != NULL && !is_there && !ag_text_eq(own->name, usual_name(l->arena, part, own))) {
            ag_constraint *first = ag_arena_copy(l->arena, own, sizeof *first);
            first->inherited = false;
            ag_op *add = ag_pg_emit_like(l, op, AG_OP_ADD_CONSTRAINT, own->name, NULL, first);
            add->ns = part->ns;
            add->table = part->name;
            add->table_kind = part->kind;
            ag_pg_in_place(l);
        }
    }
    ag_pg_emit(l, op);
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
    const ag_table *parent = ag_pg_table_of_text(l, qualified);
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

/* What a table is to have from its new parent must be there before: the server only merges. */
static void emit_missing_columns(ag_pg_lowering *l, const ag_op *op) {
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
}

/* The indexes that a partition takes along from its parent, and is not to keep. */
static void emit_left_indexes(ag_pg_lowering *l, const ag_op *op) {
    for (size_t i = 0; i < l->ops->list.n; i++) {
        const ag_op *drop = l->ops->list.items[i];
        if (drop->kind == AG_OP_DROP_INDEX && drop->before.index->parent != NULL &&
            ag_text_eq(drop->ns, op->ns) && ag_text_eq(drop->table, op->name)) {
            ag_pg_emit(l, drop);
            ag_pg_in_place(l);
        }
    }
}

/* A table that leaves its parent keeps what it had from there: what it is not to have goes then. */
void ag_pg_emit_leftovers(ag_pg_lowering *l, const ag_op *op) {
    const ag_table *before = op->before.table;
    const ag_table *after = op->after.table;
    for (size_t i = 0; i < before->constraints.n; i++) {
        const ag_constraint *it = before->constraints.items[i];
        if (it->inherited && (ag_table_constraint(l->model, after, it->name) == NULL ||
                              has_own_change(l, op, AG_OP_ADD_CONSTRAINT, it->name))) {
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

/* The table with those parents alone that it has before and after. */
static const ag_table *without_parents(ag_pg_lowering *l, const ag_table *before,
                                       const ag_table *after, bool leaves) {
    ag_table *between = ag_arena_copy(l->arena, before, sizeof *between);
    if (leaves) {
        between->parent = between->parent_ns = between->bound = NULL;
    }
    between->inherits = (ag_strings){NULL, 0, 0};
    for (size_t i = 0; i < before->inherits.n; i++) {
        if (ag_strings_has(&after->inherits, before->inherits.items[i])) {
            ag_vec_push(l->arena, &between->inherits, before->inherits.items[i]);
        }
    }
    return between;
}

bool ag_pg_expand_alter_table(ag_pg_lowering *l, const ag_op *op) {
    const ag_table *before = op->before.table;
    const ag_table *after = op->after.table;
    if (op->is_remade) { /* it only changes its place: back before its parent changes */
        ag_pg_emit(l, op);
        return true;
    }
    bool joins = after->parent != NULL && !ag_pg_same_parent(before, after);
    bool attaches = after->parent != NULL && !ag_pg_same_partition(before, after);
    bool leaves = before->parent != NULL && !ag_pg_same_parent(before, after);
    const ag_table *between = without_parents(l, before, after, leaves);
    leaves = leaves || between->inherits.n < before->inherits.n;
    bool inherits = between->inherits.n < after->inherits.n;
    if (leaves && (joins || inherits)) {
        ag_pg_emit_like(l, op, AG_OP_ALTER_TABLE, op->name, before, between);
        emit_left_indexes(l, op);
        before = between;
    }
    if (joins || inherits) {
        emit_missing_columns(l, op);
    }
    if (attaches) {
        take_indexes(l, op->ns, op->name);
    }
    if (attaches || inherits) {
        attach(l, op, before);
    } else {
        ag_pg_emit(l, op);
        if (leaves) {
            emit_left_indexes(l, op);
        }
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
    /* Columns are called otherwise behind the table on the way up, before it on the way back. */
    const ag_table *table = l->is_up ? op->before.table : op->after.table;
    for (size_t i = 0; table != NULL && i < table->columns.n; i++) {
        const ag_column *column = table->columns.items[i];
        rename_sequence(l, op, column, ag_pg_object_name(arena, op->name, column->name, "seq"),
                        ag_pg_object_name(arena, op->new_name, column->name, "seq"));
    }
}
