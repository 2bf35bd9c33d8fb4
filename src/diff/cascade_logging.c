/*
 * Tables that refer to each other in a circle and become logged, or unlogged, together: whichever
 * changes first, a logged one would refer to one that is not. Their keys go and come back.
 */
#include "base/str.h"
#include "diff/cascade.h"
#include "schema/node.h"

typedef AG_VEC(const ag_table *) table_list;

bool ag__changes_logging(const ag_op *op) {
    return op->kind == AG_OP_ALTER_TABLE && op->before.table->unlogged != op->after.table->unlogged;
}

bool ag__key_refers_to(const ag_constraint *key, const char *ns, const char *table) {
    return key->kind == AG_FOREIGN_KEY && ag_text_eq(key->ref_table, table) &&
           ag_text_eq(key->ref_namespace, ns);
}

static size_t find_referred(const table_list *tables, const ag_constraint *key) {
    size_t i = 0;
    while (i < tables->n && !ag__key_refers_to(key, tables->items[i]->ns, tables->items[i]->name)) {
        i++;
    }
    return i;
}

/* Marks what can be reached from a table by the foreign keys among the tables. */
static void reach(const table_list *tables, size_t from, bool *reached) {
    const ag_constraints *keys = &tables->items[from]->constraints;
    for (size_t i = 0; i < keys->n; i++) {
        size_t to = find_referred(tables, keys->items[i]);
        if (to < tables->n && !reached[to]) {
            reached[to] = true;
            reach(tables, to, reached);
        }
    }
}

static void free_circle(ag_cascade *c, const table_list *tables, size_t at) {
    const ag_table *table = tables->items[at];
    for (size_t i = 0; i < table->constraints.n; i++) {
        size_t to = find_referred(tables, table->constraints.items[i]);
        if (to == tables->n || to == at) {
            continue;
        }
        bool *reached = ag_arena_array(c->d->scratch, tables->n, sizeof *reached);
        reach(tables, to, reached);
        if (reached[at]) {
            ag__put_back_constraint(c, table, table->constraints.items[i]);
        }
    }
}

void ag__free_logging(ag_cascade *c) {
    table_list tables = {NULL, 0, 0};
    for (size_t i = 0; i < c->d->ops.n; i++) {
        if (ag__changes_logging(c->d->ops.items[i])) {
            ag_vec_push(c->d->scratch, &tables, c->d->ops.items[i]->before.table);
        }
    }
    for (size_t i = 0; i < tables.n; i++) {
        free_circle(c, &tables, i);
    }
}
