/* Tables and their columns. */
#include "base/str.h"
#include "diff/differ.h"
#include "schema/node.h"

/* Columns */

static void column_key(ag_buf *buf, const void *node) {
    ag_buf_puts(buf, ((const ag_column *)node)->name);
}

static ag_op *alter_column(ag_differ *d, const ag_table *table, const ag_column *before,
                           const ag_column *after) {
    ag_op *op = ag__emit_on(d, AG_OP_ALTER_COLUMN, table, after->name);
    op->before.column = before;
    op->after.column = after;
    op->loc = after->loc;
    return op;
}

static bool is_numbered(const ag_column *column) {
    return column->identity != AG_IDENTITY_NONE;
}

static bool takes_numbers(const ag_column *column) {
    return column->default_expr != NULL && ag_text_starts(column->default_expr, "nextval(");
}

/*
 * A column that is numbered by itself, and then by a sequence that may have the name of its own
 * one, lets go of the first before it gets the other: the sequence comes or goes in between.
 */
static const ag_column *without_counter(const ag_differ *d, const ag_column *before,
                                        const ag_column *after) {
    if (!(is_numbered(before) && !is_numbered(after) && takes_numbers(after)) &&
        !(takes_numbers(before) && is_numbered(after) && !is_numbered(before))) {
        return before;
    }
    ag_column *between = ag_arena_copy(d->scratch, before, sizeof *between);
    between->identity = AG_IDENTITY_NONE;
    between->identity_options = (ag_sequence_options){0};
    between->default_expr = NULL;
    return between;
}

/*
 * A column that a table only has from its parent comes and goes with the parent's; what the child
 * says otherwise of it is an alteration of what it is given.
 */
static void column_create(ag_differ *d, const ag_pair *pair) {
    const ag_column *column = pair->after;
    const ag_table *table = pair->to_parent;
    if (!column->inherited) {
        ag_op *op = ag__emit_on(d, AG_OP_ADD_COLUMN, table, column->name);
        op->after.column = column;
        op->loc = column->loc;
        return;
    }
    const ag_column *given = ag__given_column(d, true, table, pair->from_parent, column->name);
    if (given == NULL) {
        return;
    }
    if (!ag__same_column(d, NULL, given, NULL, column)) {
        (void)alter_column(d, table, given, column);
    }
    ag__compare_comments(d, AG_COLUMN, table->ns, table->name, column->name, NULL, column->comment);
}

static void column_drop(ag_differ *d, const ag_pair *pair) {
    const ag_column *column = pair->before;
    const ag_table *table = pair->from_parent;
    if (!column->inherited) {
        ag__emit_on(d, AG_OP_DROP_COLUMN, table, column->name)->before.column = column;
        return;
    }
    const ag_column *given = ag__given_column(d, false, table, pair->to_parent, column->name);
    if (given == NULL) {
        return;
    }
    if (!ag__same_column(d, NULL, column, NULL, given)) {
        (void)alter_column(d, table, column, given);
    }
    ag__compare_comments(d, AG_COLUMN, table->ns, table->name, column->name, column->comment, NULL);
}

/* A column that would lose its NOT NULL with the key that implies it counts as having none. */
static const ag_column *as_written(ag_differ *d, const ag_pair *pair) {
    const ag_column *before = pair->before;
    const ag_column *after = pair->after;
    if (after->nullable || before->not_null_origin != AG_NOT_NULL_IMPLIED ||
        after->not_null_origin != AG_NOT_NULL_WRITTEN) {
        return before;
    }
    ag_column *written = ag_arena_copy(d->scratch, before, sizeof *before);
    written->nullable = true;
    return written;
}

static void column_compare(ag_differ *d, const ag_pair *pair) {
    const ag_table *table = pair->to_parent;
    const ag_column *a = as_written(d, pair);
    const ag_column *b = pair->after;
    ag_column merged;
    if (!ag__merge_column(d, pair->from_parent, a, table, b, &merged)) {
        const ag_column *between = without_counter(d, a, &merged);
        if (between != a) {
            (void)alter_column(d, table, a, between);
        }
        (void)alter_column(d, table, between, ag_arena_copy(d->scratch, &merged, sizeof merged));
    }
    ag_op *op =
        ag__compare_comments(d, AG_COLUMN, table->ns, table->name, b->name, a->comment, b->comment);
    if (op != NULL) {
        op->loc = b->loc;
    }
}

static const ag_walk column_walk = {column_key, column_create, column_drop, column_compare};

/* Tables made or dropped whole. */

/* It is made anew, or a partition of one that is. */
static bool is_in_remade(const ag_differ *d, const ag_table *table) {
    return ag__remade_top(d, d->from, table->ns, table->name) != NULL ||
           ag__remade_top(d, d->to, table->ns, table->name) != NULL;
}

/*
 * A constraint that is not valid cannot be said inside CREATE TABLE. Foreign keys of a table that
 * is made anew come when all rows are back.
 */
static bool stands_alone(const ag_differ *d, const ag_table *table,
                         const ag_constraint *constraint) {
    return constraint->not_valid ||
           (d->remade.n > 0 && constraint->kind == AG_FOREIGN_KEY && is_in_remade(d, table));
}

/* The table as its own operation has it: indexes and some constraints have their own. */
static const ag_table *bare_table(ag_differ *d, const ag_table *table) {
    ag_table *bare = ag_arena_copy(d->scratch, table, sizeof *table);
    bare->indexes = (ag_indexes){NULL, 0, 0};
    bare->constraints = (ag_constraints){NULL, 0, 0};
    for (size_t i = 0; i < table->constraints.n; i++) {
        if (!stands_alone(d, table, table->constraints.items[i])) {
            ag_vec_push(d->scratch, &bare->constraints, table->constraints.items[i]);
        }
    }
    return bare;
}

static void table_key(ag_buf *buf, const void *node) {
    const ag_table *table = node;
    ag_buf_puts(buf, table->ns != NULL ? table->ns : "");
    ag_buf_putc(buf, '\n');
    ag_buf_puts(buf, table->name);
}

void ag__create_table(ag_differ *d, const ag_table *table) {
    bool is_remade = is_in_remade(d, table);
    ag_op *op = ag__emit(d, AG_OP_CREATE_TABLE, table->ns, table->name);
    op->after.table = bare_table(d, table);
    op->table_kind = table->kind;
    op->on_new_table = true;
    op->is_remade = is_remade;
    op->loc = table->loc;
    for (size_t i = 0; i < table->constraints.n; i++) {
        if (stands_alone(d, table, table->constraints.items[i])) {
            ag__add_constraint(d, table, table->constraints.items[i], true)->is_remade = is_remade;
        }
    }
    for (size_t i = 0; i < table->indexes.n; i++) {
        ag__create_index(d, table, table->indexes.items[i], true);
    }
}

void ag__drop_table(ag_differ *d, const ag_table *table) {
    bool is_remade = is_in_remade(d, table);
    for (size_t i = 0; i < table->indexes.n; i++) {
        ag__drop_index(d, table, table->indexes.items[i], true);
    }
    for (size_t i = 0; i < table->constraints.n; i++) {
        if (stands_alone(d, table, table->constraints.items[i])) {
            ag__drop_constraint(d, table, table->constraints.items[i], true)->is_remade = is_remade;
        }
    }
    ag_op *op = ag__emit(d, AG_OP_DROP_TABLE, table->ns, table->name);
    op->before.table = bare_table(d, table);
    op->table_kind = table->kind;
    op->on_dropped_table = true;
    op->is_remade = is_remade;
}

static void table_create(ag_differ *d, const ag_pair *pair) {
    ag__create_table(d, pair->after);
}

static void table_drop(ag_differ *d, const ag_pair *pair) {
    ag__drop_table(d, pair->before);
}

/* Tables on both sides. */

/* True when nothing but the parts with operations of their own differs. */
static bool merge_table(const ag_differ *d, const ag_table *a, const ag_table *b,
                        ag_table *merged) {
    bool differs = ag__keep(&merged->partition_by, a->partition_by,
                            ag__same_expr(d, a->partition_by, b->partition_by, NULL));
    differs |= ag__keep(&merged->bound, a->bound, ag__same_expr(d, a->bound, b->bound, NULL));
    differs |= ag__keep(&merged->parent, a->parent, ag__same_name(d, a->parent, b->parent));
    differs |=
        ag__keep(&merged->parent_ns, a->parent_ns, ag__same_name(d, a->parent_ns, b->parent_ns));
    differs |=
        ag__keep(&merged->tablespace, a->tablespace, ag_text_eq(a->tablespace, b->tablespace));
    differs |= ag__keep(&merged->access_method, a->access_method,
                        ag_text_eq(a->access_method, b->access_method));
    differs |= ag__keep(&merged->replica_identity, a->replica_identity,
                        ag_text_ieq(a->replica_identity, b->replica_identity));
    differs |= !ag__same_names(d, &a->inherits, &b->inherits);
    differs |= !ag_options_equal(&a->options, &b->options);
    return !(differs || a->strict != b->strict || a->without_rowid != b->without_rowid ||
             a->autoincrement != b->autoincrement || a->unlogged != b->unlogged ||
             a->row_security != b->row_security || a->force_row_security != b->force_row_security);
}

static bool is_partition_of(const ag_table *table, const ag_table *other) {
    return table->parent != NULL && ag_text_eq(table->parent, other->parent) &&
           ag_text_eq(table->parent_ns, other->parent_ns);
}

/* Whether another partition of the parent comes or changes its bound. */
static bool moves_beside(const ag_differ *d, const ag_table *table, const ag_schema *here,
                         const ag_schema *there) {
    for (size_t i = 0; i < here->tables.n; i++) {
        const ag_table *other = here->tables.items[i];
        if (!is_partition_of(other, table) || ag_text_eq(other->name, table->name)) {
            continue;
        }
        const ag_table *twin = ag_schema_table(there, other->ns, other->name);
        if (twin == NULL || !is_partition_of(twin, other) ||
            !ag__same_expr(d, other->bound, twin->bound, NULL)) {
            return true;
        }
    }
    return false;
}

/* The bounds of partitions may change places: all that move leave before any comes back. */
static bool moves_with_others(const ag_differ *d, const ag_table *a, const ag_table *b) {
    return is_partition_of(a, b) && !ag_text_eq(a->bound, b->bound) &&
           moves_beside(d, b, d->to, d->from);
}

static ag_op *emit_alter(ag_differ *d, const ag_table *a, const ag_table *b) {
    ag_op *op = ag__emit(d, AG_OP_ALTER_TABLE, b->ns, b->name);
    op->before.table = bare_table(d, a);
    op->after.table = bare_table(d, b);
    op->table_kind = b->kind;
    op->loc = b->loc;
    return op;
}

/* What the table gets from its parent it gets when it is back. */
static void emit_move(ag_differ *d, const ag_table *a, const ag_table *merged) {
    ag_table apart = *a;
    ag_table back = *merged;
    apart.parent = apart.parent_ns = apart.bound = NULL;
    back.columns = a->columns;
    back.constraints = a->constraints;
    emit_alter(d, a, &apart)->is_remade = true;
    emit_alter(d, &apart, &back)->is_remade = true;
}

static void compare_table_itself(ag_differ *d, const ag_table *a, const ag_table *b) {
    ag_table merged = *b;
    merged.comment = a->comment;
    if (!merge_table(d, a, b, &merged)) {
        if (moves_with_others(d, a, &merged)) {
            emit_move(d, a, &merged);
        } else {
            (void)emit_alter(d, a, &merged);
        }
    }
    ag_op *op = ag__compare_comments(d, AG_TABLE, b->ns, NULL, b->name, a->comment, b->comment);
    if (op != NULL) {
        op->loc = b->loc;
    }
}

static void table_compare(ag_differ *d, const ag_pair *pair) {
    const ag_table *a = pair->before;
    const ag_table *b = pair->after;
    if (ag__is_remade(d, b)) {
        ag__remake_table(d, a, b);
        return;
    }
    compare_table_itself(d, a, b);
    ag__walk(d, &column_walk, AG_SIDE(a->columns, a), AG_SIDE(b->columns, b));
    ag__diff_constraints(d, a, b);
    ag__diff_indexes(d, a, b);
}

static const ag_walk table_walk = {table_key, table_create, table_drop, table_compare};

void ag__diff_tables(ag_differ *d) {
    if (ag_schema_covers(d->to, AG_TABLE)) {
        ag__walk(d, &table_walk, AG_SIDE(d->from->tables, NULL), AG_SIDE(d->to->tables, NULL));
        ag__keep_parts(d);
    }
}
