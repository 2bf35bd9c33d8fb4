/*
 * The graph of operations: which has to run before which. Internal to src/diff.
 *
 * Vertices are the operations in the order they would have if nothing depended on anything; an
 * edge says that its first vertex runs before its second.
 */
#ifndef AG_DIFF_GRAPH_H
#define AG_DIFF_GRAPH_H

#include "diff/differ.h"

/** How much an edge insists. When edges form a circle, the least is given up first. */
typedef enum ag_edge_kind {
    AG_EDGE_FOREIGN, /**< a foreign key inside of a table: can be made by itself later. */
    AG_EDGE_WEAK,    /**< a name in a function's body, or where the database binds late. */
    AG_EDGE_SOFT,    /**< a name found in a text: nearly always right. */
    AG_EDGE_HARD,
    AG_EDGE_CUT
} ag_edge_kind;

typedef struct ag_edge {
    size_t from, to;
    ag_edge_kind kind;
    const ag_constraint *key; /**< AG_EDGE_FOREIGN. */
    ag_op *owner;             /**< AG_EDGE_FOREIGN: makes or drops the table with that key. */
} ag_edge;

typedef struct ag_graph {
    ag_differ *d;
    ag_arena *arena;  /**< owned; lives as long as the graph. */
    ag_op **vertices; /**< sorted by rank. */
    size_t n;
    AG_VEC(ag_edge) edges;
} ag_graph;

/** Sorts d->ops by (phase, kind, namespace, name). */
void ag__rank(ag_differ *d);
/** True when two operations are about the same table or object. */
bool ag__same_group(const ag_op *a, const ag_op *b);
/** Fills the edges of a graph whose vertices are set. */
void ag__connect(ag_graph *graph);

#endif
