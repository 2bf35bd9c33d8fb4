/*
 * Columns that tables share with those below them: what a change to a parent's column does to the
 * children, and what has to be said for each of them.
 */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/lower.h"
#include "dialect/pg/sequence.h"
#include "schema/node.h"

/* Who is below whom */

static char *name_in_sql(const ag_pg_lowering *l, const char *ns, const char *name) {
    ag_buf buf = AG_BUF_INIT;
    ag_pg_put_name(&buf, ns, name);
    char *text = ag_buf_copy(&buf, l->arena);
    ag_buf_release(&buf);
    return text;
}

const ag_table *ag_pg_table_of_text(const ag_pg_lowering *l, const char *qualified) {
    return ag_map_get(&l->by_name, qualified);
}

static void know(ag_pg_lowering *l, const ag_table *table) {
    char *name = name_in_sql(l, table->ns, table->name);
    ag_vec_push(l->arena, &l->known, table);
    if (!ag_map_has(&l->by_name, name)) {
        ag_map_put(&l->by_name, name, (void *)(uintptr_t)table);
    }
}

static void know_family(ag_pg_lowering *l, const ag_table *table) {
    if (table->parent == NULL && table->inherits.n == 0) {
        return;
    }
    ag_vec_push(l->arena, &l->below, table);
    if (table->parent != NULL) {
        ag_map_put(&l->parents, name_in_sql(l, table->parent_ns, table->parent), l);
    }
    for (size_t i = 0; i < table->inherits.n; i++) {
        ag_map_put(&l->parents, table->inherits.items[i], l);
    }
}

static void know_references(ag_pg_lowering *l, const ag_table *table) {
    for (size_t i = 0; i < table->constraints.n; i++) {
        const ag_constraint *it = table->constraints.items[i];
        if (it->kind != AG_FOREIGN_KEY || it->inherited) {
            continue;
        }
        char *name = name_in_sql(l, it->ref_namespace, it->ref_table);
        ag_pg_known_list *list = ag_map_get(&l->referring, name);
        if (list == NULL) {
            list = ag_arena_alloc(l->arena, sizeof *list);
            *list = (ag_pg_known_list){NULL, 0, 0};
            ag_map_put(&l->referring, name, list);
        }
        if (list->n == 0 || list->items[list->n - 1] != table) {
            ag_vec_push(l->arena, list, table);
        }
    }
}

const ag_pg_known_list *ag_pg_referring(const ag_pg_lowering *l, const char *ns, const char *name) {
    return l->referring.n == 0 ? NULL : ag_map_get(&l->referring, name_in_sql(l, ns, name));
}

/* A type, or a list of it, by the name of a table. */
static bool is_row_type(const ag_pg_lowering *l, const char *type) {
    if (type == NULL) {
        return false;
    }
    size_t n = strlen(type);
    while (n >= 2 && type[n - 2] == '[' && type[n - 1] == ']') {
        n -= 2;
    }
    return ag_map_has(&l->by_name, ag_arena_strndup(l->arena, type, n));
}

static bool has_row_types(const ag_pg_lowering *l, const ag_table *table) {
    for (size_t i = 0; i < table->columns.n; i++) {
        if (is_row_type(l, table->columns.items[i]->type)) {
            return true;
        }
    }
    return false;
}

void ag_pg_know_tables(ag_pg_lowering *l) {
    for (size_t i = 0; i < l->model->tables.n; i++) {
        know(l, l->model->tables.items[i]);
    }
    for (size_t i = 0; i < l->back->list.n; i++) {
        const ag_op *op = l->back->list.items[i];
        if (op->kind == AG_OP_CREATE_TABLE && ag_schema_table(l->model, op->ns, op->name) == NULL) {
            know(l, op->after.table);
        }
    }
    for (size_t i = 0; i < l->known.n; i++) {
        know_family(l, l->known.items[i]);
        know_references(l, l->known.items[i]);
        if (has_row_types(l, l->known.items[i])) {
            ag_vec_push(l->arena, &l->with_rows, l->known.items[i]);
        }
    }
}

const ag_table *ag_pg_known_table(const ag_pg_lowering *l, const char *ns, const char *name) {
    const ag_table *found = ag_schema_table(l->model, ns, name);
    return found != NULL ? found : ag_pg_table_of_text(l, name_in_sql(l, ns, name));
}

bool ag_pg_is_child(const ag_pg_lowering *l, const char *ns, const char *name) {
    const ag_table *table = ag_pg_known_table(l, ns, name);
    return table != NULL && (table->parent != NULL || table->inherits.n > 0);
}

bool ag_pg_has_below(const ag_pg_lowering *l, const char *ns, const char *name) {
    return l->parents.n > 0 && ag_map_has(&l->parents, name_in_sql(l, ns, name));
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
    bool is =
        table->parent != NULL &&
        is_below(l, ag_pg_known_table(l, table->parent_ns, table->parent), ns, name, depth + 1);
    for (size_t i = 0; i < table->inherits.n && !is; i++) {
        is = is_below(l, ag_pg_table_of_text(l, table->inherits.items[i]), ns, name, depth + 1);
    }
    return is;
}

bool ag_pg_is_below(const ag_pg_lowering *l, const ag_op *op, const char *ns, const char *name) {
    return (ag_text_eq(op->ns, ns) && ag_text_eq(op->table, name)) ||
           is_below(l, ag_pg_known_table(l, op->ns, op->table), ns, name, 0);
}

static int depth_of(const ag_pg_lowering *l, const ag_table *table) {
    int depth = 0;
    while (table != NULL && depth < DEEPEST_INHERITANCE) {
        table = table->parent != NULL   ? ag_pg_known_table(l, table->parent_ns, table->parent)
                : table->inherits.n > 0 ? ag_pg_table_of_text(l, table->inherits.items[0])
                                        : NULL;
        depth++;
    }
    return depth;
}

static bool is_own(const ag_table *table, const ag_op *op) {
    return ag_text_eq(table->ns, op->ns) && ag_text_eq(table->name, op->table);
}

/* The deepest first; within a level as known. */
static void insert_deep(const ag_pg_lowering *l, ag_pg_tables *list, ag_table *table) {
    ag_vec_push(l->arena, list, table);
    int depth = depth_of(l, table);
    size_t at = list->n - 1;
    for (; at > 0 && depth_of(l, list->items[at - 1]) < depth; at--) {
        list->items[at] = list->items[at - 1];
    }
    list->items[at] = table;
}

void ag_pg_list_family(const ag_pg_lowering *l, const ag_op *op, ag_pg_tables *out) {
    bool has_below = ag_pg_has_below(l, op->ns, op->table);
    for (size_t i = 0; has_below && i < l->below.n; i++) {
        const ag_table *known = l->below.items[i];
        const ag_op about = {.ns = known->ns, .table = known->name};
        if (is_own(known, op) || !ag_pg_is_below(l, &about, op->ns, op->table)) {
            continue;
        }
        ag_table *now = ag_pg_table_now(l, known->ns, known->name);
        if (now != NULL) {
            insert_deep(l, out, now);
        }
    }
    ag_table *self = ag_pg_table_now(l, op->ns, op->table);
    if (self != NULL) {
        ag_vec_push(l->arena, out, self);
    }
}

bool ag_pg_has_parts(const ag_pg_lowering *l, const ag_op *op) {
    bool has = op->table_kind == AG_TABLE_PARTITIONED;
    ag_buf name = AG_BUF_INIT;
    ag_pg_put_name(&name, op->ns, op->table);
    bool has_below = ag_map_has(&l->parents, ag_buf_text(&name));
    for (size_t i = 0; has_below && i < l->below.n && !has; i++) {
        has = ag_strings_has(&l->below.items[i]->inherits, ag_buf_text(&name));
    }
    ag_buf_release(&name);
    return has;
}

/* An operation about the same column of another table. */
static ag_op *emit_for(ag_pg_lowering *l, const ag_op *op, const ag_table *table, ag_op_kind kind,
                       const ag_column *before, const ag_column *after) {
    ag_op *own = ag_pg_emit_like(l, op, kind, op->name, before, after);
    own->ns = table->ns;
    own->table = table->name;
    own->table_kind = table->kind;
    own->plan.only = ag_pg_has_parts(l, own);
    ag_pg_in_place(l);
    return own;
}

/* Additions */

static bool has_children_now(const ag_pg_lowering *l, const ag_op *op) {
    ag_pg_tables family = {NULL, 0, 0};
    ag_pg_list_family(l, op, &family);
    return family.n > 1;
}

/*
 * No identity can be added to a parent together with its column: its rows and its children's are
 * numbered first.
 */
static void add_numbered(ag_pg_lowering *l, const ag_op *op) {
    const ag_column *wanted = op->after.column;
    ag_column *serial = ag_arena_copy(l->arena, wanted, sizeof *serial);
    serial->identity = AG_IDENTITY_NONE;
    serial->identity_options = (ag_sequence_options){.name = NULL};
    serial->serial = true;
    serial->nullable = false;
    ag_column *plain = ag_arena_copy(l->arena, serial, sizeof *plain);
    plain->serial = false;
    ag_op *add = ag_pg_emit(l, op);
    add->after.column = serial;
    add->plan.only = true;
    ag_pg_in_place(l);
    emit_for(l, op, &(ag_table){.ns = op->ns, .name = op->table, .kind = op->table_kind},
             AG_OP_ALTER_COLUMN, serial, plain)
        ->plan.only = false;
    emit_for(l, op, &(ag_table){.ns = op->ns, .name = op->table, .kind = op->table_kind},
             AG_OP_ALTER_COLUMN, plain, wanted);
}

void ag_pg_expand_add_column(ag_pg_lowering *l, const ag_op *op) {
    if (op->after.column->identity != AG_IDENTITY_NONE && has_children_now(l, op)) {
        add_numbered(l, op);
    } else {
        ag_pg_emit(l, op)->plan.only = ag_pg_has_parts(l, op);
    }
}

/* Drops */

/* The end of this direction; only on the way up do we know it. */
static bool keeps_column(const ag_table *child, const char *parent, const char *column) {
    return ag_strings_has(&child->inherits, parent) &&
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
        const ag_table *now = ag_strings_has(&child->inherits, ag_buf_text(&parent))
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

bool ag_pg_goes_with_parent(const ag_pg_lowering *l, const ag_op *op) {
    const ag_table *table = l->below.n == 0 ? NULL : ag_pg_known_table(l, op->ns, op->table);
    if (table == NULL || (table->parent == NULL && table->inherits.n == 0)) {
        return false;
    }
    bool is_inherited = op->kind != AG_OP_ALTER_COLUMN || op->before.column->inherited;
    for (size_t i = l->at + 1; is_inherited && i < l->ops->list.n; i++) {
        const ag_op *other = l->ops->list.items[i];
        if (other->kind == AG_OP_DROP_COLUMN &&
            !is_own(&(ag_table){.ns = op->ns, .name = op->table}, other) &&
            ag_text_eq(other->name, op->name) && ag_pg_is_below(l, op, other->ns, other->table)) {
            return true;
        }
    }
    return false;
}

/* Columns that are computed anew */

static const ag_column *computed_like(ag_pg_lowering *l, const ag_column *column,
                                      const ag_column *parents) {
    ag_column *copy = ag_arena_copy(l->arena, column, sizeof *copy);
    copy->type = parents->type;
    copy->collation = parents->collation;
    copy->generated = parents->generated;
    copy->generated_expr = parents->generated_expr;
    copy->default_expr = NULL;
    return copy;
}

/* What a child says of a column that it was given anew. */
static void say_again(ag_pg_lowering *l, const ag_op *op, const ag_table *table,
                      const ag_column *column) {
    const ag_column *after = op->after.column;
    const ag_column *given =
        ag_pg_inherited(l->arena, &(ag_table){.ns = op->ns, .name = op->table}, after);
    emit_for(l, op, table, AG_OP_ALTER_COLUMN, given, computed_like(l, column, after));
    if (column->comment != NULL) {
        ag_op *said = ag_pg_emit_like(l, op, AG_OP_SET_COMMENT, op->name, NULL, column->comment);
        said->object = AG_COLUMN;
        said->ns = table->ns;
        said->table = table->name;
    }
}

/* Children that declare the column themselves keep theirs when the parent's goes. */
static void recompute_declared(ag_pg_lowering *l, const ag_op *op, const ag_pg_tables *declared,
                               bool is_away) {
    if (!is_away) {
        ag_pg_emit_like(l, op, AG_OP_DROP_COLUMN, op->name, op->before.any, NULL);
        ag_pg_in_place(l);
    }
    for (size_t i = is_away ? 0 : declared->n; i-- > 0;) {
        const ag_column *column = ag_pg_find_column(&declared->items[i]->columns, op->name);
        emit_for(l, op, declared->items[i], AG_OP_DROP_COLUMN, column, NULL)->plan.only = false;
    }
    for (size_t i = 0; i < declared->n; i++) {
        const ag_column *column = ag_pg_find_column(&declared->items[i]->columns, op->name);
        emit_for(l, op, declared->items[i], AG_OP_ADD_COLUMN, NULL,
                 computed_like(l, column, op->after.column));
    }
    ag_pg_emit_like(l, op, AG_OP_ADD_COLUMN, op->name, NULL, op->after.any)->plan.only = true;
    ag_pg_in_place(l);
}

void ag_pg_recompute(ag_pg_lowering *l, const ag_op *op, const ag_pg_tables *family, bool is_away) {
    ag_pg_tables declared = {NULL, 0, 0};
    for (size_t i = 0; i + 1 < family->n; i++) {
        const ag_column *column = ag_pg_find_column(&family->items[i]->columns, op->name);
        if (column != NULL && !column->inherited) {
            ag_vec_push(l->arena, &declared, family->items[i]);
        }
    }
    if (declared.n > 0) {
        recompute_declared(l, op, &declared, is_away);
    } else if (is_away) {
        ag_pg_emit_like(l, op, AG_OP_ADD_COLUMN, op->name, NULL, op->after.any)->plan.only =
            family->n > 1;
        ag_pg_in_place(l);
    } else {
        ag_pg_emit(l, op)->plan.only = family->n > 1;
        ag_pg_in_place(l);
    }
    for (size_t i = 0; i + 1 < family->n; i++) {
        const ag_column *column = ag_pg_find_column(&family->items[i]->columns, op->name);
        if (column != NULL && column->inherited) {
            say_again(l, op, family->items[i], column);
        }
    }
}

/* Nullability */

/* Whether an operation of the list changes the nullability of a column in the same way. */
static bool is_nullability_set(const ag_pg_lowering *l, const char *ns, const char *table,
                               const char *name, bool nullable) {
    for (size_t i = 0; i < l->ops->list.n; i++) {
        const ag_op *op = l->ops->list.items[i];
        if (op->kind == AG_OP_ALTER_COLUMN && ag_text_eq(op->ns, ns) &&
            ag_text_eq(op->table, table) && ag_text_eq(op->name, name) &&
            op->before.column->nullable != nullable && op->after.column->nullable == nullable) {
            return true;
        }
    }
    return false;
}

void ag_pg_take_nullability(const ag_pg_lowering *l, const ag_op *op, ag_column *after) {
    const ag_table *table = ag_schema_table(l->model, op->ns, op->table);
    if (table == NULL || table->parent == NULL || !op->before.column->inherited ||
        !after->inherited) {
        return;
    }
    if (is_nullability_set(l, table->parent_ns, table->parent, op->name, after->nullable)) {
        after->nullable = op->before.column->nullable;
    }
}

/* A partitioned table takes NOT NULL from all its partitions; some are to keep it. */
void ag_pg_keep_nullability(ag_pg_lowering *l, const ag_op *op) {
    if (op->table_kind != AG_TABLE_PARTITIONED || op->before.column->nullable ||
        !op->after.column->nullable) {
        return;
    }
    ag_pg_tables family = {NULL, 0, 0};
    ag_pg_list_family(l, op, &family);
    for (size_t i = family.n; i > 1; i--) { /* itself is the last */
        const ag_table *part = family.items[i - 2];
        const ag_table *end = ag_pg_table_at_end(l, part->ns, part->name);
        const ag_column *column = end == NULL ? NULL : ag_pg_find_column(&end->columns, op->name);
        if (column != NULL && !column->nullable && column->inherited) {
            ag_column *before = ag_arena_copy(l->arena, column, sizeof *before);
            before->nullable = true;
            emit_for(l, op, part, AG_OP_ALTER_COLUMN, before, column);
        }
    }
}
