/*
 * The order of changes between logged and unlogged tables: at no time does a logged table refer to
 * one that is not (PostgreSQL: ALTER TABLE, SET LOGGED).
 */
#include "base/str.h"
#include "diff/connect.h"
#include "diff/differ.h"

static bool refers_to(const ag_table *table, const ag_op *other) {
    for (size_t i = 0; i < table->constraints.n; i++) {
        if (ag__key_refers_to(table->constraints.items[i], other->ns, other->name)) {
            return true;
        }
    }
    return false;
}

/* Tables with such keys come behind one that gets logged, or go before one that is no longer. */
static void connect_table(ag_connector *c, size_t change, size_t v) {
    const ag_graph *graph = c->graph;
    const ag_op *op = graph->vertices[v];
    bool gets_logged = !graph->vertices[change]->after.table->unlogged;
    if (op->kind != (gets_logged ? AG_OP_CREATE_TABLE : AG_OP_DROP_TABLE)) {
        return;
    }
    if (refers_to(gets_logged ? op->after.table : op->before.table, graph->vertices[change])) {
        ag__add_edge(c, gets_logged ? change : v, gets_logged ? v : change, AG_EDGE_WEAK, NULL);
    }
}

/* A key from or to the table goes before the change, and comes behind it. */
static void connect_key(ag_connector *c, size_t change, size_t v) {
    const ag_op *op = c->graph->vertices[v];
    const ag_op *table = c->graph->vertices[change];
    bool is_drop = op->kind == AG_OP_DROP_CONSTRAINT;
    if (!is_drop && op->kind != AG_OP_ADD_CONSTRAINT) {
        return;
    }
    const ag_constraint *key = is_drop ? op->before.constraint : op->after.constraint;
    bool is_own = ag_text_eq(op->table, table->name) && ag_text_eq(op->ns, table->ns);
    if (key->kind == AG_FOREIGN_KEY && (is_own || ag__key_refers_to(key, table->ns, table->name))) {
        ag__add_edge(c, is_drop ? v : change, is_drop ? change : v, AG_EDGE_WEAK, NULL);
    }
}

void ag__connect_logging(ag_connector *c) {
    const ag_graph *graph = c->graph;
    ag_vertex_list changes = {NULL, 0, 0};
    for (size_t v = 0; v < graph->n; v++) {
        if (ag__changes_logging(graph->vertices[v])) {
            ag_vec_push(graph->arena, &changes, v);
        }
    }
    for (size_t i = 0; i < changes.n; i++) {
        size_t v = changes.items[i];
        const ag_op *op = graph->vertices[v];
        bool gets_logged = !op->after.table->unlogged;
        for (size_t other = 0; other < graph->n; other++) {
            connect_table(c, v, other);
            connect_key(c, v, other);
        }
        const ag_table *table = gets_logged ? op->after.table : op->before.table;
        for (size_t j = 0; j < changes.n; j++) {
            size_t other = changes.items[j];
            if (refers_to(table, graph->vertices[other])) {
                ag__add_edge(c, gets_logged ? other : v, gets_logged ? v : other, AG_EDGE_WEAK,
                             NULL);
            }
        }
    }
}
