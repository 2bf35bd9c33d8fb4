/*
 * Tables that refer to each other in a circle and become logged, or unlogged, together: whichever
 * changes first, a logged one would refer to one that is not. Their keys go and come back.
 */
#include "base/str.h"
#include "diff/cascade.h"
#include "schema/node.h"

/* A table that changes; `out` and `in`: how many keys lead from and to it, among those in play. */
typedef struct node {
    const ag_table *table;
    size_t out, in;
    bool is_out_of_play;
} node;

/* A foreign key among them. */
typedef struct link {
    node *from, *to;
    const ag_constraint *key;
} link;

typedef struct circles {
    AG_VEC(node) nodes;
    AG_VEC(link) links;
} circles;

bool ag__changes_logging(const ag_op *op) {
    return op->kind == AG_OP_ALTER_TABLE && op->before.table->unlogged != op->after.table->unlogged;
}

bool ag__key_refers_to(const ag_constraint *key, const char *ns, const char *table) {
    return key->kind == AG_FOREIGN_KEY && ag_text_eq(key->ref_table, table) &&
           ag_text_eq(key->ref_namespace, ns);
}

static void find_nodes(ag_cascade *c, circles *found) {
    for (size_t i = 0; i < c->d->ops.n; i++) {
        if (ag__changes_logging(c->d->ops.items[i])) {
            node it = {.table = c->d->ops.items[i]->before.table};
            ag_vec_push(c->d->scratch, &found->nodes, it);
        }
    }
}

static void find_links(ag_cascade *c, circles *found) {
    ag_arena *arena = c->d->scratch;
    ag_map by_name = AG_MAP_INIT;
    for (size_t i = 0; i < found->nodes.n; i++) {
        node *it = &found->nodes.items[i];
        ag_map_put(&by_name, ag_node_key(arena, AG_TABLE, it->table->ns, it->table->name), it);
    }
    for (size_t i = 0; i < found->nodes.n; i++) {
        node *it = &found->nodes.items[i];
        for (size_t k = 0; k < it->table->constraints.n; k++) {
            const ag_constraint *key = it->table->constraints.items[k];
            link edge = {.from = it, .key = key};
            if (key->kind == AG_FOREIGN_KEY) {
                edge.to = ag_map_get(
                    &by_name, ag_node_key(arena, AG_TABLE, key->ref_namespace, key->ref_table));
            }
            if (edge.to != NULL && edge.to != it) {
                ag_vec_push(arena, &found->links, edge);
            }
        }
    }
    ag_map_release(&by_name);
}

static bool is_in_play(const link *edge) {
    return !edge->from->is_out_of_play && !edge->to->is_out_of_play;
}

/* Takes tables out that nothing leads to, or from; true when there were any. */
static bool trim(circles *found) {
    bool is_trimmed = false;
    for (size_t i = 0; i < found->nodes.n; i++) {
        found->nodes.items[i].in = found->nodes.items[i].out = 0;
    }
    for (size_t i = 0; i < found->links.n; i++) {
        link *edge = &found->links.items[i];
        edge->from->out += is_in_play(edge);
        edge->to->in += is_in_play(edge);
    }
    for (size_t i = 0; i < found->nodes.n; i++) {
        node *it = &found->nodes.items[i];
        bool goes = !it->is_out_of_play && (it->in == 0 || it->out == 0);
        it->is_out_of_play = it->is_out_of_play || goes;
        is_trimmed = is_trimmed || goes;
    }
    return is_trimmed;
}

void ag__free_logging(ag_cascade *c) {
    circles found = {0};
    find_nodes(c, &found);
    find_links(c, &found);
    while (trim(&found)) {
    }
    for (size_t i = 0; i < found.links.n; i++) {
        if (is_in_play(&found.links.items[i])) {
            ag__put_back_constraint(c, found.links.items[i].from->table, found.links.items[i].key);
        }
    }
}
