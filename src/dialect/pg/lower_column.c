/*
 * Columns whose change touches others: a column that is computed anew goes and comes back with its
 * indexes and constraints; one whose type changes makes the columns computed from it do so.
 */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/lower.h"
#include "dialect/pg/sequence.h"
#include "dialect/pg/version.h"
#include "schema/node.h"
#include "sql/normal.h"

/* What hangs on a column */

static bool mentions(const char *text, const char *column) {
    return text != NULL && ag_sql_refers_to(AG_SQL_POSTGRES, text, column);
}

static bool has_key(const ag_keys *keys, const char *column) {
    for (size_t i = 0; i < keys->n; i++) {
        if (ag_text_eq(keys->items[i].column, column) || mentions(keys->items[i].expr, column)) {
            return true;
        }
    }
    return false;
}

/* The texts at the end of this way: where a type changes, the server words them otherwise. */

static const ag_table *table_at_end(const ag_pg_lowering *l, const ag_table *table) {
    for (size_t i = 0; !l->is_up && i < l->ops->list.n; i++) {
        if (l->ops->list.items[i]->new_name != NULL) {
            return NULL; /* the old schema speaks in old names */
        }
    }
    return ag_schema_table(l->is_up ? l->model : l->old, table->ns, table->name);
}

static bool has_own_op(const ag_pg_lowering *l, const ag_table *table, ag_kind object,
                       const char *name) {
    for (size_t i = 0; i < l->ops->list.n; i++) {
        const ag_op *op = l->ops->list.items[i];
        if (op->object == object && op->kind != AG_OP_SET_COMMENT && ag_text_eq(op->name, name) &&
            ag_text_eq(op->ns, table->ns) && ag_text_eq(op->table, table->name)) {
            return true;
        }
    }
    return false;
}

static void reword_keys(ag_arena *arena, ag_keys *keys, const ag_keys *end) {
    ag_keys copy = {NULL, 0, 0};
    for (size_t i = 0; i < keys->n; i++) {
        ag_key key = keys->items[i];
        key.expr = i < end->n && key.expr != NULL && end->items[i].expr != NULL ? end->items[i].expr
                                                                                : key.expr;
        ag_vec_push(arena, &copy, key);
    }
    *keys = copy;
}

static const ag_constraint *constraint_at_end(const ag_pg_lowering *l, const ag_table *table,
                                              const ag_constraint *it) {
    const ag_table *end = table_at_end(l, table);
    const ag_constraint *there =
        end == NULL || it->name == NULL || has_own_op(l, table, AG_CONSTRAINT, it->name)
            ? NULL
            : ag_table_constraint(l->is_up ? l->model : l->old, end, it->name);
    if (there == NULL || there->kind != it->kind) {
        return it;
    }
    ag_constraint *copy = ag_arena_copy(l->arena, it, sizeof *copy);
    copy->expr = there->expr;
    copy->where = there->where;
    reword_keys(l->arena, &copy->keys, &there->keys);
    return copy;
}

static const ag_index *index_at_end(const ag_pg_lowering *l, const ag_table *table,
                                    const ag_index *it) {
    const ag_table *end = table_at_end(l, table);
    const ag_index *there = end == NULL || has_own_op(l, table, AG_INDEX, it->name)
                                ? NULL
                                : ag_table_index(l->is_up ? l->model : l->old, end, it->name);
    if (there == NULL) {
        return it;
    }
    ag_index *copy = ag_arena_copy(l->arena, it, sizeof *copy);
    copy->where = there->where;
    reword_keys(l->arena, &copy->keys, &there->keys);
    return copy;
}

static const ag_column *column_at_end(const ag_pg_lowering *l, const ag_table *table,
                                      const ag_column *it) {
    const ag_table *end = table_at_end(l, table);
    const ag_column *there = end == NULL || has_own_op(l, table, AG_COLUMN, it->name)
                                 ? NULL
                                 : ag_pg_find_column(&end->columns, it->name);
    if (there == NULL || there->generated != it->generated) {
        return it;
    }
    ag_column *copy = ag_arena_copy(l->arena, it, sizeof *copy);
    copy->generated_expr = there->generated_expr;
    return copy;
}

static const void *node_at_end(const ag_pg_lowering *l, const ag_table *table, ag_op_kind kind,
                               const void *node) {
    switch ((int)kind) {
    case AG_OP_ADD_CONSTRAINT:
        return constraint_at_end(l, table, node);
    case AG_OP_CREATE_INDEX:
        return index_at_end(l, table, node);
    default:
        return column_at_end(l, table, node);
    }
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
    op->after.any = node_at_end(l, table, kind, node);
    op->plan = (ag_op_plan){.only = false};
    op->facts = 0;
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

/* A foreign key to the column; one that names no columns is to the primary key. */
static bool is_reference(const ag_constraint *key, const ag_table *table, const char *column) {
    if (key->kind != AG_FOREIGN_KEY || key->inherited || !ag_text_eq(key->ref_table, table->name) ||
        !ag_text_eq(key->ref_namespace, table->ns)) {
        return false;
    }
    bool is = ag_strings_has(&key->ref_columns, column);
    for (size_t i = 0; key->ref_columns.n == 0 && i < table->constraints.n && !is; i++) {
        const ag_constraint *it = table->constraints.items[i];
        is = it->kind == AG_PRIMARY_KEY && has_key(&it->keys, column);
    }
    return is;
}

/* They go before the key that they need, and come back behind it. */
static void take_references(ag_pg_lowering *l, const ag_table *table, const char *column,
                            ag_pg_steps *later) {
    const ag_pg_known_list *referring = ag_pg_referring(l, table->ns, table->name);
    for (size_t i = 0; referring != NULL && i < referring->n; i++) {
        const ag_table *known = referring->items[i];
        bool may_refer = false;
        for (size_t j = 0; j < known->constraints.n && !may_refer; j++) {
            may_refer = is_reference(known->constraints.items[j], table, column);
        }
        const ag_table *now = may_refer ? ag_pg_table_now(l, known->ns, known->name) : NULL;
        for (size_t j = 0; now != NULL && j < now->constraints.n; j++) {
            const ag_constraint *key = now->constraints.items[j];
            if (is_reference(key, table, column)) {
                take_part(l, now, AG_OP_DROP_CONSTRAINT, key->name, key, later);
            }
        }
    }
}

static void append(ag_arena *arena, ag_pg_steps *to, const ag_pg_steps *steps) {
    for (size_t i = 0; i < steps->n; i++) {
        ag_vec_push(arena, to, steps->items[i]);
    }
}

void ag_pg_take_down(ag_pg_lowering *l, const ag_table *table, const char *column,
                     ag_pg_steps *later) {
    ag_pg_steps references = {NULL, 0, 0};
    take_references(l, table, column, &references);
    for (size_t i = 0; i < table->constraints.n; i++) {
        const ag_constraint *it = table->constraints.items[i];
        if (!it->inherited && !is_reference(it, table, column) &&
            (has_key(&it->keys, column) || ag_strings_has(&it->include, column) ||
             mentions(it->expr, column) || mentions(it->where, column))) {
            take_part(l, table, AG_OP_DROP_CONSTRAINT, it->name, it, later);
        }
    }
    for (size_t i = 0; i < table->indexes.n; i++) {
        const ag_index *it = table->indexes.items[i];
        if (it->parent == NULL &&
            (has_key(&it->keys, column) || ag_strings_has(&it->include, column) ||
             mentions(it->where, column))) {
            take_part(l, table, AG_OP_DROP_INDEX, it->name, it, later);
        }
    }
    append(l->arena, later, &references);
}

void ag_pg_put_back(ag_pg_lowering *l, const ag_pg_steps *later) {
    append(l->arena, &l->steps, later);
}

/* Computed columns */

static bool is_recomputed(const ag_column *before, const ag_column *after) {
    return after->generated != AG_GENERATED_NONE &&
           (before->generated != after->generated ||
            !ag_text_eq(before->generated_expr, after->generated_expr));
}

/* What comes back does so for the parent first. */
static void put_first(ag_arena *arena, ag_pg_steps *later, const ag_pg_steps *first) {
    ag_pg_steps all = {NULL, 0, 0};
    append(arena, &all, first);
    append(arena, &all, later);
    *later = all;
}

static bool changes_type(const ag_op *op) {
    return !ag_text_eq(op->before.column->type, op->after.column->type) ||
           !ag_text_eq(op->before.column->collation, op->after.column->collation);
}

static bool is_of(const ag_pg_lowering *l, const ag_table *table, const ag_op *op) {
    const ag_op about = {.ns = table->ns, .table = table->name};
    return ag_pg_is_below(l, &about, op->ns, op->table);
}

/* Where a computed column of a table is away now. */
static ag_pg_awaited *find_awaited(const ag_pg_lowering *l, const ag_table *table,
                                   const char *column) {
    for (size_t i = 0; i < l->awaited.n; i++) {
        ag_pg_awaited *it = &l->awaited.items[i];
        const ag_op *own = l->ops->list.items[it->own];
        if (it->to >= l->at && ag_text_eq(own->name, column) && is_of(l, table, own)) {
            return it;
        }
    }
    return NULL;
}

/* The last change from here on of the type of a column that the new one is computed from. */
static size_t last_change_below(const ag_pg_lowering *l, size_t own) {
    const ag_op *anew = l->ops->list.items[own];
    const ag_table table = {.ns = anew->ns, .name = anew->table};
    size_t last = own;
    for (size_t at = l->at; at < l->ops->list.n; at++) {
        const ag_op *op = l->ops->list.items[at];
        if (at > last && op->kind == AG_OP_ALTER_COLUMN && changes_type(op) &&
            mentions(anew->after.column->generated_expr, op->name) && is_of(l, &table, op)) {
            last = at;
        }
    }
    return last;
}

/* Another type alone makes a computed column anew where what it is computed from changes, too. */
static bool is_recomputation(const ag_pg_lowering *l, size_t own) {
    const ag_op *op = l->ops->list.items[own];
    const ag_table table = {.ns = op->ns, .name = op->table};
    return is_recomputed(op->before.column, op->after.column) ||
           (ag_pg_stops_computing(op) && !ag_pg_drops_expressions(l->version)) ||
           (op->after.column->generated != AG_GENERATED_NONE && changes_type(op) &&
            (find_awaited(l, &table, op->name) != NULL || last_change_below(l, own) > own));
}

static ag_pg_awaited *await(ag_pg_lowering *l, size_t own) {
    ag_pg_awaited it = {.own = own, .from = l->at, .to = last_change_below(l, own)};
    ag_vec_push(l->arena, &l->awaited, it);
    return &l->awaited.items[l->awaited.n - 1];
}

static void take_away(ag_pg_lowering *l, const ag_table *table, const ag_column *column,
                      ag_pg_awaited *awaited) {
    ag_pg_steps none = {NULL, 0, 0};
    ag_pg_steps parts = {NULL, 0, 0};
    ag_pg_take_objects(l, table, column->name, &awaited->objects);
    ag_pg_take_down(l, table, column->name, &parts);
    put_first(l->arena, &awaited->later, &parts);
    if (!column->inherited) {
        take_part(l, table, AG_OP_DROP_COLUMN, column->name, column, &none);
    }
}

static void recompute(ag_pg_lowering *l, const ag_op *op, const ag_pg_tables *family,
                      const ag_pg_awaited *awaited) {
    ag_column *after = ag_arena_copy(l->arena, op->after.column, sizeof *after);
    after->comment = op->before.column->comment;
    ag_op anew = *op;
    anew.after.column = after;
    ag_pg_recompute(l, &anew, family, awaited->from != awaited->to);
    ag_pg_put_back(l, &awaited->later);
    ag_pg_put_back(l, &awaited->objects);
}

static void expand_recomputed(ag_pg_lowering *l, const ag_op *op) {
    const ag_table table = {.ns = op->ns, .name = op->table};
    if (find_awaited(l, &table, op->name) != NULL) {
        return; /* ag_pg_compute_ready */
    }
    ag_pg_tables family = {NULL, 0, 0};
    ag_pg_awaited *awaited = await(l, l->at);
    ag_pg_list_family(l, op, &family);
    for (size_t i = 0; i < family.n; i++) {
        const ag_column *column = ag_pg_find_column(&family.items[i]->columns, op->name);
        if (awaited->to > l->at && column != NULL) {
            take_away(l, family.items[i], column, awaited);
            continue;
        }
        ag_pg_steps parts = {NULL, 0, 0};
        ag_pg_take_objects(l, family.items[i], op->name, &awaited->objects);
        ag_pg_take_down(l, family.items[i], op->name, &parts);
        put_first(l->arena, &awaited->later, &parts);
    }
}

void ag_pg_compute_ready(ag_pg_lowering *l) {
    for (size_t i = 0; i < l->awaited.n; i++) {
        if (l->awaited.items[i].to == l->at) {
            const ag_op *op = l->ops->list.items[l->awaited.items[i].own];
            ag_pg_tables family = {NULL, 0, 0};
            ag_pg_list_family(l, op, &family);
            recompute(l, op, &family, &l->awaited.items[i]);
        }
    }
}

/* The later operation that makes a computed column anew; NULL where there is none. */
static ag_pg_awaited *await_later(ag_pg_lowering *l, const ag_table *table, const char *column) {
    for (size_t at = l->at + 1; at < l->ops->list.n; at++) {
        const ag_op *op = l->ops->list.items[at];
        if (op->kind == AG_OP_ALTER_COLUMN && ag_text_eq(op->name, column) && !l->is_done[at] &&
            op->after.column->generated != AG_GENERATED_NONE && is_of(l, table, op)) {
            return await(l, at);
        }
    }
    return NULL;
}

/* A column as the table has it that declares it: those below are only known as they will be. */
static const ag_column *declared(const ag_pg_lowering *l, const ag_pg_tables *family,
                                 const ag_table *table, const ag_column *column) {
    for (size_t i = 0; column->inherited && i < family->n; i++) {
        const ag_table *above = family->items[i];
        const ag_column *it = ag_pg_find_column(&above->columns, column->name);
        const ag_op about = {.ns = above->ns, .table = above->name};
        if (it != NULL && !it->inherited && is_of(l, table, &about)) {
            return it;
        }
    }
    return column;
}

/* The columns computed from one whose type changes go before it does, and come back behind. */
static void take_computed(ag_pg_lowering *l, const ag_op *op, const ag_pg_tables *family,
                          const ag_table *table, ag_pg_steps *later, ag_pg_steps *objects) {
    for (size_t i = 0; i < table->columns.n; i++) {
        const ag_column *column = table->columns.items[i];
        const ag_column *source = declared(l, family, table, column);
        if (source->generated == AG_GENERATED_NONE || !mentions(source->generated_expr, op->name)) {
            continue;
        }
        ag_pg_awaited *awaited = find_awaited(l, table, column->name);
        if (awaited == NULL) {
            awaited = await_later(l, table, column->name);
        }
        if (awaited != NULL) {
            if (awaited->from == l->at) {
                take_away(l, table, column, awaited);
            }
            continue;
        }
        ag_pg_steps parts = {NULL, 0, 0};
        ag_pg_take_objects(l, table, column->name, objects);
        ag_pg_take_down(l, table, column->name, &parts);
        if (!column->inherited) {
            take_part(l, table, AG_OP_DROP_COLUMN, column->name, column, later);
        }
        append(l->arena, later, &parts);
    }
}

static bool is_keys_reworded(const ag_keys *was, const ag_keys *end, const char *column) {
    for (size_t i = 0; i < was->n && i < end->n; i++) {
        if (mentions(was->items[i].expr, column) &&
            !ag_text_eq(was->items[i].expr, end->items[i].expr)) {
            return true;
        }
    }
    return false;
}

static bool is_text_reworded(const char *was, const char *end, const char *column) {
    return mentions(was, column) && !ag_text_eq(was, end);
}

static bool is_constraint_reworded(const ag_pg_lowering *l, const ag_table *table,
                                   const ag_constraint *was, const char *column) {
    const ag_constraint *end = constraint_at_end(l, table, was);
    return is_text_reworded(was->expr, end->expr, column) ||
           is_text_reworded(was->where, end->where, column) ||
           is_keys_reworded(&was->keys, &end->keys, column);
}

static bool is_index_reworded(const ag_pg_lowering *l, const ag_table *table, const ag_index *was,
                              const char *column) {
    const ag_index *end = index_at_end(l, table, was);
    return is_text_reworded(was->where, end->where, column) ||
           is_keys_reworded(&was->keys, &end->keys, column);
}

/* Checks, exclusions and indexes over the column that the way ends with in other words. */
static void take_reworded(ag_pg_lowering *l, const ag_op *op, const ag_table *table,
                          ag_pg_steps *later) {
    const ag_schema *start = l->is_up ? l->old : l->model;
    const ag_table *old = ag_schema_table(start, table->ns, table->name);
    for (size_t i = 0; old != NULL && i < table->constraints.n; i++) {
        const ag_constraint *it = table->constraints.items[i];
        const ag_constraint *was =
            !it->inherited && it->name != NULL ? ag_table_constraint(start, old, it->name) : NULL;
        if (was != NULL && is_constraint_reworded(l, table, was, op->name)) {
            take_part(l, table, AG_OP_DROP_CONSTRAINT, it->name, it, later);
        }
    }
    for (size_t i = 0; old != NULL && i < table->indexes.n; i++) {
        const ag_index *it = table->indexes.items[i];
        const ag_index *was = it->parent == NULL ? ag_table_index(start, old, it->name) : NULL;
        if (was != NULL && is_index_reworded(l, table, was, op->name)) {
            take_part(l, table, AG_OP_DROP_INDEX, it->name, it, later);
        }
    }
}

/* What hangs on a column that gets another type, here and in the tables below. */
static void take_for_type(ag_pg_lowering *l, const ag_op *op, ag_pg_steps *later,
                          ag_pg_steps *objects) {
    ag_pg_tables family = {NULL, 0, 0};
    ag_pg_list_family(l, op, &family);
    for (size_t i = 0; i < family.n; i++) {
        ag_pg_steps parts = {NULL, 0, 0};
        take_reworded(l, op, family.items[i], &parts);
        take_computed(l, op, &family, family.items[i], &parts, objects);
        put_first(l->arena, later, &parts);
    }
}

/* Alterations */

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

/*
 * The server never changes the type of what rows are divided by, here or in the tables below. A way
 * back that wants to (a value that was added to an enum) is left to the server to refuse.
 */
bool ag_pg_may_retype(ag_pg_lowering *l, const char *ns, const char *table, const char *column) {
    ag_pg_tables family = {NULL, 0, 0};
    ag_pg_list_family(l, &(ag_op){.ns = ns, .table = table}, &family);
    for (size_t i = 0; l->is_up && i < family.n; i++) {
        if (mentions(family.items[i]->partition_by, column)) {
            ag_fail(l->err, AG_INPUT,
                    "column %s.%s.%s: the type of a column that a table is partitioned by cannot "
                    "be changed",
                    ns, table, column);
            return ag_hint(l->err, "make the new table under another name, copy the rows in a "
                                   "revision of your own, and drop the old one");
        }
    }
    return true;
}

/*
 * Where the type changes above, what a table below says of the column waits for that; a default
 * that changes goes before.
 */

static bool follows_parent(const ag_op *op) {
    return op->kind == AG_OP_ALTER_COLUMN && !changes_type(op) &&
           op->before.column->generated == AG_GENERATED_NONE &&
           op->after.column->generated == AG_GENERATED_NONE;
}

/* Whether the type of the column changes above, behind an operation. */
static bool is_retyped_after(const ag_pg_lowering *l, const ag_op *op, size_t at) {
    const ag_table table = {.ns = op->ns, .name = op->table};
    bool is_child = ag_pg_is_child(l, op->ns, op->table);
    for (size_t i = at + 1; is_child && i < l->ops->list.n; i++) {
        const ag_op *other = l->ops->list.items[i];
        if (other->kind == AG_OP_ALTER_COLUMN && ag_text_eq(other->name, op->name) &&
            changes_type(other) && is_of(l, &table, other)) {
            return true;
        }
    }
    return false;
}

static const ag_column *without_old_default(ag_pg_lowering *l, const ag_op *op) {
    ag_column *bare = ag_arena_copy(l->arena, op->before.column, sizeof *bare);
    if (!ag_text_eq(op->before.column->default_expr, op->after.column->default_expr)) {
        bare->default_expr = NULL;
    }
    return bare;
}

static void alter_in_place(ag_pg_lowering *l, const ag_op *op, const ag_column *before,
                           const ag_column *after) {
    ag_pg_emit_like(l, op, AG_OP_ALTER_COLUMN, op->name, before, after)->plan.only =
        ag_pg_has_parts(l, op);
    ag_pg_in_place(l);
}

static void drop_old_default(ag_pg_lowering *l, const ag_op *op) {
    const ag_column *bare = without_old_default(l, op);
    if (!ag_text_eq(bare->default_expr, op->before.column->default_expr)) {
        alter_in_place(l, op, op->before.column, bare);
    }
}

static void alter_below(ag_pg_lowering *l, const ag_op *op, bool is_behind) {
    bool has_below = ag_pg_has_below(l, op->ns, op->table);
    for (size_t i = 0; has_below && i < l->ops->list.n; i++) {
        const ag_op *other = l->ops->list.items[i];
        if (i == l->at || !follows_parent(other) || !ag_text_eq(other->name, op->name) ||
            !ag_pg_is_below(l, other, op->ns, op->table)) {
            continue;
        }
        if (!is_behind && i > l->at) {
            drop_old_default(l, other);
        } else if (is_behind && i < l->at && !is_retyped_after(l, other, l->at)) {
            alter_in_place(l, other, without_old_default(l, other), other->after.column);
        }
    }
}

bool ag_pg_expand_alter_column(ag_pg_lowering *l, const ag_op *op) {
    if (ag_pg_goes_with_parent(l, op)) {
        return true;
    }
    if (is_recomputation(l, l->at)) {
        expand_recomputed(l, op);
        return true;
    }
    if (changes_type(op) && !ag_pg_may_retype(l, op->ns, op->table, op->name)) {
        return false;
    }
    if (follows_parent(op) && is_retyped_after(l, op, l->at)) {
        drop_old_default(l, op);
        return true;
    }
    ag_column *before = ag_arena_copy(l->arena, op->before.column, sizeof *before);
    ag_column *after = ag_arena_copy(l->arena, op->after.column, sizeof *after);
    if (after->default_expr != NULL && after->generated != AG_GENERATED_NONE) {
        /* the parent is not computed any more, and neither is what it gave this one */
        before->generated = after->generated = AG_GENERATED_NONE;
        before->generated_expr = after->generated_expr = NULL;
    } else if (before->default_expr != NULL && before->generated != AG_GENERATED_NONE) {
        before->generated = after->generated = AG_GENERATED_NONE;
        before->generated_expr = after->generated_expr = NULL;
    }
    ag_pg_steps later = {NULL, 0, 0};
    ag_pg_steps objects = {NULL, 0, 0};
    if (changes_type(op)) {
        take_default(l, op, after);
        take_for_type(l, op, &later, &objects);
        ag_pg_take_row_columns(l, op, &later, &objects);
        alter_below(l, op, false);
    }
    if (after->default_expr != NULL && ag_pg_swaps_later(l, after->type)) {
        after->default_expr = before->default_expr; /* of a value, perhaps, that is still to come */
    }
    ag_pg_take_nullability(l, op, after);
    ag_op *alter = ag_pg_emit(l, op);
    alter->before.column = before;
    alter->after.column = after;
    alter->plan.only = ag_pg_has_parts(l, op);
    ag_pg_keep_nullability(l, alter);
    if (changes_type(op)) {
        alter_below(l, op, true);
    }
    ag_pg_put_back(l, &later);
    ag_pg_put_back(l, &objects);
    return true;
}
