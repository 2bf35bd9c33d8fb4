/*
 * How a table looks now: the model less what the way back does to it. The operations about each
 * table are looked up, for there may be thousands of tables.
 */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/lower.h"
#include "schema/node.h"

typedef AG_VEC(size_t) places;

/* Puts `after` in the place of what has the name, takes it away, or appends it. */
#define APPLY(arena, list, node, op_name, after_node)                                              \
    do {                                                                                           \
        size_t place_ = 0;                                                                         \
        while (place_ < (list)->n && !ag_text_eq((list)->items[place_]->name, (op_name))) {        \
            place_++;                                                                              \
        }                                                                                          \
        if ((after_node) == NULL && place_ < (list)->n) {                                          \
            for ((list)->n--; place_ < (list)->n; place_++) {                                      \
                (list)->items[place_] = (list)->items[place_ + 1];                                 \
            }                                                                                      \
        } else if ((after_node) != NULL && place_ < (list)->n) {                                   \
            (list)->items[place_] = node((arena), (after_node));                                   \
        } else if ((after_node) != NULL) {                                                         \
            ag_vec_push((arena), (list), node((arena), (after_node)));                             \
        }                                                                                          \
    } while (0)

/* The nodes are the clone's own. */
static void apply_comment(ag_table *table, const ag_op *op) {
    for (size_t i = 0; op->object == AG_COLUMN && i < table->columns.n; i++) {
        if (ag_text_eq(table->columns.items[i]->name, op->name)) {
            table->columns.items[i]->comment = op->after.text;
        }
    }
    for (size_t i = 0; op->object == AG_CONSTRAINT && i < table->constraints.n; i++) {
        if (ag_text_eq(table->constraints.items[i]->name, op->name)) {
            table->constraints.items[i]->comment = op->after.text;
        }
    }
    for (size_t i = 0; op->object == AG_INDEX && i < table->indexes.n; i++) {
        if (ag_text_eq(table->indexes.items[i]->name, op->name)) {
            table->indexes.items[i]->comment = op->after.text;
        }
    }
}

static void apply(ag_arena *arena, ag_table *table, const ag_op *op) {
    if (op->kind == AG_OP_SET_COMMENT) {
        apply_comment(table, op);
        return;
    }
    if (op->new_name != NULL) {
        return;
    }
    if (op->object == AG_COLUMN) {
        APPLY(arena, &table->columns, ag_column_clone, op->name, op->after.column);
    } else if (op->object == AG_CONSTRAINT) {
        APPLY(arena, &table->constraints, ag_constraint_clone, op->name, op->after.constraint);
    } else if (op->object == AG_INDEX) {
        APPLY(arena, &table->indexes, ag_index_clone, op->name, op->after.index);
    }
}

/* What a parent gets or loses, its children do. */
static void apply_above(const ag_pg_lowering *l, ag_table *table, const ag_op *op) {
    const ag_column *mine = op->kind == AG_OP_ADD_COLUMN || op->kind == AG_OP_DROP_COLUMN
                                ? ag_pg_find_column(&table->columns, op->name)
                                : NULL;
    const ag_op about = {.ns = table->ns, .table = table->name};
    if (op->kind == AG_OP_DROP_COLUMN && mine != NULL && mine->inherited &&
        ag_pg_is_below(l, &about, op->ns, op->table)) {
        apply(l->arena, table, &(ag_op){.kind = op->kind, .object = AG_COLUMN, .name = op->name});
    } else if (op->kind == AG_OP_ADD_COLUMN && mine == NULL &&
               ag_pg_is_below(l, &about, op->ns, op->table)) {
        ag_column *column = ag_column_clone(l->arena, op->after.column);
        column->inherited = true;
        ag_vec_push(l->arena, &table->columns, column);
    }
}

static void note(ag_pg_lowering *l, const char *ns, const char *name, size_t place) {
    char *key = ag_node_key(l->arena, AG_TABLE, ns, name);
    places *list = ag_map_get(&l->about, key);
    if (list == NULL) {
        list = ag_arena_alloc(l->arena, sizeof *list);
        *list = (places){NULL, 0, 0};
        ag_map_put(&l->about, key, list);
    }
    ag_vec_push(l->arena, list, place);
}

void ag_pg_note_changes(ag_pg_lowering *l) {
    for (size_t i = 0; i < l->back->list.n; i++) {
        const ag_op *op = l->back->list.items[i];
        note(l, op->ns, op->table != NULL ? op->table : op->name, i);
        bool reaches_below = (op->kind == AG_OP_ADD_COLUMN || op->kind == AG_OP_DROP_COLUMN) &&
                             ag_pg_has_below(l, op->ns, op->table);
        if (reaches_below) {
            ag_vec_push(l->arena, &l->reaching, i);
        }
    }
}

/* One step of the way back, `is_it`: about this table. */
static ag_table *step(const ag_pg_lowering *l, ag_table *table, const ag_op *op, bool is_it) {
    if (is_it && op->kind == AG_OP_CREATE_TABLE) {
        return ag_table_clone(l->arena, op->after.table);
    }
    if (is_it && op->kind == AG_OP_DROP_TABLE) {
        return NULL;
    }
    if (table != NULL && is_it) {
        apply(l->arena, table, op);
    } else if (table != NULL) {
        apply_above(l, table, op);
    }
    return table;
}

/* The table of the model less what the first `n` operations of the way back do. */
static ag_table *table_after(const ag_pg_lowering *l, const char *ns, const char *name, size_t n) {
    const ag_table *model = ag_schema_table(l->model, ns, name);
    ag_table *table = model == NULL ? NULL : ag_table_clone(l->arena, model);
    const places *own = ag_map_get(&l->about, ag_node_key(l->arena, AG_TABLE, ns, name));
    size_t n_own = own == NULL ? 0 : own->n;
    size_t n_reaching = ag_pg_is_child(l, ns, name) ? l->reaching.n : 0;
    for (size_t o = 0, r = 0; o < n_own || r < n_reaching;) {
        bool is_own = r >= n_reaching || (o < n_own && own->items[o] <= l->reaching.items[r]);
        size_t at = is_own ? own->items[o] : l->reaching.items[r];
        if (at >= n) {
            break;
        }
        r += r < n_reaching && l->reaching.items[r] == at ? 1u : 0u;
        o += is_own ? 1u : 0u;
        table = step(l, table, l->back->list.items[at], is_own);
    }
    return table;
}

ag_table *ag_pg_table_now(const ag_pg_lowering *l, const char *ns, const char *name) {
    return table_after(l, ns, name, l->is_up ? l->ops->list.n - l->at : l->at);
}

ag_table *ag_pg_table_at_end(const ag_pg_lowering *l, const char *ns, const char *name) {
    return table_after(l, ns, name, l->is_up ? 0 : l->ops->list.n);
}
