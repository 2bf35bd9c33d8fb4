#include "dialect/pg/lower.h"

#include <string.h>

#include "base/str.h"
#include "dialect/pg/version.h"
#include "schema/node.h"

static ag_op *push(ag_pg_lowering *l, const ag_op *op) {
    ag_pg_step step = {.op = ag_arena_copy(l->arena, op, sizeof *op)};
    ag_vec_push(l->arena, &l->steps, step);
    return step.op;
}

ag_op *ag_pg_emit(ag_pg_lowering *l, const ag_op *op) {
    return push(l, op);
}

ag_op *ag_pg_emit_like(ag_pg_lowering *l, const ag_op *like, ag_op_kind kind, const char *name,
                       const void *before, const void *after) {
    ag_op op = *like;
    op.kind = kind;
    op.object = ag_op_object_kind(kind);
    op.name = name;
    op.new_name = NULL;
    op.before.any = before;
    op.after.any = after;
    op.plan = (ag_op_plan){.only = false};
    op.facts = 0; /* of another operation */
    return push(l, &op);
}

void ag_pg_in_place(ag_pg_lowering *l) {
    l->steps.items[l->steps.n - 1].in_place = true;
}

const ag_column *ag_pg_find_column(const ag_columns *columns, const char *name) {
    for (size_t i = 0; i < columns->n; i++) {
        if (ag_text_eq(columns->items[i]->name, name)) {
            return columns->items[i];
        }
    }
    return NULL;
}

/* The first pass */

static bool swaps_validity(const ag_op *op) {
    return !op->before.constraint->not_valid && op->after.constraint->not_valid;
}

/* What was found valid cannot be called otherwise: it is made anew. */
static void expand_alter_constraint(ag_pg_lowering *l, const ag_op *op) {
    if (!swaps_validity(op)) {
        ag_pg_emit(l, op);
        return;
    }
    ag_constraint *after = ag_arena_copy(l->arena, op->after.constraint, sizeof *after);
    after->name = op->name;
    after->comment = op->before.constraint->comment;
    ag_pg_emit_like(l, op, AG_OP_DROP_CONSTRAINT, op->name, op->before.any, NULL)->is_remade = true;
    ag_pg_emit_like(l, op, AG_OP_ADD_CONSTRAINT, op->name, NULL, after);
}

/* DROP TABLE takes along what is part of the table; only foreign keys may have to go before. */
static bool goes_along(const ag_op *op) {
    const ag_constraint *constraint = op->before.constraint;
    return constraint->inherited || (op->on_dropped_table && constraint->kind != AG_FOREIGN_KEY);
}

static bool expand(ag_pg_lowering *l, const ag_op *op) {
    switch ((int)op->kind) {
    case AG_OP_ALTER_INDEX:
        ag_pg_expand_alter_index(l, op);
        return true;
    case AG_OP_CREATE_TABLE:
        ag_pg_expand_create_table(l, op);
        return true;
    case AG_OP_ALTER_TABLE:
        return ag_pg_expand_alter_table(l, op);
    case AG_OP_SAVE_ROWS:
        ag_pg_expand_save_rows(l, op);
        return true;
    case AG_OP_RESTORE_ROWS:
        return ag_pg_expand_restore_rows(l, op);
    case AG_OP_RENAME_TABLE:
    case AG_OP_RENAME_COLUMN:
        ag_pg_expand_rename(l, op);
        return true;
    case AG_OP_ADD_COLUMN:
        ag_pg_expand_add_column(l, op);
        return true;
    case AG_OP_ALTER_COLUMN:
        return ag_pg_expand_alter_column(l, op);
    case AG_OP_DROP_COLUMN:
        ag_pg_expand_drop_column(l, op);
        return true;
    case AG_OP_CREATE_INDEX:
        ag_pg_expand_create_index(l, op);
        return true;
    case AG_OP_DROP_INDEX:
        ag_pg_expand_drop_index(l, op);
        return true;
    case AG_OP_DROP_CONSTRAINT:
        if (!goes_along(op)) {
            ag_pg_emit(l, op);
        }
        return true;
    case AG_OP_ADD_CONSTRAINT:
        ag_pg_expand_add_constraint(l, op);
        return true;
    case AG_OP_ALTER_CONSTRAINT:
        expand_alter_constraint(l, op);
        return true;
    case AG_OP_SET_COMMENT:
        if (op->object != AG_COLUMN || op->table == NULL || !ag_pg_goes_with_parent(l, op)) {
            ag_pg_emit(l, op);
        }
        return true;
    case AG_OP_DROP_TABLE:
        ag_pg_expand_drop_table(l, op);
        return true;
    case AG_OP_ALTER_ENUM:
        return ag_pg_expand_enum(l, op);
    case AG_OP_ALTER_DOMAIN:
        return ag_pg_expand_domain(l, op);
    case AG_OP_ALTER_COMPOSITE:
        return ag_pg_expand_composite(l, op);
    case AG_OP_ALTER_ACCESS:
        return true; /* ag_pg_give_access finds out what is to be done */
    default:
        ag_pg_emit(l, op);
        return true;
    }
}

/* One direction */

static void note_tables(ag_pg_lowering *l) {
    for (size_t i = 0; i < l->ops->list.n; i++) {
        ag_op *op = l->ops->list.items[i];
        if (op->kind == AG_OP_CREATE_TABLE) {
            ag_map_put(&l->created, ag_node_key(l->arena, AG_TABLE, op->ns, op->name), op);
        } else if (op->kind == AG_OP_CREATE_INDEX && op->on_new_table) {
            char *key = ag_node_key(l->arena, AG_TABLE, op->ns, op->table);
            if (!ag_map_has(&l->has_index, key)) {
                ag_map_put(&l->has_index, key, op);
            }
        }
    }
}

/* The index of a partition may be in another namespace than its parent's. */
static void place_parent(const ag_pg_lowering *l, ag_op *op) {
    bool attaches = (op->kind == AG_OP_CREATE_INDEX || op->kind == AG_OP_ALTER_INDEX) &&
                    op->after.index->parent != NULL;
    const ag_table *table = attaches ? ag_pg_known_table(l, op->ns, op->table) : NULL;
    if (table != NULL) {
        op->plan.parent_ns = table->parent_ns;
    }
}

/* Where the server cannot say that a column is not computed any more. */
static void move_values(const ag_pg_lowering *l, ag_op *op) {
    op->plan.by_copy = ag_pg_stops_computing(op) && !ag_pg_drops_expressions(l->version);
}

static ag_ops *copy_out(const ag_pg_lowering *l, const ag_pg_steps *steps) {
    ag_ops *out = ag_ops_new();
    for (size_t i = 0; i < steps->n; i++) {
        place_parent(l, steps->items[i].op);
        move_values(l, steps->items[i].op);
        ag_ops_add_copy(out, steps->items[i].op);
    }
    return out;
}

/* One that is only to change its place stays as long as its parent changes. */
static bool detaches(const ag_op *op) {
    if (op->kind != AG_OP_ALTER_TABLE || op->is_remade) {
        return false;
    }
    const ag_strings *before = &op->before.table->inherits;
    bool leaves =
        op->before.table->parent != NULL && !ag_pg_same_parent(op->before.table, op->after.table);
    for (size_t i = 0; i < before->n && !leaves; i++) {
        leaves = !ag_strings_has(&op->after.table->inherits, before->items[i]);
    }
    return leaves;
}

bool ag_pg_renames_column_of(const ag_op *op, const ag_op *table) {
    return op->kind == AG_OP_RENAME_COLUMN && ag_text_eq(op->ns, table->ns) &&
           ag_text_eq(op->table, table->name);
}

/* Columns that a table has from its parents get names of their own once it has left them. */
static bool is_rename_for_later(const ag_pg_lowering *l, size_t at) {
    const ag_op *rename = l->ops->list.items[at];
    for (size_t i = at + 1; rename->kind == AG_OP_RENAME_COLUMN && i < l->ops->list.n; i++) {
        if (detaches(l->ops->list.items[i]) &&
            ag_pg_renames_column_of(rename, l->ops->list.items[i])) {
            return true;
        }
    }
    return false;
}

/* Tables are called as in the model once the way up has renamed them. */
static bool is_before_renames(const ag_pg_lowering *l) {
    for (size_t i = l->at; l->is_up && i < l->ops->list.n; i++) {
        if (l->ops->list.items[i]->new_name != NULL) {
            return true;
        }
    }
    return false;
}

/* A table leaves its parents before anything is done to it: that may not be allowed. */
static bool detach_early(ag_pg_lowering *l) {
    if (l->is_detached || is_before_renames(l)) {
        return true;
    }
    l->is_detached = true;
    bool ok = true;
    for (size_t i = l->at; ok && i < l->ops->list.n; i++) {
        if (detaches(l->ops->list.items[i])) {
            ok = expand(l, l->ops->list.items[i]);
            l->is_done[i] = true;
        }
    }
    for (size_t i = 0; ok && i < l->at; i++) {
        ok = !is_rename_for_later(l, i) || expand(l, l->ops->list.items[i]);
    }
    return ok;
}

/* Where partitions are there that nobody knows, nothing stays with the table alone. */
static void reach_unknown_partitions(ag_pg_lowering *l) {
    for (size_t i = 0; i < l->steps.n; i++) {
        ag_op *op = l->steps.items[i].op;
        const char *name = op->table != NULL ? op->table : op->name;
        const ag_table *table = op->plan.only ? ag_schema_table(l->model, op->ns, name) : NULL;
        bool is_broken = op->kind == AG_OP_CREATE_INDEX && op->after.index->invalid;
        if (table != NULL && table->open_partitions && !is_broken) {
            op->plan.only = false;
        }
    }
}

static bool is_type(ag_kind kind) {
    return kind == AG_ENUM || kind == AG_DOMAIN || kind == AG_COMPOSITE;
}

/* A type under a name that only this list gives it: no client knows it by that. */
static void note_passing_names(const ag_pg_lowering *l, const ag_pg_steps *steps) {
    ag_map given = AG_MAP_INIT;
    for (size_t i = 0; i < steps->n; i++) {
        ag_op *op = steps->items[i].op;
        bool is_new = op->before.any == NULL && op->after.any != NULL;
        bool is_gone = op->before.any != NULL && op->after.any == NULL;
        bool is_text = op->kind == AG_OP_SET_COMMENT || op->kind == AG_OP_ALTER_ACCESS;
        if (is_text || !is_type(op->object) || (!is_new && !is_gone && op->new_name == NULL)) {
            continue;
        }
        char *key = ag_node_key(l->arena, op->object, op->ns, op->name);
        if (ag_map_has(&given, key) && !is_new) {
            op->is_remade = true;
        }
        if (op->new_name != NULL) {
            const char *ns = op->new_ns != NULL ? op->new_ns : op->ns;
            key = ag_node_key(l->arena, op->object, ns, op->new_name);
        }
        if (!is_gone) {
            ag_map_put(&given, key, op);
        }
    }
    ag_map_release(&given);
}

static bool lower(ag_pg_lowering *l, ag_ops **out) {
    bool ok = true;
    l->is_done = ag_arena_array(l->arena, l->ops->list.n, sizeof *l->is_done);
    note_tables(l);
    ag_pg_know_tables(l);
    ag_pg_note_changes(l);
    for (l->at = 0; ok && l->at < l->ops->list.n; l->at++) {
        const ag_op *op = l->ops->list.items[l->at];
        l->is_done[l->at] = l->is_done[l->at] || is_rename_for_later(l, l->at);
        ok = detach_early(l) && (l->is_done[l->at] || expand(l, op));
        ag_pg_compute_ready(l);
        if (ok && detaches(op)) {
            ag_pg_emit_leftovers(l, op);
        }
        ag_pg_attach_ready(l);
    }
    if (ok) {
        ag_pg_give_access(l);
        reach_unknown_partitions(l);
        ag_pg_steps planned = {NULL, 0, 0};
        ag_pg_plan_safely(l, &planned);
        ag_pg_cut(l, &planned);
        note_passing_names(l, &planned);
        *out = copy_out(l, &planned);
    }
    ag_map_release(&l->about);
    ag_map_release(&l->parents);
    ag_map_release(&l->referring);
    ag_map_release(&l->by_name);
    ag_map_release(&l->created);
    ag_map_release(&l->has_index);
    return ok;
}

static bool lower_direction(const ag_schema *model, const ag_schema *old, const ag_ops *ops,
                            const ag_ops *back, const ag_compile_options *options, ag_ops **out,
                            ag_error *err) {
    ag_pg_lowering l = {.arena = ag_arena_new(),
                        .model = model,
                        .old = old,
                        .ops = ops,
                        .back = back,
                        .is_up = ops != back,
                        .version = old->server_version,
                        .options = options,
                        .err = err};
    bool ok = lower(&l, out);
    ag_arena_free(l.arena);
    return ok;
}

bool ag_pg_lower(const ag_ops *ops, const ag_schema *from, const ag_schema *to,
                 const ag_compile_options *options, ag_ops **up, ag_ops **down, ag_error *err) {
    ag_ops *back = ag_ops_invert(ops);
    *up = *down = NULL;
    bool ok = ag_pg_check_version(ops, from, to, err) &&
              lower_direction(to, from, ops, back, options, up, err) &&
              lower_direction(to, from, back, back, options, down, err);
    ag_ops_free(back);
    if (!ok) {
        ag_ops_free(*up);
        ag_ops_free(*down);
        *up = *down = NULL;
    }
    return ok;
}
