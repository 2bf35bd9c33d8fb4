/* What comes before the rows of a table are put aside, and what after they are back. */
#include "base/str.h"
#include "diff/connect.h"
#include "schema/node.h"

/* The vertices that move the rows of one table. */
typedef struct rows_of {
    const ag_table *table;
    size_t save, restore;
} rows_of;
typedef AG_VEC(rows_of) moves;

static void collect(const ag_graph *graph, moves *out) {
    for (size_t v = 0; v < graph->n; v++) {
        if (graph->vertices[v]->kind != AG_OP_SAVE_ROWS) {
            continue;
        }
        rows_of move = {.table = graph->vertices[v]->after.table, .save = v};
        for (size_t r = 0; r < graph->n; r++) {
            const ag_op *op = graph->vertices[r];
            if (op->kind == AG_OP_RESTORE_ROWS && op->after.table == move.table) {
                move.restore = r;
            }
        }
        ag_vec_push(graph->arena, out, move);
    }
}

static const rows_of *find(const ag_connector *c, const moves *all, const ag_schema *schema,
                           const char *ns, const char *name) {
    const ag_table *top = name == NULL ? NULL : ag__remade_top(c->graph->d, schema, ns, name);
    for (size_t i = 0; top != NULL && i < all->n; i++) {
        const ag_table *table = all->items[i].table;
        if (ag_text_eq(table->name, top->name) && ag_text_eq(table->ns, top->ns)) {
            return &all->items[i];
        }
    }
    return NULL;
}

static void before_save(ag_connector *c, const rows_of *move) {
    if (move != NULL) {
        ag__add_edge(c, c->v, move->save, AG_EDGE_SOFT, NULL);
    }
}

static void after_restore(ag_connector *c, const rows_of *move) {
    if (move != NULL) {
        ag__add_edge(c, move->restore, c->v, AG_EDGE_SOFT, NULL);
    }
}

static void connect_table(ag_connector *c, const moves *all) {
    const ag_op *op = c->op;
    const ag_schema *from = c->graph->d->from;
    const ag_schema *to = c->graph->d->to;
    if (op->kind == AG_OP_DROP_TABLE) {
        const rows_of *move = find(c, all, from, op->ns, op->name);
        if (move != NULL) {
            ag__add_edge(c, move->save, c->v, AG_EDGE_HARD, NULL);
        }
    } else if (op->kind == AG_OP_CREATE_TABLE) {
        const rows_of *move = find(c, all, to, op->ns, op->name);
        if (move != NULL) {
            ag__add_edge(c, c->v, move->restore, AG_EDGE_HARD, NULL);
        }
    } else if (op->kind == AG_OP_ALTER_TABLE) {
        const ag_table *a = op->before.table;
        const ag_table *b = op->after.table;
        before_save(c, find(c, all, from, a->parent_ns, a->parent));
        const rows_of *joined = find(c, all, to, b->parent_ns, b->parent);
        if (joined != NULL) {
            ag__add_edge(c, c->v, joined->restore, AG_EDGE_SOFT, NULL);
        }
    }
}

static void connect_constraint(ag_connector *c, const moves *all) {
    const ag_op *op = c->op;
    const ag_schema *from = c->graph->d->from;
    const ag_schema *to = c->graph->d->to;
    if (op->kind == AG_OP_DROP_CONSTRAINT) {
        const ag_constraint *key = op->before.constraint;
        before_save(c, find(c, all, from, op->ns, op->table));
        before_save(c, find(c, all, from, key->ref_namespace, key->ref_table));
    } else if (op->kind == AG_OP_ADD_CONSTRAINT) {
        const ag_constraint *key = op->after.constraint;
        after_restore(c, find(c, all, to, op->ns, op->table));
        after_restore(c, find(c, all, to, key->ref_namespace, key->ref_table));
    }
}

/* What looks at rows, or does something when they come. */
static void connect_object(ag_connector *c, const moves *all) {
    const ag_op *op = c->op;
    if (op->kind == AG_OP_DROP_OBJECT) {
        before_save(c, find(c, all, c->graph->d->from, op->ns, op->table));
    } else if (op->kind == AG_OP_CREATE_OBJECT && op->table != NULL) {
        after_restore(c, find(c, all, c->graph->d->to, op->ns, op->table));
    } else if (op->kind == AG_OP_CREATE_OBJECT &&
               (op->object == AG_MATVIEW || op->object == AG_VIEW)) {
        for (size_t i = 0; i < all->n; i++) {
            ag__add_edge(c, all->items[i].restore, c->v, AG_EDGE_WEAK, NULL);
        }
    }
}

void ag__connect_rows(ag_connector *c) {
    moves all = {NULL, 0, 0};
    if (c->graph->d->remade.n > 0) {
        collect(c->graph, &all);
    }
    for (size_t v = 0; all.n > 0 && v < c->graph->n; v++) {
        c->v = v;
        c->op = c->graph->vertices[v];
        connect_table(c, &all);
        connect_constraint(c, &all);
        connect_object(c, &all);
    }
}
